//! Cycles of files.

use std::collections::VecDeque;

use super::arrows::Arrows;

/// Files that all lead to each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cycle {
    /// All of them, in order.
    pub(super) files: Vec<usize>,
    /// The shortest way from one of them back to it: each uses the next one, the last one the first.
    pub(super) shortest: Vec<usize>,
}

/// No file is in two of them.
pub(super) fn cycles(arrows: &Arrows) -> Vec<Cycle> {
    let mut seen = vec![false; arrows.len()];
    let mut cycles = Vec::new();
    for start in 0..arrows.len() {
        if seen[start] || way_back(arrows, start).is_none() {
            continue;
        }
        let onwards = reached(arrows, start);
        let files: Vec<usize> =
            (start..arrows.len()).filter(|file| onwards[*file] && reached(arrows, *file)[start]).collect();
        for file in &files {
            seen[*file] = true;
        }
        let ways = files.iter().filter_map(|file| way_back(arrows, *file));
        let shortest = ways.min_by_key(Vec::len).unwrap_or_default();
        cycles.push(Cycle { files, shortest });
    }
    cycles
}

/// Which files are used from `start` on.
fn reached(arrows: &Arrows, start: usize) -> Vec<bool> {
    search(arrows, start).iter().map(Option::is_some).collect()
}

/// The shortest way from a file to itself, without its end.
fn way_back(arrows: &Arrows, start: usize) -> Option<Vec<usize>> {
    let from = search(arrows, start);
    let mut way = vec![from[start]?];
    while let Some(last) = way.last().filter(|last| **last != start) {
        way.push(from[*last]?);
    }
    way.reverse();
    Some(way)
}

/// From where each file is reached first; the nearest files of `start` come first.
fn search(arrows: &Arrows, start: usize) -> Vec<Option<usize>> {
    let mut from = vec![None; arrows.len()];
    let mut next = VecDeque::from([start]);
    while let Some(file) = next.pop_front() {
        for used in arrows[file].keys() {
            if from[*used].is_none() {
                from[*used] = Some(file);
                next.push_back(*used);
            }
        }
    }
    from
}
