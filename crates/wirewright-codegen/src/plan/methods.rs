//! Which methods clients have.

use super::{context::Context, kinds::SessionPlan, operations::Named};

/// Where an operation can be called, without the sessions that it closes.
pub fn open_scopes<'c>(context: &'c Context<'_>, named: &Named<'_>) -> Vec<Option<&'c SessionPlan<'c>>> {
    let without = named.operation.sessionless.then_some(None);
    let kinds = named.operation.sessions.iter().map(|&kind| &context.kinds[kind]);
    without.into_iter().chain(kinds.filter(|kind| !context.closes(kind, named)).map(Some)).collect()
}

/// The method that opens a session of this kind: where there is one kind only, it is called so.
pub fn opening_method<'a>(kind: &SessionPlan<'_>, opens: &'a Named<'_>) -> &'a str {
    if kind.is_named() { &opens.method } else { "login" }
}

/// The method that closes it.
pub fn closing_method<'a>(kind: &SessionPlan<'_>, closes: &'a Named<'_>) -> &'a str {
    if kind.is_named() { &closes.method } else { "logout" }
}
