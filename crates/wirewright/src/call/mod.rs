//! Calls without I/O: a typed request becomes an [`http::Request`], an [`http::Response`] becomes a typed answer or error, for
//! the client and for the server side alike.
//!
//! Generated crates implement the traits of this module with a few lines each; everything that is the same for all vendors is
//! compiled once, here, and what differs is data ([`Protocol`], [`Operation`]).
//!
//! # Looking on
//!
//! [`Config::with_observer`] calls a function of the caller's with every request and with what came back of it, each try of a call
//! included. It shows names and no values, unless it is asked by name.
//!
//! With the feature `tracing` each try is a span `call` of the target `wirewright` and the level `DEBUG`, in which the transport's own
//! spans and events are. It has nothing of what went over the wire but the status.
//!
//! | field | |
//! |---|---|
//! | `vendor`, `operation` | as the definition calls them |
//! | `format` | the one that was asked for, where the reply has an envelope |
//! | `attempt` | from 1 |
//! | `status` | of HTTP, when a response came |
//! | `duration_ms` | until the reply was read, or its first row; by the clock of the call's [surroundings](Environment) |
//! | `outcome` | `answer`, or what kind of [`Error`] it is: `vendor`, `decode`, `http`, `rows`, `transport`, `request`; not there when the call was cancelled |
//!
//! # When a future is dropped
//!
//! A call that is cancelled, by a `select!`, a time limit or a task that is aborted, stops where it is. It may have reached the
//! vendor: what the vendor did is not known then, as after an error of the kind [`Timeout`](TransportErrorKind::Timeout). A session
//! stays as it is, and further calls of it can be made. Nothing is lost of [items](Paginator) and [rows](RowsReply) that way.
//!
//! | dropped | what stays open |
//! |---|---|
//! | a call of a session | the session |
//! | a session, without its method that closes it | the session, until the vendor lets it expire |
//! | a login, before the request was sent | nothing |
//! | a login, behind that | perhaps a session of which nobody knows: no one can close it |
//! | a call that closes a session | the session, unless the request has reached the vendor; its state is gone, if it was not saved |
//! | a `ReauthSession`, or a call of one | the session of the moment; a login of the call is as any login |
//! | a `SessionGuard`, or its `open` or `close` (feature `std`) | nothing: its task logs out, even behind a login that nobody waits for any more |
//!
//! So whoever has to leave no session behind opens it with `SessionGuard`, unless told so by its `leave_open`. Where nothing is awaited
//! `blocking::SessionGuard` does the same for whatever ends a block: its end, `?`, a panic.

pub mod multipart;

mod attempts;
mod client;
mod content;
mod description;
mod environment;
mod error;
mod extra;
#[cfg(feature = "std")]
mod guard;
mod host;
mod location;
mod observe;
mod opening;
mod own;
mod pagination;
mod parameters;
mod parsed;
mod payload;
mod provided;
mod raw;
#[cfg(feature = "std")]
mod reauth;
mod redact;
mod reply;
mod request;
mod request_id;
mod retry_policy;
mod rows;
mod server;
mod span;
#[cfg(feature = "stream")]
mod stream;
mod upload_rows;
mod visitor;

use alloc::{borrow::Cow, string::String};
use core::fmt;

#[cfg(feature = "std")]
pub use self::multipart::BodyReader;
#[cfg(feature = "stream")]
pub use self::stream::StreamBody;
pub use self::{
    attempts::AttemptTimeout,
    client::{Config, Transport, blocking, call},
    description::{
        AutoFill, AutoFilled, BodyDescription, Content, FormatDescription, Groups, MethodDescription,
        Operation, ParameterDescription, ParameterLocation, ParameterSource, PlacedParameter, Placement,
        Protocol, SessionKind,
    },
    environment::{Environment, NoEnvironment, clock_skew},
    error::{
        Body, Error, HttpError, RequestError, SessionCloseError, TransportError, TransportErrorKind,
        UndecodedReply, VendorError,
    },
    multipart::{BodyChunks, RequestBody},
    observe::{Exchange, Exposed, Observer},
    opening::SessionOpenOutcome,
    pagination::{
        Caller, NextPage, Page, PaginatedRequest, Pagination, Paginator, Step, milliseconds, seconds,
    },
    parsed::parse_request,
    payload::{Nothing, Payload, present},
    raw::{RawDescription, RawEnvelope, RawReply, write_raw},
    reply::{Opened, read_reply},
    request::{CallContext, SessionContext, write_request, write_upload},
    request_id::{MismatchedReply, RequestId},
    retry_policy::RetryPolicy,
    rows::{RowsReply, RowsRequest, StreamingTransport, call_rows},
    server::{
        Dispatch, Incoming, Received, Rejection, Respond, Server, not_found, receive, write_answer,
        write_failure,
    },
    upload_rows::{RowsUpload, upload_rows, write_rows},
    visitor::{DescribedSession, Visitor},
};
#[cfg(feature = "std")]
pub use self::{
    environment::System,
    guard::{CleanupTask, SessionGuard},
    reauth::ReauthSession,
};
pub use crate::chunks::Chunks;
use crate::wire::OwnedMessage;

/// What an XML document may start with.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// A typed request of one operation.
pub trait Request: OwnedMessage + Send + Sync {
    /// The operation that it calls.
    const OPERATION: &'static Operation;
    /// What the reply may be, when it is no envelope.
    const RAW: Option<&'static RawDescription> = None;
    /// The reply around its own data.
    type Envelope: Envelope<Answer = Self::Answer, Failure = Self::Failure>;
    /// The same envelope around the data that comes with an error.
    type FailedEnvelope: Envelope<Failure = Self::Failure>;
    /// The same envelope around data of any form: an error is one, whatever comes with it.
    type LooseEnvelope: Envelope<Failure = Self::Failure>;
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

    /// Whether its root alone tells a success from a body that is no reply: for an envelope without a status, in which a failure
    /// is told by its code.
    const BY_ROOT: bool = false;

    /// Looks at the status.
    fn open(self) -> Opened<Self::Answer, Self::Failure>;

    /// Puts an answer into an envelope, for the server side.
    fn seal(answer: Self::Answer, operation: &'static Operation) -> Self;

    /// Puts a failure into an envelope, for the server side. `path` is the request's, which may be none of the vendor's.
    fn refuse(failure: Self::Failure, path: &str) -> Self;

    /// The same as the envelope of a success: the status says so, and what comes with failures only is not there. Tools that
    /// have nothing but the description of the types make an answer of it.
    #[must_use]
    fn succeed(self) -> Self {
        self
    }

    /// Says which request this answers, where the vendor has a member for it: the one that its caller gave this ID, or none.
    fn answers_to(&mut self, _request_id: Option<&str>) {}

    /// The ID of the request that this answers, as the vendor echoed it, where the vendor has a member for it.
    fn request_id(&self) -> Option<&str> {
        None
    }

    /// The answer that a reply without an envelope is, for operations that have such.
    ///
    /// # Errors
    ///
    /// The reply back, for those that have not.
    fn raw(reply: RawReply) -> Result<Self::Answer, RawReply> {
        Err(reply)
    }
}

/// A vendor's refusal: the code and what came with it.
pub trait Failure: fmt::Debug + Send + Sync + 'static {
    /// The vendor's error codes.
    type Code: ErrorCode;
    /// The data that may come with it: a structure where the definition tells of one, else a [`Document`](crate::wire::Document).
    type Data;

    /// A failure of this code with the vendor's usual texts, for the server side. `parameter` is the one at fault, if any.
    fn refused(code: Self::Code, parameter: Option<&str>) -> Self;

    /// A failure of this code and nothing more: the HTTP status told it, and the body did not.
    fn bare(code: Self::Code) -> Self
    where
        Self: Sized,
    {
        Self::refused(code, None)
    }

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
    fn data(&self) -> &Self::Data;
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
    fn on(occasion: ServerCondition) -> Option<Self>;

    /// The HTTP status of replies with this code, where that is not the status of a success.
    fn http_status(&self) -> Option<u16> {
        None
    }

    /// The code of a reply that has this HTTP status and nothing else to tell.
    fn on_http_status(_status: u16) -> Option<Self> {
        None
    }
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
pub enum ServerCondition {
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

impl fmt::Display for ServerCondition {
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
