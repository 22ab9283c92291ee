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
//! Proxies, certificates and pools are the matter of ureq's own configuration:
//!
//! ```
//! use std::time::Duration;
//! use wirewright_ureq::{Transport, ureq::Agent};
//!
//! let config = Agent::config_builder().proxy(None).timeout_connect(Some(Duration::from_secs(2)));
//! let transport = Transport::over(config.build().new_agent())
//!     .with_timeout(Duration::from_secs(10))
//!     .with_max_bytes(1 << 20);
//! # drop(transport);
//! ```
//!
//! An exchange has [30 seconds](Transport::with_timeout), over whatever agent it is made.
//!
//! Replies are asked for in gzip, and read in it: the [limit](Transport::with_max_bytes) is on what comes out. What another crate of the
//! build switches on changes none of this, with one exception: with ureq's feature `cookies` every agent keeps cookies and sends them
//! back, and ureq has no way to decline that.
//!
//! # What ureq logs
//!
//! ureq writes to the crate `log`, under the targets `ureq` and `ureq_proto`. At the level `debug` it hides URLs and most headers. At the
//! level `trace` it writes whole URLs and everything that is sent and received: **with passwords and sessions**. There is no way to
//! switch that off for some calls, so a program that logs at `trace` filters these two targets out: `RUST_LOG=trace,ureq=info,ureq_proto=info`.
//! What `wirewright` itself tells, to an [observer](wirewright::client::Config::with_observer) or by the feature `tracing`, has no value in it.
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

use http::{HeaderMap, HeaderValue, header};
pub use ureq;
use ureq::{Agent, AsSendBody, BodyReader, SendBody, Timeout};
use wirewright::client::{
    AttemptTimeout, Environment, RequestBody, System, TransportError, TransportErrorKind, blocking,
};

/// Sends requests through a [`ureq::Agent`]. Clones share the agent's connections.
#[derive(Clone, Debug)]
pub struct Transport {
    agent: Agent,
    timeout: Option<Duration>,
    max_bytes: u64,
}

/// How long an exchange may take unless somebody says otherwise.
const PATIENCE: Duration = Duration::from_secs(30);

impl Transport {
    /// A transport that waits 30 seconds for a whole exchange and takes replies of up to 16 MiB.
    pub fn new() -> Self {
        Self::over(Agent::new_with_defaults())
    }

    /// A transport with an agent of the caller's. Whatever it says of HTTP errors and redirections, statuses are no errors and
    /// redirections are not followed. An exchange has as long as the agent's `timeout_global` says, and 30 seconds where it says
    /// nothing.
    pub fn over(agent: Agent) -> Self {
        let timeout = agent.config().timeouts().global.or(Some(PATIENCE));
        Self { agent, timeout, max_bytes: 16 << 20 }
    }

    /// The same transport with another time for a whole exchange than 30 seconds. A
    /// [time for the try](wirewright::client::Config::with_timeout) takes precedence over it.
    #[must_use]
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same transport with no limit on the time of an exchange but those of its agent's steps and of its calls. A server that
    /// never answers is waited for as long as it takes.
    #[must_use]
    pub const fn without_timeout(mut self) -> Self {
        self.timeout = None;
        self
    }

    /// How long a whole exchange may take; `None`: as long as it takes.
    #[must_use]
    pub const fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// The same transport with another limit on the size of replies, in bytes, once they are unpacked. A client's own
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
        mut request: http::Request<impl AsSendBody>,
        part: Part,
    ) -> Result<http::Response<ureq::Body>, TransportError> {
        let (own, limit) = (AttemptTimeout::of(&request), AttemptTimeout::or(&request, self.timeout));
        // Said here, so that it is the same whatever ureq was built with.
        request.headers_mut().entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        // A vendor's status, a redirection among them, is for the caller to read; and a redirection would carry secrets along.
        let configured = self
            .agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        let configured = match (part, own) {
            (Part::Whole, _) => configured.timeout_global(limit),
            (Part::Head, None) => configured.timeout_global(self.timeout),
            (Part::Head, own) => configured
                .timeout_global(self.timeout)
                .timeout_resolve(own)
                .timeout_connect(own)
                .timeout_send_request(own)
                .timeout_send_body(own)
                .timeout_recv_response(own),
        };
        self.agent.run(configured.build()).map_err(transport_error)
    }

    /// The whole response.
    fn read(&self, response: http::Response<ureq::Body>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let too_large = || {
            let text = format!("the limit on a response is {} bytes", self.max_bytes);
            TransportError::new(TransportErrorKind::TooLarge, text)
        };
        let (mut parts, body) = response.into_parts();
        if body.content_length().is_some_and(|length| length > self.max_bytes) {
            return Err(too_large());
        }
        // A body of which the length is known is read at once. Nobody has room made for one that only says that it is long.
        let length = body.content_length().and_then(|length| usize::try_from(length).ok());
        let mut bytes = Vec::with_capacity(length.unwrap_or(0).min(CHUNK));
        // ureq's own limit is on the bytes that come, and these may unpack to any number.
        let reader = body.into_with_config().limit(u64::MAX).reader();
        reader
            .take(self.max_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| transport_error(error.into()))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > self.max_bytes {
            return Err(too_large());
        }
        told_charset(&mut parts.headers);
        Ok(http::Response::from_parts(parts, bytes))
    }
}

impl blocking::Transport for Transport {
    /// A [time for the try](AttemptTimeout) takes precedence over that of the agent.
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.read(self.run(request, Part::Whole)?)
    }

    /// Files are read while they are sent, some kilobytes at a time. Without a known length the body is sent in HTTP's chunks,
    /// which not every server takes. The time for it all is that of an exchange: see [`with_timeout`](Transport::with_timeout).
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

/// The size of a body that is read as a stream has no limit; the time for it is that of a whole exchange, see
/// [`with_timeout`](Transport::with_timeout). A [time for the try](AttemptTimeout) is for each step up to the head of the response.
impl blocking::StreamingTransport for Transport {
    type Body = Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Body>, TransportError> {
        let mut response = self.run(request, Part::Head)?;
        told_charset(response.headers_mut());
        Ok(response.map(|body| Body {
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

/// Where ureq was built with its feature `charset`, by whatever crate, it hands out texts in UTF-8: their Content-Type has to say so.
fn told_charset(headers: &mut HeaderMap) {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some((essence, parameters)) = content_type.and_then(|text| text.split_once(';')) else { return };
    let charset = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("charset="));
    let Some(charset) = charset.filter(|_| essence.starts_with("text/")) else { return };
    // What ureq makes of these bytes in this charset tells whether it makes anything of them.
    let body = ureq::Body::builder().mime_type("text/plain").charset(charset).data([0xe9, 0xe9]);
    if body.into_with_config().read_to_vec().is_ok_and(|bytes| bytes != [0xe9, 0xe9])
        && let Ok(value) = HeaderValue::from_str(&format!("{essence}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
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
