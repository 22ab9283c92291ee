//! A call that is tried again: whether, and after how long. Nothing here sends or waits; both ways to call are driven by it.

use alloc::vec::Vec;
use core::time::Duration;

use http::StatusCode;

use super::{
    CallContext, Class, Error, ErrorCode as _, Failure, Operation, RequestBody, RequestError, RowsUpload,
    TransportError, TransportErrorKind,
    observe::{self, Watch},
    retry_policy::retry_after,
    span::Span,
    write_request, write_rows, write_upload,
};
use crate::wire::{Message, Record};

/// How long one try of a call may take. A request has it among its [extensions](http::Request::extensions) when the
/// [settings](super::Config::with_timeout) say so; it is the transport that keeps it.
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
    /// Which call it is, for who looks on.
    call: usize,
    /// The one that is under way.
    watch: Option<Watch>,
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
    pub(super) fn new(operation: &'static Operation, context: CallContext<'a>) -> Self {
        let call = observe::number(&context);
        Self { operation, context, made: 0, retry_after: None, call, watch: None }
    }

    /// The request of the next one.
    pub(super) fn request(&mut self, own: &dyn Record) -> Result<http::Request<Vec<u8>>, RequestError> {
        let request = write_request(self.operation, own, &self.context)?;
        self.begin(&request, Some(request.body()));
        Ok(request)
    }

    /// The request of the only one, whose body need not be in memory.
    pub(super) fn upload(&mut self, own: &dyn Record) -> Result<http::Request<RequestBody>, RequestError> {
        let request = write_upload(self.operation, own, &self.context)?;
        self.begin(&request, None);
        Ok(request)
    }

    /// The same for a request with rows that are written while it is sent.
    pub(super) fn upload_rows<R, I>(
        &mut self,
        request: &R,
        rows: I,
    ) -> Result<http::Request<RequestBody>, RequestError>
    where
        R: RowsUpload,
        I: IntoIterator<Item: Message, IntoIter: Send + 'static>,
    {
        let request = write_rows(request, rows, &self.context)?;
        self.begin(&request, None);
        Ok(request)
    }

    fn begin<B>(&mut self, request: &http::Request<B>, body: Option<&[u8]>) {
        self.made = self.made.saturating_add(1);
        self.retry_after = None;
        let number = (self.call, self.made);
        self.watch = Some(Watch::begin(self.operation, &self.context, number, request, body));
    }

    /// What it is sent within.
    pub(super) fn span(&self) -> Span {
        self.watch.as_ref().map_or_else(Span::none, Watch::span)
    }

    /// Looks at what came back of it.
    pub(super) fn responded(
        &mut self,
        response: Result<http::Response<Vec<u8>>, TransportError>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.look(response, |body| Some(body))
    }

    /// The same, the body being on the way.
    pub(super) fn responded_head<B>(
        &mut self,
        response: Result<http::Response<B>, TransportError>,
    ) -> Result<http::Response<B>, TransportError> {
        self.look(response, |_| None)
    }

    fn look<B>(
        &mut self,
        mut response: Result<http::Response<B>, TransportError>,
        body: impl FnOnce(&B) -> Option<&[u8]>,
    ) -> Result<http::Response<B>, TransportError> {
        if let Ok(response) = &response {
            self.retry_after = retry_after(response.headers(), self.context.server_time());
        }
        if let Some(watch) = &self.watch {
            watch.returned(&self.context, &mut response, body);
        }
        response
    }

    /// It has ended so, and there is no other one.
    pub(super) fn end<A, F: Failure>(&mut self, result: Result<A, Error<F>>) -> Result<A, Error<F>> {
        if let Some(watch) = self.watch.take() {
            watch.end(&self.context, &result);
        }
        result
    }

    /// What to do now that it has ended so.
    pub(super) fn next<A, F: Failure>(&mut self, result: Result<A, Error<F>>) -> Next<A, F> {
        match self.end(result) {
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
            // Whatever became of the call, this is another one's reply.
            Error::Mismatched(_) => true,
            Error::Decode(_) | Error::Rows(_) | Error::Request(_) | Error::Unopened => false,
        };
        passes && self.operation.repeatable
    }
}
