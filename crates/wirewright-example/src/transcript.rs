//! What went over the wire, written down for people.

use std::{
    fmt,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::{Request, Response, header};
use wirewright::call::{Ambient, TransportError, blocking::Transport};

use crate::redact::redact;

/// Lines of text, written as they come. Clones write to the same place.
#[derive(Clone)]
pub struct Transcript {
    out: Arc<Mutex<dyn Write + Send>>,
}

impl Transcript {
    /// A transcript that is written to `out`.
    pub fn new(out: impl Write + Send + 'static) -> Self {
        Self { out: Arc::new(Mutex::new(out)) }
    }

    /// Writes a line.
    pub fn line(&self, line: fmt::Arguments<'_>) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody may be reading any more, which is no reason to stop.
        drop(writeln!(out, "{line}"));
    }

    fn request(&self, request: &Request<Vec<u8>>) {
        let target = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        self.line(format_args!("  > {} {}", request.method(), redact(target)));
        self.message(">", request.headers(), request.body());
    }

    fn response(&self, response: &Response<Vec<u8>>) {
        self.line(format_args!("  < HTTP {}", response.status()));
        self.message("<", response.headers(), response.body());
    }

    fn message(&self, direction: &str, headers: &header::HeaderMap, body: &[u8]) {
        if let Some(content_type) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) {
            self.line(format_args!("  {direction} {content_type}"));
        }
        if body.is_empty() {
            self.line(format_args!("  {direction} (no body)"));
        }
        for line in redact(&String::from_utf8_lossy(body)).lines() {
            self.line(format_args!("  {direction} {line}"));
        }
    }
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transcript").finish_non_exhaustive()
    }
}

/// A transport whose exchanges are written down.
#[derive(Clone, Debug)]
pub struct Shown<T> {
    transport: T,
    transcript: Transcript,
}

impl<T> Shown<T> {
    /// Writes down what `transport` sends and brings back.
    pub const fn new(transport: T, transcript: Transcript) -> Self {
        Self { transport, transcript }
    }
}

impl<T: Transport> Transport for Shown<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.transcript.request(&request);
        let response = self.transport.send(request)?;
        self.transcript.response(&response);
        Ok(response)
    }

    fn ambient(&self) -> &dyn Ambient {
        self.transport.ambient()
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        self.transport.wait(duration)
    }
}
