//! Bodies that come in chunks, and a vendor that says what it is told to.

use wirewright::{
    Chunks,
    client::{TransportError, TransportErrorKind, blocking},
};

/// A body that is held whole and comes in chunks of one size.
#[derive(Debug)]
pub struct Chunked {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
    breaks: bool,
}

impl Chunked {
    /// A body that comes in chunks of `size` bytes.
    pub const fn new(bytes: Vec<u8>, size: usize) -> Self {
        Self { bytes, at: 0, size, breaks: false }
    }
}

impl blocking::Chunks for Chunked {
    fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.is_empty() && self.breaks {
            return Err(TransportError::new(TransportErrorKind::Other, "the line went dead"));
        }
        let chunk = rest.get(..self.size).unwrap_or(rest);
        self.at += chunk.len();
        Ok(Some(chunk).filter(|chunk| !chunk.is_empty()))
    }
}

impl Chunks for Chunked {
    type Chunk = Vec<u8>;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        Ok(blocking::Chunks::next_chunk(self)?.map(<[u8]>::to_vec))
    }
}

/// What comes back, whatever is asked.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    body: String,
    breaks: bool,
}

impl Reply {
    /// A reply with this status and body.
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, body: body.into(), breaks: false }
    }

    /// The same reply over a line that breaks behind it.
    #[must_use]
    pub fn broken(self) -> Self {
        Self { breaks: true, ..self }
    }

    fn response<B>(&self, body: B) -> Result<http::Response<B>, TransportError> {
        let response = http::Response::builder().status(self.status).body(body);
        response.map_err(|error| TransportError::new(TransportErrorKind::Other, error))
    }
}

impl blocking::Transport for Reply {
    fn send(&self, _request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.response(self.body.clone().into_bytes())
    }
}

impl blocking::StreamingTransport for Reply {
    type Body = Chunked;

    fn send_streaming(
        &self,
        _request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunked>, TransportError> {
        let body = Chunked { breaks: self.breaks, ..Chunked::new(self.body.clone().into_bytes(), 5) };
        self.response(body)
    }
}
