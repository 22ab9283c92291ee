//! Lists of which there is one for a whole input.

/// Adds to a list that may become a large part of all memory: once it is long it grows by an eighth, where `Vec` doubles.
pub(crate) fn add<T>(all: &mut Vec<T>, one: T) {
    const MANY: usize = 1 << 14;
    if all.len() == all.capacity() && all.len() >= MANY {
        all.reserve_exact(all.len() / 8);
    }
    all.push(one);
}
