//! That each type is one thing, and its words are those of that thing.

use std::collections::HashMap;

use super::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Type, TypeKind};
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    for kind in &cx.definition.types {
        one_thing(cx, kind);
        let union = matches!(kind.kind, Some(TypeKind::Union(_)));
        for word in [kind.tag, kind.content].into_iter().flatten().filter(|_| !union && kind.kind.is_some()) {
            cx.add(
                Fault::new(Code::Contradiction, word.span, format!("`{}` is no union", kind.key.value))
                    .label("a member of a union")
                    .expected("`variants` beside it"),
            );
        }
        if let (None, Some(content), true) = (kind.tag, kind.content, union) {
            cx.add(
                Fault::new(Code::MissingKey, content.span, "a union with `content` needs `tag`")
                    .label("`tag` is missing")
                    .expected("`tag`, the member that tells the variants apart"),
            );
        }
        if let Some(TypeKind::Enumeration(values)) = &kind.kind {
            spellings(
                cx,
                values.iter().flat_map(|value| std::iter::once(value.key).chain(value.also.iter().copied())),
            );
        }
    }
}

fn one_thing(cx: &Context<'_>, kind: &Type<'_>) {
    let expected = "one of `values`, `members`, `variants`, `datetime` and `text = true`";
    match kind.said.as_slice() {
        [] => cx.add(
            Fault::new(
                Code::TypeKind,
                kind.key.span,
                format!("the type `{}` does not say what it is", kind.key.value),
            )
            .label("neither structure nor anything else")
            .expected(expected),
        ),
        [first, second, ..] => cx.add(
            Fault::new(
                Code::TypeKind,
                second.span,
                format!("the type `{}` is two things at once", kind.key.value),
            )
            .label("the second one")
            .related(first.span, "the first one")
            .expected(expected),
        ),
        [_] => {}
    }
}

/// Each text means one value.
fn spellings<'a>(cx: &Context<'_>, texts: impl Iterator<Item = Text<'a>>) {
    let mut seen: HashMap<&str, Text<'_>> = HashMap::new();
    for text in texts {
        if let Some(first) = seen.insert(text.value, text) {
            cx.add(
                Fault::new(Code::WireClash, text.span, format!("`{}` means two values", text.value))
                    .label("the second one")
                    .related(first.span, "the first one")
                    .expected("each text once"),
            );
        }
    }
}
