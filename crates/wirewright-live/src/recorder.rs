//! Writes down what a client and a server say to each other: a relay between them, and a file of raw HTTP.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

/// Listens at a port of its own, passes each request on to `server`, and appends it and its reply to `file`. The URL to call in place of that
/// of the server, of which the path stays.
pub(crate) fn record(server: &str, file: &Path) -> io::Result<String> {
    let rest = server
        .strip_prefix("http://")
        .ok_or_else(|| io::Error::other(format!("{server} cannot be recorded: its URL is none of http")))?;
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let written = Arc::new(Mutex::new(File::create(file)?));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}{path}", listener.local_addr()?);
    let host = host.to_owned();
    // It ends with the process: the recorder is for one run.
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (host, written) = (host.clone(), Arc::clone(&written));
            // Whoever called gets no reply where this fails, and says so.
            thread::spawn(move || relay(client, &host, &written));
        }
    });
    Ok(url)
}

/// A request and its reply.
fn relay(mut client: TcpStream, host: &str, written: &Mutex<File>) -> io::Result<()> {
    let request = read_request(&mut BufReader::new(client.try_clone()?))?;
    let mut server = TcpStream::connect(host)?;
    // A server of HTTP 1.0 closes behind its reply, which then has no chunks.
    server.write_all(&request.as_http_1_0())?;
    let mut reply = Vec::new();
    server.read_to_end(&mut reply)?;
    {
        let mut file = written.lock().map_err(|_| io::Error::other("another recording failed"))?;
        file.write_all(b"###\n")?;
        file.write_all(&request.bytes)?;
        file.write_all(b"\n\n")?;
        file.write_all(&reply)?;
        file.write_all(b"\n\n")?;
    }
    // The connection ends here, whatever the server says of its own.
    let status = reply.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (status, rest) = reply.split_at(status);
    client.write_all(&[status, b"Connection: close\r\n", rest].concat())
}

/// The bytes of a request.
struct Request {
    bytes: Vec<u8>,
    /// Where its body begins.
    body: usize,
}

impl Request {
    fn as_http_1_0(&self) -> Vec<u8> {
        let (head, body) = self.bytes.split_at(self.body);
        let mut bytes =
            String::from_utf8_lossy(head).replacen("HTTP/1.1\r\n", "HTTP/1.0\r\n", 1).into_bytes();
        bytes.extend_from_slice(body);
        bytes
    }
}

/// Reads a head, and as much of a body as it says.
fn read_request(client: &mut impl io::BufRead) -> io::Result<Request> {
    let mut bytes = Vec::new();
    let mut length = 0;
    loop {
        let mut line = Vec::new();
        if client.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&line);
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let body = bytes.len();
    client.take(length).read_to_end(&mut bytes)?;
    Ok(Request { bytes, body })
}
