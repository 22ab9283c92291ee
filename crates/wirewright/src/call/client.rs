//! One call over a transport, async or blocking: both are thin over [`write_request`] and [`read_reply`].

use alloc::{borrow::ToOwned as _, string::String, vec::Vec};

use super::{CallContext, Error, Nothing, Request, TransportError, Verb, read_reply, write_request};
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
    use alloc::vec::Vec;

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
#[derive(Clone, Debug, Default)]
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

    /// The HTTP method to use on operations that offer several. With GET, secrets stand in URLs.
    #[must_use]
    pub const fn verb(mut self, verb: Verb) -> Self {
        self.verb = Some(verb);
        self
    }

    /// Asks for JSONP with this callback: a path of identifiers such as `app.onReply`.
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
