//! Sessions: what a call gives that opens one, what is left of one that could not be closed, sessions that are opened again when
//! they expire, and sessions that do not outlive who opened them.

pub(crate) mod close_error;
pub(crate) mod guard;
pub(crate) mod outcome;
pub(crate) mod reauth;

/// The same without `async`.
pub mod blocking {
    pub use crate::session::{guard::blocking::SessionGuard, reauth::blocking::ReauthSession};
}

pub use self::{close_error::SessionCloseError, outcome::SessionOpenOutcome};
pub use self::{
    guard::session::{CleanupTask, SessionGuard},
    reauth::session::ReauthSession,
};
