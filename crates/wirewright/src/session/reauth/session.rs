//! Sessions that are opened again when the vendor says that they have expired: once, however many calls find that out.

use std::{fmt, future::poll_fn, sync::Arc, task::Poll};

use crate::{
    describe::class::Class,
    exchange::{error::Error, refusal::Refusal},
    session::reauth::kept::{Kept, Turn},
};

/// A session together with the way to open another one, as with a password that is kept for it.
///
/// When a call fails with an error of the class [`Class::LogInAgain`], a new session is opened, and the call is made once more with
/// it. Calls that find out at the same time share the new session: one of them logs in, and the others wait for it. If logging in
/// fails, that one call fails with the reason, and the others with the vendor's answer to their own; the next call tries again.
///
/// `S` is a session of a generated crate, and `L` logs in: `|| client.login("ada", password.clone()).send()`. The same without `async` is [`blocking::ReauthSession`](crate::session::blocking::ReauthSession).
///
/// ```
/// use std::sync::Arc;
/// use wirewright::{exchange::{Error, Failure}, session::ReauthSession};
///
/// /// What any call of a session answers: `ask` is `|session| async move { session.ping().send().await }`, say.
/// async fn answer<S, A, F: Failure, O, C>(
///     log_in: impl Fn() -> O,
///     ask: impl Fn(Arc<S>) -> C,
/// ) -> Result<A, Error<F>>
/// where
///     O: Future<Output = Result<S, Error<F>>>,
///     C: Future<Output = Result<A, Error<F>>>,
/// {
///     let session = ReauthSession::new(log_in().await?, log_in);
///     session.call(ask).await
/// }
/// ```
///
/// The secrets that it takes to log in are `log_in`'s: nothing here shows or stores them. Dropping a call that logs in lets another
/// one log in; dropping the whole leaves the session open ([`SessionGuard`](crate::session::SessionGuard) does not).
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
    pub async fn call<A, F: Refusal, C, O>(&self, call: impl Fn(Arc<S>) -> C) -> Result<A, Error<F>>
    where
        C: Future<Output = Result<A, Error<F>>>,
        L: Fn() -> O,
        O: Future<Output = Result<S, Error<F>>>,
    {
        let start = self.kept.start();
        let refused = match call(start.session.clone()).await {
            Err(error) if error.class() == Class::LogInAgain => error,
            ended => return ended,
        };
        let turn = poll_fn(|context| {
            let mut state = self.kept.lock();
            if let Some(turn) = self.kept.turn(&mut state, &start) {
                Poll::Ready(turn)
            } else {
                state.wait(context.waker());
                Poll::Pending
            }
        });
        let session = match turn.await {
            Turn::Newer(session) => session,
            Turn::InVain => return Err(refused),
            Turn::Open(opening) => opening.end((self.log_in)().await)?,
        };
        call(session).await
    }
}

impl<S, L> fmt::Debug for ReauthSession<S, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReauthSession").finish_non_exhaustive()
    }
}
