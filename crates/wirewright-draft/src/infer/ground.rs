//! What is at the top of all replies, and the envelope that it becomes.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{failures::Verdict, operations::Operation, roots::Formats, sample::Sample};
use crate::{
    members::Drafted,
    tree::{Field, Node},
    words::Words,
};

/// The envelope of a draft.
#[derive(Debug, Clone, Default)]
pub(crate) struct Envelope {
    /// In the order of the wire.
    pub(crate) members: IndexMap<String, Words>,
    /// The member with the data; `None`: its members are beside the envelope's.
    pub(crate) data: Option<String>,
    /// The name of that member, with the operation's in it.
    pub(crate) data_template: Option<String>,
    /// The names at the top that are no part of the data.
    pub(crate) own: BTreeSet<String>,
    pub(crate) error: Option<String>,
    /// The members of what tells of an error, where that is a type.
    pub(crate) fault: Option<Vec<(String, Drafted)>>,
}

/// A member at the top of one reply.
#[derive(Clone, Copy)]
pub(crate) struct Top<'s> {
    pub(crate) sample: &'s Sample,
    pub(crate) field: &'s Field,
}

/// What the samples have of one name.
pub(crate) struct Seen<'s>(pub(crate) Vec<Top<'s>>);

impl Seen<'_> {
    pub(crate) fn count(&self, failed: bool) -> usize {
        self.0.iter().filter(|top| top.sample.failed == failed).count()
    }

    pub(super) fn operations(&self) -> usize {
        self.0.iter().map(|top| top.sample.operation).collect::<BTreeSet<_>>().len()
    }

    pub(crate) fn is_scalar(&self) -> bool {
        self.0.iter().all(|top| top.field.node.text().is_some() || top.field.node == Node::Null)
    }

    /// Whether it is a structure where it is not empty.
    pub(super) fn is_structure(&self) -> bool {
        let empty = |node: &Node| {
            matches!(node, Node::Null) || node.text().is_some_and(|text| text.trim().is_empty())
        };
        let structures = self.0.iter().filter(|top| top.field.node.fields().is_some()).count();
        structures > 0 && self.0.iter().all(|top| top.field.node.fields().is_some() || empty(&top.field.node))
    }

    /// On which replies it is, as a word of the definition.
    pub(super) fn on(&self, any_failed: bool) -> Option<&'static str> {
        match (self.count(false), self.count(true)) {
            (0, _) => Some("failure"),
            (_, 0) if any_failed => Some("success"),
            _ => None,
        }
    }
}

impl Envelope {
    /// Adds a member. Where one of its name is elsewhere, `place` goes in front of its key, and formats have its name.
    pub(super) fn put(&mut self, name: &str, place: &str, formats: &[&str], mut words: Words) {
        let mut key = name.to_owned();
        if self.members.contains_key(&key) {
            key = format!("{place}.{name}");
            for format in formats {
                words.set_default(format, name);
            }
        }
        self.members.insert(key, words);
    }
}

/// What the envelope stands on.
pub(crate) struct Ground<'s> {
    pub(crate) samples: &'s [Sample],
    pub(crate) operations: &'s [Operation],
    pub(crate) formats: &'s Formats,
    pub(crate) verdict: &'s Verdict,
    /// The parameter that replies echo, and the member that does.
    pub(crate) echo: Option<&'s (String, String)>,
}
