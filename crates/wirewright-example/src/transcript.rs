//! What went over the wire, written down for people.

use std::{
    fmt,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::{Request, Response, header};
use wirewright::{
    catalog::Vendor,
    client::{Environment, TransportError, blocking::Transport},
};

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
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transcript").finish_non_exhaustive()
    }
}

/// A transport whose exchanges with a vendor are written down, without the vendor's secrets.
#[derive(Clone, Debug)]
pub struct Shown<T> {
    transport: T,
    vendor: &'static Vendor,
    transcript: Transcript,
}

impl<T> Shown<T> {
    /// Writes down what `transport` sends to `vendor` and brings back.
    pub const fn new(transport: T, vendor: &'static Vendor, transcript: Transcript) -> Self {
        Self { transport, vendor, transcript }
    }

    fn request(&self, request: &Request<Vec<u8>>) {
        let mut target = http::uri::Parts::default();
        target.path_and_query = request.uri().path_and_query().cloned();
        let target = http::Uri::from_parts(target).unwrap_or_default();
        let target = self.vendor.redact_uri(&target);
        self.transcript.line(format_args!("  > {} {target}", request.method()));
        self.message(">", request.headers(), request.body());
    }

    fn response(&self, response: &Response<Vec<u8>>) {
        self.transcript.line(format_args!("  < HTTP {}", response.status()));
        self.message("<", response.headers(), response.body());
    }

    fn message(&self, direction: &str, headers: &header::HeaderMap, body: &[u8]) {
        let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if let Some(media_type) = media_type {
            self.transcript.line(format_args!("  {direction} {media_type}"));
        }
        if body.is_empty() {
            self.transcript.line(format_args!("  {direction} (no body)"));
        }
        for line in self.vendor.redact_body(media_type.unwrap_or_default(), body).lines() {
            self.transcript.line(format_args!("  {direction} {line}"));
        }
    }
}

impl<T: Transport> Transport for Shown<T> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.request(&request);
        let response = self.transport.send(request)?;
        self.response(&response);
        Ok(response)
    }

    fn environment(&self) -> &dyn Environment {
        self.transport.environment()
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        self.transport.wait(duration)
    }
}
