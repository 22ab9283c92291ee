//! What looks like a secret must say whether it is one.

use super::context::Context;
use crate::read::tree::{Member, TypeKind};
use crate::rules::{looks_secret, unmarked};

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        if member.secret.is_none() && is_text(cx, member) && looks_secret(member.key, member.name) {
            cx.add(unmarked(member.key, "its name looks like that of a secret"));
        }
    }
    for field in cx.protocol().sessions.iter().flat_map(|session| &session.fields) {
        if field.secret.is_none() && looks_secret(field.key, field.name) {
            cx.add(unmarked(field.key, "its name looks like that of a secret"));
        }
    }
}

/// Whether its value could be a secret: one of a few known texts, a date or a structure is none.
fn is_text(cx: &Context<'_>, member: &Member<'_>) -> bool {
    match member.kind.map(|kind| kind.value) {
        Some("boolean" | "any") => false,
        _ => cx.scope.kind(member.kind).is_none_or(|kind| matches!(kind, TypeKind::Text)),
    }
}
