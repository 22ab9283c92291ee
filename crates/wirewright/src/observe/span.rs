//! The span of one try of a call, for `tracing`. Without the feature `tracing` it is nothing.

#[cfg(feature = "tracing")]
pub(crate) use self::seen::Span;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::unseen::Span;

#[cfg(feature = "tracing")]
mod seen {
    use std::time::Duration;

    use http::StatusCode;
    use tracing::{Instrument as _, field};

    use crate::{Format, describe::protocol::Operation, transport::request_id::RequestId};

    /// Has fields for what is known of a try, and for nothing that may be a secret.
    #[derive(Clone)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) const IS_SEEN: bool = true;

        pub(crate) fn of(
            operation: &'static Operation,
            format: Option<Format>,
            attempt: u32,
            request_id: Option<&RequestId>,
        ) -> Self {
            let span = tracing::debug_span!(
                target: "wirewright",
                "call",
                vendor = operation.protocol.title,
                operation = operation.name,
                format = field::Empty,
                attempt,
                request_id = request_id.map(field::display),
                status = field::Empty,
                duration_ms = field::Empty,
                outcome = field::Empty,
            );
            if let Some(format) = format.filter(|_| !operation.formats.is_empty()) {
                span.record("format", field::display(format));
            }
            Self(span)
        }

        pub(crate) const fn none() -> Self {
            Self(tracing::Span::none())
        }

        pub(crate) fn status(&self, status: StatusCode) {
            self.0.record("status", status.as_u16());
        }

        pub(crate) fn end(&self, took: Option<Duration>, outcome: &'static str) {
            if let Some(took) = took {
                self.0.record("duration_ms", took.as_secs_f64() * 1000.0);
            }
            self.0.record("outcome", outcome);
        }

        pub(crate) async fn within<F: Future>(self, future: F) -> F::Output {
            future.instrument(self.0).await
        }

        pub(crate) fn run<O>(self, call: impl FnOnce() -> O) -> O {
            self.0.in_scope(call)
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod unseen {
    use std::time::Duration;

    use http::StatusCode;

    use crate::{Format, describe::protocol::Operation, transport::request_id::RequestId};

    /// Nobody looks.
    #[derive(Clone)]
    pub(crate) struct Span;

    impl Span {
        pub(crate) const IS_SEEN: bool = false;

        pub(crate) const fn of(
            _: &'static Operation,
            _: Option<Format>,
            _: u32,
            _: Option<&RequestId>,
        ) -> Self {
            Self
        }

        pub(crate) const fn none() -> Self {
            Self
        }

        pub(crate) const fn status(&self, _: StatusCode) {
            let Self = self;
        }

        pub(crate) const fn end(&self, _: Option<Duration>, _: &'static str) {
            let Self = self;
        }

        pub(crate) async fn within<F: Future>(self, future: F) -> F::Output {
            future.await
        }

        pub(crate) fn run<O>(self, call: impl FnOnce() -> O) -> O {
            let Self = self;
            call()
        }
    }
}
