//! What a call can fail with.

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString as _},
    vec::Vec,
};
use core::{
    fmt::{self, Write as _},
    time::Duration,
};

use super::{Class, ErrorCode as _, Failure, MismatchedReply, multipart::FormError};
use crate::{DecodeError, EncodeError, Format, rows::RowsError};

/// Why a call gave no answer.
///
/// `F` is the vendor's failure type. Every variant's `Display` is one line without secrets, which says all that this crate knows. Its
/// [source](core::error::Error::source) is what is not in that line: what a library below said.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<F: Failure> {
    /// The vendor refused the call.
    Vendor(Box<VendorError<F>>),
    /// The reply is not what the definition promises.
    Decode(Box<UndecodedReply>),
    /// There is no reply of this vendor in the response: a web page, an empty body, a gateway's error.
    Http(Box<HttpError>),
    /// The reply answers another request: it echoes another ID than was sent.
    Mismatched(Box<MismatchedReply>),
    /// The rows of the reply, read as a stream, are not what the definition promises.
    Rows(RowsError),
    /// No response came back, or it broke off.
    Transport(TransportError),
    /// The request was not sent, because it cannot be.
    Request(RequestError),
    /// The call succeeded, and opened no session where one was wanted: see [`Opening`](super::Opening).
    Unopened,
}

impl<F: Failure> Error<F> {
    /// The vendor's code, when the vendor refused the call.
    pub fn code(&self) -> Option<&F::Code> {
        match self {
            Self::Vendor(error) => Some(error.failure.code()),
            _ => None,
        }
    }

    /// What the vendor said, in words, when the vendor refused the call.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Vendor(error) => error.failure.message(),
            _ => None,
        }
    }

    /// The request's ID, when the vendor refused the call and echoed it, or when the reply is to another request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Vendor(error) => error.failure.request_id(),
            Self::Mismatched(error) => Some(error.sent.as_str()),
            _ => None,
        }
    }

    /// The raw body of the response, when there was one.
    pub fn body(&self) -> Option<&Body> {
        match self {
            Self::Vendor(error) => Some(&error.body),
            Self::Decode(error) => Some(&error.body),
            Self::Http(error) => Some(&error.body),
            Self::Mismatched(error) => Some(&error.body),
            Self::Rows(_) | Self::Transport(_) | Self::Request(_) | Self::Unopened => None,
        }
    }

    /// What the caller can do about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Vendor(error) => error.failure.code().class(),
            Self::Transport(error) => match error.kind {
                TransportErrorKind::TooLarge | TransportErrorKind::CannotWait => Class::GiveUp,
                // The file is the caller's.
                TransportErrorKind::Upload => Class::InvalidRequest,
                TransportErrorKind::Connect | TransportErrorKind::Timeout | TransportErrorKind::Other => {
                    Class::Retry
                }
            },
            Self::Http(error) if is_passing(error.status) => Class::Retry,
            Self::Mismatched(_) => Class::Retry,
            Self::Http(_)
            | Self::Decode(_)
            | Self::Rows(_)
            | Self::Unopened
            | Self::Request(RequestError::Elsewhere { .. }) => Class::GiveUp,
            Self::Request(_) => Class::InvalidRequest,
        }
    }
}

impl<F: Failure> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vendor(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Http(error) => error.fmt(f),
            Self::Mismatched(error) => error.fmt(f),
            Self::Rows(error) => write!(f, "the rows of the reply cannot be read: {error}"),
            Self::Transport(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Unopened => f.write_str("the call succeeded, but its reply opens no session"),
        }
    }
}

impl<F: Failure> core::error::Error for Error<F> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Vendor(_)
            | Self::Decode(_)
            | Self::Http(_)
            | Self::Mismatched(_)
            | Self::Rows(_)
            | Self::Request(_)
            | Self::Unopened => None,
        }
    }
}

impl<F: Failure> From<RequestError> for Error<F> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<F: Failure> From<TransportError> for Error<F> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// Whether a status speaks of a state that passes.
fn is_passing(status: http::StatusCode) -> bool {
    status.is_server_error()
        || matches!(status, http::StatusCode::REQUEST_TIMEOUT | http::StatusCode::TOO_MANY_REQUESTS)
}

/// A stranger's text on one line: control characters are shown as spaces.
pub(super) struct OneLine<'a>(pub(super) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(if c.is_control() { ' ' } else { c }))
    }
}

/// The vendor refused the call.
#[derive(Debug)]
#[non_exhaustive]
pub struct VendorError<F> {
    /// The code and what came with it.
    pub failure: F,
    /// The status of the HTTP response, often 200.
    pub status: http::StatusCode,
    /// The raw body.
    pub body: Body,
}

impl<F> VendorError<F> {
    pub(super) const fn new(failure: F, status: http::StatusCode, body: Body) -> Self {
        Self { failure, status, body }
    }
}

impl<F: Failure> fmt::Display for VendorError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.failure.code();
        write!(f, "the vendor refused the call with code {}", code.as_wire())?;
        if let Some(detail) = self.failure.detail() {
            write!(f, " (detail {detail})")?;
        }
        match self.failure.message() {
            Some(message) if !message.is_empty() => write!(f, ", \"{}\"", OneLine(message))?,
            _ => write!(f, ", {}", code.description())?,
        }
        write!(f, ": {}", code.class())
    }
}

/// A reply that could not be read as the definition promises.
#[derive(Debug)]
#[non_exhaustive]
pub struct UndecodedReply {
    /// What is wrong with it, and where.
    pub error: DecodeError,
    /// The status of the HTTP response.
    pub status: http::StatusCode,
    /// The raw body.
    pub body: Body,
}

impl UndecodedReply {
    pub(super) const fn new(error: DecodeError, status: http::StatusCode, body: Body) -> Self {
        Self { error, status, body }
    }
}

impl fmt::Display for UndecodedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reply cannot be read: {}", self.error)
    }
}

/// A response that is no reply of this vendor.
#[derive(Debug)]
#[non_exhaustive]
pub struct HttpError {
    /// The status of the HTTP response.
    pub status: http::StatusCode,
    /// Its Content-Type, if it had one.
    pub content_type: Option<String>,
    /// What was looked for and not found.
    pub reason: &'static str,
    /// The raw body.
    pub body: Body,
}

impl HttpError {
    pub(super) fn new(response: &http::response::Parts, reason: &'static str, body: Body) -> Self {
        let content_type = response.headers.get(http::header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(String::from);
        Self { status: response.status, content_type, reason, body }
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no reply of this vendor in the response: {} (HTTP {}, ",
            self.reason,
            self.status.as_u16()
        )?;
        match &self.content_type {
            Some(content_type) => write!(f, "{}, ", OneLine(content_type))?,
            None => f.write_str("no Content-Type, ")?,
        }
        write!(f, "{} bytes)", self.body.expose().len())
    }
}

/// The raw body of a response. It may hold secrets, so that only [`expose`](Self::expose) shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(Vec<u8>);

impl Body {
    pub(super) const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes as they came.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as they came.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[redacted, {} bytes]", self.0.len())
    }
}

/// No response came back.
///
/// HTTP libraries like to name the URL that they failed on, and with GET a URL holds secrets. The library's own error is thus
/// handed out by [`expose`](Self::expose) only; the [source](core::error::Error::source) is its text with every query masked.
///
/// ```
/// use std::error::Error;
/// use wirewright::call::{TransportError, TransportErrorKind};
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
    exposed: Box<dyn core::error::Error + Send + Sync>,
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
    /// Time had to pass before the call, and the transport has no way to [wait](super::Transport::wait).
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
        source: impl Into<Box<dyn core::error::Error + Send + Sync>>,
    ) -> Self {
        let exposed = source.into();
        Self { kind, source: Masked::new(&*exposed), exposed }
    }

    /// A transport that cannot let time pass.
    pub(super) fn cannot_wait(duration: Duration) -> Self {
        Self::new(TransportErrorKind::CannotWait, format!("{duration:?} had to pass before the call"))
    }

    /// What happened.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The error of the HTTP library, which may show a URL with secrets.
    pub fn expose(&self) -> &(dyn core::error::Error + Send + Sync + 'static) {
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
    fn new(error: &(dyn core::error::Error + 'static)) -> Self {
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

impl core::error::Error for Masked {}

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

impl core::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// A request that cannot be sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The operation does not answer in this format.
    FormatNotOffered {
        /// The operation's name.
        operation: &'static str,
        /// The format that was asked for.
        format: Format,
    },
    /// The operation is not offered by this HTTP method.
    MethodNotOffered {
        /// The operation's name.
        operation: &'static str,
        /// The method that was asked for.
        method: http::Method,
    },
    /// A JSONP callback must be a path of identifiers such as `app.onReply`, of at most 100 characters.
    InvalidCallback,
    /// A callback works with JSON only, and only for vendors that take one.
    CallbackNotOffered,
    /// The operation's secrets go over TLS only: the endpoint must start with `https://` (or be a loopback address).
    InsecureEndpoint {
        /// The operation's name.
        operation: &'static str,
    },
    /// The endpoint is not `http://host` or `https://host`, perhaps with a port.
    InvalidEndpoint,
    /// The operation is a call of a session, and the context has none of a kind that it takes.
    NoSession {
        /// The operation's name.
        operation: &'static str,
    },
    /// The operation's request is signed, the session is of a kind that has a key, and the context has none (or an empty one).
    NoKey {
        /// The operation's name.
        operation: &'static str,
    },
    /// The operation tells the time, and neither the transport nor the settings know it.
    NoClock {
        /// The operation's name.
        operation: &'static str,
    },
    /// The operation needs something random, and neither the transport nor the settings have any.
    NoRandomness {
        /// The operation's name.
        operation: &'static str,
    },
    /// The value of a parameter cannot stand where requests carry it: a header takes visible ASCII without white space at its
    /// ends, a cookie neither white space nor any of `",;\\`.
    NotInHeader {
        /// The parameter's name.
        parameter: &'static str,
    },
    /// The value of a parameter is no label of a host: letters, digits, `-` and `_`, at most 63 of them.
    NotInHost {
        /// The parameter's name.
        parameter: &'static str,
    },
    /// The vendor told a URL for the next call, and it leads to another scheme, host or port than those of the operation's endpoint
    /// and of the hosts that its definition names, or is none: the session does not go there.
    Elsewhere {
        /// The operation's name.
        operation: &'static str,
    },
    /// A parameter that the definition does not tell of has the name of one that the request carries anyway. It was not sent
    /// twice: what the vendor would make of that is not known.
    AlreadyThere {
        /// The parameter's name on the wire.
        parameter: String,
    },
    /// A name, or a file's name or media type, cannot stand in a multipart request.
    Form(FormError),
    /// A file is read while it is sent, and this way of calling takes requests that are in memory.
    Streamed {
        /// The operation's name.
        operation: &'static str,
    },
    /// The parameters do not fit into a URL: 64 KiB is the most that one can have. POST has no such limit.
    TooLong,
    /// A value cannot be written.
    Encode(EncodeError),
    /// Rows cannot be written into the request's document, which is too large or too deep without them.
    Rows(DecodeError),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::FormatNotOffered { operation, format } => {
                format!("{operation} does not answer in {format}")
            }
            Self::MethodNotOffered { operation, method } => format!("{operation} is not offered by {method}"),
            Self::InvalidCallback => {
                "the callback is not a path of identifiers (app.onReply) of at most 100 characters".into()
            }
            Self::CallbackNotOffered => "a callback needs a JSON reply and a vendor that takes one".into(),
            Self::NotInHost { parameter } => format!("the value of {parameter} is no label of a host"),
            Self::NotInHeader { parameter } => format!("the value of {parameter} cannot stand in a header"),
            Self::InsecureEndpoint { operation } => format!("{operation} is sent over https only"),
            Self::InvalidEndpoint => "the endpoint is not of the form https://host".into(),
            Self::NoSession { operation } => format!("{operation} is a call of a session, and there is none"),
            Self::NoKey { operation } => format!("{operation} is signed, and there is no key"),
            Self::NoClock { operation } => {
                format!(
                    "{operation} tells the time, and the transport has no clock: set `Config::with_environment`"
                )
            }
            Self::NoRandomness { operation } => {
                format!(
                    "{operation} needs randomness, and the transport has none: set `Config::with_environment`"
                )
            }
            Self::Elsewhere { operation } => {
                format!(
                    "the URL that the vendor told for the next {operation} leads elsewhere than its calls go"
                )
            }
            Self::AlreadyThere { parameter } => {
                let parameter = OneLine(parameter);
                format!("`{parameter}` is given by name, and the request carries a parameter of that name")
            }
            Self::Form(error) => format!("the multipart request cannot be written: {error}"),
            Self::Streamed { operation } => format!(
                "{operation} has a file that is read while it is sent: use `write_upload`, or a file in memory"
            ),
            Self::TooLong => "the parameters do not fit into a URL".into(),
            Self::Encode(error) => format!("a value cannot be written: {error}"),
            Self::Rows(error) => format!("rows cannot be written into its document: {error}"),
        };
        write!(f, "the request was not sent: {text}")
    }
}

impl core::error::Error for RequestError {}

/// A session that could not be closed, given back with the reason.
///
/// Its `Debug` and `Display` show the reason only: a session holds secrets.
pub struct SessionCloseError<S, F: Failure> {
    /// The session, which may still be open.
    pub session: S,
    /// Why it could not be closed.
    pub error: Error<F>,
}

impl<S, F: Failure> fmt::Debug for SessionCloseError<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionCloseError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<S, F: Failure> fmt::Display for SessionCloseError<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the session was not closed: {}", self.error)
    }
}

impl<S, F: Failure> core::error::Error for SessionCloseError<S, F> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.error.source()
    }
}
