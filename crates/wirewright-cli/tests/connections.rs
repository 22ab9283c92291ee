//! Connections of a mock that are of no use to anybody: none keeps the others out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    io::{self, Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use support::mock;
use wirewright_cli::mock::{Rule, Server, ServerConfig};

/// More than a mock has places for.
const MANY: usize = 257;

const CALL: &[u8] =
    b"POST /auth/clientLogin?f=json&k=key&s=chuck&pwd=p HTTP/1.1\r\nhost: mock\r\ncontent-length: 0\r\n\r\n";

/// The status of a call over a connection of its own, which takes no longer than a moment.
fn status(server: &Server) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(CALL).unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    String::from_utf8(head.to_vec()).unwrap()
}

fn open(server: &Server, sent: &[u8]) -> Vec<TcpStream> {
    let open = |_| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        // The mock may have closed it by now.
        let _ = stream.write_all(sent);
        stream
    };
    (0..MANY).map(open).collect()
}

/// Whether a connection has ended.
fn has_ended(mut stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    loop {
        match stream.read(&mut [0; 4096]) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != io::ErrorKind::WouldBlock,
        }
    }
}

/// Waits until all have ended.
fn all_end(streams: &[TcpStream]) {
    let began = Instant::now();
    while !streams.iter().all(has_ended) {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{}",
            streams.iter().filter(|one| !has_ended(one)).count()
        );
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn half_of_a_head_keeps_nobody_out() {
    let config = ServerConfig::new().with_patience(Duration::from_millis(1500));
    let server = Server::with_config(mock("nina"), config).unwrap();
    for sent in [&b""[..], b"POST /auth/clientLogin?f=json HTTP/1.1\r\nhost: mo"] {
        let idle = open(&server, sent);
        for _ in 0..3 {
            assert_eq!(status(&server), "HTTP/1.1 200");
        }
        all_end(&idle);
    }
}

/// Bodies that do not come: their requests are being answered, and yet give way.
#[test]
fn half_of_a_body_keeps_nobody_out() {
    let server = Server::start(mock("nina"), 0).unwrap();
    let _idle =
        open(&server, b"POST /auth/clientLogin HTTP/1.1\r\nhost: mock\r\ncontent-length: 100\r\n\r\nf=j");
    assert_eq!(status(&server), "HTTP/1.1 200");
}

/// Calls that take long give way to others.
#[test]
fn calls_that_take_long_keep_nobody_out() {
    let server = Server::start(mock("nina"), 0).unwrap();
    server.mock().faults().set(["delay=60s@auth/getInfo".parse::<Rule>().unwrap()]).unwrap();
    let _idle = open(&server, b"POST /auth/getInfo HTTP/1.1\r\nhost: mock\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(status(&server), "HTTP/1.1 200");
}

/// Whoever asks and asks, and never reads.
#[test]
fn clients_that_never_read_are_dropped() {
    let config = ServerConfig::new().with_patience(Duration::from_millis(500));
    let server = Server::with_config(mock("nina"), config).unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let began = Instant::now();
    // The system takes some megabytes for a client that does not read, and then the mock stops reading as well, and ends it.
    let ended = (0..1_000_000).find_map(|_| stream.write_all(CALL).err()).unwrap();
    assert!(
        matches!(ended.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe),
        "{ended} after {:?}",
        began.elapsed()
    );
    // A few hundred of them keep nobody out, either.
    let _unread = open(&server, &CALL.repeat(500));
    assert_eq!(status(&server), "HTTP/1.1 200");
}
