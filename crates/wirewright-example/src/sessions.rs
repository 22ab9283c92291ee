//! The sessions that a server has opened.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// A table of sessions by the text that calls name them with.
#[derive(Debug)]
pub struct Sessions<S> {
    table: Mutex<HashMap<String, Entry<S>>>,
    numbers: AtomicU64,
}

#[derive(Debug)]
struct Entry<S> {
    state: S,
    expired: bool,
}

/// Why there is no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It was never opened, or it was closed.
    Unknown,
    /// It was opened too long ago.
    Expired,
}

impl<S: Clone> Sessions<S> {
    /// No session yet.
    pub fn new() -> Self {
        Self { table: Mutex::default(), numbers: AtomicU64::new(1) }
    }

    /// A number that no other session has.
    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Keeps a session under `name`.
    pub fn open(&self, name: &str, state: S) {
        self.table().insert(name.to_owned(), Entry { state, expired: false });
    }

    /// The session of this name.
    ///
    /// # Errors
    ///
    /// When it is unknown or has expired.
    pub fn find(&self, name: &str) -> Result<S, Absent> {
        match self.table().get(name) {
            Some(entry) if entry.expired => Err(Absent::Expired),
            Some(entry) => Ok(entry.state.clone()),
            None => Err(Absent::Unknown),
        }
    }

    /// A session that `is` holds for and that has not expired.
    pub fn find_by(&self, is: impl Fn(&S) -> bool) -> Option<S> {
        let table = self.table();
        let mut open = table.values().filter(|entry| !entry.expired).map(|entry| &entry.state);
        open.find(|state| is(state)).cloned()
    }

    /// Forgets a session; `false` when there was none.
    pub fn close(&self, name: &str) -> bool {
        self.table().remove(name).is_some()
    }

    /// Lets every session expire now.
    pub fn expire_all(&self) {
        self.table().values_mut().for_each(|entry| entry.expired = true);
    }

    /// How many sessions are open.
    pub fn count(&self) -> usize {
        self.table().values().filter(|entry| !entry.expired).count()
    }

    fn table(&self) -> MutexGuard<'_, HashMap<String, Entry<S>>> {
        // Every change is a single insertion, removal or flag, so that a panic elsewhere leaves the table whole.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Clone> Default for Sessions<S> {
    fn default() -> Self {
        Self::new()
    }
}
