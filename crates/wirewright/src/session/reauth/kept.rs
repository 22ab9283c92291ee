//! The current session, shared by threads and tasks, one of which opens the next.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    task::Waker,
};

use crate::exchange::{error::Error, refusal::Refusal};

/// The current session, and who opens the next one.
pub(crate) struct Kept<S> {
    pub(crate) state: Mutex<State<S>>,
    pub(crate) changed: Condvar,
}

pub(crate) struct State<S> {
    pub(crate) session: Arc<S>,
    /// How many sessions there have been before this one.
    pub(crate) before: u64,
    /// How often someone has tried to open another one, with or without success.
    pub(crate) tried: u64,
    /// Whether someone is opening another one.
    opening: bool,
    pub(crate) waiting: Vec<Waker>,
}

impl<S> State<S> {
    pub(crate) fn wait(&mut self, waker: &Waker) {
        if !self.waiting.iter().any(|waiting| waiting.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
    }
}

/// How things were when a call began.
pub(crate) struct Start<S> {
    pub(crate) session: Arc<S>,
    pub(crate) before: u64,
    pub(crate) tried: u64,
}

/// What a call does whose session has expired.
pub(crate) enum Turn<'a, S> {
    /// It uses the session that someone has opened since it began.
    Newer(Arc<S>),
    /// It fails: someone has tried to open one since it began, and could not.
    InVain,
    /// It opens one itself.
    Open(OpeningTurn<'a, S>),
}

impl<S> Kept<S> {
    pub(crate) fn new(session: S) -> Self {
        let state =
            State { session: Arc::new(session), before: 0, tried: 0, opening: false, waiting: Vec::new() };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A panic of another thread leaves nothing half done: no code of others runs while the state is locked.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn into_session(self) -> Result<S, Arc<S>> {
        Arc::try_unwrap(self.state.into_inner().unwrap_or_else(PoisonError::into_inner).session)
    }

    pub(crate) fn start(&self) -> Start<S> {
        let state = self.lock();
        Start { session: state.session.clone(), before: state.before, tried: state.tried }
    }

    /// `None`: someone is opening a session. Whoever gets to open one has to: nobody else does meanwhile.
    pub(crate) fn turn(&self, state: &mut State<S>, start: &Start<S>) -> Option<Turn<'_, S>> {
        if state.before != start.before {
            Some(Turn::Newer(state.session.clone()))
        } else if state.opening {
            None
        } else if state.tried != start.tried {
            Some(Turn::InVain)
        } else {
            state.opening = true;
            Some(Turn::Open(OpeningTurn { kept: self, opened: None, tried: false }))
        }
    }

    pub(crate) fn await_turn(&self, start: &Start<S>) -> Turn<'_, S> {
        let mut state = self.lock();
        loop {
            match self.turn(&mut state, start) {
                Some(turn) => return turn,
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// The turn to open a session, which ends when this is dropped: by a panic or by cancellation, too.
pub(crate) struct OpeningTurn<'a, S> {
    kept: &'a Kept<S>,
    opened: Option<Arc<S>>,
    tried: bool,
}

impl<S> OpeningTurn<'_, S> {
    pub(crate) fn end<F: Refusal>(mut self, opened: Result<S, Error<F>>) -> Result<Arc<S>, Error<F>> {
        self.tried = true;
        let session = Arc::new(opened?);
        self.opened = Some(session.clone());
        Ok(session)
    }
}

impl<S> Drop for OpeningTurn<'_, S> {
    fn drop(&mut self) {
        let mut state = self.kept.lock();
        state.opening = false;
        state.tried = state.tried.wrapping_add(u64::from(self.tried));
        let expired = self.opened.take().map(|opened| {
            state.before = state.before.wrapping_add(1);
            std::mem::replace(&mut state.session, opened)
        });
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        // These run code of others, which may want the lock.
        drop(expired);
        self.kept.changed.notify_all();
        waiting.into_iter().for_each(Waker::wake);
    }
}
