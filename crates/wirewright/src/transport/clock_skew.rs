//! How far a server's clock is from one's own.

use std::time::Duration;

use crate::wire::{FromWire, Slot, ToWire, Value};

/// By how much a server's clock is ahead of one's own, to the millisecond; behind it if that is negative.
///
/// Sessions keep it from the reply that opened them, where the vendor tells its time there, and their calls are dated by the
/// server's clock. On the wire, and in a stored session, it is an integer of milliseconds.
///
/// ```
/// use std::time::Duration;
/// use wirewright::client::ClockSkew;
///
/// let own = Duration::from_millis(1_000_500);
/// let skew = ClockSkew::between(Some(own), 1_060).unwrap_or_default();
/// assert_eq!(skew, ClockSkew::from_millis(59_500));
/// assert_eq!(skew.server_time(own), Duration::from_secs(1_060));
/// assert_eq!(ClockSkew::between(None, 1_060), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockSkew(i64);

impl ClockSkew {
    /// The clocks agree, as far as is known.
    pub const NONE: Self = Self(0);

    /// So many milliseconds.
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// How many milliseconds it is.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// What lies between one's own clock, the time since 1970-01-01 00:00:00 UTC, and what the server's showed at that moment, in
    /// seconds since then. `None`: one of them is not known, or further away than can be told.
    pub fn between(own: Option<Duration>, server_seconds: impl Into<Option<i64>>) -> Option<Self> {
        let own = i64::try_from(own?.as_millis()).ok()?;
        server_seconds.into()?.checked_mul(1000)?.checked_sub(own).map(Self)
    }

    /// What the server's clock shows when one's own shows `own`; both are the time since 1970-01-01 00:00:00 UTC.
    pub const fn server_time(self, own: Duration) -> Duration {
        let ahead = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 { own.saturating_sub(ahead) } else { own.saturating_add(ahead) }
    }
}

impl ToWire for ClockSkew {
    fn value(&self) -> Value<'_> {
        Value::I64(self.0)
    }
}

impl<'de> FromWire<'de> for ClockSkew {
    fn empty() -> Self {
        Self::NONE
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::I64(&mut self.0)
    }
}
