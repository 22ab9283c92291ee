//! The attributes of a structure's element.

use super::{
    document::attribute,
    read::{Reader, Tag, find},
};
use crate::{
    codec::compact::{Seen, is_other_name, literal::Literal, rest::Members, text},
    text::scan::{self, XmlAttribute},
    wire::{Aborted, MemberLocation, Shape, Slot},
};

impl<'de> Reader<'de> {
    /// Reads the rest of a start tag. What no member is goes to the rest, if the structure keeps it.
    pub(super) fn attributes(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
        rest: &mut Members,
    ) -> Result<(), Aborted> {
        if self.plain_attributes(shape, slots, seen)? {
            return Ok(());
        }
        let has_content = self.markup.attributes(|name, value| {
            if shape.places & (Shape::ATTRIBUTES | Shape::REST) == 0 {
                return Ok(());
            }
            let Some(index) = find(shape, name, MemberLocation::Attribute, 0) else {
                if is_other_name(shape, name) {
                    return Err(Aborted);
                }
                if shape.places & Shape::REST != 0 {
                    rest.push(attribute(name, value));
                }
                return Ok(());
            };
            let (data, slot) = (&shape.members[index], slots.get_mut(index).ok_or(Aborted)?);
            if text::fill(slot, value, data.details())? {
                *seen |= 1 << index;
            }
            Ok(())
        })?;
        self.tag = if has_content { Tag::Closed } else { Tag::Empty };
        Ok(())
    }

    /// The rest of a start tag whose attributes are the documented ones, in order and without anything unusual. `false`: it is not so, and
    /// nothing of it has been read.
    #[inline]
    fn plain_attributes(
        &mut self,
        shape: &'static Shape,
        slots: &mut [Slot<'_, 'de>],
        seen: &mut Seen,
    ) -> Result<bool, Aborted> {
        let source = self.markup.text;
        let bytes = source.as_bytes();
        let mut at = self.markup.at;
        if shape.places & Shape::ATTRIBUTES != 0 {
            for (index, (data, slot)) in shape.members.iter().zip(slots).enumerate() {
                let name = Literal::name(shape, data);
                let value = at + name.len() + 3;
                if data.place != MemberLocation::Attribute
                    || bytes.get(at) != Some(&b' ')
                    || !name.is_at(bytes, at + 1)
                    || bytes.get(value - 2..value) != Some(b"=\"")
                {
                    continue;
                }
                let end = scan::find::<XmlAttribute>(bytes, value);
                // What is about namespaces is looked at elsewhere.
                if bytes.get(end) != Some(&b'"') || bytes.get(at + 1..at + 4) == Some(b"xml") {
                    return Ok(false);
                }
                let text = source.get(value..end).ok_or(Aborted)?;
                if text::fill(slot, text.into(), data.details())? {
                    *seen |= 1 << index;
                }
                at = end + 1;
            }
        }
        self.tag = match bytes.get(at..) {
            Some([b'>', ..]) => Tag::Closed,
            Some([b'/', b'>', ..]) => Tag::Empty,
            _ => return Ok(false),
        };
        self.markup.without_namespace(at + if self.tag == Tag::Empty { 2 } else { 1 });
        Ok(true)
    }
}
