//! The values that a member may have: its range, and samples of it.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Member, Scalar};
use crate::source::{At, Span};

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        let kind = member.kind.map(|kind| kind.value);
        let numeric = matches!(kind, Some("integer" | "number"));
        let plain = member.flatten.is_none() && !matches!(kind, Some("any" | "file" | "bytes"));
        let compound = matches!(
            cx.scope.kind(member.kind),
            Some(crate::read::tree::TypeKind::Structure(_) | crate::read::tree::TypeKind::Union(_))
        );
        let range = member.range.as_ref().and_then(|range| {
            if !numeric {
                cx.add(without_meaning(
                    range.span,
                    "range",
                    "`type = \"integer\"` or `type = \"number\"` beside it",
                ));
                return None;
            }
            ends(cx, member, range)
        });
        let Some(samples) = &member.samples else { continue };
        if !plain || compound {
            cx.add(without_meaning(
                samples.span,
                "samples",
                "one text, number, boolean, moment or value of an enumeration",
            ));
            continue;
        }
        if samples.value.is_empty() && (member.required() || !member.once()) {
            cx.add(
                Fault::new(Code::Empty, samples.span, "there is no sample")
                    .label("empty")
                    .expected("a value, or a member that may be left out of what is made up"),
            );
        }
        for sample in &samples.value {
            let text = sample.value.text.as_str();
            let fits = !numeric
                || number(kind, text).is_some_and(|number| {
                    range.is_none_or(|(least, most)| number >= least && number <= most)
                });
            if !fits {
                let name = member.key.value;
                cx.add(
                    Fault::new(
                        Code::Spelling,
                        sample.span,
                        format!("`{text}` is never the value of `{name}`"),
                    )
                    .label("no sample of it")
                    .expected("a number of its type, in its range"),
                );
            }
        }
    }
}

fn without_meaning(span: Span, word: &str, expected: &'static str) -> Fault {
    Fault::new(Code::Contradiction, span, format!("`{word}` says nothing about this member"))
        .label("without meaning here")
        .expected(expected)
}

/// A number of this type.
fn number(kind: Option<&str>, text: &str) -> Option<f64> {
    let integer = kind == Some("integer");
    let finite = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    (!integer || text.parse::<i64>().is_ok()).then_some(finite)
}

fn ends(cx: &Context<'_>, member: &Member<'_>, range: &At<Vec<At<Scalar>>>) -> Option<(f64, f64)> {
    let kind = member.kind.map(|kind| kind.value);
    let found = match range.value.as_slice() {
        [least, most] => number(kind, &least.value.text).zip(number(kind, &most.value.text)),
        _ => None,
    };
    let found = found.filter(|(least, most)| least <= most);
    if found.is_none() {
        cx.add(
            Fault::new(Code::Spelling, range.span, "this is no range")
                .label("not a least and a greatest number")
                .expected("two numbers of its type, the lesser one first, as in `[1, 5]`; one with a point stands in quotes"),
        );
    }
    found
}
