//! Time and randomness, which the runtime has none of.

use alloc::{string::String, sync::Arc};
use core::{fmt::Write as _, time::Duration};

use jiff::{Timestamp, fmt::strtime, tz::TimeZone};

use super::{Filling, Operation, RequestError};

/// What a call takes from its surroundings: the time, and randomness.
///
/// A [transport](super::Transport) has it as a rule; [`Settings::ambient`](super::Settings::ambient) takes one that goes before
/// the transport's, for tests. [`System`](super::System), behind the feature `std`, is that of the operating system.
///
/// ```
/// use core::time::Duration;
/// use std::sync::Arc;
/// use wirewright::call::{Ambient, Settings};
///
/// /// Stands still, and always throws the same.
/// struct Still;
///
/// impl Ambient for Still {
///     fn now(&self) -> Option<Duration> {
///         Some(Duration::from_secs(1_222_790_202))
///     }
///
///     fn random(&self) -> Option<[u8; 16]> {
///         Some([7; 16])
///     }
/// }
///
/// let settings = Settings::new().ambient(Arc::new(Still));
/// # drop(settings);
/// ```
pub trait Ambient: Send + Sync {
    /// The time since 1970-01-01 00:00:00 UTC; `None` where nobody knows.
    fn now(&self) -> Option<Duration> {
        None
    }

    /// Sixteen bytes that nobody can guess; `None` where there is no source of such.
    fn random(&self) -> Option<[u8; 16]> {
        None
    }
}

impl<T: Ambient + ?Sized> Ambient for &T {
    fn now(&self) -> Option<Duration> {
        (**self).now()
    }

    fn random(&self) -> Option<[u8; 16]> {
        (**self).random()
    }
}

impl<T: Ambient + ?Sized> Ambient for Arc<T> {
    fn now(&self) -> Option<Duration> {
        (**self).now()
    }

    fn random(&self) -> Option<[u8; 16]> {
        (**self).random()
    }
}

/// Surroundings that know neither the time nor randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoAmbient;

impl Ambient for NoAmbient {}

/// The clock and the random numbers of the operating system.
#[cfg(feature = "std")]
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

#[cfg(feature = "std")]
impl Ambient for System {
    fn now(&self) -> Option<Duration> {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()
    }

    fn random(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// By how many milliseconds a server's clock is ahead of one's own, from what it told at `now`, in seconds since 1970.
///
/// ```
/// use core::time::Duration;
/// use wirewright::call::clock_ahead;
///
/// assert_eq!(clock_ahead(Some(Duration::from_millis(1_000_500)), 1_060), Some(59_500));
/// assert_eq!(clock_ahead(None, 1_060), None);
/// ```
pub fn clock_ahead(now: Option<Duration>, server: impl Into<Option<i64>>) -> Option<i64> {
    let now = i64::try_from(now?.as_millis()).ok()?;
    server.into()?.checked_mul(1000)?.checked_sub(now)
}

/// What a parameter is filled in with.
pub(super) enum FilledIn {
    Number(i64),
    Text(String),
}

/// Works `filling` out. The server's clock is ahead of `ambient` by `ahead` milliseconds.
pub(super) fn fill_in(
    filling: Filling,
    operation: &'static Operation,
    ambient: &dyn Ambient,
    ahead: i64,
) -> Result<FilledIn, RequestError> {
    if filling == Filling::Nonce {
        let bytes = ambient.random().ok_or(RequestError::NoRandomness { operation: operation.name })?;
        return Ok(FilledIn::Text(hex(&bytes)));
    }
    let no_clock = RequestError::NoClock { operation: operation.name };
    let now = ambient.now().and_then(|now| i64::try_from(now.as_millis()).ok());
    let Some(milliseconds) = now.and_then(|now| now.checked_add(ahead)) else { return Err(no_clock) };
    Ok(match filling {
        Filling::Seconds => FilledIn::Number(milliseconds.div_euclid(1000)),
        Filling::DateTime(format) => {
            let moment = Timestamp::from_millisecond(milliseconds).ok();
            let text =
                moment.and_then(|moment| strtime::format(format, &moment.to_zoned(TimeZone::UTC)).ok());
            FilledIn::Text(text.ok_or(no_clock)?)
        }
        Filling::Milliseconds | Filling::Nonce => FilledIn::Number(milliseconds),
    })
}

/// Digits and small letters.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
