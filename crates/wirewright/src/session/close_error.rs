//! A session that could not be closed.

use std::fmt;

use crate::exchange::{error::Error, refusal::Refusal};

/// A session that could not be closed, given back with the reason.
///
/// Its `Debug` and `Display` show the reason only: a session holds secrets.
pub struct SessionCloseError<S, F: Refusal> {
    /// The session, which may still be open.
    pub session: S,
    /// Why it could not be closed.
    pub error: Error<F>,
}

impl<S, F: Refusal> fmt::Debug for SessionCloseError<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionCloseError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<S, F: Refusal> fmt::Display for SessionCloseError<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the session was not closed: {}", self.error)
    }
}

impl<S, F: Refusal> std::error::Error for SessionCloseError<S, F> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}
