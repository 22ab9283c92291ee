//! Which operations a request can be for, as its address and its method tell.

use crate::{
    describe::protocol::Operation,
    exchange::{host::has_places, path::taken_apart},
    server::host,
};

/// The path of an origin, which is empty as a rule.
pub(crate) fn base(origin: &str) -> &str {
    let behind = origin.find("://").map_or(0, |at| at + 3);
    let authority = origin.get(behind..).unwrap_or_default();
    authority.find('/').and_then(|at| authority.get(at..)).unwrap_or_default().trim_end_matches('/')
}

/// What the places of an operation's path have, where it is called at a path. What its endpoint has in front of its own path may be there,
/// or be left out, as where a server stands in for the vendor's.
pub(crate) fn places(operation: &Operation, path: &str) -> Option<Vec<(&'static str, String)>> {
    behind_base(operation, path)
        .and_then(|behind| taken_apart(operation.path, behind))
        .or_else(|| taken_apart(operation.path, path))
}

/// Whether an operation is called at a path.
pub(crate) fn is_at(operation: &Operation, path: &str) -> bool {
    places(operation, path).is_some()
}

/// What is behind that which the endpoint of an operation has in front of its path.
fn behind_base<'p>(operation: &Operation, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(base(operation.endpoint())).filter(|behind| behind.starts_with('/'))
}

/// The operations at a path, which is the request's, and at its host, those first that take its method. Two hosts may each have an operation at one path: a
/// server that stands for both of them is told the host by the request, or by its own `origin`; it takes those of all hosts where that is
/// none of theirs.
pub(crate) fn candidates(
    operations: &[&'static Operation],
    origin: &str,
    path: &str,
    request: &http::Request<Vec<u8>>,
) -> Vec<&'static Operation> {
    let mut found: Vec<_> = operations.iter().copied().filter(|operation| is_at(operation, path)).collect();
    // A path as it is takes precedence over one with a place that anything can fill, and a whole one over its end.
    let is_whole = |operation: &Operation| behind_base(operation, path) == Some(operation.path);
    narrow(&mut found, |operation| is_whole(operation) || operation.path == path);
    narrow(&mut found, is_whole);
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
