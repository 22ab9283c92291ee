//! In which session a client is, and which requests it can make there.

use std::string::String;

use crate::{
    Secret,
    client::pagination::{request::PaginatedRequest, typed::Pagination},
    describe::protocol::SessionKind,
    exchange::{described::DescribedSession, payload::Nothing, typed::Request},
    transport::clock_skew::ClockSkew,
    wire::Record,
};

/// What a client is in: [`NoSession`], or a session, whose state this is.
pub trait Scope: Send + Sync {
    /// What the vendor answered when the session was opened.
    type Answer: Send + Sync;
    /// What its calls carry.
    type Carried: Record + Send + Sync;
    /// Its kind.
    const KIND: Option<&'static SessionKind>;

    /// What its calls carry.
    fn carried(&self) -> Self::Carried;

    /// The values of its kind's fields, in their order: what signs its calls.
    fn fields(&self) -> Vec<Secret<String>>;

    /// What it keeps under this name, where a session takes that over which is opened in it.
    fn kept(&self, _name: &str) -> Option<Secret<String>> {
        None
    }

    /// By how much the server's clock is ahead, as far as that is known.
    fn clock_skew(&self) -> ClockSkew;
}

/// A client that has opened no session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoSession;

impl Scope for NoSession {
    type Answer = ();
    type Carried = Nothing;
    const KIND: Option<&'static SessionKind> = None;

    fn carried(&self) -> Nothing {
        Nothing {}
    }

    fn fields(&self) -> Vec<Secret<String>> {
        Vec::new()
    }

    fn clock_skew(&self) -> ClockSkew {
        ClockSkew::NONE
    }
}

impl<S: DescribedSession<Opening: Request<Answer: Send + Sync>>> Scope for S {
    type Answer = <S::Opening as Request>::Answer;
    type Carried = S::Carried;
    const KIND: Option<&'static SessionKind> = Some(S::KIND);

    fn carried(&self) -> S::Carried {
        DescribedSession::carried(self)
    }

    fn fields(&self) -> Vec<Secret<String>> {
        DescribedSession::fields(self)
    }

    fn kept(&self, name: &str) -> Option<Secret<String>> {
        DescribedSession::kept(self, name)
    }

    fn clock_skew(&self) -> ClockSkew {
        DescribedSession::clock_skew(self)
    }
}

/// A request that may be made in the session `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a call of `{S}`",
    label = "not offered here",
    note = "`NoSession` is a client that has not logged in; a session is a client with the state that its login gave it"
)]
pub trait In<S: Scope>: Sized {
    /// Where a call that is made page by page begins: `answer` is what opened the session.
    #[doc(hidden)]
    fn first_page(self, _answer: Option<&S::Answer>) -> Pagination<Self>
    where
        Self: PaginatedRequest,
    {
        Pagination::new(self)
    }
}
