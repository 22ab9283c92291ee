//! What is there and means nothing, and what is there and should not be.

use super::{
    Id, ItemKind,
    decoder::{Hits, TreeDecoder},
};
use crate::{
    Format, scalar,
    wire::{Aborted, Decoder, Member, MemberLocation, Shape, Slot},
};

impl<'de> TreeDecoder<'_, 'de> {
    /// Whether an item of a list, or a value of a map, is nothing.
    pub(super) fn is_nothing(&self, member: Member, slot: &mut Slot<'_, 'de>, id: Id) -> bool {
        let item = self.tree.item(id);
        let empty = member.absent_inside() && self.tree.is_text(id) && scalar::is_empty(slot, &item.text);
        item.kind == ItemKind::Null || empty && (self.tree.children(id).next().is_none() || takes_text(slot))
    }

    /// Whether a text is where members should: a page of another server's, not a structure without members. Where a list
    /// repeats its element, the items may have been rows, and only the text between them is left.
    pub(super) fn is_other_text(&self, shape: &'static Shape, slots: &[Slot<'_, 'de>]) -> bool {
        let item = self.tree.item(self.at);
        let elsewhere = Shape::TEXT | Shape::FLATTENED | Shape::REST;
        let repeats = |(member, slot): (Member, &Slot<'_, 'de>)| {
            matches!(slot, Slot::List(_)) && !member.list().is_one()
        };
        item.kind == ItemKind::Element
            && shape.places & elsewhere == 0
            && !shape.members.is_empty()
            && self.flattened == 0
            && self.tree.is_text(self.at)
            && !item.text.trim().is_empty()
            && !shape.members().zip(slots).any(repeats)
    }

    pub(super) fn is_absent(&self, member: Member, slot: &Slot<'_, 'de>, hits: &Hits) -> bool {
        let Some(id) = self.last(slot, hits) else { return true };
        let item = self.tree.item(id);
        if item.kind == ItemKind::Null {
            // One of several elements that a list is made of is an item.
            let repeats =
                self.format == Format::Xml && matches!(slot, Slot::List(_)) && !member.list().is_one();
            return !(repeats && (hits.len() > 1 || member.list().absent_items));
        }
        let several = matches!(slot, Slot::List(_) | Slot::Map(_));
        if member.absent().is_empty() || (hits.len() > 1 && several) {
            return false;
        }
        let structure = matches!(slot, Slot::Record(_) | Slot::Union(_));
        let inside = self.tree.children(id).next().is_some();
        if item.kind == ItemKind::Array {
            return structure && !inside && member.absent().contains(&"");
        }
        // An attribute makes a structure of an empty element.
        self.tree.is_text(id)
            && !(structure && inside)
            && scalar::means_absent(slot, &item.text, member.absent())
    }

    /// Whether a structure that cannot be empty is given as an empty array, by which PHP means nothing at all.
    pub(super) fn is_php_nothing(&self, slot: &mut Slot<'_, 'de>, hits: &Hits) -> bool {
        let empty =
            |id: Id| self.tree.item(id).kind == ItemKind::Array && self.tree.children(id).next().is_none();
        self.last(slot, hits).is_some_and(empty)
            && match slot {
                Slot::Record(record) => record.decode_fields(&mut Emptiness(self.format)).is_err(),
                Slot::Union(_) => true,
                _ => false,
            }
    }

    /// Whether the format tells an empty list from an absent one.
    pub(super) fn shows_empty(&self, member: Member) -> bool {
        let list = member.list();
        self.format != Format::Query || list.joined.is_some() || (list.always && list.numbered.is_some())
    }
}

/// Whether a slot, or what may be in it, takes one text: attributes mean nothing beside that.
fn takes_text(slot: &mut Slot<'_, '_>) -> bool {
    match slot {
        Slot::Option(lazy) => takes_text(&mut lazy.some()),
        slot => scalar::is_scalar(slot),
    }
}

/// Finds out whether a structure may be empty.
struct Emptiness(Format);

impl<'de> Decoder<'de> for Emptiness {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        for (member, slot) in shape.members().zip(slots) {
            match slot {
                Slot::Record(record) if member.place_in(self.0) == MemberLocation::Flatten => {
                    record.decode_fields(self)?;
                }
                _ if member.required() => return Err(Aborted),
                _ => {}
            }
        }
        Ok(())
    }
}
