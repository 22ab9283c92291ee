//! One description per type, read and written by every codec.
//!
//! `#[derive(Wire)]` writes three things for a type: its [`Shape`] (names and layout, as data), how its members are handed to
//! an [`Encoder`], and how they are handed to a [`Decoder`] as places to fill. A codec is compiled once and serves every
//! type, so a type costs little to build however many formats there are.

mod document;
mod document_text;
mod emptying;
mod growth;
mod leaf;
pub(crate) mod number;
mod shape;
mod slot_kind;
mod text_ref;
mod usual;
mod value;

use std::borrow::Cow;

#[doc(hidden)]
pub use self::shape::padding;
pub use self::{
    document::Document,
    document_text::DocumentText,
    emptying::clear,
    shape::{
        Booleans, Details, Formats, ListForm, MapForm, Member, MemberData, MemberLocation, Names, Numbered,
        Shape, UnionShape,
    },
    slot_kind::SlotKind,
    value::{Slot, Value},
};
pub(crate) use self::{growth::add, text_ref::TextRef};

/// A type that can be written: what it looks like to an encoder.
pub trait ToWire {
    /// Whether a reader may leave a member of this type out.
    const OPTIONAL: bool = false;
    /// Whether its value must not be seen: it is a [`Secret`](crate::Secret), a [`Document`], or made of one.
    const SECRET: bool = false;

    /// This value as an encoder sees it.
    fn value(&self) -> Value<'_>;
}

/// A type that can be read: it starts [empty](Self::empty) and is filled in place.
pub trait FromWire<'de>: ToWire + Sized {
    /// What kind of slot [`slot`](Self::slot) hands out, known without a value; for an `Option`, that of what is in it. Unless
    /// it says otherwise, a type is a scalar.
    const SLOT_KIND: SlotKind = SlotKind::Scalar;

    /// A value to be filled. It is never shown to anyone unless the decoder has filled what is required.
    fn empty() -> Self;

    /// This value as a decoder sees it.
    fn slot(&mut self) -> Slot<'_, 'de>;
}

/// A structure with a [`Shape`]: what a whole message can be.
///
/// Derived; the [crate documentation](crate) has an example.
pub trait Message: Record {
    /// The description that every codec reads.
    const SHAPE: &'static Shape;
}

/// A message that borrows nothing from its input.
pub trait OwnedMessage: Message + for<'de> FromWire<'de> + for<'de> Fill<'de> {}

impl<T: Message + for<'de> FromWire<'de> + for<'de> Fill<'de>> OwnedMessage for T {}

/// A structure that hands its members to an encoder.
pub trait Record {
    /// Calls [`Encoder::record`] with the shape and the members' values, in the shape's order; then [`Encoder::beside`], where there are
    /// members that are in no document.
    fn encode_fields(&self, encoder: &mut dyn Encoder);
}

/// A structure that hands its members to a decoder.
pub trait Fill<'de> {
    /// Calls [`Decoder::record`] with the shape and the members' slots, in the shape's order; then [`Decoder::beside`], where there are
    /// members that are in no document.
    ///
    /// # Errors
    ///
    /// Whatever the decoder answers.
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted>;
}

/// One format's writer.
pub trait Encoder {
    /// Writes the members of one structure. `values` are in the order of `shape.members`.
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]);

    /// Is told of the members that are in no document: a reply has them in its headers and cookies. Most structures have none.
    fn beside(&mut self, _shape: &'static Shape, _values: &[Value<'_>]) {}
}

/// One format's reader.
pub trait Decoder<'de> {
    /// Fills the members of one structure. `slots` are in the order of `shape.members`.
    ///
    /// # Errors
    ///
    /// When the input is not what the shape and the slots can take, or a required member is missing.
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted>;

    /// Is offered the members that are in no document: a reply has them in its headers and cookies. Most structures have none.
    ///
    /// # Errors
    ///
    /// As [`record`](Self::record).
    fn beside(&mut self, _shape: &'static Shape, _slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        Ok(())
    }
}

/// A decoder has stopped, and knows why. What is filled by then means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

/// A list that grows by one item at a time.
pub trait List<'de> {
    /// What the items are: their [`FromWire::SLOT_KIND`].
    fn kind(&self) -> SlotKind;

    /// Appends an empty item and hands out its slot.
    fn push(&mut self) -> Slot<'_, 'de>;

    /// Whether there is no item.
    fn is_empty(&self) -> bool;

    /// Removes every item.
    fn clear(&mut self);
}

/// The items of a list, for writing.
pub trait Items {
    /// How many items there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Item `index`, which is less than [`len`](Self::len).
    fn item(&self, index: usize) -> Value<'_>;
}

/// A map that grows by one entry at a time.
pub trait Map<'de> {
    /// What the values are: their [`FromWire::SLOT_KIND`].
    fn kind(&self) -> SlotKind;

    /// Makes an entry for `key` and hands out the slot of its value.
    ///
    /// # Errors
    ///
    /// What was expected, when `key` is not a key of this map, or has an entry and the map does not [repeat](Self::repeats) keys:
    /// none of two values is dropped.
    fn entry(&mut self, key: &str) -> Result<Slot<'_, 'de>, Expected>;

    /// Whether a key may come more than once.
    fn repeats(&self) -> bool {
        false
    }

    /// Removes every entry.
    fn clear(&mut self);
}

/// The entries of a map, for writing.
pub trait Entries {
    /// Calls `each` with every key and value, in order.
    fn each(&self, each: &mut dyn FnMut(&str, Value<'_>));

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        let mut empty = true;
        self.each(&mut |_, _| empty = false);
        empty
    }
}

/// A value that is made only when the input has it: an `Option`.
pub trait OptionSlot<'de> {
    /// Makes an empty value, replacing one that is there, and hands out its slot.
    fn some(&mut self) -> Slot<'_, 'de>;

    /// Takes the value away again.
    fn none(&mut self);
}

/// A tagged union, for reading.
pub trait UnionSlot<'de> {
    /// The union's description.
    fn shape(&self) -> &'static UnionShape;

    /// Becomes the variant named `tag`, empty, and hands out the slot of its payload (`Slot::Ignore` for one without).
    /// An unknown tag becomes the variant that keeps it, if the union has one.
    ///
    /// # Errors
    ///
    /// When the tag is unknown and the union cannot keep it.
    fn pick(&mut self, tag: &str) -> Result<Slot<'_, 'de>, Expected>;

    /// Becomes what [`FromWire::empty`] makes.
    fn clear(&mut self);
}

/// A tagged union, for writing.
pub trait UnionValue {
    /// The union's description.
    fn shape(&self) -> &'static UnionShape;

    /// The tag of the variant that this value is.
    fn tag(&self) -> &str;

    /// The variant's payload; `Value::Absent` for one without.
    fn payload(&self) -> Value<'_>;
}

/// A scalar that reads itself from text.
pub trait FromText {
    /// Takes the value from `text`, exactly as it stood on the wire after unescaping.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    fn set(&mut self, text: &str) -> Result<(), Expected>;

    /// Becomes what [`FromWire::empty`] makes.
    fn clear(&mut self);

    /// Texts that this scalar certainly takes, for generated samples. Empty: any text will do.
    fn samples(&self) -> &'static [&'static str] {
        &[]
    }
}

/// A scalar that writes itself as text.
pub trait ToText {
    /// The text for the wire, before escaping, or one for people where there is none.
    fn text(&self) -> Cow<'_, str>;

    /// The text for the wire. What has none cannot be encoded.
    fn written(&self) -> Option<Cow<'_, str>> {
        Some(self.text())
    }

    /// Whether the text is a number, which has no quotes where a format tells numbers and texts apart.
    fn is_number(&self) -> bool {
        false
    }
}

/// What a reader expected where it found something else. It never holds what was found, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected(pub Cow<'static, str>);

impl Expected {
    /// A fixed expectation, as in `"a date such as 2008-09-30 15:56:42"`.
    pub const fn new(what: &'static str) -> Self {
        Self(Cow::Borrowed(what))
    }
}

impl From<String> for Expected {
    fn from(what: String) -> Self {
        Self(Cow::Owned(what))
    }
}
