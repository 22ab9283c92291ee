//! Uploads by both client edges over a real socket: files are read while they are sent, and are never in memory whole.

mod edge_support;

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use edge_support::{Edge, Wanted};
use http::header;
use wirewright::{
    File,
    call::{RequestBody, TransportErrorKind, multipart::Form},
};

/// How long the file is, in bytes.
const LENGTH: u64 = 64 << 20;
/// How much may be on the way between the file and the server: buffers of the transport, the system's sockets and the server.
const ON_THE_WAY: u64 = 16 << 20;

/// A file that nobody holds: it counts what is read of it, and how far ahead of the server that is.
struct Made {
    left: u64,
    read: u64,
    arrived: Arc<AtomicU64>,
    furthest: Arc<AtomicU64>,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        buffer[..length].fill(b'x');
        let read = u64::try_from(length).unwrap_or_default();
        self.left -= read;
        self.read += read;
        let ahead = self.read.saturating_sub(self.arrived.load(Ordering::SeqCst));
        self.furthest.fetch_max(ahead, Ordering::SeqCst);
        Ok(length)
    }
}

/// What a server saw of a request.
#[derive(Debug, Default)]
struct Seen {
    content_length: Option<u64>,
    chunked: bool,
    /// The bytes of the body, whichever way they came.
    body: u64,
    /// Whether the body was there to its end.
    whole: bool,
}

/// Takes one request, counts its body, and answers.
fn serve(listener: &TcpListener, arrived: &AtomicU64) -> io::Result<Seen> {
    let (stream, _) = listener.accept()?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut reader = BufReader::new(stream);
    let mut seen = Seen::default();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(length) = line.strip_prefix("content-length: ") {
            seen.content_length = length.parse().ok();
        }
        seen.chunked |= line == "transfer-encoding: chunked";
    }
    seen.whole = match seen.content_length {
        Some(length) => count(&mut reader, length, &mut seen.body, arrived)? == length,
        None => loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Ok(length) = u64::from_str_radix(line.trim_end(), 16) else { break false };
            if count(&mut reader, length, &mut seen.body, arrived)? < length {
                break false;
            }
            reader.read_line(&mut line)?;
            if length == 0 {
                break true;
            }
        },
    };
    let mut stream: TcpStream = reader.into_inner();
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")?;
    Ok(seen)
}

/// Reads so many bytes, unless the body ends before.
fn count(reader: &mut impl Read, length: u64, body: &mut u64, arrived: &AtomicU64) -> io::Result<u64> {
    let (mut buffer, mut left) = (vec![0; 1 << 16], length);
    while left > 0 {
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = u64::try_from(reader.read(&mut buffer[..most])?).unwrap_or_default();
        if read == 0 {
            break;
        }
        left -= read;
        *body += read;
        arrived.store(*body, Ordering::SeqCst);
    }
    Ok(length - left)
}

fn request(origin: &str, form: Form) -> http::Request<RequestBody> {
    let (content_type, body) = form.finish("a-boundary").expect("a form");
    let mut request = http::Request::post(origin).header(header::CONTENT_TYPE, content_type);
    if let Some(length) = body.content_length() {
        request = request.header(header::CONTENT_LENGTH, length);
    }
    request.body(body).expect("a request")
}

/// How an upload ended, what the server saw of it, and how far the file was ahead of the server.
type Outcome = (Result<http::Response<Vec<u8>>, TransportErrorKind>, io::Result<Seen>, u64);

/// Both edges, with time for a large file.
fn edges() -> [Edge; 2] {
    Edge::both(&Wanted { timeout: Duration::from_secs(120), ..Wanted::default() })
}

/// Sends a file that tells `told` as its length and has `LENGTH` bytes.
fn upload(edge: Edge, told: Option<u64>) -> Outcome {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let (arrived, furthest) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let server = thread::spawn({
        let arrived = Arc::clone(&arrived);
        move || serve(&listener, &arrived)
    });
    let made = Made { left: LENGTH, read: 0, arrived, furthest: Arc::clone(&furthest) };
    let form = Form::new().text("kind", "film").file("film", File::from_reader("film.bin", told, made));
    let outcome = edge.upload(request(&origin, form)).map_err(|error| error.kind());
    drop(edge);
    let seen = server.join().expect("the server ends");
    (outcome, seen, furthest.load(Ordering::SeqCst))
}

#[test]
fn files_are_streamed_with_their_length() {
    for edge in edges() {
        let name = edge.name();
        let (outcome, seen, furthest) = upload(edge, Some(LENGTH));
        assert_eq!(outcome.expect("it is answered").body(), b"ok", "{name}");
        let seen = seen.expect("it came");
        assert!(seen.whole && !seen.chunked, "{name}: {seen:?}");
        assert_eq!(seen.content_length, Some(seen.body), "{name}");
        assert!(seen.body > LENGTH, "{name}");
        assert!(furthest < ON_THE_WAY, "{name}: {furthest} bytes were read before they could be sent");
    }
}

#[test]
fn files_of_unknown_length_are_streamed_in_chunks() {
    for edge in edges() {
        let name = edge.name();
        let (outcome, seen, furthest) = upload(edge, None);
        assert_eq!(outcome.expect("it is answered").body(), b"ok", "{name}");
        let seen = seen.expect("it came");
        assert!(seen.whole && seen.chunked && seen.content_length.is_none(), "{name}: {seen:?}");
        assert!(seen.body > LENGTH, "{name}");
        assert!(furthest < ON_THE_WAY, "{name}: {furthest} bytes were read before they could be sent");
    }
}

#[test]
fn a_file_of_another_length_is_no_whole_request() {
    for told in [LENGTH - 1, LENGTH + 1] {
        for edge in edges() {
            let name = edge.name();
            let (outcome, seen, _) = upload(edge, Some(told));
            assert_eq!(outcome.map(|_| ()), Err(TransportErrorKind::Upload), "{name}: {told}");
            assert!(!seen.is_ok_and(|seen| seen.whole), "{name}: {told}");
        }
    }
}
