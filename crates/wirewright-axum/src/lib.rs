//! Serves a generated server side with [`axum`].
//!
//! What a vendor's crate needs is a `Service`; its `serve` turns each request into a response:
//!
//! ```
//! use std::sync::Arc;
//!
//! use videntity::server::{Service, serve};
//!
//! /// Answers under `origin`, the scheme and host that clients use: `https://vidapi.com`, say.
//! fn router(service: Arc<impl Service + 'static>, origin: Arc<str>) -> axum::Router {
//!     wirewright_axum::router(1 << 20, move |request| {
//!         let (service, origin) = (Arc::clone(&service), Arc::clone(&origin));
//!         async move { serve(&*service, &origin, &request).await }
//!     })
//! }
//! ```
//!
//! The router is axum's own: add routes, layers and time limits to it as usual, and hand it to `axum::serve`.

use axum::{Router, body::Body, extract::Request};
use http::{Response, StatusCode};

/// A router that hands every request, body and all, to `serve`. A body of more than `max_bytes` bytes is refused with HTTP 413.
pub fn router<F, A>(max_bytes: usize, serve: F) -> Router
where
    F: Fn(http::Request<Vec<u8>>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Response<Vec<u8>>> + Send,
{
    Router::new().fallback(move |request: Request| {
        let serve = serve.clone();
        async move {
            let (parts, body) = request.into_parts();
            let Ok(body) = axum::body::to_bytes(body, max_bytes).await else {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
                return response;
            };
            serve(http::Request::from_parts(parts, body.to_vec())).await.map(Body::from)
        }
    })
}
