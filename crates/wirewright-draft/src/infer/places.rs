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
            if segment.contains(['{', '}'])
                || !(is_identifier(&segment) || (!segment.is_empty() && varies(at)))
            {
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
