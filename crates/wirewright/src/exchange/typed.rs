//! What a generated crate says of an operation in types: its request, the envelopes of its replies, its failure and their codes.

use std::{borrow::Cow, fmt, time::Duration};

use crate::{
    describe::{
        class::{Class, ServerCondition},
        protocol::Operation,
        raw::RawDescription,
    },
    exchange::raw_reply::RawReply,
    wire::{Fill, Member, OwnedMessage, Record},
};

/// A typed request of one operation.
pub trait Request: OwnedMessage + Send + Sync {
    /// The operation that it calls.
    const OPERATION: &'static Operation;
    /// What the reply may be, when it is no envelope.
    const RAW: Option<&'static RawDescription> = None;
    /// The reply around its own data.
    #[doc(hidden)]
    type Envelope: Envelope<Answer = Self::Answer, Failure = Self::Failure>;
    /// The same envelope around the data that comes with an error.
    #[doc(hidden)]
    type FailedEnvelope: Envelope<Failure = Self::Failure>;
    /// The same envelope around data of any form: an error is one, whatever comes with it.
    #[doc(hidden)]
    type LooseEnvelope: Envelope<Failure = Self::Failure>;
    /// What a successful call gives.
    type Answer;
    /// What a refused call gives.
    type Failure: Failure;

    /// How long the vendor holds this request until there is something to tell, where it does: none of the time that an answer may
    /// take, as [`Config::with_timeout`](crate::client::Config::with_timeout) has it.
    fn held(&self) -> Option<Duration> {
        None
    }
}

/// What is around a vendor's reply, as it is on the wire.
pub trait Envelope: OwnedMessage {
    /// What it holds when the call succeeded.
    type Answer;
    /// What it holds when the vendor refused.
    type Failure: Failure;

    /// Whether its root alone tells a success from a body that is no reply: for an envelope without a status, in which a failure
    /// is told by its code.
    const BY_ROOT: bool = false;

    /// Whether a server echoes the operation's name, where it has a member for the operation; its path otherwise.
    const ECHOES_NAME: bool = false;

    /// What a response without a body gives, where that may be a success: an answer with nothing in it. `None`: an answer has
    /// something in it for certain.
    fn empty_answer() -> Option<Self::Answer> {
        None
    }

    /// The data of an answer, for operations whose replies have members in their headers.
    fn data(_answer: &Self::Answer) -> Option<&dyn Record> {
        None
    }

    /// The same, to be filled.
    fn data_mut(_answer: &mut Self::Answer) -> Option<&mut dyn for<'de> Fill<'de>> {
        None
    }

    /// Looks at the status.
    fn open(self) -> OpenedEnvelope<Self::Answer, Self::Failure>;

    /// Puts an answer into an envelope, for the server side.
    fn seal(answer: Self::Answer, operation: &'static Operation) -> Self;

    /// Puts a failure into an envelope, for the server side. `called` is the path of the request, or the name of the operation, which
    /// may be none of the vendor's.
    fn refuse(failure: Self::Failure, called: &str) -> Self;

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

    /// The reply without an envelope that an answer is, for operations that have such.
    ///
    /// # Errors
    ///
    /// The answer back, for those that have not.
    fn into_raw(answer: Self::Answer) -> Result<RawReply, Self::Answer> {
        Err(answer)
    }
}

/// What an [`Envelope`] turned out to hold.
#[derive(Debug)]
pub enum OpenedEnvelope<A, F> {
    /// The call succeeded.
    Success(A),
    /// The vendor refused.
    Failure(F),
    /// The call succeeded, but this promised member is not there: the names of the definition, with `.` between them.
    Missing(&'static str),
    /// The call succeeded, but this promised member of the data, which is among the envelope's, is not there.
    MissingInData(Option<Member>),
    /// There is no status: whatever this is, it is no reply of the vendor.
    NoStatus,
}

impl<A, F> OpenedEnvelope<A, F> {
    pub(crate) fn without_answer(self) -> OpenedEnvelope<(), F> {
        match self {
            Self::Success(_) => OpenedEnvelope::Success(()),
            Self::Failure(failure) => OpenedEnvelope::Failure(failure),
            Self::Missing(member) => OpenedEnvelope::Missing(member),
            Self::MissingInData(member) => OpenedEnvelope::MissingInData(member),
            Self::NoStatus => OpenedEnvelope::NoStatus,
        }
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

    /// Says in words what happened, where the vendor has a member for that and the code alone does not tell.
    fn explain(&mut self, _message: String) {}

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

/// The text that a server sends with an error: `{parameter}` in it is the parameter at fault. Where none is known, the rest is said.
pub fn fill_message(template: &str, parameter: Option<&str>) -> String {
    match parameter {
        Some(parameter) => template.replace("{parameter}", parameter),
        None => template.replace("{parameter} ", "").replace(" {parameter}", "").replace("{parameter}", ""),
    }
}

/// What HTTP calls a status that an error's number is.
pub fn http_reason(status: i64) -> &'static str {
    let known = u16::try_from(status).ok().and_then(|status| http::StatusCode::from_u16(status).ok());
    known.and_then(|status| status.canonical_reason()).unwrap_or("the definition does not know this code")
}

/// The class of an error whose number is a status of HTTP.
pub fn http_class(status: i64) -> Class {
    u16::try_from(status).map_or(Class::GiveUp, Class::of_http)
}

/// A vendor's error codes: an enumeration that keeps codes it does not know.
pub trait ErrorCode: Clone + PartialEq + fmt::Debug + Send + Sync + 'static {
    /// The code of this text: digits, or a name.
    fn from_wire(code: &str) -> Self;

    /// The text on the wire; `None` for a failure that has no code.
    fn as_wire(&self) -> Option<Cow<'_, str>>;

    /// Whether the definition tells of it.
    fn is_known(&self) -> bool;

    /// What a caller can do about it. Unknown codes are [`Class::GiveUp`].
    fn class(&self) -> Class;

    /// What the vendor's page says of it.
    fn description(&self) -> &'static str;

    /// The code for something that a server side finds out by itself.
    fn on(condition: ServerCondition) -> Option<Self>;

    /// The HTTP status of replies with this code, where that is not the status of a success.
    fn http_status(&self) -> Option<u16> {
        None
    }

    /// The code of a reply that has this HTTP status and nothing else to tell.
    fn on_http_status(_status: u16) -> Option<Self> {
        None
    }
}
