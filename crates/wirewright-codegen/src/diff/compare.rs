//! What every comparison needs: both definitions, which old type is which new one, and the changes so far.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Place};
use super::effect::Direction;
use super::kinds::Kind;
use super::quote::code;
use super::reach::Reach;
use crate::model::{Group, Operation, RowLines, Rows, ValueType, Vendor};
use crate::plan::context::Context;
use crate::source::PROTOCOL;

/// A definition, with what is decided about its crate.
pub(super) struct Definition<'v> {
    pub(super) vendor: &'v Vendor,
    pub(super) context: Context<'v>,
    pub(super) reach: Reach<'v>,
}

impl<'v> Definition<'v> {
    fn new(vendor: &'v Vendor) -> Self {
        Self { vendor, context: Context::new(vendor), reach: Reach::new(vendor) }
    }

    /// A type of values, in words.
    pub(super) fn value(&self, value: &ValueType) -> String {
        match value {
            ValueType::String => "`string`".to_owned(),
            ValueType::Integer => "`integer`".to_owned(),
            ValueType::Number => "`number`".to_owned(),
            ValueType::Boolean => "`boolean`".to_owned(),
            ValueType::Bytes => "`bytes`".to_owned(),
            ValueType::Any => "`any`".to_owned(),
            ValueType::File => "`file`".to_owned(),
            ValueType::ClockSkew => "the clock's difference".to_owned(),
            ValueType::Type(index) => self.type_name(Some(*index)),
        }
    }

    /// The name of a type.
    pub(super) fn type_name(&self, index: Option<usize>) -> String {
        let described = index.and_then(|index| self.vendor.types.get(index));
        described.map_or_else(|| "nothing".to_owned(), |described| code(&described.name.wire))
    }
}

/// A place that is being compared.
#[derive(Clone)]
pub(super) struct Spot {
    place: Place,
    direction: Option<Direction>,
    /// The type that it is in, in the old and in the new definition.
    of_type: Option<(Option<usize>, Option<usize>)>,
}

impl Spot {
    /// In `protocol.toml`.
    pub(super) fn protocol(keys: &[&str]) -> Self {
        let place =
            Place { file: Some(PROTOCOL.to_owned()), keys: keys.iter().map(|&key| key.to_owned()).collect() };
        Self { place, direction: None, of_type: None }
    }

    /// An operation's table.
    pub(super) fn operation(group: &Group, operation: &Operation) -> Self {
        let place = Place {
            file: Some(format!("{}.toml", group.name.wire)),
            keys: vec![operation.name.wire.clone()],
        };
        Self { place, direction: None, of_type: None }
    }

    /// A type's table.
    pub(super) fn named_type(name: &str, old: Option<usize>, new: Option<usize>) -> Self {
        let place = Place { file: None, keys: vec!["types".to_owned(), name.to_owned()] };
        Self { place, direction: None, of_type: Some((old, new)) }
    }

    /// What a key leads to from here.
    pub(super) fn child(&self, key: &str) -> Self {
        let mut child = self.clone();
        child.place.keys.push(key.to_owned());
        child
    }

    /// The same place, on this side.
    pub(super) fn on(mut self, direction: Direction) -> Self {
        self.direction = Some(direction);
        self
    }

    /// The type that it is in, in the old and in the new definition.
    pub(super) fn types(&self) -> Option<(usize, usize)> {
        let (old, new) = self.of_type?;
        Some((old?, new?))
    }
}

/// The comparison of two definitions.
pub(super) struct Comparison<'v> {
    pub(super) old: Definition<'v>,
    pub(super) new: Definition<'v>,
    /// Which new type an old one is.
    pub(super) types: HashMap<usize, usize>,
    /// Which new kind of session an old one is, by name.
    pub(super) session_names: HashMap<String, String>,
    /// Names of members in Rust that changed.
    pub(super) renamed: HashSet<(String, String)>,
    /// Names on the wire that changed: what leads through them leads where it led.
    pub(super) rewritten: HashSet<(String, String)>,
    /// The rows of operations, which are compared when all names are known.
    pub(super) later: Vec<RowsOf<'v>>,
    changes: Vec<Change>,
}

/// The rows of an operation: those of its reply, the text of its reply whose lines are rows, and those of its body.
type RowsOf<'v> = (Spot, OldAndNew<'v, Rows>, OldAndNew<'v, RowLines>, OldAndNew<'v, Rows>);

/// What was, and what is.
type OldAndNew<'v, T> = (Option<&'v T>, Option<&'v T>);

impl<'v> Comparison<'v> {
    pub(super) fn new(old: &'v Vendor, new: &'v Vendor) -> Self {
        Self {
            old: Definition::new(old),
            new: Definition::new(new),
            types: HashMap::new(),
            session_names: HashMap::new(),
            renamed: HashSet::new(),
            rewritten: HashSet::new(),
            later: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// What was found, in the order of the comparison.
    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// What an old kind of session is called now.
    pub(super) fn session_name<'n>(&'n self, old: &'n str) -> &'n str {
        self.session_names.get(old).map_or(old, String::as_str)
    }

    /// Tells a change.
    pub(super) fn add(&mut self, at: &Spot, kind: Kind, was: Option<String>, now: Option<String>) {
        let operations = match at.of_type {
            Some((_, Some(new))) => self.new.reach.operations(new),
            Some((Some(old), None)) => self.old.reach.operations(old),
            _ => Vec::new(),
        };
        let (place, direction) = (at.place.clone(), at.direction);
        self.changes.push(Change { kind, place, direction, was, now, operations, location: None });
    }

    /// Something came.
    pub(super) fn came(&mut self, at: &Spot, kind: Kind, now: impl Into<String>) {
        self.add(at, kind, None, Some(now.into()));
    }

    /// Something went.
    pub(super) fn went(&mut self, at: &Spot, kind: Kind, was: impl Into<String>) {
        self.add(at, kind, Some(was.into()), None);
    }

    /// Something is another thing.
    pub(super) fn became(&mut self, at: &Spot, kind: Kind, was: impl Into<String>, now: impl Into<String>) {
        self.add(at, kind, Some(was.into()), Some(now.into()));
    }

    /// Tells a change of what is compared as it is.
    pub(super) fn differs<T: PartialEq + ?Sized>(
        &mut self,
        at: &Spot,
        kind: Kind,
        (old, new): (&T, &T),
        shown: impl Fn(&T) -> String,
    ) {
        if old != new {
            self.became(at, kind, shown(old), shown(new));
        }
    }

    /// Tells which of two kinds a flag that was set or taken back is.
    pub(super) fn flag(&mut self, at: &Spot, (old, new): (bool, bool), set: Kind, unset: Kind) {
        if old != new {
            self.add(at, if new { set } else { unset }, None, None);
        }
    }

    /// Whether a value is still of the type that it was of.
    pub(super) fn same_type(&self, old: &ValueType, new: &ValueType) -> bool {
        match (old, new) {
            (ValueType::Type(old), ValueType::Type(new)) => self.same_index(Some(*old), Some(*new)),
            (old, new) => old == new,
        }
    }

    /// Whether a type is still the one that it was.
    pub(super) fn same_index(&self, old: Option<usize>, new: Option<usize>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.types.get(&old) == Some(&new),
            (old, new) => old == new,
        }
    }
}
