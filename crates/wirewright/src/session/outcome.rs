//! What a call gives that may open a session.

use crate::exchange::{error::Error, refusal::Refusal};

/// What a call gives that opens a session, or succeeds and opens none: one that only looks at the credentials, say.
///
/// ```
/// use wirewright::{exchange::{Error, Failure}, session::SessionOpenOutcome};
///
/// /// `S` is a session of a generated crate, and `A` the answer of what opens it.
/// fn session<S, A, F: Failure>(opening: SessionOpenOutcome<S, A>) -> Result<S, Error<F>> {
///     match opening {
///         SessionOpenOutcome::Session(session) => Ok(session),
///         // The answer tells why.
///         opening @ SessionOpenOutcome::Answer(_) => opening.session(),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionOpenOutcome<S, A> {
    /// It opened this session, which holds the answer.
    Session(S),
    /// It opened none, and this is what the vendor answered.
    Answer(A),
}

impl<S, A> SessionOpenOutcome<S, A> {
    /// The session.
    ///
    /// # Errors
    ///
    /// [`Error::Unopened`], when there is none. The answer is lost then: who wants it matches on the variants.
    pub fn session<F: Refusal>(self) -> Result<S, Error<F>> {
        match self {
            Self::Session(session) => Ok(session),
            Self::Answer(_) => Err(Error::Unopened),
        }
    }

    /// What the vendor answered, if no session was opened.
    pub fn answer(self) -> Option<A> {
        match self {
            Self::Session(_) => None,
            Self::Answer(answer) => Some(answer),
        }
    }
}
