//! How often a call is tried, and after how long: the same for single calls and for paginated calls.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, header};

/// How often a call is tried, and how long is waited in between.
///
/// A call is tried again by itself only where that does no harm:
/// - when no connection could be made, so that nothing was sent;
/// - when the operation may be repeated, as its [description](crate::describe::Operation::repeatable) says, and the error is one that may
///   pass: the vendor's class for it is [`Class::Retry`](crate::describe::Class::Retry), HTTP says 408, 429, 502, 503 or 504 and there is no
///   reply of the vendor, or the response did not come, or broke off.
///
/// [Paginated calls](crate::client::Paginator) are made again and again anyway: they are tried again after any error of the class
/// [`Class::Retry`](crate::describe::Class::Retry).
///
/// The time between two tries is random, from nothing to a longest wait that doubles each time: [`base`](Self::with_base_delay), twice that,
/// and so on up to [`max_delay`](Self::with_max_delay). (Without a source of randomness it is the longest wait.) Where the response says
/// `Retry-After`, it is that much longer; one that asks for more than [`max_delay`](Self::with_max_delay) is not waited for, and the
/// error is handed out. So it is where the transport has no way to [wait](crate::client::Transport::wait).
///
/// Each try is a request of its own, with a time, a nonce and a signature of its own, and the same parameters otherwise.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use wirewright::client::{Config, RetryPolicy};
///
/// let patient = RetryPolicy::new().with_max_attempts(6).with_base_delay(Duration::from_millis(500)).with_max_delay(Duration::from_secs(60));
/// let settings = Config::new().with_retry_policy(patient);
/// assert_eq!(settings.context().retries, Some(patient));
/// // Each call is sent once, whatever becomes of it.
/// let settings = Config::new().with_retry_policy(RetryPolicy::none());
/// # drop(settings);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    max_delay: Duration,
}

impl RetryPolicy {
    /// Three tries; at most 200 milliseconds before the second one and 400 before the third one; 20 seconds where the vendor asks
    /// for them. Single calls have it unless the [settings](crate::client::Config::with_retry_policy) say otherwise.
    pub const fn new() -> Self {
        Self { max_attempts: 3, base: Duration::from_millis(200), max_delay: Duration::from_secs(20) }
    }

    /// One try.
    pub const fn none() -> Self {
        Self::new().with_max_attempts(1)
    }

    /// Six tries; at most one second before the second one, doubled with each further one; a minute at most, and where the vendor
    /// asks for it. [Paginated calls](crate::client::Paginator) have it unless the [settings](crate::client::Config::with_retry_policy) say otherwise.
    pub const fn patient() -> Self {
        Self { max_attempts: 6, base: Duration::from_secs(1), max_delay: Duration::from_secs(60) }
    }

    /// How often a call is sent at most, the first time included. 0 means 1.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait before the second try. It doubles with each further one. Paginated calls wait that long before they ask
    /// a vendor again who has nothing new and does not say when to come back.
    #[must_use]
    pub const fn with_base_delay(mut self, delay: Duration) -> Self {
        self.base = delay;
        self
    }

    /// The longest wait before any try.
    #[must_use]
    pub const fn with_max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long to wait when so many tries have failed. `None`: there is no other one.
    pub(crate) fn delay(
        &self,
        failed: u32,
        retry_after: Option<Duration>,
        random: Option<[u8; 16]>,
    ) -> Option<Duration> {
        let asked = retry_after.unwrap_or_default();
        (failed < self.max_attempts && asked <= self.max_delay)
            .then(|| self.pause(failed, retry_after, random))
    }

    /// How long to wait when so many tries have failed and there is another one after all: as long as the vendor asked for at least.
    pub(crate) fn pause(
        &self,
        failed: u32,
        retry_after: Option<Duration>,
        random: Option<[u8; 16]>,
    ) -> Duration {
        let asked = retry_after.unwrap_or_default();
        let doubled = 1_u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX);
        let rest = self.base.saturating_mul(doubled).min(self.max_delay.saturating_sub(asked));
        asked.saturating_add(jittered(rest, random))
    }

    /// How often a call is sent at most.
    pub(crate) const fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The wait before a vendor is asked again who has nothing new.
    pub(crate) const fn between_polls(&self) -> Duration {
        self.base
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// A part of a wait, any with the same probability, so that callers who failed together do not come back together.
fn jittered(longest: Duration, random: Option<[u8; 16]>) -> Duration {
    let Some([a, b, c, d, ..]) = random else { return longest };
    longest.mul_f64(f64::from(u32::from_le_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0))
}

/// What a response asks to be waited for: seconds, or until a date. `now` tells the server's time, which is asked for only
/// where there is a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: impl FnOnce() -> Option<Duration>) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(date.saturating_sub(now()?))
}
