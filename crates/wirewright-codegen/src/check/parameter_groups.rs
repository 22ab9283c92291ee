//! Common parameters that only some operations carry, and those that are one value under several names.

use super::{context::Context, parameters::beside};
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Parameter, Provider};

/// Those that an operation can do without.
const GROUPED: &[Provider] = &[Provider::Client, Provider::Call, Provider::Constant, Provider::Operation];

pub(super) fn check(cx: &Context<'_>) {
    for parameter in &cx.protocol().parameters {
        let Some(from) = parameter.from else { continue };
        words(cx, parameter, from.value);
        if parameter.is_again() {
            again(cx, parameter);
        } else if matches!(from.value, Provider::Client | Provider::Call) && parameter.member.required() {
            everywhere(cx, parameter);
        }
        if from.value == Provider::Client {
            once(cx, parameter);
        }
        if from.value == Provider::Session {
            once_of_session(cx, parameter);
        }
    }
}

fn words(cx: &Context<'_>, parameter: &Parameter<'_>, from: Provider) {
    let said = [("groups", &parameter.groups), ("except-groups", &parameter.except_groups)];
    for (word, groups) in said {
        let Some(groups) = groups else { continue };
        if !GROUPED.contains(&from) {
            cx.add(
                Fault::new(
                    Code::Meaningless,
                    groups.span,
                    format!("`{word}` says nothing about this parameter"),
                )
                .label("without meaning here")
                .expected(beside(GROUPED)),
            );
        }
        if groups.value.is_empty() {
            cx.add(
                Fault::new(Code::Empty, groups.span, format!("`{word}` names no group"))
                    .label("an empty list")
                    .expected("the names of groups: those of their files, without `.toml`"),
            );
        }
    }
    if let (Some(groups), Some(except)) = (&parameter.groups, &parameter.except_groups) {
        cx.add(
            Fault::new(Code::Contradiction, except.span, "`groups` and `except-groups` exclude one another")
                .label("the second")
                .related(groups.span, "the first")
                .help("keep one of them"),
        );
    }
}

/// Another name of a value says nothing about the value, which is one plain text.
fn again(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let member = &parameter.member;
    let said = [
        ("type", member.kind.map(|kind| kind.span)),
        ("name", member.name.map(|name| name.span)),
        ("required", member.required.map(|required| required.span)),
        ("secret", member.secret.map(|secret| secret.span)),
        ("list", member.list.as_ref().map(|list| list.span)),
        ("map", member.map.as_ref().map(|map| map.span)),
        ("flatten", member.flatten),
    ];
    for (word, span) in said {
        let Some(span) = span else { continue };
        let message = format!("`{word}` is said where the value is defined");
        cx.add(
            Fault::new(Code::Meaningless, span, message)
                .label("of a value that is another parameter's")
                .help(format!("move `{word}` to the parameter that `field` names")),
        );
    }
    let defined = parameter.field.and_then(|field| cx.scope.parameter(field.value));
    if let Some(defined) = defined
        && (!defined.member.once() || defined.member.flatten.is_some())
    {
        let message = format!("`{}` cannot have a second name", defined.member.key.value);
        cx.add(
            Fault::new(Code::Misplaced, member.key.span, message)
                .label("the second name")
                .related(defined.member.key.span, "is not one value")
                .expected("a value that is neither a list, a map nor flattened"),
        );
    }
}

/// A value that is always there is read from every request.
fn everywhere(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let key = parameter.member.key;
    let names: Vec<_> = names(cx, parameter).collect();
    let missing =
        cx.definition.groups.iter().find(|group| !names.iter().any(|one| one.goes_with(&group.name)));
    if let (Some(group), Some(required)) = (missing, parameter.member.required) {
        let message = format!("`{}` is required, and `{}` does not carry it", key.value, group.name);
        cx.add(
            Fault::new(Code::Provision, required.span, message)
                .label("is not in every request")
                .related(key.span, "goes with some groups only")
                .help("remove `required`, or add a parameter with `from = \"client\"` and `field` for the other groups"),
        );
    }
}

/// One request has a value under one name.
fn once(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let before = names(cx, parameter).take_while(|one| one.member.key.span != parameter.member.key.span);
    for first in before {
        let both = |group: &str| first.goes_with(group) && parameter.goes_with(group);
        let Some(group) = cx.definition.groups.iter().find(|group| both(&group.name)) else { continue };
        let message = format!("`{}` has one value under two names", group.name);
        cx.add(
            Fault::new(Code::Provision, parameter.member.key.span, message)
                .label("the second name")
                .related(first.member.key.span, "the first name")
                .expected("`groups` or `except-groups` beside both, so that a request has one of them"),
        );
    }
}

/// What a session's calls carry has a member for each field, which is called after it: two of one field would be one member twice.
fn once_of_session(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let this = session_field(parameter);
    let mut before =
        cx.protocol().parameters.iter().take_while(|one| one.member.key.span != parameter.member.key.span);
    let of_session = |one: &&Parameter<'_>| {
        one.from.is_some_and(|from| from.value == Provider::Session) && session_field(one) == this
    };
    let Some(first) = before.find(of_session) else { return };
    let key = parameter.member.key;
    cx.add(
        Fault::new(Code::Provision, key.span, format!("two parameters carry the session's field `{this}`"))
            .label("the second one")
            .related(first.member.key.span, "the first one")
            .expected(format!(
                "a field of its own beside `{this}`, under another name and with the same `from`, and that as its `field`"
            )),
    );
}

/// The session's field that a parameter carries.
fn session_field<'a>(parameter: &Parameter<'a>) -> &'a str {
    parameter.field.unwrap_or(parameter.member.key).value
}

/// All parameters that carry the same value, in the order of the wire.
fn names<'a>(cx: &Context<'a>, parameter: &'a Parameter<'a>) -> impl Iterator<Item = &'a Parameter<'a>> {
    let value = |one: &Parameter<'a>| match one.field.filter(|_| one.is_again()) {
        Some(field) => field.value,
        None => one.member.key.value,
    };
    let this = value(parameter);
    let from = parameter.from.map(|from| from.value);
    let parameters = cx.protocol().parameters.iter();
    parameters.filter(move |one| one.from.map(|from| from.value) == from && value(one) == this)
}
