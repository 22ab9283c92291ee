//! What the head of a response says of the bytes of its body.

use http::{HeaderMap, header, response::Parts};

use crate::{describe::protocol::Operation, text::charset::DeclaredCharset};

/// Among the extensions of a response: its body has been made UTF-8, whatever its head says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InUtf8;

/// What is said of the charset of a response's body.
pub(crate) fn declared(parts: &Parts, operation: &Operation) -> DeclaredCharset {
    match parts.extensions.get::<InUtf8>() {
        Some(InUtf8) => DeclaredCharset::utf_8(),
        None => DeclaredCharset::new(content_type(&parts.headers), operation.protocol.charset),
    }
}

/// The Content-Type; of several the last one that is one, as browsers have it (RFC 9110, section 8.3).
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    let is_type = |value: &str| essence(value).contains('/');
    let mut found = None;
    for value in headers.get_all(header::CONTENT_TYPE).iter().filter_map(|value| value.to_str().ok()) {
        if is_type(value) || found.is_none_or(|known| !is_type(known)) {
            found = Some(value);
        }
    }
    found
}

/// The media type without its parameters.
pub(crate) fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The coding that a body is still in: whoever reads one takes it off, and the header with it.
pub(crate) fn coding(headers: &HeaderMap) -> Option<String> {
    let named = headers.get_all(header::CONTENT_ENCODING).iter();
    let mut codings = named.map(|value| value.to_str().unwrap_or("[not ASCII]").trim());
    codings.find(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity")).map(str::to_owned)
}

/// Whether a media type is that of something else than text, whatever its bytes look like.
pub(crate) fn is_binary(headers: &HeaderMap) -> bool {
    let Some(media_type) = content_type(headers).map(|value| essence(value).to_ascii_lowercase()) else {
        return false;
    };
    let (kind, sub) = media_type.split_once('/').unwrap_or_default();
    match kind {
        "image" => !sub.ends_with("xml"),
        "audio" | "video" | "font" | "model" => true,
        "application" => matches!(sub, "pdf" | "zip" | "gzip" | "x-gzip" | "wasm" | "msword"),
        _ => false,
    }
}
