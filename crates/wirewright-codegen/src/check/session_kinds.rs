//! Kinds of session: that they can be told apart, and that operations name them well.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{NONE, Operation, Provider, Session};
use crate::source::Span;

/// What the name of a kind would be mistaken for.
const RESERVED: &[&str] = &[NONE, "required"];

pub(super) fn check(cx: &Context<'_>) {
    let sessions = &cx.protocol().sessions;
    if let [one, other, ..] = sessions.as_slice()
        && one.key.is_none()
    {
        cx.add(
            Fault::new(Code::Contradiction, one.span, "there are kinds of session beside the only one")
                .label("says that there is one kind")
                .related(other.span, "another kind")
                .help("write `[session]` as one of `[sessions.NAME]`"),
        );
    }
    let mut opened: HashMap<&str, Span> = HashMap::new();
    for session in sessions {
        let Some(key) = session.key else { continue };
        if RESERVED.contains(&key.value) {
            cx.add(
                Fault::new(
                    Code::Reserved,
                    key.span,
                    format!("a kind of session cannot be called `{}`", key.value),
                )
                .label("an operation's `session` says something else with this word")
                .help("give it another name"),
            );
        }
        if let Some(opens) = session.opens
            && let Some(first) = opened.insert(opens.value, opens.span)
        {
            cx.add(
                Fault::new(Code::SessionLife, opens.span, "one operation opens two kinds of session")
                    .label("the second kind")
                    .related(first, "the first kind")
                    .expected("an operation that opens one kind: its answer is one session"),
            );
        }
        carried(cx, session);
    }
    for (_, operation) in cx.operations() {
        list(cx, operation);
    }
}

/// A server tells the kinds apart by what their calls carry.
fn carried(cx: &Context<'_>, session: &Session<'_>) {
    let of_session = |from: Provider| from == Provider::Session;
    let mut parameters =
        cx.protocol().parameters.iter().filter(|one| one.from.is_some_and(|from| of_session(from.value)));
    let carries = parameters
        .any(|parameter| session.field(parameter.field.unwrap_or(parameter.member.key).value).is_some());
    if !carries {
        cx.add(
            Fault::new(
                Code::Provision,
                session.span,
                format!("no parameter carries a field of `{}`", session.table()),
            )
            .label("its calls are like those without a session")
            .expected("a parameter with `from = \"session\"` of the name of one of its fields"),
        );
    }
}

fn list(cx: &Context<'_>, operation: &Operation<'_>) {
    let Some(said) = &operation.session else { return };
    if said.value.is_empty() {
        cx.add(
            Fault::new(
                Code::Empty,
                said.span,
                format!("`{}` can be called with nothing", operation.key.value),
            )
            .label("an empty list")
            .expected("what it can be called with; `\"none\"` is without a session"),
        );
    }
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for text in &said.value {
        if let Some(first) = seen.insert(text.value, text.span) {
            cx.add(
                Fault::new(Code::DuplicateKey, text.span, format!("`{}` is given twice", text.value))
                    .label("the second time")
                    .related(first, "the first time")
                    .expected("each kind of session once"),
            );
        }
    }
}
