//! One call over a transport, async or blocking: both are thin over [`write_request`] and [`read_reply`].

use alloc::{borrow::ToOwned as _, string::String, sync::Arc, vec::Vec};
use core::fmt;

use super::{
    CallContext, Error, Nothing, Request, TransportError, Verb, read_reply, request::ShownEndpoint,
    write_request,
};
use crate::{Format, Limits};

/// Sends requests and brings back responses, without blocking.
///
/// An implementation follows no redirects and treats no HTTP status as an error: what a status means is the vendor's matter.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for the whole response.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send;
}

impl<T: Transport> Transport for &T {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request)
    }
}

impl<T: Transport> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request)
    }
}

/// Calls an operation.
///
/// # Errors
///
/// See [`Error`].
pub async fn call<R: Request>(
    transport: &impl Transport,
    request: &R,
    context: &CallContext<'_>,
) -> Result<R::Answer, Error<R::Failure>> {
    let format = context.format(R::OPERATION)?;
    let request = write_request(R::OPERATION, request, context)?;
    let response = transport.send(request).await?;
    read_reply::<R>(response, format, &context.limits)
}

/// The same without `async`.
pub mod blocking {
    use alloc::{sync::Arc, vec::Vec};

    use super::{CallContext, Error, Request, TransportError, read_reply, write_request};

    /// Sends requests and brings back responses, blocking the caller meanwhile.
    ///
    /// An implementation follows no redirects and treats no HTTP status as an error: what a status means is the vendor's matter.
    pub trait Transport {
        /// Sends one request and waits for the whole response.
        ///
        /// # Errors
        ///
        /// When no response comes back.
        fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError>;
    }

    impl<T: Transport> Transport for &T {
        fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
            (**self).send(request)
        }
    }

    impl<T: Transport> Transport for Arc<T> {
        fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
            (**self).send(request)
        }
    }

    /// Calls an operation.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn call<R: Request>(
        transport: &impl Transport,
        request: &R,
        context: &CallContext<'_>,
    ) -> Result<R::Answer, Error<R::Failure>> {
        let format = context.format(R::OPERATION)?;
        let request = write_request(R::OPERATION, request, context)?;
        let response = transport.send(request)?;
        read_reply::<R>(response, format, &context.limits)
    }
}

/// What a caller can choose for all calls of a client.
///
/// ```
/// use wirewright::{Format, Limits, call::{Settings, Verb}};
///
/// let settings = Settings::new()
///     .endpoint("http://127.0.0.1:8080")
///     .format(Format::Xml)
///     .verb(Verb::Get)
///     .limits(Limits::new().with_max_bytes(1 << 20));
/// assert_eq!(settings.context("https://api.example.com").endpoint, "http://127.0.0.1:8080");
/// ```
#[derive(Clone, Default)]
pub struct Settings {
    endpoint: Option<String>,
    format: Option<Format>,
    verb: Option<Verb>,
    callback: Option<String>,
    limits: Limits,
}

impl Settings {
    /// The vendor's endpoint, JSON where it is offered, POST where it is offered, and the usual limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another scheme and host, as in `http://127.0.0.1:8080`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// The format to ask for.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// The HTTP method to use. With GET, secrets stand in URLs, and operations that are offered by POST only are sent by POST;
    /// with POST, an operation that is offered by GET only is not sent at all.
    #[must_use]
    pub const fn verb(mut self, verb: Verb) -> Self {
        self.verb = Some(verb);
        self
    }

    /// Asks for JSONP with this callback, a path of identifiers such as `app.onReply`, whatever the format that is set.
    #[must_use]
    pub fn callback(mut self, callback: &str) -> Self {
        self.callback = Some(callback.to_owned());
        self
    }

    /// How large and how deep a reply may be.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// A call's context with these settings. `endpoint` is the vendor's own.
    pub fn context<'a>(&'a self, endpoint: &'a str) -> CallContext<'a> {
        CallContext {
            endpoint: self.endpoint.as_deref().unwrap_or(endpoint),
            format: self.format,
            verb: self.verb,
            callback: self.callback.as_deref(),
            client: Nothing::NONE,
            options: Nothing::NONE,
            session: None,
            key: None,
            limits: self.limits,
        }
    }
}

/// Shows an endpoint only if it is one: anything else may hold a password.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("endpoint", &self.endpoint.as_deref().map(ShownEndpoint))
            .field("format", &self.format)
            .field("verb", &self.verb)
            .field("callback", &self.callback)
            .field("limits", &self.limits)
            .finish()
    }
}
