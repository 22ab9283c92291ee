//! `http::Response` -> envelope -> vendor error, or answer. No type of the reply is known here: see [`ReplyReading`].

use crate::{
    DecodeError, DecodeErrorKind, Format, Limits, Options,
    describe::protocol::{Operation, reading_options},
    exchange::{
        body::Body,
        error::{Error, FailedCall, HttpError, UndecodedReply, VendorError},
        reading::{EnvelopeContent, EnvelopeKind, EnvelopeStatus, ReplyReading},
    },
    text::{jsonp::strip_callback, sniff},
    transport::request_id::RequestId,
};

/// Why an envelope was not opened.
enum Unopened {
    /// It cannot be read.
    Undecoded(DecodeError),
    /// It answers another request: the ID that was sent, and the one that it has.
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
    let refused = |bytes| Err(vendor(operation, &parts, bytes));
    let not_a_reply = |reading: &mut dyn ReplyReading, reason, bytes| {
        if told(reading, parts.status) {
            return refused(bytes);
        }
        Err(Error::Http(Box::new(HttpError::new(&parts, reason, Body::new(bytes)))))
    };
    let undecoded = |error, bytes| {
        Err(Error::Decode(Box::new(UndecodedReply::new(error, parts.status, Body::new(bytes)))))
    };

    let sent: Option<&RequestId> = parts.extensions.get();
    let mismatched = |sent, echoed, bytes| Err(Error::mismatched(sent, echoed, parts.status, bytes));

    let text = match DecodeError::text(asked, &bytes) {
        Ok(text) => text,
        Err(error) => {
            // A gateway's page need not be in UTF-8 to be seen for what it is.
            return match recognise(operation, beginning(&bytes)) {
                Err(reason) => not_a_reply(reading, reason, bytes),
                Ok(_) if !parts.status.is_success() => not_a_reply(reading, "the body is not UTF-8", bytes),
                Ok(_) => undecoded(error, bytes),
            };
        }
    };
    let format = match recognise(operation, text) {
        Ok(format) => format,
        Err(EMPTY) if parts.status.is_success() && operation.may_be_empty && reading.empty() => return Ok(()),
        // A query string without a pair is an envelope without a member.
        Err(EMPTY) if asked == Format::Query && operation.formats.contains(&asked) => asked,
        Err(reason) => return not_a_reply(reading, reason, bytes),
    };
    let source =
        Source { format, text: inside(format, text), options: reading_options(operation, format, *limits) };

    if !operation.formats.contains(&format) {
        return match failed(reading, &source, sent) {
            Ok(EnvelopeStatus::Failure) => refused(bytes),
            Err(Unopened::Another(sent, echoed)) => mismatched(sent, echoed, bytes),
            _ => not_a_reply(reading, NOT_OFFERED, bytes),
        };
    }
    let problem = match open(reading, EnvelopeKind::Reply, &source, sent) {
        Ok(EnvelopeStatus::Success) if reading.is_foreign(format, source.text) => {
            let reason = "the body has another root than a reply, and no status";
            return not_a_reply(reading, reason, bytes);
        }
        Ok(EnvelopeStatus::Success) if parts.status.is_success() => return Ok(()),
        Ok(EnvelopeStatus::Success) => return not_a_reply(reading, CONTRADICTION, bytes),
        Ok(EnvelopeStatus::NoStatus) => return not_a_reply(reading, without_status(&source), bytes),
        Ok(EnvelopeStatus::Missing(member)) => DecodeError::missing(format, source.text, &member),
        Ok(EnvelopeStatus::Failure) => {
            // Read once more, to keep the data that came with the failure in whatever form it has. Where that gives none, the
            // failure that was found first stays.
            let _ = failed(reading, &source, sent);
            return refused(bytes);
        }
        Err(Unopened::Another(sent, echoed)) => return mismatched(sent, echoed, bytes),
        Err(Unopened::Undecoded(error)) => error,
    };
    match failed(reading, &source, sent) {
        Ok(EnvelopeStatus::Failure) => refused(bytes),
        Ok(EnvelopeStatus::NoStatus) => not_a_reply(reading, without_status(&source), bytes),
        Err(Unopened::Another(sent, echoed)) => mismatched(sent, echoed, bytes),
        Ok(_) if !parts.status.is_success() => not_a_reply(reading, CONTRADICTION, bytes),
        // A plain text parses as a query string, and a gateway's page may parse as XML: only the vendor's own promise is held
        // against the body.
        Err(_) if !parts.status.is_success() => not_a_reply(reading, "the body cannot be read", bytes),
        _ => undecoded(problem, bytes),
    }
}

/// The text of a body, and how it is read.
struct Source<'t> {
    format: Format,
    text: &'t str,
    options: Options,
}

/// Why a text without a status is no reply.
const fn without_status(source: &Source<'_>) -> &'static str {
    if source.text.is_empty() { EMPTY } else { "the body has no status" }
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

const EMPTY: &str = "the body is empty";

const NOT_OFFERED: &str = "the body is in none of the operation's formats";

/// Whether the HTTP status is an error of the vendor's, which is kept then.
pub(crate) fn told(reading: &mut dyn ReplyReading, status: http::StatusCode) -> bool {
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
    asked: Format,
    bytes: &[u8],
    limits: &Limits,
) -> bool {
    let Ok(text) = DecodeError::text(asked, bytes) else { return false };
    let Ok(format) = recognise(operation, text) else { return false };
    let options = reading_options(operation, format, *limits);
    let source = Source { format, text: inside(format, text), options };
    // A reply without an envelope may well look like one that answers another request: a failure is compared where it is known.
    matches!(failed(reading, &source, None), Ok(EnvelopeStatus::Failure))
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
        Some(Format::Xml) if is_web_page(start) => return Err("the body is a web page"),
        Some(found) => found,
    };
    let known = |format| operation.protocol.format(format).is_some();
    match found {
        found if known(found) => Ok(found),
        _ => Err(NOT_OFFERED),
    }
}

fn is_web_page(start: &str) -> bool {
    let mut rest = start;
    // Declarations and comments may be before the part that tells.
    loop {
        rest = rest.trim_start();
        let skipped = if rest.starts_with("<!--") {
            rest.split_once("-->").map(|(_, rest)| rest)
        } else if rest.starts_with("<?") {
            rest.split_once("?>").map(|(_, rest)| rest)
        } else {
            None
        };
        match skipped {
            Some(skipped) => rest = skipped,
            None => break,
        }
    }
    let begins = |word: &str| {
        rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && rest.get(word.len()..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    begins("<html") || begins("<!doctype html")
}
