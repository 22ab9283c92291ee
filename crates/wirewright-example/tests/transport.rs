//! What the edges do with responses that are no successes, and with servers that are not there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
    time::Duration,
};

use http::{Request, StatusCode};
use wirewright::call::{TransportErrorKind, blocking::Transport as _};
use wirewright_example::{loopback::Loopback, raw, tour};
use wirewright_ureq::Transport;

/// A server that reads one request, writes `response`, and hangs for a while.
fn answers_once(response: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        stream.write_all(response.as_bytes()).unwrap();
        thread::sleep(Duration::from_secs(3));
    });
    origin
}

fn get(origin: &str) -> Request<Vec<u8>> {
    raw::query(http::Method::GET, origin, "/").unwrap()
}

#[test]
fn a_redirection_is_not_followed() {
    let origin =
        answers_once("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    let response = tour::transport().send(get(&origin)).unwrap();
    assert_eq!(response.status(), StatusCode::FOUND);
}

#[test]
fn a_status_is_no_error() {
    let loopback = Loopback::new().unwrap();
    let origin = loopback.canned(StatusCode::SERVICE_UNAVAILABLE, "text/plain", "later").unwrap();
    let response = tour::transport().send(get(&origin)).unwrap();
    assert_eq!((response.status(), &**response.body()), (StatusCode::SERVICE_UNAVAILABLE, &b"later"[..]));
}

#[test]
fn a_reply_beyond_the_limit_is_refused() {
    let loopback = Loopback::new().unwrap();
    let origin = loopback.canned(StatusCode::OK, "text/plain", "four and more").unwrap();
    let error = tour::transport().with_max_bytes(4).send(get(&origin)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[test]
fn a_server_that_says_nothing_is_waited_for_no_longer_than_asked() {
    let origin = answers_once("");
    let error = Transport::with_timeout(Duration::from_millis(200)).send(get(&origin)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}

#[test]
fn a_server_that_is_not_there_is_said_to_be() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = tour::transport().send(get(&format!("http://{free}"))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert_eq!(error.to_string(), "the connection to the vendor could not be made");
}

#[test]
fn a_request_beyond_the_servers_limit_is_refused() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.videntity().unwrap();
    let form = format!("session_key={}", "k".repeat(2 << 20));
    let request = raw::form(&server.origin, "/session/ping", &form).unwrap();
    // The server may close before all is sent, which a client sees as a broken connection.
    if let Ok(response) = tour::transport().send(request) {
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[test]
fn a_path_that_no_operation_has_is_not_found() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.nina().unwrap();
    let response = tour::transport().send(get(&server.origin)).unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}
