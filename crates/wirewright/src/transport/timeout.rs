//! How long one try of a call may take.

use std::time::Duration;

/// How long one try of a call may take. A request has it among its [extensions](http::Request::extensions) when the
/// [settings](crate::client::Config::with_timeout) say so; it is the transport that keeps it.
///
/// A transport with a limit of its own asks by [`or`](Self::or), so that the time for the call
/// [as a whole](crate::client::Config::with_total_timeout) makes that limit shorter and never longer.
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
        Self::or(request, None)
    }

    /// The time that a request has, or the `usual` one of a transport where it has none, and never more than is left of the time
    /// for the call as a whole.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wirewright::client::AttemptTimeout;
    ///
    /// let usual = Some(Duration::from_secs(30));
    /// let mut request = http::Request::new(());
    /// assert_eq!(AttemptTimeout::or(&request, usual), usual);
    /// request.extensions_mut().insert(AttemptTimeout(Duration::from_secs(90)));
    /// assert_eq!(AttemptTimeout::or(&request, usual), Some(Duration::from_secs(90)));
    /// ```
    pub fn or<B>(request: &http::Request<B>, usual: Option<Duration>) -> Option<Duration> {
        let extensions = request.extensions();
        let chosen = extensions.get::<Self>().map(|timeout| timeout.0).or(usual);
        let left = extensions.get::<TimeLeft>().map(|left| left.0);
        [chosen, left].into_iter().flatten().min()
    }
}

/// What is left of the time for a call as a whole, among the extensions of the request of a try.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeLeft(pub(crate) Duration);
