//! How long to wait before a call is tried again.

use core::time::Duration;

/// How patient calls that continue are with errors that may pass: those of the class [`Retry`](crate::call::Class::Retry).
///
/// The wait before the second try is [`first`](Self::first), and doubles with each further one, up to
/// [`longest`](Self::longest). Up to a half of it is left out at random, where the
/// [surroundings](crate::call::Ambient) have randomness, so that callers who failed together do not come back together.
///
/// ```
/// use std::time::Duration;
/// use wirewright::call::Backoff;
///
/// let patient = Backoff::new().tries(10).first(Duration::from_millis(250)).longest(Duration::from_secs(120));
/// assert_ne!(patient, Backoff::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    tries: u32,
    first: Duration,
    longest: Duration,
}

impl Backoff {
    /// Six tries; one second before the second one, one minute at most.
    pub const fn new() -> Self {
        Self { tries: 6, first: Duration::from_secs(1), longest: Duration::from_secs(60) }
    }

    /// How often a call is tried before its error is handed out, the first time included. 0 is as good as 1.
    #[must_use]
    pub const fn tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// The wait before the second try, and the one before a poll of a vendor who has nothing new and does not say when to come
    /// back.
    #[must_use]
    pub const fn first(mut self, wait: Duration) -> Self {
        self.first = wait;
        self
    }

    /// The longest wait between two tries.
    #[must_use]
    pub const fn longest(mut self, wait: Duration) -> Self {
        self.longest = wait;
        self
    }

    /// Whether so many tries are all that there are.
    pub(super) const fn is_exhausted(self, failed: u32) -> bool {
        failed >= self.tries
    }

    /// How long to wait when so many tries have failed.
    pub(super) fn wait(self, failed: u32, random: Option<[u8; 16]>) -> Duration {
        let doubled = 1_u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX);
        let whole = self.first.saturating_mul(doubled).min(self.longest);
        let Some([a, b, c, d, ..]) = random else { return whole };
        let part = f64::from(u32::from_le_bytes([a, b, c, d])) / f64::from(u32::MAX);
        whole.mul_f64(1.0 - part / 2.0)
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}
