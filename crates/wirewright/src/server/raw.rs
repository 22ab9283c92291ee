//! Replies without an envelope as responses.

use http::header;

use crate::{exchange::raw_reply::RawReply, server::respond::respond};

/// The response that carries a reply without an envelope. A header that cannot be sent is left out.
pub fn write_raw(reply: RawReply) -> http::Response<Vec<u8>> {
    let content_type = reply.content_type.unwrap_or_default();
    let mut response = respond(reply.status, &content_type, reply.body.into_exposed());
    if content_type.is_empty() {
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    if let Some(Ok(location)) = reply.location.map(|location| location.parse()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
