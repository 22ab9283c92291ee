//! Types of values, as data.

use std::{fmt, sync::OnceLock};

use wirewright::{
    described::DynamicMoment,
    wire::{Shape, SlotKind, UnionShape},
};
use wirewright_codegen::model;

use crate::leak;

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// Signed, 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Number,
    /// True or false.
    Boolean,
    /// Bytes, in base64 on the wire.
    Blob,
    /// A file of a multipart request.
    File,
    /// Anything, kept as it comes.
    Document,
    /// One of several texts; unknown ones are kept.
    Enumeration(&'static EnumerationType),
    /// A date, a time of day or both.
    Moment(&'static MomentType),
    /// A text that has a form.
    Formed(&'static FormedType),
    /// Members with names.
    Record(&'static RecordType),
    /// One of several types, told apart by a tag.
    Union(&'static UnionType),
    /// One that may be absent.
    Optional(&'static Kind),
    /// Any number of values.
    List(&'static Kind),
    /// Any number of values by key.
    Map {
        /// The type of one.
        of: &'static Kind,
        /// Whether a key may come more than once.
        repeats: bool,
    },
    /// One that must not be seen.
    Secret(&'static Kind),
}

impl Kind {
    /// What kind of slot its values have.
    pub fn slot_kind(self) -> SlotKind {
        match self {
            Self::Text
            | Self::Integer
            | Self::Number
            | Self::Boolean
            | Self::Blob
            | Self::File
            | Self::Enumeration(_)
            | Self::Moment(_)
            | Self::Formed(_) => SlotKind::Scalar,
            Self::Document => SlotKind::Document,
            Self::Record(_) => SlotKind::Record,
            Self::Union(of) => SlotKind::Union(of.shape),
            Self::Optional(inner) | Self::Secret(inner) => inner.slot_kind(),
            Self::List(_) => SlotKind::List,
            Self::Map { .. } => SlotKind::Map,
        }
    }
}

/// An enumeration of texts.
#[derive(Debug)]
pub struct EnumerationType {
    /// What is known, with its other spellings.
    pub(crate) values: &'static [model::EnumerationValue],
    /// The known texts.
    pub(crate) texts: &'static [&'static str],
    /// Whether they are integers where a format tells integers and texts apart.
    pub(crate) number: bool,
}

/// How a date, a time of day or both are written.
#[derive(Debug)]
pub struct MomentType {
    /// One that is to be filled.
    pub(crate) empty: DynamicMoment,
}

/// The forms of a text.
#[derive(Debug)]
pub struct FormedType {
    /// A text of each form.
    pub(crate) samples: &'static [&'static str],
}

/// A union. Its variants are told after it was made, so that types can be recursive.
pub struct UnionType {
    pub(crate) shape: &'static UnionShape,
    variants: OnceLock<Vec<(&'static str, Option<Kind>)>>,
}

impl UnionType {
    pub(crate) fn new(shape: &'static UnionShape) -> Self {
        Self { shape, variants: OnceLock::new() }
    }

    pub(crate) fn set_variants(&self, variants: Vec<(&'static str, Option<Kind>)>) {
        // A second time would be the same.
        let _ = self.variants.set(variants);
    }

    /// The tags that are known, each with the type of what comes with it.
    pub(crate) fn variants(&self) -> &[(&'static str, Option<Kind>)] {
        self.variants.get().map_or(&[], Vec::as_slice)
    }
}

/// Names the tags alone: the types may be recursive.
impl fmt::Debug for UnionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnionType").field(&self.shape.variants).finish()
    }
}

/// A structure. Its members are told after it was made, so that types can be recursive.
pub struct RecordType {
    name: &'static str,
    described: OnceLock<Described>,
}

struct Described {
    shape: &'static Shape,
    /// The description of the last members, which are in no document.
    beside: Option<&'static Shape>,
    members: Vec<MemberType>,
}

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct MemberType {
    /// As the definition's model calls it.
    pub(crate) rust: &'static str,
    pub(crate) kind: Kind,
    /// What is meant where it is absent.
    pub(crate) default: Option<&'static str>,
}

impl MemberType {
    /// One whose absence means nothing.
    pub(crate) const fn new(rust: &'static str, kind: Kind) -> Self {
        Self { rust, kind, default: None }
    }
}

impl RecordType {
    /// One whose members are told later.
    pub(crate) const fn named(name: &'static str) -> Self {
        Self { name, described: OnceLock::new() }
    }

    /// One that is known whole.
    pub(crate) fn new(name: &'static str, shape: &'static Shape, members: Vec<MemberType>) -> &'static Self {
        let record = Self::named(name);
        record.set_members(shape, members);
        leak::one(record)
    }

    pub(crate) fn set_members(&self, shape: &'static Shape, members: Vec<MemberType>) {
        // A second time would be the same.
        let _ = self.described.set(Described { shape, beside: None, members });
    }

    /// One whose last members are in no document: `beside` describes them.
    pub(crate) fn with_beside(
        name: &'static str,
        shape: &'static Shape,
        beside: &'static Shape,
        members: Vec<MemberType>,
    ) -> &'static Self {
        let record = Self::named(name);
        let _ = record.described.set(Described { shape, beside: Some(beside), members });
        leak::one(record)
    }

    /// The description of the last members, if they are in no document.
    pub(crate) fn beside(&self) -> Option<&'static Shape> {
        self.described.get()?.beside
    }

    /// Its name, for people.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its description, as codecs read it, without members that are in no document.
    pub fn shape(&self) -> &'static Shape {
        const NOTHING: &Shape = &Shape {
            root: "Nothing",
            json_root: None,
            namespace: None,
            literals: Shape::PADDING,
            members: &[],
            places: 0,
        };
        self.described.get().map_or(NOTHING, |described| described.shape)
    }

    /// Its members, in the order of the wire.
    pub(crate) fn members(&self) -> &[MemberType] {
        self.described.get().map_or(&[], |described| described.members.as_slice())
    }

    /// Where the member is that the definition's model calls so.
    pub(crate) fn index(&self, rust: &str) -> Option<usize> {
        self.members().iter().position(|member| member.rust == rust)
    }
}

/// Names the members alone: the types may be recursive.
impl fmt::Debug for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members: Vec<&str> = self.members().iter().map(|member| member.rust).collect();
        f.debug_tuple(self.name).field(&members).finish()
    }
}
