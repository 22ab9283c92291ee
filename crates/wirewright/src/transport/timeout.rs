//! How long one try of a call may take.

use std::time::Duration;

/// How long one try of a call may take. A request has it among its [extensions](http::Request::extensions) when the
/// [settings](crate::client::Config::with_timeout) say so; it is the transport that keeps it.
///
/// ```
/// use std::time::Duration;
/// use wirewright::client::AttemptTimeout;
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
