//! Members of which the first counts, and those that are passed over because they cannot be read: what is around an error's code.

use super::{
    Id, ItemKind, Tree,
    decoder::{Hits, TreeDecoder},
};
use crate::{
    DecodeError, DecodeErrorKind, scalar,
    wire::{Expected, Member, Shape, Slot},
};

impl<'de> TreeDecoder<'_, 'de> {
    /// Fills a member from the items that bear its name, as it counts them.
    pub(super) fn fill_member(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        hits: Hits,
    ) -> Result<(), DecodeError> {
        let end = self.hits.len();
        if member.first()
            && !self.forgiving
            && let Some(id) = self.contradiction(slot, &hits)
        {
            return Err(self.fail(id, DecodeErrorKind::Duplicate));
        }
        let counted = if member.first() { self.first_of(slot, hits.clone()) } else { hits.clone() };
        let filled = if self.forgiving {
            self.fill_forgiving(member, slot, counted, hits)
        } else {
            self.fill(member, slot, counted)
        };
        self.more.clear();
        self.hits.truncate(end);
        filled
    }

    /// The first item of a scalar that says something else than those before it. Of a status, one may say that the call succeeded
    /// and another that it did not: only who looks for the error, and is forgiving for that, has the first of them.
    fn contradiction(&self, slot: &mut Slot<'_, 'de>, hits: &Hits) -> Option<Id> {
        let tree = self.tree;
        let hits = self.hits.get(hits.clone()).filter(|hits| hits.len() > 1 && !is_record(slot))?;
        let is_text = |id: &Id| !matches!(tree.item(*id).kind, ItemKind::Null | ItemKind::Branch);
        let mut ids = hits.iter().map(|hit| hit.1).filter(is_text);
        let first = tree.item(ids.next()?).text.as_str().trim();
        ids.find(|id| tree.item(*id).text.trim() != first)
    }

    /// The first of several items. One that has members is completed by those behind it that say nothing else: of
    /// `<error code="10"/><error message="b"/>` both are one error, of `<error code="10"/><error code="20"/>` the second is another.
    fn first_of(&mut self, slot: &mut Slot<'_, 'de>, hits: Hits) -> Hits {
        let tree = self.tree;
        let is_record = is_record(slot);
        let mut items: Vec<Id> = Vec::new();
        for (_, id) in self.hits.get(hits.clone()).unwrap_or_default() {
            match tree.item(*id).kind {
                // A list where one was promised.
                ItemKind::Array if is_record => items.extend(tree.children(*id)),
                ItemKind::Branch if !is_record => {}
                _ => items.push(*id),
            }
        }
        // A pair of the name alone is a structure without members, where no pair has a member of it.
        if is_record && items.iter().any(|id| tree.item(*id).kind == ItemKind::Branch) {
            items.retain(|id| tree.item(*id).kind == ItemKind::Branch);
        }
        let there: Vec<Id> =
            items.iter().copied().filter(|id| tree.item(*id).kind != ItemKind::Null).collect();
        let mut candidates = if there.is_empty() { items } else { there }.into_iter();
        let Some(first) = candidates.next() else { return hits.start..hits.start };
        if is_record {
            let mut names: Vec<&str> = tree.children(first).map(|id| tree.item(id).name).collect();
            for other in candidates {
                let others: Vec<&str> = tree.children(other).map(|id| tree.item(id).name).collect();
                // Where the first cannot be read, any that can is better than none.
                if self.forgiving || others.iter().all(|name| !names.contains(name)) {
                    names.extend(others);
                    self.more.push(other);
                }
            }
        }
        let base = self.hits.len();
        self.hits.push((0, first));
        base..base + 1
    }

    /// Fills a member from the first of its items that can be read.
    fn fill_forgiving(
        &mut self,
        member: Member,
        slot: &mut Slot<'_, 'de>,
        counted: Hits,
        all: Hits,
    ) -> Result<(), DecodeError> {
        let attempts: Vec<Id> = self.hits.get(all).unwrap_or_default().iter().map(|(_, id)| *id).collect();
        let (depth, at, flattened) = (self.path.len(), self.at, self.flattened);
        let (end, claims, named) = (self.hits.len(), self.claims.clone(), self.named.clone());
        let restore = |this: &mut Self| {
            this.path.truncate(depth);
            this.hits.truncate(end);
            (this.at, this.flattened, this.probing, this.flat) = (at, flattened, false, false);
            this.claims.clone_from(&claims);
            this.named.clone_from(&named);
            this.more.clear();
        };
        let mut filled = self.fill(member, slot, counted);
        for id in attempts {
            if filled.is_ok() {
                return filled;
            }
            restore(self);
            self.hits.push((0, id));
            let read = self.fill(member, slot, end..end + 1);
            if read.is_ok() {
                filled = read;
            }
        }
        if filled.is_err() {
            restore(self);
        }
        self.forgive(slot, filled)
    }

    /// Whether an item beside the root is what tells of an error: one of which the first counts.
    pub(super) fn tells(&self, shape: &'static Shape, id: Id) -> bool {
        let is_there = self.tree.item(id).kind != ItemKind::Null;
        is_there && shape.members().any(|member| member.first() && self.is(member, id))
    }

    /// Pushes what beside the root tells of an error, unless the root has it itself.
    pub(super) fn collect_beside(&mut self, shape: &'static Shape, base: usize) {
        let Some(root) = self.beside.filter(|root| *root == self.at) else { return };
        let tree = self.tree;
        let own: Vec<u32> = self.hits.get(base..).unwrap_or_default().iter().map(|hit| hit.0).collect();
        for id in tree.children(Tree::ROOT).filter(|id| *id != root) {
            let is = |(_, member): &(u32, Member)| member.first() && self.is(*member, id);
            if let Some((index, _)) = (0..).zip(shape.members()).find(is)
                && !own.contains(&index)
                && tree.item(id).kind != ItemKind::Null
            {
                self.hits.push((index, id));
            }
        }
    }

    /// Fills a structure in whose place a text is: what went wrong, in words, where an error should be.
    pub(super) fn fill_lone(
        &mut self,
        text: Id,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
    ) -> Result<(), DecodeError> {
        let mut found = false;
        for (member, slot) in shape.members().zip(slots) {
            if member.lone() && !found {
                found = true;
                let base = self.hits.len();
                self.hits.push((0, text));
                self.fill(member, slot, base..base + 1)?;
                self.hits.truncate(base);
            } else if let Slot::Option(lazy) = slot {
                lazy.none();
            } else if member.required() {
                found = false;
                break;
            }
        }
        if found { Ok(()) } else { Err(self.expected(text, Expected::new("members"))) }
    }

    /// Leaves a member out that cannot be read, if that is what is wanted and it may be left out.
    pub(super) fn forgive(
        &self,
        slot: &mut Slot<'_, 'de>,
        filled: Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        match (filled, slot) {
            (Err(_), Slot::Option(lazy)) if self.forgiving => {
                lazy.none();
                Ok(())
            }
            (Err(_), Slot::List(list)) if self.forgiving => {
                list.clear();
                Ok(())
            }
            (Err(_), Slot::Map(map)) if self.forgiving => {
                map.clear();
                Ok(())
            }
            (filled, _) => filled,
        }
    }
}

impl<'de> TreeDecoder<'_, 'de> {
    /// A strict reader takes no number that is out of its range.
    pub(super) fn check_range(
        &self,
        member: Member,
        slot: &Slot<'_, 'de>,
        id: Id,
    ) -> Result<(), DecodeError> {
        let Some([least, most]) = member.range().filter(|_| self.strict) else { return Ok(()) };
        match scalar::number(slot) {
            // NaN is in no range.
            Some(number) if !(least..=most).contains(&number) => {
                let expected = format!("a number from {least} to {most}");
                Err(self.expected(id, Expected::from(expected)))
            }
            _ => Ok(()),
        }
    }
}

/// Whether a structure is to be filled.
fn is_record(slot: &mut Slot<'_, '_>) -> bool {
    match slot {
        Slot::Record(_) => true,
        Slot::Option(lazy) => is_record(&mut lazy.some()),
        _ => false,
    }
}
