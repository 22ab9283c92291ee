//! The error's code in a header of a refused call's reply, which tells what a body may not.

use http::HeaderMap;
#[cfg(feature = "server")]
use http::{HeaderName, HeaderValue};

use crate::{describe::protocol::Operation, exchange::reading::ReplyReading};

/// Whether a header says that the vendor refused, and keeps that failure then: what the body told of one comes before it.
pub(crate) fn is_refused(
    operation: &'static Operation,
    reading: &mut dyn ReplyReading,
    headers: &HeaderMap,
) -> bool {
    let header = operation.protocol.code_header.and_then(|name| headers.get(name));
    let code = header.and_then(|value| value.to_str().ok()).map(str::trim).filter(|code| !code.is_empty());
    if let Some(code) = code {
        reading.refused(code, None);
    }
    code.is_some()
}

/// Puts the code where a client looks for it. One that no header can carry is in the body alone.
#[cfg(feature = "server")]
pub(crate) fn write(operation: &'static Operation, code: &str, headers: &mut HeaderMap) {
    let Some(name) = operation.protocol.code_header else { return };
    if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(code)) {
        headers.insert(name, value);
    }
}
