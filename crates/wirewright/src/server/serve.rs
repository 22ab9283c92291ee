//! A service under its origin: what an HTTP library hands requests to.

use std::{fmt, marker::PhantomData, sync::Arc};

use crate::{
    Limits,
    describe::protocol::Operation,
    server::{address::base, incoming::Incoming, receive::receive, rejection::Rejection, respond::not_found},
    sign::Algorithm,
};

/// What turns requests into responses: a [`Server`], or a function around one.
///
/// ```
/// use wirewright::server::Respond;
///
/// /// Counts what it hands on.
/// fn counted(inner: impl Respond, count: impl Fn() + Send + Sync) -> impl Respond {
///     let inner = std::sync::Arc::new(inner);
///     move |request| {
///         count();
///         let inner = std::sync::Arc::clone(&inner);
///         async move { inner.respond(request).await }
///     }
/// }
/// # drop(counted(|_| async { http::Response::new(Vec::new()) }, || ()));
/// ```
pub trait Respond: Send + Sync {
    /// The response to one request.
    fn respond(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = http::Response<Vec<u8>>> + Send;
}

impl<F, A> Respond for F
where
    F: Fn(http::Request<Vec<u8>>) -> A + Send + Sync,
    A: Future<Output = http::Response<Vec<u8>>> + Send,
{
    fn respond(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = http::Response<Vec<u8>>> + Send {
        self(request)
    }
}

/// How the requests to a vendor reach the methods of a service `S`. Generated crates implement it.
pub trait Dispatch<S>: 'static {
    /// The vendor's operations.
    const OPERATIONS: &'static [&'static Operation];

    /// The service's answer to a request that has been recognised.
    fn answer(service: &S, incoming: &Incoming) -> impl Future<Output = http::Response<Vec<u8>>> + Send;

    /// The response to a request that has not been.
    fn refuse(service: &S, incoming: &Incoming, refused: &Rejection) -> http::Response<Vec<u8>>;
}

/// A vendor's server: a service, and the origin under which clients reach it. Clones share the service.
///
/// A request that cannot be understood is refused with the vendor's own error; one whose path belongs to no operation gets HTTP
/// 404, and one whose method the operation does not take HTTP 405, with that error as well.
///
/// `D` is the vendor's; a generated crate has a type `Server` with it.
pub struct Server<D, S> {
    service: Arc<S>,
    origin: Arc<str>,
    limits: Limits,
    algorithms: Option<Arc<[&'static Algorithm]>>,
    dispatch: PhantomData<fn() -> D>,
}

impl<D, S> Server<D, S> {
    /// A server with the usual limits. `origin` is the scheme and host that clients use, as in `https://api.example.com`, also
    /// where a proxy is before the server: signatures cover it. Below a path it has that as well, as in
    /// `https://api.example.com/music`, whether or not the proxy takes the path off.
    pub fn new(service: S, origin: impl Into<String>) -> Self {
        Self::shared(Arc::new(service), origin)
    }

    /// The same for a service that others have as well.
    pub fn shared(service: Arc<S>, origin: impl Into<String>) -> Self {
        let origin = Arc::from(origin.into());
        Self { service, origin, limits: Limits::default(), algorithms: None, dispatch: PhantomData }
    }

    /// How large and how deep requests may be.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The algorithms by which requests may be signed or hashed, where the definition lets clients choose: a client that may choose takes
    /// the weakest one that there is. The default is all that the definition names.
    ///
    /// ```
    /// use wirewright::{generated::Server, sign};
    ///
    /// fn without_sha1<D, S>(server: Server<D, S>) -> Server<D, S> {
    ///     server.with_algorithms([&sign::SHA256, &sign::SHA512])
    /// }
    /// ```
    #[must_use]
    pub fn with_algorithms(mut self, algorithms: impl IntoIterator<Item = &'static Algorithm>) -> Self {
        self.algorithms = Some(algorithms.into_iter().collect());
        self
    }

    /// What answers.
    pub const fn service(&self) -> &Arc<S> {
        &self.service
    }

    /// The response to a request that came to this scheme and host; without, to the server's own.
    pub(crate) async fn answer(
        &self,
        origin: Option<&str>,
        request: http::Request<Vec<u8>>,
    ) -> http::Response<Vec<u8>>
    where
        D: Dispatch<S>,
        S: Send + Sync,
    {
        let origin = origin.map(|origin| format!("{origin}{}", base(&self.origin)));
        let origin = origin.as_deref().unwrap_or(&self.origin);
        match receive(D::OPERATIONS, origin, &request, &self.limits) {
            Ok(mut incoming) => {
                incoming.proof.algorithms.clone_from(&self.algorithms);
                D::answer(&self.service, &incoming).await
            }
            Err((refused, Some(incoming))) => D::refuse(&self.service, &incoming, &refused),
            Err((_, None)) => not_found(),
        }
    }

    /// The scheme and host that clients use, with the path that it is below.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How large and how deep requests may be.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }
}

impl<D: Dispatch<S>, S: Send + Sync> Respond for Server<D, S> {
    async fn respond(&self, request: http::Request<Vec<u8>>) -> http::Response<Vec<u8>> {
        self.answer(None, request).await
    }
}

impl<D, S> Clone for Server<D, S> {
    fn clone(&self) -> Self {
        Self {
            service: Arc::clone(&self.service),
            origin: Arc::clone(&self.origin),
            limits: self.limits,
            algorithms: self.algorithms.clone(),
            dispatch: PhantomData,
        }
    }
}

/// Prints nothing of the service, which may hold secrets.
impl<D, S> fmt::Debug for Server<D, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("origin", &self.origin)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
