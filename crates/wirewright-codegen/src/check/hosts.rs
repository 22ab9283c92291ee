//! Parameters in hosts: that an endpoint has a place for each of them, and that each place is filled.

use std::collections::HashSet;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::FormatKind;
use crate::read::tree::{Parameter, ParameterLocation, Provider};
use crate::rules::placeholder;
use crate::source::{Span, Text};

/// Who can fill in a part of a host, which is known before anything else of a request.
pub(super) const FILLING: &[Provider] =
    &[Provider::Client, Provider::Call, Provider::Session, Provider::Operation, Provider::Constant];

/// A label of a host, RFC 1123 section 2.1, with the underscore that many vendors have.
pub(super) fn is_label(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=63).contains(&text.len()) && text.bytes().all(sign) && !text.starts_with('-') && !text.ends_with('-')
}

fn placeholders(endpoint: &str) -> impl Iterator<Item = &str> {
    let host = endpoint.split_once("://").map_or("", |(_, host)| host);
    host.split([':', '/']).next().unwrap_or_default().split('.').filter_map(placeholder)
}

pub(super) fn in_host(parameter: &Parameter<'_>) -> bool {
    parameter.member.location.is_some_and(|location| location.value == ParameterLocation::Host)
}

fn name<'a>(parameter: &Parameter<'a>) -> &'a str {
    parameter.member.wire(FormatKind::Query).value
}

/// Every name in braces is a parameter, and every parameter has braces.
pub(super) fn check(cx: &Context<'_>, endpoints: &[Text<'_>]) {
    let parameters = || cx.protocol().parameters.iter().filter(|parameter| in_host(parameter));
    let names: Vec<&str> = parameters().map(name).collect();
    let filled: HashSet<&str> = names.iter().copied().collect();
    let places: HashSet<&str> = endpoints.iter().flat_map(|endpoint| placeholders(endpoint.value)).collect();
    for endpoint in endpoints {
        for unknown in placeholders(endpoint.value).filter(|one| !filled.contains(one)) {
            cx.add(
                Fault::new(
                    Code::UnknownReference,
                    endpoint.span,
                    format!("no parameter fills `{{{unknown}}}`"),
                )
                .label("has a place for it")
                .expected("a parameter of this name with `in = \"host\"`")
                .did_you_mean(cx.report, unknown, names.iter().copied()),
            );
        }
    }
    for parameter in parameters() {
        let name = name(parameter);
        if !places.contains(name) {
            cx.add(
                Fault::new(
                    Code::Provision,
                    parameter.member.key.span,
                    format!("no endpoint has a place for `{name}`"),
                )
                .label("cannot be in a host")
                .expected(format!(
                    "`{{{name}}}` as a label of an endpoint, as in `https://{{{name}}}.example.com`"
                )),
            );
        }
    }
}

/// A part of a host is known, and always there.
pub(super) fn parameter(cx: &Context<'_>, parameter: &Parameter<'_>, span: Span) {
    let name = parameter.member.wire(FormatKind::Query);
    if !is_label(name.value) {
        cx.add(
            Fault::new(Code::WireName, name.span, format!("`{}` cannot be named in a host", name.value))
                .label("not a label of a host")
                .expected("letters, digits, `-` and `_`, at most 63 of them"),
        );
    }
    let Some(from) = parameter.from else { return };
    let optional = matches!(from.value, Provider::Client | Provider::Call) && !parameter.member.required();
    if optional || !FILLING.contains(&from.value) {
        let (label, expected) = if optional {
            ("may be left out", "`required = true` beside it")
        } else {
            ("is no part of a host", "`client`, `call`, `session`, `operation` or `constant`")
        };
        cx.add(
            Fault::new(
                Code::Misplaced,
                span,
                format!("`{}` cannot be in a host", parameter.member.key.value),
            )
            .label(label)
            .expected(expected),
        );
    }
    if parameter.groups.is_some() || parameter.except_groups.is_some() {
        cx.add(
            Fault::new(Code::Meaningless, span, "a part of the host goes with every group")
                .label("only goes with some")
                .help("remove `groups` and `except-groups`"),
        );
    }
}
