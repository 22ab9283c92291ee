//! What a slot is, known from the type alone.

use super::UnionShape;

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
