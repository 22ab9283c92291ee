//! What looks like a secret must say whether it is one.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Member, TypeKind};
use crate::source::Text;

/// Parts of the names of secrets, without signs and in small letters.
const SECRETS: &[&str] = &[
    "accesskey",
    "apikey",
    "authkey",
    "passphrase",
    "passw",
    "passwd",
    "privatekey",
    "pswd",
    "pwd",
    "secret",
    "sessionkey",
    "token",
];

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

/// Whether a name on the wire, or the readable one, is one that secrets have.
pub(crate) fn looks_secret(key: Text<'_>, name: Option<Text<'_>>) -> bool {
    [Some(key), name].into_iter().flatten().any(|text| {
        let folded: String = text
            .value
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        SECRETS.iter().any(|secret| folded.contains(secret))
    })
}

/// A secret that is not marked.
pub(crate) fn unmarked(key: Text<'_>, why: &str) -> Fault {
    Fault::new(Code::UnmarkedSecret, key.span, format!("`{}` may be a secret and does not say so", key.value))
        .label(why)
        .expected("`secret = true`, so that it is never shown, or `secret = false`")
}
