//! The values that a member may have: its range, and samples of it.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Member, Scalar, TypeKind};
use crate::rules::{fits_form, is_moment};
use crate::source::{At, Span};

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        let kind = member.kind.map(|kind| kind.value);
        let numeric = matches!(kind, Some("integer" | "number"));
        let plain = member.flatten.is_none() && !matches!(kind, Some("any" | "file" | "bytes"));
        let kind_of = cx.scope.kind(member.kind);
        let compound = matches!(kind_of, Some(TypeKind::Structure(_) | TypeKind::Union(_)));
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
        if let (Some(default), Some((least, most))) = (member.default, range)
            && !number(kind, default.value).is_some_and(|number| (least..=most).contains(&number))
        {
            cx.add(never(member, default.span, default.value).expected("a number of its type, in its range"));
        }
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
                cx.add(never(member, sample.span, text).expected("a number of its type, in its range"));
            } else if text.is_empty() && member.empty_is_absent.is_some()
                || member.absent.iter().any(|absent| absent.value == text)
            {
                cx.add(
                    never(member, sample.span, text).expected("a text that does not mean that it is absent"),
                );
            } else if let Some(TypeKind::Enumeration(values)) = kind_of
                && !values
                    .iter()
                    .any(|one| [one.key].iter().chain(&one.also).any(|known| known.value == text))
            {
                cx.add(never(member, sample.span, text).expected("one of the type's values"));
            } else if let Some(TypeKind::DateTime(moment, formats)) = kind_of
                && !formats.iter().any(|format| is_moment(*moment, format.value, text))
            {
                let known: Vec<_> = formats.iter().map(|format| format!("`{}`", format.value)).collect();
                cx.add(
                    never(member, sample.span, text).expected(format!("a moment as {}", known.join(" or "))),
                );
            } else if matches!(kind_of, Some(TypeKind::Epoch(_))) && number(None, text).is_none() {
                cx.add(never(member, sample.span, text).expected("a moment as a number"));
            } else if let Some(forms) = cx.scope.defined(member.kind).and_then(|kind| kind.forms.as_ref())
                && !forms.value.iter().any(|form| fits_form(form.value, text))
            {
                let known: Vec<_> = forms.value.iter().map(|form| format!("`{}`", form.value)).collect();
                cx.add(
                    never(member, sample.span, text).expected(format!("a text as {}", known.join(" or "))),
                );
            }
        }
    }
}

/// A text that `member` never has.
fn never(member: &Member<'_>, span: Span, text: &str) -> Fault {
    let name = member.key.value;
    Fault::new(Code::Spelling, span, format!("`{text}` is never the value of `{name}`"))
        .label("no value of it")
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
                .expected("two numbers of its type, the lesser one first, as in `[1, 5]`; one with a point is in quotes"),
        );
    }
    found
}
