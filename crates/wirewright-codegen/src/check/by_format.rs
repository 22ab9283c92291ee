//! What is elsewhere in some formats: that there is something to be there.

use super::context::{Context, format_name};
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Role, When};
use crate::read::tree::{EnvelopeMember, TypeKind};
use crate::source::At;

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        let (name, flat) = (member.key.value, &member.flat_in);
        offered(cx, flat);
        let whole = member.once() && member.attribute.is_none() && member.text.is_none();
        let inside = matches!(cx.scope.kind(member.kind), Some(TypeKind::Structure(_)));
        let known = cx.scope.value_type(member.kind).is_some();
        if !flat.value.is_empty() && known && (!whole || !inside || member.flatten.is_some()) {
            cx.add(
                Fault::new(Code::Layout, flat.span, format!("`{name}` has no members of its own everywhere"))
                    .label("`flatten-in`, of what is no single structure, or flattened anyhow")
                    .expected(
                        "one structure, neither a list nor a map, without `flatten`, `attribute` and `text`",
                    ),
            );
        }
    }
    for one in &cx.protocol().envelope.value {
        offered(cx, &one.only_in);
        status(cx, one);
    }
}

/// Only the status may be missing from a format: the code tells a failure there, which only failures have then.
fn status(cx: &Context<'_>, one: &EnvelopeMember<'_>) {
    let only = &one.only_in;
    if only.value.is_empty() {
        return;
    }
    if !is(one, Role::Status) {
        cx.add(
            Fault::new(Code::Meaningless, only.span, "only the status may be missing from a format")
                .label(format!("`{}` is not the status", one.member.key.value))
                .help("remove `only-in`: what is not there in a format is absent"),
        );
        return;
    }
    let tells = |one: &&EnvelopeMember<'_>| {
        is(one, Role::Code) || one.tells.iter().any(|(role, _)| *role == Role::Code)
    };
    match cx.protocol().envelope.value.iter().find(tells) {
        Some(code) if code.when == When::Failure => {}
        Some(code) => cx.add(
            Fault::new(
                Code::EnvelopeRole,
                code.member.key.span,
                "nothing tells success from failure where the status is not",
            )
            .label("successes may have it as well")
            .related(only.span, "some formats have no status")
            .expected("`on = \"failure\"`"),
        ),
        None => cx.add(
            Fault::new(
                Code::EnvelopeRole,
                only.span,
                "nothing tells success from failure where the status is not",
            )
            .label("some formats have no status")
            .expected("a member that is the `code`, by which a failure is known there"),
        ),
    }
}

fn is(one: &EnvelopeMember<'_>, role: Role) -> bool {
    one.role.is_some_and(|own| own.value == role)
}

/// Replies come in the formats that are named, and in others.
fn offered(cx: &Context<'_>, formats: &At<Vec<FormatKind>>) {
    if let Some(format) = formats.value.iter().find(|format| !cx.writes(**format)) {
        cx.add(
            Fault::new(Code::Meaningless, formats.span, format!("nothing is in {}", format_name(*format)))
                .label("a format that is not offered")
                .expected("formats of `[formats]`"),
        );
    }
}
