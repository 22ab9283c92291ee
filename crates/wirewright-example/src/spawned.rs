//! A blocking transport for async clients.

use std::time::Duration;

use wirewright::client::{Environment, RequestBody, Transport, TransportError, TransportErrorKind, blocking};

/// Sends each request, and waits, on a thread of tokio's that may block.
#[derive(Clone, Debug)]
pub struct Spawned<T>(pub T);

impl<T: blocking::Transport + Clone + Send + Sync + 'static> Transport for Spawned<T> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let transport = self.0.clone();
        let sent = tokio::task::spawn_blocking(move || transport.send(request)).await;
        sent.unwrap_or_else(|error| Err(TransportError::new(TransportErrorKind::Other, error)))
    }

    async fn upload(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let transport = self.0.clone();
        let sent = tokio::task::spawn_blocking(move || transport.upload(request)).await;
        sent.unwrap_or_else(|error| Err(TransportError::new(TransportErrorKind::Other, error)))
    }

    fn environment(&self) -> &dyn Environment {
        self.0.environment()
    }

    async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        let transport = self.0.clone();
        let waited = tokio::task::spawn_blocking(move || transport.wait(duration)).await;
        waited.unwrap_or_else(|error| Err(TransportError::new(TransportErrorKind::Other, error)))
    }
}
