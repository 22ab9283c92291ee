//! Structures whose members are among those of another one.
//!
//! A structure with flattened members is walked twice. The first walk, *probing*, only finds out which items belong to which
//! of the structures that share one level, so that a flattened map can take what is left, and an absent flattened structure is
//! seen to be absent.

use std::{collections::BTreeSet, mem};

use super::{Id, ItemKind, decoder::TreeDecoder, named::Named};
use crate::{
    DecodeError, DecodeErrorKind, Format, scalar,
    wire::{Document, Member, MemberLocation, Shape, Slot},
};

impl<'de> TreeDecoder<'_, 'de> {
    /// Fills what is among the members of the structure at hand.
    pub(super) fn fill_flat(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        self.deeper()?;
        match slot {
            Slot::Record(record) => {
                self.flat = true;
                self.fill_record_of(*record)?;
            }
            Slot::Option(lazy) => {
                let mut found = mem::replace(&mut self.found, false);
                self.probe(|this| this.claim_flat(member, &mut lazy.some()))?;
                mem::swap(&mut found, &mut self.found);
                if found {
                    self.fill_flat(member, &mut lazy.some())?;
                } else {
                    lazy.none();
                }
            }
            Slot::Union(choice) => self.fill_choice(*choice, self.at, true)?,
            Slot::List(list) => self.fill_flat_list(member, *list)?,
            Slot::Map(map) => self.fill_flat_map(member, *map)?,
            Slot::Document(node) => **node = self.rest(),
            _ => {}
        }
        self.flattened -= 1;
        Ok(())
    }

    /// Fills the member that keeps the rest. Text of an element that has no member for it is a part of that, unless a structure
    /// around this one may have a member for it.
    pub(super) fn fill_rest(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        let outermost = self.flattened == 0;
        self.fill_flat(member, slot)?;
        let text = self.tree.item(self.at).text.as_str();
        if let Slot::Document(node) = slot
            && outermost
            && !text.trim().is_empty()
        {
            let text = Document::Text(text.into());
            **node = mem::take(*node).with(Document::TEXT, text);
        }
        Ok(())
    }

    /// A flattened structure that contains itself would never end.
    pub(super) fn deeper(&mut self) -> Result<(), DecodeError> {
        self.flattened += 1;
        if self.flattened > self.max_depth {
            return Err(self.fail(self.at, DecodeErrorKind::Limit { what: "levels", limit: self.max_depth }));
        }
        Ok(())
    }

    /// Runs a walk that only claims.
    pub(super) fn probe(
        &mut self,
        walk: impl FnOnce(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let outer = mem::replace(&mut self.probing, true);
        walk(self)?;
        self.probing = outer;
        Ok(())
    }

    /// Claims the items of all structures that share a level, beside those that are claimed already. Returns what was known of the
    /// level around it.
    pub(super) fn claim_level(
        &mut self,
        claimed: &BTreeSet<Id>,
        mut walk: impl FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(BTreeSet<Id>, Named), DecodeError> {
        let outer = (mem::replace(&mut self.claims, claimed.clone()), mem::take(&mut self.named));
        self.probe(&mut walk)?;
        if !self.named.is_empty() {
            // What one of them took by its local name, one behind it may have named with its namespace.
            self.claims.clone_from(claimed);
            self.probe(walk)?;
        }
        Ok(outer)
    }

    pub(super) fn claim_record(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
    ) -> Result<(), DecodeError> {
        let base = self.collect(shape);
        self.note_namespaces(shape, base);
        while self.hits.len() > base {
            if let Some((index, id)) = self.hits.pop() {
                self.claims.insert(id);
                self.found |= match self.tree.item(id).kind {
                    ItemKind::Null => false,
                    ItemKind::Branch => slots.get_mut(index as usize).is_some_and(takes_branches),
                    _ => true,
                };
            }
        }
        let item = self.tree.item(self.at);
        for (member, slot) in shape.members().zip(slots) {
            match member.place_in(self.format) {
                MemberLocation::Flatten | MemberLocation::Rest => self.claim_flat(member, slot)?,
                MemberLocation::Text if self.format == Format::Xml => {
                    self.found |= !item.text.trim().is_empty();
                }
                _ => {
                    if let (Some(numbered), Slot::List(list)) = (self.columns(member), slot) {
                        self.found |= !self.claim_columns(*list, numbered)?.is_empty();
                    }
                }
            }
        }
        Ok(())
    }

    /// Claims the items of what is among the members of the structure at hand.
    pub(super) fn claim_flat(&mut self, member: Member, slot: &mut Slot<'_, 'de>) -> Result<(), DecodeError> {
        self.deeper()?;
        match slot {
            Slot::Record(record) => self.fill_record_of(*record)?,
            Slot::Option(lazy) => {
                self.claim_flat(member, &mut lazy.some())?;
                lazy.none();
            }
            Slot::Union(choice) => self.claim_choice(*choice)?,
            Slot::List(list) => self.claim_flat_list(member, *list),
            // They take what is left. In the filling walk every claim is known.
            Slot::Map(_) | Slot::Document(_) => {
                let tree = self.tree;
                self.found |= tree.elements(self.at).any(|id| self.is_left(id));
            }
            _ => {}
        }
        self.flattened -= 1;
        Ok(())
    }

    /// The children of the structure at hand that no member has.
    pub(super) fn unclaimed(&self) -> Vec<Id> {
        self.tree.children(self.at).filter(|id| self.is_left(*id)).collect()
    }

    /// Whether no member has an item. Of the names that share a part, some may be members.
    pub(super) fn is_left(&self, id: Id) -> bool {
        let branch = self.tree.item(id).kind == ItemKind::Branch;
        !self.claims.contains(&id) && (!branch || self.tree.children(id).any(|child| self.is_left(child)))
    }
}

/// Whether a member can be made of several pairs of a query string: `a.b=1` says nothing of a text called `a`.
fn takes_branches(slot: &mut Slot<'_, '_>) -> bool {
    let Slot::Option(lazy) = slot else { return !scalar::is_scalar(slot) };
    let takes = takes_branches(&mut lazy.some());
    lazy.none();
    takes
}
