//! `http::Response` -> envelope -> vendor error, or typed answer.

use crate::{
    DecodeError, Format, Limits, Options, codec,
    describe::protocol::{Operation, reading_options},
    exchange::{
        body::Body,
        error::{Error, HttpError, UndecodedReply, VendorError},
        typed::{Envelope, ErrorCode, Failure as _, Opened, Request},
    },
    from_str_with,
    text::{jsonp::strip_callback, look},
    transport::request_id::RequestId,
};

/// Why an envelope was not opened.
enum Unopened {
    /// It cannot be read.
    Undecoded(DecodeError),
    /// It answers another request: the ID that was sent, and the one that it has.
    Another(RequestId, String),
}

/// Reads the response to a request whose reply is an envelope.
pub(crate) fn read<R: Request>(
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<R::Answer, Error<R::Failure>> {
    let operation = R::OPERATION;
    let (parts, bytes) = response.into_parts();
    let not_a_reply = |reason, bytes| match told(parts.status) {
        Some(code) => Err(vendor(R::Failure::bare(code), parts.status, bytes)),
        None => Err(Error::Http(Box::new(HttpError::new(&parts, reason, Body::new(bytes))))),
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
                Err(reason) => not_a_reply(reason, bytes),
                Ok(_) if !parts.status.is_success() => not_a_reply("the body is not UTF-8", bytes),
                Ok(_) => undecoded(error, bytes),
            };
        }
    };
    let format = match recognise(operation, text) {
        Ok(format) => format,
        Err(reason) => return not_a_reply(reason, bytes),
    };
    let options = reading_options(operation, format, *limits);
    let text = inside(format, text);

    if !operation.formats.contains(&format) {
        return match failed::<R>(format, text, &options, sent) {
            Ok(Opened::Failure(failure)) => Err(vendor(failure, parts.status, bytes)),
            Err(Unopened::Another(sent, echoed)) => mismatched(sent, echoed, bytes),
            _ => not_a_reply(NOT_OFFERED, bytes),
        };
    }
    let problem = match open::<R::Envelope>(format, text, &options, sent) {
        Ok(Opened::Success(_)) if is_foreign::<R::Envelope>(format, text) => {
            return not_a_reply("the body has another root than a reply, and no status", bytes);
        }
        Ok(Opened::Success(answer)) if parts.status.is_success() => return Ok(answer),
        Ok(Opened::Success(_)) => return not_a_reply(CONTRADICTION, bytes),
        Ok(Opened::NoStatus) => return not_a_reply("the body has no status", bytes),
        Ok(Opened::Missing(member)) => DecodeError::missing(format, text, member),
        // Read once more, to keep the data that came with the failure in whatever form it has.
        Ok(Opened::Failure(failure)) => {
            let told = failed::<R>(format, text, &options, sent);
            let failure = if let Ok(Opened::Failure(told)) = told { told } else { failure };
            return Err(vendor(failure, parts.status, bytes));
        }
        Err(Unopened::Another(sent, echoed)) => return mismatched(sent, echoed, bytes),
        Err(Unopened::Undecoded(error)) => error,
    };
    match failed::<R>(format, text, &options, sent) {
        Ok(Opened::Failure(failure)) => Err(vendor(failure, parts.status, bytes)),
        Ok(Opened::NoStatus) => not_a_reply("the body has no status", bytes),
        Err(Unopened::Another(sent, echoed)) => mismatched(sent, echoed, bytes),
        Ok(_) if !parts.status.is_success() => not_a_reply(CONTRADICTION, bytes),
        // A plain text parses as a query string, and a gateway's page may parse as XML: only the vendor's own promise is held
        // against the body.
        Err(_) if !parts.status.is_success() => not_a_reply("the body cannot be read", bytes),
        _ => undecoded(problem, bytes),
    }
}

/// What an envelope says, if it does not answer another request than the one that was sent.
fn open<E: Envelope>(
    format: Format,
    text: &str,
    options: &Options,
    sent: Option<&RequestId>,
) -> Result<Opened<E::Answer, E::Failure>, Unopened> {
    let envelope = from_str_with::<E>(format, text, options).map_err(Unopened::Undecoded)?;
    let another = sent.and_then(|sent| Some((sent, sent.another(envelope.request_id())?)));
    match (envelope.open(), another) {
        // Without a status it is no reply to any request.
        (Opened::NoStatus, _) => Ok(Opened::NoStatus),
        (_, Some((sent, echoed))) => Err(Unopened::Another(sent.clone(), echoed)),
        (opened, None) => Ok(opened),
    }
}

/// What the envelope says without the reply that was hoped for.
fn failed<R: Request>(
    format: Format,
    text: &str,
    options: &Options,
    sent: Option<&RequestId>,
) -> Result<Opened<(), R::Failure>, Unopened> {
    match open::<R::FailedEnvelope>(format, text, options, sent) {
        // The data has another form than was promised: that makes it no less of an error.
        Err(Unopened::Undecoded(_)) => {
            open::<R::LooseEnvelope>(format, text, options, sent).map(Opened::without_answer)
        }
        opened => opened.map(Opened::without_answer),
    }
}

/// Whether nothing shows that a text without a failure is the vendor's.
fn is_foreign<E: Envelope>(format: Format, text: &str) -> bool {
    E::BY_ROOT && !codec::has_root(format, text, E::SHAPE)
}

const NOT_OFFERED: &str = "the body is in none of the operation's formats";

/// The error that the HTTP status is.
pub(crate) fn told<C: ErrorCode>(status: http::StatusCode) -> Option<C> {
    if status.is_success() { None } else { C::on_http_status(status.as_u16()) }
}

const CONTRADICTION: &str = "the envelope says success and HTTP does not";

/// As much of the bytes as is UTF-8.
fn beginning(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// The vendor's error in a body that should be something else.
pub(crate) fn vendor_error<R: Request>(asked: Format, bytes: &[u8], limits: &Limits) -> Option<R::Failure> {
    let text = DecodeError::text(asked, bytes).ok()?;
    let format = recognise(R::OPERATION, text).ok()?;
    let options = reading_options(R::OPERATION, format, *limits);
    // A reply without an envelope may well look like one that answers another request: a failure is compared where it is known.
    match failed::<R>(format, inside(format, text), &options, None) {
        Ok(Opened::Failure(failure)) => Some(failure),
        _ => None,
    }
}

/// A text of a format without what may stand around it.
fn inside(format: Format, text: &str) -> &str {
    match format {
        Format::Json => strip_callback(text).1,
        // White space is never part of a form-urlencoded text, but a line may end behind one.
        Format::Query => text.trim_start_matches('\u{feff}').trim_ascii(),
        Format::Xml => text,
    }
}

pub(crate) fn vendor<F: crate::exchange::typed::Failure>(
    failure: F,
    status: http::StatusCode,
    bytes: Vec<u8>,
) -> Error<F> {
    Error::Vendor(Box::new(VendorError::new(failure, status, Body::new(bytes))))
}

/// The format that the body is in, if the vendor has it.
fn recognise(operation: &Operation, text: &str) -> Result<Format, &'static str> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let found = match look(start) {
        None => return Err("the body is empty"),
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
    // Declarations and comments may stand before the part that tells.
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
