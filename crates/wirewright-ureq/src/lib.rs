//! A blocking transport for generated clients, over [`ureq`].
//!
//! ```no_run
//! # fn connect() -> impl wirewright::call::blocking::Transport + Clone {
//! let transport = wirewright_ureq::Transport::new();
//! # transport
//! # }
//! ```

use std::time::Duration;

use ureq::Agent;
use wirewright::call::{TransportError, TransportErrorKind, blocking};

/// Sends requests through a [`ureq::Agent`]. Clones share the agent's connections.
#[derive(Clone, Debug)]
pub struct Transport {
    agent: Agent,
    max_bytes: u64,
}

impl Transport {
    /// A transport that waits 30 seconds for a whole exchange and takes replies of up to 16 MiB.
    pub fn new() -> Self {
        Self::with_timeout(Duration::from_secs(30))
    }

    /// A transport that waits this long for a whole exchange.
    pub fn with_timeout(timeout: Duration) -> Self {
        let config = Agent::config_builder()
            // A vendor's status, a redirection among them, is for the caller to read.
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .build();
        Self { agent: config.new_agent(), max_bytes: 16 << 20 }
    }

    /// The same transport with another limit on the size of replies, in bytes.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }
}

impl Default for Transport {
    fn default() -> Self {
        Self::new()
    }
}

impl blocking::Transport for Transport {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let response = self.agent.run(request).map_err(transport_error)?;
        let (parts, body) = response.into_parts();
        let bytes = body.into_with_config().limit(self.max_bytes).read_to_vec().map_err(transport_error)?;
        Ok(http::Response::from_parts(parts, bytes))
    }
}

fn transport_error(error: ureq::Error) -> TransportError {
    let kind = match &error {
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportErrorKind::Connect,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            TransportErrorKind::Connect
        }
        ureq::Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind, error)
}
