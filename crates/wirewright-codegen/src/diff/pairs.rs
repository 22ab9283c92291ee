//! Which of the old things is which of the new ones: by the key first, then by what else they have in common, so that a rename is
//! told as one.

use std::collections::HashMap;

/// Old and new things, paired.
pub(super) struct Pairs<'a, T> {
    /// What is in both, in the new order, with the indices in the old and in the new list.
    pub(super) both: Vec<(Numbered<'a, T>, Numbered<'a, T>)>,
    /// What is in the old one only.
    pub(super) removed: Vec<&'a T>,
    /// What is in the new one only, with the index.
    pub(super) added: Vec<Numbered<'a, T>>,
}

/// A thing and its index.
type Numbered<'a, T> = (usize, &'a T);

/// A name by which things are told apart; `None`: it has no such name.
pub(super) type NameOf<T> = fn(&T) -> Option<&str>;

/// Pairs what has the same name: the first kind of name counts before the second, and so on. A name that several have is the first
/// one's.
pub(super) fn pairs<'a, T>(old: &'a [T], new: &'a [T], names: &[NameOf<T>]) -> Pairs<'a, T> {
    let mut old_of: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for name in names {
        let mut free: HashMap<&str, usize> = HashMap::new();
        for (index, thing) in old.iter().enumerate().rev() {
            if let Some(name) = name(thing).filter(|_| !taken.get(index).copied().unwrap_or_default()) {
                free.insert(name, index);
            }
        }
        for (thing, pair) in new.iter().zip(&mut old_of).filter(|(_, pair)| pair.is_none()) {
            if let Some(index) = name(thing).and_then(|name| free.remove(name)) {
                *pair = Some(index);
                if let Some(taken) = taken.get_mut(index) {
                    *taken = true;
                }
            }
        }
    }
    let mut found = Pairs { both: Vec::new(), removed: Vec::new(), added: Vec::new() };
    for (index, (thing, pair)) in new.iter().zip(&old_of).enumerate() {
        match pair.and_then(|pair| Some((pair, old.get(pair)?))) {
            Some(pair) => found.both.push((pair, (index, thing))),
            None => found.added.push((index, thing)),
        }
    }
    found.removed = old.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(thing, _)| thing).collect();
    found
}

impl<T> Pairs<'_, T> {
    /// Whether those that are in both and of which `counts` is true are in the same order.
    pub(super) fn same_order(&self, counts: impl Fn(&T, &T) -> bool) -> bool {
        let counting = self.both.iter().filter(|((_, old), (_, new))| counts(old, new));
        counting.map(|((index, _), _)| *index).is_sorted()
    }
}

/// What is in `new` and not in `old`.
pub(super) fn beyond<'n, T: PartialEq>(old: &[T], new: &'n [T]) -> Vec<&'n T> {
    new.iter().filter(|one| !old.contains(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::{NameOf, pairs};

    type Thing = (&'static str, &'static str);

    const NAMES: &[NameOf<Thing>] = &[|one| Some(one.0), |one| Some(one.1)];

    #[test]
    fn a_rename_is_no_removal() {
        let old = [("a", "x"), ("b", "y"), ("c", "z")];
        let new = [("b", "y2"), ("a2", "x"), ("d", "w")];
        let found = pairs(&old, &new, NAMES);
        let both: Vec<_> = found.both.iter().map(|((old, _), (new, _))| (*old, *new)).collect();
        assert_eq!(both, [(1, 0), (0, 1)]);
        assert_eq!(found.removed, [&("c", "z")]);
        assert_eq!(found.added, [(2, &("d", "w"))]);
        assert!(!found.same_order(|_, _| true));
        assert!(found.same_order(|old, _| old.0 == "a"));
    }
}
