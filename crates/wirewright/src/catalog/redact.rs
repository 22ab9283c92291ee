//! Wire text without a vendor's secrets, for people to look at.

use quick_xml::{Reader, events::Event};

use super::Vendor;
use crate::{
    Format, Limits,
    codec::general::{json, xml},
    text::{jsonp::strip_callback, sniff, xml::local},
};

/// What stands for a secret.
const REDACTED: &str = "[redacted]";

impl Vendor {
    /// `text` with `[redacted]` for every value whose name is that of one of the [secrets](Self::secrets), and for all that is inside
    /// of it. The rest stays as it is, but for XML's comments, processing instructions and DOCTYPE, which nobody has described. JSON
    /// may be JSONP.
    ///
    /// A text that is no `format` is not shown at all, but for its length: a secret can be anywhere in it.
    ///
    /// ```
    /// use wirewright::{Format, catalog::Vendor};
    ///
    /// fn show(vendor: &Vendor) {
    ///     assert!(vendor.is_secret("token") && !vendor.is_secret("user"));
    ///     let shown = |format, text| vendor.redact(format, text);
    ///     assert_eq!(shown(Format::Query, "user=ada&data.token=3f2a"), "user=ada&data.token=[redacted]");
    ///     assert_eq!(shown(Format::Json, r#"{"token": {"a": 1}, "n": 2}"#), r#"{"token": "[redacted]", "n": 2}"#);
    ///     assert_eq!(shown(Format::Xml, "<x><token>3f2a</token></x>"), "<x><token>[redacted]</token></x>");
    ///     assert_eq!(shown(Format::Xml, "<token>3f2a"), "[11 bytes that are no XML]");
    /// }
    /// # show(&Vendor {
    /// #     name: "lantern", title: "Lantern", doc: "", operations: &[], facts: &[], parameters: &[], errors: &[],
    /// #     secrets: &["token"], next_calls: &[],
    /// # });
    /// ```
    pub fn redact(&self, format: Format, text: &str) -> String {
        let redacted = match format {
            Format::Xml => self.redact_xml(text),
            Format::Json => self.redact_json(text),
            Format::Query => Some(self.redact_query(text)),
        };
        redacted.unwrap_or_else(|| format!("[{} bytes that are no {format}]", text.len()))
    }

    /// A body of this media type as [`redact`](Self::redact) has it. What its first letter says of its format takes precedence over its media
    /// type, which is often wrong. A body that is in none of the formats is not shown, but for its length and its type.
    ///
    /// ```
    /// use wirewright::catalog::Vendor;
    ///
    /// fn show(vendor: &Vendor) {
    ///     assert_eq!(vendor.redact_body("text/html", br#"{"token":"3f2a"}"#), r#"{"token":"[redacted]"}"#);
    ///     assert_eq!(vendor.redact_body("text/plain", b"the token is 3f2a"), "[17 bytes of text/plain]");
    ///     assert_eq!(vendor.redact_body("image/png", b"\x89PNG"), "[4 bytes of image/png]");
    /// }
    /// # show(&Vendor {
    /// #     name: "lantern", title: "Lantern", doc: "", operations: &[], facts: &[], parameters: &[], errors: &[],
    /// #     secrets: &["token"], next_calls: &[],
    /// # });
    /// ```
    pub fn redact_body(&self, media_type: &str, body: &[u8]) -> String {
        if body.is_empty() {
            return String::new();
        }
        let media_type = media_type.to_ascii_lowercase();
        // Any text looks like pairs: whether it has any, its type says. Vendors send them as XML too.
        let is_pairs = media_type.contains("urlencoded") || media_type.contains("xml");
        let text = std::str::from_utf8(body).ok();
        let format = text.and_then(sniff).filter(|format| *format != Format::Query || is_pairs);
        match (text, format) {
            (Some(text), Some(format)) => self.redact(format, text),
            _ if media_type.is_empty() => format!("[{} bytes]", body.len()),
            _ => format!("[{} bytes of {media_type}]", body.len()),
        }
    }

    /// A URL with `[redacted]` for the secrets of its query. Its path stays as it is.
    ///
    /// ```
    /// use wirewright::catalog::Vendor;
    ///
    /// fn show(vendor: &Vendor) {
    ///     let url = "https://api.lantern.example/rpc?cmd=show&token=3f2a".parse().unwrap();
    ///     assert_eq!(vendor.redact_uri(&url), "https://api.lantern.example/rpc?cmd=show&token=[redacted]");
    /// }
    /// # show(&Vendor {
    /// #     name: "lantern", title: "Lantern", doc: "", operations: &[], facts: &[], parameters: &[], errors: &[],
    /// #     secrets: &["token"], next_calls: &[],
    /// # });
    /// ```
    pub fn redact_uri(&self, uri: &http::Uri) -> String {
        let mut shown = String::new();
        if let Some((scheme, host)) = uri.scheme_str().zip(uri.host()) {
            // What else an authority may have is a name and a password.
            let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
            shown = format!("{scheme}://{host}{port}");
        }
        shown += uri.path();
        if let Some(query) = uri.query() {
            shown += "?";
            shown += &self.redact_query(query);
        }
        shown
    }

    fn redact_query(&self, text: &str) -> String {
        let pair = |pair: &str| match pair.split_once('=') {
            Some((name, _)) if self.hides(name) => format!("{name}={REDACTED}"),
            _ => pair.to_owned(),
        };
        text.split('&').map(pair).collect::<Vec<_>>().join("&")
    }

    /// Whether a name of a pair is a secret's: itself, or a part of a nested name or of one with the number of an item.
    fn hides(&self, name: &str) -> bool {
        let decoded = form_urlencoded::parse(name.as_bytes()).next();
        let decoded = decoded.map(|(name, _)| name).unwrap_or_default();
        let mut parts =
            decoded.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-'));
        self.is_secret(&decoded) || parts.any(|part| self.is_secret(part))
    }

    fn redact_json(&self, text: &str) -> Option<String> {
        let (callback, inside) = strip_callback(text);
        // Whatever the loop below goes over is JSON.
        json::read::parse(inside, Limits::new()).ok()?;
        let mut out = String::with_capacity(inside.len());
        let mut rest = inside;
        while let Some(start) = rest.find('"') {
            let (before, string) = rest.split_at(start);
            let end = string_end(string)?;
            let (string, behind) = string.split_at(end);
            out += before;
            out += string;
            rest = behind;
            let value = behind.trim_ascii_start().strip_prefix(':').map(str::trim_ascii_start);
            // Only a name has a colon behind it.
            if let Some(value) = value
                && self.hides_member(string)
            {
                out += behind.get(..behind.len() - value.len())?;
                out += "\"";
                out += REDACTED;
                out += "\"";
                rest = value.get(value_end(value)?..)?;
            }
        }
        out += rest;
        Some(match callback {
            Some(callback) => format!("{callback}({out});"),
            None => out,
        })
    }

    /// Whether a name, a string of JSON with its quotes, is a secret's. One that is an attribute in XML may have its `@`.
    fn hides_member(&self, quoted: &str) -> bool {
        let name = serde_json::from_str::<String>(quoted);
        name.map_or(true, |name| self.is_secret(&name) || self.is_secret(name.trim_start_matches('@')))
    }

    fn redact_xml(&self, text: &str) -> Option<String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Whatever the loop below goes over is well-formed.
        xml::read::parse(text, Limits::new()).ok()?;
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        let mut out = String::with_capacity(text.len());
        // How many elements are open, and outside how many of them a secret began.
        let (mut depth, mut secret): (usize, Option<usize>) = (0, None);
        let mut start = 0;
        loop {
            let event = reader.read_event().ok()?;
            let end = usize::try_from(reader.buffer_position()).ok()?;
            let raw = text.get(start..end)?;
            start = end;
            match event {
                Event::Eof => return Some(out),
                Event::Start(_) => {
                    if secret.is_none() {
                        self.redact_tag(raw, &mut out)?;
                        if self.is_secret(tag_name(raw)) {
                            secret = Some(depth);
                            out += REDACTED;
                        }
                    }
                    depth += 1;
                }
                Event::End(_) => {
                    depth = depth.checked_sub(1)?;
                    if secret == Some(depth) {
                        secret = None;
                    }
                    if secret.is_none() {
                        out += raw;
                    }
                }
                Event::Empty(_) if secret.is_none() => self.redact_tag(raw, &mut out)?,
                Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) | Event::Decl(_)
                    if secret.is_none() =>
                {
                    out += raw;
                }
                // What is in a comment nobody has described.
                _ => {}
            }
        }
    }

    /// Writes a start tag without the secrets among its attributes.
    fn redact_tag(&self, raw: &str, out: &mut String) -> Option<()> {
        let mut rest = raw;
        while let Some(equals) = rest.find('=') {
            let (before, behind) = rest.split_at(equals);
            let name = before.trim_ascii_end().rsplit(|letter: char| letter.is_ascii_whitespace()).next()?;
            let quote = behind.find(['"', '\''])?;
            let (opening, value) = behind.split_at_checked(quote + 1)?;
            let mark = opening.chars().next_back()?;
            let end = value.find(mark)?;
            out.extend([before, opening]);
            out.push_str(if self.is_secret(local(name)) { REDACTED } else { value.get(..end)? });
            out.push(mark);
            rest = value.get(end + 1..)?;
        }
        out.push_str(rest);
        Some(())
    }
}

/// The local name of a start tag.
fn tag_name(raw: &str) -> &str {
    let inside = raw.trim_start_matches('<').trim_end_matches(['>', '/']);
    local(inside.split(|letter: char| letter.is_ascii_whitespace()).next().unwrap_or_default())
}

/// Where a string of JSON ends that `text` begins with, behind its quote.
fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// Where a value of JSON ends that `text` begins with.
fn value_end(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let rest = text.get(at..)?;
        match *rest.as_bytes().first()? {
            b'"' => at += string_end(rest)?,
            b'{' | b'[' => (depth, at) = (depth + 1, at + 1),
            b'}' | b']' => (depth, at) = (depth.checked_sub(1)?, at + 1),
            // A number or a word ends where its letters do.
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.') => {
                let is_end =
                    |byte: &u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.'));
                at += rest.as_bytes().iter().position(is_end).unwrap_or(rest.len());
            }
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}
