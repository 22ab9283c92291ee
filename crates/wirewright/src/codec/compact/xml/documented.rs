//! Members that come as documented, in one straight loop.

use super::{
    markup::{End, behind_space, is_space},
    plain::plain,
    read::{Reader, Tag},
};
use crate::{
    codec::compact::{Seen, literal::Literal, meet},
    text::scan::{self, Byte},
    wire::{Aborted, MemberLocation, Shape, Slot},
};

impl<'de> Reader<'de> {
    /// Enters the element of a member whose start tag is plain, if there is one here. The one that was to be next is not.
    #[inline]
    pub(super) fn likely(&mut self, shape: &'static Shape, next: usize) -> Option<usize> {
        let bytes = self.markup.bytes();
        let length = scan::find::<Byte<b'>'>>(bytes, self.markup.at).saturating_sub(self.markup.at);
        let members = shape.members.iter().enumerate();
        let (before, behind) = (members.clone().take(next), members.skip(next));
        for (index, member) in behind.chain(before) {
            if usize::from(member.length[0]) + 1 == length
                && member.place == MemberLocation::Element
                && self.markup.literal(Literal::open(shape, member))
            {
                self.tag = Tag::Closed;
                return Some(index);
            }
        }
        None
    }

    /// Reads the members from `next` on as long as each is the documented one, with nothing around it but white space, and says which one
    /// is not; whether `any` was read. `entered`: the element of the first one has been entered, as far as `self.tag` says.
    #[inline]
    pub(super) fn documented(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
        (mut next, mut entered): (usize, bool),
        any: &mut bool,
    ) -> Result<usize, Aborted> {
        let (source, returns) = (self.markup.text, self.markup.returns);
        let bytes = source.as_bytes();
        let mut at = self.markup.at;
        let members = shape.members.get(next..).unwrap_or_default();
        let slots = slots.get_mut(next..).unwrap_or_default();
        for (index, (data, slot)) in members.iter().zip(slots).enumerate() {
            // Attributes and the text are in the same table; no child is one.
            if data.place != MemberLocation::Element {
                next += 1;
                continue;
            }
            if entered {
                entered = false;
            } else {
                at = behind_space(bytes, at);
                let open = Literal::open(shape, data);
                if open.is_at(bytes, at) {
                    at += open.len();
                    self.tag = Tag::Closed;
                } else {
                    let half = Literal::half_open(shape, data);
                    let behind = at + half.len();
                    if !half.is_at(bytes, at) || !bytes.get(behind).is_some_and(|byte| ends_name(*byte)) {
                        break;
                    }
                    let skipped = if is_scalar(slot) { self.markup.one_attribute(behind) } else { None };
                    self.tag = if skipped.is_some() { Tag::Closed } else { Tag::Open };
                    at = skipped.unwrap_or(behind);
                }
            }
            *any = true;
            if data.details.is_none() && self.tag == Tag::Closed && self.markup.levels > 0 {
                if let Slot::Record(record) = slot {
                    meet(seen, next)?;
                    self.markup.at = at;
                    self.markup.levels -= 1;
                    self.end = End { name: shape.member(next).xml(), literal: Literal::close(shape, data) };
                    record.decode_fields(self)?;
                    self.markup.levels += 1;
                    at = self.markup.at;
                    next += 1;
                    continue;
                }
                if let Some(stop) = plain(slot, source, at, returns) {
                    let following = members.get(index + 1).filter(|_| self.tight);
                    let tags = following.map_or(Literal::NONE, |next| Literal::close_open(shape, data, next));
                    let close = Literal::close(shape, data);
                    if tags.is_at(bytes, stop)
                        && following.is_some_and(|next| next.place == MemberLocation::Element)
                    {
                        at = stop + tags.len();
                        entered = true;
                    } else if close.is_at(bytes, stop) {
                        at = stop + close.len();
                        self.tight = false;
                    } else {
                        self.markup.at = at;
                        self.member(shape, next, slot, seen)?;
                        at = self.markup.at;
                        next += 1;
                        continue;
                    }
                    meet(seen, next)?;
                    next += 1;
                    continue;
                }
            }
            self.markup.at = at;
            self.member(shape, next, slot, seen)?;
            at = self.markup.at;
            next += 1;
        }
        self.markup.at = behind_space(bytes, at);
        Ok(next)
    }
}

/// Whether a byte ends the name in a start tag that is not just that name.
const fn ends_name(byte: u8) -> bool {
    is_space(byte) || byte == b'/'
}

/// Whether the attributes of an element mean nothing, as a scalar is in it.
const fn is_scalar(slot: &Slot<'_, '_>) -> bool {
    matches!(
        slot,
        Slot::Str(_)
            | Slot::Cow(_)
            | Slot::U64(_)
            | Slot::U32(_)
            | Slot::U16(_)
            | Slot::I64(_)
            | Slot::I32(_)
            | Slot::F64(_)
            | Slot::Bool(_)
            | Slot::Text(_)
    )
}
