//! `http::Response` -> typed answer or error.

use alloc::vec::Vec;

use crate::{
    Format, Limits,
    exchange::{envelope_reply, error::Error, raw, typed::Request},
};

/// Reads the response to a request of type `R`.
///
/// The vendor's error is looked for before the reply is insisted on. A body in another format than was asked for is read, if it
/// is one of the operation's, whatever its Content-Type says; an error is read in any of the vendor's. Where there is no envelope
/// to tell of the error, the HTTP status does, if the vendor has an error for it. If the response has a [`RequestId`](crate::exchange::RequestId) among its
/// extensions, an envelope that echoes another one is neither an answer nor the vendor's error.
///
/// # Errors
///
/// The vendor's refusal, a reply that cannot be read, one to another request, or a response that is no reply of this vendor.
pub fn read_reply<R: Request>(
    response: http::Response<Vec<u8>>,
    asked: Format,
    limits: &Limits,
) -> Result<R::Answer, Error<R::Failure>> {
    match R::RAW {
        Some(description) => raw::read::<R>(description, response, asked, limits),
        None => envelope_reply::read::<R>(response, asked, limits),
    }
}
