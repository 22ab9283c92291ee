//! Sessions that a call has opened, and files that it has begun: what must not be left behind when somebody ends the program.

use std::{
    fs, mem,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use wirewright_interpret::Session;

/// What is open while calls are made. Whoever is told to stop closes it: see [`close_all`](super::close_all).
#[derive(Debug, Default)]
pub struct Open(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The last one was opened in those before it.
    sessions: Vec<Session>,
    drafts: Vec<PathBuf>,
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
    pub(super) fn remove_drafts(&self) {
        for path in mem::take(&mut self.state().drafts) {
            let _ = fs::remove_file(path);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is a single insertion or removal.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
