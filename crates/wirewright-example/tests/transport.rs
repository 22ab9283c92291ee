//! What the client edges do with responses that are no successes, and with servers that are not there: the same, blocking or not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod edge_support;

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::atomic::Ordering::SeqCst,
    time::{Duration, Instant},
};

use edge_support::{
    Act::{self, Pause, Read, Write, WriteBytes},
    Edge, Wanted, acting, heard, proxy,
};
use http::{HeaderValue, Request, StatusCode, header};
use nina::Config;
use wirewright::{
    client::{
        AttemptTimeout, TransportError,
        TransportErrorKind::{self, Connect, Other, Timeout, TooLarge},
    },
    exchange::Request as _,
};
use wirewright_example::{loopback::Loopback, nina as nina_side, raw};

fn get(origin: &str) -> Request<Vec<u8>> {
    raw::query(http::Method::GET, origin, "/where?a=hunter2").unwrap()
}

fn timed(origin: &str, time: Duration) -> Request<Vec<u8>> {
    let mut request = get(origin);
    request.extensions_mut().insert(AttemptTimeout(time));
    request
}

/// The kind of an error, which shows no secret of the URL.
fn kind(result: Result<impl Sized, TransportError>) -> Option<TransportErrorKind> {
    result.err().map(|error| {
        let shown = format!("{error} {error:?} {}", std::error::Error::source(&error).unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
        error.kind()
    })
}

const FOUND: &str = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
const LATER: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 5\r\n\r\nlater";
const FOUR_OF_NINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfour";
const FOUR_OF_EIGHT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nfour";

#[test]
fn statuses_and_redirections_are_the_callers() {
    for edge in Edge::both(&Wanted::default()) {
        let table: [(&'static [Act], u16, &str); 2] =
            [(&[Read, Write(FOUND)], 302, ""), (&[Read, Write(LATER)], 503, "later")];
        for (acts, status, body) in table {
            let (origin, _) = acting(acts);
            let response = edge.send(get(&origin)).unwrap();
            let found = (response.status().as_u16(), &**response.body());
            assert_eq!(found, (status, body.as_bytes()), "{}", edge.name());
        }
    }
}

#[test]
fn what_goes_wrong_is_told_apart() {
    let table: &[(&str, &'static [Act], TransportErrorKind)] = &[
        ("says nothing", &[Read, Pause(3000)], Timeout),
        ("stops in the head", &[Read, Write("HTTP/1.1 200 O"), Pause(3000)], Timeout),
        ("stops in the body", &[Read, Write(FOUR_OF_NINE), Pause(3000)], Timeout),
        ("hangs up", &[Read], Other),
        ("hangs up in the head", &[Read, Write("HTTP/1.1 200 O")], Other),
        ("hangs up in the body", &[Read, Write(FOUR_OF_NINE)], Other),
        (
            "hangs up among chunks",
            &[Read, Write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n")],
            Other,
        ),
        ("is no HTTP", &[Read, Write("220 mail.example ESMTP\r\n\r\n")], Other),
        (
            "sends too much",
            &[Read, Write("HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\nseventeen letters"), Pause(3000)],
            TooLarge,
        ),
        (
            "sends too much, and does not say how much",
            &[Read, Write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nseventeen letters")],
            TooLarge,
        ),
    ];
    let wanted = Wanted { timeout: Duration::from_millis(300), max_bytes: 16, ..Wanted::default() };
    for edge in Edge::both(&wanted) {
        for (what, acts, expected) in table {
            let (origin, _) = acting(acts);
            let started = Instant::now();
            assert_eq!(
                kind(edge.send(get(&origin))),
                Some(*expected),
                "{}: a server that {what}",
                edge.name()
            );
            assert!(started.elapsed() < Duration::from_secs(2), "{}: a server that {what}", edge.name());
        }
        let (origin, _) =
            acting(&[Read, Write("HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\nsixteen letters.")]);
        assert_eq!(edge.send(get(&origin)).unwrap().into_body(), b"sixteen letters.", "{}", edge.name());
    }
}

#[test]
fn nothing_was_sent_where_there_was_no_connection() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for edge in Edge::both(&Wanted::default()) {
        for origin in [format!("http://{free}"), "http://nowhere.invalid".to_owned()] {
            let error = edge.send(get(&origin)).unwrap_err();
            assert_eq!(error.to_string(), "the connection to the vendor could not be made");
            assert_eq!(kind(Err::<(), _>(error)), Some(Connect), "{}: {origin}", edge.name());
        }
    }
}

/// ureq does not tell a handshake that failed from a connection that broke: such a call is tried again less often.
#[test]
fn a_server_without_tls_is_no_vendor() {
    for edge in Edge::both(&Wanted::default()) {
        let (origin, _) = acting(&[Write("HTTP/1.1 400 Bad Request\r\n\r\n")]);
        let expected = if let Edge::Ureq(_) = edge { Other } else { Connect };
        let result = edge.send(get(&origin.replace("http://", "https://")));
        assert_eq!(kind(result), Some(expected), "{}", edge.name());
    }
}

#[test]
fn the_time_for_a_try_goes_before_the_transports() {
    let tenth = Duration::from_millis(100);
    for edge in Edge::both(&Wanted::default()) {
        let (origin, _) = acting(&[Read, Write(FOUR_OF_NINE), Pause(3000)]);
        let started = Instant::now();
        assert_eq!(kind(edge.send(timed(&origin, tenth))), Some(Timeout), "{}", edge.name());
        assert!(started.elapsed() < Duration::from_secs(2), "{}", edge.name());
    }
    // And it may be longer.
    for edge in Edge::both(&Wanted { timeout: tenth, ..Wanted::default() }) {
        let (origin, _) = acting(&[Read, Pause(300), Write(LATER)]);
        let response = edge.send(timed(&origin, Duration::from_secs(20))).unwrap();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", edge.name());
    }
}

/// A listener that takes no more connections: the system does not answer the next one.
fn full() -> (std::net::SocketAddr, impl Sized) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        socket.listen(1).unwrap()
    });
    let address = listener.local_addr().unwrap();
    let moment = Duration::from_millis(200);
    let mut waiting = Vec::new();
    while let Ok(stream) = std::net::TcpStream::connect_timeout(&address, moment) {
        waiting.push(stream);
        assert!(waiting.len() < 64, "the system takes every connection");
    }
    (address, (runtime, listener, waiting))
}

#[test]
fn each_phase_has_a_time_of_its_own() {
    let fifth = Some(Duration::from_millis(200));
    for edge in Edge::both(&Wanted { connect: fifth, ..Wanted::default() }) {
        let (address, kept) = full();
        let started = Instant::now();
        assert_eq!(kind(edge.send(get(&format!("http://{address}")))), Some(Connect), "{}", edge.name());
        assert!(started.elapsed() < Duration::from_secs(2), "{}", edge.name());
        drop(kept);
        // A slow answer is none of the connection's.
        let (origin, _) = acting(&[Read, Pause(500), Write(LATER)]);
        assert!(edge.send(get(&origin)).is_ok(), "{}", edge.name());
    }
    for edge in Edge::both(&Wanted { silence: fifth, ..Wanted::default() }) {
        let silent: [&'static [Act]; 2] = [&[Read, Pause(3000)], &[Read, Write(FOUR_OF_NINE), Pause(3000)]];
        for acts in silent {
            let (origin, _) = acting(acts);
            let started = Instant::now();
            assert_eq!(kind(edge.send(get(&origin))), Some(Timeout), "{}: {acts:?}", edge.name());
            assert!(started.elapsed() < Duration::from_secs(2), "{}: {acts:?}", edge.name());
        }
        // As long as something comes, it may take longer.
        let (origin, _) =
            acting(&[Read, Write(FOUR_OF_EIGHT), Pause(120), Write("mo"), Pause(120), Write("re")]);
        assert_eq!(edge.send(get(&origin)).unwrap().into_body(), b"fourmore", "{}", edge.name());
    }
}

#[test]
fn a_stream_may_take_longer_than_its_head() {
    let fifth = Duration::from_millis(200);
    for edge in Edge::both(&Wanted::default()) {
        let (origin, _) = acting(&[Read, Write(FOUR_OF_EIGHT), Pause(500), Write("more")]);
        assert_eq!(edge.stream(timed(&origin, fifth)).unwrap(), b"fourmore", "{}", edge.name());
        let (origin, _) = acting(&[Read, Pause(2000), Write(LATER)]);
        assert_eq!(kind(edge.stream(timed(&origin, fifth))), Some(Timeout), "{}", edge.name());
        // What breaks off is no whole body.
        let (origin, _) = acting(&[Read, Write(FOUR_OF_EIGHT)]);
        assert_eq!(kind(edge.stream(timed(&origin, fifth))), Some(Other), "{}", edge.name());
    }
    // The size of a stream has no limit.
    for edge in Edge::both(&Wanted { max_bytes: 4, ..Wanted::default() }) {
        let (origin, _) = acting(&[Read, Write(FOUR_OF_EIGHT), Write("more")]);
        assert_eq!(edge.stream(get(&origin)).unwrap(), b"fourmore", "{}", edge.name());
    }
}

#[test]
fn connections_are_used_again() {
    for edge in Edge::both(&Wanted::default()) {
        let (origin, connections) = acting(&[Read, Write(LATER), Read, Write(LATER), Read, Write(LATER)]);
        for _ in 0..3 {
            edge.send(get(&origin)).unwrap();
        }
        assert_eq!(connections.load(SeqCst), 1, "{}", edge.name());
    }
}

#[test]
fn a_proxy_is_asked() {
    let (origin, told) = proxy(LATER);
    for edge in Edge::both(&Wanted { proxy: Some(origin), ..Wanted::default() }) {
        let response = edge.send(get("http://vendor.invalid")).unwrap();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(told.recv().unwrap().contains("vendor.invalid"), "{}", edge.name());
        told.try_iter().for_each(drop);
    }
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for edge in Edge::both(&Wanted { proxy: Some(format!("http://{free}")), ..Wanted::default() }) {
        assert_eq!(kind(edge.send(get("http://vendor.invalid"))), Some(Connect), "{}", edge.name());
    }
}

#[test]
fn time_passes() {
    for edge in Edge::both(&Wanted::default()) {
        let started = Instant::now();
        edge.wait(Duration::from_millis(50)).unwrap();
        assert!(started.elapsed() >= Duration::from_millis(50), "{}", edge.name());
    }
}

/// `sixteen letters.` in gzip, as Python packs it.
const PACKED: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03+\xce\xac(IM\xcdS\xc8I-)I-*\xd6\x03\x00\xcaq\xed\x10\x10\x00\x00\x00";
/// 65,536 letters in gzip.
const BOMB: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x81\x00\x00\x00\x00\x80 \xd6\xfd%\x16\xa9\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00j\xff\x91 \xc3\x00\x00\x01\x00";
const BROTLI: &str = "HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 4\r\n\r\nfour";
const COOKIE: &str = "HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-length: 0\r\n\r\n";
const GZIP: &str = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n";

/// Gzip is asked for, and read: whole, as a stream, and within the limit on what comes out. No other coding is, nor a cookie kept.
#[test]
fn replies_are_unpacked_within_the_limits() {
    for edge in Edge::both(&Wanted { max_bytes: 16, ..Wanted::default() }) {
        let (origin, _) = acting(&[Read, Write(GZIP), WriteBytes(PACKED)]);
        let response = edge.send(get(&origin)).unwrap();
        assert_eq!(response.headers().get("content-encoding"), None, "{}", edge.name());
        assert_eq!(response.into_body(), b"sixteen letters.", "{}", edge.name());
        assert_eq!(edge.stream(get(&origin)).unwrap(), b"sixteen letters.", "{}", edge.name());
        let (origin, _) = acting(&[Read, Write(GZIP), WriteBytes(BOMB)]);
        assert_eq!(kind(edge.send(get(&origin))), Some(TooLarge), "{}", edge.name());
        assert_eq!(edge.stream(get(&origin)).unwrap().len(), 65536, "{}", edge.name());
        for broken in [&PACKED[..20], b"no gzip at all"] {
            let acts = Box::leak(Box::new([Read, Write(GZIP), WriteBytes(broken)]));
            let (origin, _) = acting(acts);
            assert_eq!(kind(edge.send(get(&origin))), Some(Other), "{}", edge.name());
            assert_eq!(kind(edge.stream(get(&origin))), Some(Other), "{}", edge.name());
        }
        // What nobody asked for stays as it is, with its name.
        let (origin, _) = acting(&[Read, Write(BROTLI)]);
        let response = edge.send(get(&origin)).unwrap();
        assert_eq!(
            (&response.headers()["content-encoding"], &**response.body()),
            (&"br".parse().unwrap(), &b"four"[..])
        );
    }
    let (origin, heads) = heard(COOKIE);
    for edge in Edge::both(&Wanted::default()) {
        for _ in 0..2 {
            edge.send(get(&origin)).unwrap();
            let head = heads.recv().unwrap().to_ascii_lowercase();
            let asked: Vec<_> = head.lines().filter(|line| line.starts_with("accept-encoding:")).collect();
            assert_eq!(asked, ["accept-encoding: gzip"], "{}", edge.name());
            assert!(!head.contains("cookie"), "{}: {head}", edge.name());
        }
    }
}

/// Whatever a transport is made over, an exchange has its 30 seconds, until somebody says otherwise.
#[test]
fn a_transport_over_something_keeps_its_time() {
    use wirewright_reqwest::reqwest::Client;
    use wirewright_ureq::ureq::Agent;

    let (usual, five) = (Some(Duration::from_secs(30)), Duration::from_secs(5));
    let agent = wirewright_ureq::Transport::over(Agent::config_builder().proxy(None).build().new_agent());
    assert_eq!([agent.timeout(), agent.clone().with_timeout(five).timeout()], [usual, Some(five)]);
    assert_eq!(agent.without_timeout().timeout(), None);
    let agent = Agent::config_builder().timeout_global(Some(five)).build().new_agent();
    assert_eq!(wirewright_ureq::Transport::over(agent).timeout(), Some(five));
    let client = wirewright_reqwest::Transport::over(Client::builder().no_proxy()).unwrap();
    assert_eq!([client.timeout(), client.clone().with_timeout(five).timeout()], [usual, Some(five)]);
    assert_eq!(client.without_timeout().timeout(), None);
}

/// A caller's User-Agent is the only one that is sent.
#[test]
fn a_callers_headers_go_before_the_transports() {
    let (origin, heads) = heard("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    let name = HeaderValue::from_static("records/1.0 (records@example.com)");
    for edge in Edge::both(&Wanted::default()) {
        let edge_name = edge.name();
        let settings = Config::new().with_endpoint(&origin).with_header(header::USER_AGENT, name.clone());
        match edge {
            Edge::Ureq(transport) => {
                let client = nina::Client::new(transport, nina_side::DEVELOPER).with_config(settings);
                client.start_session().send_blocking().unwrap_err();
            }
            Edge::Reqwest(transport, runtime) => {
                let client = nina::Client::new(transport, nina_side::DEVELOPER).with_config(settings);
                runtime.block_on(client.start_session().send()).unwrap_err();
            }
        }
        let head = heads.recv().unwrap().to_ascii_lowercase();
        let agents: Vec<_> = head.lines().filter(|line| line.starts_with("user-agent:")).collect();
        assert_eq!(agents, ["user-agent: records/1.0 (records@example.com)"], "{edge_name}");
    }
}

/// NINA holds a fetch for a minute where the request does not say how long, and a transport's 30 seconds are for what is not held:
/// here half a second and a fifth of one.
#[test]
fn a_vendor_that_holds_a_call_is_waited_for() {
    let reply = |data: &str| {
        let body = format!(r#"{{"response":{{"statusCode":200,"statusText":"Ok","data":{data}}}}}"#);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ";
        Write(Box::leak(format!("{head}{}\r\n\r\n{body}", body.len()).into_boxed_str()))
    };
    let url = "https://api.oscar.nina.bz/aim/fetchEvents?aimsid=made+up&seqNum=1";
    let started = reply(&format!(r#"{{"aimsid":"made up","timeToNextFetch":0,"fetchBaseURL":"{url}"}}"#));
    let event = reply(r#"{"events":[{"type":"sessionEnded","eventData":{},"seqNum":1}]}"#);
    for edge in Edge::both(&Wanted { timeout: Duration::from_millis(200), ..Wanted::default() }) {
        let acts = [Read, started, Read, Pause(500), event, Read, Pause(500), event];
        let (origin, _) = acting(Box::leak(Box::new(acts)));
        let (name, settings) = (edge.name(), Config::new().with_endpoint(&origin));
        let fetched = match edge {
            Edge::Ureq(transport) => {
                let client = nina::Client::new(transport, nina_side::DEVELOPER).with_config(settings);
                let session = client.start_session().send_blocking().unwrap();
                let fetched = session.fetch_events().paginate_blocking().next().map(|event| event.map(drop));
                (fetched, session.fetch_events().send_blocking().map(drop))
            }
            Edge::Reqwest(transport, runtime) => runtime.block_on(async {
                let client = nina::Client::new(transport, nina_side::DEVELOPER).with_config(settings);
                let session = client.start_session().send().await.unwrap();
                let fetched = session.fetch_events().paginate().next().await.map(|event| event.map(drop));
                (fetched, session.fetch_events().send().await.map(drop))
            }),
        };
        assert!(matches!(fetched, (Some(Ok(())), Ok(()))), "{name}: {fetched:?}");
    }
}

/// A gateway that is busy once: what may be repeated is called again, on the same connection.
#[test]
fn a_call_that_may_be_repeated_is() {
    const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 53\r\n\r\n\
                          {\"response\":{\"statusCode\":200,\"data\":{\"users\":[]}}}  ";
    assert!(nina::presence::Get::OPERATION.repeatable);
    for edge in Edge::both(&Wanted::default()) {
        let (origin, connections) = acting(&[Read, Write(LATER), Read, Write(ANSWER)]);
        let settings = Config::new().with_endpoint(&origin);
        let name = edge.name();
        let answered = match edge {
            Edge::Ureq(transport) => {
                let client = nina::Client::new(transport, nina_side::DEVELOPER);
                client.with_config(settings).presence_get().send_blocking().map(drop)
            }
            Edge::Reqwest(transport, runtime) => {
                let client = nina::Client::new(transport, nina_side::DEVELOPER).with_config(settings);
                runtime.block_on(client.presence_get().send()).map(drop)
            }
        };
        assert!(answered.is_ok(), "{name}: {answered:?}");
        assert_eq!(connections.load(SeqCst), 1, "{name}");
    }
}

#[test]
fn a_request_beyond_the_servers_limit_is_refused() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.videntity().unwrap();
    let form = format!("session_key={}", "k".repeat(2 << 20));
    for edge in Edge::both(&Wanted::default()) {
        let request = raw::form(&server.origin, "/session/ping", &form).unwrap();
        match edge.send(request) {
            Ok(response) => assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE, "{}", edge.name()),
            // The server closes before all is sent, which a client may see as a broken connection.
            Err(error) => assert_eq!(error.kind(), TransportErrorKind::Other, "{}: {error}", edge.name()),
        }
    }
    // Who waits with the body is told.
    let address = server.origin.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /session/ping HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        form.len(),
    );
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut status = [0; "HTTP/1.1 413".len()];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 413");
}

#[test]
fn a_path_that_no_operation_has_is_not_found() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.nina().unwrap();
    for edge in Edge::both(&Wanted::default()) {
        assert_eq!(
            edge.send(get(&server.origin)).unwrap().status(),
            StatusCode::NOT_FOUND,
            "{}",
            edge.name()
        );
    }
}
