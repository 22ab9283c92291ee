//! The texts of an answer with their names, for whoever changes URLs in it.

use wirewright::wire::{Document, Shape};

use crate::{
    outcome::Enveloped,
    value::{DynamicRecord, DynamicValue, MapEntries},
};

/// Sees each text with the name that it has in JSON, and inside how many structures it is: 1 for a member of the reply itself.
type See<'v> = &'v mut dyn FnMut(&str, usize, &mut String);

impl Enveloped {
    /// Shows every text of the reply's data, to be changed. Secrets are among them: a URL may carry one.
    pub fn each_text(&mut self, see: See<'_>) {
        if let Some(data) = self.data_mut() {
            record(data, 1, see);
        }
    }
}

fn record(inside: &mut DynamicRecord, depth: usize, see: See<'_>) {
    let beside = inside.of.beside().into_iter().flat_map(Shape::members);
    for (member, value) in inside.of.shape().members().chain(beside).zip(&mut inside.members) {
        // What is in a flat member is among the members of this structure.
        let depth = if member.place().is_flat() { depth.saturating_sub(1) } else { depth };
        self::value(member.json(), value, depth, see);
    }
}

fn value(name: &str, place: &mut DynamicValue, depth: usize, see: See<'_>) {
    match place {
        DynamicValue::Text(text) => see(name, depth, text),
        DynamicValue::Document(inner) => document(name, inner, depth, see),
        DynamicValue::Record(inner) => record(inner, depth + 1, see),
        DynamicValue::Union(union) => {
            if let Some(payload) = &mut union.payload {
                value(name, payload, depth, see);
            }
        }
        DynamicValue::Optional(option) => {
            if let Some(inner) = &mut option.value {
                value(name, inner, depth, see);
            }
        }
        DynamicValue::Secret(hidden) => value(name, &mut hidden.0, depth, see),
        DynamicValue::List(list) => list.items.iter_mut().for_each(|item| value(name, item, depth, see)),
        DynamicValue::Map(map) => match &mut map.entries {
            MapEntries::Unique(entries) => {
                for (key, entry) in entries.iter_mut() {
                    value(key, entry, depth + 1, see);
                }
            }
            MapEntries::Repeating(entries) => {
                for (key, entry) in entries.iter_mut() {
                    value(key, entry, depth + 1, see);
                }
            }
        },
        // A URL is none of these.
        DynamicValue::Integer(_)
        | DynamicValue::Number(_)
        | DynamicValue::Boolean(_)
        | DynamicValue::Blob(_)
        | DynamicValue::File(_)
        | DynamicValue::Enumeration(_)
        | DynamicValue::Moment(_)
        | DynamicValue::Formed(_) => {}
    }
}

fn document(name: &str, place: &mut Document, depth: usize, see: See<'_>) {
    match place {
        Document::Text(text) => {
            let mut changed = text.as_str().to_owned();
            see(name, depth, &mut changed);
            *text = changed.into();
        }
        Document::List(items) => items.iter_mut().for_each(|item| document(name, item, depth, see)),
        Document::Record(members) => {
            for (name, member) in members.iter_mut() {
                document(name, member, depth + 1, see);
            }
        }
        _ => {}
    }
}
