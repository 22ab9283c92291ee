//! Things that must have content.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::TypeKind;
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let empty = |span: Span, message: String, expected: &str| {
        cx.add(Fault::new(Code::Empty, span, message).label("empty").expected(expected));
    };
    // A table that is missing was reported as such, and is at the file's place.
    if protocol.methods.value.is_empty() && protocol.methods.span != protocol.span {
        empty(protocol.methods.span, "no method is offered".to_owned(), "`POST = \"form\"`, for instance");
    }
    if protocol.formats.value.is_empty() && protocol.formats.span != protocol.span {
        empty(protocol.formats.span, "no format is offered".to_owned(), "a format, as in `[formats.xml]`");
    }
    for group in cx.definition.groups.iter().filter(|group| group.operations.is_empty()) {
        empty(
            group.span,
            format!("the group `{}` has no operation", group.name),
            "a table for each operation",
        );
    }
    for (_, operation) in cx.operations() {
        if let Some(methods) = operation.methods.as_ref().filter(|methods| methods.value.is_empty()) {
            empty(
                methods.span,
                format!("`{}` takes no method", operation.key.value),
                "one of the protocol's methods",
            );
        }
        if let Some(formats) = operation.formats.as_ref().filter(|formats| formats.value.is_empty()) {
            empty(
                formats.span,
                format!("`{}` answers in no format", operation.key.value),
                "one of the protocol's formats",
            );
        }
    }
    for kind in &cx.definition.types {
        let (missing, expected) = match &kind.kind {
            Some(TypeKind::Enumeration(values)) if values.is_empty() => ("values", "at least one value"),
            Some(TypeKind::Structure(members)) if members.is_empty() => ("members", "at least one member"),
            Some(TypeKind::Union(variants)) if variants.is_empty() => ("variants", "at least one variant"),
            Some(TypeKind::DateTime(_, formats)) if formats.is_empty() => {
                ("formats", "at least one strftime format")
            }
            _ => continue,
        };
        empty(kind.key.span, format!("the type `{}` has no {missing}", kind.key.value), expected);
    }
    for session in protocol.sessions.iter().filter(|session| session.fields.is_empty()) {
        if let Some(opens) = session.opens {
            let expected = format!("a field in `[{}.fields]`", session.table());
            empty(opens.span, "the session keeps nothing".to_owned(), &expected);
        }
    }
}
