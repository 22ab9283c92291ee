//! Why no response came back.

use std::{fmt, time::Duration};

use crate::text::OneLine;

/// No response came back.
///
/// HTTP libraries like to name the URL that they failed on, and with GET a URL holds secrets. The library's own error is thus
/// handed out by [`expose`](Self::expose) only; the [source](std::error::Error::source) is its text with every query masked.
///
/// ```
/// use std::error::Error;
/// use wirewright::client::{TransportError, TransportErrorKind};
///
/// let below = "error sending request for url (https://api.example/logout?a=hunter2): connection refused";
/// let error = TransportError::new(TransportErrorKind::Connect, below);
/// assert_eq!(error.to_string(), "the connection to the vendor could not be made");
/// assert_eq!(
///     error.source().unwrap().to_string(),
///     "error sending request for url (https://api.example/logout?[redacted]): connection refused",
/// );
/// ```
pub struct TransportError {
    kind: TransportErrorKind,
    source: Masked,
    exposed: Box<dyn std::error::Error + Send + Sync>,
}

/// What kept a response from coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection was not made.
    Connect,
    /// The time was up.
    Timeout,
    /// The response is larger than the caller allows.
    TooLarge,
    /// Time had to pass before the call, and the transport has no way to [wait](crate::client::Transport::wait).
    CannotWait,
    /// A file of the request could not be read, or is not as long as was told.
    Upload,
    /// Anything else.
    Other,
}

impl TransportError {
    /// A failure of the HTTP library below.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let exposed = source.into();
        Self { kind, source: Masked::new(&*exposed), exposed }
    }

    /// A transport that cannot let time pass.
    pub(crate) fn cannot_wait(duration: Duration) -> Self {
        Self::new(TransportErrorKind::CannotWait, format!("{duration:?} had to pass before the call"))
    }

    /// What happened.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The error of the HTTP library, which may show a URL with secrets.
    pub fn expose(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        &*self.exposed
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// What an error and its sources say, in one line, without the queries of URLs.
#[derive(Debug)]
struct Masked(String);

impl Masked {
    fn new(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            let inner = error.to_string();
            // Many errors repeat their source's text.
            if !text.contains(&inner) {
                text.push_str(": ");
                text.push_str(&inner);
            }
            source = error.source();
        }
        let mut masked = String::with_capacity(text.len());
        let mut pieces = text.split('?');
        masked.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            // What this crate writes into a query: form-urlencoded pairs.
            let in_query = |c: char| c.is_ascii_alphanumeric() || "*-._+%&=".contains(c);
            let rest = piece.trim_start_matches(in_query);
            masked.push_str(if rest.len() < piece.len() { "?[redacted]" } else { "?" });
            masked.push_str(rest);
        }
        Self(masked)
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneLine(&self.0).fmt(f)
    }
}

impl std::error::Error for Masked {}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "the connection to the vendor could not be made",
            TransportErrorKind::Timeout => "the vendor did not answer in time",
            TransportErrorKind::TooLarge => "the response is larger than the limit",
            TransportErrorKind::CannotWait => {
                "the call was not sent, as the transport cannot wait: implement `Transport::wait`"
            }
            TransportErrorKind::Upload => "a file of the request could not be sent",
            TransportErrorKind::Other => "no response came back from the vendor",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
