//! A call that is tried again: whether, and after how long. Nothing here sends or waits; both ways to call are driven by it.

use alloc::vec::Vec;
use core::time::Duration;

use http::{HeaderMap, StatusCode, header};
use jiff::fmt::rfc2822;

use super::{
    Ambient, CallContext, Class, Error, ErrorCode as _, Failure, NoAmbient, Operation, RequestError,
    TransportError, TransportErrorKind, write_request,
};
use crate::wire::Record;

/// How often a call is tried, and how long is waited in between.
///
/// A call is tried again by itself only where that does no harm:
/// - when no connection could be made, so that nothing was sent;
/// - when the operation may be repeated, as its [description](Operation::repeatable) says, and the error is one that may pass: the
///   vendor's class for it is [`Class::Retry`], HTTP says 408, 429, 502, 503 or 504 and there is no reply of the vendor, or the
///   response did not come, or broke off.
///
/// The time between two tries is random, from nothing to a longest wait that doubles each time: [`base`](Self::base), twice that,
/// and so on up to [`max_delay`](Self::max_delay). (Without a source of randomness it is the longest wait.) Where the response says
/// `Retry-After`, it is that much longer; one that asks for more than [`max_delay`](Self::max_delay) is not waited for, and the
/// error is handed out. So it is where the transport has no way to [wait](super::Transport::wait).
///
/// Each try is a request of its own, with a time, a nonce and a signature of its own, and the same parameters otherwise.
///
/// ```
/// use std::time::Duration;
/// use wirewright::call::{Retries, Settings};
///
/// let patient = Retries::new().max_attempts(6).base(Duration::from_millis(500)).max_delay(Duration::from_secs(60));
/// let settings = Settings::new().retries(patient);
/// assert_eq!(settings.context().retries, patient);
/// // Each call is sent once, whatever becomes of it.
/// let settings = Settings::new().retries(Retries::none());
/// # drop(settings);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    max_attempts: u32,
    base: Duration,
    max_delay: Duration,
}

impl Retries {
    /// Three tries; at most 200 milliseconds before the second one and 400 before the third one; 20 seconds where the vendor asks
    /// for them.
    pub const fn new() -> Self {
        Self { max_attempts: 3, base: Duration::from_millis(200), max_delay: Duration::from_secs(20) }
    }

    /// One try.
    pub const fn none() -> Self {
        Self::new().max_attempts(1)
    }

    /// How often a call is sent at most, the first time included. 0 is as good as 1.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait before the second try. It doubles with each further one.
    #[must_use]
    pub const fn base(mut self, delay: Duration) -> Self {
        self.base = delay;
        self
    }

    /// The longest wait before any try.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long to wait when so many tries have failed. `None`: there is no other one.
    fn delay(
        &self,
        failed: u32,
        retry_after: Option<Duration>,
        random: Option<[u8; 16]>,
    ) -> Option<Duration> {
        if failed >= self.max_attempts {
            return None;
        }
        let asked = retry_after.unwrap_or_default();
        let rest = self.max_delay.checked_sub(asked)?;
        let doubled = 1_u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX);
        Some(asked + jittered(self.base.saturating_mul(doubled).min(rest), random))
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

/// A part of a wait, any with the same probability, so that callers who failed together do not come back together.
fn jittered(longest: Duration, random: Option<[u8; 16]>) -> Duration {
    let Some([a, b, c, d, ..]) = random else { return longest };
    longest.mul_f64(f64::from(u32::from_le_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0))
}

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
            self.retry_after = retry_after(response.headers(), self.server_time());
        }
        response
    }

    /// What to do now that it has ended so.
    pub(super) fn next<A, F: Failure>(&self, result: Result<A, Error<F>>) -> Next<A, F> {
        match result {
            Err(error) if self.may_help(&error) => {
                match self.context.retries.delay(self.made, self.retry_after, self.ambient().random()) {
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

    fn ambient(&self) -> &'a dyn Ambient {
        self.context.ambient.unwrap_or(&NoAmbient)
    }

    fn server_time(&self) -> Option<Duration> {
        let (now, ahead) = (self.ambient().now()?, Duration::from_millis(self.context.ahead.unsigned_abs()));
        Some(if self.context.ahead < 0 { now.saturating_sub(ahead) } else { now.saturating_add(ahead) })
    }
}

/// What a response asks to be waited for: seconds, or until a date.
fn retry_after(headers: &HeaderMap, now: Option<Duration>) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = rfc2822::parse(text).ok()?.timestamp();
    let date = Duration::from_secs(u64::try_from(date.as_second()).ok()?);
    Some(date.saturating_sub(now?))
}
