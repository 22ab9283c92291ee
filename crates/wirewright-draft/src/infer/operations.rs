//! Which calls there are: by a parameter that names them, by what varies in their paths, or by the folders of their samples.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::{
    places,
    sample::Sample,
    selectors::{self, Selector},
};
use crate::{
    members::singular,
    names::{NAMES, is_in, rank},
};

/// An operation, as far as its samples tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Operation {
    pub(crate) group: String,
    pub(crate) name: String,
    /// What a parameter says, where that is not the name.
    pub(crate) wire: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) origin: Option<String>,
    /// Parameters that tell it from others of one name, with what they say.
    pub(crate) constants: Vec<(String, String)>,
}

/// Where calls go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Addresses {
    pub(crate) operations: Vec<Operation>,
    pub(crate) endpoint: Option<String>,
    /// The path of all operations, with `{group}` and `{operation}` in it.
    pub(crate) path: Option<String>,
    /// The parameter that names the operation.
    pub(crate) parameter: Option<String>,
}

pub(crate) fn find(samples: &mut [Sample], notes: &mut Vec<String>) -> Addresses {
    let mut addresses = Addresses { endpoint: endpoint(samples, notes), ..Addresses::default() };
    places::path_parameters(samples);
    addresses.parameter = operation_parameter(samples);
    let mut selected = BTreeMap::new();
    let mut named: Vec<(Option<String>, Option<String>)> =
        samples.iter().map(|one| (one.exchange.group.clone(), one.exchange.operation.clone())).collect();
    if let Some(parameter) = &addresses.parameter {
        by_parameter(samples, parameter, &mut named);
        selected = select(samples, &mut named);
        addresses.path = most_frequent(samples.iter().filter_map(|one| one.exchange.path.clone()));
    } else {
        addresses.path = by_path(samples, &mut named);
    }
    collect(samples, named, &mut addresses);
    if addresses.parameter.is_some() {
        for (index, selectors) in selected {
            let of = samples.get(index).map(|one| one.operation);
            if let Some(operation) = of.and_then(|of| addresses.operations.get_mut(of)) {
                operation.constants = selectors;
            }
        }
        constants(samples, &mut addresses);
    }
    addresses
}

/// Tells operations of one name apart where their replies do, and gives what selects each sample's.
fn select(
    samples: &[Sample],
    named: &mut [(Option<String>, Option<String>)],
) -> BTreeMap<usize, Vec<Selector>> {
    let mut of_name: IndexMap<String, Vec<usize>> = IndexMap::new();
    for (index, sample) in samples.iter().enumerate() {
        // Whoever put samples into folders has told them apart.
        if let Some(wire) = sample.wire.as_ref().filter(|_| sample.exchange.operation.is_none()) {
            of_name.entry(wire.clone()).or_default().push(index);
        }
    }
    let taken: BTreeSet<String> = of_name.keys().cloned().collect();
    let mut selected = BTreeMap::new();
    for of_one_name in of_name.values() {
        for (index, (selectors, name)) in selectors::split(samples, of_one_name, &taken) {
            if let Some((_, operation)) = named.get_mut(index) {
                *operation = Some(name);
            }
            selected.insert(index, selectors);
        }
    }
    selected
}

fn most_frequent(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    // The first of those that are as frequent.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text)
}

fn endpoint(samples: &[Sample], notes: &mut Vec<String>) -> Option<String> {
    let origins: BTreeSet<&String> = samples.iter().filter_map(|one| one.exchange.origin.as_ref()).collect();
    if origins.len() > 1 {
        let shown: Vec<&str> = origins.iter().map(|origin| origin.as_str()).collect();
        notes.push(format!("the samples are of several hosts: {}", shown.join(", ")));
    }
    most_frequent(samples.iter().filter_map(|one| one.exchange.origin.clone()))
}

/// How sure a parameter has to be to name the operation.
const ENOUGH: f64 = 2.3;

#[expect(clippy::cast_precision_loss, reason = "counts of samples are small")]
fn operation_parameter(samples: &[Sample]) -> Option<String> {
    let requests: Vec<&Sample> = samples.iter().filter(|one| !one.exchange.parameters.is_empty()).collect();
    let paths: BTreeSet<&String> = requests.iter().filter_map(|one| one.exchange.path.as_ref()).collect();
    if requests.is_empty() || paths.len() > 2 {
        return None;
    }
    let names: IndexMap<&str, ()> = requests
        .iter()
        .flat_map(|one| &one.exchange.parameters)
        .filter(|one| one.carried.is_plain())
        .map(|one| (one.name.as_str(), ()))
        .collect();
    let mut best: Option<(f64, &str)> = None;
    for name in names.into_keys() {
        let having: Vec<(&Sample, &str)> =
            requests.iter().filter_map(|one| Some((*one, one.exchange.parameter(name)?))).collect();
        let is_name = |value: &str| {
            (2..=61).contains(&value.len())
                && value.starts_with(|first: char| first.is_ascii_alphabetic())
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./-:".contains(&byte))
        };
        if !having.iter().all(|(_, value)| is_name(value)) {
            continue;
        }
        let cover = having.len() as f64 / requests.len() as f64;
        let mut score = rank(&NAMES.operation, name).map_or(0.0, |rank| 3.0 - rank as f64 / 20.0);
        if cover < 0.6 || (cover < 0.9 && score < 2.0) {
            continue;
        }
        let first = having
            .iter()
            .filter(|(one, _)| one.exchange.parameters.first().is_some_and(|one| one.name == name));
        score += 0.5 * first.count() as f64 / having.len() as f64;
        let agrees = having.iter().any(|(one, value)| {
            let last = value.rsplit(['.', '/', ':']).next();
            one.exchange.operation.as_deref().is_some_and(|operation| last == Some(operation))
        });
        let values: BTreeSet<&str> = having.iter().map(|(_, value)| *value).collect();
        let hinted: BTreeSet<&str> =
            having.iter().filter_map(|(one, _)| one.exchange.operation.as_deref()).collect();
        if agrees {
            score += 2.0;
        } else if hinted.len() > 1 && values.len() == 1 {
            // The same value for several operations names none of them.
            score -= 2.0;
        }
        if values.len() > 1 {
            score += 0.5;
        }
        // A sample without an address says nothing of where it goes.
        let paths: BTreeSet<&String> =
            having.iter().filter_map(|(one, _)| one.exchange.path.as_ref()).collect();
        if paths.len() > 1 {
            score -= 3.0;
        }
        if score >= ENOUGH && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

fn by_parameter(samples: &mut [Sample], parameter: &str, named: &mut [(Option<String>, Option<String>)]) {
    for (sample, (group, operation)) in samples.iter_mut().zip(named) {
        let Some(value) = sample.exchange.parameter(parameter).map(str::to_owned) else { continue };
        let parts: Vec<&str> = value.split(['.', '/', ':']).collect();
        if operation.is_none() {
            *operation = parts.last().map(|last| (*last).to_owned());
        }
        if group.is_none() {
            *group = parts.len().checked_sub(2).and_then(|at| parts.get(at)).map(|part| (*part).to_owned());
        }
        sample.wire = Some(value);
    }
}

/// Names the operations by what varies in their paths, and gives what they have in common.
fn by_path(samples: &[Sample], hints: &mut [(Option<String>, Option<String>)]) -> Option<String> {
    let paths: BTreeSet<&str> = samples.iter().filter_map(|one| one.exchange.path.as_deref()).collect();
    let split =
        |path: &str| -> Vec<String> { path.trim_matches('/').split('/').map(str::to_owned).collect() };
    let fixed = |path: &&&str| !path.contains('{');
    let segments: Vec<Vec<String>> = paths.iter().filter(fixed).map(|path| split(path)).collect();
    let template = template(&segments, samples);
    for (sample, (group, operation)) in samples.iter().zip(hints) {
        let Some(path) = &sample.exchange.path else { continue };
        let own = split(path);
        let names: Vec<&String> = own.iter().filter(|segment| !segment.contains('{')).collect();
        let Some(last) = names.last() else { continue };
        let stem = last.split_once('.').map_or(last.as_str(), |(stem, _)| stem);
        let inside = own.iter().any(|segment| segment.contains('{'));
        // `/messages/17` is one of `/messages`.
        let is_one = own.last().is_some_and(|last| last.contains('{'));
        let stem = if is_one { singular(stem) } else { stem.to_owned() };
        if operation.is_none() {
            let method = sample.exchange.method.as_deref().unwrap_or_default();
            let verb = match (inside, method) {
                (_, "DELETE") => "delete_",
                (_, "PUT") => "put_",
                (true, "POST") => "post_",
                (true, _) => "get_",
                _ => "",
            };
            *operation = Some(format!("{verb}{stem}")).filter(|name| !name.is_empty());
        }
        let before = names.len().checked_sub(2).and_then(|at| names.get(at));
        let telling = before.is_some_and(|before| !is_in("plain_segment", before));
        if group.is_none()
            && (telling || template.as_ref().is_none_or(|template| template.contains("{group}")))
        {
            *group = before.map(|before| (*before).clone());
        }
    }
    template
}

fn template(segments: &[Vec<String>], samples: &[Sample]) -> Option<String> {
    let length = segments.first()?.len();
    if segments.iter().any(|own| own.len() != length) {
        return None;
    }
    let last = |own: &Vec<String>| own.last().cloned().unwrap_or_default();
    let ending =
        segments.first().map(last).and_then(|last| last.split_once('.').map(|(_, end)| format!(".{end}")));
    let ending = ending
        .filter(|ending| segments.iter().all(|own| last(own).ends_with(ending.as_str())))
        .unwrap_or_default();
    let varies: Vec<bool> = (0..length)
        .map(|at| segments.iter().map(|own| own.get(at)).collect::<BTreeSet<_>>().len() > 1)
        .collect();
    let varying = varies.iter().filter(|varies| **varies).count();
    // One path alone: the folder of its sample may say which part of it is the name.
    let hinted = || {
        let own = segments.first()?;
        let stem = last(own);
        let stem = stem.strip_suffix(ending.as_str()).unwrap_or(&stem);
        samples.iter().any(|one| one.exchange.operation.as_deref() == Some(stem)).then_some(())
    };
    if segments.len() == 1 {
        hinted()?;
    } else if varies.last() != Some(&true) || varying > 2 {
        return None;
    }
    let group_at = (0..length.saturating_sub(1)).find(|at| varies.get(*at) == Some(&true));
    let group_at = group_at.or_else(|| {
        let at = length.checked_sub(2)?;
        let own = segments.first()?.get(at)?;
        let is_group = samples.iter().all(|one| one.exchange.group.as_ref().is_none_or(|group| group == own));
        let hinted = samples.iter().any(|one| one.exchange.group.as_ref() == Some(own));
        (is_group && hinted).then_some(at)
    });
    let parts: Vec<String> = (0..length)
        .map(|at| {
            if at + 1 == length {
                format!("{{operation}}{ending}")
            } else if Some(at) == group_at {
                "{group}".to_owned()
            } else {
                segments.first().and_then(|own| own.get(at)).cloned().unwrap_or_default()
            }
        })
        .collect();
    Some(format!("/{}", parts.join("/")))
}

/// A name that a file or a key may have.
fn plain(name: &str) -> String {
    let sign =
        |sign: char| if sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-') { sign } else { '_' };
    let name: String = name.chars().take(60).map(sign).collect();
    let name = name.trim_matches(['_', '-']).to_owned();
    if name.is_empty() { "call".to_owned() } else { name }
}

/// Names of groups that generated crates need themselves, and words of a group's file.
const RESERVED: &[&str] = &[
    "bin",
    "client",
    "coverage",
    "envelope",
    "error",
    "operations",
    "parameters",
    "prelude",
    "protocol",
    "server",
    "state",
    "types",
    "wirewright",
];
const WORDS: &[&str] = &[
    "types",
    "doc",
    "source",
    "confidence",
    "assumption",
    "path",
    "endpoint",
    "methods",
    "session",
    "signed",
    "formats",
    "secure",
];

fn collect(samples: &mut [Sample], named: Vec<(Option<String>, Option<String>)>, addresses: &mut Addresses) {
    // A reply without a request follows the requests of its name.
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    for (group, operation) in &named {
        if let (Some(group), Some(operation)) = (group, operation) {
            groups.entry(operation.clone()).or_insert_with(|| group.clone());
        }
    }
    let mut known: IndexMap<(String, String), Operation> = IndexMap::new();
    for (sample, (group, operation)) in samples.iter_mut().zip(named) {
        let operation = operation.unwrap_or_else(|| "call".to_owned());
        let group = group.or_else(|| groups.get(&operation).cloned()).unwrap_or_else(|| "calls".to_owned());
        let mut key = (plain(&group), plain(&operation));
        if RESERVED.contains(&key.0.to_ascii_lowercase().as_str()) {
            key.0.push_str("_calls");
        }
        if WORDS.contains(&key.1.as_str()) {
            key.1.push_str("_call");
        }
        let entry = known.entry(key.clone());
        sample.operation = entry.index();
        let own = entry.or_insert_with(|| Operation {
            group: key.0.clone(),
            name: key.1.clone(),
            ..Operation::default()
        });
        if own.wire.is_none() {
            own.wire.clone_from(&sample.wire);
        }
        if own.path.is_none() {
            own.path.clone_from(&sample.exchange.path);
        }
        if own.origin.is_none() {
            own.origin.clone_from(&sample.exchange.origin);
        }
    }
    addresses.operations = known.into_values().collect();
}

/// What tells operations of one name apart: parameters that always say the same in one, and something else, or nothing, in others.
fn constants(samples: &[Sample], addresses: &mut Addresses) {
    let said = |operation: usize| -> BTreeMap<&str, BTreeSet<Option<&str>>> {
        let own: Vec<&Sample> = samples
            .iter()
            .filter(|one| one.operation == operation && !one.exchange.parameters.is_empty())
            .collect();
        let names: BTreeSet<&str> =
            own.iter().flat_map(|one| &one.exchange.parameters).map(|one| one.name.as_str()).collect();
        names
            .into_iter()
            .map(|name| (name, own.iter().map(|one| one.exchange.parameter(name)).collect()))
            .collect()
    };
    let all: Vec<_> = (0..addresses.operations.len()).map(said).collect();
    let wires: Vec<Option<String>> = addresses.operations.iter().map(|one| one.wire.clone()).collect();
    for (index, operation) in addresses.operations.iter_mut().enumerate() {
        let siblings: Vec<usize> = (0..wires.len())
            .filter(|other| {
                *other != index && operation.wire.is_some() && wires.get(*other) == Some(&operation.wire)
            })
            .collect();
        let is_open = !siblings.is_empty() && operation.constants.is_empty();
        let Some(own) = all.get(index).filter(|_| is_open) else { continue };
        for (name, values) in own {
            let Some(Some(value)) = values.first().filter(|_| values.len() == 1) else { continue };
            let is_word = value.len() <= 30 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
            let differs = siblings.iter().any(|other| {
                all.get(*other).is_some_and(|other| !other.is_empty() && other.get(name) != Some(values))
            });
            if is_word && differs {
                operation.constants.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
    }
}
