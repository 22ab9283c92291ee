//! The envelope: that it tells success from failure, and which error it is.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{ErrorKeys, OPERATION, Role, When};
use crate::read::tree::{EnvelopeMember, Scalar, ScalarKind, TypeKind};
use crate::source::At;
use crate::words::{Alternatives as _, Roles};

pub(super) fn check(cx: &Context<'_>) {
    let envelope = &cx.protocol().envelope;
    for member in &envelope.value {
        splice(cx, member);
        if member.role.is_none_or(|role| role.value != Role::Status) {
            let values = member.success.as_ref().map(|values| values.span);
            for span in values.into_iter().chain(member.failure.as_ref().map(|value| value.span)) {
                cx.add(
                    Fault::new(Code::Meaningless, span, "only the status tells success from failure")
                        .label(format!("`{}` is not the status", member.member.key.value))
                        .help("add `is = \"status\"` to the member"),
                );
            }
        }
    }
    for member in &envelope.value {
        role_type(cx, member);
        of_failures(cx, member);
    }
    twice(cx);
    let with =
        |role| envelope.value.iter().find(|member| member.role.is_some_and(|known| known.value == role));
    let unclear = envelope.value.iter().any(|member| member.unclear);
    let told = cx.protocol().tells(Role::Code);
    match with(Role::Status) {
        Some(status) => check_status(cx, status, told || with(Role::Code).is_some()),
        None if envelope.span == cx.protocol().span || unclear || told => {}
        None if with(Role::Code).is_some() => with(Role::Code).into_iter().for_each(|code| code_alone(cx, code)),
        None => cx.add(
            Fault::new(Code::EnvelopeRole, envelope.span, "the envelope has no status")
                .label("nothing tells success from failure")
                .expected("a member with `is = \"status\"` and the values that mean `success`, or one with `is = \"code\"` that only failures have"),
        ),
    }
    if !cx.protocol().has_place_of_data()
        && !unclear
        && envelope.span != cx.protocol().span
        && let Some((_, operation)) =
            cx.operations().find(|(_, operation)| !operation.reply.is_empty() || operation.partial.is_some())
    {
        cx.add(
            Fault::new(Code::EnvelopeRole, envelope.span, "the envelope has no place for a reply")
                .label("no member with `is = \"data\"`")
                .related(operation.key.span, "this operation has a reply")
                .expected(
                    "a member with `is = \"data\"`; named `*`, the reply's members are among the envelope's",
                ),
        );
    }
}

/// Without a status, the code tells a failure by being there.
fn code_alone(cx: &Context<'_>, code: &EnvelopeMember<'_>) {
    if code.when != When::Failure {
        cx.add(
            Fault::new(Code::EnvelopeRole, code.member.key.span, "nothing tells success from failure")
                .label("there is no status, and the code is not only there on failure")
                .expected("`on = \"failure\"`, or a member with `is = \"status\"`"),
        );
    }
}

/// A place that is there on failure only is one of failures' data.
fn of_failures(cx: &Context<'_>, member: &EnvelopeMember<'_>) {
    let data = member.role.is_some_and(|role| role.value == Role::Data);
    if data && member.when == When::Failure && cx.failures().next().is_none() {
        let name = member.member.key;
        cx.add(
            Fault::new(Code::FailureData, name.span, format!("no failure has data in `{}`", name.value))
                .label("there on failure only")
                .expected("members of `[failure]` or of an operation's `failure`, or a place that is there on success"),
        );
    }
}

/// `*` is the place of the reply, and of nothing else.
fn splice(cx: &Context<'_>, member: &EnvelopeMember<'_>) {
    let data = member.role.is_some_and(|role| role.value == Role::Data);
    if member.member.key.value == "*" && !data {
        cx.add(
            Fault::new(Code::EnvelopeRole, member.member.key.span, "`*` is the place of the reply")
                .label("stands for nothing else")
                .expected("`is = \"data\"`, or the name of a member"),
        );
    }
    let own = &member.member;
    let mut names = [Some(own.key), own.xml, own.json, own.query].into_iter().flatten();
    if let Some(name) = names.find(|name| !data && name.value.contains(OPERATION)) {
        cx.add(
            Fault::new(
                Code::EnvelopeRole,
                name.span,
                format!("`{OPERATION}` is part of no name but the reply's"),
            )
            .label("stands for nothing here")
            .expected("`is = \"data\"`, or a name that all operations have alike"),
        );
    }
    if let Some(kind) = member.member.kind.filter(|_| data) {
        cx.add(
            Fault::new(Code::Meaningless, kind.span, "the reply's type is the operation's")
                .label("a type of its own")
                .help("remove `type`"),
        );
    }
}

/// Two members of one role, unless one is for success and the other for failure.
fn twice(cx: &Context<'_>) {
    let members = &cx.protocol().envelope.value;
    for (index, member) in members.iter().enumerate() {
        let Some(role) = member.role else { continue };
        let same = |other: &&EnvelopeMember<'_>| {
            other.role.is_some_and(|other| other.value == role.value)
                && (other.when == member.when || other.when == When::Always || member.when == When::Always)
        };
        // There are few roles: the first member of the same one comes soon.
        let Some(first) = members.iter().take(index).find(same).and_then(|first| first.role) else {
            continue;
        };
        cx.add(
            Fault::new(Code::EnvelopeRole, role.span, "two members of the envelope say the same")
                .label("the second")
                .related(first.span, "the first")
                .expected(format!(
                    "each of {} once, or once on success and once on failure",
                    Roles::words().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
                )),
        );
    }
}

fn check_status(cx: &Context<'_>, status: &EnvelopeMember<'_>, code: bool) {
    let key = status.member.key;
    if status.when != When::Always {
        cx.add(
            Fault::new(Code::EnvelopeRole, key.span, "the status must always be there")
                .label("only sometimes there")
                .help("remove `on`"),
        );
    }
    let missing = |word: &str, expected: &str| {
        cx.add(
            Fault::new(Code::MissingKey, key.span, format!("the status needs `{word}`"))
                .label(format!("`{word}` is missing"))
                .expected(expected),
        );
    };
    let [success_unread, failure_unread] = status.unread;
    match &status.success {
        _ if success_unread => {}
        None => missing("success", "the values that mean success, as in `success = [0]`"),
        Some(success) if success.value.is_empty() => cx.add(
            Fault::new(Code::Empty, success.span, "no value of the status means success")
                .label("empty")
                .expected("at least one value"),
        ),
        Some(_) => {}
    }
    if let (Some(success), Some(failure)) = (&status.success, &status.failure)
        && let Some(first) = success.value.iter().find(|value| value.value.text == failure.value.text)
    {
        cx.add(
            Fault::new(
                Code::StatusValue,
                failure.span,
                format!("`{}` means success and failure", failure.value.text),
            )
            .label("means that a call failed")
            .related(first.span, "means success")
            .expected("another value than those of `success`"),
        );
    }
    if code && status.failure.is_none() && !failure_unread {
        missing("failure", "what a server says when a call failed, since the error's number is elsewhere");
    }
    let numbers = cx.protocol().errors.first().is_some_and(|error| error.keys == ErrorKeys::Numbers);
    let integer = status.member.kind.is_some_and(|kind| kind.value == "integer");
    if !code && numbers && !integer {
        cx.add(
            Fault::new(Code::EnvelopeRole, key.span, "the errors' numbers are nowhere in the envelope")
                .label("this is no number")
                .expected("a status of type `integer`, or a member with `is = \"code\"`"),
        );
    }
    for value in status.success.iter().flat_map(|success| &success.value).chain(&status.failure) {
        check_value(cx, status, value);
    }
}

/// A status must be a value of the member's type.
fn check_value(cx: &Context<'_>, status: &EnvelopeMember<'_>, value: &At<Scalar>) {
    let fault = |expected: String| {
        Fault::new(Code::StatusValue, value.span, format!("`{}` can never be the status", value.value.text))
            .label("of another type")
            .expected(expected)
    };
    match (status.member.kind.map(|kind| kind.value), cx.scope.kind(status.member.kind)) {
        (Some("boolean"), _) if value.value.kind != ScalarKind::Boolean => {
            cx.add(fault("`true` or `false`, without quotes".to_owned()));
        }
        (Some("boolean"), _) => {}
        (_, Some(TypeKind::Enumeration(_))) | (None, _) if value.value.kind == ScalarKind::Boolean => {
            cx.add(
                fault("a text in quotes".to_owned())
                    .help("`type = \"boolean\"` where JSON has true or false"),
            );
        }
        (Some("integer"), _) if value.value.kind != ScalarKind::Number => {
            cx.add(fault("a whole number without quotes".to_owned()));
        }
        (None | Some("string"), _) | (_, Some(TypeKind::Text)) if value.value.kind != ScalarKind::Text => {
            cx.add(fault("a text in quotes".to_owned()));
        }
        (_, Some(TypeKind::Enumeration(values))) => {
            let known = || values.iter().flat_map(|known| std::iter::once(&known.key).chain(&known.also));
            if !known().any(|known| known.value == value.value.text) {
                let name = status.member.kind.map_or("", |kind| kind.value);
                cx.add(fault(format!("a value of `{name}`")).did_you_mean(
                    cx.report,
                    &value.value.text,
                    known().map(|known| known.value),
                ));
            }
        }
        _ => {}
    }
}

/// What a role's value must be, for generated code to use it.
fn role_type(cx: &Context<'_>, envelope: &EnvelopeMember<'_>) {
    let Some(role) = envelope.role else { return };
    let member = &envelope.member;
    let named = member.kind.map_or("string", |kind| kind.value);
    let enumeration = matches!(cx.scope.kind(member.kind), Some(TypeKind::Enumeration(_)));
    let roles = &cx.protocol().envelope.value;
    let code = cx.protocol().tells(Role::Code)
        || roles.iter().any(|other| other.role.is_some_and(|other| other.value == Role::Code));
    let numbers = cx.protocol().error_keys() == ErrorKeys::Numbers;
    let (fits, expected) = match role.value {
        Role::Data => (true, "one value"),
        Role::Message | Role::Name | Role::RequestId | Role::Operation => (named == "string", "a string"),
        Role::Detail => (named == "integer", "`type = \"integer\"`"),
        Role::Code if numbers => (named == "integer", "`type = \"integer\"`, as the errors are numbers"),
        Role::Code => (named == "string", "a string, as the errors are names"),
        Role::Status if code => (
            enumeration || matches!(named, "string" | "integer" | "boolean"),
            "an integer, a string, a boolean or an enumeration",
        ),
        // That numbers need an integer has been said already.
        Role::Status => (numbers || named == "string", "a string, as the errors are names"),
    };
    let once = member.once() && (member.flatten.is_none() || role.value == Role::Data);
    let secret = member.secret.is_some_and(|secret| secret.value);
    if !fits || !once || secret {
        let word = Roles::word(&role.value).unwrap_or_default();
        cx.add(
            Fault::new(
                Code::EnvelopeRole,
                role.span,
                format!("`{}` cannot tell the {word}", member.key.value),
            )
            .label("of another type")
            .expected(format!("{expected}, neither a list, a map nor a secret")),
        );
    }
}
