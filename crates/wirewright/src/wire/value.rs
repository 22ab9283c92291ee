//! What a codec sees of a value: a place to fill, or a thing to write.

use std::borrow::Cow;

use crate::File;

use super::{
    Document, Entries, Fill, FromText, Items, List, Map, OptionSlot, Record, ToText, UnionShape, UnionSlot,
    UnionValue,
};

/// A place in a value that a decoder fills.
pub enum Slot<'s, 'de> {
    /// Text.
    Str(&'s mut String),
    /// Text that borrows from the input where it stands there unescaped.
    Cow(&'s mut Cow<'de, str>),
    /// An unsigned integer.
    U64(&'s mut u64),
    /// An unsigned integer of 32 bits.
    U32(&'s mut u32),
    /// An unsigned integer of 16 bits.
    U16(&'s mut u16),
    /// A signed integer.
    I64(&'s mut i64),
    /// A signed integer of 32 bits.
    I32(&'s mut i32),
    /// A floating-point number.
    F64(&'s mut f64),
    /// A boolean, in any of the usual spellings or the member's own.
    Bool(&'s mut bool),
    /// A scalar that reads itself from text: an enum, a date, bytes.
    Text(&'s mut dyn FromText),
    /// A file, which is its name to whatever reads text.
    File(&'s mut File),
    /// A structure.
    Record(&'s mut dyn Fill<'de>),
    /// A list.
    List(&'s mut dyn List<'de>),
    /// A map.
    Map(&'s mut dyn Map<'de>),
    /// A tagged union.
    Union(&'s mut dyn UnionSlot<'de>),
    /// A value that is made only when it is there.
    Option(&'s mut dyn OptionSlot<'de>),
    /// Anything, kept as it came.
    Document(&'s mut Document),
    /// Anything, dropped.
    Ignore,
}

/// What kind of [`Slot`] the values of a type have, known before there is a value.
#[derive(Clone, Copy, Debug)]
pub enum SlotKind {
    /// One that takes one text.
    Scalar,
    /// [`Slot::Record`].
    Record,
    /// [`Slot::List`].
    List,
    /// [`Slot::Map`].
    Map,
    /// [`Slot::Union`] of this shape.
    Union(&'static UnionShape),
    /// [`Slot::Document`].
    Document,
}

/// A thing that an encoder writes.
#[derive(Clone, Copy)]
pub enum Value<'v> {
    /// Nothing: the member is left out.
    Absent,
    /// Text.
    Str(&'v str),
    /// An unsigned integer.
    U64(u64),
    /// A signed integer.
    I64(i64),
    /// A floating-point number.
    F64(f64),
    /// A boolean, spelled as the member says.
    Bool(bool),
    /// A scalar that writes itself as text.
    Text(&'v dyn ToText),
    /// A file, which is its name to whatever writes text.
    File(&'v File),
    /// A structure.
    Record(&'v dyn Record),
    /// A list.
    List(&'v dyn Items),
    /// A map.
    Map(&'v dyn Entries),
    /// A tagged union.
    Union(&'v dyn UnionValue),
    /// Anything, as it was kept.
    Document(&'v Document),
}
