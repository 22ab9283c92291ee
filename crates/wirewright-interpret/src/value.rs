//! Values of types that are made at run time.

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
    fmt,
};

use wirewright::{
    Blob, File,
    described::DynamicMoment,
    wire::{Document, Expected, FromText as _, ToText as _},
    zeroize::Zeroize,
};

use crate::{
    kind::{Kind, RecordType, UnionType},
    scalar::{EnumerationText, FormedText},
};

/// A value of any type of a definition.
///
/// Its `Debug` shows no secret, and nothing that no definition describes.
#[derive(Clone)]
#[non_exhaustive]
pub enum DynamicValue {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// Bytes.
    Blob(Blob),
    /// A file.
    File(File),
    /// Anything, as it came.
    Document(Document),
    /// A text of an enumeration.
    Enumeration(EnumerationText),
    /// A date, a time of day or both.
    Moment(DynamicMoment),
    /// A text that has a form.
    Formed(FormedText),
    /// A structure.
    Record(Box<DynamicRecord>),
    /// A union.
    Union(Box<DynamicUnion>),
    /// A value that may be absent.
    Optional(DynamicOption),
    /// A list.
    List(DynamicList),
    /// A map.
    Map(DynamicMap),
    /// A value that must not be seen.
    Secret(Hidden),
}

/// A structure's value.
#[derive(Clone)]
pub struct DynamicRecord {
    pub(crate) of: &'static RecordType,
    /// In the order of the type's members.
    pub(crate) members: Vec<DynamicValue>,
}

/// A union's value.
#[derive(Clone)]
pub struct DynamicUnion {
    pub(crate) of: &'static UnionType,
    pub(crate) tag: Cow<'static, str>,
    /// What came with it. `None`: the tag says it all.
    pub(crate) payload: Option<DynamicValue>,
}

/// A value that may be absent.
#[derive(Clone)]
pub struct DynamicOption {
    pub(crate) of: Kind,
    pub(crate) value: Option<Box<DynamicValue>>,
}

/// A list's items.
#[derive(Clone)]
pub struct DynamicList {
    pub(crate) of: Kind,
    pub(crate) items: Vec<DynamicValue>,
}

/// A map's entries.
#[derive(Clone)]
pub struct DynamicMap {
    pub(crate) of: Kind,
    pub(crate) entries: MapEntries,
}

/// The entries of a map.
#[derive(Clone)]
pub(crate) enum MapEntries {
    /// Of every key one, by their keys.
    Unique(BTreeMap<String, DynamicValue>),
    /// As they came; a key may be there more than once.
    Repeating(Vec<(String, DynamicValue)>),
}

impl MapEntries {
    const fn new(repeats: bool) -> Self {
        if repeats { Self::Repeating(Vec::new()) } else { Self::Unique(BTreeMap::new()) }
    }

    pub(crate) const fn repeat(&self) -> bool {
        matches!(self, Self::Repeating(_))
    }

    /// Adds an entry; `None`: it is there already, and may be there once only.
    pub(crate) fn add(&mut self, key: &str, value: DynamicValue) -> Option<&mut DynamicValue> {
        match self {
            Self::Unique(entries) => match entries.entry(key.to_owned()) {
                Entry::Occupied(_) => None,
                Entry::Vacant(free) => Some(free.insert(value)),
            },
            Self::Repeating(entries) => {
                entries.push((key.to_owned(), value));
                entries.last_mut().map(|(_, value)| value)
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &DynamicValue)> {
        let (unique, repeating) = match self {
            Self::Unique(entries) => (Some(entries), None),
            Self::Repeating(entries) => (None, Some(entries)),
        };
        let repeating = repeating.into_iter().flatten().map(|(key, value)| (key, value));
        unique.into_iter().flatten().chain(repeating)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut DynamicValue> {
        let (unique, repeating) = match self {
            Self::Unique(entries) => (Some(entries), None),
            Self::Repeating(entries) => (None, Some(entries)),
        };
        let repeating = repeating.into_iter().flatten().map(|(_, value)| value);
        unique.into_iter().flat_map(BTreeMap::values_mut).chain(repeating)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::new(self.repeat());
    }
}

impl Zeroize for MapEntries {
    /// Wipes the values.
    fn zeroize(&mut self) {
        match self {
            Self::Unique(entries) => entries.values_mut().for_each(DynamicValue::zeroize),
            Self::Repeating(entries) => entries.iter_mut().for_each(|(_, value)| value.zeroize()),
        }
    }
}

/// A value that must not be seen: it is wiped from memory when it is dropped, and [`expose`](Self::expose) is the way to see it.
#[derive(Clone)]
pub struct Hidden(pub(crate) Box<DynamicValue>);

impl Hidden {
    /// The value in the clear.
    pub const fn expose(&self) -> &DynamicValue {
        &self.0
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Zeroize for DynamicValue {
    /// Wipes every text, number and byte in it.
    fn zeroize(&mut self) {
        match self {
            Self::Text(text) => text.zeroize(),
            Self::Integer(number) => number.zeroize(),
            Self::Number(number) => number.zeroize(),
            Self::Boolean(value) => value.zeroize(),
            Self::Blob(blob) => blob.zeroize(),
            Self::Formed(formed) => formed.text.zeroize(),
            Self::Record(record) => record.members.iter_mut().for_each(Self::zeroize),
            Self::Union(union) => union.payload.iter_mut().for_each(Self::zeroize),
            Self::Optional(option) => option.value.iter_mut().for_each(|value| value.zeroize()),
            Self::List(list) => list.items.iter_mut().for_each(Self::zeroize),
            Self::Map(map) => map.entries.zeroize(),
            Self::Secret(hidden) => hidden.0.zeroize(),
            // None of these can be a secret: a definition that says so is refused.
            Self::File(_) | Self::Document(_) | Self::Enumeration(_) | Self::Moment(_) => {}
        }
    }
}

impl DynamicUnion {
    /// What is unknown is kept: that is what a union is before it is read.
    pub(crate) const fn empty(of: &'static UnionType) -> Self {
        Self { of, tag: Cow::Borrowed(""), payload: Some(DynamicValue::Document(Document::Null)) }
    }
}

impl DynamicValue {
    /// A value to be filled.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(String::new()),
            Kind::Integer => Self::Integer(0),
            Kind::Number => Self::Number(0.0),
            Kind::Boolean => Self::Boolean(false),
            Kind::Blob => Self::Blob(Blob::default()),
            Kind::File => Self::File(File::new(String::new(), Vec::new())),
            Kind::Document => Self::Document(Document::Null),
            Kind::Enumeration(of) => Self::Enumeration(EnumerationText::empty(of)),
            Kind::Moment(of) => Self::Moment(of.empty),
            Kind::Formed(of) => Self::Formed(FormedText::empty(of)),
            Kind::Record(of) => Self::Record(Box::new(DynamicRecord::empty(of))),
            Kind::Union(of) => Self::Union(Box::new(DynamicUnion::empty(of))),
            Kind::Optional(of) => Self::Optional(DynamicOption { of: *of, value: None }),
            Kind::List(of) => Self::List(DynamicList { of: *of, items: Vec::new() }),
            Kind::Map { of, repeats } => Self::Map(DynamicMap { of: *of, entries: MapEntries::new(repeats) }),
            Kind::Secret(of) => Self::Secret(Hidden(Box::new(Self::empty(*of)))),
        }
    }

    /// The value itself, if it is there: without what says that it may be absent, or that it must not be seen.
    pub fn present(&self) -> Option<&Self> {
        match self {
            Self::Optional(option) => option.value.as_ref()?.present(),
            Self::Secret(hidden) => hidden.0.present(),
            value => Some(value),
        }
    }

    /// The number that is there, of an integer.
    pub(crate) fn integer(&self) -> Option<i64> {
        match self.present()? {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether nothing is there: no value, no item, no entry.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Optional(option) => option.value.is_none(),
            Self::List(list) => list.items.is_empty(),
            Self::Map(map) => map.entries.is_empty(),
            _ => false,
        }
    }

    /// The structure that it is, or of a list the first one.
    pub(crate) fn first_record(&self) -> Option<&DynamicRecord> {
        match self.present()? {
            Self::Record(record) => Some(record),
            Self::List(list) => list.items.first()?.first_record(),
            _ => None,
        }
    }

    /// The same to be changed; a new one, where there is none yet.
    pub(crate) fn first_record_mut(&mut self) -> Option<&mut DynamicRecord> {
        match self {
            Self::Record(record) => Some(record),
            Self::Optional(option) => {
                let value = option.value.get_or_insert_with(|| Box::new(Self::empty(option.of)));
                value.first_record_mut()
            }
            Self::List(list) => {
                if list.items.is_empty() {
                    list.items.push(Self::empty(list.of));
                }
                list.items.first_mut()?.first_record_mut()
            }
            _ => None,
        }
    }

    /// The same value, absent where it may be.
    pub(crate) fn clear(&mut self) {
        match self {
            Self::Optional(option) => option.value = None,
            Self::List(list) => list.items.clear(),
            Self::Map(map) => map.entries.clear(),
            _ => {}
        }
    }

    /// Leaves out all that no definition describes, where there is a place for it in a structure.
    pub(crate) fn clear_undescribed(&mut self) {
        match self {
            Self::Record(record) => record.clear_undescribed(),
            Self::Union(union) => union.payload.iter_mut().for_each(Self::clear_undescribed),
            Self::Optional(option) => option.value.iter_mut().for_each(|value| value.clear_undescribed()),
            Self::List(list) => list.items.iter_mut().for_each(Self::clear_undescribed),
            Self::Map(map) => map.entries.values_mut().for_each(Self::clear_undescribed),
            Self::Secret(hidden) => hidden.0.clear_undescribed(),
            _ => {}
        }
    }

    /// A scalar as text, in the clear; `None` for what is absent, and for anything else.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        Some(match self.present()? {
            Self::Text(text) => Cow::Borrowed(text.as_str()),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Blob(blob) => blob.text(),
            Self::Enumeration(text) => Cow::Borrowed(text.as_str()),
            Self::Moment(moment) => moment.text(),
            Self::Formed(formed) => Cow::Borrowed(formed.as_str()),
            _ => return None,
        })
    }

    /// Makes a scalar what a text says; one that may be absent is there then.
    ///
    /// # Errors
    ///
    /// What was expected, where the text is no such value.
    pub fn set_text(&mut self, text: &str) -> Result<(), Expected> {
        match self {
            Self::Optional(option) => {
                let mut value = Self::empty(option.of);
                value.set_text(text)?;
                option.value = Some(Box::new(value));
                Ok(())
            }
            Self::Secret(hidden) => hidden.0.set_text(text),
            Self::Text(place) => {
                text.clone_into(place);
                Ok(())
            }
            Self::Integer(place) => {
                *place = text.trim().parse().map_err(|_| Expected::new("an integer of 64 bits"))?;
                Ok(())
            }
            Self::Number(place) => {
                *place = text.trim().parse().map_err(|_| Expected::new("a number"))?;
                Ok(())
            }
            Self::Boolean(place) => {
                *place = text.trim().parse().map_err(|_| Expected::new("true or false"))?;
                Ok(())
            }
            Self::Blob(place) => place.set(text),
            Self::Enumeration(place) => place.set(text),
            Self::Moment(place) => place.set(text),
            Self::Formed(place) => place.set(text),
            Self::File(_)
            | Self::Document(_)
            | Self::Record(_)
            | Self::Union(_)
            | Self::List(_)
            | Self::Map(_) => Err(Expected::new("no text")),
        }
    }
}

impl DynamicRecord {
    /// A value to be filled.
    pub fn empty(of: &'static RecordType) -> Self {
        Self { of, members: of.members().iter().map(|member| DynamicValue::empty(member.kind)).collect() }
    }

    /// Its type.
    pub const fn record_type(&self) -> &'static RecordType {
        self.of
    }

    /// The values of its members, in the order of its type.
    pub fn values(&self) -> impl Iterator<Item = &DynamicValue> {
        self.members.iter()
    }

    /// The member that the definition's model calls so.
    pub fn member(&self, rust: &str) -> Option<&DynamicValue> {
        self.members.get(self.of.index(rust)?)
    }

    /// Leaves out all that no definition describes, where there is a place for it.
    pub(crate) fn clear_undescribed(&mut self) {
        for (member, value) in self.of.shape().members().zip(&mut self.members) {
            match value {
                DynamicValue::Document(document) if member.place().is_flat() => *document = Document::Null,
                value => value.clear_undescribed(),
            }
        }
    }

    /// The value of the member that the definition's model calls so, or what the definition says is meant where it is absent.
    pub fn member_or_default(&self, rust: &str) -> Option<Cow<'_, DynamicValue>> {
        let index = self.of.index(rust)?;
        let (member, value) = (self.of.members().get(index)?, self.members.get(index)?);
        if let Some(present) = value.present() {
            return Some(Cow::Borrowed(present));
        }
        let mut meant = value.clone();
        // The checks have tried it.
        meant.set_text(member.default?).ok()?;
        meant.present().cloned().map(Cow::Owned)
    }

    /// The member that the definition's model calls so, to be changed.
    pub fn member_mut(&mut self, rust: &str) -> Option<&mut DynamicValue> {
        self.members.get_mut(self.of.index(rust)?)
    }

    /// The value at the end of a path of such members, if all on the way is there.
    pub fn at<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<&DynamicValue> {
        let mut path = path.into_iter();
        let mut value = self.member(path.next()?)?;
        for step in path {
            let DynamicValue::Record(inner) = value.present()? else { return None };
            value = inner.member(step)?;
        }
        Some(value)
    }

    /// The same, to be changed; structures on the way that may be absent are made.
    pub(crate) fn make<'p>(&mut self, path: impl IntoIterator<Item = &'p str>) -> Option<&mut DynamicValue> {
        fn record(value: &mut DynamicValue) -> Option<&mut DynamicRecord> {
            match value {
                DynamicValue::Record(inner) => Some(inner),
                DynamicValue::Optional(option) => {
                    let of = option.of;
                    record(option.value.get_or_insert_with(|| Box::new(DynamicValue::empty(of))))
                }
                DynamicValue::Secret(hidden) => record(&mut hidden.0),
                _ => None,
            }
        }
        let mut path = path.into_iter();
        let mut value = self.member_mut(path.next()?)?;
        for step in path {
            value = record(value)?.member_mut(step)?;
        }
        Some(value)
    }

    /// The same, to be changed.
    pub(crate) fn at_mut<'p>(
        &mut self,
        path: impl IntoIterator<Item = &'p str>,
    ) -> Option<&mut DynamicValue> {
        fn record(value: &mut DynamicValue) -> Option<&mut DynamicRecord> {
            match value {
                DynamicValue::Record(inner) => Some(inner),
                DynamicValue::Optional(option) => record(option.value.as_deref_mut()?),
                DynamicValue::Secret(hidden) => record(&mut hidden.0),
                _ => None,
            }
        }
        let mut path = path.into_iter();
        let mut value = self.member_mut(path.next()?)?;
        for step in path {
            value = record(value)?.member_mut(step)?;
        }
        Some(value)
    }
}

impl fmt::Debug for DynamicValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(value) => value.fmt(f),
            Self::Blob(blob) => blob.fmt(f),
            Self::File(file) => file.fmt(f),
            Self::Document(document) => document.fmt(f),
            Self::Enumeration(text) => text.fmt(f),
            Self::Moment(moment) => f.write_str(&moment.text()),
            Self::Formed(formed) => formed.fmt(f),
            Self::Record(record) => record.fmt(f),
            Self::Union(union) => union.fmt(f),
            Self::Optional(option) => match &option.value {
                Some(value) => value.fmt(f),
                None => f.write_str("None"),
            },
            Self::List(list) => f.debug_list().entries(&list.items).finish(),
            Self::Map(map) => f.debug_map().entries(map.entries.iter()).finish(),
            Self::Secret(hidden) => hidden.fmt(f),
        }
    }
}

impl fmt::Debug for DynamicRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.of.name());
        for (member, value) in self.of.members().iter().zip(&self.members) {
            shown.field(member.rust, value);
        }
        shown.finish()
    }
}

impl fmt::Debug for DynamicUnion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple(&self.tag);
        self.payload.iter().for_each(|payload| {
            shown.field(payload);
        });
        shown.finish()
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
