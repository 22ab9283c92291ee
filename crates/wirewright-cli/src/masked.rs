//! What goes over the wire, as people may see it: without secrets.

use http::{HeaderMap, Method, StatusCode, Uri, header};
use wirewright::{catalog::Vendor, zeroize::Zeroizing};

/// Longer bodies are not shown to their end, in bytes.
const SHOWN: usize = 16 << 10;

/// What stands for a secret.
const REDACTED: &str = "[redacted]";

/// Shows the messages of a vendor.
pub(crate) struct Masked {
    vendor: &'static Vendor,
    /// Secrets that are known by now: a text that is in none of the vendor's formats may have them anywhere.
    secrets: Vec<Zeroizing<String>>,
    /// The names of parameters that the definition does not tell of, as they are written in a URL: their values may be secrets.
    unknown: Vec<String>,
}

impl Masked {
    pub(crate) const fn new(vendor: &'static Vendor) -> Self {
        Self { vendor, secrets: Vec::new(), unknown: Vec::new() }
    }

    /// A value that must not be seen from now on.
    pub(crate) fn hide(&mut self, secret: &str) {
        // What is so short is everywhere.
        if secret.len() > 2 {
            self.secrets.push(secret.to_owned().into());
        }
    }

    /// A parameter that the definition does not tell of.
    pub(crate) fn hide_parameter(&mut self, name: &str) {
        self.unknown.push(form_urlencoded::byte_serialize(name.as_bytes()).collect());
    }

    /// A form-urlencoded text without the values that nobody can know to be none.
    fn without_unknown(&self, text: &str) -> String {
        let mask = |pair: &str| match pair.split_once('=') {
            Some((name, _)) if self.unknown.iter().any(|unknown| unknown == name) => {
                format!("{name}={REDACTED}")
            }
            _ => pair.to_owned(),
        };
        text.split('&').map(mask).collect::<Vec<_>>().join("&")
    }

    /// A request's first line, as in `POST /auth/logout?f=json`.
    pub(crate) fn request_line(&self, method: &Method, uri: &Uri) -> String {
        let shown = self.vendor.redact_uri(uri);
        match shown.split_once('?') {
            Some((url, query)) => format!("{method} {url}?{}", self.without_unknown(query)),
            None => format!("{method} {shown}"),
        }
    }

    /// A request's first line and its headers, each in a line behind this mark.
    pub(crate) fn request_head(&self, mark: char, method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
        format!("{mark} {}\n{}", self.request_line(method, uri), self.headers(mark, headers))
    }

    /// A response's status and its headers, each in a line behind this mark.
    pub(crate) fn response_head(&self, mark: char, status: StatusCode, headers: &HeaderMap) -> String {
        format!("{mark} HTTP {status}\n{}", self.headers(mark, headers))
    }

    fn headers(&self, mark: char, headers: &HeaderMap) -> String {
        marked(mark, self.header_lines(headers))
    }

    /// The headers of a message, without those that say nothing to people.
    pub(crate) fn header_lines(&self, headers: &HeaderMap) -> impl Iterator<Item = String> {
        let boring =
            [header::CONTENT_LENGTH, header::DATE, header::CACHE_CONTROL, header::X_CONTENT_TYPE_OPTIONS];
        headers.iter().filter(move |(name, _)| !boring.contains(name)).map(|(name, value)| {
            let sensitive = value.is_sensitive() || self.vendor.is_secret(name.as_str());
            let cookie =
                [header::COOKIE, header::SET_COOKIE, header::AUTHORIZATION, header::LOCATION].contains(name);
            let shown = value.to_str().ok().filter(|_| !sensitive && !cookie).unwrap_or(REDACTED);
            format!("{name}: {shown}")
        })
    }

    /// A body in lines behind this mark, and an empty line.
    pub(crate) fn body(&self, mark: char, headers: &HeaderMap, body: &[u8]) -> String {
        let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default();
        let mut described = self.vendor.redact_body(media_type, body);
        if media_type == "application/x-www-form-urlencoded" {
            described = self.without_unknown(&described);
        }
        let text = self.foreign_text(&described, body).unwrap_or(described);
        if text.is_empty() {
            return "\n".to_owned();
        }
        let end =
            (0..=SHOWN.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        let (shown, rest) = text.split_at(end);
        let mut lines = marked(mark, shown.lines());
        if !rest.is_empty() {
            lines.push_str(&marked(mark, [format!("… ({} bytes more)", rest.len())]));
        }
        lines.push('\n');
        lines
    }

    /// A text that is in none of the vendor's formats, a gateway's page say, without what looks like a secret. `None`: it is in one of
    /// them, or is no text.
    fn foreign_text(&self, described: &str, body: &[u8]) -> Option<String> {
        // A list in JSON begins so as well.
        if !(described.starts_with('[') && described.contains(" bytes ")) {
            return None;
        }
        let text = std::str::from_utf8(body).ok()?;
        if text.contains(|sign: char| sign.is_control() && !sign.is_ascii_whitespace()) {
            return None;
        }
        let mut text = text.to_owned();
        for secret in &self.secrets {
            text = text.replace(secret.as_str(), REDACTED);
        }
        Some(without_tokens(&text))
    }
}

/// Lines behind a mark.
fn marked(mark: char, lines: impl IntoIterator<Item: AsRef<str>>) -> String {
    let mut text = String::new();
    for line in lines {
        text.push(mark);
        text.push(' ');
        text.push_str(line.as_ref());
        text.push('\n');
    }
    text
}

/// The text without runs of letters and digits that are as long as keys are.
fn without_tokens(text: &str) -> String {
    const LONG: usize = 20;
    let of_token = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '/' | '_' | '-' | '=');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(of_token) {
        let (before, run) = rest.split_at(start);
        let (run, behind) = run.split_at(run.find(|sign| !of_token(sign)).unwrap_or(run.len()));
        let is_token = run.len() >= LONG
            && run.contains(|sign: char| sign.is_ascii_digit())
            && run.contains(|sign: char| sign.is_ascii_alphabetic());
        shown.extend([before, if is_token { REDACTED } else { run }]);
        rest = behind;
    }
    shown + rest
}
