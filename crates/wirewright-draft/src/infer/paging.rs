//! Replies that are one page of several: what a later call of the same operation carries on, and what counts pages.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;

use super::{ground::Envelope, replies, sample::Sample};
use crate::{
    exchange::Parameter,
    members::{is_list, wraps},
    names::is_in,
    shape::Shape,
    tree::{Field, Node, TEXT},
};

/// How the pages of an operation follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// Parameters of the next call, each with the member that has its value.
    Parameters(IndexMap<String, String>),
    /// A member that is a map of parameters of the next call, and those parameters.
    Further(String, BTreeSet<String>),
    /// The parameter that counts pages, and what the reply says of how many there are.
    Page { parameter: String, pages: Option<String>, total: Option<String>, first: i64 },
    /// The parameter that counts items, and the member with how many there are.
    Offset { parameter: String, total: Option<String> },
}

/// The pages of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The way to the list of items.
    pub(crate) items: String,
    pub(crate) next: Next,
    /// What shows it.
    pub(crate) why: &'static str,
}

/// How deep in a reply the items are.
const DEEPEST: usize = 3;
/// How long a value is at least that is in a reply and in a later request by no accident.
const LONG: usize = 4;

/// A text of a reply, with the way to it.
type Leaf<'s> = (Vec<&'s str>, &'s str);

/// The texts of a reply's data that are in no list.
fn leaves<'s>(envelope: &Envelope, sample: &'s Sample) -> Vec<Leaf<'s>> {
    fn walk<'s>(field: &'s Field, path: &mut Vec<&'s str>, found: &mut Vec<Leaf<'s>>) {
        path.push(&field.name);
        if let Some(text) = field.node.text() {
            found.push((path.clone(), text));
        } else if let Some(fields) = field
            .node
            .fields()
            .filter(|_| field.node.items().len() == 1 && !matches!(field.node, Node::List(_)))
        {
            for field in fields {
                walk(field, path, found);
            }
        }
        path.pop();
    }
    let mut found = Vec::new();
    for (_, fields) in sample.tops() {
        for field in replies::data(envelope, fields) {
            walk(field, &mut Vec::new(), &mut found);
        }
    }
    found.retain(|(path, _)| path.iter().all(|name| *name != TEXT && !name.contains('.')));
    found
}

/// The way to the only list of a reply's data, or to the first one of the shallowest.
fn items(shape: &Shape) -> Option<String> {
    let mut level: Vec<(String, &Shape)> = vec![(String::new(), shape)];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for (path, shape) in &level {
            for (name, member) in
                shape.members.iter().filter(|(name, _)| *name != TEXT && !name.contains('.'))
            {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                if is_list(member) || wraps(name, member) {
                    return Some(path);
                }
                if member.shape.objects > 0 {
                    next.push((path, &member.shape));
                }
            }
        }
        level = next;
    }
    None
}

/// What samples show of an operation's pages: a value that a later call carries, or a count of pages.
pub(crate) fn find(
    envelope: &Envelope,
    samples: &[Sample],
    operation: usize,
    own: &[String],
) -> Option<Paging> {
    let items = items(&replies::shape(envelope, samples, operation, false))?;
    let good: Vec<&Sample> = samples
        .iter()
        .filter(|one| one.operation == operation && !one.failed && !one.documents.is_empty())
        .collect();
    let found = |next: Next, why: &'static str| Paging { items: items.clone(), next, why };
    if let Some(next) = carried(envelope, &good, own) {
        return Some(found(next, "A later call carries what this reply says: pages, it seems."));
    }
    counted(envelope, &good, own).map(|next| found(next, "A parameter and the reply count pages, it seems."))
}

/// What a call says that an earlier reply of the same operation gave.
fn carried(envelope: &Envelope, good: &[&Sample], own: &[String]) -> Option<Next> {
    let said: Vec<Vec<Leaf<'_>>> = good.iter().map(|one| leaves(envelope, one)).collect();
    // The last reply that says a text is the one before the call that carries it.
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (at, later) in good.iter().enumerate() {
        let parameters = later.exchange.parameters.iter().filter(|one| own.contains(&one.name));
        for parameter in parameters.clone() {
            let Some(before) = last.get(parameter.value.as_str()).copied() else { continue };
            let (Some(earlier), Some(leaves)) = (good.get(before), said.get(before)) else { continue };
            let mut given: IndexMap<String, Vec<&str>> = IndexMap::new();
            for parameter in parameters.clone() {
                let repeated = earlier.exchange.parameter(&parameter.name) == Some(parameter.value.as_str());
                let found = leaves.iter().find(|(path, text)| is_next(parameter, path, text));
                if let Some((path, _)) = found.filter(|_| !repeated) {
                    given.insert(parameter.name.clone(), path.clone());
                }
            }
            if given.is_empty() {
                continue;
            }
            if let Some(further) = further(&given, leaves) {
                let all = parameters_of(&further, &said);
                return Some(Next::Further(further, all));
            }
            let given = given.into_iter().map(|(name, path)| (name, path.join(".")));
            return Some(Next::Parameters(given.collect()));
        }
        for (_, text) in said.get(at).into_iter().flatten() {
            last.insert(text, at);
        }
    }
    None
}

/// Whether a parameter says what a member has: by no accident, or by its name.
fn is_next(parameter: &Parameter, path: &[&str], text: &str) -> bool {
    let last = path.last().copied().unwrap_or_default();
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    let named = last == parameter.name || is_in("next", last);
    text == parameter.value
        && !text.is_empty()
        && (named || (text.len() >= LONG && !number && is_in("next", &parameter.name)))
}

/// The structure whose members are all parameters of the next call, by their names.
fn further(given: &IndexMap<String, Vec<&str>>, leaves: &[Leaf<'_>]) -> Option<String> {
    let (name, path) = given.first()?;
    let (last, around) = path.split_last()?;
    let inside: Vec<&str> = leaves
        .iter()
        .filter(|(path, _)| path.len() == around.len() + 1 && path.starts_with(around))
        .filter_map(|(path, _)| path.last().copied())
        .collect();
    let all = !around.is_empty() && last == name && inside.iter().all(|name| given.contains_key(*name));
    (all && (inside.len() > 1 || around.last().is_some_and(|name| is_in("next", name))))
        .then(|| around.join("."))
}

/// All names that a map of parameters has in the samples.
fn parameters_of(further: &str, said: &[Vec<Leaf<'_>>]) -> BTreeSet<String> {
    let inside = said.iter().flatten().filter_map(|(path, _)| {
        let (last, around) = path.split_last()?;
        (around.join(".") == further).then(|| (*last).to_owned())
    });
    inside.collect()
}

/// A parameter that counts pages or items, where a reply says how many there are, or calls ask for several.
fn counted(envelope: &Envelope, good: &[&Sample], own: &[String]) -> Option<Next> {
    let values = |name: &str| -> BTreeSet<i64> {
        good.iter().filter_map(|one| one.exchange.parameter(name)?.parse().ok()).collect()
    };
    let numbers = |set: &str| {
        let all = good.iter().flat_map(|one| leaves(envelope, one));
        let mut named = all.filter(|(path, text)| {
            let named = |last: &&str| is_in(set, last) && (set == "pages" || !is_in("pages", last));
            path.last().is_some_and(named) && text.parse::<i64>().is_ok()
        });
        named.next().map(|(path, _)| path.join("."))
    };
    let (pages, total) = (numbers("pages"), numbers("total"));
    let asked = |set: &str| {
        own.iter()
            .filter(|name| is_in(set, name))
            .map(|name| (name, values(name)))
            .find(|(_, values)| !values.is_empty())
    };
    if let Some((parameter, values)) =
        asked("page").filter(|(_, values)| pages.is_some() || total.is_some() || values.len() > 1)
    {
        let first = i64::from(!values.contains(&0));
        // A count of items alone does not say behind which page there is none.
        let total = total.filter(|_| pages.is_some());
        return Some(Next::Page { parameter: parameter.clone(), pages, total, first });
    }
    let (parameter, values) = asked("offset")?;
    (total.is_some() || values.len() > 1).then(|| Next::Offset { parameter: parameter.clone(), total })
}
