//! One connection and what comes back on it, read without trust in either side.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpStream},
    time::Duration,
};

/// A server that says nothing for so long has no answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// No response of the mocks is larger.
const LONGEST: usize = 4 << 20;

/// A response, as far as this is interested in it.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// In small letters, as it came otherwise.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// A response, for people.
pub(crate) fn shown(response: Option<&Response>) -> String {
    response.map_or_else(
        || "no response".to_owned(),
        |response| format!("HTTP {}: {}", response.status, String::from_utf8_lossy(&response.body)),
    )
}

/// A connection that is made when it is needed.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
}

impl Connection {
    pub(crate) const fn new(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// Sends these bytes and waits for a response. Unless the connection `stays` open, nothing follows, which the server is told.
    /// `None`: the connection ended without a response.
    pub(crate) fn send(&mut self, bytes: &[u8], stays: bool) -> Option<Response> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address)?,
        };
        // A server may answer, and close, before it has read everything.
        let sent = stream.write_all(bytes);
        if !stays {
            let _ = stream.shutdown(Shutdown::Write);
        }
        let (response, open) = receive(&mut stream)?;
        if stays && open && sent.is_ok() {
            self.stream = Some(stream);
        }
        Some(response)
    }
}

fn connect(address: SocketAddr) -> Option<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    stream.set_nodelay(true).ok()?;
    Some(stream)
}

/// A response, and whether the connection stays open.
fn receive(stream: &mut TcpStream) -> Option<(Response, bool)> {
    let mut received = Vec::new();
    let mut buffer = [0; 8192];
    let (end, head) = loop {
        if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            break (end + 4, String::from_utf8_lossy(received.get(..end)?).to_ascii_lowercase());
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(length) if received.len() < LONGEST => received.extend_from_slice(buffer.get(..length)?),
            Ok(_) => return None,
        }
    };
    let status = head.get(9..12)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or_default();
    while received.len() < end + length {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => received.extend_from_slice(buffer.get(..read)?),
        }
    }
    // What follows would be the response to a request that was hidden in another one.
    let open = received.len() == end + length && !head.contains("\nconnection: close");
    let body = received.get(end..end + length)?.to_vec();
    Some((Response { status, head, body }, open))
}
