//! Calls of one name that are several operations: a parameter says which part of the API is meant, and the reply has a member of that name.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::sample::Sample;
use crate::{
    names::is_in,
    tree::{Field, Node},
};

/// A parameter and what it says.
pub(super) type Selector = (String, String);

/// How long a value is at least that a member's name only begins with: `login` and `logintoken`.
const BEGINS: usize = 3;
/// How far down the members of a reply may tell operations apart.
const DEEPEST: usize = 4;

/// Names the operations among calls of one name, by what their replies have: `list=albums` and `<albums>`. Gives what selects each sample's, and
/// the name of its operation.
pub(super) fn split(
    samples: &[Sample],
    of_one_name: &[usize],
    taken: &BTreeSet<String>,
) -> BTreeMap<usize, (Vec<Selector>, String)> {
    let mut found: BTreeMap<usize, Vec<Selector>> = BTreeMap::new();
    descend(samples, of_one_name, &mut Vec::new(), &mut found);
    let mut named: BTreeMap<usize, (Vec<Selector>, String)> = BTreeMap::new();
    for (index, selectors) in found {
        let words: Vec<&str> = selectors.iter().rev().map(|(_, value)| value.as_str()).collect();
        let name = words.join("_");
        let wire = samples.get(index).and_then(|one| one.wire.clone()).unwrap_or_default();
        let name = if taken.contains(&name) { format!("{wire}_{name}") } else { name };
        named.insert(index, (selectors, name));
    }
    named
}

/// What a reply that is no refusal has at a place.
fn fields_at<'s>(sample: &'s Sample, path: &[String]) -> Option<&'s [Field]> {
    let refused = sample.exchange.status.is_some_and(|status| status >= 400);
    let (_, document) = sample.documents.first().filter(|_| !refused)?;
    let mut fields = document.node.fields()?;
    if fields.iter().any(|field| is_in("error_member", &field.name)) {
        return None;
    }
    for name in path {
        fields = fields.iter().find(|field| field.name == *name)?.node.fields()?;
    }
    Some(fields)
}

/// Whether a member of this name is anywhere inside.
fn has_inside(fields: &[Field], name: &str, depth: usize) -> bool {
    depth > 0
        && fields.iter().any(|field| {
            field.name == name
                || field
                    .node
                    .items()
                    .iter()
                    .filter_map(Node::fields)
                    .any(|inner| has_inside(inner, name, depth - 1))
        })
}

/// The parameter of a request that names a member of what its reply has, and the member; the members here go before those inside of them.
fn selector(sample: &Sample, fields: &[Field], known: &[Selector]) -> Option<(Selector, String)> {
    let words = || {
        let own = sample.exchange.parameters.iter().filter(|one| one.carried.is_plain());
        own.filter(|one| {
            let is_known = known.iter().any(|(name, _)| *name == one.name);
            let is_word = !one.value.is_empty() && one.value.bytes().all(|byte| byte.is_ascii_alphabetic());
            is_word && !is_known && Some(&one.value) != sample.wire.as_ref()
        })
    };
    let named =
        |name: &str, value: &str, member: &str| ((name.to_owned(), value.to_owned()), member.to_owned());
    let exact = words().find_map(|one| {
        let field = fields.iter().find(|field| field.name == one.value)?;
        Some(named(&one.name, &one.value, &field.name))
    });
    let begun = || {
        words().filter(|one| one.value.len() >= BEGINS).find_map(|one| {
            let field = fields.iter().find(|field| field.name.starts_with(&one.value))?;
            Some(named(&one.name, &one.value, &field.name))
        })
    };
    let inside = || {
        let mut own = words();
        own.find(|one| has_inside(fields, &one.value, DEEPEST))
            .map(|one| named(&one.name, &one.value, &one.value))
    };
    exact.or_else(begun).or_else(inside)
}

/// Tells the calls of a group apart by what their replies have at a place, or further down. `false`: nothing does.
fn descend(
    samples: &[Sample],
    group: &[usize],
    path: &mut Vec<String>,
    found: &mut BTreeMap<usize, Vec<Selector>>,
) -> bool {
    let good: Vec<(usize, &Sample, &[Field])> = group
        .iter()
        .filter_map(|index| {
            let sample = samples.get(*index)?;
            Some((*index, sample, fields_at(sample, path)?))
        })
        .collect();
    if good.len() < 2 || path.len() > DEEPEST {
        return false;
    }
    // What all have around the members that differ says nothing itself.
    let is_there = |fields: &[Field], name: &str| {
        fields
            .iter()
            .any(|field| field.name == name && field.node.fields().is_some() && field.node.items().len() == 1)
    };
    let first = good.first().map(|(_, _, fields)| *fields).unwrap_or_default();
    let names = first.iter().map(|field| field.name.as_str());
    let in_all = names.filter(|name| good.iter().all(|(_, _, fields)| is_there(fields, name)));
    for name in in_all.map(str::to_owned).collect::<Vec<_>>() {
        path.push(name);
        let is_found = descend(samples, group, path, found);
        path.pop();
        if is_found {
            return true;
        }
    }
    let known = group.first().and_then(|index| found.get(index)).cloned().unwrap_or_default();
    // Each selector with the member that it names, and the samples that it selects.
    let mut classes: IndexMap<Selector, (String, BTreeSet<usize>)> = IndexMap::new();
    for (index, sample, fields) in &good {
        if let Some((own, member)) = selector(sample, fields, &known) {
            classes.entry(own).or_insert_with(|| (member, BTreeSet::new())).1.insert(*index);
        }
    }
    // Who asked for another part has none of its members.
    let apart = classes.iter().all(|(_, (member, own))| {
        good.iter().all(|(index, _, fields)| {
            own.contains(index) || !fields.iter().any(|field| field.name == *member)
        })
    });
    if classes.len() < 2 || !apart {
        return false;
    }
    for ((parameter, value), (member, _)) in classes {
        let own: Vec<usize> = group
            .iter()
            .copied()
            .filter(|index| {
                samples
                    .get(*index)
                    .is_some_and(|one| one.exchange.parameter(&parameter) == Some(value.as_str()))
            })
            .collect();
        for index in &own {
            found.entry(*index).or_default().push((parameter.clone(), value.clone()));
        }
        path.push(member);
        descend(samples, &own, path, found);
        path.pop();
    }
    true
}
