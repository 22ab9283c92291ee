//! Parameters that the call fills in: that they can hold a time, or a random text.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{ClockUnit, Filler};
use crate::read::tree::{Member, TypeKind};
use crate::source::At;

pub(super) fn check(cx: &Context<'_>) {
    let own = cx.operations().flat_map(|(_, operation)| &operation.request);
    let common = cx.protocol().parameters.iter().map(|parameter| &parameter.member);
    for member in own.chain(common) {
        match member.from {
            Some(from) => filled(cx, member, from),
            None => {
                if let Some(unit) = member.unit {
                    without_clock(cx, unit);
                }
            }
        }
    }
}

fn filled(cx: &Context<'_>, member: &Member<'_>, from: At<Filler>) {
    let key = member.key;
    let kind = member.kind.map(|kind| kind.value);
    let moment = matches!(cx.scope.kind(member.kind), Some(TypeKind::DateTime(..) | TypeKind::Epoch(_)));
    // A type that is defined nowhere has been reported as such.
    let known = kind.is_none() || cx.scope.value_type(member.kind).is_some();
    let (fits, what, expected) = match from.value {
        Filler::Clock => (
            matches!(kind, None | Some("integer")) || moment,
            "a time",
            "`type = \"integer\"` or a type with a `datetime` or an `epoch`",
        ),
        Filler::Nonce => (matches!(kind, None | Some("string")), "a random text", "a string"),
    };
    let plain = member.once()
        && member.flatten.is_none()
        && member.boolean.is_none()
        && !member.secret.is_some_and(|secret| secret.value);
    if known && !(fits && plain) {
        cx.add(
            Fault::new(
                Code::Misplaced,
                from.span,
                format!("`{}` cannot be filled in with {what}", key.value),
            )
            .label(format!("is not {what}"))
            .expected(format!("{expected}, neither a list, a map nor a secret")),
        );
    }
    match (member.unit, from.value) {
        (Some(unit), Filler::Nonce) => without_clock(cx, unit),
        (Some(unit), Filler::Clock) if moment => cx.add(
            Fault::new(Code::Meaningless, unit.span, "the type of a moment says how it is written")
                .label("without meaning here")
                .help("remove `unit`, or make the parameter an integer"),
        ),
        _ => {}
    }
}

fn without_clock(cx: &Context<'_>, unit: At<ClockUnit>) {
    cx.add(
        Fault::new(Code::Meaningless, unit.span, "`unit` says nothing about this parameter")
            .label("without meaning here")
            .expected("`from = \"clock\"` beside it"),
    );
}
