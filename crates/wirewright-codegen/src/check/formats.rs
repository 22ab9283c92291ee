//! The formats: which words each of them takes, and that a reply's format can be known.

use super::context::{Context, format_name};
use crate::diagnostic::{Code, Fault};
use crate::model::FormatKind;
use crate::read::tree::{Format, Provider};

pub(super) fn check(cx: &Context<'_>) {
    let chosen = cx.provides(Provider::Format);
    for format in &cx.protocol().formats.value {
        words(cx, format);
        spellings(cx, format);
        if let Some(value) = format.value.filter(|value| value.value.is_empty()) {
            cx.add(
                Fault::new(Code::Empty, value.span, format!("nothing chooses {}", format_name(format.kind)))
                    .label("an empty text")
                    .expected("what the format parameter says to choose it"),
            );
        }
        let default = cx.protocol().parameters.iter().any(|one| {
            one.from.is_some_and(|from| from.value == Provider::Format) && one.member.default.is_some()
        });
        let another = cx.protocol().formats.value.iter().take_while(|other| other.kind != format.kind);
        if chosen
            && format.value.is_none()
            && (default || another.into_iter().any(|other| other.value.is_none()))
        {
            missing(
                cx,
                format,
                "value",
                "what the format parameter says to choose it: one format is that of calls that say nothing, unless the parameter has a `default`",
            );
        }
        if format.kind == FormatKind::Xml && format.root.is_none() {
            missing(cx, format, "root", "the name of the root element");
        }
    }
    for (_, operation) in cx.operations() {
        if let Some(namespace) = operation.namespace.filter(|_| !cx.offers(FormatKind::Xml)) {
            cx.add(
                Fault::new(Code::Meaningless, namespace.span, "`namespace` is a word of XML")
                    .label("without meaning here")
                    .related(cx.protocol().formats.span, "no reply is in XML")
                    .help("remove `namespace`"),
            );
            // A group says it for all of its operations.
            break;
        }
    }
    let several = cx.operations().find(|(_, operation)| match &operation.formats {
        Some(narrowed) => narrowed.value.len() > 1,
        None => cx.protocol().formats.value.len() > 1,
    });
    if let Some((_, operation)) = several.filter(|_| !chosen) {
        cx.add(
            Fault::new(
                Code::Provision,
                cx.protocol().formats.span,
                "nothing tells the vendor which format is wanted",
            )
            .label("several formats")
            .related(operation.key.span, "this operation offers several")
            .expected("a parameter `from = \"format\"`"),
        );
    }
}

fn missing(cx: &Context<'_>, format: &Format<'_>, word: &str, what: &str) {
    cx.add(
        Fault::new(
            Code::MissingKey,
            format.span,
            format!("the format {} needs `{word}`", format_name(format.kind)),
        )
        .label(format!("`{word}` is missing"))
        .expected(what),
    );
}

/// The other values that choose it: each must be one more, and no other format's.
fn spellings(cx: &Context<'_>, format: &Format<'_>) {
    let formats = &cx.protocol().formats.value;
    for (index, also) in format.also.iter().enumerate() {
        if format.value.is_none() && !cx.provides(Provider::Format) {
            cx.add(
                Fault::new(Code::Contradiction, also.span, "another value of a format that has none")
                    .label("without meaning here")
                    .expected("`value` beside it, and a parameter `from = \"format\"`"),
            );
            return;
        }
        if also.value.is_empty() {
            cx.add(
                Fault::new(Code::Empty, also.span, format!("nothing chooses {}", format_name(format.kind)))
                    .label("an empty text")
                    .expected("another text that chooses the format"),
            );
            continue;
        }
        let values = formats.iter().flat_map(|other| {
            let earlier = other.also.iter().enumerate();
            let earlier = earlier.filter(|&(at, _)| other.kind != format.kind || at < index);
            other.value.into_iter().chain(earlier.map(|(_, also)| *also))
        });
        if let Some(taken) = values.into_iter().find(|value| value.value == also.value) {
            cx.add(
                Fault::new(
                    Code::DuplicateKey,
                    also.span,
                    format!("`{}` chooses a format already", also.value),
                )
                .label("the second time")
                .related(taken.span, "the first time")
                .expected("each value once among the formats"),
            );
        }
    }
}

/// Words that mean nothing in this format.
fn words(cx: &Context<'_>, format: &Format<'_>) {
    let said = [
        ("root", format.root.map(|text| text.span), [FormatKind::Xml, FormatKind::Json].as_slice()),
        ("failure-root", format.failure_root.map(|text| text.span), &[FormatKind::Xml, FormatKind::Json]),
        ("namespace", format.namespace.map(|text| text.span), &[FormatKind::Xml]),
        ("declaration", format.declaration.map(|flag| flag.span), &[FormatKind::Xml]),
        ("nested", format.nested.map(|text| text.span), &[FormatKind::Query]),
        ("lines", format.lines.map(|flag| flag.span), &[FormatKind::Query]),
    ];
    for (word, span, formats) in said {
        if let Some(span) = span.filter(|_| !formats.contains(&format.kind)) {
            cx.add(
                Fault::new(
                    Code::Meaningless,
                    span,
                    format!("`{word}` says nothing about {}", format_name(format.kind)),
                )
                .label("without meaning here")
                .help(format!("remove `{word}`")),
            );
        }
    }
}
