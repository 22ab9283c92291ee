//! Answers and failures as JSON, for people and programs at a shell.
//!
//! Names are those of the vendor's JSON, whatever came over the wire; members are in the order of the wire, numbers and booleans are
//! such, and what is absent is left out. Secrets are `[redacted]` unless they are asked for by name.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::value::RawValue;
use wirewright::{
    described::EnvelopeKind,
    wire::{Document, DocumentText, Shape, ToText as _},
};
use wirewright_codegen::{
    model::{Role, When},
    plan::envelope::{is_status, of_role},
};

use crate::{
    definition::{Definition, OperationType},
    outcome::{Enveloped, Failure},
    value::{DynamicRecord, DynamicUnion, DynamicValue},
};

/// Members with their names.
type Members = Vec<(DocumentText, Document)>;

/// What stands for a secret.
const REDACTED: &str = "[redacted]";

/// What may be seen.
#[derive(Clone, Copy, Debug)]
pub struct Visibility<'v> {
    /// The names under which secrets travel: what is under them is hidden where the definition does not describe it. They are in
    /// [`Vendor::secrets`](wirewright::catalog::Vendor::secrets).
    pub secrets: &'v [&'v str],
    /// The names of secrets that are shown all the same.
    pub exposed: &'v [&'v str],
}

/// A value that can be shown: it holds no secret but those that were asked for. `serde_json` writes it, digits of numbers as they
/// came.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown(Document);

impl Shown {
    /// The value itself.
    pub const fn document(&self) -> &Document {
        &self.0
    }

    /// What is under a name, if it is a structure with a member of this name.
    pub fn member(&self, name: &str) -> Option<Self> {
        self.0.get(name).cloned().map(Self)
    }

    /// The members of a structure that have other names than these, if there are any.
    pub(crate) fn without(&self, names: &[&str]) -> Option<Self> {
        let Document::Record(members) = &self.0 else { return None };
        let members: Members =
            members.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect();
        (!members.is_empty()).then(|| Self(Document::Record(members.into())))
    }
}

impl Definition {
    /// An answer with what came around its data.
    pub fn show_answer(
        &self,
        operation: &OperationType,
        answer: &Enveloped,
        visibility: Visibility<'_>,
    ) -> Shown {
        let envelope = self.envelope(operation, EnvelopeKind::Reply);
        let record = envelope.map(|envelope| envelope.put(&self.envelope_members, &answer.values));
        record.map_or(Shown(Document::Null), |record| show(&record, visibility))
    }

    /// A failure with all that came with it.
    pub fn show_failure(
        &self,
        operation: &OperationType,
        failure: &Failure,
        visibility: Visibility<'_>,
    ) -> Shown {
        let members = &self.vendor().envelope.members;
        let code = members.iter().find(|member| is_status(member)).or(of_role(
            self.vendor(),
            Role::Code,
            When::Failure,
        ));
        let told = self.found(failure.values(), code).is_some();
        // Where the status of HTTP told it the vendor's code is not in the envelope.
        let values = if told {
            failure.values().clone()
        } else {
            self.refuse(failure.clone(), self.called_as(operation))
        };
        let envelope = self.envelope(operation, EnvelopeKind::Failure);
        let record = envelope.map(|envelope| envelope.put(&self.envelope_members, &values));
        record.map_or(Shown(Document::Null), |record| show(&record, visibility))
    }
}

/// A structure.
pub fn show(record: &DynamicRecord, visibility: Visibility<'_>) -> Shown {
    Shown(visibility.record(record))
}

impl Visibility<'_> {
    fn record(&self, record: &DynamicRecord) -> Document {
        let mut members = Members::new();
        let beside = record.of.beside().into_iter().flat_map(Shape::members);
        for (member, value) in record.of.shape().members().chain(beside).zip(&record.members) {
            if value.is_absent() {
                continue;
            }
            match (member.place().is_flat(), self.value(member.json(), value)) {
                // What is in it is among the members of this one.
                (true, Document::Record(inner)) => members.extend(inner),
                (true, Document::Null) => {}
                (_, shown) => members.push((member.json().into(), shown)),
            }
        }
        joined(members)
    }

    /// What is under a name.
    fn value(&self, name: &str, value: &DynamicValue) -> Document {
        match value {
            DynamicValue::Text(text) => Document::from(text.as_str()),
            DynamicValue::Integer(number) => Document::from(*number),
            DynamicValue::Number(number) => digits(*number),
            DynamicValue::Boolean(value) => Document::Bool(*value),
            DynamicValue::Blob(blob) => Document::from(blob.text().into_owned()),
            DynamicValue::File(file) => Document::from(file.name()),
            DynamicValue::Document(document) => self.document(document),
            DynamicValue::Enumeration(text) => {
                text.number().map_or_else(|| Document::from(text.as_str()), Document::from)
            }
            DynamicValue::Moment(moment) if moment.is_number() => Document::Number(moment.text().into()),
            DynamicValue::Moment(moment) => Document::from(moment.text().into_owned()),
            DynamicValue::Formed(text) => Document::from(text.as_str()),
            DynamicValue::Record(record) => self.record(record),
            DynamicValue::Union(union) => self.union(name, union),
            DynamicValue::Optional(option) => {
                option.value.as_ref().map_or(Document::Null, |value| self.value(name, value))
            }
            DynamicValue::List(list) => list.items.iter().map(|item| self.value(name, item)).collect(),
            DynamicValue::Map(map) => {
                let entries = map.entries.iter().map(|(key, value)| {
                    let hidden = self.hides(key).then(|| Document::from(REDACTED));
                    (DocumentText::from(key), hidden.unwrap_or_else(|| self.value(name, value)))
                });
                joined(entries.collect())
            }
            DynamicValue::Secret(hidden) if self.exposed.contains(&name) => self.value(name, hidden.expose()),
            DynamicValue::Secret(_) => Document::from(REDACTED),
        }
    }

    fn union(&self, name: &str, union: &DynamicUnion) -> Document {
        let payload = union.payload.as_ref().map_or(Document::Null, |payload| self.value(name, payload));
        let Some(tag) = union.of.shape.tag else {
            return Document::new().with(&*union.tag, payload);
        };
        let mut members = vec![(DocumentText::from(tag.json), Document::from(union.tag.as_ref()))];
        match (union.of.shape.content, payload) {
            (_, Document::Null) => {}
            (Some(content), payload) => members.push((content.json.into(), payload)),
            (None, Document::Record(inner)) => members.extend(inner),
            (None, payload) => members.push((Document::TEXT.into(), payload)),
        }
        joined(members)
    }

    /// What nobody has described is hidden by name.
    fn document(&self, document: &Document) -> Document {
        match document {
            Document::List(items) => items.iter().map(|item| self.document(item)).collect(),
            Document::Record(members) => {
                let members = members.iter().map(|(name, member)| {
                    let hidden = self.hides(name).then(|| Document::from(REDACTED));
                    (name.clone(), hidden.unwrap_or_else(|| self.document(member)))
                });
                joined(members.collect())
            }
            scalar => scalar.clone(),
        }
    }

    /// Whether what is under a name that nobody has described is hidden. An attribute's begins with `@`.
    fn hides(&self, name: &str) -> bool {
        let name = name.strip_prefix('@').unwrap_or(name);
        self.secrets.contains(&name) && !self.exposed.contains(&name)
    }
}

/// Members of which several have one name become a list there, for most readers of JSON see but the last one.
fn joined(members: Members) -> Document {
    let mut found: Vec<(DocumentText, Vec<Document>)> = Vec::with_capacity(members.len());
    for (name, value) in members {
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => found.push((name, vec![value])),
        }
    }
    let one = |mut values: Vec<Document>| {
        if values.len() == 1 { values.pop().unwrap_or_default() } else { Document::from(values) }
    };
    found.into_iter().map(|(name, values)| (name, one(values))).collect()
}

/// The shortest digits that read back as the same number; what JSON has no number for is a text.
fn digits(number: f64) -> Document {
    if number.is_finite() {
        let plain = number == 0.0 || (1e-5..1e16).contains(&number.abs());
        Document::Number(if plain { number.to_string() } else { format!("{number:?}") }.into())
    } else if number.is_nan() {
        Document::from("NaN")
    } else {
        Document::from(if number > 0.0 { "Infinity" } else { "-Infinity" })
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(&self.0).serialize(serializer)
    }
}

struct Written<'d>(&'d Document);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Document::Bool(value) => serializer.serialize_bool(*value),
            Document::Number(digits) => match RawValue::from_string(digits.as_str().to_owned()) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(digits),
            },
            Document::Text(text) => serializer.serialize_str(text),
            Document::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(&Self(item)))?;
                list.end()
            }
            Document::Record(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members
                    .iter()
                    .try_for_each(|(name, member)| map.serialize_entry(name.as_str(), &Self(member)))?;
                map.end()
            }
            _ => serializer.serialize_unit(),
        }
    }
}
