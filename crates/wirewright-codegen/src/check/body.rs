//! What a request carries beside its parameters: that the protocol says how, and that there is a method that can.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, HttpMethod, Method, Placement};
use crate::read::tree::Operation;
use crate::source::{At, Span};

pub(super) fn check(cx: &Context<'_>) {
    words(cx);
    for (_, operation) in cx.operations() {
        if let Some(body) = &operation.body {
            document(cx, operation, body.span);
        }
    }
}

/// What `[body]` says for its format, and what it does not.
fn words(cx: &Context<'_>) {
    let Some(body) = &cx.protocol().body else { return };
    if body.format.value == FormatKind::Xml {
        if body.root.is_none() {
            cx.add(
                Fault::new(Code::MissingKey, body.span, "a body in XML needs `root`")
                    .label("`root` is missing")
                    .expected("`root`, a text in quotes: the name of the root element"),
            );
        }
        return;
    }
    let said = [
        ("namespace", body.namespace.map(|text| text.span)),
        ("declaration", body.declaration.map(|flag| flag.span)),
    ];
    for (word, span) in said {
        let Some(span) = span else { continue };
        cx.add(
            Fault::new(Code::Meaningless, span, format!("`{word}` is a word of XML"))
                .label("without meaning here")
                .related(body.format.span, "the body's format")
                .help(format!("remove `{word}`")),
        );
    }
}

fn document(cx: &Context<'_>, operation: &Operation<'_>, span: Span) {
    let name = operation.key.value;
    if cx.protocol().body.is_none() {
        cx.add(
            Fault::new(
                Code::RequestBody,
                span,
                format!("`{name}` has a body, and nothing says how it is written"),
            )
            .label("there is no `[body]`")
            .expected("a table `[body]` in `protocol.toml`, as in `body = { root = \"in\" }`"),
        );
        return;
    }
    if operation.carried().is_empty() {
        cx.add(
            Fault::new(Code::Empty, span, format!("the body of `{name}` has no member"))
                .label("empty")
                .expected("at least one member"),
        );
    }
    for method in &operation.methods.as_ref().unwrap_or(&cx.protocol().methods).value {
        if let Some(why) = unfit(*method) {
            cx.add(
                Fault::new(Code::RequestBody, span, format!("`{name}` has a body, and {why}"))
                    .label("cannot be sent")
                    .related(method.span, "by this method")
                    .expected(
                        "`methods = { POST = \"query\" }`, the operation's, the group's or the protocol's",
                    ),
            );
        }
    }
}

/// Why a document cannot be sent by this method.
fn unfit(method: At<Method>) -> Option<&'static str> {
    match (method.value.verb, method.value.placement) {
        (HttpMethod::Get, _) => Some("a GET request has none"),
        (HttpMethod::Delete, _) => Some("a DELETE request has none"),
        (_, Placement::Form | Placement::FormOrQuery) => Some("a form is one already"),
        (HttpMethod::Post | HttpMethod::Put, Placement::Query) => None,
    }
}
