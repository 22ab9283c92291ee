//! What a slot is, known from the type alone.

use super::UnionShape;

/// What kind of [`Slot`](super::Slot) the values of a type have, known before there is a value.
#[derive(Clone, Copy, Debug)]
pub enum SlotKind {
    /// One that takes one text.
    Scalar,
    /// [`Slot::Record`](super::Slot::Record).
    Record,
    /// [`Slot::List`](super::Slot::List).
    List,
    /// [`Slot::Map`](super::Slot::Map).
    Map,
    /// [`Slot::Union`](super::Slot::Union) of this shape.
    Union(&'static UnionShape),
    /// [`Slot::Document`](super::Slot::Document).
    Document,
}
