//! What one operation's requests and replies have, beside what all have.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};
use wirewright_codegen::model::FormatKind;

use super::{
    ground::Envelope,
    headers,
    numbered::{Numbered, key_and_value, parts},
    parameters::Common,
    sample::Sample,
};
use crate::{
    exchange::Carried,
    members::{Drafted, Drafting, singular},
    names::is_in,
    shape::Shape,
    tree::{Field, Kind, Node, TEXT, read},
    value::{is_secret, scalar},
    words::Words,
};

/// The data of a reply: its fields, without the envelope's.
pub(crate) fn data<'s>(envelope: &Envelope, fields: &'s [Field]) -> Vec<&'s Field> {
    if let Some((before, after)) =
        envelope.data_template.as_deref().and_then(|own| own.split_once("{operation}"))
    {
        let found = fields.iter().find(|field| {
            field.name.len() > before.len() + after.len()
                && field.name.starts_with(before)
                && field.name.ends_with(after)
        });
        return found.and_then(|field| field.node.fields()).into_iter().flatten().collect();
    }
    if let Some(name) = &envelope.data {
        let found = fields.iter().find(|field| field.name == *name);
        return found.and_then(|field| field.node.fields()).into_iter().flatten().collect();
    }
    let own =
        |field: &&Field| !envelope.own.contains(&field.name) && envelope.error.as_ref() != Some(&field.name);
    fields.iter().filter(own).collect()
}

/// The shape of an operation's data, in its successes or its refusals.
pub(crate) fn shape(envelope: &Envelope, samples: &[Sample], operation: usize, failed: bool) -> Shape {
    let mut shape = Shape::default();
    for sample in samples.iter().filter(|one| one.operation == operation && one.failed == failed) {
        for (_, document) in &sample.documents {
            if matches!(document.node, Node::List(_)) {
                continue;
            }
            let fields = document.node.fields().unwrap_or_default();
            shape.add_fields(data(envelope, fields));
        }
    }
    shape
}

/// An operation's own parameters. What `opens_with` names is its own though calls of the session that it opens carry another value by that name.
pub(crate) fn parameters(
    samples: &[Sample],
    operation: usize,
    common: &Common,
    constants: &[(String, String)],
    opens_with: impl Fn(&str) -> bool,
    drafting: &mut Drafting,
) -> Vec<(String, Drafted)> {
    let own: Vec<&Sample> =
        samples.iter().filter(|one| one.operation == operation && one.has_request()).collect();
    let mut uses: IndexMap<&str, Vec<(usize, &str, Carried)>> = IndexMap::new();
    for (index, sample) in own.iter().enumerate() {
        let mut before: Option<usize> = None;
        for one in sample.exchange.parameters.iter().filter(|one| one.carried != Carried::Cookie) {
            let name = one.name.as_str();
            if common.words.contains_key(name) && !opens_with(name)
                || constants.iter().any(|(own, _)| own == name)
            {
                continue;
            }
            let at = uses.get_index_of(name).unwrap_or_else(|| {
                let at = before.map_or(uses.len(), |before| before + 1).min(uses.len());
                uses.shift_insert(at, name, Vec::new());
                at
            });
            before = Some(at);
            if let Some((_, all)) = uses.get_index_mut(at) {
                all.push((index, &one.value, one.carried));
            }
        }
    }
    let requests = own.iter().filter(|one| !one.exchange.parameters.is_empty()).count();
    let mut members = Vec::new();
    let mut numbered: IndexMap<(String, Option<String>), Numbered<'_>> = IndexMap::new();
    for (name, all) in &uses {
        let family =
            headers::family(name).filter(|_| all.iter().all(|(.., carried)| *carried == Carried::Header));
        if let Some(family) = family {
            if !members.iter().any(|(known, _)| *known == family) {
                members.push((family, Drafted { words: headers::family_words(), comment: None }));
            }
            continue;
        }
        if let Some((of, number, behind)) = parts(name) {
            let list = numbered.entry(of).or_default();
            for (index, value, _) in all {
                list.add(*index, number, behind.clone(), value);
            }
            continue;
        }
        let having: BTreeSet<usize> = all.iter().map(|(index, ..)| *index).collect();
        let values: Vec<&str> = all.iter().map(|(_, value, _)| *value).collect();
        let mut words = parameter(name, &values, drafting);
        if all.len() > having.len() {
            words.set("list", true);
        }
        if all.iter().all(|(.., carried)| *carried == Carried::Header) {
            words.retain(&["type", "secret", "boolean", "assumption"]);
            words.set("in", "header");
        }
        if all.iter().any(|(.., carried)| *carried == Carried::Path) {
            words = Words::new().with("in", "path").with("required", true);
            words.set("assumption", "Paths differ in this segment.");
            if is_secret(name) {
                words.set("secret", true);
            }
        }
        let comment = (requests > 1).then(|| format!("in {} of {requests}", having.len()));
        members.push(((*name).to_owned(), Drafted { words, comment }));
    }
    for name in own.iter().flat_map(|one| one.exchange.files.iter().flatten()) {
        if !members.iter().any(|(known, _)| known == name) {
            members.push((name.clone(), Drafted { words: Words::new().with("type", "file"), comment: None }));
        }
    }
    for ((name, between), list) in numbered {
        if !members.iter().any(|(own, _)| *own == name) {
            members.push((
                name.clone(),
                Drafted { words: items(&name, between, &list, drafting), comment: None },
            ));
        }
    }
    members
}

/// The words of a numbered list, or of a map whose entries are numbered.
fn items(name: &str, between: Option<String>, list: &Numbered<'_>, drafting: &mut Drafting) -> Words {
    let shape = list.shape();
    if let Some((key, value)) = key_and_value(&shape) {
        let mut words = Words::new();
        if let Some(kind) = shape
            .members
            .get(&value)
            .filter(|one| one.shape.objects > 0)
            .map(|one| drafting.member(&value, one))
        {
            words = kind;
        }
        let entry = between.map(|between| ("entry".to_owned(), between.into()));
        let layout =
            entry.into_iter().chain([("key".to_owned(), key.into()), ("value".to_owned(), value.into())]);
        words.set("map", layout.collect::<toml::Table>());
        words.set("assumption", "Each item has a key and a value: a map.");
        return words;
    }
    let mut words = if shape.objects > 0 {
        Words::new().with("type", drafting.types.structure(&singular(name), &shape))
    } else {
        parameter(name, &list.texts(), drafting)
    };
    let layout: toml::Value = between.map_or(true.into(), toml::Value::from);
    words.set("list", toml::Table::from_iter([("numbered".to_owned(), layout)]));
    words
}

fn parameter(name: &str, values: &[&str], drafting: &mut Drafting) -> Words {
    let mut shape = Shape::default();
    let mut words = Words::new();
    let filled: Vec<&str> = values.iter().copied().filter(|value| !value.is_empty()).collect();
    let item = |item: &str| {
        !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:@-".contains(&byte))
    };
    let several = filled.iter().filter(|value| value.contains(',')).count();
    let bars = filled.iter().any(|value| value.contains('|'))
        && filled.iter().all(|value| value.split('|').all(|one| !one.is_empty()));
    let commas =
        several > 0 && several * 2 >= filled.len() && filled.iter().all(|value| value.split(',').all(item));
    let joined = if bars {
        Some("|")
    } else if commas {
        Some(",")
    } else {
        None
    };
    for value in &filled {
        for one in value.split(|sign: char| joined.is_some_and(|own| own.starts_with(sign))) {
            shape.add(&Node::Scalar(one.to_owned(), Kind::Written));
        }
    }
    if filled.is_empty() && !values.is_empty() && is_in("boolean", name) {
        words.set("type", "boolean");
        words.set("boolean", "presence");
        words.set("assumption", "The samples show it empty only.");
        return words;
    }
    words.fill(scalar(name, &shape, false, &mut drafting.types));
    if let Some(joined) = joined {
        words.set("list", toml::Table::from_iter([("joined".to_owned(), joined.into())]));
        words.set_default("assumption", format!("`{joined}` is between items, it seems."));
    }
    words.remove("empty-is-absent");
    words
}

/// A format, a root, and members.
type RequestBody = (FormatKind, Option<String>, Vec<(String, Drafted)>);

/// The document that an operation's requests carry: its format, its root, and its members.
pub(crate) fn body(samples: &[Sample], operation: usize, drafting: &mut Drafting) -> Option<RequestBody> {
    let mut shape = Shape::default();
    let mut found = None;
    for sample in samples.iter().filter(|one| one.operation == operation) {
        let Some((format, text)) = &sample.exchange.body else { continue };
        let Some(document) = read(*format, text) else { continue };
        if let Node::Object(fields) = &document.node {
            shape.add_fields(fields);
            found.get_or_insert((*format, document.root));
        }
    }
    let (format, root) = found?;
    shape.members.shift_remove(TEXT);
    Some((format, root, drafting.members(&shape)))
}

/// The formats in which an operation was seen to answer.
pub(crate) fn formats(samples: &[Sample], operation: usize) -> IndexSet<FormatKind> {
    let own = samples.iter().filter(|one| one.operation == operation);
    own.flat_map(|one| &one.exchange.replies).map(|(format, _)| *format).collect()
}
