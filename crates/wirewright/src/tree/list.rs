//! Lists: repeated, wrapped, joined, numbered, or an array.

use super::{
    Id, ItemKind,
    decoder::{Hits, NESTED, TreeDecoder},
};
use crate::{
    DecodeError, Format,
    error::Step,
    scalar,
    wire::{Expected, List, Member, Slot, SlotKind, TextRef, UnionShape},
};

/// The union that a list's items are, if its variants are named by their element.
fn named_union(list: &dyn List<'_>) -> Option<&'static UnionShape> {
    match list.kind() {
        SlotKind::Union(shape) if shape.tag.is_none() => Some(shape),
        _ => None,
    }
}

/// Whether an item of this name is one of a list of such unions.
fn takes(shape: &UnionShape, name: &str) -> bool {
    shape.keeps_unknown || shape.variants.contains(&name)
}

impl<'de> TreeDecoder<'_, 'de> {
    pub(super) fn fill_list(
        &mut self,
        member: Member,
        list: &mut dyn List<'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        list.clear();
        let Some(id) = self.hits.get(hits.clone()).and_then(<[_]>::last).map(|hit| hit.1) else {
            return Ok(());
        };
        let tree = self.tree;
        if member.list().joined.is_some() && tree.is_text(id) {
            let text = tree.item(id).text;
            return if text.is_empty() { Ok(()) } else { self.fill_joined(member, list, id, text) };
        }
        match self.format {
            Format::Xml => match member.list().item {
                Some(name) => self.fill_wrapped(member, list, hits, name),
                None => hits
                    .enumerate()
                    .try_for_each(|(index, hit)| self.push_item(member, list, self.hits[hit].1, index)),
            },
            Format::Json => match tree.item(id).kind {
                ItemKind::Null => Ok(()),
                ItemKind::Array => tree
                    .children(id)
                    .enumerate()
                    .try_for_each(|(index, item)| self.push_item(member, list, item, index)),
                _ => self.push_item(member, list, id, 0),
            },
            Format::Query => self.fill_indexed(member, list, hits),
        }
    }

    fn push_item(
        &mut self,
        member: Member,
        list: &mut dyn List<'de>,
        id: Id,
        index: usize,
    ) -> Result<(), DecodeError> {
        self.path.push(Step::Index(index));
        self.fill_one(member, &mut list.push(), id)?;
        self.path.pop();
        Ok(())
    }

    /// The items of one text.
    pub(super) fn fill_joined(
        &mut self,
        member: Member,
        list: &mut dyn List<'de>,
        id: Id,
        text: TextRef<'_, 'de>,
    ) -> Result<(), DecodeError> {
        let separator = member.list().joined.unwrap_or_default();
        for (index, (from, to)) in scalar::parts(&text, separator).enumerate() {
            self.path.push(Step::Index(index));
            let mut slot = list.push();
            let part = text.part(from, to);
            if member.list().absent_items && scalar::is_empty(&mut slot, &part) {
                if let Slot::Option(lazy) = slot {
                    lazy.none();
                }
            } else {
                let slot = if let Slot::Option(lazy) = slot { &mut lazy.some() } else { &mut slot };
                scalar::set(slot, part, member.boolean()).map_err(|expected| self.expected(id, expected))?;
            }
            self.path.pop();
        }
        Ok(())
    }

    /// `<users><user/><user/></users>`; several wrappers are one list.
    fn fill_wrapped(
        &mut self,
        member: Member,
        list: &mut dyn List<'de>,
        hits: Hits,
        name: &str,
    ) -> Result<(), DecodeError> {
        let union = named_union(list);
        let tree = self.tree;
        let mut index = 0;
        for hit in hits {
            for id in tree.candidates(self.hits[hit].1) {
                let found = tree.item(id).name;
                match union {
                    Some(shape) if takes(shape, found) => self.push_variant(list, id, index)?,
                    None if found == name => self.push_item(member, list, id, index)?,
                    _ => continue,
                }
                index += 1;
            }
        }
        Ok(())
    }

    fn push_variant(&mut self, list: &mut dyn List<'de>, id: Id, index: usize) -> Result<(), DecodeError> {
        self.path.push(Step::Index(index));
        let mut slot = list.push();
        let slot = if let Slot::Option(lazy) = slot { &mut lazy.some() } else { &mut slot };
        if let Slot::Union(choice) = slot {
            let name = self.tree.item(id).name;
            let mut payload = choice.pick(name).map_err(|expected| self.expected(id, expected))?;
            self.path.push(Step::Name(name));
            self.fill_one(NESTED, &mut payload, id)?;
            self.path.pop();
        }
        self.path.pop();
        Ok(())
    }

    /// A query string's list: repeated, or with numbers in its names.
    fn fill_indexed(
        &mut self,
        member: Member,
        list: &mut dyn List<'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        let scalars = matches!(list.kind(), SlotKind::Scalar);
        let tree = self.tree;
        let infix =
            member.list().numbered.and_then(|numbered| numbered.infix).filter(|infix| !infix.is_empty());
        let mut ids = Vec::new();
        let mut numbered = Vec::new();
        for hit in hits {
            let id = self.hits[hit].1;
            let item = tree.item(id);
            if let Some(number) = member.number_behind(item.name) {
                numbered.push((number, id));
                continue;
            }
            if item.kind == ItemKind::Leaf {
                // The name alone says that a list is there that has no items.
                let none = member.list().always && member.list().numbered.is_some() && item.text.is_empty();
                if none {
                    continue;
                }
                if scalars || member.list().absent_items || !item.text.is_empty() {
                    ids.push(id);
                }
                continue;
            }
            let parents: Vec<Id> = match infix {
                None => [id].into(),
                Some(infix) => {
                    let named = tree.children(id).filter(|id| tree.item(*id).name == infix);
                    named.filter(|id| tree.item(*id).kind == ItemKind::Branch).collect()
                }
            };
            let before = numbered.len();
            numbered.extend(parents.into_iter().flat_map(|parent| self.numbers(parent)));
            if numbered.len() == before && member.list().numbered.is_none() {
                // A lone structure where a list of them is promised.
                if !scalars {
                    ids.push(id);
                }
            }
        }
        let mut index = 0;
        for id in ids {
            self.push_item(member, list, id, index)?;
            index += 1;
        }
        numbered.sort_by_key(|(number, _)| *number);
        let mut rest = numbered.as_slice();
        while let Some((number, _)) = rest.first() {
            let same = rest.iter().take_while(|(other, _)| other == number).count();
            let (group, others) = rest.split_at(same);
            let base = self.hits.len();
            self.hits.extend(group.iter().map(|(_, id)| (0, *id)));
            self.path.push(Step::Index(index));
            let mut slot = list.push();
            if group.iter().all(|(_, id)| self.is_nothing(member, &mut slot, *id)) {
                if let Slot::Option(lazy) = slot {
                    lazy.none();
                }
                self.path.pop();
                self.hits.truncate(base);
                index += 1;
                rest = others;
                continue;
            }
            let inner = if let Slot::Option(lazy) = slot { &mut lazy.some() } else { &mut slot };
            let layout = if matches!(inner, Slot::List(_) | Slot::Map(_)) { NESTED } else { member };
            if self.last(inner, &(base..base + same)).is_none() {
                return Err(self.expected(group[0].1, Expected::new("text")));
            }
            self.fill_present(layout, inner, base..base + same)?;
            self.path.pop();
            self.hits.truncate(base);
            index += 1;
            rest = others;
        }
        Ok(())
    }

    /// The children whose name is a number.
    pub(super) fn numbers(&self, parent: Id) -> Vec<(u64, Id)> {
        let tree = self.tree;
        let number = |id: Id| Some((tree.item(id).name.parse().ok()?, id));
        tree.children(parent).filter_map(number).collect()
    }

    /// A list of unions whose variants are named by their element is among the members in XML only: elsewhere the
    /// variants' order would be lost, and it is an ordinary member.
    pub(super) fn fill_flat_list(
        &mut self,
        member: Member,
        list: &mut dyn List<'de>,
    ) -> Result<(), DecodeError> {
        list.clear();
        let tree = self.tree;
        if self.format == Format::Xml {
            let Some(shape) = named_union(list) else { return Ok(()) };
            let mut index = 0;
            for id in tree.candidates(self.at).filter(|id| !self.is_named_elsewhere(*id)).collect::<Vec<_>>()
            {
                let name = tree.item(id).name;
                if shape.variants.contains(&name) || (shape.keeps_unknown && !self.claims.contains(&id)) {
                    self.push_variant(list, id, index)?;
                    index += 1;
                }
            }
            return Ok(());
        }
        self.path.push(Step::Name(member.name(self.format)));
        let hits = self.named(self.at, member.name(self.format));
        let base = hits.start;
        self.fill_list(member, list, hits)?;
        self.hits.truncate(base);
        self.path.pop();
        Ok(())
    }

    pub(super) fn claim_flat_list(&mut self, member: Member, list: &dyn List<'de>) {
        let tree = self.tree;
        if self.format == Format::Xml {
            if let Some(shape) = named_union(list) {
                for id in tree.candidates(self.at) {
                    if self.is_named_elsewhere(id) {
                        continue;
                    }
                    if shape.variants.contains(&tree.item(id).name) {
                        self.claims.insert(id);
                        self.found = true;
                    }
                }
            }
            return;
        }
        let hits = self.named(self.at, member.name(self.format));
        for (_, id) in self.hits.drain(hits) {
            self.claims.insert(id);
            self.found |= tree.item(id).kind != ItemKind::Null;
        }
    }
}
