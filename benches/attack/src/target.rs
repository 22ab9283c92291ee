//! What is attacked: mocks behind both server edges, each with some requests that it must answer all along.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

use http::Method;
use nina::{CLIENT_SESSION, CallOptions, ClientParameters};
use tokio::{net::TcpListener, runtime::Runtime};
use wirewright::{
    File, Format,
    client::{Config, System},
    exchange::{CallContext, Request, SessionContext, write_upload},
};
use wirewright_cli::mock::{Mock, Server};
use wirewright_ureq::Transport;

use crate::exchange::Connection;

type Failure = Box<dyn std::error::Error>;

/// A server that is attacked. It stops when it is dropped.
pub struct Target {
    /// The vendor and the edge.
    pub name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) valid: Vec<Valid>,
    _running: Running,
}

/// A request that must be answered, and how.
pub(crate) struct Valid {
    pub(crate) request: Vec<u8>,
    pub(crate) answer: Vec<u8>,
    /// Whether a change of its parameters must be refused.
    pub(crate) signed: bool,
}

enum Running {
    Mock { _server: Server },
    Axum { _runtime: Runtime },
}

/// Each edge with a vendor whose requests are signed, and one that takes files.
///
/// # Errors
///
/// When a server cannot be started, or does not answer a valid request before any attack.
pub fn targets() -> Result<Vec<Target>, Failure> {
    let (nina, nina_axum) = (mock("nina")?, axum("nina")?);
    let (videntity, videntity_axum) = (mock("videntity")?, axum("videntity")?);
    Ok(vec![
        signed("NINA, hyper", nina)?,
        signed("NINA, axum", nina_axum)?,
        with_files("Videntity, hyper", videntity)?,
        with_files("Videntity, axum", videntity_axum)?,
    ])
}

fn of(vendor: &str) -> Result<Mock, Failure> {
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs");
    Ok(Mock::load(&definitions.join(vendor))?)
}

/// The mock's own server: the tower service under hyper.
fn mock(vendor: &str) -> Result<(SocketAddr, Running), Failure> {
    let server = Server::start(of(vendor)?, 0)?;
    Ok((server.address(), Running::Mock { _server: server }))
}

/// The same mock behind axum's router.
fn axum(vendor: &str) -> Result<(SocketAddr, Running), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
    let address = listener.local_addr()?;
    let (mock, origin) = (Arc::new(of(vendor)?), Arc::<str>::from(format!("http://{address}")));
    let router = wirewright_axum::router(move |request| {
        let (mock, origin) = (Arc::clone(&mock), Arc::clone(&origin));
        async move { mock.answer(&origin, &request) }
    });
    runtime.spawn(async move { ::axum::serve(listener, router).await });
    Ok((address, Running::Axum { _runtime: runtime }))
}

fn signed(name: &'static str, (address, running): (SocketAddr, Running)) -> Result<Target, Failure> {
    let settings = || Config::new().with_endpoint(format!("http://{address}"));
    let client = nina::Client::new(Transport::new(), "developer").with_config(settings());
    let state = client.client_login("chuck", "password").send_blocking()?.state().clone();
    let (developer, options) =
        (ClientParameters::new("developer"), CallOptions::default().with_request_id("r-1"));
    let parameters = state.parameters();
    let fields = [state.key.clone()];
    let session = SessionContext { kind: &CLIENT_SESSION, parameters: &parameters, fields: &fields };
    let mut valid = Vec::new();
    let ways = [
        settings().with_format(Format::Json),
        settings().with_format(Format::Xml).with_method(Method::GET),
        settings().with_format(Format::Query),
        settings().with_callback("app.onReply").with_method(Method::GET),
    ];
    for settings in &ways {
        let context = CallContext {
            client: &developer,
            options: &options,
            session: Some(session),
            environment: Some(&System),
            ..settings.context()
        };
        valid.push(answered(address, &nina::auth::GetInfo::default(), &context, true)?);
    }
    Ok(Target { name, address, valid, _running: running })
}

fn with_files(name: &'static str, (address, running): (SocketAddr, Running)) -> Result<Target, Failure> {
    let settings = Config::new().with_endpoint(format!("http://{address}"));
    let client = videntity::Client::new(Transport::new()).with_config(settings.clone());
    let state = client.login("user", "password", "482915073361204").send_blocking()?.state().clone();
    let parameters = state.parameters();
    let session = SessionContext { kind: &videntity::SESSION, parameters: &parameters, fields: &[] };
    let context = CallContext { session: Some(session), environment: Some(&System), ..settings.context() };
    let (text, audio) = (File::new("greeting.txt", *b"Hello."), File::new("greeting.wav", [0xff; 2000]));
    let upload = videntity::r#static::UploadEnrollMessage::new(text, audio);
    let valid = vec![
        answered(address, &videntity::session::Ping::default(), &context, false)?,
        answered(address, &upload, &context, false)?,
    ];
    Ok(Target { name, address, valid, _running: running })
}

/// A request with the answer that it gets as long as nobody attacks.
fn answered<R: Request>(
    address: SocketAddr,
    request: &R,
    context: &CallContext<'_>,
    signed: bool,
) -> Result<Valid, Failure> {
    let (parts, body) = write_upload(R::OPERATION, request, context)?.into_parts();
    let request = written(&http::Request::from_parts(parts, body.into_bytes()?));
    let response =
        Connection::new(address).send(&request, true).ok_or_else(|| io::Error::other("no response"))?;
    if response.status != 200 {
        return Err(format!("{}: HTTP {}", R::OPERATION.name, response.status).into());
    }
    Ok(Valid { request, answer: response.body, signed })
}

/// A request as it is on the wire.
fn written(request: &http::Request<Vec<u8>>) -> Vec<u8> {
    let target = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let host = request.uri().authority().map_or("", http::uri::Authority::as_str);
    let mut bytes = format!("{} {target} HTTP/1.1\r\nhost: {host}\r\n", request.method()).into_bytes();
    for (name, value) in request.headers() {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(request.body());
    bytes
}
