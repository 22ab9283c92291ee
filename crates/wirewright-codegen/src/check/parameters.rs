//! The common parameters: that something fills each of them in.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Role};
use crate::read::tree::{Parameter, ParameterLocation, Provider};
use crate::source::Span;
use crate::words::{Alternatives as _, Providers};

/// Those that can fill in one parameter only.
const ONCE: &[Provider] = &[Provider::Format, Provider::Callback, Provider::Operation];

pub(super) fn check(cx: &Context<'_>) {
    let mut once: HashMap<&str, Span> = HashMap::new();
    let mut ids = None;
    for parameter in &cx.protocol().parameters {
        let Some(from) = parameter.from else { continue };
        star(cx, parameter, from.value);
        words(cx, parameter, from.value);
        default(cx, parameter, from.value);
        if let Some(span) = parameter.request_id {
            request_id(cx, parameter, from.value, span);
            if let Some(first) = ids.replace(span) {
                cx.add(
                    Fault::new(Code::Provision, span, "two parameters are the id of the request")
                        .label("the second one")
                        .related(first, "the first one")
                        .expected("one parameter for it"),
                );
            }
        }
        if from.value == Provider::Callback && !cx.offers(FormatKind::Json) {
            cx.add(
                Fault::new(Code::Provision, from.span, "only JSON can be wrapped in a callback")
                    .label("JSON is not offered")
                    .related(cx.protocol().formats.span, "what is offered")
                    .help("add `json` to the formats, or remove the parameter"),
            );
        }
        if ONCE.contains(&from.value)
            && let Some(first) = once.insert(word(from.value), from.span)
        {
            cx.add(
                Fault::new(
                    Code::Provision,
                    from.span,
                    format!("two parameters tell the {}", word(from.value)),
                )
                .label("the second one")
                .related(first, "the first one")
                .expected("one parameter for it"),
            );
        }
    }
}

/// Those of which something is meant that is left out.
const DEFAULTED: &[Provider] = &[Provider::Client, Provider::Call, Provider::Format, Provider::Constant];

fn word(provider: Provider) -> &'static str {
    Providers::word(&provider).unwrap_or_default()
}

fn star(cx: &Context<'_>, parameter: &Parameter<'_>, from: Provider) {
    let key = parameter.member.key;
    if (key.value == "*") != (from == Provider::Request) {
        let fault =
            Fault::new(Code::Provision, key.span, "`*` is the place of the operation's own parameters");
        cx.add(if key.value == "*" {
            fault
                .label("stands for nothing else")
                .expected("`from = \"request\"`, or the name of a parameter")
        } else {
            fault
                .label("`from = \"request\"` needs the name `*`")
                .help("write `\"*\" = { from = \"request\" }`")
        });
    }
}

fn words(cx: &Context<'_>, parameter: &Parameter<'_>, from: Provider) {
    let key = parameter.member.key;
    if from == Provider::Constant && parameter.value.is_none() {
        cx.add(
            Fault::new(Code::MissingKey, key.span, "a constant needs `value`")
                .label("`value` is missing")
                .expected("`value`, a text in quotes: what it always says"),
        );
    }
    let accepts = parameter.accepts.as_ref().and_then(|accepts| accepts.value.first().copied());
    let said: [(_, _, &[_]); 4] = [
        ("value", parameter.value, &[Provider::Constant]),
        ("accepts", accepts, &[Provider::Constant]),
        ("default", parameter.member.default, DEFAULTED),
        ("field", parameter.field, &[Provider::Session, Provider::Client, Provider::Computed]),
    ];
    for (said, text, providers) in said {
        if let Some(text) = text.filter(|_| !providers.contains(&from)) {
            cx.add(
                Fault::new(
                    Code::Meaningless,
                    text.span,
                    format!("`{said}` says nothing about this parameter"),
                )
                .label("without meaning here")
                .expected(beside(providers)),
            );
        }
    }
}

/// What is meant by a format or a constant that is left out.
fn default(cx: &Context<'_>, parameter: &Parameter<'_>, from: Provider) {
    let Some(default) = parameter.member.default else { return };
    let formats = || cx.protocol().formats.value.iter().filter_map(|format| format.value);
    let (fits, expected) = match from {
        Provider::Format => {
            (formats().any(|value| value.value == default.value), "the `value` of one of the formats")
        }
        Provider::Constant => {
            (parameter.value.is_none_or(|value| value.value == default.value), "the constant's `value`")
        }
        _ => return,
    };
    if !fits {
        cx.add(
            Fault::new(
                Code::UnknownReference,
                default.span,
                format!("`{}` is never meant by it", default.value),
            )
            .label("nothing that it says")
            .expected(expected)
            .did_you_mean(cx.report, default.value, formats().map(|value| value.value)),
        );
    }
}

/// What would give a word a meaning.
pub(super) fn beside(providers: &[Provider]) -> String {
    let words: Vec<String> = providers.iter().map(|one| format!("`from = \"{}\"`", word(*one))).collect();
    format!("{} beside it", words.join(" or "))
}

/// The id of a request comes with the call, is a plain text, and is echoed.
fn request_id(cx: &Context<'_>, parameter: &Parameter<'_>, from: Provider, span: Span) {
    let member = &parameter.member;
    if from != Provider::Call {
        cx.add(
            Fault::new(Code::Meaningless, span, "`is` says nothing about this parameter")
                .label("without meaning here")
                .expected(format!("`from = \"{}\"` beside it", word(Provider::Call))),
        );
        return;
    }
    let text = member.kind.is_none_or(|kind| kind.value == "string");
    let secret = member.secret.is_some_and(|secret| secret.value);
    if !text || !member.once() || member.flatten.is_some() || secret {
        cx.add(
            Fault::new(Code::Misplaced, span, format!("`{}` cannot be an id", member.key.value))
                .label("is not one text")
                .expected("a string that is neither a list, a map nor a secret"),
        );
    }
    if let Some(host) = member.location.filter(|location| location.value == ParameterLocation::Host) {
        cx.add(
            Fault::new(Code::Misplaced, host.span, "the ID of a request cannot be in a host")
                .label("is another one for each request")
                .expected("`parameters`, `header` or `cookie`"),
        );
    }
    let envelope = &cx.protocol().envelope;
    let echoes = |role: Role| role == Role::RequestId;
    if !envelope.value.iter().any(|member| member.role.is_some_and(|role| echoes(role.value))) {
        cx.add(
            Fault::new(Code::Provision, span, "nothing echoes the id of the request")
                .label("is sent and never comes back")
                .related(envelope.span, "no member with `is = \"request-id\"`")
                .expected("a member of the envelope with `is = \"request-id\"`"),
        );
    }
}
