//! What a session keeps between calls, for clients and for tools that know no vendor.

use std::string::String;
use std::{fmt::Debug, time::Duration};

use crate::{
    Secret,
    describe::protocol::{Operation, SessionKind},
    exchange::typed::Request,
    transport::clock_skew::ClockSkew,
    wire::OwnedMessage,
};

/// What a session keeps between calls, seen by tools that know no vendor. Generated crates implement it for the states of their
/// sessions.
pub trait DescribedSession: OwnedMessage + Clone + Debug + PartialEq + Send + Sync + 'static {
    /// Its kind.
    const KIND: &'static SessionKind;
    /// What ends it, for vendors that have such an operation.
    const CLOSED_BY: Option<&'static Operation>;
    /// What opens it.
    type Opening: Request<Answer: Debug>;
    /// What its calls carry.
    type Carried: OwnedMessage + Clone + Debug + PartialEq + Send + Sync + 'static;

    /// The session that a successful call opened; `now` is the caller's clock, the time since 1970-01-01 00:00:00 UTC. `None`: it
    /// opened none, as calls may that open a session or not.
    fn opened(
        request: &Self::Opening,
        answer: &<Self::Opening as Request>::Answer,
        now: Option<Duration>,
    ) -> Option<Self>;

    /// The same of a session that takes something over from the one that it is opened in: `kept` is what that one
    /// [keeps](Self::kept).
    fn opened_in(
        request: &Self::Opening,
        answer: &<Self::Opening as Request>::Answer,
        _kept: &dyn Fn(&str) -> Option<Secret<String>>,
        now: Option<Duration>,
    ) -> Option<Self> {
        Self::opened(request, answer, now)
    }

    /// What it keeps under this name, where another session takes that over.
    fn kept(&self, _name: &str) -> Option<Secret<String>> {
        None
    }

    /// What its calls carry.
    fn carried(&self) -> Self::Carried;

    /// The values of its kind's [fields](SessionKind::fields), in their order: what signs its calls.
    fn fields(&self) -> Vec<Secret<String>> {
        Vec::new()
    }

    /// By how much the server's clock is ahead, as far as that is known.
    fn clock_skew(&self) -> ClockSkew {
        ClockSkew::NONE
    }
}
