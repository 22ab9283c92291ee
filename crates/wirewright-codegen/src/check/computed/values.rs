//! What computed values are made of, however deep.

use crate::check::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Computed, Parameter, Provider};
use crate::resolve::reach;
use crate::source::{At, Span, Text};
use crate::template::{Placeholder, placeholders};

/// The value that a parameter carries.
pub(in crate::check) fn carried<'a>(cx: &Context<'a>, parameter: &Parameter<'a>) -> Option<&'a Computed<'a>> {
    parameter.from.filter(|from| from.value == Provider::Computed)?;
    cx.protocol().computed(parameter.field.unwrap_or(parameter.member.key).value)
}

/// The values of templates that one is made of, its own and those of others, each with its template.
pub(super) fn values<'a>(cx: &Context<'a>, step: &Computed<'a>) -> Vec<(Placeholder<'a>, Text<'a>)> {
    let mut steps: Vec<&str> = reach(cx.definition, step.key.value).into_iter().collect();
    steps.sort_unstable();
    let steps = steps.into_iter().filter_map(|name| cx.protocol().computed(name));
    let templates = steps.flat_map(Computed::templates);
    templates.flat_map(|template| placeholders(template.value).map(move |value| (value, template))).collect()
}

/// Whether a computed value is signed with a field of the session, so that it is there on signed operations only.
pub(in crate::check) fn of_session(cx: &Context<'_>, parameter: &Parameter<'_>) -> bool {
    if parameter.from.is_none_or(|from| from.value != Provider::Computed) {
        return false;
    }
    let step = parameter.field.unwrap_or(parameter.member.key).value;
    let Some(step) = cx.protocol().computed(step) else { return false };
    let session = |value: &Placeholder<'_>| value.parts().0 == "session" && !value.optional;
    is_signed(cx, step) && values(cx, step).iter().any(|(value, _)| session(value))
}

/// Whether something is hashed or signed in what it is made of.
fn is_signed(cx: &Context<'_>, step: &Computed<'_>) -> bool {
    let steps = cx.protocol().computed.iter();
    let reached = reach(cx.definition, step.key.value);
    let mut reached = steps.filter(|one| reached.contains(one.key.value));
    reached.any(|one| one.algorithm.as_ref().is_some_and(|all| !all.is_empty()) || one.unread_algorithm)
}

/// The secrets that a value is made of.
pub(in crate::check) fn secrets<'a>(cx: &Context<'a>, step: &Computed<'a>) -> Vec<Placeholder<'a>> {
    let values = values(cx, step).into_iter().map(|(value, _)| value);
    values.filter(|value| is_secret(cx, *value)).collect()
}

pub(super) fn is_secret(cx: &Context<'_>, value: Placeholder<'_>) -> bool {
    let (group, Some(name)) = value.parts() else { return false };
    let marked = |secret: Option<At<bool>>| secret.is_some_and(|secret| secret.value);
    let protocol = cx.protocol();
    match group {
        "client" | "parameter" => {
            protocol.parameters.iter().any(|one| one.is_named(name) && marked(one.member.secret))
        }
        "session" => protocol
            .sessions
            .iter()
            .flat_map(|session| &session.fields)
            .any(|field| field.key.value == name && marked(field.secret)),
        _ => false,
    }
}

pub(super) fn fault(span: Span, message: impl Into<String>) -> Fault {
    Fault::new(Code::Computed, span, message)
}
