//! `http::Response` -> envelope -> vendor error, or answer. No type of the reply is known here: see [`ReplyReading`].

use std::borrow::Cow;

use http::response::Parts;

use crate::{
    DecodeError, DecodeErrorKind, Format, Limits, Options,
    describe::protocol::{Operation, reading_options},
    exchange::{
        body::Body,
        bytes, code_header,
        error::{Error, FailedCall, HttpError, UndecodedReply, VendorError},
        payload_outcome,
        reading::{EnvelopeContent, EnvelopeKind, EnvelopeStatus, ReplyReading},
        reply_headers,
        web_page::{is_part_of_web_page, is_script_source, is_web_page},
    },
    mask,
    sign::{Reply, ReplyKeys, is_signed_reply},
    text::{charset, jsonp::strip_callback, lines, sniff},
    transport::request_id::RequestId,
};

/// Why an envelope was not opened.
enum Unopened {
    /// It cannot be read.
    Undecoded(DecodeError),
    /// It answers another request: the ID that was sent, and the one that it has.
    Another(RequestId, String),
}

/// What a response is.
enum Verdict {
    /// The answer, which was kept.
    Answer,
    /// The vendor's refusal, which was kept.
    Refused,
    NotAReply(Cow<'static, str>),
    Undecoded(DecodeError),
    /// It answers another request.
    Another(RequestId, String),
}

/// Reads the response to a request whose reply is an envelope. The answer or the failure is in `reading` then.
pub(crate) fn read(
    operation: &'static Operation,
    reading: &mut dyn ReplyReading,
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<(), Error<()>> {
    let (parts, bytes) = response.into_parts();
    let verdict = match judge(operation, reading, &parts, &bytes, asked, limits) {
        verdict @ (Verdict::Refused | Verdict::Another(..)) => verdict,
        _ if code_header::is_refused(operation, reading, &parts.headers) => Verdict::Refused,
        Verdict::NotAReply(_) if is_refused_by_status(reading, parts.status) => Verdict::Refused,
        verdict => verdict,
    };
    match verdict {
        Verdict::Answer => {
            // A refusal has nothing of what an answer has in its headers.
            if let Some((code, message)) = refusal(operation, reading) {
                reading.refused(&code, message);
                return Err(vendor(operation, &parts, bytes));
            }
            let data = reading.data();
            data.map_or(Ok(()), |data| reply_headers::read(operation, &parts.headers, data)).map_err(
                |error| Error::Decode(Box::new(UndecodedReply::new(error, parts.status, Body::new(bytes)))),
            )
        }
        Verdict::Refused => Err(vendor(operation, &parts, bytes)),
        Verdict::NotAReply(reason) => {
            Err(Error::Http(Box::new(HttpError::new(&parts, reason, Body::new(bytes)))))
        }
        Verdict::Undecoded(error) => {
            Err(Error::Decode(Box::new(UndecodedReply::new(error, parts.status, Body::new(bytes)))))
        }
        Verdict::Another(sent, echoed) => Err(Error::mismatched(sent, echoed, parts.status, bytes)),
    }
}

/// What the data of the answer that was kept tells of a refusal.
fn refusal(operation: &'static Operation, reading: &dyn ReplyReading) -> Option<(String, Option<String>)> {
    payload_outcome::refusal(operation.outcome.first()?, reading.record()?)
}

fn judge(
    operation: &'static Operation,
    reading: &mut dyn ReplyReading,
    parts: &Parts,
    bytes: &[u8],
    asked: Format,
    limits: &Limits,
) -> Verdict {
    let not_a_reply = |reason: &'static str| Verdict::NotAReply(reason.into());
    let sent: Option<&RequestId> = parts.extensions.get();
    if let Some(coding) = bytes::coding(&parts.headers) {
        return Verdict::NotAReply(packed(&coding));
    }
    let decoded = match charset::decode(asked, bytes, &bytes::declared(parts, operation)) {
        Ok(decoded) => decoded,
        Err(error) => {
            // A gateway's page need not be text to be seen for what it is.
            return match recognise(operation, beginning(bytes)) {
                _ if bytes::is_binary(&parts.headers) => not_a_reply(NOT_OFFERED),
                Ok(_) if parts.status.is_success() => Verdict::Undecoded(error),
                Ok(_) | Err(EMPTY) => Verdict::NotAReply(no_text(&error)),
                Err(reason) => not_a_reply(reason),
            };
        }
    };
    let format = match recognise(operation, &decoded.text) {
        // Whatever is nothing else may be a query string, but for what says that it is none.
        Ok(Format::Query) if bytes::is_binary(&parts.headers) => return not_a_reply(NOT_OFFERED),
        Ok(format) => format,
        Err(EMPTY) if may_be_empty(operation, parts, bytes) && reading.empty() => return Verdict::Answer,
        // A query string without a pair is an envelope without a member.
        Err(EMPTY) if asked == Format::Query && operation.formats.contains(&asked) => asked,
        Err(reason) => return not_a_reply(reason),
    };
    let text = match charset::of_format(format, bytes, decoded) {
        Ok(text) => text,
        Err(error) if parts.status.is_success() => return Verdict::Undecoded(error),
        Err(error) => return Verdict::NotAReply(no_text(&error)),
    };
    let lines = in_lines(operation, format);
    let form = lines.then(|| lines::to_form(&text));
    let whole = form.as_deref().unwrap_or(&text);
    let source =
        Source { format, text: inside(format, whole), options: reading_options(operation, format, *limits) };
    let undecoded = |error: DecodeError| {
        Verdict::Undecoded(if lines {
            let line = lines::line_at(&text, whole, error.column());
            error.placed(line, 1)
        } else {
            error.within(&text, source.text)
        })
    };

    if !operation.formats.contains(&format) {
        return match failed(reading, &source, sent) {
            Ok(EnvelopeStatus::Failure) => Verdict::Refused,
            Err(Unopened::Another(sent, echoed)) => Verdict::Another(sent, echoed),
            _ => not_a_reply(something_else(&source).unwrap_or(NOT_OFFERED)),
        };
    }
    let problem = match open(reading, EnvelopeKind::Reply, &source, sent) {
        Ok(EnvelopeStatus::Success) if reading.is_foreign(format, source.text) => {
            return not_a_reply(something_else(&source).unwrap_or_else(|| other_root(&source)));
        }
        Ok(EnvelopeStatus::Success) if !is_signed(operation, parts, bytes, source.text) => {
            return not_a_reply(FORGED);
        }
        Ok(EnvelopeStatus::Success) if parts.status.is_success() => return Verdict::Answer,
        Ok(EnvelopeStatus::Success) => return not_a_reply(CONTRADICTION),
        Ok(EnvelopeStatus::NoStatus) => {
            // A refusal may have a root of its own, and something beside it.
            return match failed(reading, &source, sent) {
                Ok(EnvelopeStatus::Failure) if format == Format::Json => Verdict::Refused,
                _ => not_a_reply(something_else(&source).unwrap_or_else(|| without_status(&source))),
            };
        }
        Ok(EnvelopeStatus::Missing(member)) => DecodeError::missing(format, source.text, &member),
        Ok(EnvelopeStatus::Failure) => {
            // Read once more, to keep the data that came with the failure in whatever form it has. Where that gives none, the
            // failure that was found first stays.
            let _ = failed(reading, &source, sent);
            return Verdict::Refused;
        }
        Err(Unopened::Another(sent, echoed)) => return Verdict::Another(sent, echoed),
        Err(Unopened::Undecoded(error)) => error,
    };
    match failed(reading, &source, sent) {
        Ok(EnvelopeStatus::Failure) => Verdict::Refused,
        Ok(EnvelopeStatus::NoStatus) => {
            not_a_reply(something_else(&source).unwrap_or_else(|| without_status(&source)))
        }
        Err(Unopened::Another(sent, echoed)) => Verdict::Another(sent, echoed),
        Ok(_) if !parts.status.is_success() => not_a_reply(CONTRADICTION),
        // A plain text parses as a query string, and a gateway's page may parse as XML: only the vendor's own promise is held
        // against the body.
        Err(_) if !parts.status.is_success() => {
            not_a_reply(something_else(&source).unwrap_or("the body cannot be read"))
        }
        Err(_) if matches!(problem.kind(), DecodeErrorKind::Syntax { .. }) => match something_else(&source) {
            Some(reason) => not_a_reply(reason),
            None => undecoded(problem),
        },
        // Another root, in which there are not even members.
        Err(_)
            if format == Format::Xml
                && !problem.path().contains('.')
                && !reading.has_root(format, source.text) =>
        {
            not_a_reply(something_else(&source).unwrap_or(NO_STATUS))
        }
        _ => undecoded(problem),
    }
}

/// The text of a body, and how it is read.
struct Source<'t> {
    format: Format,
    text: &'t str,
    options: Options,
}

/// Why a text without a failure is no reply, where there is no status to tell.
const fn other_root(source: &Source<'_>) -> &'static str {
    match source.format {
        Format::Query => without_status(source),
        Format::Xml | Format::Json => "the body has another root than a reply, and no status",
    }
}

/// Why a text without a status is no reply.
const fn without_status(source: &Source<'_>) -> &'static str {
    if source.text.is_empty() { EMPTY } else { NO_STATUS }
}

/// What an envelope says, if it does not answer another request than the one that was sent.
fn open(
    reading: &mut dyn ReplyReading,
    kind: EnvelopeKind,
    Source { format, text, options }: &Source<'_>,
    sent: Option<&RequestId>,
) -> Result<EnvelopeStatus, Unopened> {
    let read = reading.open(kind, *format, text, options, sent).map_err(Unopened::Undecoded)?;
    match (read, sent) {
        // Without a status it is no reply to any request.
        (EnvelopeContent { status: EnvelopeStatus::NoStatus, .. }, _) => Ok(EnvelopeStatus::NoStatus),
        (EnvelopeContent { mismatch: Some(echoed), .. }, Some(sent)) => {
            Err(Unopened::Another(sent.clone(), echoed))
        }
        (EnvelopeContent { status, .. }, _) => Ok(status),
    }
}

/// What the envelope says without the reply that was hoped for.
fn failed(
    reading: &mut dyn ReplyReading,
    source: &Source<'_>,
    sent: Option<&RequestId>,
) -> Result<EnvelopeStatus, Unopened> {
    match open(reading, EnvelopeKind::Failure, source, sent) {
        // Something around the code has another form than was promised: that makes it no less of an error.
        Err(Unopened::Undecoded(error)) if is_passable(&error) => {
            let forgiving = Source { options: source.options.clone().with_forgiving(true), ..*source };
            match open(reading, EnvelopeKind::Loose, &forgiving, sent) {
                found @ (Ok(EnvelopeStatus::Failure) | Err(Unopened::Another(..))) => found,
                // What could not be read is what would have told.
                _ => open(reading, EnvelopeKind::Loose, source, sent),
            }
        }
        opened => opened,
    }
}

/// Whether what is wrong is in a member, so that another one may be read.
fn is_passable(error: &DecodeError) -> bool {
    matches!(
        error.kind(),
        DecodeErrorKind::Expected { .. } | DecodeErrorKind::Missing | DecodeErrorKind::Duplicate
    )
}

const NOT_OFFERED: &str = "the body is in none of the operation's formats";
const NO_STATUS: &str = "the body has no status";
const FORGED: &str = "its signature is missing, or is none of the vendor's for this client";
const EMPTY: &str = "the body is empty";
const WEB_PAGE: &str = "the body is a web page";
const SCRIPT: &str = "the body is the source of a script";

/// Why bytes that are no text are no reply.
fn no_text(error: &DecodeError) -> Cow<'static, str> {
    format!("the body is {}, from line {}, column {} on", error.kind(), error.line(), error.column()).into()
}

/// Why a body that is still packed is no reply.
pub(crate) fn packed(coding: &str) -> Cow<'static, str> {
    let mut shown = String::new();
    mask::cut(&mut shown, coding);
    format!("the body is in the coding `{shown}`, which the transport did not ask for or does not read")
        .into()
}

/// What a text is that is no reply, if that can be seen: the message of a script in front of one or in its place, say.
fn something_else(source: &Source<'_>) -> Option<&'static str> {
    match source.format {
        Format::Xml if is_script_source(source.text) => Some(SCRIPT),
        Format::Xml => is_part_of_web_page(source.text).then_some(WEB_PAGE),
        // A query string has no white space in it.
        Format::Query if source.text.contains(|char: char| char.is_ascii_whitespace()) => {
            Some("the body is plain text, in none of the operation's formats")
        }
        Format::Query | Format::Json => None,
    }
}

/// Whether the HTTP status is an error of the vendor's, which is kept then.
pub(crate) fn is_refused_by_status(reading: &mut dyn ReplyReading, status: http::StatusCode) -> bool {
    !status.is_success() && reading.refused_by_status(status.as_u16())
}

const CONTRADICTION: &str = "the envelope says success and HTTP does not";

/// As much of the bytes as is UTF-8.
fn beginning(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Whether a body that should be something else is the vendor's error, which is kept then.
pub(crate) fn is_refused(
    operation: &'static Operation,
    reading: &mut dyn ReplyReading,
    parts: &Parts,
    asked: Format,
    bytes: &[u8],
    limits: &Limits,
) -> bool {
    let Ok(decoded) = charset::decode(asked, bytes, &bytes::declared(parts, operation)) else { return false };
    let Ok(format) = recognise(operation, &decoded.text) else { return false };
    let Ok(text) = charset::of_format(format, bytes, decoded) else { return false };
    let options = reading_options(operation, format, *limits);
    let form = in_lines(operation, format).then(|| lines::to_form(&text));
    let source = Source { format, text: inside(format, form.as_deref().unwrap_or(&text)), options };
    // A reply without an envelope may well look like one that answers another request: a failure is compared where it is known.
    matches!(failed(reading, &source, None), Ok(EnvelopeStatus::Failure))
}

/// Whether replies in a format have a pair in each line.
fn in_lines(operation: &'static Operation, format: Format) -> bool {
    operation.protocol.format(format).is_some_and(|description| description.lines)
}

/// Whether a reply is signed as the vendor signs its replies, if it does. A refusal is one without a signature too: who is refused before it
/// is known is told so without one.
fn is_signed(operation: &'static Operation, parts: &Parts, body: &[u8], pairs: &str) -> bool {
    let Some(computation) = operation.protocol.computation else { return true };
    let Some(signature) = computation.reply() else { return true };
    let keys: Option<&ReplyKeys> = parts.extensions.get();
    let reply = Reply { pairs, headers: &parts.headers, body };
    keys.is_some_and(|keys| is_signed_reply(computation, signature, reply, keys))
}

/// Whether nothing may be an answer. Only a header can sign it.
fn may_be_empty(operation: &'static Operation, parts: &Parts, body: &[u8]) -> bool {
    parts.status.is_success() && operation.may_be_empty && is_signed(operation, parts, body, "")
}

/// A text of a format without what may be around it.
fn inside(format: Format, text: &str) -> &str {
    match format {
        Format::Json => strip_callback(text).1,
        // White space is never part of a form-urlencoded text, but a line may end behind one.
        Format::Query => text.trim_start_matches('\u{feff}').trim_ascii(),
        Format::Xml => text,
    }
}

/// That the vendor refused: the failure itself was kept.
pub(crate) fn vendor(
    operation: &'static Operation,
    response: &http::response::Parts,
    bytes: Vec<u8>,
) -> Error<()> {
    let call = FailedCall::new(operation, &response.extensions);
    Error::Vendor(Box::new(VendorError::new((), call, response.status, Body::new(bytes))))
}

/// The format that the body is in, if the vendor has it.
fn recognise(operation: &Operation, text: &str) -> Result<Format, &'static str> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let found = match sniff(start) {
        None => return Err(EMPTY),
        Some(Format::Xml) if is_web_page(start) => return Err(WEB_PAGE),
        Some(found) => found,
    };
    let known = |format| operation.protocol.format(format).is_some();
    match found {
        found if known(found) => Ok(found),
        _ => Err(NOT_OFFERED),
    }
}
