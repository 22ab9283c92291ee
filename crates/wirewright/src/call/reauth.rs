//! Sessions that are opened again when the vendor says that they have expired: once, however many calls find that out.

use alloc::{sync::Arc, vec::Vec};
use core::{
    fmt,
    future::poll_fn,
    task::{Poll, Waker},
};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::{Class, Error, Failure};

/// A session together with the way to open another one, as with a password that is kept for it.
///
/// When a call fails with an error of the class [`Class::LogInAgain`], a new session is opened, and the call is made once more with
/// it. Calls that find out at the same time share the new session: one of them logs in, and the others wait for it. If logging in
/// fails, that one call fails with the reason, and the others with the vendor's answer to their own; the next call tries again.
///
/// `S` is a session of a generated crate, and `L` logs in: `|| client.login("ada", password.clone())`. The same without `async` is [`blocking::ReauthSession`](super::blocking::ReauthSession).
///
/// ```
/// use std::sync::Arc;
/// use wirewright::call::{Error, Failure, ReauthSession};
///
/// /// What any call of a session answers: `ask` is `|session| async move { session.ping().await }`, say.
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
/// one log in; dropping the whole leaves the session open ([`SessionGuard`](super::SessionGuard) does not).
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
    pub async fn call<A, F: Failure, C, O>(&self, call: impl Fn(Arc<S>) -> C) -> Result<A, Error<F>>
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

/// The same without `async`.
pub(super) mod blocking {
    use alloc::sync::Arc;
    use core::fmt;

    use super::{Class, Error, Failure, Kept, Turn};

    /// A session together with the way to open another one, as with a password that is kept for it.
    ///
    /// When a call fails with an error of the class [`Class::LogInAgain`], a new session is opened, and the call is made once more
    /// with it. Calls that find out at the same time share the new session: one of them logs in, and the others wait for it. If
    /// logging in fails, that one call fails with the reason, and the others with the vendor's answer to their own; the next call
    /// tries again.
    ///
    /// `S` is a session of a generated crate, and `L` logs in: `|| client.login("ada", password.clone())`.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use wirewright::call::{Error, Failure, blocking::ReauthSession};
    ///
    /// /// What any call of a session answers: `ask` is `|session| session.ping()`, say.
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
        pub fn call<A, F: Failure>(&self, call: impl Fn(Arc<S>) -> Result<A, Error<F>>) -> Result<A, Error<F>>
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
}

/// The session of the moment, and who opens the next one.
struct Kept<S> {
    state: Mutex<State<S>>,
    changed: Condvar,
}

struct State<S> {
    session: Arc<S>,
    /// How many sessions there have been before this one.
    before: u64,
    /// How often someone has tried to open another one, with or without success.
    tried: u64,
    /// Whether someone is opening another one.
    opening: bool,
    waiting: Vec<Waker>,
}

impl<S> State<S> {
    fn wait(&mut self, waker: &Waker) {
        if !self.waiting.iter().any(|waiting| waiting.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
    }
}

/// How things were when a call began.
struct Start<S> {
    session: Arc<S>,
    before: u64,
    tried: u64,
}

/// What a call does whose session has expired.
enum Turn<'a, S> {
    /// It uses the session that someone has opened since it began.
    Newer(Arc<S>),
    /// It fails: someone has tried to open one since it began, and could not.
    InVain,
    /// It opens one itself.
    Open(Opening<'a, S>),
}

impl<S> Kept<S> {
    fn new(session: S) -> Self {
        let state =
            State { session: Arc::new(session), before: 0, tried: 0, opening: false, waiting: Vec::new() };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A panic of another thread leaves nothing half done: no code of others runs while the state is locked.
    fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn into_session(self) -> Result<S, Arc<S>> {
        Arc::try_unwrap(self.state.into_inner().unwrap_or_else(PoisonError::into_inner).session)
    }

    fn start(&self) -> Start<S> {
        let state = self.lock();
        Start { session: state.session.clone(), before: state.before, tried: state.tried }
    }

    /// `None`: someone is opening a session. Whoever gets to open one has to: nobody else does meanwhile.
    fn turn(&self, state: &mut State<S>, start: &Start<S>) -> Option<Turn<'_, S>> {
        if state.before != start.before {
            Some(Turn::Newer(state.session.clone()))
        } else if state.opening {
            None
        } else if state.tried != start.tried {
            Some(Turn::InVain)
        } else {
            state.opening = true;
            Some(Turn::Open(Opening { kept: self, opened: None, tried: false }))
        }
    }

    fn await_turn(&self, start: &Start<S>) -> Turn<'_, S> {
        let mut state = self.lock();
        loop {
            match self.turn(&mut state, start) {
                Some(turn) => return turn,
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Opening a session, which ends when this is dropped: by a panic or by cancellation, too.
struct Opening<'a, S> {
    kept: &'a Kept<S>,
    opened: Option<Arc<S>>,
    tried: bool,
}

impl<S> Opening<'_, S> {
    fn end<F: Failure>(mut self, opened: Result<S, Error<F>>) -> Result<Arc<S>, Error<F>> {
        self.tried = true;
        let session = Arc::new(opened?);
        self.opened = Some(session.clone());
        Ok(session)
    }
}

impl<S> Drop for Opening<'_, S> {
    fn drop(&mut self) {
        let mut state = self.kept.lock();
        state.opening = false;
        state.tried = state.tried.wrapping_add(u64::from(self.tried));
        let expired = self.opened.take().map(|opened| {
            state.before = state.before.wrapping_add(1);
            core::mem::replace(&mut state.session, opened)
        });
        let waiting = core::mem::take(&mut state.waiting);
        drop(state);
        // These run code of others, which may want the lock.
        drop(expired);
        self.kept.changed.notify_all();
        waiting.into_iter().for_each(Waker::wake);
    }
}
