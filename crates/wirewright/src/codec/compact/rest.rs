//! What no member of a structure is, for the member that keeps it.

use crate::wire::{Aborted, Document, DocumentText, MemberLocation, Shape, Slot};

/// Members that are kept, in the order of the input.
pub(super) type Members = Vec<(DocumentText, Document)>;

/// Hands the kept members to the structure's own that keeps them. What comes later and keeps as well gets nothing.
pub(super) fn keep(shape: &Shape, slots: &mut [Slot<'_, '_>], members: Members) -> Result<(), Aborted> {
    if members.is_empty() {
        return Ok(());
    }
    let keeps = shape.members.iter().position(|member| member.place == MemberLocation::Rest);
    match keeps.and_then(|index| slots.get_mut(index)) {
        Some(Slot::Document(place)) => {
            **place = Document::Record(members.into());
            Ok(())
        }
        _ => Err(Aborted),
    }
}
