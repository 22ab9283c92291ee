//! How codecs see values that are made at run time: what `#[derive(Wire)]` writes for types.

use std::borrow::Cow;

use wirewright::wire::{
    Aborted, Decoder, Document, Encoder, Entries, Expected, Fill, Items, List, Map, OptionSlot, Record, Slot,
    SlotKind, UnionShape, UnionSlot, UnionValue, Value,
};

use crate::value::{DynamicList, DynamicMap, DynamicOption, DynamicRecord, DynamicUnion, DynamicValue};

impl DynamicValue {
    /// As an encoder sees it.
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Str(text),
            Self::Integer(number) => Value::I64(*number),
            Self::Number(number) => Value::F64(*number),
            Self::Boolean(value) => Value::Bool(*value),
            Self::Blob(blob) => Value::Text(blob),
            Self::File(file) => Value::File(file),
            Self::Document(document) => Value::Document(document),
            Self::Enumeration(text) => text.value(),
            Self::Moment(moment) => Value::Text(moment),
            Self::Formed(formed) => Value::Str(formed.as_str()),
            Self::Record(record) => Value::Record(&**record),
            Self::Union(union) => Value::Union(&**union),
            Self::Optional(option) => option.value.as_ref().map_or(Value::Absent, |value| value.value()),
            Self::List(list) => Value::List(list),
            Self::Map(map) => Value::Map(map),
            Self::Secret(hidden) => hidden.0.value(),
        }
    }

    /// As a decoder sees it.
    pub fn slot<'de>(&mut self) -> Slot<'_, 'de> {
        match self {
            Self::Text(text) => Slot::Str(text),
            Self::Integer(number) => Slot::I64(number),
            Self::Number(number) => Slot::F64(number),
            Self::Boolean(value) => Slot::Bool(value),
            Self::Blob(blob) => Slot::Text(blob),
            Self::File(file) => Slot::File(file),
            Self::Document(document) => Slot::Document(document),
            Self::Enumeration(text) => Slot::Text(text),
            Self::Moment(moment) => Slot::Text(moment),
            Self::Formed(formed) => Slot::Text(formed),
            Self::Record(record) => Slot::Record(&mut **record),
            Self::Union(union) => Slot::Union(&mut **union),
            Self::Optional(option) => Slot::Option(option),
            Self::List(list) => Slot::List(list),
            Self::Map(map) => Slot::Map(map),
            Self::Secret(hidden) => hidden.0.slot(),
        }
    }
}

impl Record for DynamicRecord {
    fn encode_fields(&self, encoder: &mut dyn Encoder) {
        let shape = self.of.shape();
        let values: Vec<Value<'_>> =
            self.members.iter().take(shape.members.len()).map(DynamicValue::value).collect();
        encoder.record(shape, &values);
        if let Some(beside) = self.of.beside() {
            let inside = self.of.shape().members.len();
            let values: Vec<Value<'_>> = self.members.iter().skip(inside).map(DynamicValue::value).collect();
            encoder.beside(beside, &values);
        }
    }
}

impl<'de> Fill<'de> for DynamicRecord {
    fn decode_fields(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), Aborted> {
        let shape = self.of.shape();
        let members = self.members.iter_mut().take(shape.members.len());
        let mut slots: Vec<Slot<'_, 'de>> = members.map(DynamicValue::slot).collect();
        decoder.record(shape, &mut slots)?;
        let Some(beside) = self.of.beside() else { return Ok(()) };
        let members = self.members.iter_mut().skip(self.of.shape().members.len());
        let mut slots: Vec<Slot<'_, 'de>> = members.map(DynamicValue::slot).collect();
        decoder.beside(beside, &mut slots)
    }
}

impl<'de> UnionSlot<'de> for DynamicUnion {
    fn shape(&self) -> &'static UnionShape {
        self.of.shape
    }

    fn pick(&mut self, tag: &str) -> Result<Slot<'_, 'de>, Expected> {
        let known = self.of.variants().iter().find(|(known, _)| *known == tag);
        (self.tag, self.payload) = match known {
            Some((tag, content)) => (Cow::Borrowed(*tag), content.map(DynamicValue::empty)),
            None => (Cow::Owned(tag.to_owned()), Some(DynamicValue::Document(Document::Null))),
        };
        Ok(self.payload.as_mut().map_or(Slot::Ignore, DynamicValue::slot))
    }

    fn clear(&mut self) {
        *self = Self::empty(self.of);
    }
}

impl UnionValue for DynamicUnion {
    fn shape(&self) -> &'static UnionShape {
        self.of.shape
    }

    fn tag(&self) -> &str {
        &self.tag
    }

    fn payload(&self) -> Value<'_> {
        self.payload.as_ref().map_or(Value::Absent, DynamicValue::value)
    }
}

impl<'de> OptionSlot<'de> for DynamicOption {
    fn some(&mut self) -> Slot<'_, 'de> {
        self.value.insert(Box::new(DynamicValue::empty(self.of))).slot()
    }

    fn none(&mut self) {
        self.value = None;
    }
}

impl<'de> List<'de> for DynamicList {
    fn kind(&self) -> SlotKind {
        self.of.slot_kind()
    }

    fn push(&mut self) -> Slot<'_, 'de> {
        self.items.push(DynamicValue::empty(self.of));
        self.items.last_mut().map_or(Slot::Ignore, DynamicValue::slot)
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn clear(&mut self) {
        self.items.clear();
    }
}

impl Items for DynamicList {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn item(&self, index: usize) -> Value<'_> {
        self.items.get(index).map_or(Value::Absent, DynamicValue::value)
    }
}

impl<'de> Map<'de> for DynamicMap {
    fn kind(&self) -> SlotKind {
        self.of.slot_kind()
    }

    fn entry(&mut self, key: &str) -> Result<Slot<'_, 'de>, Expected> {
        let place = self.entries.add(key, DynamicValue::empty(self.of));
        place.map(DynamicValue::slot).ok_or(Expected::new("each key once"))
    }

    fn repeats(&self) -> bool {
        self.entries.repeat()
    }

    fn clear(&mut self) {
        self.entries.clear();
    }
}

impl Entries for DynamicMap {
    fn each(&self, each: &mut dyn FnMut(&str, Value<'_>)) {
        self.entries.iter().for_each(|(key, value)| each(key, value.value()));
    }
}
