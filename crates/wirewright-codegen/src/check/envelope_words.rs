//! Words of an envelope's members that have a meaning in some of them only.

use super::context::Context;
use super::locations::{is_free, is_name};
use crate::diagnostic::{Code, Fault};
use crate::model::{ErrorKeys, Role};
use crate::read::tree::{EnvelopeMember, ScalarKind, TypeKind};
use crate::source::{Span, Text};

pub(super) fn check(cx: &Context<'_>) {
    let envelope = &cx.protocol().envelope.value;
    for member in envelope {
        let role = member.role.map(|role| role.value);
        if let Some(echoes) = member.echoes.filter(|_| role != Some(Role::Operation)) {
            cx.add(without_meaning(echoes.span, "echoes", "`is = \"operation\"` beside it"));
        }
        if let Some(span) = member.http_codes {
            http_codes(cx, member, span);
        }
        if let Some(header) = member.header {
            code_header(cx, member, header);
        }
        let Some(value) = &member.value else { continue };
        let fixed = role.is_some_and(|role| !matches!(role, Role::Message | Role::Detail));
        if fixed || !member.member.once() || member.member.flatten.is_some() {
            cx.add(without_meaning(
                value.span,
                "value",
                "a member that tells the same in every reply, of one value",
            ));
            continue;
        }
        let text = value.value.text.as_str();
        let fits = match (member.member.kind.map(|kind| kind.value), cx.scope.kind(member.member.kind)) {
            (Some("boolean"), _) => value.value.kind == ScalarKind::Boolean,
            _ if value.value.kind == ScalarKind::Boolean => false,
            (None | Some("string"), _) => true,
            (Some("integer"), _) => text.parse::<i64>().is_ok(),
            (Some("number"), _) => text.parse::<f64>().is_ok_and(f64::is_finite),
            (_, Some(TypeKind::Enumeration(values))) => values.iter().any(|known| known.key.value == text),
            _ => false,
        };
        if !fits {
            let name = member.member.key.value;
            cx.add(
                Fault::new(Code::Spelling, value.span, format!("`{text}` is never the value of `{name}`"))
                    .label("of another type")
                    .expected(
                        "a text, an integer, a number, `true` or `false`, or a value of an enumeration, as the member's `type` has it",
                    ),
            );
        }
    }
}

/// A header has a code that failures only have: it is what tells that a call failed.
fn code_header<'a>(cx: &Context<'a>, member: &EnvelopeMember<'a>, header: Text<'a>) {
    is_name(cx, header);
    is_free(cx, header);
    let tells = member.tells.iter().any(|(role, _)| *role == Role::Code);
    if !tells && member.role.is_none_or(|role| role.value != Role::Code) {
        cx.add(without_meaning(
            header.span,
            "header",
            "the member with `is = \"code\"`, or one whose `tells` has the code",
        ));
    }
}

fn without_meaning(span: Span, word: &str, expected: &'static str) -> Fault {
    Fault::new(Code::Contradiction, span, format!("`{word}` says nothing about this member"))
        .label("without meaning here")
        .expected(expected)
}

/// Only numbers are statuses of HTTP, and only those that tell which error it is.
fn http_codes(cx: &Context<'_>, member: &EnvelopeMember<'_>, span: Span) {
    let envelope = &cx.protocol().envelope.value;
    let is = |role| move |one: &EnvelopeMember<'_>| one.role.is_some_and(|known| known.value == role);
    let tells = is(Role::Code)(member) || is(Role::Status)(member) && !envelope.iter().any(is(Role::Code));
    let names = cx.protocol().errors.iter().find(|error| error.keys == ErrorKeys::Names);
    if let Some(name) = names {
        cx.add(
            without_meaning(span, "http-codes", "errors that are known by numbers")
                .related(name.key.span, "a name"),
        );
    } else if !tells {
        cx.add(without_meaning(span, "http-codes", "the member that has the error's number"));
    }
}
