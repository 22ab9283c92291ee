//! A blocking transport for generated clients, over [`ureq`].
//!
//! ```
//! use nina::{Config, Client};
//! use wirewright_example::{loopback::Loopback, nina as made_up};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A server on this computer, in place of the vendor's.
//! let loopback = Loopback::new()?;
//! let server = loopback.nina()?;
//!
//! let client = Client::new(wirewright_ureq::Transport::new(), made_up::DEVELOPER)
//!     .with_config(Config::new().with_endpoint(&server.origin));
//! let session = client.client_login(made_up::USER, made_up::PASSWORD).send_blocking()?;
//! session.logout().send_blocking()?;
//! # Ok(())
//! # }
//! ```
//!
//! Proxies, certificates, time limits and pools are the matter of ureq's own configuration:
//!
//! ```
//! use std::time::Duration;
//! use wirewright_ureq::{Transport, ureq::Agent};
//!
//! let config = Agent::config_builder().proxy(None).timeout_connect(Some(Duration::from_secs(2)));
//! let transport = Transport::over(config.build().new_agent()).with_max_bytes(1 << 20);
//! # drop(transport);
//! ```
//!
//! A transport keeps its connections, and clones of it share them: make one, and clone it.
//!
//! An error of the kind [`Connect`](TransportErrorKind::Connect) says that nothing was sent. A handshake of TLS that failed is of the
//! kind [`Other`](TransportErrorKind::Other), since ureq does not tell it from a connection that broke later.
//!
//! Without the feature `rustls`, which is on by default, only `http://` can be reached.

use std::{
    fmt,
    io::{self, Read as _},
    thread,
    time::Duration,
};

pub use ureq;
use ureq::{Agent, AsSendBody, BodyReader, SendBody, Timeout};
use wirewright::client::{
    AttemptTimeout, Environment, RequestBody, System, TransportError, TransportErrorKind, blocking,
};

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
        Self::over(Agent::config_builder().timeout_global(Some(timeout)).build().new_agent())
    }

    /// A transport with an agent of the caller's. Whatever it says of HTTP errors and redirections, statuses are no errors and
    /// redirections are not followed.
    pub const fn over(agent: Agent) -> Self {
        Self { agent, max_bytes: 16 << 20 }
    }

    /// The same transport with another limit on the size of replies, in bytes. A client's own
    /// [limits](wirewright::client::Config::with_limits) hold as well.
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

/// What of an exchange an [`AttemptTimeout`] is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Head,
}

impl Transport {
    fn run(
        &self,
        request: http::Request<impl AsSendBody>,
        part: Part,
    ) -> Result<http::Response<ureq::Body>, TransportError> {
        let timeout = AttemptTimeout::of(&request);
        // A vendor's status, a redirection among them, is for the caller to read; and a redirection would carry secrets along.
        let configured = self
            .agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        let configured = match (timeout, part) {
            (None, _) => configured,
            (timeout, Part::Whole) => configured.timeout_global(timeout),
            (timeout, Part::Head) => configured
                .timeout_resolve(timeout)
                .timeout_connect(timeout)
                .timeout_send_request(timeout)
                .timeout_send_body(timeout)
                .timeout_recv_response(timeout),
        };
        self.agent.run(configured.build()).map_err(transport_error)
    }

    /// The whole response.
    fn read(&self, response: http::Response<ureq::Body>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let (parts, body) = response.into_parts();
        // ureq refuses a body that has reached the limit, before it knows whether that was all.
        let limit = self.max_bytes.saturating_add(1);
        let bytes = body.into_with_config().limit(limit).read_to_vec().map_err(transport_error)?;
        Ok(http::Response::from_parts(parts, bytes))
    }
}

impl blocking::Transport for Transport {
    /// A [time for the try](AttemptTimeout) takes precedence over that of the agent.
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.read(self.run(request, Part::Whole)?)
    }

    /// Files are read while they are sent, some kilobytes at a time. Without a known length the body is sent in HTTP's chunks,
    /// which not every server takes. The time for it all is what the agent allows, which is 30 seconds unless another
    /// [time](Transport::with_timeout) or [agent](Transport::over) is chosen.
    fn upload(&self, request: http::Request<RequestBody>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let request = request.map(|body| SendBody::from_owned_reader(body.into_reader()));
        self.read(self.run(request, Part::Whole)?)
    }

    /// The clock and the random numbers of the operating system.
    fn environment(&self) -> &dyn Environment {
        &System
    }

    /// Puts the thread to sleep.
    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        thread::sleep(duration);
        Ok(())
    }
}

/// The size of a body that is read as a stream has no limit; the time for it is what the agent allows, which is 30 seconds for a
/// whole exchange unless another [time](Transport::with_timeout) or [agent](Transport::over) is chosen. A
/// [time for the try](AttemptTimeout) is for each step up to the head of the response.
impl blocking::StreamingTransport for Transport {
    type Body = Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Body>, TransportError> {
        Ok(self.run(request, Part::Head)?.map(|body| Body {
            reader: body.into_with_config().limit(u64::MAX).reader(),
            buffer: vec![0; CHUNK].into(),
        }))
    }
}

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// The body of a response, read while it comes.
pub struct Body {
    reader: BodyReader<'static>,
    buffer: Box<[u8]>,
}

impl blocking::Chunks for Body {
    fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError> {
        let length = loop {
            match self.reader.read(&mut self.buffer) {
                Ok(length) => break length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(transport_error(error.into())),
            }
        };
        Ok(self.buffer.get(..length).filter(|chunk| !chunk.is_empty()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

fn transport_error(error: ureq::Error) -> TransportError {
    // What went wrong with a file of the request has been said already.
    let error = match error {
        ureq::Error::Io(error) => match error.downcast::<TransportError>() {
            Ok(error) => return error,
            Err(error) => ureq::Error::Io(error),
        },
        error => error,
    };
    let kind = match &error {
        // Nothing of the request has been sent then.
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_) => TransportErrorKind::Connect,
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused || is_lookup(error) => {
            TransportErrorKind::Connect
        }
        ureq::Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind, error)
}

/// Whether the host's address was not found. The standard library has no kind of error for it, but always this text on Unix; where it
/// has another one, the error is of the kind `Other`, as all that is not known.
fn is_lookup(error: &io::Error) -> bool {
    error.to_string().starts_with("failed to lookup address information")
}
