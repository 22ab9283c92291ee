//! What a call can fail with.

use std::{borrow::Cow, fmt};

use http::header;

use crate::{
    DecodeError, Secret,
    describe::{class::Class, protocol::Operation},
    exchange::{
        body::Body, bytes::content_type, mismatched::MismatchedReply, refusal::Refusal,
        request_error::RequestError, typed::Failure,
    },
    text::OneLine,
    transport::{
        error::{TransportError, TransportErrorKind},
        request_id::RequestId,
    },
};

/// Why a call gave no answer.
///
/// `F` is the vendor's failure type: a [`Failure`], or a [`Refusal`] that is made at run time. Every variant's `Display` is one line without secrets, which says all that this crate knows. Its
/// [source](std::error::Error::source) is what is not in that line: what a library below said.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<F> {
    /// The vendor refused the call.
    Vendor(Box<VendorError<F>>),
    /// The reply is not what the definition promises.
    Decode(Box<UndecodedReply>),
    /// There is no reply of this vendor in the response: a web page, an empty body, a gateway's error.
    Http(Box<HttpError>),
    /// The reply answers another request: it echoes another ID than was sent.
    Mismatched(Box<MismatchedReply>),
    /// The rows of the reply, read as a stream, are not what the definition promises.
    #[cfg(feature = "rows")]
    Rows(crate::rows::RowsError),
    /// No response came back, or it broke off.
    Transport(TransportError),
    /// The request was not sent, because it cannot be.
    Request(RequestError),
    /// The call succeeded, and opened no session where one was wanted: see [`SessionOpenOutcome`](crate::session::SessionOpenOutcome).
    Unopened,
}

impl<F> Error<F> {
    /// A reply that echoes another ID than was sent.
    pub(crate) fn mismatched(
        sent: RequestId,
        echoed: String,
        status: http::StatusCode,
        body: Vec<u8>,
    ) -> Self {
        Self::Mismatched(Box::new(MismatchedReply::new(sent, echoed, status, Body::new(body))))
    }

    /// The same error with another failure in it, when the vendor refused the call.
    ///
    /// ```
    /// use wirewright::exchange::{Error, Refusal};
    ///
    /// /// Errors of several vendors in one list.
    /// fn any(error: Error<impl Refusal>) -> Error<Box<dyn Refusal>> {
    ///     error.map_failure(|failure| Box::new(failure) as Box<dyn Refusal>)
    /// }
    /// ```
    pub fn map_failure<G>(self, map: impl FnOnce(F) -> G) -> Error<G> {
        match self {
            Self::Vendor(error) => {
                let VendorError { failure, call, status, body } = *error;
                Error::Vendor(Box::new(VendorError { failure: map(failure), call, status, body }))
            }
            Self::Decode(error) => Error::Decode(error),
            Self::Http(error) => Error::Http(error),
            Self::Mismatched(error) => Error::Mismatched(error),
            #[cfg(feature = "rows")]
            Self::Rows(error) => Error::Rows(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Request(error) => Error::Request(error),
            Self::Unopened => Error::Unopened,
        }
    }

    /// The raw body of the response, when there was one.
    pub fn body(&self) -> Option<&Body> {
        match self {
            Self::Vendor(error) => Some(&error.body),
            Self::Decode(error) => Some(&error.body),
            Self::Http(error) => Some(&error.body),
            Self::Mismatched(error) => Some(&error.body),
            #[cfg(feature = "rows")]
            Self::Rows(_) => None,
            Self::Transport(_) | Self::Request(_) | Self::Unopened => None,
        }
    }
}

impl<F: Failure> Error<F> {
    /// The vendor's code, when the vendor refused the call.
    pub fn code(&self) -> Option<&F::Code> {
        match self {
            Self::Vendor(error) => Some(error.failure.code()),
            _ => None,
        }
    }
}

impl<F: Refusal> Error<F> {
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

    /// What the caller can do about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Vendor(error) => error.class(),
            Self::Transport(error) => match error.kind() {
                TransportErrorKind::TooLarge | TransportErrorKind::CannotWait => Class::GiveUp,
                // The file is the caller's.
                TransportErrorKind::Upload => Class::InvalidRequest,
                TransportErrorKind::Connect | TransportErrorKind::Timeout | TransportErrorKind::Other => {
                    Class::Retry
                }
            },
            Self::Http(error) if is_passing(error.status) => Class::Retry,
            Self::Mismatched(_) => Class::Retry,
            #[cfg(feature = "rows")]
            Self::Rows(_) => Class::GiveUp,
            Self::Http(_)
            | Self::Decode(_)
            | Self::Unopened
            | Self::Request(RequestError::Elsewhere { .. } | RequestError::PageRepeated { .. }) => {
                Class::GiveUp
            }
            Self::Request(_) => Class::InvalidRequest,
        }
    }
}

impl<F: Refusal> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vendor(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Http(error) => error.fmt(f),
            Self::Mismatched(error) => error.fmt(f),
            #[cfg(feature = "rows")]
            Self::Rows(error) => write!(f, "the rows of the reply cannot be read: {error}"),
            Self::Transport(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Unopened => f.write_str("the call succeeded, but its reply opens no session"),
        }
    }
}

impl<F: Refusal> std::error::Error for Error<F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            #[cfg(feature = "rows")]
            Self::Rows(_) => None,
            Self::Vendor(_)
            | Self::Decode(_)
            | Self::Http(_)
            | Self::Mismatched(_)
            | Self::Request(_)
            | Self::Unopened => None,
        }
    }
}

impl<F> From<RequestError> for Error<F> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<F> From<TransportError> for Error<F> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// Whether a status speaks of a state that passes.
fn is_passing(status: http::StatusCode) -> bool {
    status.is_server_error()
        || matches!(status, http::StatusCode::REQUEST_TIMEOUT | http::StatusCode::TOO_MANY_REQUESTS)
}

/// The vendor refused the call.
#[derive(Debug)]
#[non_exhaustive]
pub struct VendorError<F> {
    /// The code and what came with it.
    pub failure: F,
    /// What was called.
    pub call: FailedCall,
    /// The status of the HTTP response, often 200.
    pub status: http::StatusCode,
    /// The raw body.
    pub body: Body,
}

impl<F> VendorError<F> {
    pub(crate) const fn new(failure: F, call: FailedCall, status: http::StatusCode, body: Body) -> Self {
        Self { failure, call, status, body }
    }
}

impl<F: Refusal> VendorError<F> {
    /// What the caller can do about it: what the definition says of the code, or what HTTP says where the definition does not
    /// know it. A call that opens a session in none is never [`Class::LogInAgain`]: it is the login that was refused.
    pub fn class(&self) -> Class {
        let own = self.failure.class();
        let by_http = own == Class::GiveUp && !self.failure.is_known();
        let class = if by_http { Class::of_http(self.status.as_u16()) } else { own };
        let operation = self.call.operation;
        let is_login = operation.opens_session && operation.sessions.is_empty();
        // Without a session there is none that has expired.
        let no_session = by_http && operation.sessions.is_empty();
        if class == Class::LogInAgain && (is_login || no_session) { Class::InvalidRequest } else { class }
    }
}

impl<F: Refusal> fmt::Display for VendorError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the vendor refused {}", self.call)?;
        // An empty code tells nothing.
        let code = self.failure.code_text().filter(|code| !code.trim().is_empty());
        match &code {
            Some(code) => write!(f, " with code {}", OneLine(code))?,
            None => f.write_str(" without a code")?,
        }
        if let Some(detail) = self.failure.detail() {
            write!(f, " (detail {detail})")?;
        }
        match self.failure.message() {
            Some(message) if !message.is_empty() => write!(f, ", \"{}\"", OneLine(message))?,
            _ if code.is_none() => {}
            _ => write!(f, ", {}", self.failure.description())?,
        }
        write!(f, ": {}", self.class())
    }
}

/// The call that an error is of: which operation, and by which HTTP method.
///
/// ```
/// use wirewright::exchange::{Error, Refusal};
///
/// /// Which operation the vendor refused.
/// fn refused(error: &Error<impl Refusal>) -> Option<&'static str> {
///     match error {
///         Error::Vendor(error) => Some(error.call.operation.name),
///         _ => None,
///     }
/// }
/// # drop(refused(&Error::<Box<dyn Refusal>>::Unopened));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FailedCall {
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP method, where it is known: a response that is read without its client has it if the [`http::Method`] of its request
    /// is among its extensions.
    pub method: Option<http::Method>,
}

impl FailedCall {
    pub(crate) fn new(operation: &'static Operation, extensions: &http::Extensions) -> Self {
        Self { operation, method: extensions.get().cloned() }
    }
}

impl fmt::Display for FailedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.name)?;
        self.method.as_ref().map_or(Ok(()), |method| write!(f, " ({method})"))
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
    pub(crate) const fn new(error: DecodeError, status: http::StatusCode, body: Body) -> Self {
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
    pub reason: Cow<'static, str>,
    /// Where a redirection leads, as it came: it may have secrets in it.
    pub location: Option<Secret<String>>,
    /// The raw body.
    pub body: Body,
}

impl HttpError {
    pub(crate) fn new(
        response: &http::response::Parts,
        reason: impl Into<Cow<'static, str>>,
        body: Body,
    ) -> Self {
        let text = |name| response.headers.get(name).and_then(|value| value.to_str().ok()).map(String::from);
        let location = text(header::LOCATION).filter(|_| response.status.is_redirection());
        Self {
            status: response.status,
            content_type: content_type(&response.headers).map(String::from),
            reason: reason.into(),
            location: location.map(Secret::from),
            body,
        }
    }
}

/// A URL as far as it has no secrets in it: without a user, without a query, and without what is behind `;` in a path.
struct ShownLocation<'a>(&'a str);

impl fmt::Display for ShownLocation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (url, masked) = match self.0.find(['?', ';', '#']) {
            Some(at) => (self.0.get(..at).unwrap_or_default(), "…"),
            None => (self.0, ""),
        };
        let (scheme, rest) = url.split_once("//").map_or(("", url), |(scheme, rest)| (scheme, rest));
        let slashes = if rest.len() == url.len() { "" } else { "//" };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(_, host)| ("…@", host));
        write!(f, "{}{slashes}{user}{}{}{masked}", OneLine(scheme), OneLine(host), OneLine(path))
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
        if let Some(location) = &self.location {
            write!(f, "leads to {}, ", ShownLocation(location.expose()))?;
        }
        match &self.content_type {
            Some(content_type) => write!(f, "{}, ", OneLine(content_type))?,
            None => f.write_str("no Content-Type, ")?,
        }
        write!(f, "{} bytes)", self.body.expose().len())
    }
}
