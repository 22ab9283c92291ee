//! `http::Response` -> typed answer or error.

use crate::{
    Format, Limits,
    describe::{protocol::Operation, raw::RawDescription},
    exchange::{
        envelope_reply,
        error::Error,
        raw,
        reading::{ReplyReading, TypedReply},
        typed::Request,
    },
};

/// Reads the response to a request of type `R`.
///
/// The vendor's error is looked for before the reply is required. A body in another format than was asked for is read, if it
/// is one of the operation's, whatever its Content-Type says; an error is read in any of the vendor's. Where there is no envelope
/// to tell of the error, the HTTP status does, if the vendor has an error for it. If the response has a [`RequestId`](super::RequestId) among its
/// extensions, an envelope that echoes another one is neither an answer nor the vendor's error.
///
/// # The charset of the body
///
/// A byte order mark decides, else the `charset` of the Content-Type, else the XML declaration, else the definition's, else it is UTF-8.
/// UTF-8 and UTF-16 are always read, and the other charsets of the WHATWG's Encoding Standard with the feature `charsets`; without it an
/// error names the charset and the feature. The escapes of a query string are of bytes in that charset too. What is no text in its
/// charset is an error, and never replaced by another character.
///
/// # Errors
///
/// The vendor's refusal, a reply that cannot be read, one to another request, or a response that is no reply of this vendor.
pub fn read_reply<R: Request>(
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<R::Answer, Error<R::Failure>> {
    let mut reading = TypedReply::<R>::new();
    let read = read_reply_into(R::OPERATION, R::RAW, &mut reading, response, asked, limits);
    reading.finish(read)
}

/// Reads the response to a request whose types `reading` knows, and puts what is found into it: the one place that decides what a
/// response is. `raw` is what the reply may be when it is no envelope.
///
/// # Errors
///
/// As [`read_reply`]; the vendor's refusal is in `reading`.
pub fn read_reply_into(
    operation: &'static Operation,
    raw: Option<&RawDescription>,
    reading: &mut dyn ReplyReading,
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<(), Error<()>> {
    match raw {
        Some(description) => raw::read(operation, description, reading, response, asked, limits),
        None => envelope_reply::read(operation, reading, response, asked, limits),
    }
}
