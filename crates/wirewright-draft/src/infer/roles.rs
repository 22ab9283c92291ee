//! What a member of the envelope tells, by its name and by when it is there.

use super::ground::{Ground, Seen};
use crate::{
    names::{NAMES, folded, rank},
    words::Words,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Code,
    Message,
    Name,
    Detail,
    RequestId,
    Operation,
}

impl Role {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Message => "message",
            Self::Name => "name",
            Self::Detail => "detail",
            Self::RequestId => "request-id",
            Self::Operation => "operation",
        }
    }
}

/// A role that is taken, and on which replies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) role: Role,
    pub(crate) on: Option<&'static str>,
}

fn is_free(role: Role, on: Option<&'static str>, seats: &[Seat]) -> bool {
    !seats.iter().any(|seat| seat.role == role && (seat.on.is_none() || on.is_none() || seat.on == on))
}

/// The role of a member; `inside` names what is around it.
pub(crate) fn seat(
    ground: &Ground<'_>,
    name: &str,
    all: &Seen<'_>,
    inside: Option<&str>,
    seats: &[Seat],
) -> Option<Role> {
    if !all.is_scalar() {
        return None;
    }
    let any_failed = ground.samples.iter().any(|one| one.failed);
    let on = match (all.count(false), all.count(true)) {
        (0, _) => Some("failure"),
        (_, 0) if any_failed => Some("success"),
        _ => None,
    };
    if ground.echo.is_some_and(|(_, member)| member == name) {
        return Some(Role::RequestId);
    }
    let texts: Vec<&str> = all.0.iter().filter_map(|top| top.field.node.text()).collect();
    if is_operation(ground, name, all) && is_free(Role::Operation, None, seats) {
        return Some(Role::Operation);
    }
    let status =
        ground.verdict.status.as_ref().map(|(name, words)| (name.as_str(), words.is("type", "integer")));
    let numeric_status = status.is_some_and(|(_, numeric)| numeric);
    let failing = inside.is_some() || on == Some("failure");
    let has = |list: &[String]| rank(list, name).is_some();
    let folded = folded(name);
    // A status that is a number is the code as well, where no other says so itself.
    let own_code = !numeric_status
        || inside.is_some()
        || matches!(folded.as_str(), "errornumber" | "errorcode" | "code");
    let word = texts.iter().all(|text| !text.contains(char::is_whitespace));
    // A status in words has its code anywhere.
    let wordy = status.is_some()
        && !numeric_status
        && all.count(true) > 0
        && word
        && !matches!(folded.as_str(), "id" | "number" | "error");
    if (failing || wordy) && has(&NAMES.code) && own_code && word && is_free(Role::Code, on, seats) {
        return Some(Role::Code);
    }
    if has(&NAMES.detail)
        && is_free(Role::Detail, on, seats)
        && texts.iter().all(|text| text.parse::<i64>().is_ok())
    {
        return Some(Role::Detail);
    }
    let plain = matches!(folded.as_str(), "text" | "description");
    if has(&NAMES.message) && (inside.is_some() || !plain) && is_free(Role::Message, on, seats) {
        return Some(Role::Message);
    }
    if has(&NAMES.symbol) && failing && is_free(Role::Name, on, seats) {
        return Some(Role::Name);
    }
    None
}

/// Whether it says what was called.
fn is_operation(ground: &Ground<'_>, name: &str, all: &Seen<'_>) -> bool {
    let known = folded(name);
    let named =
        ["method", "operation", "action", "api", "call", "command"].iter().any(|end| known.ends_with(end));
    named
        && all.0.iter().any(|top| {
            let own = ground.operations.get(top.sample.operation);
            let said = top.field.node.text().unwrap_or_default().trim_matches('/');
            let path = top.sample.exchange.path.as_deref().unwrap_or_default().trim_matches('/');
            let last = said.rsplit(['/', '.']).next().unwrap_or_default();
            !said.is_empty() && (said == path || own.is_some_and(|own| own.name == last))
        })
}

/// A member's role, and what its value has to be for it.
pub(crate) fn take(role: Role, words: &mut Words, seats: &mut Vec<Seat>, on: Option<&'static str>) {
    let mut taken = Words::new().with("is", role.word());
    let keep = ["within", "on", "attribute", "text", "xml", "json", "doc", "assumption", "empty-is-absent"];
    words.retain(&keep);
    if role == Role::Detail {
        taken.set("type", "integer");
    }
    taken.fill(words.clone());
    *words = taken;
    seats.push(Seat { role, on });
}
