//! An async transport for generated clients, over [`reqwest`] and tokio.
//!
//! ```
//! use nina::{Client, Config};
//! use wirewright_example::{loopback::Loopback, nina as made_up};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A server on this computer, in place of the vendor's.
//! let loopback = Loopback::new()?;
//! let server = loopback.nina()?;
//!
//! let client = Client::new(wirewright_reqwest::Transport::new()?, made_up::DEVELOPER)
//!     .with_config(Config::new().with_endpoint(&server.origin));
//! loopback.block_on(async {
//!     let session = client.client_login(made_up::USER, made_up::PASSWORD).send().await?;
//!     session.logout().send().await?;
//!     Ok(())
//! })
//! # }
//! ```
//!
//! Proxies and pools are the matter of reqwest's own builder:
//!
//! ```
//! use std::time::Duration;
//! use wirewright_reqwest::{Transport, reqwest::Client};
//!
//! # fn main() -> Result<(), wirewright::client::TransportError> {
//! let builder = Client::builder().no_proxy().connect_timeout(Duration::from_secs(2));
//! let transport = Transport::over(builder)?.with_timeout(Duration::from_secs(10)).with_max_bytes(1 << 20);
//! # drop(transport);
//! # Ok(())
//! # }
//! ```
//!
//! An exchange has [30 seconds](Transport::with_timeout), over whatever builder it is made.
//!
//! Replies are asked for in gzip, and read in it: the [limit](Transport::with_max_bytes) is on what comes out. Other codings are not
//! asked for, cookies are not kept and HTTP/2 is not spoken, whatever another crate of the build switches on.
//!
//! # What reqwest logs
//!
//! Nothing with a value of a call in it: hosts at the level `debug` of the crate `log`. With `connection_verbose`, which is the
//! builder's to switch on, it writes everything that is sent and received at `trace`: **with passwords and sessions**.
//!
//! # Connections and futures
//!
//! A transport keeps its connections, and clones of it share them: make one, and clone it. Its futures run on tokio only.
//!
//! Dropping a future closes the connection on which its call was under way; what the vendor made of the request by then is not
//! known. A session is closed even so, if a task of its own looks after it:
//!
//! ```
//! use nina::{Client, ClientSession, Config};
//! use wirewright::session::SessionGuard;
//! use wirewright_example::{loopback::Loopback, nina as made_up};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let loopback = Loopback::new()?;
//! # let server = loopback.nina()?;
//! let client = Client::new(wirewright_reqwest::Transport::new()?, made_up::DEVELOPER)
//!     .with_config(Config::new().with_endpoint(&server.origin));
//! loopback.block_on(async {
//!     let log_in = async move { client.client_login(made_up::USER, made_up::PASSWORD).send().await };
//!     let spawn = |keeper| drop(tokio::spawn(keeper));
//!     let session = SessionGuard::open(spawn, log_in, |session: ClientSession<_>| session.logout().send()).await?;
//!     assert_eq!(server.service.sessions().count(), 1);
//!
//!     // Dropped here, by `?`, or with the future in which it lives, it is closed in the background.
//!     session.close().await.map_err(|unclosed| unclosed.error)?;
//!     assert_eq!(server.service.sessions().count(), 0);
//!     Ok(())
//! })
//! # }
//! ```
//!
//! Without the feature `rustls`, which is on by default, only `http://` can be reached.

mod target;
#[cfg(feature = "rustls")]
mod tls;
mod upload;

use std::{error::Error, fmt, mem, sync::Arc, time::Duration};

use bytes::Bytes;
pub use reqwest;
use reqwest::{Client, ClientBuilder, Response, redirect::Policy};
#[cfg(feature = "rustls")]
pub use rustls;
use wirewright::{
    Chunks,
    client::{
        self, AttemptTimeout, Environment, RequestBody, StreamingTransport, System, TransportError,
        TransportErrorKind,
    },
};

use self::{target::Origin, upload::Upload};

/// Sends requests through a [`reqwest::Client`]. Clones share the client's connections.
#[derive(Clone)]
pub struct Transport {
    client: Client,
    origin: Arc<Origin>,
    timeout: Option<Duration>,
    max_bytes: u64,
}

/// How long an exchange may take unless somebody says otherwise.
const PATIENCE: Duration = Duration::from_secs(30);

impl Transport {
    /// A transport that waits 30 seconds for a whole exchange and takes replies of up to 16 MiB.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::over(Client::builder())
    }

    /// A transport with a client of the caller's making. How long an exchange may take is [the transport's](Self::with_timeout) to
    /// say, whatever `timeout` the builder has; its times for parts of one, to connect for instance, hold as well.
    /// Whatever the builder says of them, redirections are not followed, as they would carry secrets along, replies are asked for in gzip, nothing is sent twice but by the caller's [settings](wirewright::client::Config::with_retry_policy), and TLS
    /// is rustls over ring, with the roots of the web's certificate authorities.
    #[cfg_attr(feature = "rustls", doc = "[`over_tls`](Self::over_tls) takes other certificates.")]
    ///
    /// # Errors
    ///
    /// When what the builder says makes no client.
    pub fn over(builder: ClientBuilder) -> Result<Self, TransportError> {
        #[cfg(feature = "rustls")]
        let builder = builder.tls_backend_preconfigured(tls::of_the_web()?);
        Self::build(builder)
    }

    /// The same with TLS of the caller's making: other roots, or a certificate of the client's own.
    ///
    /// # Errors
    ///
    /// When what the builder says makes no client.
    #[cfg(feature = "rustls")]
    pub fn over_tls(builder: ClientBuilder, config: rustls::ClientConfig) -> Result<Self, TransportError> {
        Self::build(builder.tls_backend_preconfigured(config))
    }

    fn build(builder: ClientBuilder) -> Result<Self, TransportError> {
        let client = builder
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .gzip(true)
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .no_hickory_dns()
            .http1_only()
            .build();
        Ok(Self {
            client: client.map_err(transport_error)?,
            origin: Arc::default(),
            timeout: Some(PATIENCE),
            max_bytes: 16 << 20,
        })
    }

    /// The same transport with another time for a whole exchange than 30 seconds. A
    /// [time for the try](wirewright::client::Config::with_timeout) takes precedence over it.
    #[must_use]
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same transport with no limit on the time of an exchange but those of its builder and of its calls. A server that never
    /// answers is waited for as long as it takes.
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

    /// Sends a request, and reads the whole response.
    async fn exchange(
        &self,
        request: http::Request<impl Into<reqwest::Body>>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let timeout = AttemptTimeout::or(&request, self.timeout);
        let mut request = self.origin.request(request)?;
        *request.timeout_mut() = timeout;
        self.read(self.client.execute(request).await.map_err(transport_error)?).await
    }

    async fn read(&self, mut response: Response) -> Result<http::Response<Vec<u8>>, TransportError> {
        let too_large = || {
            let text = format!("the limit on a response is {} bytes", self.max_bytes);
            TransportError::new(TransportErrorKind::TooLarge, text)
        };
        if response.content_length().is_some_and(|length| length > self.max_bytes) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(transport_error)? {
            body.extend_from_slice(&chunk);
            if u64::try_from(body.len()).unwrap_or(u64::MAX) > self.max_bytes {
                return Err(too_large());
            }
        }
        Ok(head(&mut response).map(|()| body))
    }
}

/// Shows nothing of the client: its headers and proxies may hold secrets.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("max_bytes", &self.max_bytes).finish_non_exhaustive()
    }
}

impl client::Transport for Transport {
    /// A [time for the try](AttemptTimeout) takes precedence over that of the transport.
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.exchange(request).await
    }

    /// Files are read while they are sent, some kilobytes at a time; those made from a blocking reader are read on the thread that
    /// polls. Without a known length the body is sent in HTTP's chunks, which not every server takes. The time for it all is
    /// that of an exchange: see [`with_timeout`](Transport::with_timeout).
    async fn upload(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.exchange(request.map(|body| reqwest::Body::wrap(Upload::new(body)))).await
    }

    /// The clock and the random numbers of the operating system.
    fn environment(&self) -> &dyn Environment {
        &System
    }

    /// Waits by tokio's clock.
    async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        tokio::time::sleep(duration).await;
        Ok(())
    }
}

/// The size of a body that is read as a stream has no limit. The time for it is that of a whole exchange, see
/// [`with_timeout`](Transport::with_timeout); a [time for the try](AttemptTimeout) is only for the head.
impl StreamingTransport for Transport {
    type Body = Body;

    async fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Body>, TransportError> {
        let timeout = AttemptTimeout::of(&request);
        let mut request = self.origin.request(request)?;
        *request.timeout_mut() = self.timeout;
        let response = self.client.execute(request);
        let response = match timeout {
            None => response.await,
            Some(timeout) => tokio::time::timeout(timeout, response)
                .await
                .map_err(|error| TransportError::new(TransportErrorKind::Timeout, error))?,
        };
        let mut response = response.map_err(transport_error)?;
        Ok(head(&mut response).map(|()| Body { response }))
    }
}

/// The body of a response, read while it comes.
pub struct Body {
    response: Response,
}

impl Chunks for Body {
    type Chunk = Bytes;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.response.chunk().await.map_err(transport_error)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// The head of a response, taken out of it.
fn head(response: &mut Response) -> http::Response<()> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = mem::take(response.headers_mut());
    head
}

fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        // Nothing of the request has been sent then.
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        file_error(&error).unwrap_or(TransportErrorKind::Other)
    };
    TransportError::new(kind, error.without_url())
}

/// What went wrong with a file of the request, if that is what went wrong.
fn file_error(error: &reqwest::Error) -> Option<TransportErrorKind> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<TransportError>() {
            return Some(error.kind());
        }
        source = error.source();
    }
    None
}
