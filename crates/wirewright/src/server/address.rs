//! Which operations a request can be for, as its address and its method tell.

use crate::{
    describe::protocol::Operation,
    exchange::{host::has_places, path::taken_apart},
    server::host,
};

/// The operations at a path, which is the request's, and at its host, those first that take its method. Two hosts may each have an operation at one path: a
/// server that stands for both of them is told the host by the request, or by its own `origin`; it takes those of all hosts where that is
/// none of theirs.
pub(crate) fn candidates(
    operations: &[&'static Operation],
    origin: &str,
    path: &str,
    request: &http::Request<Vec<u8>>,
) -> Vec<&'static Operation> {
    let mut found: Vec<_> =
        operations.iter().copied().filter(|operation| taken_apart(operation.path, path).is_some()).collect();
    // A path as it is takes precedence over one with a place that anything can fill.
    narrow(&mut found, |operation| operation.path == path);
    let first = found.first().map(|operation| operation.endpoint());
    if found.iter().any(|operation| Some(operation.endpoint()) != first) {
        let is_meant =
            |operation: &Operation| host::is_for(operation.endpoint(), request.uri(), request.headers());
        // A host by its name takes precedence over one whose place anything can fill.
        narrow(&mut found, |operation| is_meant(operation) && !has_places(operation.endpoint()));
        narrow(&mut found, is_meant);
        narrow(&mut found, |operation| operation.endpoint() == origin);
    }
    // Those that say more about themselves come first: what is said of the others is true of them as well.
    found.sort_by_key(|operation| std::cmp::Reverse(operation.constants.len()));
    found
        .sort_by_key(|operation| operation.methods.iter().all(|offered| offered.method != *request.method()));
    found
}

/// Keeps those for which it is so, if it is for any.
fn narrow(found: &mut Vec<&'static Operation>, is_so: impl Fn(&Operation) -> bool) {
    if found.iter().any(|operation| is_so(operation)) {
        found.retain(|operation| is_so(operation));
    }
}
