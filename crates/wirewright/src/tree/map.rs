//! Maps: entries with a key and a value, or members named by their keys.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Id, ItemKind,
    decoder::{Hits, TreeDecoder},
};
use crate::{
    DecodeError, DecodeErrorKind, Format,
    error::Step,
    wire::{Expected, Map, Member, Slot, SlotKind},
};

impl<'t, 'de> TreeDecoder<'t, 'de> {
    pub(super) fn fill_map(
        &mut self,
        member: Member,
        map: &mut dyn Map<'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        map.clear();
        let tree = self.tree;
        let given: Vec<Id> = self.hits.get(hits).unwrap_or_default().iter().map(|hit| hit.1).collect();
        let form = member.map();
        match self.format {
            Format::Json => {
                let (mut children, mut keys) = (Vec::new(), Vec::new());
                for id in given.into_iter().filter(|id| tree.item(*id).kind != ItemKind::Null) {
                    let entries: Vec<Id> = tree.children(id).collect();
                    // PHP writes an empty object as an empty array.
                    let empty = tree.item(id).kind == ItemKind::Array && entries.is_empty();
                    if tree.item(id).kind != ItemKind::Object && !empty {
                        return Err(self.expected(id, Expected::new("an object")));
                    }
                    keys.extend(tree.keys(id, &entries));
                    children.extend(entries);
                }
                self.fill_keyed(member, map, &children, &keys)
            }
            Format::Xml if form.key.is_empty() => {
                let (mut children, mut keys) = (Vec::new(), Vec::new());
                for id in given {
                    let elements: Vec<Id> = tree.elements(id).collect();
                    keys.extend(tree.keys(id, &elements));
                    children.extend(elements);
                }
                self.fill_keyed(member, map, &children, &keys)
            }
            Format::Xml => {
                let entries: Vec<Id> = match form.entry {
                    Some(name) => {
                        let children = given.into_iter().flat_map(|id| tree.candidates(id));
                        children.filter(|id| tree.item(*id).name == name).collect()
                    }
                    None => given,
                };
                self.fill_entries(member, map, entries)
            }
            Format::Query if form.between.is_some() => self.fill_behind(member, map, &given),
            Format::Query if form.key.is_empty() => {
                let ids: Vec<Id> = given.into_iter().flat_map(|id| tree.children(id)).collect();
                self.fill_pairs(member, map, &ids)
            }
            Format::Query => {
                let mut parents = given;
                if let Some(name) = form.entry {
                    let children = parents.into_iter().flat_map(|id| tree.children(id));
                    parents = children.filter(|id| tree.item(*id).name == name).collect();
                }
                let mut entries: Vec<_> = parents.into_iter().flat_map(|id| self.numbers(id)).collect();
                entries.sort_by_key(|(number, _)| *number);
                self.fill_entries(member, map, entries.into_iter().map(|(_, id)| id).collect())
            }
        }
    }

    /// A map among the members of the structure at hand takes what no one else has.
    pub(super) fn fill_flat_map(
        &mut self,
        member: Member,
        map: &mut dyn Map<'de>,
    ) -> Result<(), DecodeError> {
        map.clear();
        let tree = self.tree;
        let mut rest = self.unclaimed();
        rest.retain(|id| tree.item(*id).kind != ItemKind::Attribute);
        if self.format == Format::Query {
            self.fill_pairs(member, map, &rest)?;
        } else {
            let keys = tree.keys(self.at, &rest);
            self.fill_keyed(member, map, &rest, &keys.collect::<Vec<_>>())?;
        }
        // Who comes later and takes what is left gets nothing.
        self.claims.extend(rest);
        Ok(())
    }

    /// Items whose names are the keys. In a map whose keys repeat an array is several values of one key.
    fn fill_keyed(
        &mut self,
        member: Member,
        map: &mut dyn Map<'de>,
        ids: &[Id],
        keys: &[Cow<'t, str>],
    ) -> Result<(), DecodeError> {
        let tree = self.tree;
        let once = !map.repeats();
        let several = !once && !matches!(map.kind(), SlotKind::List | SlotKind::Document);
        let mut seen = BTreeSet::new();
        for (&id, key) in ids.iter().zip(keys) {
            self.path.push(Step::Name(tree.item(id).name));
            if once && !seen.insert(key) {
                return Err(self.fail(id, DecodeErrorKind::Duplicate));
            }
            let values = match tree.item(id).kind {
                ItemKind::Array if several => tree.children(id).collect(),
                _ => vec![id],
            };
            for id in values {
                let mut slot = map.entry(key).map_err(|expected| self.expected(id, expected))?;
                self.fill_one(member, &mut slot, id)?;
            }
            self.path.pop();
        }
        Ok(())
    }

    /// The members of a query string whose names are, or start with, the keys. A key of scalars is the whole rest of a name,
    /// separators and all.
    fn fill_pairs(&mut self, member: Member, map: &mut dyn Map<'de>, ids: &[Id]) -> Result<(), DecodeError> {
        let tree = self.tree;
        let mut leaves = Vec::new();
        for id in ids {
            self.leaves(*id, String::new(), &mut leaves, |id| !self.claims.contains(&id));
        }
        let once = !map.repeats();
        let mut seen = BTreeSet::new();
        if matches!(map.kind(), SlotKind::Scalar) {
            for (key, id) in &leaves {
                if once && !seen.insert(&**key) {
                    return Err(self.fail(*id, DecodeErrorKind::Duplicate));
                }
                let mut slot = map.entry(key).map_err(|expected| self.expected(*id, expected))?;
                self.fill_one(member, &mut slot, *id)?;
            }
            return Ok(());
        }
        let mut groups: Vec<(&str, Id)> = ids.iter().map(|id| (tree.item(*id).name, *id)).collect();
        groups.sort_by_key(|(name, _)| *name);
        let mut rest = groups.as_slice();
        while let Some((name, id)) = rest.first() {
            let same = rest.iter().take_while(|(other, _)| other == name).count();
            let (group, others) = rest.split_at(same);
            rest = others;
            // A member that no list has is skipped, as it is elsewhere: it makes no list, which could not be written.
            let is_item = |id: Id| tree.item(id).kind != ItemKind::Branch || !self.numbers(id).is_empty();
            if matches!(map.kind(), SlotKind::List) && !group.iter().any(|(_, id)| is_item(*id)) {
                continue;
            }
            let base = self.hits.len();
            self.hits.extend(group.iter().map(|(_, id)| (0, *id)));
            self.path.push(Step::Name(name));
            let mut slot = map.entry(name).map_err(|expected| self.expected(*id, expected))?;
            if let Slot::Option(lazy) = &mut slot
                && group.iter().all(|(_, id)| self.is_nothing(member, &mut lazy.some(), *id))
            {
                lazy.none();
                self.path.pop();
                self.hits.truncate(base);
                continue;
            }
            let inner = if let Slot::Option(lazy) = slot { &mut lazy.some() } else { &mut slot };
            let layout =
                if matches!(inner, Slot::List(_) | Slot::Map(_)) { super::decoder::NESTED } else { member };
            self.fill_present(layout, inner, base..base + same)?;
            self.path.pop();
            self.hits.truncate(base);
        }
        Ok(())
    }

    /// The pairs of a query string that have their keys behind the map's name.
    fn fill_behind(&mut self, member: Member, map: &mut dyn Map<'de>, ids: &[Id]) -> Result<(), DecodeError> {
        let mut leaves = Vec::new();
        for id in ids {
            self.leaves(*id, String::new(), &mut leaves, |_| true);
        }
        let once = !map.repeats();
        let mut seen = BTreeSet::new();
        for (name, id) in &leaves {
            let Some(key) = member.key_behind(name) else { continue };
            if once && !seen.insert(key) {
                return Err(self.fail(*id, DecodeErrorKind::Duplicate));
            }
            let mut slot = map.entry(key).map_err(|expected| self.expected(*id, expected))?;
            self.fill_one(member, &mut slot, *id)?;
        }
        Ok(())
    }

    /// Every pair at or below an item, with its name from there on, of what is taken.
    pub(super) fn leaves(
        &self,
        id: Id,
        mut prefix: String,
        leaves: &mut Vec<(String, Id)>,
        takes: impl Fn(Id) -> bool + Copy,
    ) {
        if !takes(id) {
            return;
        }
        let item = self.tree.item(id);
        prefix.push_str(item.name);
        if item.kind == ItemKind::Leaf {
            leaves.push((prefix, id));
            return;
        }
        prefix.push_str(self.separator);
        for child in self.tree.children(id) {
            self.leaves(child, prefix.clone(), leaves, takes);
        }
    }

    /// Items with a key and a value inside.
    fn fill_entries(
        &mut self,
        member: Member,
        map: &mut dyn Map<'de>,
        entries: Vec<Id>,
    ) -> Result<(), DecodeError> {
        let form = member.map();
        let (once, kind) = (!map.repeats(), map.kind());
        let mut seen = BTreeSet::new();
        for (index, entry) in entries.into_iter().enumerate() {
            self.path.push(Step::Index(index));
            let keys = self.named(entry, form.key);
            let base = keys.start;
            self.path.push(Step::Name(form.key));
            self.only_one(keys.clone(), |_| true)?;
            self.path.pop();
            let key = self.hits.get(keys).and_then(<[_]>::last).map(|hit| hit.1);
            self.hits.truncate(base);
            let Some(key) = key else {
                self.path.push(Step::Name(form.key));
                return Err(self.fail(entry, DecodeErrorKind::Missing));
            };
            let text = self.text(key)?;
            if once && !seen.insert(text.as_str()) {
                return Err(self.fail(key, DecodeErrorKind::Duplicate));
            }
            let mut slot = map.entry(&text).map_err(|expected| self.expected(key, expected))?;
            self.path.push(Step::Name(form.value));
            let values = self.named(entry, form.value);
            // Of a query string's names that share a part, those that go on are one structure.
            let is_value = |item| match kind {
                SlotKind::List | SlotKind::Map | SlotKind::Document => false,
                SlotKind::Scalar => item != ItemKind::Branch,
                SlotKind::Record | SlotKind::Union(_) => item != ItemKind::Leaf,
            };
            self.only_one(values.clone(), is_value)?;
            let outer = std::mem::replace(&mut self.at, entry);
            let value = self.hits.get(values.clone()).and_then(<[_]>::last).map(|hit| hit.1);
            match (&mut slot, value) {
                (Slot::Option(_), Some(value)) if form.absent_values => {
                    self.fill_one(member, &mut slot, value)?;
                }
                (_, value) => {
                    self.fill(super::decoder::NESTED, &mut slot, values)?;
                    value.map_or(Ok(()), |value| self.check_range(member, &slot, value))?;
                }
            }
            self.at = outer;
            self.hits.truncate(base);
            self.path.truncate(self.path.len() - 2);
        }
        Ok(())
    }

    /// That an entry has one key and one value: of two, neither is dropped.
    fn only_one(&self, hits: Hits, counts: impl Fn(ItemKind) -> bool) -> Result<(), DecodeError> {
        let ids = self.hits.get(hits).unwrap_or_default().iter().map(|hit| hit.1);
        let second = ids.filter(|id| counts(self.tree.item(*id).kind)).nth(1);
        second.map_or(Ok(()), |id| Err(self.fail(id, DecodeErrorKind::Duplicate)))
    }
}
