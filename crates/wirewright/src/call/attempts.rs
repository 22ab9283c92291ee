//! A call that is tried again: whether, and after how long. Nothing here sends or waits; both ways to call are driven by it.

use alloc::vec::Vec;
use core::time::Duration;

use http::StatusCode;

use super::{
    CallContext, Class, Error, ErrorCode as _, Failure, Operation, RequestError, TransportError,
    TransportErrorKind, retries::retry_after, write_request,
};
use crate::wire::Record;

/// How long one try of a call may take. A request has it among its [extensions](http::Request::extensions) when the
/// [settings](super::Settings::timeout) say so; it is the transport that keeps it.
///
/// ```
/// use std::time::Duration;
/// use wirewright::call::AttemptTimeout;
///
/// let mut request = http::Request::new(());
/// assert_eq!(AttemptTimeout::of(&request), None);
/// request.extensions_mut().insert(AttemptTimeout(Duration::from_secs(5)));
/// assert_eq!(AttemptTimeout::of(&request), Some(Duration::from_secs(5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptTimeout(pub Duration);

impl AttemptTimeout {
    /// The time that a request has, if it has any of its own.
    pub fn of<B>(request: &http::Request<B>) -> Option<Duration> {
        request.extensions().get::<Self>().map(|timeout| timeout.0)
    }
}

/// The tries of one call.
pub(super) struct Attempts<'a> {
    operation: &'static Operation,
    context: CallContext<'a>,
    /// How many have been made.
    made: u32,
    /// What the last response said about the next one.
    retry_after: Option<Duration>,
}

/// What comes behind a try.
pub(super) enum Next<A, F: Failure> {
    /// The call has ended.
    Done(Result<A, Error<F>>),
    /// After this much time, the next try. The error is that of the last one, for callers who cannot wait.
    Wait(Duration, Error<F>),
}

impl<'a> Attempts<'a> {
    /// Those of a call that has a clock and randomness in its context.
    pub(super) const fn new(operation: &'static Operation, context: CallContext<'a>) -> Self {
        Self { operation, context, made: 0, retry_after: None }
    }

    /// The request of the next one.
    pub(super) fn request(&mut self, own: &dyn Record) -> Result<http::Request<Vec<u8>>, RequestError> {
        self.made += 1;
        self.retry_after = None;
        write_request(self.operation, own, &self.context)
    }

    /// Looks at what came back of it.
    pub(super) fn responded<B>(
        &mut self,
        response: Result<http::Response<B>, TransportError>,
    ) -> Result<http::Response<B>, TransportError> {
        if let Ok(response) = &response {
            self.retry_after = retry_after(response.headers(), self.context.server_time());
        }
        response
    }

    /// What to do now that it has ended so.
    pub(super) fn next<A, F: Failure>(&self, result: Result<A, Error<F>>) -> Next<A, F> {
        match result {
            Err(error) if self.may_help(&error) => {
                let retries = self.context.retries.unwrap_or_default();
                match retries.delay(self.made, self.retry_after, self.context.random()) {
                    Some(delay) => Next::Wait(delay, error),
                    None => Next::Done(Err(error)),
                }
            }
            ended => Next::Done(ended),
        }
    }

    /// Whether the same call may succeed, and does no harm.
    fn may_help<F: Failure>(&self, error: &Error<F>) -> bool {
        let passes = match error {
            Error::Transport(error) => match error.kind() {
                // Nothing was sent.
                TransportErrorKind::Connect => return true,
                TransportErrorKind::TooLarge
                | TransportErrorKind::CannotWait
                | TransportErrorKind::Upload => false,
                TransportErrorKind::Timeout | TransportErrorKind::Other => true,
            },
            Error::Vendor(error) => error.failure.code().class() == Class::Retry,
            Error::Http(error) => matches!(
                error.status,
                StatusCode::REQUEST_TIMEOUT
                    | StatusCode::TOO_MANY_REQUESTS
                    | StatusCode::BAD_GATEWAY
                    | StatusCode::SERVICE_UNAVAILABLE
                    | StatusCode::GATEWAY_TIMEOUT
            ),
            Error::Decode(_) | Error::Rows(_) | Error::Request(_) => false,
        };
        passes && self.operation.repeatable
    }

}
