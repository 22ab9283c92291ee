//! A call that is tried again: whether, and after how long. Nothing here sends or waits; both ways to call are driven by it.

use std::time::Duration;

use http::StatusCode;

use crate::{
    client::watch::{self, Watch},
    describe::{class::Class, protocol::Operation},
    exchange::{
        context::CallContext, error::Error, refusal::Refusal, request::write_request,
        request_error::RequestError, retry_policy::retry_after,
    },
    observe::span::Span,
    transport::{
        body::RequestBody,
        error::{TransportError, TransportErrorKind},
    },
    wire::Record,
};

/// The tries of one call.
pub(crate) struct Attempts<'a> {
    operation: &'static Operation,
    context: CallContext<'a>,
    /// How long the call may take as a whole, and when it began.
    total: Option<(Duration, Duration)>,
    /// How many have been made.
    made: u32,
    /// What the last response said about the next one.
    retry_after: Option<Duration>,
    /// Which call it is, for the observer.
    call: usize,
    /// The one that is under way.
    watch: Option<Watch>,
}

/// What comes behind a try.
pub(crate) enum Next<A, F> {
    /// The call has ended.
    Done(Result<A, Error<F>>),
    /// After this much time, the next try. The error is that of the last one, for callers who cannot wait.
    Wait(Duration, Error<F>),
}

impl<'a> Attempts<'a> {
    /// Those of a call that has a clock and randomness in its context.
    #[expect(
        clippy::large_types_passed_by_value,
        reason = "it is a set of references that is made anew for each call"
    )]
    pub(crate) fn new(operation: &'static Operation, context: CallContext<'a>) -> Self {
        let call = watch::number(&context);
        let total = context.total_timeout.zip(context.now());
        Self { operation, context, total, made: 0, retry_after: None, call, watch: None }
    }

    /// The request of the next one.
    pub(crate) fn request(&mut self, own: &dyn Record) -> Result<http::Request<Vec<u8>>, RequestError> {
        self.count_time()?;
        let request = write_request(self.operation, own, &self.context)?;
        self.begin(&request, Some(request.body()));
        Ok(request)
    }

    /// The request of the only one, whose body need not be in memory; `write` writes it.
    pub(crate) fn upload(
        &mut self,
        write: impl FnOnce(&CallContext<'a>) -> Result<http::Request<RequestBody>, RequestError>,
    ) -> Result<http::Request<RequestBody>, RequestError> {
        self.count_time()?;
        let request = write(&self.context)?;
        self.begin(&request, None);
        Ok(request)
    }

    /// Gives the next one what is left of the call's time.
    fn count_time(&mut self) -> Result<(), RequestError> {
        if self.context.total_timeout.is_some() {
            let left = self.left().ok_or(RequestError::NoClock { operation: self.operation.name })?;
            self.context.total_timeout = Some(left);
        }
        Ok(())
    }

    /// What is left of the time for the call as a whole, if it has one.
    fn left(&self) -> Option<Duration> {
        let (total, began) = self.total?;
        Some(total.saturating_sub(self.context.now()?.saturating_sub(began)))
    }

    fn begin<B>(&mut self, request: &http::Request<B>, body: Option<&[u8]>) {
        self.made = self.made.saturating_add(1);
        self.retry_after = None;
        let number = (self.call, self.made);
        self.watch = Some(Watch::begin(self.operation, &self.context, number, request, body));
    }

    /// What it is sent within.
    pub(crate) fn span(&self) -> Span {
        self.watch.as_ref().map_or_else(Span::none, Watch::span)
    }

    /// Looks at what came back of it.
    pub(crate) fn responded(
        &mut self,
        response: Result<http::Response<Vec<u8>>, TransportError>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.record(response, |body| Some(body))
    }

    /// The same, the body being on the way.
    #[cfg(feature = "rows")]
    pub(crate) fn responded_head<B>(
        &mut self,
        response: Result<http::Response<B>, TransportError>,
    ) -> Result<http::Response<B>, TransportError> {
        self.record(response, |_| None)
    }

    fn record<B>(
        &mut self,
        mut response: Result<http::Response<B>, TransportError>,
        body: impl FnOnce(&B) -> Option<&[u8]>,
    ) -> Result<http::Response<B>, TransportError> {
        if let Ok(response) = &response {
            self.retry_after = retry_after(response.headers(), || self.context.server_time());
        }
        if let Some(watch) = &self.watch {
            watch.returned(&self.context, &mut response, body);
        }
        response
    }

    /// It has ended so, and there is no other one.
    pub(crate) fn end<A, F>(&mut self, result: Result<A, Error<F>>) -> Result<A, Error<F>> {
        if let Some(watch) = self.watch.take() {
            watch.end(&self.context, &result);
        }
        result
    }

    /// What to do now that it has ended so.
    pub(crate) fn next<A, F: Refusal>(&mut self, result: Result<A, Error<F>>) -> Next<A, F> {
        match self.end(result) {
            Err(error) if self.may_help(&error) => {
                let retries = self.context.retries.unwrap_or_default();
                let delay = retries.delay(self.made, self.retry_after, self.context.random());
                match delay.filter(|delay| self.left().is_none_or(|left| *delay < left)) {
                    Some(delay) => Next::Wait(delay, error),
                    None => Next::Done(Err(error)),
                }
            }
            ended => Next::Done(ended),
        }
    }

    /// Whether the same call may succeed, and does no harm.
    fn may_help<F: Refusal>(&self, error: &Error<F>) -> bool {
        let passes = match error {
            Error::Transport(error) => match error.kind() {
                // Nothing was sent.
                TransportErrorKind::Connect => return true,
                TransportErrorKind::TooLarge
                | TransportErrorKind::CannotWait
                | TransportErrorKind::Upload => false,
                TransportErrorKind::Timeout | TransportErrorKind::Other => true,
            },
            Error::Vendor(error) => error.class() == Class::Retry,
            Error::Http(error) => matches!(
                error.status,
                StatusCode::REQUEST_TIMEOUT
                    | StatusCode::TOO_MANY_REQUESTS
                    | StatusCode::BAD_GATEWAY
                    | StatusCode::SERVICE_UNAVAILABLE
                    | StatusCode::GATEWAY_TIMEOUT
            ),
            // Whatever became of the call, this is another one's reply.
            Error::Mismatched(_) => true,
            #[cfg(feature = "rows")]
            Error::Rows(_) => false,
            Error::Decode(_) | Error::Request(_) | Error::Unopened => false,
        };
        passes && self.operation.repeatable
    }
}
