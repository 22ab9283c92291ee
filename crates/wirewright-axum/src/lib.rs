//! Serves a generated server side with [`axum`].
//!
//! A person implements a vendor's `Service`; a `Server` of that vendor's crate makes a router of it:
//!
//! ```
//! use videntity::{
//!     ErrorCode, Failure, SessionParameters, SessionState,
//!     server::{Server, Service},
//! };
//!
//! struct Accounts;
//!
//! impl Service for Accounts {
//!     async fn session(&self, parameters: &SessionParameters) -> Result<SessionState, Failure> {
//!         match parameters.session_key.expose().as_str() {
//!             "a made-up key" => Ok(SessionState::new("a made-up key")),
//!             _ => Err(Failure::new(ErrorCode::SessionDoesNotExist)),
//!         }
//!     }
//! }
//!
//! let router = wirewright_axum::router(Server::new(Accounts, "https://vidapi.com"));
//! # let _: axum::Router = router;
//! ```
//!
//! Parameters are decoded, the format is chosen, envelopes, errors and JSONP are written, signatures are verified before a method is
//! called; see [`Server`](wirewright::server::Server) for what is refused, and how.
//!
//! The router is axum's own: nest it, add routes, layers and time limits as usual, and hand it to `axum::serve`. A limit on the size
//! of requests is that of [`wirewright_tower::Service`], which makes a router by `axum::Router::new().fallback_service(service)`.

use axum::Router;
use wirewright::server::Respond;
pub use wirewright_tower::Service;

/// A router that hands every request that has no other route to `server`. Requests of more than 1 MiB are refused with HTTP 413.
pub fn router(server: impl Respond + 'static) -> Router {
    Router::new().fallback_service(Service::new(server))
}
