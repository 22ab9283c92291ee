//! Which replies are refusals, and what tells.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    roots::Formats,
    sample::{Sample, format_name},
};
use crate::{
    names::{NAMES, folded, is_in, rank},
    tree::{Field, Kind, Node, TEXT},
    words::Words,
};

/// What tells a refusal.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// The member that says how every call went, with its words.
    pub(crate) status: Option<(String, Words)>,
    /// The member that is there on failure, with a code or a message in it.
    pub(crate) error: Option<String>,
}

/// Texts that say that there is no error.
fn is_nothing(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "" | "0" | "200" | "ok" | "none" | "null" | "false" | "success"
    )
}

/// Whether a member at the top tells that a call failed, by its name and what is in it.
fn tells_failure(field: &Field) -> Option<bool> {
    if is_in("error_member", &field.name)
        && let Some(inside) = field.node.fields()
    {
        let tells = |one: &Field| {
            one.name == TEXT
                || rank(&NAMES.code, &one.name).is_some()
                || rank(&NAMES.message, &one.name).is_some()
        };
        // `<errors><fault code="…"/></errors>`
        let known = inside
            .iter()
            .any(|one| tells(one) || one.node.items().iter().filter_map(Node::fields).flatten().any(tells));
        return known.then_some(true);
    }
    let text = field.node.text()?;
    let scalar = is_in("error_scalar", &field.name) || folded(&field.name) == "error";
    (scalar && !is_nothing(text)).then_some(false)
}

/// The namespace of most replies in XML.
fn namespace(samples: &[Sample]) -> Option<String> {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for (_, document) in samples.iter().flat_map(|one| &one.documents) {
        if let Some(namespace) = &document.namespace {
            *counts.entry(namespace).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(namespace, _)| namespace.to_owned())
}

pub(crate) fn find(samples: &mut [Sample], formats: &Formats, notes: &mut Vec<String>) -> Verdict {
    let mut verdict = Verdict::default();
    let mut candidates: IndexMap<String, (usize, BTreeSet<usize>)> = IndexMap::new();
    let namespace = namespace(samples);
    for sample in samples.iter_mut() {
        let root = |sample: &Sample| {
            let roots = sample.documents.iter().filter_map(|(_, document)| document.root.as_ref());
            roots.into_iter().any(|root| Some(root) == formats.failure_root.as_ref())
        };
        sample.failed = sample.exchange.status.is_some_and(|status| status >= 400) || root(sample);
        let found: Vec<(String, bool)> = sample
            .tops()
            .flat_map(|(_, fields)| fields)
            .filter_map(|field| Some((field.name.clone(), tells_failure(field)?)))
            .collect();
        for (name, is_structure) in found {
            sample.failed = true;
            if is_structure {
                let usual = sample.documents.iter().any(|(_, document)| document.namespace == namespace);
                let (usuals, operations) = candidates.entry(name).or_default();
                *usuals += usize::from(usual);
                operations.insert(sample.operation);
            }
        }
    }
    // Whatever is in front of a service refuses in a form of its own, and not in the service's namespace.
    let most =
        candidates.into_iter().rev().max_by_key(|(_, (usuals, operations))| (*usuals > 0, operations.len()));
    verdict.error = most.map(|(name, _)| name);
    let Some(name) = status(samples) else { return verdict };
    verdict.status = Some(judge(samples, name, notes));
    verdict
}

/// What a member says in each reply that has it, and of which sample it is.
fn said(samples: &[Sample]) -> IndexMap<&str, Vec<(usize, &str, Kind)>> {
    let mut said: IndexMap<&str, Vec<(usize, &str, Kind)>> = IndexMap::new();
    for (index, sample) in samples.iter().enumerate() {
        for field in sample.tops().flat_map(|(_, fields)| fields) {
            let kind = match &field.node {
                Node::Scalar(_, kind) => *kind,
                Node::Repeated(nodes) => match nodes.as_slice() {
                    [Node::Scalar(_, kind)] => *kind,
                    _ => continue,
                },
                _ => continue,
            };
            if let Some(text) = field.node.text() {
                said.entry(&field.name).or_default().push((index, text, kind));
            }
        }
    }
    said
}

/// How sure a member has to be to be the status.
const ENOUGH: f64 = 1.2;

/// The member that says how a call went: a known name, in nearly all replies, whose values go with the failures.
#[expect(clippy::cast_precision_loss, reason = "counts of samples are small")]
fn status(samples: &[Sample]) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    let said = said(samples);
    for (name, values) in &said {
        let Some(rank) = rank(&NAMES.status, name) else { continue };
        // Some formats may have none.
        let formats: Vec<&str> = samples
            .iter()
            .flat_map(Sample::tops)
            .filter(|(_, fields)| fields.iter().any(|field| field.name == *name))
            .map(|(format, _)| format_name(format))
            .collect();
        let all = samples
            .iter()
            .flat_map(Sample::tops)
            .filter(|(format, _)| formats.contains(&format_name(*format)))
            .count();
        let known = |list: &[String], text: &str| list.contains(&text.to_lowercase());
        let is_number = |text: &str| text.parse::<i64>().is_ok();
        let wordy =
            values.iter().any(|(_, text, _)| known(&NAMES.success, text) || known(&NAMES.failure, text));
        let numbers = values.iter().all(|(_, text, _)| is_number(text));
        let zero = values.iter().any(|(_, text, _)| matches!(*text, "0" | "200"));
        let flag = NAMES.flags.contains(&folded(name)) && numbers;
        let mut score = 3.0 - rank as f64 * 0.1;
        if !wordy && !(numbers && (zero || flag)) {
            score -= 2.0;
        }
        if !wordy && !numbers {
            score -= 1.0;
        }
        if folded(name) == "code" && !zero && !wordy {
            score -= 2.0;
        }
        let cover = values.len() as f64 / all.max(1) as f64;
        if cover < 0.85 {
            score -= 2.0 * (1.0 - cover) + 0.5;
        }
        let of = |failed: bool| {
            let own = values
                .iter()
                .filter(move |(index, ..)| samples.get(*index).is_some_and(|one| one.failed == failed));
            own.map(|(_, text, _)| *text).collect::<Vec<_>>()
        };
        let (good, bad) = (of(false), of(true));
        if !good.is_empty() && !bad.is_empty() && !good.iter().any(|text| bad.contains(text)) {
            score += 2.0;
        }
        if score > ENOUGH && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

/// Which values of the status are successes.
fn judge(samples: &mut [Sample], name: String, notes: &mut Vec<String>) -> (String, Words) {
    let owned: Vec<(usize, String, Kind)> = said(samples)
        .get(name.as_str())
        .into_iter()
        .flatten()
        .map(|(index, text, kind)| (*index, (*text).to_owned(), *kind))
        .collect();
    let mut values: IndexMap<&str, bool> = IndexMap::new();
    for (index, text, _) in &owned {
        *values.entry(text).or_default() |= samples.get(*index).is_some_and(|one| one.failed);
    }
    let numbers = values.keys().all(|text| text.parse::<i64>().is_ok());
    let booleans = owned.iter().all(|(.., kind)| *kind == Kind::Boolean) && !owned.is_empty();
    let is_flag = NAMES.flags.contains(&folded(&name));
    let is_success = |text: &str, failed: bool| {
        let small = text.to_lowercase();
        if numbers {
            let good = if is_flag && rank(&NAMES.flags, &name).is_some_and(|rank| rank < 3) {
                text != "0"
            } else {
                matches!(text, "0" | "200") || (is_flag && text == "1")
            };
            good && !failed
        } else {
            NAMES.success.contains(&small) || (!NAMES.failure.contains(&small) && !failed)
        }
    };
    let (good, bad): (Vec<_>, Vec<_>) = values.iter().partition(|(text, failed)| is_success(text, **failed));
    let mut success: Vec<String> = good.into_iter().map(|(text, _)| (*text).to_owned()).collect();
    let bad: Vec<String> = bad.into_iter().map(|(text, _)| (*text).to_owned()).collect();
    for (index, text, _) in &owned {
        if bad.contains(text)
            && let Some(sample) = samples.get_mut(*index)
        {
            sample.failed = true;
        }
    }
    let mut words = Words::new().with("is", "status");
    if success.is_empty() {
        success.push(if numbers { "0" } else { "ok" }.to_owned());
        words.set("assumption", "No sample succeeds: what means success is a guess.");
        notes.push(format!("no sample succeeds: the `success` of `{name}` is a guess"));
    }
    let scalar = |text: &String| -> toml::Value {
        match (booleans, text.parse::<i64>()) {
            (true, _) => (text == "true").into(),
            (false, Ok(number)) if numbers => number.into(),
            _ => text.as_str().into(),
        }
    };
    if booleans {
        words.set("type", "boolean");
    } else if numbers {
        words.set("type", "integer");
    }
    words.set("success", success.iter().map(scalar).collect::<Vec<_>>());
    // What a server says of a failure, where the code is elsewhere.
    let failed = bad.first().map(scalar);
    let usual: toml::Value = if booleans {
        (!success.iter().any(|text| text == "true")).into()
    } else if numbers {
        let usual = i32::from(success.iter().any(|text| text == "0"));
        usual.into()
    } else if success.iter().any(|text| text.chars().all(char::is_uppercase)) {
        "FAILED".into()
    } else {
        "failed".into()
    };
    words.set("failure", failed.unwrap_or(usual));
    words.set("confidence", "low");
    (name, words)
}
