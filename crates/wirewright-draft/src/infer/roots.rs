//! What is around whole replies in each format: roots, wrappers, namespaces.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use wirewright_codegen::model::FormatKind;

use super::{
    operations::Operation,
    sample::{FORMATS, Sample, format_name},
};
use crate::{
    names::is_in,
    tree::{Field, Node},
    words::Words,
};

/// The formats of replies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Formats {
    pub(crate) words: IndexMap<&'static str, Words>,
    /// The root of failures, where it is one of their own.
    pub(crate) failure_root: Option<String>,
}

impl Formats {
    /// Adds XML, which no sample shows: somebody said how it is.
    pub(crate) fn add_xml(&mut self) {
        let Some(json) = self.words.get("json").filter(|_| !self.words.contains_key("xml")) else { return };
        let mut words = Words::new();
        words.set("root", json.text("root").unwrap_or("response"));
        words.set("confidence", "low");
        words.set("assumption", "No sample shows XML: the name of its root is a guess.");
        self.words.shift_insert(0, "xml", words);
    }
}

/// The name of an operation on the wire.
pub(crate) fn wire_name(sample: &Sample, operations: &[Operation]) -> String {
    let named = operations.get(sample.operation).map(|own| own.name.clone()).unwrap_or_default();
    sample.wire.clone().unwrap_or(named)
}

/// Finds the roots, and takes them off the documents.
pub(crate) fn find(samples: &mut [Sample], operations: &mut [Operation], notes: &mut Vec<String>) -> Formats {
    let mut formats = Formats::default();
    for format in FORMATS {
        let is_there = samples.iter().any(|one| one.exchange.replies.iter().any(|(own, _)| *own == format));
        if !is_there {
            continue;
        }
        let mut words = Words::new();
        match format {
            FormatKind::Xml => xml(samples, operations, &mut words, &mut formats.failure_root, notes),
            FormatKind::Json => {
                let xml = formats.words.get("xml").and_then(|xml| xml.text("root")).map(str::to_owned);
                json(samples, operations, &mut words, xml.as_deref(), notes);
            }
            FormatKind::Query => query(samples, &mut words),
        }
        media_type(samples, format, &mut words);
        words.set("confidence", "low");
        formats.words.insert(format_name(format), words);
    }
    formats
}

fn xml(
    samples: &[Sample],
    operations: &mut [Operation],
    words: &mut Words,
    failure_root: &mut Option<String>,
    notes: &mut Vec<String>,
) {
    // A reply that cannot be read shows its root nevertheless.
    let of = |sample: &Sample| -> Option<(String, Option<String>)> {
        let document =
            sample.documents.iter().find(|(own, _)| *own == FormatKind::Xml).map(|(_, document)| document);
        if let Some(document) = document {
            return Some((document.root.clone()?, document.namespace.clone()));
        }
        let (_, text) = sample.exchange.replies.iter().find(|(own, _)| *own == FormatKind::Xml)?;
        let start = text.match_indices('<').map(|(at, _)| at + 1);
        let start = start
            .into_iter()
            .find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_alphabetic)));
        let tag = text.get(start?..)?;
        let tag = tag.get(..tag.find('>').unwrap_or(tag.len()))?;
        let name = tag.split(|sign: char| sign.is_whitespace() || sign == '/').next()?;
        let namespace = tag
            .split_once("xmlns=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(space, _)| space.to_owned());
        Some((name.rsplit(':').next()?.to_owned(), namespace))
    };
    let roots: Vec<(usize, String, Option<String>)> = samples
        .iter()
        .enumerate()
        .filter_map(|(index, sample)| of(sample).map(|(root, namespace)| (index, root, namespace)))
        .collect();
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for (_, root, _) in &roots {
        *counts.entry(root).or_default() += 1;
    }
    // `FindResponse`: the operation's name is in the root.
    let templates = roots.iter().filter_map(|(index, root, _)| {
        let wire = wire_name(samples.get(*index)?, operations);
        (root.contains(&wire) && *root != wire && wire.len() > 2)
            .then(|| root.replacen(&wire, "{operation}", 1))
    });
    let template = templates.fold(IndexMap::<String, usize>::new(), |mut counts, template| {
        *counts.entry(template).or_default() += 1;
        counts
    });
    let template = template.into_iter().max_by_key(|(_, count)| *count);
    if let Some((template, count)) = template.filter(|(_, count)| count * 2 >= roots.len()) {
        words.set("root", template.as_str());
        if count < roots.len() {
            let (before, after) = template.split_once("{operation}").unwrap_or_default();
            let own =
                |root: &str| root.starts_with(before) && root.ends_with(after) && !is_in("error_root", root);
            *failure_root = counts.keys().find(|root| !own(root)).map(|root| (*root).to_owned());
        }
    } else {
        let failing = |root: &str| is_in("error_root", root);
        let usual = counts.iter().filter(|(root, _)| counts.len() == 1 || !failing(root));
        let usual = usual.max_by_key(|(_, count)| **count).map(|(root, _)| (*root).to_owned());
        let root = usual.unwrap_or_else(|| "response".to_owned());
        *failure_root =
            counts.keys().find(|own| **own != root && failing(own)).map(|root| (*root).to_owned());
        let others: Vec<&str> = counts
            .keys()
            .copied()
            .filter(|own| *own != root && Some(*own) != failure_root.as_deref())
            .collect();
        let by_operation = distinct(&roots, samples, failure_root.as_deref());
        if !others.is_empty() && by_operation.len() > 1 && operations.iter().all(|own| own.wire.is_none()) {
            words.set("root", "{operation}");
            for (operation, root) in by_operation {
                if let Some(own) = operations.get_mut(operation) {
                    own.wire = Some(root);
                }
            }
            set_common(&roots, failure_root.as_deref(), words, samples);
            return;
        }
        if !others.is_empty() {
            notes.push(format!("roots in XML beside `{root}`: {}", others.join(", ")));
        }
        words.set("root", root);
    }
    set_common(&roots, failure_root.as_deref(), words, samples);
}

/// The root of each operation's answers, where each has one.
fn distinct(
    roots: &[(usize, String, Option<String>)],
    samples: &[Sample],
    failure: Option<&str>,
) -> IndexMap<usize, String> {
    let mut own: IndexMap<usize, String> = IndexMap::new();
    for (index, root, _) in roots.iter().filter(|(_, root, _)| failure != Some(root.as_str())) {
        let Some(sample) = samples.get(*index) else { continue };
        if own.get(&sample.operation).is_some_and(|known| known != root) {
            return IndexMap::new();
        }
        own.insert(sample.operation, root.clone());
    }
    own
}

fn set_common(
    roots: &[(usize, String, Option<String>)],
    failure_root: Option<&str>,
    words: &mut Words,
    samples: &[Sample],
) {
    if let Some(root) = failure_root {
        words.set("failure-root", root);
    }
    let mut namespaces: IndexMap<&str, usize> = IndexMap::new();
    for (_, _, namespace) in roots {
        if let Some(namespace) = namespace {
            *namespaces.entry(namespace).or_default() += 1;
        }
    }
    if let Some((namespace, _)) = namespaces.into_iter().max_by_key(|(_, count)| *count) {
        words.set("namespace", namespace);
    }
    if samples.iter().flat_map(|one| &one.documents).any(|(_, document)| document.declaration) {
        words.set("declaration", true);
    }
}

fn json(
    samples: &mut [Sample],
    operations: &[Operation],
    words: &mut Words,
    xml: Option<&str>,
    notes: &mut Vec<String>,
) {
    let only = |fields: &[Field]| match fields {
        [Field { name, node: Node::Object(_), .. }] => Some(name.clone()),
        _ => None,
    };
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    let mut of: BTreeSet<usize> = BTreeSet::new();
    let mut all = 0;
    let mut is_operation = false;
    for sample in samples.iter() {
        for (_, fields) in sample.tops().filter(|(format, _)| *format == FormatKind::Json) {
            all += 1;
            of.insert(sample.operation);
            if let Some(name) = only(fields) {
                is_operation |= name == wire_name(sample, operations);
                *counts.entry(name).or_default() += 1;
            }
        }
    }
    let Some((name, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return };
    let known = xml == Some(name.as_str()) || is_in("wrapper", &name);
    // What says that something is wrong is no wrapper.
    if count == all && !is_operation && !is_in("error_member", &name) && (of.len() > 1 || known) {
        for (format, document) in samples.iter_mut().flat_map(|one| &mut one.documents) {
            if *format == FormatKind::Json
                && let Node::Object(fields) = &mut document.node
                && let Some(field) = fields.pop()
            {
                document.node = field.node;
            }
        }
        words.set("root", name);
    } else if xml == Some(name.as_str()) && count < all {
        notes.push(format!("the root `{name}` of JSON is not around all replies"));
    }
}

fn query(samples: &[Sample], words: &mut Words) {
    let documents = || {
        let all = samples.iter().flat_map(|one| &one.documents);
        all.filter(|(format, _)| *format == FormatKind::Query).map(|(_, document)| document)
    };
    let nested = documents().any(|document| {
        document
            .node
            .fields()
            .is_some_and(|fields| fields.iter().any(|field| matches!(field.node, Node::Object(_))))
    });
    if nested {
        words.set("nested", ".");
    }
    if documents().any(|document| document.lines) {
        words.set("lines", true);
    }
}

/// The Content-Type that most replies have.
fn media_type(samples: &[Sample], format: FormatKind, words: &mut Words) {
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for sample in samples {
        if sample.exchange.replies.iter().any(|(own, _)| *own == format)
            && let Some(value) = sample.exchange.reply_header("content-type")
        {
            let media = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if media.contains('/') {
                *counts.entry(media).or_default() += 1;
            }
        }
    }
    if let Some((media, _)) = counts.into_iter().max_by_key(|(_, count)| *count) {
        words.set("media-type", media);
    }
}
