//! Replies that are no envelope: images, documents, redirects.

use alloc::{borrow::ToOwned as _, boxed::Box, string::String, vec::Vec};
use core::{fmt, marker::PhantomData};

use http::{HeaderMap, StatusCode, header};

use super::{
    Body, Envelope, Error, Failure, HttpError, MismatchedReply, Nothing, Opened, Operation, Request,
    RequestId, reply::vendor_error, server::respond,
};
use crate::{
    Format, Limits,
    wire::{Aborted, Decoder, Encoder, Fill, FromWire, Message, Record, Shape, Slot, ToWire, Value},
};

/// What a reply without an envelope may be.
#[derive(Debug)]
pub struct RawDescription {
    /// The media types that a body may have, without parameters; empty: any.
    pub media_types: &'static [&'static str],
    /// The statuses of HTTP that mean success; empty: those from 200 to 299.
    pub statuses: &'static [u16],
}

impl RawDescription {
    fn is_success(&self, status: StatusCode) -> bool {
        if self.statuses.is_empty() { status.is_success() } else { self.statuses.contains(&status.as_u16()) }
    }

    fn takes(&self, content_type: Option<&str>) -> bool {
        let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        self.media_types.is_empty()
            || self.media_types.iter().any(|known| known.eq_ignore_ascii_case(essence))
    }
}

/// A reply without an envelope, as HTTP has it. [`Debug`](fmt::Debug) shows neither the body nor where a redirect leads to: either
/// may be a secret.
///
/// ```
/// use wirewright::call::RawReply;
///
/// let image = RawReply::new("image/jpeg", [0xff, 0xd8]);
/// assert_eq!((image.status.as_u16(), image.body.expose().len()), (200, 2));
/// let moved = RawReply::redirect("https://example.com/icon");
/// assert_eq!((moved.status.as_u16(), moved.location.as_deref()), (302, Some("https://example.com/icon")));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawReply {
    /// The status of HTTP.
    pub status: StatusCode,
    /// The Content-Type as it came, parameters and all.
    pub content_type: Option<String>,
    /// Where a redirect leads to.
    pub location: Option<String>,
    /// The body.
    pub body: Body,
}

impl RawReply {
    /// A body under HTTP 200, for the server side and for tests.
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: StatusCode::OK,
            content_type: Some(content_type.to_owned()),
            location: None,
            body: Body::new(body.into()),
        }
    }

    /// A redirect under HTTP 302, for the server side and for tests.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self {
            status: StatusCode::FOUND,
            content_type: None,
            location: Some(location.into()),
            body: Body::new(Vec::new()),
        }
    }

    /// The same under another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("location", &self.location.as_deref().map(Redacted))
            .field("body", &self.body)
            .finish()
    }
}

struct Redacted<'a>(&'a str);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[redacted, {} bytes]", self.0.len())
    }
}

/// Reads the response to a request whose reply is no envelope. An envelope with the vendor's error is one nevertheless.
pub(super) fn read<R: Request>(
    description: &RawDescription,
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<R::Answer, Error<R::Failure>> {
    let (parts, bytes) = response.into_parts();
    let no_reply =
        |reason, bytes| Err(Error::Http(Box::new(HttpError::new(&parts, reason, Body::new(bytes)))));
    if bytes.len() > limits.max_bytes() {
        return no_reply("the body is larger than the limit", bytes);
    }
    if let Some(failure) = vendor_error::<R>(asked, &bytes, limits) {
        let sent: Option<&RequestId> = parts.extensions.get();
        if let Some(sent) = sent
            && let Some(echoed) = sent.another(failure.request_id())
        {
            return Err(MismatchedReply::error(sent.clone(), echoed, parts.status, bytes));
        }
        return Err(super::reply::vendor(failure, parts.status, bytes));
    }
    let content_type = text(&parts.headers, header::CONTENT_TYPE);
    if !description.is_success(parts.status) {
        if let Some(code) = super::reply::told(parts.status) {
            return Err(super::reply::vendor(R::Failure::bare(code), parts.status, bytes));
        }
        return no_reply("the status is none of the operation's", bytes);
    }
    // What stands in a redirect is for people.
    if !parts.status.is_redirection() && !description.takes(content_type.as_deref()) {
        return no_reply("the media type is none of the operation's", bytes);
    }
    let location = text(&parts.headers, header::LOCATION);
    let reply = RawReply { status: parts.status, content_type, location, body: Body::new(bytes) };
    match R::Envelope::raw(reply) {
        Ok(answer) => Ok(answer),
        Err(reply) => no_reply("the operation has no raw replies", reply.body.into_bytes()),
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The response that carries a reply without an envelope. A header that cannot be sent is left out.
pub fn write_raw(reply: RawReply) -> http::Response<Vec<u8>> {
    let content_type = reply.content_type.unwrap_or_default();
    let mut response = respond(reply.status, &content_type, reply.body.into_bytes());
    if content_type.is_empty() {
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    if let Some(Ok(location)) = reply.location.map(|location| location.parse()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Stands where other operations have an envelope. It is on no wire, and holds nothing: a reply without an envelope is written by
/// [`write_raw`].
pub struct RawEnvelope<F>(PhantomData<fn() -> F>);

impl<F> RawEnvelope<F> {
    const NEW: Self = Self(PhantomData);
}

impl<F> fmt::Debug for RawEnvelope<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawEnvelope")
    }
}

impl<F> PartialEq for RawEnvelope<F> {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl<F> ToWire for RawEnvelope<F> {
    fn value(&self) -> Value<'_> {
        Value::Record(self)
    }
}

impl<'de, F> FromWire<'de> for RawEnvelope<F> {
    fn empty() -> Self {
        Self::NEW
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Record(self)
    }
}

impl<F> Message for RawEnvelope<F> {
    const SHAPE: &'static Shape = Nothing::SHAPE;
}

impl<F> Record for RawEnvelope<F> {
    fn encode_fields(&self, encoder: &mut dyn Encoder) {
        Nothing {}.encode_fields(encoder);
    }
}

impl<'de, F> Fill<'de> for RawEnvelope<F> {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        Nothing {}.decode_fields(decoder)
    }

    fn clear(&mut self) {}
}

impl<F: Failure> Envelope for RawEnvelope<F> {
    type Answer = RawReply;
    type Failure = F;

    fn open(self) -> Opened<RawReply, F> {
        Opened::NoStatus
    }

    fn seal(_answer: RawReply, _operation: &'static Operation) -> Self {
        Self::NEW
    }

    fn refuse(_failure: F, _path: &str) -> Self {
        Self::NEW
    }

    fn raw(reply: RawReply) -> Result<RawReply, RawReply> {
        Ok(reply)
    }
}
