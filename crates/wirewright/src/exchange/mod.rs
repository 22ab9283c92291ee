//! One call without I/O: a typed request becomes an [`http::Request`], an [`http::Response`] becomes a typed answer or error, for
//! the client and for the server side alike.
//!
//! Everything that is the same for all vendors is compiled once, here, and what differs is data: see [`describe`](crate::describe).
//! Who carries requests by hand needs no more than [`write_request`] and [`read_reply`]; [`client`](crate::client) has the rest.

pub(crate) mod additions;
pub(crate) mod auto_fill;
pub(crate) mod body;
pub(crate) mod bytes;
pub(crate) mod code_header;
pub(crate) mod computed;
pub(crate) mod context;
pub(crate) mod credentials;
pub(crate) mod described;
pub(crate) mod document;
pub(crate) mod envelope_reply;
pub(crate) mod error;
pub(crate) mod extra;
pub(crate) mod files;
pub(crate) mod host;
pub(crate) mod mismatched;
#[cfg(feature = "multipart")]
pub(crate) mod multipart_body;
pub(crate) mod offered;
pub(crate) mod operation_parameters;
pub(crate) mod parameters;
pub(crate) mod parsed;
pub(crate) mod path;
pub(crate) mod payload;
pub(crate) mod payload_outcome;
pub(crate) mod placed;
pub(crate) mod prefix;
pub(crate) mod raw;
pub(crate) mod raw_envelope;
pub(crate) mod raw_reply;
pub(crate) mod reading;
pub(crate) mod refusal;
pub(crate) mod reply;
pub(crate) mod reply_headers;
pub(crate) mod request;
pub(crate) mod request_error;
pub(crate) mod retry_policy;
pub(crate) mod spelling;
pub(crate) mod target;
pub(crate) mod typed;
pub(crate) mod web_page;
pub(crate) mod written;

pub use self::{
    additions::Additions,
    body::Body,
    context::{CallContext, SessionContext},
    error::{Error, FailedCall, HttpError, UndecodedReply, VendorError},
    mismatched::MismatchedReply,
    parsed::parse_request,
    payload::Nothing,
    raw_reply::RawReply,
    refusal::Refusal,
    reply::read_reply,
    request::{write_request, write_upload},
    request_error::RequestError,
    typed::{ErrorCode, Failure, Request},
};
pub use crate::transport::request_id::RequestId;
