//! Replies that are no envelope: images, documents, redirects.

use std::borrow::Cow;

use http::{HeaderMap, header};

use crate::{
    Format, Limits,
    describe::{protocol::Operation, raw::RawDescription},
    exchange::{
        body::Body,
        bytes::{coding, content_type},
        code_header,
        envelope_reply::{is_refused, is_refused_by_status, packed, vendor},
        error::{Error, HttpError},
        raw_reply::RawReply,
        reading::ReplyReading,
    },
    transport::request_id::RequestId,
};

/// Reads the response to a request whose reply is no envelope. An envelope with the vendor's error is one nevertheless. The answer
/// or the failure is in `reading` then.
pub(crate) fn read(
    operation: &'static Operation,
    description: &RawDescription,
    reading: &mut dyn ReplyReading,
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<(), Error<()>> {
    let (parts, bytes) = response.into_parts();
    let no_reply = |reason: Cow<'static, str>, bytes| {
        Err(Error::Http(Box::new(HttpError::new(&parts, reason, Body::new(bytes)))))
    };
    if let Some(coding) = coding(&parts.headers) {
        if code_header::is_refused(operation, reading, &parts.headers)
            || !description.is_success(parts.status) && is_refused_by_status(reading, parts.status)
        {
            return Err(vendor(operation, &parts, bytes));
        }
        return no_reply(packed(&coding), bytes);
    }
    if bytes.len() > limits.max_bytes() {
        return no_reply("the body is larger than the limit".into(), bytes);
    }
    if is_refused(operation, reading, &parts, asked, &bytes, limits) {
        let sent: Option<&RequestId> = parts.extensions.get();
        if let Some(sent) = sent
            && let Some(echoed) = sent.another(reading.failure().and_then(|failure| failure.request_id()))
        {
            return Err(Error::mismatched(sent.clone(), echoed, parts.status, bytes));
        }
        return Err(vendor(operation, &parts, bytes));
    }
    if code_header::is_refused(operation, reading, &parts.headers) {
        return Err(vendor(operation, &parts, bytes));
    }
    let content_type = content_type(&parts.headers).map(str::to_owned);
    if !description.is_success(parts.status) {
        if is_refused_by_status(reading, parts.status) {
            return Err(vendor(operation, &parts, bytes));
        }
        return no_reply("the status is none of the operation's".into(), bytes);
    }
    // What is in a redirect is for people.
    if !parts.status.is_redirection() && !description.takes(content_type.as_deref()) {
        return no_reply("the media type is none of the operation's".into(), bytes);
    }
    let location = text(&parts.headers, header::LOCATION);
    let reply = RawReply { status: parts.status, content_type, location, body: Body::new(bytes) };
    match reading.raw(reply) {
        Ok(()) => Ok(()),
        Err(reply) => no_reply("the operation has no raw replies".into(), reply.body.into_exposed()),
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
