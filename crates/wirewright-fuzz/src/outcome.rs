//! What became of an input.

use std::hash::{DefaultHasher, Hash, Hasher};

use wirewright::{DecodeError, DecodeErrorKind};

/// What became of an input: how often it was taken and refused, and which way that went.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many readers took it.
    pub taken: u32,
    /// How many readers refused it.
    pub refused: u32,
    kind: DefaultHasher,
}

impl Outcome {
    /// The same number for the same way: what is new is worth to be changed further.
    pub fn kind(&self) -> u64 {
        self.kind.finish()
    }

    /// A reader took the input.
    pub(crate) fn take(&mut self, how: impl Hash) {
        self.taken += 1;
        (true, how).hash(&mut self.kind);
    }

    /// A reader refused the input.
    pub(crate) fn refuse(&mut self, why: impl Hash) {
        self.refused += 1;
        (false, why).hash(&mut self.kind);
    }

    /// A decoder refused the input. The place does not count, nor do names from the input.
    pub(crate) fn error(&mut self, error: &DecodeError) {
        let depth = error.path().split(['.', '[']).count().min(8);
        match error.kind() {
            DecodeErrorKind::Syntax { message, .. } => self.refuse((depth, *message)),
            DecodeErrorKind::Expected { what, .. } => self.refuse((depth, what)),
            DecodeErrorKind::Missing => self.refuse((depth, error.path())),
            kind => self.refuse((depth, kind.to_string())),
        }
    }
}
