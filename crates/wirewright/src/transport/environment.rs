//! Time and randomness, which the runtime has none of.

use std::{fmt::Write as _, sync::Arc, time::Duration};

/// What a call takes from its surroundings: the time, and randomness.
///
/// A [transport](crate::client::Transport) has it as a rule; [`Config::with_environment`](crate::client::Config::with_environment) takes one that goes before
/// the transport's, for tests. [`System`](crate::client::System), behind the feature `system`, is that of the operating system.
///
/// ```
/// use std::time::Duration;
/// use std::sync::Arc;
/// use wirewright::client::{Config, Environment};
///
/// /// Stands still, and always throws the same.
/// struct Still;
///
/// impl Environment for Still {
///     fn now(&self) -> Option<Duration> {
///         Some(Duration::from_secs(1_222_790_202))
///     }
///
///     fn random(&self) -> Option<[u8; 16]> {
///         Some([7; 16])
///     }
/// }
///
/// let settings = Config::new().with_environment(Arc::new(Still));
/// # drop(settings);
/// ```
pub trait Environment: Send + Sync {
    /// The time since 1970-01-01 00:00:00 UTC; `None` where nobody knows.
    fn now(&self) -> Option<Duration> {
        None
    }

    /// Sixteen bytes that nobody can guess; `None` where there is no source of such.
    fn random(&self) -> Option<[u8; 16]> {
        None
    }
}

impl<T: Environment + ?Sized> Environment for &T {
    fn now(&self) -> Option<Duration> {
        (**self).now()
    }

    fn random(&self) -> Option<[u8; 16]> {
        (**self).random()
    }
}

impl<T: Environment + ?Sized> Environment for Arc<T> {
    fn now(&self) -> Option<Duration> {
        (**self).now()
    }

    fn random(&self) -> Option<[u8; 16]> {
        (**self).random()
    }
}

/// An environment that knows neither the time nor randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEnvironment;

impl Environment for NoEnvironment {}

/// The clock and the random numbers of the operating system (feature `system`).
#[cfg(feature = "system")]
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

#[cfg(feature = "system")]
#[expect(
    clippy::disallowed_types,
    reason = "the one place that looks at a clock, for who asks for it by a feature"
)]
impl Environment for System {
    fn now(&self) -> Option<Duration> {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()
    }

    fn random(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// Digits and small letters.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
