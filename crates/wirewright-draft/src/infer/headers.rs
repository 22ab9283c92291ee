//! What replies say in their headers.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::sample::Sample;
use crate::{
    members::{Drafted, Drafting},
    names::{NAMES, is_in},
    shape::Shape,
    tree::{Kind, Node},
    value::scalar,
    words::Words,
};

/// `x-ms-meta-*` of `x-ms-meta-owner`: the headers whose names end in a key of the caller's.
pub(crate) fn family(name: &str) -> Option<String> {
    let small = name.to_ascii_lowercase();
    let (at, part) =
        NAMES.header_families.iter().find_map(|part| Some((small.find(part.as_str())?, part)))?;
    let end = at + part.len();
    (end < name.len()).then(|| format!("{}*", &small[..end]))
}

/// The words of a family of headers.
pub(crate) fn family_words() -> Words {
    let words = Words::new().with("in", "header").with("map", true);
    words.with("assumption", "Its names look like keys of the caller's.")
}

/// The headers of an operation's successes that are an answer: not HTTP's own, not those of most operations, and no echo.
pub(crate) fn of_replies(
    samples: &[Sample],
    operation: usize,
    drafting: &mut Drafting,
) -> Vec<(String, Drafted)> {
    let answered: BTreeSet<usize> =
        samples.iter().filter(|one| !one.failed).map(|one| one.operation).collect();
    let own: Vec<&Sample> = samples.iter().filter(|one| one.operation == operation && !one.failed).collect();
    let mut seen: IndexMap<&str, Option<Vec<&str>>> = IndexMap::new();
    for sample in &own {
        for (name, value) in &sample.exchange.reply_headers {
            let is_asked = || is_own(samples, name, answered.len());
            let values = seen.entry(name).or_insert_with(|| is_asked().then(Vec::new));
            if let Some(values) = values.as_mut().filter(|_| sample.exchange.header(name) != Some(value)) {
                values.push(value);
            }
        }
    }
    let mut members: Vec<(String, Drafted)> = Vec::new();
    let seen = seen.into_iter().filter_map(|(name, values)| Some((name, values?)));
    for (name, values) in seen.filter(|(_, values)| !values.is_empty()) {
        if let Some(family) = family(name) {
            if !members.iter().any(|(known, _)| *known == family) {
                members.push((family, Drafted { words: family_words(), comment: None }));
            }
            continue;
        }
        let mut shape = Shape::default();
        for value in &values {
            shape.add(&Node::Scalar((*value).to_owned(), Kind::Written));
        }
        let mut words = scalar(name, &shape, false, &mut drafting.types);
        words.retain(&["type", "secret", "boolean", "assumption"]);
        words.set("in", "header");
        let comment = (own.len() > 1).then(|| format!("in {} of {}", values.len(), own.len()));
        members.push((name.to_owned(), Drafted { words, comment }));
    }
    members
}

/// Whether a header is what few operations answer.
fn is_own(samples: &[Sample], name: &str, answered: usize) -> bool {
    if is_in("plain_header", name) || is_in("plain_reply_header", name) {
        return false;
    }
    let having = samples.iter().filter(|one| !one.failed && one.exchange.reply_header(name).is_some());
    let having: BTreeSet<usize> = having.map(|one| one.operation).collect();
    having.len() * 2 <= answered || answered == 1
}
