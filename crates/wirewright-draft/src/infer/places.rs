//! Segments of paths that are data: parameters with a place in the path.

use std::collections::{BTreeMap, BTreeSet};

use super::sample::Sample;
use crate::{
    exchange::{Carried, Parameter},
    members::singular,
};

/// Whether a segment of a path is a number or a random text.
fn is_identifier(segment: &str) -> bool {
    let digits = segment.bytes().all(|byte| byte.is_ascii_digit());
    let hex = segment.len() >= 16
        && segment.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        && segment.bytes().any(|byte| byte.is_ascii_digit());
    !segment.is_empty() && (digits || hex)
}

/// How long a name is at least that is in a reply by no accident.
const NAMED: usize = 2;

/// The segments of paths that are names of things, each behind those in front of it, of which the names are left out: replies have several of
/// those that stand at one place as values, as a list of things has.
fn names_of_things(samples: &[Sample]) -> BTreeSet<Vec<String>> {
    let mut values: BTreeSet<&str> = BTreeSet::new();
    for (_, document) in samples.iter().flat_map(|one| &one.documents) {
        document.node.leaves(&mut Vec::new(), &mut |_, text| {
            values.insert(text);
        });
    }
    let split = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let mut paths: Vec<(Vec<String>, bool)> = Vec::new();
    for exchange in samples.iter().map(|one| &one.exchange).filter(|one| one.operation.is_none()) {
        let is_good = exchange.status.is_none_or(|status| status < 400);
        paths.extend(exchange.path.as_deref().map(|path| (split(path), is_good)));
    }
    let mut found = BTreeSet::new();
    let longest = paths.iter().map(|(path, _)| path.len()).max().unwrap_or_default();
    for at in 1..longest {
        // What stands at this place, by what is in front of it.
        let mut places: BTreeMap<Vec<String>, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
        for (path, is_good) in &paths {
            let (Some(before), Some(segment)) = (path.get(..at), path.get(at).filter(|one| !one.is_empty()))
            else {
                continue;
            };
            let (good, all) = places.entry(before.to_vec()).or_default();
            all.insert(segment.clone());
            if *is_good {
                good.insert(segment.clone());
            }
        }
        for (before, (good, all)) in places {
            let named = good.iter().filter(|one| one.len() >= NAMED && values.contains(one.as_str())).count();
            if named < 2 || named * 2 < good.len() {
                continue;
            }
            found.extend(all.iter().map(|one| before.iter().cloned().chain([one.clone()]).collect()));
            for (path, _) in &mut paths {
                if path.get(..at) == Some(before.as_slice())
                    && let Some(segment) = path.get_mut(at).filter(|one| !one.is_empty())
                {
                    segment.clear();
                }
            }
        }
    }
    found
}

/// The group, the operation and the method that a sample is of.
type Folder = (Option<String>, String, Option<String>);

/// Puts parameters into paths where their segments are data.
pub(super) fn path_parameters(samples: &mut [Sample]) {
    // Paths of one operation that differ in one segment, by their folder.
    let mut of_operation: BTreeMap<Folder, BTreeSet<Vec<String>>> = BTreeMap::new();
    for one in samples.iter() {
        let exchange = &one.exchange;
        if let (Some(operation), Some(path)) = (&exchange.operation, &exchange.path) {
            let segments = path.split('/').map(str::to_owned).collect();
            let key = (exchange.group.clone(), operation.clone(), exchange.method.clone());
            of_operation.entry(key).or_default().insert(segments);
        }
    }
    let things = names_of_things(samples);
    for one in samples.iter_mut() {
        let exchange = &mut one.exchange;
        let Some(path) = exchange.path.clone() else { continue };
        let key =
            (exchange.group.clone(), exchange.operation.clone().unwrap_or_default(), exchange.method.clone());
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        let empty = BTreeSet::new();
        let others: Vec<&Vec<String>> = of_operation
            .get(&key)
            .unwrap_or(&empty)
            .iter()
            .filter(|other| other.len() == segments.len())
            .collect();
        let varies = |at: usize| others.iter().map(|other| other.get(at)).collect::<BTreeSet<_>>().len() > 1;
        for at in 1..segments.len() {
            let Some(segment) = segments.get(at).cloned() else { continue };
            let bare = |place: &String| if place.starts_with('{') { String::new() } else { place.clone() };
            let way: Vec<String> = segments.iter().take(at).map(bare).chain([segment.clone()]).collect();
            let is_data =
                is_identifier(&segment) || (!segment.is_empty() && varies(at)) || things.contains(&way);
            if segment.contains(['{', '}']) || !is_data {
                continue;
            }
            let before = segments.get(at - 1).filter(|before| !before.is_empty() && !before.contains('{'));
            let mut name =
                before.map_or_else(|| "id".to_owned(), |before| format!("{}_id", singular(before)));
            if exchange.parameter(&name).is_some() {
                name = format!("{name}_{at}");
            }
            if let Some(place) = segments.get_mut(at) {
                *place = format!("{{{name}}}");
            }
            exchange.parameters.push(Parameter { name, value: segment, carried: Carried::Path });
        }
        exchange.path = Some(segments.join("/"));
    }
}
