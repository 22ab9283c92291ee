//! What tells of an error with members of its own: that it is a structure, which has them.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{ErrorKeys, Repeat, Role, When};
use crate::read::tree::{EnvelopeMember, Member, TypeKind};
use crate::source::{Span, Text};
use crate::words::{Alternatives as _, Roles};

pub(super) fn check(cx: &Context<'_>) {
    let envelope = &cx.protocol().envelope.value;
    for one in envelope.iter().filter(|one| !one.tells.is_empty()) {
        let key = one.member.key;
        let whole = one.member.map.is_none() && one.role.is_none() && one.within.is_none();
        if !whole || one.when == When::Success || one.member.flatten.is_some() {
            cx.add(
                Fault::new(Code::EnvelopeRole, key.span, format!("`{}` cannot tell of an error", key.value))
                    .label("`tells` beside `is`, `within`, `map`, `flatten` or `on = \"success\"`")
                    .expected("a structure of failures, or a list of them, that says nothing else"),
            );
        }
        match cx.scope.kind(one.member.kind) {
            Some(TypeKind::Structure(members)) => structure(cx, one, members),
            _ if cx.scope.value_type(one.member.kind).is_none() => {}
            _ => cx.add(
                Fault::new(Code::EnvelopeRole, key.span, format!("`{}` has no members", key.value))
                    .label("`tells`, and no structure")
                    .expected("`type`, the name of a structure whose members tell of the error"),
            ),
        }
    }
}

fn structure<'a>(cx: &Context<'a>, one: &EnvelopeMember<'_>, members: &'a [Member<'a>]) {
    let mut known: Vec<Span> = Vec::new();
    unpromised(cx, one, members, &mut known);
    for (role, name) in &one.tells {
        let way = match cx.scope.way(members, name.value) {
            Ok(way) => way,
            Err((step, members)) => {
                cx.add(
                    Fault::new(Code::UnknownReference, name.span, format!("there is no member `{step}`"))
                        .label("not in the type")
                        .related(one.member.key.span, "of whose type it is to be a member")
                        .expected("the name of a member of the type; `cause.code` is one inside of another")
                        .did_you_mean(cx.report, step, members.iter().map(|member| member.key.value)),
                );
                continue;
            }
        };
        let Some(((_, member), around)) = way.split_last() else { continue };
        for (_, around) in around {
            passable(cx, *name, around);
            if let Some(TypeKind::Structure(members)) = cx.scope.kind(around.kind) {
                unpromised(cx, one, members, &mut known);
            }
        }
        of_type(cx, *role, *name, member);
        alone(cx, one, *role, *name);
    }
}

/// What an error is told by is never required: `known` are the faults that were told.
fn unpromised(cx: &Context<'_>, one: &EnvelopeMember<'_>, members: &[Member<'_>], known: &mut Vec<Span>) {
    let promised = members.iter().find_map(|member| member.required.filter(|required| required.value));
    let Some(promised) = promised.filter(|promised| !known.contains(&promised.span)) else { return };
    known.push(promised.span);
    cx.add(
        Fault::new(Code::FailureData, promised.span, "nothing of an error is promised")
            .label("required")
            .related(one.member.key.span, "tells of an error")
            .help("remove `required`: an error without it is an error all the same"),
    );
}

/// What is on the way to what tells is a structure, or a list of which the first item counts.
fn passable(cx: &Context<'_>, name: Text<'_>, around: &Member<'_>) {
    let list = around.list.as_ref().map(|list| &list.value);
    let counted = match list {
        None | Some(Repeat::List { optional: false, .. }) => around.map.is_none(),
        Some(_) => false,
    };
    let secret = around.secret.is_some_and(|secret| secret.value);
    let unclear = list.is_some() && around.empty_is_absent.is_some();
    if !counted || around.flatten.is_some() || secret || unclear {
        cx.add(
            Fault::new(
                Code::EnvelopeRole,
                name.span,
                format!("nothing is told inside of `{}`", around.key.value),
            )
            .label("leads through it")
            .related(
                around.key.span,
                "a map, a secret, flattened, or a list that may be absent or lack items",
            )
            .expected("a structure, or a list of structures, of which the first one tells"),
        );
    }
}

/// A member that tells is of the type that its role has.
fn of_type(cx: &Context<'_>, role: Role, name: Text<'_>, member: &Member<'_>) {
    let kind = member.kind.map_or("string", |kind| kind.value);
    let integer =
        role == Role::Detail || (role == Role::Code && cx.protocol().error_keys() == ErrorKeys::Numbers);
    let wanted = if integer { "integer" } else { "string" };
    let secret = member.secret.is_some_and(|secret| secret.value);
    if kind != wanted || !member.once() || member.flatten.is_some() || secret {
        let word = Roles::word(&role).unwrap_or_default();
        cx.add(
            Fault::new(Code::EnvelopeRole, name.span, format!("`{}` cannot tell the {word}", name.value))
                .label("of another type")
                .related(member.key.span, "this one")
                .expected(format!("one `{wanted}`, neither a list, a map nor a secret")),
        );
    }
}

/// Nothing else tells the same, or has the name that it has in Rust.
fn alone(cx: &Context<'_>, one: &EnvelopeMember<'_>, role: Role, name: Text<'_>) {
    let word = Roles::word(&role).unwrap_or_default();
    for other in &cx.protocol().envelope.value {
        let says = other.role.filter(|other| other.value == role).map(|role| role.span);
        let itself = std::ptr::eq(other, one);
        let tells =
            || other.tells.iter().find(|(told, _)| *told == role && !itself).map(|(_, name)| name.span);
        if let Some(span) = says.or_else(tells) {
            cx.add(
                Fault::new(Code::EnvelopeRole, name.span, "two members of the envelope say the same")
                    .label(format!("the {word}"))
                    .related(span, "as well")
                    .expected("one that tells it"),
            );
        } else if other.member.rust == word {
            cx.add(
                Fault::new(
                    Code::RustClash,
                    other.member.key.span,
                    format!("`{word}` is what is told of an error"),
                )
                .label(format!("called `{word}` in Rust"))
                .related(name.span, "told here")
                .help("give the member another `name`"),
            );
        }
    }
}
