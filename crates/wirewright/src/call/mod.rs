//! Calls without I/O: a typed request becomes an [`http::Request`], an [`http::Response`] becomes a typed answer or error, for
//! the client and for the server side alike.
//!
//! Generated crates implement the traits of this module with a few lines each; everything that is the same for all vendors is
//! compiled once, here, and what differs is data ([`Protocol`], [`Operation`]).

mod client;
mod description;
mod error;
mod parameters;
mod payload;
mod reply;
mod request;
mod server;

use alloc::{borrow::Cow, string::String};
use core::fmt;

pub use self::{
    client::{Settings, Transport, blocking, call},
    description::{
        FormatDescription, MethodDescription, Operation, ParameterDescription, ParameterSource, Placement,
        Protocol, Verb,
    },
    error::{
        Body, Error, HttpError, RequestError, TransportError, TransportErrorKind, Unclosed, UndecodedReply,
        VendorError,
    },
    payload::{Nothing, Payload},
    reply::{Opened, read_reply},
    request::{CallContext, write_request},
    server::{Incoming, Received, Refused, not_found, receive, write_answer, write_failure},
};
use crate::wire::{Node, OwnedMessage};

/// A typed request of one operation.
pub trait Request: OwnedMessage + Send + Sync {
    /// The operation that it calls.
    const OPERATION: &'static Operation;
    /// The reply around its own data.
    type Envelope: Envelope<Answer = Self::Answer, Failure = Self::Failure>;
    /// The same envelope around data of any form, for errors.
    type FailedEnvelope: Envelope<Failure = Self::Failure>;
    /// What a successful call gives.
    type Answer;
    /// What a refused call gives.
    type Failure: Failure;
}

/// What stands around a vendor's reply, as it is on the wire.
pub trait Envelope: OwnedMessage {
    /// What it holds when the call succeeded.
    type Answer;
    /// What it holds when the vendor refused.
    type Failure: Failure;

    /// Looks at the status.
    fn open(self) -> Opened<Self::Answer, Self::Failure>;

    /// Puts an answer into an envelope, for the server side.
    fn seal(answer: Self::Answer, operation: &'static Operation) -> Self;

    /// Puts a failure into an envelope, for the server side.
    fn refuse(failure: Self::Failure, operation: &'static Operation) -> Self;
}

/// A vendor's refusal: the code and what came with it.
pub trait Failure: fmt::Debug + Send + Sync + 'static {
    /// The vendor's error codes.
    type Code: ErrorCode;

    /// A failure of this code with the vendor's usual texts, for the server side. `parameter` is the one at fault, if any.
    fn refused(code: Self::Code, parameter: Option<&str>) -> Self;

    /// The code.
    fn code(&self) -> &Self::Code;

    /// What the vendor said, in words.
    fn message(&self) -> Option<&str>;

    /// A number that tells more than the code, for vendors that have one.
    fn detail(&self) -> Option<i64> {
        None
    }

    /// The request's ID as the vendor echoed it, for vendors that do.
    fn request_id(&self) -> Option<&str> {
        None
    }

    /// Says which request this answers, where the vendor has a member for it.
    fn set_request_id(&mut self, _request_id: Option<String>) {}

    /// The data that came with the failure.
    fn data(&self) -> &Node;
}

/// A vendor's error codes: an enumeration that keeps codes it does not know.
pub trait ErrorCode: Clone + PartialEq + fmt::Debug + Send + Sync + 'static {
    /// The code of this text: digits, or a name.
    fn from_wire(code: &str) -> Self;

    /// The text on the wire.
    fn as_wire(&self) -> Cow<'_, str>;

    /// What a caller can do about it. Unknown codes are [`Class::GiveUp`].
    fn class(&self) -> Class;

    /// What the vendor's page says of it.
    fn description(&self) -> &'static str;

    /// The code for something that a server side finds out by itself.
    fn on(occasion: Occasion) -> Option<Self>;
}

/// What a caller can do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Send the same call again, later.
    Retry,
    /// Log in again, then repeat the call.
    LogInAgain,
    /// The call is wrong; sending it again will not help.
    InvalidRequest,
    /// Nothing that a program can do.
    GiveUp,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Retry => "retry later",
            Self::LogInAgain => "log in again",
            Self::InvalidRequest => "correct the call",
            Self::GiveUp => "give up",
        })
    }
}

/// Something that a server side finds out before (or while) it handles a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Occasion {
    /// A required parameter is missing.
    ParameterMissing,
    /// A parameter has a wrong value, or is given twice.
    ParameterInvalid,
    /// The operation is not offered by this HTTP method.
    MethodNotAllowed,
    /// No operation has this path or name.
    OperationUnknown,
    /// The session does not exist.
    SessionUnknown,
    /// The session has expired.
    SessionExpired,
    /// The signature does not match.
    SignatureWrong,
    /// The user, the password or the like is wrong.
    CredentialsWrong,
    /// Something went wrong on the server.
    Internal,
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ParameterMissing => "a required parameter is missing",
            Self::ParameterInvalid => "a parameter has a wrong value or is given twice",
            Self::MethodNotAllowed => "the operation is not offered by this HTTP method",
            Self::OperationUnknown => "no operation has this path or name",
            Self::SessionUnknown => "the session does not exist",
            Self::SessionExpired => "the session has expired",
            Self::SignatureWrong => "the signature does not match",
            Self::CredentialsWrong => "the user or the password is wrong",
            Self::Internal => "something went wrong on the server",
        })
    }
}
