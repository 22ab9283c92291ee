//! A transport whose exchanges are written down, without their secrets.

use std::{
    cell::{Cell, RefCell},
    io::{self, Write},
    rc::Rc,
    time::Duration,
};

use http::{Request, Response, header};
use wirewright::{
    catalog::Vendor,
    client::{
        Environment, RequestBody, TransportError, TransportErrorKind,
        blocking::{Chunks, StreamingTransport, Transport},
    },
};

use crate::masked::Masked;

/// Sends by HTTP, and shows what was sent and what came.
pub(super) struct Shown<'w> {
    transport: wirewright_ureq::Transport,
    masked: RefCell<Masked>,
    out: RefCell<&'w mut dyn Write>,
    exchanges: bool,
    /// What came last.
    last: RefCell<Option<Response<Vec<u8>>>>,
    streamed: Rc<Streamed>,
}

/// How far a body has come that is read while it comes.
#[derive(Debug, Default)]
pub(super) struct Streamed {
    pub(super) bytes: Cell<u64>,
    /// How many bytes it has, where the vendor says so.
    pub(super) total: Cell<Option<u64>>,
    /// How many it may have.
    max: Cell<Option<u64>>,
}

impl<'w> Shown<'w> {
    /// A transport that shows exchanges, or only what is to be said beside them.
    pub(super) fn new(
        vendor: &'static Vendor,
        timeout: Option<Duration>,
        out: &'w mut dyn Write,
        exchanges: bool,
    ) -> Self {
        let usual = wirewright_ureq::Transport::new();
        let transport = match timeout {
            Some(timeout) => usual.with_timeout(timeout),
            None => usual,
        };
        let (masked, out) = (RefCell::new(Masked::new(vendor)), RefCell::new(out));
        Self { transport, masked, out, exchanges, last: RefCell::default(), streamed: Rc::default() }
    }

    /// What is told of a body that is read while it comes; it may have so many bytes.
    pub(super) fn streamed(&self, max: Option<u64>) -> Rc<Streamed> {
        self.streamed.max.set(max);
        Rc::clone(&self.streamed)
    }

    /// A value that must not be seen from now on.
    pub(super) fn hide(&self, secret: &str) {
        self.masked.borrow_mut().hide(secret);
    }

    /// A parameter that the definition does not tell of, whose value is not shown from now on.
    pub(super) fn hide_parameter(&self, name: &str) {
        self.masked.borrow_mut().hide_parameter(name);
    }

    /// The response that came last.
    pub(super) fn take_last(&self) -> Option<Response<Vec<u8>>> {
        self.last.borrow_mut().take()
    }

    /// Says something about what is done. Nobody may be reading, which is no reason to stop.
    pub(super) fn say(&self, text: &str) {
        let mut out = self.out.borrow_mut();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    fn show(&self, text: impl FnOnce(&Masked) -> String) {
        if self.exchanges {
            self.say(&text(&self.masked.borrow()));
        }
    }

    fn response(&self, response: &Response<Vec<u8>>) {
        self.show(|masked| {
            let head = masked.response_head('<', response.status(), response.headers());
            head + &masked.body('<', response.headers(), response.body())
        });
        *self.last.borrow_mut() = Some(response.clone());
    }
}

impl Transport for Shown<'_> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.show(|masked| {
            let head = masked.request_head('>', request.method(), request.uri(), request.headers());
            head + &masked.body('>', request.headers(), request.body())
        });
        let response = self.transport.send(request)?;
        self.response(&response);
        Ok(response)
    }

    fn upload(&self, request: Request<RequestBody>) -> Result<Response<Vec<u8>>, TransportError> {
        self.show(|masked| {
            let head = masked.request_head('>', request.method(), request.uri(), request.headers());
            head + "> [a form with files]\n\n"
        });
        let response = self.transport.upload(request)?;
        self.response(&response);
        Ok(response)
    }

    fn environment(&self) -> &dyn Environment {
        self.transport.environment()
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        self.show(|_| format!("* {} ms later, again\n", duration.as_millis()));
        self.transport.wait(duration)
    }
}

/// The body of a response that is read while it comes, and counted.
pub(super) struct Body {
    inner: wirewright_ureq::Body,
    streamed: Rc<Streamed>,
}

impl Chunks for Body {
    fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError> {
        let chunk = self.inner.next_chunk()?;
        let Streamed { bytes, max, .. } = &*self.streamed;
        bytes.set(bytes.get() + chunk.map_or(0, |chunk| chunk.len() as u64));
        match max.get().filter(|max| bytes.get() > *max) {
            Some(max) => {
                let told = format!("the reply has more than the {max} bytes that `--max-bytes` allows");
                Err(TransportError::new(TransportErrorKind::TooLarge, io::Error::other(told)))
            }
            None => Ok(chunk),
        }
    }
}

impl StreamingTransport for Shown<'_> {
    type Body = Body;

    fn send_streaming(&self, request: Request<Vec<u8>>) -> Result<Response<Body>, TransportError> {
        self.show(|masked| {
            let head = masked.request_head('>', request.method(), request.uri(), request.headers());
            head + &masked.body('>', request.headers(), request.body())
        });
        let response = self.transport.send_streaming(request)?;
        self.show(|masked| {
            masked.response_head('<', response.status(), response.headers())
                + "< [a body that is read while it comes]\n\n"
        });
        let (parts, inner) = response.into_parts();
        let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        self.streamed.bytes.set(0);
        self.streamed.total.set(length.and_then(|length| length.parse().ok()));
        *self.last.borrow_mut() = Some(Response::from_parts(parts.clone(), Vec::new()));
        Ok(Response::from_parts(parts, Body { inner, streamed: Rc::clone(&self.streamed) }))
    }
}
