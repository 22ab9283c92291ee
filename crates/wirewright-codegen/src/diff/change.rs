//! One change, and all of them.

use std::fmt;

use super::effect::{Direction, Effect, Severity, Version};
use super::kinds::Kind;

/// Something that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// Where it happened, as the definition has it: in the new one, or in the old one where it is gone.
    pub place: Place,
    /// On which side of calls it is; `None` where that is no question.
    pub direction: Option<Direction>,
    /// What it was, where it was something.
    pub was: Option<String>,
    /// What it is now, where it is something.
    pub now: Option<String>,
    /// The operations that it reaches, `group/operation`: of a type, and of what several operations say alike.
    pub operations: Vec<String>,
    /// Where the new definition says it, if that was looked up (see [`Changes::located`](super::Changes::located)).
    pub location: Option<Location>,
}

/// A place of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name, `user.toml`; `None` for types, which can be in any.
    pub file: Option<String>,
    /// The keys that lead to it: `show`, `request`, `name`.
    pub keys: Vec<String>,
}

/// A line of a definition's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file's name: `user.toml`.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// `user/show.request.name`; what is in `protocol.toml`, and types, are without the file: `envelope.code`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.keys.join(".");
        match self.file.as_deref().filter(|file| *file != crate::source::PROTOCOL) {
            Some(file) => {
                let group = file.strip_suffix(".toml").unwrap_or(file);
                write!(f, "{group}/{}", if keys.is_empty() { "*" } else { &keys })
            }
            None if !keys.is_empty() => f.write_str(&keys),
            None if self.file.is_some() => f.write_str("protocol"),
            None => f.write_str("several operations"),
        }
    }
}

impl Change {
    /// What it does.
    pub fn effect(&self) -> Effect {
        self.kind.effect(self.direction.unwrap_or(Direction::Both))
    }

    /// For whom it is breaking.
    pub fn severity(&self) -> Severity {
        self.effect().severity()
    }

    /// Which version of the generated crate it asks for.
    pub fn version(&self) -> Version {
        self.effect().version()
    }

    /// What happened, what it was and what it is now, as a sentence without its place.
    pub fn sentence(&self) -> String {
        let title = self.kind.title();
        match (self.was.as_deref(), self.now.as_deref()) {
            (Some(was), Some(now)) => format!("{title}: {} was {was}, and is {now}", self.kind.noun()),
            (None, Some(now)) => format!("{title}: {now}"),
            (Some(was), None) => format!("{title}: {was}"),
            (None, None) => title.to_owned(),
        }
    }
}

/// All changes from one definition to another: the most severe first, and in the order of the definition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    changes: Vec<Change>,
}

impl Changes {
    /// In the order in which they are told.
    pub(super) fn new(mut changes: Vec<Change>) -> Self {
        changes.sort_by_key(|change| std::cmp::Reverse(change.severity()));
        Self { changes }
    }

    /// The changes; none where nothing changed but pages and tests.
    pub fn all(&self) -> &[Change] {
        &self.changes
    }

    /// The same, to look up where they are.
    pub(super) fn all_mut(&mut self) -> &mut [Change] {
        &mut self.changes
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// For whom the changes together are breaking; `None` without any.
    pub fn severity(&self) -> Option<Severity> {
        self.effect().map(Effect::severity)
    }

    /// What the changes together ask for; without any, a change of pages or tests is a [`Version::Patch`].
    pub fn version(&self) -> Version {
        self.effect().map_or(Version::Patch, Effect::version)
    }

    /// What a program that compares definitions ends with: that of [`Severity::exit_code`], 0 without changes.
    pub fn exit_code(&self) -> u8 {
        self.severity().map_or(0, Severity::exit_code)
    }

    /// How many changes of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.of(severity).count()
    }

    /// The changes of a severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.severity() == severity)
    }

    fn effect(&self) -> Option<Effect> {
        self.changes.iter().map(Change::effect).reduce(Effect::and)
    }
}
