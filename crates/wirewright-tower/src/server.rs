//! A vendor's server as a tower service.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use http_body_util::Full;
use wirewright::server::Respond;

use crate::{
    BoxError,
    whole::{Unread, whole},
};

/// A vendor's server as a [`tower_service::Service`]. Clones share the server.
///
/// A request is read into memory before it is answered, and takes no more of it than it has bytes, however they come. One of more than
/// [`with_max_bytes`](Self::with_max_bytes) is refused with HTTP 413, at once where its Content-Length says so, and one whose body breaks off with HTTP 400; how long a body may take is for a layer around it to say.
pub struct Service<R> {
    server: Arc<R>,
    max_bytes: usize,
}

impl<R: Respond> Service<R> {
    /// Requests of up to 1 MiB.
    pub fn new(server: R) -> Self {
        Self { server: Arc::new(server), max_bytes: 1 << 20 }
    }

    /// The same with another limit on the bodies of requests, in bytes.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }
}

impl<R> Clone for Service<R> {
    fn clone(&self) -> Self {
        Self { server: Arc::clone(&self.server), max_bytes: self.max_bytes }
    }
}

impl<R> fmt::Debug for Service<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("max_bytes", &self.max_bytes).finish_non_exhaustive()
    }
}

impl<R, B> tower_service::Service<http::Request<B>> for Service<R>
where
    R: Respond + 'static,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = http::Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let (server, max_bytes) = (Arc::clone(&self.server), self.max_bytes);
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            Ok(match whole(body, max_bytes).await {
                Ok(body) => {
                    let request = http::Request::from_parts(parts, body);
                    server.respond(request).await.map(|body| Full::new(Bytes::from(body)))
                }
                Err(Unread::TooLarge) => {
                    refused(StatusCode::PAYLOAD_TOO_LARGE, format!("more than {max_bytes} bytes"))
                }
                Err(Unread::BrokenOff(_)) => {
                    refused(StatusCode::BAD_REQUEST, "the body of the request broke off".to_owned())
                }
            })
        })
    }
}

/// The response to a request that has not been read, and so not been understood either.
fn refused(status: StatusCode, text: String) -> http::Response<Full<Bytes>> {
    let mut response = http::Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    // What is left of the body would be taken for the next request.
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
