//! A transport whose exchanges are written down, without their secrets.

use std::{cell::RefCell, io::Write, time::Duration};

use http::{HeaderMap, Request, Response, header};
use wirewright::{
    catalog::Vendor,
    client::{Environment, RequestBody, TransportError, blocking::Transport},
};

/// Longer bodies are not shown to their end, in bytes.
const SHOWN: usize = 16 << 10;

/// Sends by HTTP, and shows what was sent and what came.
pub(super) struct Shown<'w> {
    transport: wirewright_ureq::Transport,
    vendor: &'static Vendor,
    out: RefCell<&'w mut dyn Write>,
}

impl<'w> Shown<'w> {
    pub(super) fn new(vendor: &'static Vendor, timeout: Option<Duration>, out: &'w mut dyn Write) -> Self {
        let usual = wirewright_ureq::Transport::new();
        let transport = match timeout {
            Some(timeout) => usual.with_timeout(timeout),
            None => usual,
        };
        Self { transport, vendor, out: RefCell::new(out) }
    }

    /// Nobody may be reading, which is no reason to stop.
    pub(super) fn say(&self, text: &str) {
        let mut out = self.out.borrow_mut();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    fn head<B>(&self, request: &Request<B>) {
        let url = self.vendor.redact_uri(request.uri());
        self.say(&format!("> {} {url}\n", request.method()));
        self.headers('>', request.headers());
    }

    fn headers(&self, direction: char, headers: &HeaderMap) {
        let boring =
            [header::CONTENT_LENGTH, header::DATE, header::CACHE_CONTROL, header::X_CONTENT_TYPE_OPTIONS];
        for (name, value) in headers.iter().filter(|(name, _)| !boring.contains(name)) {
            let sensitive = value.is_sensitive() || self.vendor.is_secret(name.as_str());
            let cookie =
                [header::COOKIE, header::SET_COOKIE, header::AUTHORIZATION, header::LOCATION].contains(name);
            let shown = value.to_str().ok().filter(|_| !sensitive && !cookie).unwrap_or("[redacted]");
            self.say(&format!("{direction} {name}: {shown}\n"));
        }
    }

    fn body(&self, direction: char, headers: &HeaderMap, body: &[u8]) {
        let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let text = self.vendor.redact_body(media_type.unwrap_or_default(), body);
        if text.is_empty() {
            return self.say("\n");
        }
        let end =
            (0..=SHOWN.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        let (shown, rest) = text.split_at(end);
        for line in shown.lines() {
            self.say(&format!("{direction} {line}\n"));
        }
        if !rest.is_empty() {
            self.say(&format!("{direction} … ({} bytes more)\n", rest.len()));
        }
        self.say("\n");
    }

    fn response(&self, response: &Response<Vec<u8>>) {
        self.say(&format!("< HTTP {}\n", response.status()));
        self.headers('<', response.headers());
        self.body('<', response.headers(), response.body());
    }
}

impl Transport for Shown<'_> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.head(&request);
        self.body('>', request.headers(), request.body());
        let response = self.transport.send(request)?;
        self.response(&response);
        Ok(response)
    }

    fn upload(&self, request: Request<RequestBody>) -> Result<Response<Vec<u8>>, TransportError> {
        self.head(&request);
        self.say("> [a form with files]\n\n");
        let response = self.transport.upload(request)?;
        self.response(&response);
        Ok(response)
    }

    fn environment(&self) -> &dyn Environment {
        self.transport.environment()
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        self.say(&format!("* {} ms later, again\n", duration.as_millis()));
        self.transport.wait(duration)
    }
}
