//! Requests that somebody changes on their way, after they were signed.

use http::{HeaderValue, Request, Response, header};
use wirewright::client::{Environment, TransportError, blocking};
use wirewright_ureq::Transport;

/// What is done to a request.
pub(crate) type Change = fn(&mut Request<Vec<u8>>);

/// A transport that changes each request before it is sent.
#[derive(Debug)]
pub(crate) struct Changed {
    transport: Transport,
    change: Change,
}

impl Changed {
    pub(crate) fn new(change: Change) -> Self {
        Self { transport: Transport::new(), change }
    }
}

impl blocking::Transport for Changed {
    fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        (self.change)(&mut request);
        self.transport.send(request)
    }

    fn environment(&self) -> &dyn Environment {
        self.transport.environment()
    }
}

/// Changes one character of the signature, which is the end of the header `Authorization`.
pub(crate) fn signature(request: &mut Request<Vec<u8>>) {
    let Some(value) = request.headers_mut().get_mut(header::AUTHORIZATION) else { return };
    let mut bytes = value.as_bytes().to_vec();
    // Not the padding of base64, nor the bits in front of it that say nothing.
    let Some(at) = bytes.len().checked_sub(8) else { return };
    bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
    if let Ok(changed) = HeaderValue::from_bytes(&bytes) {
        *value = changed;
    }
}
