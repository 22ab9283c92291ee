//! Generated clients and servers as [`tower`] services, so that middleware that was written for HTTP does for them as well.
//!
//! | | |
//! |---|---|
//! | [`Service`] (feature `server`) | a vendor's server as a tower service: under hyper, axum, or a test |
//! | [`Transport`] | any tower service as the transport of a generated client |
//!
//! Put together they are a client and a server in one process, with whatever is layered between them:
//!
//! ```
//! use tower::{ServiceBuilder, timeout::TimeoutLayer};
//! use videntity::{
//!     Client, Failure, SessionParameters, SessionState,
//!     server::{Server, Service},
//! };
//!
//! struct Accounts;
//!
//! impl Service for Accounts {
//!     async fn session(&self, _: &SessionParameters) -> Result<SessionState, Failure> {
//!         Err(Failure::new(videntity::ErrorCode::SessionDoesNotExist))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let server = wirewright_tower::Service::new(Server::new(Accounts, "https://vidapi.com"));
//! let service = ServiceBuilder::new()
//!     .layer(TimeoutLayer::new(std::time::Duration::from_secs(5)))
//!     .service(server);
//! let client = Client::new(wirewright_tower::Transport::new(service));
//! let refused = client.login("userA", "secret", "482915073361204").send().await;
//! assert!(refused.is_err(), "the service has no login");
//! # }
//! ```
//!
//! [`tower`]: https://docs.rs/tower

mod client;
#[cfg(feature = "server")]
mod server;
mod whole;

pub use self::client::{Body, ResponseBody, Transport};
#[cfg(feature = "server")]
pub use self::server::Service;

/// An error of some other library.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
