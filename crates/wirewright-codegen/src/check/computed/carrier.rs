//! Parameters that carry a computed value, or that one is made of: what is sent shows no secret, and a server can read it.

use std::collections::HashSet;

use super::values::{carried, fault, is_secret, of_session, values};
use crate::check::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{PairSource, Placement};
use crate::read::tree::{Computed, Parameter, ParameterLocation, Provider};
use crate::source::Text;
use crate::template::{Piece, Placeholder, pieces, placeholders};

/// Looks at one parameter.
pub(super) fn check(cx: &Context<'_>, parameter: &Parameter<'_>) {
    if let Some(step) = carried(cx, parameter) {
        in_its_own_body(cx, parameter, step);
        shown(cx, parameter, step);
        at_a_request(cx, parameter, step);
        if parameter.member.location.is_none_or(|one| one.value != ParameterLocation::Computed) {
            taken_apart(cx, parameter, step, &mut HashSet::new());
        }
    }
    sent_key(cx, parameter);
    made_of(cx, parameter);
}

/// What is made of the body cannot be in it.
fn in_its_own_body(cx: &Context<'_>, parameter: &Parameter<'_>, step: &Computed<'_>) {
    let among = parameter.member.location.is_none_or(|one| one.value == ParameterLocation::Parameters);
    let methods = cx.protocol().methods.value.iter();
    let in_form =
        methods.filter(|method| method.value.placement != Placement::Query).map(|one| one.span).next();
    if let Some(form) = in_form.filter(|_| among)
        && let Some((value, template)) =
            values(cx, step).into_iter().find(|(value, _)| matches!(value.name, "body" | "body-length"))
    {
        let name = parameter.member.key.value;
        cx.add(
            fault(value.span(template, cx.sources), format!("`{name}` is made of the body, and is in it"))
                .label("the body")
                .related(parameter.member.key.span, "this parameter")
                .related(form, "in a form by this method")
                .expected("a parameter with `in = \"header\"`, or pairs of the form instead of the body"),
        );
    }
}

/// The first secret that can be read in what a value becomes.
fn readable_secret<'a>(
    cx: &Context<'a>,
    name: &'a str,
    seen: &mut HashSet<&'a str>,
) -> Option<Placeholder<'a>> {
    let step = cx.protocol().computed(name).filter(|_| seen.insert(name))?;
    if step.algorithm.is_some() {
        return None;
    }
    let text = step.text?;
    placeholders(text.value).find_map(|value| match value.parts() {
        (name, None) => readable_secret(cx, name, seen),
        _ => is_secret(cx, value).then_some(value),
    })
}

/// What shows a secret is one.
fn shown(cx: &Context<'_>, parameter: &Parameter<'_>, step: &Computed<'_>) {
    let marked = parameter.member.secret.is_some_and(|secret| secret.value);
    if let Some(secret) = readable_secret(cx, step.key.value, &mut HashSet::new()).filter(|_| !marked) {
        let name = parameter.member.key.value;
        let message = format!("`{{{}}}` can be read in `{name}`", secret.name);
        cx.add(
            Fault::new(Code::SecretSent, parameter.member.key.span, message)
                .label("does not say that it is a secret")
                .expected("`secret = true` beside it, or an `algorithm` that hides the secret"),
        );
    }
}

/// What opens a session is over when a request of it is made.
fn at_a_request(cx: &Context<'_>, parameter: &Parameter<'_>, step: &Computed<'_>) {
    for (value, template) in values(cx, step) {
        if matches!(value.parts(), ("request" | "data", Some(_))) {
            let message = format!("`{{{}}}` is known while a session is opened, and no later", value.name);
            cx.add(
                fault(value.span(template, cx.sources), message)
                    .label("not known when a request is made")
                    .related(parameter.member.key.span, "of every request")
                    .expected("a field of the session that keeps it, and `{session.…}` here"),
            );
        }
    }
}

/// A server reads what stands in a text that is sent.
fn taken_apart<'a>(
    cx: &Context<'a>,
    parameter: &Parameter<'_>,
    step: &Computed<'a>,
    seen: &mut HashSet<&'a str>,
) {
    if step.algorithm.is_some() || !seen.insert(step.key.value) {
        return;
    }
    let Some(text) = step.text else { return };
    let pieces = pieces(text.value).unwrap_or_default();
    for pair in pieces.windows(2) {
        if let [Piece::Value(one), Piece::Value(next)] = pair {
            let message =
                format!("nobody can tell where `{{{}}}` ends and `{{{}}}` begins", one.name, next.name);
            cx.add(
                Fault::new(Code::Template, next.span(text, cx.sources), message)
                    .label("right behind the other one")
                    .related(
                        parameter.member.key.span,
                        "sent as it is, so that a server has to take it apart",
                    )
                    .expected("a text between them"),
            );
        }
    }
    for piece in &pieces {
        if let Piece::Value(value) = piece
            && let Some(inner) = cx.protocol().computed(value.name)
        {
            taken_apart(cx, parameter, inner, seen);
        }
    }
}

/// A key is not sent as well.
fn sent_key(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let of_client = parameter.from.is_some_and(|from| from.value == Provider::Client);
    let kept = parameter.member.location.is_some_and(|one| one.value == ParameterLocation::Computed);
    let secret = parameter.member.secret.is_some_and(|secret| secret.value);
    if !of_client || kept || !secret {
        return;
    }
    let steps = cx.protocol().computed.iter();
    let keys = steps.flat_map(|step| step.keys.iter().flat_map(|keys| keys.value.iter().copied()));
    let mut used = keys.flat_map(|key| placeholders(key.value).map(move |value| (key, value)));
    let named = |value: &Placeholder<'_>| {
        let (group, name) = value.parts();
        group == "client" && name.is_some_and(|name| parameter.is_named(name))
    };
    if let Some((key, value)) = used.find(|(_, value)| named(value)) {
        let name = parameter.member.key.value;
        cx.add(
            Fault::new(
                Code::SecretSent,
                parameter.member.key.span,
                format!("`{name}` signs, and is sent as well"),
            )
            .label("is in every request")
            .related(value.span(key, cx.sources), "a key")
            .expected("`in = \"computed\"` beside it, which keeps it back"),
        );
    }
}

/// What is carried by computed values only is in one.
fn made_of(cx: &Context<'_>, parameter: &Parameter<'_>) {
    let Some(location) = parameter.member.location.filter(|one| one.value == ParameterLocation::Computed)
    else {
        return;
    };
    let name = parameter.member.key.value;
    let steps = &cx.protocol().computed;
    let named = |value: Placeholder<'_>| matches!(value.parts(), ("client" | "parameter" | "session", Some(one)) if parameter.is_named(one));
    let in_text = steps.iter().flat_map(Computed::templates).any(|text| placeholders(text.value).any(named));
    let secret = parameter.member.secret.is_some_and(|secret| secret.value)
        && parameter.from.is_some_and(|from| from.value == Provider::Client);
    let listed = steps
        .iter()
        .any(|step| step.pairs.iter().flatten().any(|source| source.value == PairSource::Computed));
    if !in_text && (secret || !listed) {
        cx.add(
            Fault::new(Code::Unused, location.span, format!("no computed value is made of `{name}`"))
                .label("is never sent")
                .related(parameter.member.key.span, "this parameter")
                .expected(format!("`{{client.{name}}}` or `{{parameter.{name}}}` in a computed value")),
        );
    }
}

/// What is made of the body needs it whole: files and rows are read while they are sent.
pub(super) fn whole_bodies(cx: &Context<'_>) {
    for (group, operation) in cx.operations() {
        let files =
            operation.request.iter().find(|member| member.kind.is_some_and(|kind| kind.value == "file"));
        let rows = operation.carried().iter().find(|member| member.rows.is_some());
        let Some(streamed) = files.or(rows) else { continue };
        let carriers = cx.protocol().parameters.iter().filter(|one| one.goes_with(&group.name));
        for (parameter, step) in carriers.filter_map(|one| Some((one, carried(cx, one)?))) {
            let body =
                |(value, _): &(Placeholder<'_>, Text<'_>)| matches!(value.name, "body" | "body-length");
            let signed = operation.signed.is_some() || !of_session(cx, parameter);
            if let Some((value, template)) = values(cx, step).into_iter().find(body).filter(|_| signed) {
                let message = format!("`{}` sends what is not known before it is sent", operation.key.value);
                cx.add(
                    fault(streamed.key.span, message)
                        .label("read while it is sent")
                        .related(value.span(template, cx.sources), "needs the body before")
                        .expected(
                            "`groups` or `except-groups` of the parameter that leave this operation out",
                        ),
                );
            }
        }
    }
}
