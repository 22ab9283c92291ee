//! Answers and failures as responses.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::{
    EncodeErrorKind, Format, Options, Secret, codec,
    describe::protocol::{DECLARATION, FormatDescription},
    exchange::{
        code_header, payload_outcome, refusal::Refusal, reply_headers, spelling::spelled, typed::Envelope,
    },
    server::incoming::Incoming,
    sign::{Reply, ReplyPlace, reply_signature},
    text::{jsonp::to_jsonp, xml::bad_char},
    transport::request_id::RequestId,
    wire::{Record, Shape},
};

/// The response that carries `answer`, with the HTTP status that the operation has for a success. One that its format cannot carry is HTTP 500, or 400 where a parameter of the request is such
/// as well: what the caller says of itself often comes back.
pub fn write_answer<E: Envelope>(incoming: &Incoming, answer: E::Answer) -> http::Response<Vec<u8>> {
    let headers = match E::data(&answer) {
        Some(data) => reply_headers(incoming, data),
        None => Some(HeaderMap::new()),
    };
    write_success(incoming, E::SHAPE, &E::seal(answer, incoming.operation), headers)
}

/// What the data of an answer has for the headers of the response. `None`: no header can carry it.
pub fn reply_headers(incoming: &Incoming, data: &dyn Record) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    reply_headers::write(incoming.operation, data, &mut headers)?;
    Some(headers)
}

/// The same for an answer that is known by the shape of the envelope that it is in, and its headers.
pub fn write_success(
    incoming: &Incoming,
    shape: &'static Shape,
    envelope: &dyn Record,
    headers: Option<HeaderMap>,
) -> http::Response<Vec<u8>> {
    let success = incoming.operation.success;
    let Some(headers) = headers else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the reply cannot be written");
    };
    let mut response = write(incoming, shape, envelope);
    if response.status() != StatusCode::OK {
        return response;
    }
    *response.status_mut() = StatusCode::from_u16(success).unwrap_or(StatusCode::OK);
    if is_without_body(success) {
        response.body_mut().clear();
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    response.headers_mut().extend(headers);
    sign_by_header(incoming, &mut response);
    response
}

/// Whether HTTP has no body with a status: RFC 9110, sections 15.3.5 and 15.3.6.
const fn is_without_body(status: u16) -> bool {
    matches!(status, 204 | 205)
}

/// The response that carries `failure`, inside HTTP 200 as web RPC has it, but for an unknown path (404) and a method that the
/// operation does not take (405), and for errors that have an HTTP status of their own.
pub fn write_failure<E: Envelope>(incoming: &Incoming, failure: E::Failure) -> http::Response<Vec<u8>> {
    let told = ToldByHttp::of(&failure);
    let called = if E::ECHOES_NAME { incoming.called() } else { incoming.path().into() };
    write_envelope(incoming, E::SHAPE, &E::refuse(failure, &called), &told)
}

/// The same of an operation whose replies tell of some errors themselves: `E` is the envelope of the reply. `None`: this is none of those.
pub(crate) fn write_refusal<E: Envelope>(
    incoming: &Incoming,
    code: Option<&str>,
    message: Option<&str>,
) -> Option<http::Response<Vec<u8>>> {
    let (text, nested) = payload_outcome::pairs(incoming.operation.outcome.first()?, code?, message)?;
    let options = Options::new().with_nested(nested);
    let mut envelope = crate::from_str_with::<E>(Format::Query, &text, &options).ok()?.succeed();
    envelope.answers_to(incoming.request_id().as_ref().map(RequestId::as_str));
    Some(write_success(incoming, E::SHAPE, &envelope, Some(HeaderMap::new())))
}

/// What HTTP tells of a failure beside the envelope: the status that the error has of its own, and its code in the header that has it.
#[derive(Clone, Debug, Default)]
pub struct ToldByHttp {
    status: Option<u16>,
    code: Option<String>,
}

impl ToldByHttp {
    /// What it tells of this failure.
    pub fn of(failure: &dyn Refusal) -> Self {
        Self { status: failure.http_status(), code: failure.code_text().map(Cow::into_owned) }
    }
}

/// The response that carries an envelope that is known by its shape, and what HTTP tells beside it: of a success nothing.
pub fn write_envelope(
    incoming: &Incoming,
    shape: &'static Shape,
    envelope: &dyn Record,
    told: &ToldByHttp,
) -> http::Response<Vec<u8>> {
    let mut response = write(incoming, shape, envelope);
    if let Some(code) = &told.code {
        code_header::write(incoming.operation, code, response.headers_mut());
    }
    let status = told.status.and_then(|status| StatusCode::from_u16(status).ok());
    if let Some(status) = status.filter(|_| response.status() == StatusCode::OK) {
        *response.status_mut() = status;
    }
    sign_by_header(incoming, &mut response);
    response
}

fn write(incoming: &Incoming, shape: &'static Shape, envelope: &dyn Record) -> http::Response<Vec<u8>> {
    let Some(format) = incoming.operation.protocol.format(incoming.format) else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the operation has no format");
    };
    let options = Options::new().with_limits(incoming.limits).with_nested(format.nested);
    let unwritten = || plain(StatusCode::INTERNAL_SERVER_ERROR, "the reply cannot be written");
    let written = match codec::encode_record_bytes(format.format, envelope, shape, &options) {
        Ok(written) => written,
        // What the caller says of itself comes back with the reply: that it cannot is not the server's fault.
        Err(error) if error.kind() == EncodeErrorKind::Character && has_no_place_in_xml(incoming) => {
            return plain(StatusCode::BAD_REQUEST, "a parameter has a character that XML cannot carry");
        }
        Err(_) => return unwritten(),
    };
    let callback = incoming.callback.as_deref().filter(|_| format.format == Format::Json);
    let Some(body) = body(incoming, format, callback, written) else { return unwritten() };
    let media_type = if callback.is_some() { "text/javascript" } else { format.media_type };
    let mut response = respond(incoming.status, &format!("{media_type}; charset=utf-8"), body);
    if let Some(unsupported) = &incoming.unsupported {
        let (name, value) = unsupported.header();
        response.headers_mut().insert(name, value);
    }
    if incoming.status == StatusCode::METHOD_NOT_ALLOWED {
        let mut allowed: Vec<&str> = incoming.allowed.iter().map(|method| method.method.as_str()).collect();
        allowed.sort_unstable();
        allowed.dedup();
        if let Ok(allowed) = allowed.join(", ").parse() {
            response.headers_mut().insert(header::ALLOW, allowed);
        }
    }
    response
}

/// What a codec has written as the body of the reply. `None`: it cannot be one.
fn body(
    incoming: &Incoming,
    format: &FormatDescription,
    callback: Option<&str>,
    written: Vec<u8>,
) -> Option<Vec<u8>> {
    match (format.format, callback) {
        (Format::Json, Some(callback)) => {
            Some(to_jsonp(callback, str::from_utf8(&written).ok()?).ok()?.into_bytes())
        }
        (Format::Query, _) => {
            let text = signed(incoming, String::from_utf8(written).ok()?);
            Some(spelled(format, text).ok()?.into_bytes())
        }
        (Format::Xml, _) if format.declaration => Some([DECLARATION.as_bytes(), &written].concat()),
        (Format::Xml | Format::Json, _) => Some(written),
    }
}

/// The name and the value of what signs a reply in this place, where the vendor signs replies there and the client is known.
fn signature(
    incoming: &Incoming,
    place: ReplyPlace,
    reply: Reply<'_>,
) -> Option<(&'static str, Secret<String>)> {
    let computation = incoming.operation.protocol.computation?;
    let signature = computation.reply().filter(|signature| signature.place == place)?;
    let value = reply_signature(computation, signature, reply, incoming.proof.reply_keys.get()?)?;
    Some((signature.name, value))
}

/// A reply of pairs with its signature among them.
fn signed(incoming: &Incoming, text: String) -> String {
    let reply = Reply { pairs: &text, headers: &HeaderMap::new(), body: &[] };
    match signature(incoming, ReplyPlace::Pair, reply) {
        Some((name, value)) => {
            form_urlencoded::Serializer::new(text).append_pair(name, value.expose()).finish()
        }
        None => text,
    }
}

/// Puts the signature of a response, as it is sent, into its header.
fn sign_by_header(incoming: &Incoming, response: &mut http::Response<Vec<u8>>) {
    let (headers, body) = (response.headers(), response.body());
    let reply = Reply { pairs: "", headers, body };
    let Some((name, value)) = signature(incoming, ReplyPlace::Header, reply) else { return };
    if let (Ok(name), Ok(value)) =
        (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value.expose()))
    {
        response.headers_mut().insert(name, value);
    }
}

/// Whether a parameter has a character that XML cannot carry.
fn has_no_place_in_xml(incoming: &Incoming) -> bool {
    let mut parameters = form_urlencoded::parse(incoming.parameters().as_bytes());
    parameters.any(|(name, value)| bad_char(&name).or(bad_char(&value)).is_some())
}

/// The response to a request to a vendor that has no operation.
pub fn not_found() -> http::Response<Vec<u8>> {
    plain(StatusCode::NOT_FOUND, "no operation has this path")
}

fn plain(status: StatusCode, text: &str) -> http::Response<Vec<u8>> {
    respond(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

pub(crate) fn respond(status: StatusCode, content_type: &str, body: Vec<u8>) -> http::Response<Vec<u8>> {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    // A media type comes from the definition, which allows only what a header can carry.
    if let Ok(content_type) = content_type.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    let headers = response.headers_mut();
    // A callback chosen by a stranger must not make a browser guess.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    // A reply may hold a session, and that of a GET would be kept.
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
