//! Sessions that do not outlive who opened them, however that one ends.

use std::{
    fmt,
    future::poll_fn,
    ops::Deref,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

use crate::{
    exchange::{error::Error, refusal::Refusal},
    session::close_error::SessionCloseError,
    transport::error::{TransportError, TransportErrorKind},
};

/// What keeps a session, and closes it in the end: a future for the caller's runtime to run.
pub type CleanupTask = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A session that is closed when this is dropped: at the end of a block, by `?`, by a panic, or because the future in which it lives
/// was cancelled.
///
/// A future that is dropped cannot await anything any more, and one that is dropped while it logs in does not even know the session
/// that the vendor is about to open. So another task does both: `spawn` starts it. It logs in, hands the session over, and closes it
/// when it comes back. Whoever goes away while it logs in leaves it to wait for the vendor's answer, and to close what was opened.
///
/// ```
/// use wirewright::{exchange::{Error, Failure}, session::{SessionCloseError, SessionGuard}};
///
/// /// With a generated crate `log_in` is `async move { client.login("ada", password).send().await }`, and `log_out` is
/// /// `|session: Session<_>| session.logout().send()`; with tokio `spawn` is `|keeper| drop(tokio::spawn(keeper))`.
/// async fn work<S, A, F, C>(
///     spawn: impl FnOnce(wirewright::session::CleanupTask),
///     log_in: impl Future<Output = Result<S, Error<F>>> + Send + 'static,
///     log_out: impl FnOnce(S) -> C + Send + 'static,
/// ) -> Result<(), Box<dyn std::error::Error>>
/// where
///     S: Send + Sync + 'static,
///     A: Send + 'static,
///     F: Failure,
///     C: Future<Output = Result<A, SessionCloseError<S, F>>> + Send + 'static,
/// {
///     let session = SessionGuard::open(spawn, log_in, log_out).await?;
///     // Calls are made on it as on the session itself: `session.ping().send().await?`
///     session.close().await.map_err(|unclosed| unclosed.error)?;
///     Ok(())
/// }
/// ```
///
/// [`leave_open`](Self::leave_open) is for those who want the session to stay.
///
/// Closing may fail, as any call may: [`close`](Self::close) tells, and the session stays open where nobody is left to be told. So it
/// is when the runtime stops before the keeper is done, and it runs no further than the [time](crate::client::Config::with_timeout) and the
/// [tries](crate::client::RetryPolicy) of the calls that it makes.
pub struct SessionGuard<S, A, F: Refusal> {
    // It goes first: the keeper is the last owner when it is told.
    session: Arc<S>,
    owner: Owner<S, A, F>,
}

impl<S, A, F> SessionGuard<S, A, F>
where
    S: Send + Sync + 'static,
    A: Send + 'static,
    F: Refusal,
{
    /// Opens a session by `log_in`, which `log_out` closes. `spawn` starts a task that outlives this future.
    ///
    /// # Errors
    ///
    /// Those of logging in, and one of the kind [`Other`](TransportErrorKind::Other) when the task ends before that does.
    pub async fn open<C>(
        spawn: impl FnOnce(CleanupTask),
        log_in: impl Future<Output = Result<S, Error<F>>> + Send + 'static,
        log_out: impl FnOnce(S) -> C + Send + 'static,
    ) -> Result<Self, Error<F>>
    where
        C: Future<Output = Result<A, SessionCloseError<S, F>>> + Send + 'static,
    {
        let shared = Arc::new(Shared::new());
        let owner = Owner(Arc::clone(&shared));
        let keeper = Keeping(shared);
        spawn(Box::pin(async move {
            let opened = log_in.await;
            if let Some(session) = keeper.hand_over(opened).await {
                let closed = log_out(session).await;
                keeper.0.change(|state| state.closed = Some(closed));
            }
        }));
        let session = owner.0.wait(|state| state.opened.take()).await;
        let session = session.unwrap_or_else(|| Err(gone().into()))?;
        Ok(Self { session, owner })
    }

    /// Closes the session, and waits for that. Dropping the future does not stop it.
    ///
    /// # Errors
    ///
    /// When the session could not be closed, with the session: it may still be open, and nothing closes it by itself any more. Where
    /// the task that closes it ended before, by a panic or with its runtime, the session is gone as well.
    pub async fn close(self) -> Result<A, SessionCloseError<Option<S>, F>> {
        let Self { session, owner } = self;
        drop(session);
        owner.0.change(|state| state.wish = Wish::Close);
        match owner.0.wait(|state| state.closed.take()).await {
            Some(closed) => closed.map_err(|SessionCloseError { session, error }| SessionCloseError {
                session: Some(session),
                error,
            }),
            None => Err(SessionCloseError { session: None, error: gone().into() }),
        }
    }

    /// Leaves the session open. Save its state before, to take it up again.
    pub fn leave_open(self) {
        self.owner.0.change(|state| state.wish = Wish::LeaveOpen);
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

pub(crate) fn gone() -> TransportError {
    TransportError::new(TransportErrorKind::Other, "the task that keeps the session has ended")
}

/// What the session's owner and its keeper tell each other.
struct Shared<S, A, F: Refusal> {
    state: Mutex<State<S, A, F>>,
}

struct State<S, A, F: Refusal> {
    /// From the keeper: how the login ended.
    opened: Option<Result<Arc<S>, Error<F>>>,
    /// From the keeper: how closing it ended.
    closed: Option<Result<A, SessionCloseError<S, F>>>,
    /// From the owner.
    wish: Wish,
    /// The keeper comes to no further end.
    keeper_gone: bool,
    waiting: Vec<Waker>,
}

/// What is to become of the session.
#[derive(Clone, Copy, PartialEq)]
enum Wish {
    /// Its owner has it.
    None,
    Close,
    LeaveOpen,
}

impl<S, A, F: Refusal> Shared<S, A, F> {
    fn new() -> Self {
        let state =
            State { opened: None, closed: None, wish: Wish::None, keeper_gone: false, waiting: Vec::new() };
        Self { state: Mutex::new(state) }
    }

    /// A panic of another thread leaves nothing half done: no code of others runs while the state is locked.
    fn lock(&self) -> MutexGuard<'_, State<S, A, F>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State<S, A, F>)) {
        let mut state = self.lock();
        change(&mut state);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// What `find` finds at last. `None`: the keeper has gone without.
    async fn wait<T>(&self, find: impl Fn(&mut State<S, A, F>) -> Option<T>) -> Option<T> {
        poll_fn(|context| {
            let mut state = self.lock();
            let found = find(&mut state);
            if found.is_some() || state.keeper_gone {
                return Poll::Ready(found);
            }
            let waker = context.waker();
            if !state.waiting.iter().any(|waiting| waiting.will_wake(waker)) {
                state.waiting.push(waker.clone());
            }
            Poll::Pending
        })
        .await
    }
}

/// The owner's end. When it is dropped the session is to be closed, unless something else was said.
struct Owner<S, A, F: Refusal>(Arc<Shared<S, A, F>>);

impl<S, A, F: Refusal> Drop for Owner<S, A, F> {
    fn drop(&mut self) {
        self.0.change(|state| {
            if state.wish == Wish::None {
                state.wish = Wish::Close;
            }
        });
    }
}

/// The keeper's end.
struct Keeping<S, A, F: Refusal>(Arc<Shared<S, A, F>>);

impl<S, A, F: Refusal> Keeping<S, A, F> {
    /// Gives the session to its owner, and waits until it comes back to be closed.
    async fn hand_over(&self, opened: Result<S, Error<F>>) -> Option<S> {
        let session = match opened {
            Ok(session) => Arc::new(session),
            Err(error) => {
                self.0.change(|state| state.opened = Some(Err(error)));
                return None;
            }
        };
        self.0.change(|state| state.opened = Some(Ok(Arc::clone(&session))));
        let wish = self.0.wait(|state| Some(state.wish).filter(|wish| *wish != Wish::None)).await;
        // An owner who went away while the login was under way has not taken it.
        let untaken = self.0.lock().opened.take();
        drop(untaken);
        if wish == Some(Wish::LeaveOpen) { None } else { Arc::into_inner(session) }
    }
}

impl<S, A, F: Refusal> Drop for Keeping<S, A, F> {
    fn drop(&mut self) {
        self.0.change(|state| state.keeper_gone = true);
    }
}
