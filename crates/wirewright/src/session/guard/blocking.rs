//! Sessions without futures that do not outlive who opened them.

use std::{
    fmt,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::panicking,
};

use crate::{
    exchange::{error::Error, refusal::Refusal},
    session::{close_error::SessionCloseError, guard::session::gone},
};

/// Closes a session.
type LogOut<S, A, F> = Box<dyn FnOnce(S) -> Result<A, SessionCloseError<S, F>> + Send>;

/// A session that is closed when this is dropped: at the end of a block, by `?`, or by a panic.
///
/// ```
/// use wirewright::{exchange::{Error, Failure}, session::{SessionCloseError, blocking::SessionGuard}};
///
/// /// With a generated crate `log_in` is `|| client.login("ada", password).send_blocking()`, and `log_out` is
/// /// `|session: Session<_>| session.logout().send_blocking()`.
/// fn work<S, A, F: Failure>(
///     log_in: impl FnOnce() -> Result<S, Error<F>>,
///     log_out: impl FnOnce(S) -> Result<A, SessionCloseError<S, F>> + Send + 'static,
/// ) -> Result<(), Error<F>> {
///     let session = SessionGuard::open(log_in, log_out)?;
///     // Calls are made on it as on the session itself: `session.ping().send_blocking()?`
///     session.close().map_err(|unclosed| unclosed.error)?;
///     Ok(())
/// }
/// ```
///
/// [`leave_open`](Self::leave_open) is for those who want the session to stay.
///
/// Closing may fail, as any call may: [`close`](Self::close) tells, and the session stays open where nobody is left to be told.
/// Dropping it takes no longer than the [time](crate::client::Config::with_timeout) and the [tries](crate::client::RetryPolicy) of the calls
/// that it makes. The async one is [`call::SessionGuard`](crate::session::SessionGuard).
pub struct SessionGuard<S, A, F: Refusal> {
    // It goes first: the owner is the last one when it closes the session.
    session: Arc<S>,
    owner: Owner<S, A, F>,
}

impl<S, A, F: Refusal> SessionGuard<S, A, F> {
    /// Opens a session by `log_in`, which `log_out` closes.
    ///
    /// # Errors
    ///
    /// Those of logging in.
    pub fn open(
        log_in: impl FnOnce() -> Result<S, Error<F>>,
        log_out: impl FnOnce(S) -> Result<A, SessionCloseError<S, F>> + Send + 'static,
    ) -> Result<Self, Error<F>> {
        let session = Arc::new(log_in()?);
        let owner = Owner(Some((Arc::clone(&session), Box::new(log_out))));
        Ok(Self { session, owner })
    }

    /// Closes the session.
    ///
    /// # Errors
    ///
    /// When the session could not be closed, with the session: it may still be open, and nothing closes it by itself any more.
    pub fn close(self) -> Result<A, SessionCloseError<Option<S>, F>> {
        let Self { session, mut owner } = self;
        drop(session);
        match owner.close() {
            Some(closed) => closed.map_err(|SessionCloseError { session, error }| SessionCloseError {
                session: Some(session),
                error,
            }),
            None => Err(SessionCloseError { session: None, error: gone().into() }),
        }
    }

    /// Leaves the session open. Save its state before, to take it up again.
    pub fn leave_open(mut self) {
        self.owner.0 = None;
    }
}

impl<S, A, F: Refusal> Deref for SessionGuard<S, A, F> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.session
    }
}

/// Shows nothing of the session: it holds secrets.
impl<S, A, F: Refusal> fmt::Debug for SessionGuard<S, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionGuard").finish_non_exhaustive()
    }
}

/// What closes the session in the end, unless it was told to leave it.
struct Owner<S, A, F: Refusal>(Option<(Arc<S>, LogOut<S, A, F>)>);

impl<S, A, F: Refusal> Owner<S, A, F> {
    /// `None`: somebody has it already.
    fn close(&mut self) -> Option<Result<A, SessionCloseError<S, F>>> {
        let (session, log_out) = self.0.take()?;
        Arc::into_inner(session).map(log_out)
    }
}

impl<S, A, F: Refusal> Drop for Owner<S, A, F> {
    fn drop(&mut self) {
        if panicking() {
            // A second panic would end the program, and take away what the first one has to tell.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(self.close())));
        } else {
            drop(self.close());
        }
    }
}
