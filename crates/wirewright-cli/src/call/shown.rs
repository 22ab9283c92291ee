//! A transport whose exchanges are written down, without their secrets.

use std::{cell::RefCell, io::Write, time::Duration};

use http::{Request, Response};
use wirewright::{
    catalog::Vendor,
    client::{Environment, RequestBody, TransportError, blocking::Transport},
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
        Self { transport, masked, out, exchanges, last: RefCell::default() }
    }

    /// A value that must not be seen from now on.
    pub(super) fn hide(&self, secret: &str) {
        self.masked.borrow_mut().hide(secret);
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
