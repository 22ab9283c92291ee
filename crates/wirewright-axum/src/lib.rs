//! Serves a generated server side with [`axum`].
//!
//! ```
//! use std::sync::Arc;
//!
//! # trait Service: Send + Sync + 'static {}
//! # async fn serve<S: Service>(_: &S, _: &str, _: &http::Request<Vec<u8>>) -> http::Response<Vec<u8>> {
//! #     http::Response::new(Vec::new())
//! # }
//! // `Service` and `serve` come from a vendor's crate.
//! fn router(service: Arc<impl Service>) -> axum::Router {
//!     wirewright_axum::router(1 << 20, move |request| {
//!         let service = Arc::clone(&service);
//!         async move { serve(&*service, "https://api.example.com", &request).await }
//!     })
//! }
//! ```

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
            match axum::body::to_bytes(body, max_bytes).await {
                Ok(body) => serve(http::Request::from_parts(parts, body.to_vec())).await.map(Body::from),
                Err(_) => {
                    let mut response = Response::new(Body::empty());
                    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
                    response
                }
            }
        }
    })
}
