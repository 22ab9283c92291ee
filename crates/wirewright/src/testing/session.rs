//! Sessions to try an operation with.

use std::fmt::Debug;

use super::shown::show_part;
use super::{Sample, sample};
use crate::{
    Secret,
    describe::protocol::SessionKind,
    exchange::context::SessionContext,
    server::incoming::Incoming,
    wire::{OwnedMessage, Record},
};

/// The key that signs sample requests.
pub(super) const KEY: &str = "sample-key";

/// A kind of session and the type of its parameters, to try an operation with.
#[derive(Clone, Copy)]
pub struct SampleSession {
    pub(super) kind: &'static SessionKind,
    pub(super) sample: fn(Sample) -> Box<dyn Record + Sync>,
    pub(super) carried: fn(&Incoming) -> Box<dyn Record + Sync>,
    pub(super) read: fn(&Incoming, Sample),
    pub(super) show: fn(&mut String, &'static str, &Incoming) -> bool,
}

impl SampleSession {
    /// A session of this kind, whose calls carry `S`.
    pub const fn new<S>(kind: &'static SessionKind) -> Self
    where
        S: OwnedMessage + PartialEq + Debug + Sync + 'static,
    {
        Self {
            kind,
            sample: |kind| Box::new(sample::<S>(kind)),
            carried: carried::<S>,
            read: read_session::<S>,
            show: |text, name, incoming| show_part(text, name, incoming.read::<S>()),
        }
    }

    pub(super) fn context<'a>(
        &self,
        parameters: &'a (dyn Record + Sync),
        fields: &'a [Secret<String>],
    ) -> SessionContext<'a> {
        SessionContext { kind: self.kind, parameters, fields }
    }

    /// The values of its kind's fields.
    pub(super) fn fields(&self) -> Vec<Secret<String>> {
        self.kind.fields.iter().map(|_| Secret::from(KEY)).collect()
    }
}

/// What a request carries of its session.
fn carried<S: OwnedMessage + Sync + 'static>(incoming: &Incoming) -> Box<dyn Record + Sync> {
    Box::new(incoming.read::<S>().expect("what the session carries is read"))
}

/// The session's parameters are read as they were written.
fn read_session<S: OwnedMessage + PartialEq + Debug>(incoming: &Incoming, kind: Sample) {
    let read: S = incoming.read().expect("the session's parameters are read");
    assert_eq!(read, sample(kind));
}
