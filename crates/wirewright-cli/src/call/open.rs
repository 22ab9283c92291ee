//! Sessions that a call has opened, and files that it has begun: what must not be left behind when somebody ends the program.

use std::{
    fs, mem,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use wirewright_interpret::Session;

/// What is open while calls are made. Whoever is told to stop closes it: see [`close_all`](super::close_all). Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Open(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    state: Mutex<State>,
    /// No session is being opened or closed any more.
    settled: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The last one was opened in those before it.
    sessions: Vec<Session>,
    drafts: Vec<PathBuf>,
    /// How many sessions are being opened or closed: what the vendor makes of it is not known yet.
    unsettled: usize,
    /// Nothing more is to be begun.
    stopped: bool,
}

impl Open {
    /// Nothing.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn add(&self, session: Session) {
        self.state().sessions.push(session);
    }

    /// The session that was opened last, which whoever takes it closes.
    pub(super) fn take_last(&self) -> Option<Session> {
        self.state().sessions.pop()
    }

    /// A session is opened or closed from now on, until what this returns is dropped. `None`: somebody has ended the program, and
    /// closes what there is.
    pub(super) fn unsettled(&self) -> Option<Unsettled<'_>> {
        let mut state = self.state();
        if state.stopped {
            return None;
        }
        state.unsettled += 1;
        Some(Unsettled(self))
    }

    /// Whether somebody has ended the program.
    pub fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Lets nothing more be begun. Whether sessions are being opened or closed now.
    pub(super) fn stop(&self) -> bool {
        let mut state = self.state();
        state.stopped = true;
        state.unsettled > 0
    }

    /// Waits until no session is being opened or closed.
    pub(super) fn settle(&self) {
        let settled = self.0.settled.wait_while(self.state(), |state| state.unsettled > 0);
        drop(settled.unwrap_or_else(PoisonError::into_inner));
    }

    /// A file that has been begun, and goes if the program is ended before it is finished.
    pub fn add_draft(&self, path: &Path) {
        self.state().drafts.push(path.to_owned());
    }

    pub(super) fn remove_draft(&self, path: &Path) {
        // One that became the file itself has another name by now.
        let _ = fs::remove_file(path);
        self.state().drafts.retain(|draft| draft != path);
    }

    /// Removes the files that were begun.
    pub fn remove_drafts(&self) {
        for path in mem::take(&mut self.state().drafts) {
            let _ = fs::remove_file(path);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is a single insertion, removal, number or flag.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session is being opened or closed.
#[derive(Debug)]
pub(super) struct Unsettled<'o>(&'o Open);

impl Drop for Unsettled<'_> {
    fn drop(&mut self) {
        self.0.state().unsettled -= 1;
        self.0.0.settled.notify_all();
    }
}
