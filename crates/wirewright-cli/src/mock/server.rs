//! A mock on a port of the loopback interface.

use std::{
    convert::Infallible,
    error, fmt, io,
    net::{Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Response, StatusCode, header};
use http_body::Frame;
use http_body_util::{BodyExt as _, Either, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    task::spawn_blocking,
    time::{sleep, timeout},
};
use tower_service::Service as _;
use wirewright::server::{Respond, not_found};
use wirewright_tower::Service as Vendor;

use super::{
    Mock, Transmission,
    connections::{Connections, Patient, Place},
    docs::Docs,
};
use crate::masked::Masked;

/// The longest body of a request, in bytes.
const MAX_BYTES: usize = 4 << 20;
/// How long a request may take to come in.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long its head may, and how long a client may read nothing of the response, unless the configuration says it.
const IDLE: Duration = Duration::from_secs(10);

/// A [`Mock`] that is reached over HTTP, on 127.0.0.1. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    mock: Arc<Mock>,
    address: SocketAddr,
    origin: String,
    /// `None` while it is dropped.
    runtime: Option<Runtime>,
}

/// How a mock is reached, and who is told of its requests.
///
/// ```
/// use wirewright_cli::mock::ServerConfig;
///
/// let behind_a_proxy = ServerConfig::new().with_port(8080).with_path("/music");
/// let told = ServerConfig::new().with_log(|line| eprint!("{line}"));
/// # drop((behind_a_proxy, told));
/// ```
#[derive(Clone, Default)]
pub struct ServerConfig {
    port: u16,
    path: String,
    exchanges: bool,
    log: Option<Log>,
    patience: Option<Duration>,
}

/// Takes what is told of requests, in lines.
type Log = Arc<dyn Fn(&str) + Send + Sync>;

impl ServerConfig {
    /// A port that the system chooses, and nobody is told.
    pub fn new() -> Self {
        Self::default()
    }

    /// This port of 127.0.0.1; 0 is one that the system chooses.
    #[must_use]
    pub const fn with_port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Below a path, as behind a proxy: with `/music` the operation at `/rest/ping` is at `/music/rest/ping`.
    #[must_use]
    pub fn with_path(mut self, path: &str) -> Self {
        let path = path.trim_matches('/');
        self.path = if path.is_empty() { String::new() } else { format!("/{path}") };
        self
    }

    /// Tells of every request in a line, without its secrets: method, URL, status and operation.
    #[must_use]
    pub fn with_log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.log = Some(Arc::new(log));
        self
    }

    /// How long the head of a request may take to come in, and how long a client may read nothing of its response, before the connection
    /// is closed. It is 10 seconds unless it is said here.
    #[must_use]
    pub const fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = Some(patience);
        self
    }

    /// Tells headers and bodies as well, without their secrets.
    #[must_use]
    pub const fn with_exchanges(mut self) -> Self {
        self.exchanges = true;
        self
    }
}

impl fmt::Debug for ServerConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerConfig")
            .field("port", &self.port)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Starts on this port; 0 is one that the system chooses.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the system gives no threads.
    pub fn start(mock: Mock, port: u16) -> io::Result<Self> {
        Self::with_config(mock, ServerConfig::new().with_port(port))
    }

    /// Starts as the configuration says.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the system gives no threads.
    pub fn with_config(mock: Mock, config: ServerConfig) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)))?;
        let address = listener.local_addr()?;
        let (mock, origin) = (Arc::new(mock), format!("http://{address}{}", config.path));
        let patience = config.patience.unwrap_or(IDLE);
        let vendor = vendor(Arc::clone(&mock), origin.as_str().into(), config);
        runtime.spawn(accept(listener, vendor, patience));
        Ok(Self { mock, address, origin, runtime: Some(runtime) })
    }

    /// Scheme, host and port, as in `http://127.0.0.1:49152`, and the path that it is below: the endpoint for a client's settings.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address that it listens at.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its pages are: what the definition says, with a form for each operation that is sent to the mock.
    pub fn docs(&self) -> String {
        format!("{}{}/", self.origin, Docs::PLACE)
    }

    /// The mock, to look at its sessions and to change its faults.
    pub fn mock(&self) -> &Mock {
        &self.mock
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Without waiting for open connections, so that it may be dropped anywhere.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The vendor's side as a tower service: all that is known here of how requests become answers.
fn vendor(mock: Arc<Mock>, origin: Arc<str>, config: ServerConfig) -> Vendor<impl Respond + 'static> {
    let config = Arc::new(config);
    let docs = Arc::new(Docs::default());
    let respond = move |request: http::Request<Vec<u8>>| {
        let (mock, origin, config) = (Arc::clone(&mock), Arc::clone(&origin), Arc::clone(&config));
        let docs = Arc::clone(&docs);
        async move {
            if let Some(path) = Docs::path(&request, &config.path).map(str::to_owned) {
                // A form's call comes back to this server, which has to be free for it.
                let page = spawn_blocking(move || docs.answer(&mock, &origin, &path, &request));
                return page.await.unwrap_or_else(|_| not_found());
            }
            let began = Instant::now();
            let response = mock.answer(&origin, &request);
            tell(&mock, &config, &request, &response, began);
            response
        }
    };
    Vendor::new(respond).with_max_bytes(MAX_BYTES)
}

/// Tells of a request that was answered.
fn tell(
    mock: &Mock,
    config: &ServerConfig,
    request: &http::Request<Vec<u8>>,
    response: &Response<Vec<u8>>,
    began: Instant,
) {
    let Some(log) = &config.log else { return };
    let masked = Masked::new(mock.vendor());
    let fate = match response.extensions().get::<Transmission>() {
        None => format!("{}", response.status().as_u16()),
        Some(Transmission::Dropped) => "dropped".to_owned(),
        Some(Transmission::Truncated) => "truncated".to_owned(),
        Some(Transmission::Delayed(time)) => format!("delayed by {} ms", time.as_millis()),
    };
    let line = masked.request_line(request.method(), request.uri());
    let mut told =
        format!("{line} {fate} ({} bytes, {} ms)\n", response.body().len(), began.elapsed().as_millis());
    if config.exchanges {
        told += &masked.request_head('>', request.method(), request.uri(), request.headers());
        told += &masked.body('>', request.headers(), request.body());
        told += &masked.response_head('<', response.status(), response.headers());
        told += &masked.body('<', response.headers(), response.body());
    }
    log(&told);
}

async fn accept(listener: TcpListener, vendor: Vendor<impl Respond + 'static>, patience: Duration) {
    let connections = Connections::default();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // The system has no descriptor left, say: a moment later it may.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        let place = connections.place();
        let (vendor, known, number) = (vendor.clone(), connections.clone(), place.number());
        let task = tokio::spawn(async move {
            serve(Patient::new(stream, patience), vendor, known, place, patience).await;
        });
        connections.served_by(number, task.abort_handle());
    }
}

async fn serve(
    stream: Patient<TcpStream>,
    vendor: Vendor<impl Respond + 'static>,
    connections: Connections,
    place: Place,
    patience: Duration,
) {
    let exchanges = service_fn(|request| {
        let (vendor, connections, number) = (vendor.clone(), connections.clone(), place.number());
        async move {
            connections.set_busy(number, true);
            let answered = exchange(vendor, request).await;
            connections.set_busy(number, false);
            answered
        }
    });
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(64 << 10);
    // A connection that breaks is the client's matter, or a fault that was asked for.
    let _ = connection.serve_connection(TokioIo::new(stream), exchanges).await;
}

/// One request and its response, or an error, which ends the connection.
async fn exchange(
    mut vendor: Vendor<impl Respond + 'static>,
    request: http::Request<Incoming>,
) -> Result<Response<Either<Full<Bytes>, Truncated>>, Broken> {
    let Ok(response) = timeout(PATIENCE, vendor.call(request)).await else {
        let mut late = Response::new(Either::Left(Full::default()));
        *late.status_mut() = StatusCode::REQUEST_TIMEOUT;
        return Ok(late);
    };
    let response = response.unwrap_or_else(|never: Infallible| match never {});
    match response.extensions().get::<Transmission>().copied() {
        None => Ok(response.map(Either::Left)),
        Some(Transmission::Dropped) => Err(Broken),
        Some(Transmission::Delayed(time)) => {
            sleep(time).await;
            Ok(response.map(Either::Left))
        }
        Some(Transmission::Truncated) => {
            let (mut parts, body) = response.into_parts();
            let bytes = body.collect().await.map_err(|never: Infallible| match never {})?.to_bytes();
            parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
            let half = bytes.slice(..bytes.len() / 2);
            Ok(Response::from_parts(parts, Either::Right(Truncated { half: Some(half), flushed: false })))
        }
    }
}

/// Why a connection ends: it was to.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the mock was told to break the connection")
    }
}

impl error::Error for Broken {}

/// A half of a body, and then the end of the connection.
struct Truncated {
    half: Option<Bytes>,
    flushed: bool,
}

impl http_body::Body for Truncated {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        if !self.flushed {
            // What has been handed over is written before the connection ends.
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Broken)))
    }
}
