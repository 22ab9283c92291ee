//! That each type is one thing, and its words are those of that thing.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::EpochUnit;
use crate::read::tree::{Type, TypeKind};
use crate::rules::epoch_start;
use crate::source::{Span, Text};

pub(super) fn check(cx: &Context<'_>) {
    for kind in &cx.definition.types {
        one_thing(cx, kind);
        let union = matches!(kind.kind, Some(TypeKind::Union(_)));
        for word in [kind.tag, kind.content].into_iter().flatten().filter(|_| !union && kind.kind.is_some()) {
            cx.add(
                Fault::new(Code::Meaningless, word.span, format!("`{}` is no union", kind.key.value))
                    .label("a member of a union")
                    .expected("`variants` beside it"),
            );
        }
        modifiers(cx, kind);
        if let (None, Some(content), true) = (kind.tag, kind.content, union) {
            cx.add(
                Fault::new(Code::MissingKey, content.span, "a union with `content` needs `tag`")
                    .label("`tag` is missing")
                    .expected("`tag`, the member that tells the variants apart"),
            );
        }
        if let (Some(tag), Some(content)) = (kind.tag, kind.content)
            && tag.value == content.value
        {
            cx.add(
                Fault::new(Code::Contradiction, content.span, "a union's tag and content have one name")
                    .label("the same name")
                    .related(tag.span, "the tag")
                    .expected(
                        "two names: one member tells the variants apart, and another holds the content",
                    ),
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

/// Words that say more about one kind of type.
fn modifiers(cx: &Context<'_>, kind: &Type<'_>) {
    let alone = |span: Span, what: &str, beside: &str| {
        cx.add(
            Fault::new(Code::Meaningless, span, format!("`{}` is no {what}", kind.key.value))
                .label(format!("of {what}s only"))
                .expected(format!("`{beside}` beside it")),
        );
    };
    let spelling = |text: &Text<'_>, message: String, expected: &str| {
        cx.add(Fault::new(Code::Spelling, text.span, message).label("not so spelled").expected(expected));
    };
    match (&kind.forms, &kind.kind) {
        (Some(forms), Some(TypeKind::Text)) => {
            if forms.value.is_empty() {
                cx.add(
                    Fault::new(Code::Empty, forms.span, format!("`{}` has no forms", kind.key.value))
                        .label("empty")
                        .expected("at least one form, as in `\"000-0000\"`"),
                );
            }
            // What `\\` makes stand for itself has to be there.
            for form in forms.value.iter().filter(|form| form.value.is_empty() || ends_escaping(form.value)) {
                spelling(
                    form,
                    format!("`{}` is no form", form.value),
                    "signs, of which `0` is a digit, `a` a letter and `*` either, and one behind each `\\`",
                );
            }
        }
        (Some(forms), Some(_)) => alone(forms.span, "text", "text = true"),
        _ => {}
    }
    epoch(cx, kind, alone);
    separators(cx, kind, alone);
    match (kind.number, &kind.kind) {
        (Some(_), Some(TypeKind::Enumeration(values))) => {
            let integer = |text: &str| text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
            for value in values.iter().filter(|value| !integer(value.key.value)) {
                spelling(
                    &value.key,
                    format!("`{}` is no number", value.key.value),
                    "an integer's digits, as each value of an enumeration of numbers",
                );
            }
        }
        (Some(number), Some(_)) => alone(number, "enumeration", "values"),
        _ => {}
    }
}

/// Since when a moment is counted, and how.
fn epoch(cx: &Context<'_>, kind: &Type<'_>, alone: impl Fn(Span, &str, &str)) {
    let Some(TypeKind::Epoch(start)) = &kind.kind else {
        let said = [kind.unit.map(|unit| unit.span), kind.decimals.map(|decimals| decimals.span)];
        for span in said.into_iter().flatten().filter(|_| kind.kind.is_some()) {
            alone(span, "counted moment", "epoch");
        }
        return;
    };
    if epoch_start(start.value).is_none() {
        cx.add(
            Fault::new(
                Code::Spelling,
                start.span,
                format!("`{}` is no day, and no moment in UTC", start.value),
            )
            .label("not so spelled")
            .expected("a day, `1970-01-01`, or a moment of whole seconds in UTC, `2001-01-01T12:00:00Z`"),
        );
    }
    let unit = kind.unit.map_or(EpochUnit::Seconds, |unit| unit.value);
    // What is behind so many of them is less than a nanosecond.
    let most = unit.nanoseconds().ilog10() as usize;
    if let Some(decimals) = kind.decimals.filter(|decimals| decimals.value > most) {
        let message = format!("`{}` counts in nothing as small as that", kind.key.value);
        cx.add(
            Fault::new(Code::Spelling, decimals.span, message)
                .label("less than a nanosecond")
                .expected(format!("at most {most} decimals")),
        );
    }
}

/// What is between the cells and the lines of a table.
fn separators(cx: &Context<'_>, kind: &Type<'_>, alone: impl Fn(Span, &str, &str)) {
    let Some(TypeKind::Separated(cells)) = &kind.kind else {
        if let Some(lines) = kind.lines.filter(|_| kind.kind.is_some()) {
            alone(lines.span, "separated text", "separated");
        }
        return;
    };
    for separator in [Some(*cells), kind.lines].into_iter().flatten() {
        if separator.value.is_empty() || separator.value.contains('"') {
            cx.add(
                Fault::new(
                    Code::Spelling,
                    separator.span,
                    format!("`{}` separates nothing", separator.value),
                )
                .label("no separator")
                .expected("a text without a double quote, which a cell may be in"),
            );
        }
    }
    let lines = kind.lines.map_or("\n", |lines| lines.value);
    let one_in_other = cells.value.contains(lines) || lines.contains(cells.value);
    if one_in_other && !cells.value.is_empty() && !lines.is_empty() {
        let fault = Fault::new(Code::Contradiction, cells.span, "cells are separated as lines are")
            .label("the cells");
        let fault = match kind.lines {
            Some(lines) => fault.related(lines.span, "the lines"),
            None => fault,
        };
        cx.add(fault.expected("two texts, neither of which is in the other"));
    }
}

fn ends_escaping(form: &str) -> bool {
    form.chars().rev().take_while(|sign| *sign == '\\').count() % 2 == 1
}

fn one_thing(cx: &Context<'_>, kind: &Type<'_>) {
    let expected = "one of `values`, `members`, `variants`, `datetime`, `date`, `time`, `epoch`, `separated` and `text = true`";
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
