//! All operations of a vendor, one after the other, for tools that know no vendor: mock servers, a shell's calls, fuzzing.

use std::{fmt::Debug, time::Duration};

use crate::{
    Secret,
    describe::protocol::{Operation, SessionKind},
    exchange::typed::Request,
    transport::clock_skew::ClockSkew,
    wire::OwnedMessage,
};

/// What is done with each operation of a vendor. A generated crate's `operations::visit` shows it every one, as types.
///
/// ```
/// use wirewright::{exchange::Request, generated::Visitor, wire::OwnedMessage};
///
/// /// The names of the operations.
/// struct Names(Vec<&'static str>);
///
/// impl Visitor for Names {
///     // An implementation may ask for less than the trait does.
///     fn operation<R: Request, C: OwnedMessage, O: OwnedMessage, S: OwnedMessage>(&mut self) {
///         self.0.push(R::OPERATION.name);
///     }
/// }
///
/// /// What a generated crate has.
/// mod operations {
///     # use wirewright::generated::Visitor;
///     pub fn visit(visitor: &mut impl Visitor) {
///         // visitor.operation::<session::login::Request, Nothing, Nothing, Nothing>();
///         # let _ = visitor;
///     }
/// }
///
/// let mut names = Names(Vec::new());
/// operations::visit(&mut names);
/// ```
///
/// Nothing of a visit is compiled into a program that makes none: it is generic over the visitor.
pub trait Visitor {
    /// One operation. `R` is its request, `C` and `O` are the parameters of the client and the options of the call, and `S` is
    /// what the calls of its session carry: of the first kind, where it takes several, and [`Nothing`](crate::exchange::Nothing) where it
    /// takes none.
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + Clone + Debug + PartialEq + 'static,
        R::Envelope: Debug + PartialEq,
        R::FailedEnvelope: Debug + PartialEq,
        R::Answer: Clone + Debug + PartialEq,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + Debug + PartialEq + Sync + 'static,
        O: OwnedMessage + Debug + PartialEq + Sync + 'static,
        S: OwnedMessage + Debug + PartialEq + Sync + 'static;

    /// One kind of session. They come before the operations; a visitor that has no use for them says nothing.
    fn session<S: DescribedSession>(&mut self) {}
}

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

    /// What its calls carry.
    fn carried(&self) -> Self::Carried;

    /// What signs its calls, if its kind has a key.
    fn key(&self) -> Option<Secret<String>> {
        None
    }

    /// By how much the server's clock is ahead, as far as that is known.
    fn clock_skew(&self) -> ClockSkew {
        ClockSkew::NONE
    }

    /// Gives the session that `answer` opens the name `name`, on the server side: every text of the answer that the session's
    /// calls carry becomes `name`, if it is there. A session that carries nothing of the answer keeps what it has.
    fn rename(_answer: &mut <Self::Opening as Request>::Answer, _name: &str) {}
}
