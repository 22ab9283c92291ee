//! Sessions that are opened again, without `async`.

use std::{fmt, sync::Arc};

use crate::{
    describe::class::Class,
    exchange::{error::Error, refusal::Refusal},
    session::reauth::kept::{Kept, Turn},
};

/// A session together with the way to open another one, as with a password that is kept for it.
///
/// When a call fails with an error of the class [`Class::LogInAgain`], a new session is opened, and the call is made once more
/// with it. Calls that find out at the same time share the new session: one of them logs in, and the others wait for it. If
/// logging in fails, that one call fails with the reason, and the others with the vendor's answer to their own; the next call
/// tries again.
///
/// `S` is a session of a generated crate, and `L` logs in: `|| client.login("ada", password.clone()).send_blocking()`.
///
/// ```
/// use std::sync::Arc;
/// use wirewright::{exchange::{Error, Failure}, session::blocking::ReauthSession};
///
/// /// What any call of a session answers: `ask` is `|session| session.ping().send_blocking()`, say.
/// fn answer<S, A, F: Failure>(
///     log_in: impl Fn() -> Result<S, Error<F>>,
///     ask: impl Fn(Arc<S>) -> Result<A, Error<F>>,
/// ) -> Result<A, Error<F>> {
///     let session = ReauthSession::new(log_in()?, log_in);
///     session.call(ask)
/// }
/// ```
///
/// The secrets that it takes to log in are `log_in`'s: nothing here shows or stores them. Dropping it leaves the session open.
pub struct ReauthSession<S, L> {
    kept: Kept<S>,
    log_in: L,
}

impl<S, L> ReauthSession<S, L> {
    /// A session that is open, or was saved and may have expired since, and what opens the next one.
    pub fn new(session: S, log_in: L) -> Self {
        Self { kept: Kept::new(session), log_in }
    }

    /// The session of the moment.
    pub fn session(&self) -> Arc<S> {
        self.kept.lock().session.clone()
    }

    /// The last session, to be closed.
    ///
    /// # Errors
    ///
    /// The session as it is, when a call or another owner still has it.
    pub fn into_session(self) -> Result<S, Arc<S>> {
        self.kept.into_session()
    }

    /// Makes a call, with another session if this one has expired.
    ///
    /// # Errors
    ///
    /// Those of the call, and of logging in.
    pub fn call<A, F: Refusal>(&self, call: impl Fn(Arc<S>) -> Result<A, Error<F>>) -> Result<A, Error<F>>
    where
        L: Fn() -> Result<S, Error<F>>,
    {
        let start = self.kept.start();
        let refused = match call(start.session.clone()) {
            Err(error) if error.class() == Class::LogInAgain => error,
            ended => return ended,
        };
        let session = match self.kept.await_turn(&start) {
            Turn::Newer(session) => session,
            Turn::InVain => return Err(refused),
            Turn::Open(opening) => opening.end((self.log_in)())?,
        };
        call(session)
    }
}

impl<S, L> fmt::Debug for ReauthSession<S, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReauthSession").finish_non_exhaustive()
    }
}
