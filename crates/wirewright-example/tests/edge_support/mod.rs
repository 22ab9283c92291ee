//! Both client edges behind one set of methods, and servers that do what no HTTP server does.
#![allow(dead_code, unreachable_pub, reason = "each test uses another part of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::Duration,
};

use http::{Request, Response};
use tokio::runtime::Runtime;
use wirewright::{
    Chunks,
    client::{self, RequestBody, TransportError, blocking},
};
use wirewright_reqwest::reqwest;
use wirewright_ureq::ureq;

/// An edge, with the runtime that it may need.
pub enum Edge {
    Ureq(wirewright_ureq::Transport),
    Reqwest(wirewright_reqwest::Transport, Runtime),
}

/// What a test asks of an edge. Without a proxy there is none, whatever the environment says.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub timeout: Duration,
    pub max_bytes: u64,
    /// The origin of a proxy.
    pub proxy: Option<String>,
    /// How long the connection may take.
    pub connect: Option<Duration>,
    /// How long the server may say nothing.
    pub silence: Option<Duration>,
}

impl Default for Wanted {
    fn default() -> Self {
        let timeout = Duration::from_secs(30);
        Self { timeout, max_bytes: 1 << 20, proxy: None, connect: None, silence: None }
    }
}

impl Edge {
    pub fn both(wanted: &Wanted) -> [Self; 2] {
        [Self::ureq(wanted), Self::reqwest(wanted)]
    }

    fn ureq(wanted: &Wanted) -> Self {
        let config = ureq::Agent::config_builder()
            .proxy(wanted.proxy.as_ref().map(|proxy| ureq::Proxy::new(proxy).unwrap()))
            .timeout_connect(wanted.connect)
            .timeout_per_read(wanted.silence);
        let transport = wirewright_ureq::Transport::over(config.build().new_agent());
        Self::Ureq(transport.with_timeout(wanted.timeout).with_max_bytes(wanted.max_bytes))
    }

    fn reqwest(wanted: &Wanted) -> Self {
        let mut builder = reqwest::Client::builder();
        builder = match &wanted.proxy {
            None => builder.no_proxy(),
            Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy).unwrap()),
        };
        if let Some(connect) = wanted.connect {
            builder = builder.connect_timeout(connect);
        }
        if let Some(silence) = wanted.silence {
            builder = builder.read_timeout(silence);
        }
        let transport = wirewright_reqwest::Transport::over(builder).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self::Reqwest(transport.with_timeout(wanted.timeout).with_max_bytes(wanted.max_bytes), runtime)
    }

    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ureq(_) => "ureq",
            Self::Reqwest(..) => "reqwest",
        }
    }

    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        match self {
            Self::Ureq(transport) => blocking::Transport::send(transport, request),
            Self::Reqwest(transport, runtime) => {
                runtime.block_on(client::Transport::send(transport, request))
            }
        }
    }

    pub fn upload(&self, request: Request<RequestBody>) -> Result<Response<Vec<u8>>, TransportError> {
        match self {
            Self::Ureq(transport) => blocking::Transport::upload(transport, request),
            Self::Reqwest(transport, runtime) => {
                runtime.block_on(client::Transport::upload(transport, request))
            }
        }
    }

    /// Sends a request, and reads the response while it comes.
    pub fn stream(&self, request: Request<Vec<u8>>) -> Result<Vec<u8>, TransportError> {
        let mut whole = Vec::new();
        match self {
            Self::Ureq(transport) => {
                let mut body = blocking::StreamingTransport::send_streaming(transport, request)?.into_body();
                while let Some(chunk) = blocking::Chunks::next_chunk(&mut body)? {
                    whole.extend_from_slice(chunk);
                }
            }
            Self::Reqwest(transport, runtime) => runtime.block_on(async {
                let response = client::StreamingTransport::send_streaming(transport, request).await?;
                let mut body = response.into_body();
                while let Some(chunk) = Chunks::next_chunk(&mut body).await? {
                    whole.extend_from_slice(&chunk);
                }
                Ok::<_, TransportError>(())
            })?,
        }
        Ok(whole)
    }

    pub fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        match self {
            Self::Ureq(transport) => blocking::Transport::wait(transport, duration),
            Self::Reqwest(transport, runtime) => {
                runtime.block_on(client::Transport::wait(transport, duration))
            }
        }
    }
}

/// A piece of what a server does with a connection.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Reads a request, whose body has a length or is none.
    Read,
    Write(&'static str),
    WriteBytes(&'static [u8]),
    /// Does nothing for so many milliseconds.
    Pause(u64),
}

/// Reads a request to its end, and gives its head. `None`: the connection has ended.
fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
    });
    // A connection that is closed with something unread is broken off.
    stream.read_exact(&mut vec![0; length.unwrap_or_default()]).ok()?;
    Some(head)
}

/// A server that does the same with every connection, and closes it. Gives its origin, and how many connections there were.
pub fn acting(acts: &'static [Act]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            counted.fetch_add(1, SeqCst);
            thread::spawn(move || {
                for act in acts {
                    match act {
                        Act::Read if head(&mut stream).is_none() => return,
                        Act::Read => {}
                        Act::Write(text) => {
                            if stream.write_all(text.as_bytes()).is_err() {
                                return;
                            }
                        }
                        Act::WriteBytes(bytes) => {
                            if stream.write_all(bytes).is_err() {
                                return;
                            }
                        }
                        Act::Pause(milliseconds) => thread::sleep(Duration::from_millis(*milliseconds)),
                    }
                }
            });
        }
    });
    (origin, connections)
}

/// A proxy that answers in the vendor's place, and tells the first line of what it was asked.
pub fn proxy(answer: &'static str) -> (String, mpsc::Receiver<String>) {
    telling(answer, |head| head.lines().next().unwrap_or_default().to_owned())
}

/// A server that always answers the same, and tells the head of each request.
pub fn heard(answer: &'static str) -> (String, mpsc::Receiver<String>) {
    telling(answer, str::to_owned)
}

fn telling(answer: &'static str, part: fn(&str) -> String) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, tell) = (stream.unwrap(), tell.clone());
            thread::spawn(move || {
                while let Some(head) = head(&mut stream) {
                    let tunnel = head.starts_with("CONNECT");
                    let answer = if tunnel { "HTTP/1.1 200 Connected\r\n\r\n" } else { answer };
                    if tell.send(part(&head)).is_err() || stream.write_all(answer.as_bytes()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (origin, told)
}
