//! Values made empty again, for a structure that comes twice: the last one counts.

use std::borrow::Cow;

use super::{Aborted, Decoder, Document, Fill, Shape, Slot};
use crate::file::File;

/// Makes every member what [`FromWire::empty`](super::FromWire::empty) makes. That is a decoder, and no function of each type: there is
/// one of it in a program, however many types there are.
pub fn clear(fill: &mut dyn Fill<'_>) {
    // It refuses nothing.
    let _ = fill.decode_fields(&mut Emptying);
}

struct Emptying;

impl<'de> Decoder<'de> for Emptying {
    fn record(&mut self, _: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        slots.iter_mut().for_each(empty);
        Ok(())
    }

    fn beside(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        self.record(shape, slots)
    }
}

fn empty(slot: &mut Slot<'_, '_>) {
    match slot {
        Slot::Str(text) => text.clear(),
        Slot::Cow(text) => **text = Cow::Borrowed(""),
        Slot::U64(number) => **number = 0,
        Slot::U32(number) => **number = 0,
        Slot::U16(number) => **number = 0,
        Slot::I64(number) => **number = 0,
        Slot::I32(number) => **number = 0,
        Slot::F64(number) => **number = 0.0,
        Slot::Bool(is) => **is = false,
        Slot::Text(text) => text.clear(),
        Slot::File(file) => **file = <File as super::FromWire<'_>>::empty(),
        Slot::Record(record) => clear(&mut **record),
        Slot::List(list) => list.clear(),
        Slot::Map(map) => map.clear(),
        Slot::Union(union) => union.clear(),
        Slot::Option(option) => option.none(),
        Slot::Document(document) => **document = Document::Null,
        Slot::Ignore => {}
    }
}
