//! Messages and what was read of them, as text.

use std::fmt::{Debug, Write as _};

use http::{Request as HttpRequest, Response, header};

use crate::{describe::protocol::Operation, server::rejection::Rejection, wire::OwnedMessage};

pub(super) fn show_request(request: &HttpRequest<Vec<u8>>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    let of_body = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    for (name, value) in request.headers().iter().filter(|(name, _)| !of_body.contains(name)) {
        let _ = writeln!(text, "{name}: {}", value.to_str().unwrap_or_default());
    }
    if let Some(content_type) = request.headers().get(header::CONTENT_TYPE) {
        let _ = writeln!(text, "Content-Type: {}", content_type.to_str().unwrap_or_default());
        let _ = writeln!(text, "\n{}", String::from_utf8_lossy(request.body()));
    }
    text
}

pub(super) fn show_response(operation: &Operation, response: &Response<Vec<u8>>) -> String {
    let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut text = format!("HTTP {}\n", response.status().as_u16());
    let _ = writeln!(text, "Content-Type: {}", content_type.unwrap_or("none"));
    if !operation.reply_headers.is_empty() {
        let usual = [header::CONTENT_TYPE, header::X_CONTENT_TYPE_OPTIONS, header::CACHE_CONTROL];
        for (name, value) in response.headers().iter().filter(|(name, _)| !usual.contains(name)) {
            let _ = writeln!(text, "{name}: {}", value.to_str().unwrap_or_default());
        }
    }
    let _ = writeln!(text, "\n{}\n", String::from_utf8_lossy(response.body()));
    text
}

pub(super) fn show_outcome<A: Debug, F: crate::exchange::typed::Failure>(
    outcome: &Result<A, crate::exchange::error::Error<F>>,
) -> String {
    match outcome {
        Ok(answer) => format!("{answer:#?}\n"),
        Err(crate::exchange::error::Error::Vendor(error)) => format!("{error}\n{:#?}\n", error.failure),
        Err(error) => format!("{error}\n"),
    }
}

/// Whether it could be read.
pub(super) fn show_part<T: OwnedMessage + Debug>(
    text: &mut String,
    name: &str,
    part: Result<T, Rejection>,
) -> bool {
    if T::SHAPE.members.is_empty() {
        return true;
    }
    let read = part.is_ok();
    let _ = match part {
        Ok(part) => writeln!(text, "{name}: {part:#?}"),
        Err(refused) => writeln!(text, "{name}: {refused:?}"),
    };
    read
}
