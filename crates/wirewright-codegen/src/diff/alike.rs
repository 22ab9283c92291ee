//! What several operations say alike is told once: a line of `protocol.toml`, or of a group, can change all of its operations.

use std::collections::HashMap;

use super::change::{Change, Place};
use super::kinds::Kind;

/// The changes, with those of operations put together that are the same but for their operation.
pub(super) fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut first: HashMap<(Kind, Option<String>, Option<String>), usize> = HashMap::new();
    let mut merged: Vec<Change> = Vec::new();
    for change in changes {
        let Some(operation) = of_operation(&change) else {
            merged.push(change);
            continue;
        };
        let key = (change.kind, change.was.clone(), change.now.clone());
        if let Some(known) = first.get(&key).and_then(|index| merged.get_mut(*index)) {
            if known.operations.is_empty() {
                known.operations.extend(of_operation(known));
            }
            known.place = around(&known.place, &change.place);
            known.operations.push(operation);
        } else {
            first.insert(key, merged.len());
            merged.push(change);
        }
    }
    merged
}

/// The operation of a change that is of its own table, and of nothing inside it.
fn of_operation(change: &Change) -> Option<String> {
    let own = !matches!(change.kind, Kind::OperationAdded | Kind::OperationRemoved);
    let file = change.place.file.as_deref().filter(|file| *file != crate::source::PROTOCOL && own)?;
    match change.place.keys.as_slice() {
        [operation] => Some(format!("{}/{operation}", file.strip_suffix(".toml").unwrap_or(file))),
        _ => None,
    }
}

/// The place that is around both: a group's file, or all of them.
fn around(left: &Place, right: &Place) -> Place {
    let file = left.file.clone().filter(|file| right.file.as_ref() == Some(file));
    Place { file, keys: Vec::new() }
}
