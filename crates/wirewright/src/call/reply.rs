//! `http::Response` -> envelope -> vendor error, or typed answer.

use alloc::{boxed::Box, vec::Vec};

use super::{Body, Envelope, Error, HttpError, Operation, Request, UndecodedReply, VendorError};
use crate::{DecodeError, Format, Limits, Options, decode, json};

/// What an [`Envelope`] turned out to hold.
#[derive(Debug)]
pub enum Opened<A, F> {
    /// The call succeeded.
    Success(A),
    /// The vendor refused.
    Failure(F),
    /// The call succeeded, but this promised member is not there.
    Missing(&'static str),
    /// There is no status: whatever this is, it is no reply of the vendor.
    NoStatus,
}

/// Reads the response to a request of type `R`.
///
/// The vendor's error is looked for before the reply is insisted on. A body in another format than was asked for is read, if it
/// is one of the operation's, whatever its Content-Type says.
///
/// # Errors
///
/// The vendor's refusal, a reply that cannot be read, or a response that is no reply of this vendor.
pub fn read_reply<R: Request>(
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<R::Answer, Error<R::Failure>> {
    let operation = R::OPERATION;
    let (parts, bytes) = response.into_parts();
    let not_a_reply =
        |reason, bytes| Err(Error::Http(Box::new(HttpError::new(&parts, reason, Body::new(bytes)))));
    let undecoded = |error, bytes| {
        Err(Error::Decode(Box::new(UndecodedReply::new(error, parts.status, Body::new(bytes)))))
    };

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
    let text = match format {
        Format::Json => json::strip_callback(text).1,
        // White space is never part of a form-urlencoded text, but a line may end behind one.
        Format::Query => text.trim_start_matches('\u{feff}').trim_ascii(),
        Format::Xml => text,
    };

    let answer = decode::<R::Envelope>(format, text, &options).map(Envelope::open);
    let problem = match answer {
        Ok(Opened::Success(answer)) if parts.status.is_success() => return Ok(answer),
        Ok(Opened::Success(_)) => return not_a_reply(CONTRADICTION, bytes),
        Ok(Opened::NoStatus) => return not_a_reply("the body has no status", bytes),
        Ok(Opened::Missing(member)) => DecodeError::missing(format, text, member),
        // Read once more, to keep the data that came with the failure in whatever form it has.
        Ok(Opened::Failure(failure)) => {
            match decode::<R::FailedEnvelope>(format, text, &options).map(Envelope::open) {
                Ok(Opened::Failure(failure)) => return Err(vendor(failure, parts.status, bytes)),
                _ => return Err(vendor(failure, parts.status, bytes)),
            }
        }
        Err(error) => error,
    };
    match decode::<R::FailedEnvelope>(format, text, &options).map(Envelope::open) {
        Ok(Opened::Failure(failure)) => Err(vendor(failure, parts.status, bytes)),
        Ok(Opened::NoStatus) => not_a_reply("the body has no status", bytes),
        Ok(_) if !parts.status.is_success() => not_a_reply(CONTRADICTION, bytes),
        // A plain text parses as a query string, and a gateway's page may parse as XML: only the vendor's own promise is held
        // against the body.
        Err(_) if !parts.status.is_success() => not_a_reply("the body cannot be read", bytes),
        _ => undecoded(problem, bytes),
    }
}

const CONTRADICTION: &str = "the envelope says success and HTTP does not";

/// As much of the bytes as is UTF-8.
fn beginning(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

fn vendor<F: super::Failure>(failure: F, status: http::StatusCode, bytes: Vec<u8>) -> Error<F> {
    Error::Vendor(Box::new(VendorError::new(failure, status, Body::new(bytes))))
}

/// The options under which a text of this operation is read.
pub(super) fn reading_options(operation: &Operation, format: Format, limits: Limits) -> Options {
    let nested = operation.protocol.format(format).map_or(".", |format| format.nested);
    Options::new().with_limits(limits).with_nested(nested)
}

/// The format that the body is in, if the operation has it.
fn recognise(operation: &Operation, text: &str) -> Result<Format, &'static str> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let found = match start.as_bytes().first() {
        None => return Err("the body is empty"),
        Some(b'<') if is_web_page(start) => return Err("the body is a web page"),
        Some(b'<') => Format::Xml,
        Some(b'{' | b'[') => Format::Json,
        // Scalars are JSON too, but no vendor's envelope; a callback's name starts JSONP.
        Some(_) if json::strip_callback(start).0.is_some() => Format::Json,
        Some(_) => Format::Query,
    };
    let offered = |format| operation.formats.contains(&format);
    match found {
        found if offered(found) => Ok(found),
        _ => Err("the body is in none of the operation's formats"),
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
