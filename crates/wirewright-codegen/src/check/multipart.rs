//! Multipart requests: that there is a method that can carry them, and that files are in them only.

use std::ptr;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{HttpMethod, Placement, Repeat};
use crate::read::tree::{Member, Operation};
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    for (_, operation) in cx.operations() {
        if let Some(multipart) = operation.multipart {
            request(cx, operation, multipart);
        }
    }
    let multipart = cx.operations().filter(|(_, operation)| operation.multipart.is_some());
    let in_multipart: Vec<&Member<'_>> = multipart.flat_map(|(_, operation)| &operation.request).collect();
    for member in cx.members() {
        let Some(kind) = member.kind.filter(|kind| kind.value == "file") else { continue };
        if in_multipart.iter().any(|known| ptr::eq(*known, member)) {
            words(cx, member);
        } else {
            cx.add(
                fault(kind.span, format!("`{}` is a file, and in no multipart request", member.key.value))
                    .label("cannot be sent here")
                    .expected("`file` among the parameters of an operation that says `multipart = true`"),
            );
        }
    }
}

fn fault(span: Span, message: impl Into<String>) -> Fault {
    Fault::new(Code::Multipart, span, message)
}

/// What the operation says beside `multipart`.
fn request(cx: &Context<'_>, operation: &Operation<'_>, multipart: Span) {
    let name = operation.key.value;
    for method in &operation.methods.as_ref().unwrap_or(&cx.protocol().methods).value {
        let why = match (method.value.verb, method.value.placement) {
            (HttpMethod::Post | HttpMethod::Put, Placement::Form | Placement::FormOrQuery) => continue,
            (HttpMethod::Post | HttpMethod::Put, Placement::Query) => "the parameters are in the URL",
            (HttpMethod::Get, _) => "a GET request has no body",
            (HttpMethod::Delete, _) => "a DELETE request has no body",
        };
        cx.add(
            fault(multipart, format!("`{name}` is multipart, and {why}"))
                .label("cannot be sent")
                .related(method.span, "by this method")
                .expected("`methods = { POST = \"form\" }`, the operation's, the group's or the protocol's"),
        );
    }
    if let Some(body) = &operation.body {
        cx.add(
            fault(multipart, format!("`{name}` is multipart, and has a body"))
                .label("is a body already")
                .related(body.span, "another one")
                .expected("either `multipart` or `body`"),
        );
    }
    if let Some(signed) = operation.signed {
        cx.add(
            fault(signed, format!("`{name}` is signed, and nothing says what of a multipart request is"))
                .label("what is signed is open")
                .related(multipart, "multipart")
                .expected("either `multipart` or `signed`"),
        );
    }
    for (word, _) in operation.examples.iter().flat_map(|example| &example.requests) {
        cx.add(
            fault(word.span, format!("`{name}` is multipart, and the example's request is not"))
                .label("another form")
                .related(multipart, "multipart")
                .expected("an example that shows the reply alone"),
        );
    }
}

/// The words of a file.
fn words(cx: &Context<'_>, member: &Member<'_>) {
    let layout = member.list.as_ref().filter(|list| {
        !matches!(
            list.value,
            Repeat::List {
                item: None,
                joined: None,
                numbered: None,
                columns: false,
                always: false,
                optional: false
            }
        )
    });
    let said = [
        ("secret", member.secret.filter(|secret| secret.value).map(|secret| secret.span)),
        ("attribute", member.attribute),
        ("text", member.text),
        ("flatten", member.flatten),
        ("list", layout.map(|list| list.span)),
        ("map", member.map.as_ref().map(|map| map.span)),
        ("boolean", member.boolean.as_ref().map(|boolean| boolean.span)),
        ("empty-is-absent", member.empty_is_absent),
        ("absent", member.absent.first().map(|absent| absent.span)),
        ("namespace", member.namespace.map(|namespace| namespace.span)),
        ("whole", member.whole),
        ("also", member.also.first().map(|also| also.span)),
        ("default", member.default.map(|default| default.span)),
        ("xml", member.xml.map(|name| name.span)),
        ("json", member.json.map(|name| name.span)),
    ];
    for (word, span) in said {
        let Some(span) = span else { continue };
        cx.add(
            fault(span, format!("`{word}` says nothing about the file `{}`", member.key.value))
                .label("without meaning here")
                .expected("`required`, `name`, `query` and `list = true`, where there may be several")
                .help(format!("remove `{word}`")),
        );
    }
}
