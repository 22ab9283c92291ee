//! Requests and responses for people: names are shown, values never.

use std::fmt;

use http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};

use crate::{
    Format,
    describe::protocol::{Content, Operation},
    mask,
    text::{jsonp::strip_callback, sniff},
    transport::endpoint::is_loopback,
};

/// How much of a body is shown, in bytes.
const SHOWN: usize = 4096;

/// The headers that speak of a message and not of its sender.
const PLAIN: [HeaderName; 6] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::DATE,
    header::RETRY_AFTER,
];

pub(crate) fn request(
    f: &mut fmt::Formatter<'_>,
    operation: &'static Operation,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> fmt::Result {
    let (hidden, host) = host(operation, uri.host().unwrap_or_default());
    write!(f, "> {method} {}://{hidden}{host}", uri.scheme_str().unwrap_or_default())?;
    if let Some(port) = uri.port() {
        write!(f, ":{port}")?;
    }
    // A URL that the vendor told may have anything in its path, and so may what is in front of the operation's.
    // Nor is what a parameter has put into it shown.
    match uri.path().strip_suffix(operation.path) {
        None if operation.path.contains('{') => f.write_str(operation.path)?,
        Some("") => f.write_str(operation.path)?,
        Some(_) => write!(f, "/…{}", operation.path)?,
        None => f.write_str("/…")?,
    }
    if let Some(query) = uri.query() {
        write!(f, "?{}", mask::pairs(query, SHOWN))?;
    }
    lines(f, '>', headers)?;
    let Some(body) = body else { return f.write_str("\n> [not in memory]") };
    let format = match operation.content {
        Content::Parameters => Some(Format::Query),
        Content::Document(document) => Some(document.format),
        #[cfg(feature = "multipart")]
        Content::Multipart { .. } => None,
    };
    content(f, '>', body, format)
}

pub(crate) fn response(
    f: &mut fmt::Formatter<'_>,
    operation: &'static Operation,
    status: StatusCode,
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> fmt::Result {
    write!(f, "< HTTP {}", status.as_u16())?;
    lines(f, '<', headers)?;
    let Some(body) = body else { return f.write_str("\n< [read while it comes]") };
    let sniffed = std::str::from_utf8(body).ok().and_then(sniff);
    // Any text looks like a query string.
    let format = sniffed.filter(|format| *format != Format::Query || operation.formats.contains(format));
    content(f, '<', body, format)
}

/// What stands for the beginning of a host, and the rest of it. Where the operation's own host has places for parameters, so may one
/// that is called in its stead.
fn host<'h>(operation: &Operation, host: &'h str) -> (&'static str, &'h str) {
    match operation.endpoint().rsplit_once('}') {
        Some((_, end)) if !is_loopback(host) => {
            let end = end.split(':').next().unwrap_or_default();
            (
                "…",
                host.get(host.len().saturating_sub(end.len())..)
                    .filter(|rest| *rest == end)
                    .unwrap_or_default(),
            )
        }
        _ => ("", host),
    }
}

fn lines(f: &mut fmt::Formatter<'_>, mark: char, headers: &HeaderMap) -> fmt::Result {
    for (name, value) in headers {
        let shown = value.to_str().ok().filter(|_| PLAIN.contains(name) && !value.is_sensitive());
        write!(f, "\n{mark} {name}: {}", shown.unwrap_or("…"))?;
    }
    Ok(())
}

/// A body on one line. One whose format is not known is not shown.
fn content(f: &mut fmt::Formatter<'_>, mark: char, body: &[u8], format: Option<Format>) -> fmt::Result {
    if body.is_empty() {
        return Ok(());
    }
    let shown: Option<String> = match (std::str::from_utf8(body), format) {
        (Ok(text), Some(Format::Query)) => Some(mask::pairs(text, SHOWN)),
        (Ok(text), Some(Format::Json)) => Some(mask::whole(Format::Json, strip_callback(text).1, SHOWN)),
        (Ok(text), Some(Format::Xml)) => Some(mask::whole(Format::Xml, text, SHOWN)),
        (Err(_), _) | (_, None) => None,
    };
    match shown {
        Some(shown) if body.len() > SHOWN => write!(f, "\n{mark} {shown} [{} bytes in all]", body.len()),
        Some(shown) => write!(f, "\n{mark} {shown}"),
        None => write!(f, "\n{mark} [{} bytes]", body.len()),
    }
}
