//! A vendor's server side behind its own client, in one process: no socket, no runtime, no thread.
//!
//! The lighthouse is invented; all that is known of it is a definition among the generator's tests. What is here is what a user
//! of its generated crate writes.

mod chunked;
mod keeper;
mod ready;

pub use chunked::{Chunked, Reply};
pub use keeper::{Keeper, NOW, NUMBER, OIL, PASS, PHRASE, SHIPS};
pub use ready::ready;

use std::sync::Mutex;

use lighthouse::server::{Server, Service};
use wirewright::{
    client::{StreamingTransport, Transport, TransportError, blocking},
    server::Respond as _,
};

/// The origin under which the server is reached.
pub const ORIGIN: &str = "https://lighthouse.example";

/// A change of a request on its way.
pub type Tamper = fn(&str) -> String;

/// Hands each request to a service, and keeps what was sent.
pub struct InProcess<S> {
    server: Server<S>,
    tamper: Option<Tamper>,
    sent: Mutex<Vec<String>>,
}

impl<S: Service> InProcess<S> {
    /// A line to `service`.
    pub fn new(service: S) -> Self {
        Self { server: Server::new(service, ORIGIN), tamper: None, sent: Mutex::new(Vec::new()) }
    }

    /// The same line with someone on it who changes the URL of each request.
    #[must_use]
    pub const fn tampered(mut self, tamper: Tamper) -> Self {
        self.tamper = Some(tamper);
        self
    }

    /// The method and URL of each request so far.
    pub fn sent(&self) -> Vec<String> {
        self.sent.lock().map(|sent| sent.clone()).unwrap_or_default()
    }
}

/// The body comes in chunks of seven bytes.
impl<S: Service> blocking::StreamingTransport for InProcess<S> {
    type Body = Chunked;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunked>, TransportError> {
        Ok(blocking::Transport::send(self, request)?.map(|body| Chunked::new(body, 7)))
    }
}

impl<S: Service> Transport for InProcess<S> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(self, request)
    }
}

impl<S: Service> StreamingTransport for InProcess<S> {
    type Body = Chunked;

    async fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunked>, TransportError> {
        blocking::StreamingTransport::send_streaming(self, request)
    }
}

impl<S: Service> blocking::Transport for InProcess<S> {
    fn send(&self, mut request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        if let Some(tamper) = self.tamper
            && let Ok(changed) = tamper(&request.uri().to_string()).parse()
        {
            *request.uri_mut() = changed;
        }
        if let Ok(mut sent) = self.sent.lock() {
            sent.push(format!("{} {}", request.method(), request.uri()));
        }
        Ok(ready(self.server.respond(request)))
    }
}
