//! What is meant by a member that is absent.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{EnumerationValue, Member, TypeKind};
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    // The values of each enumeration, by the name of the type.
    let mut known: HashMap<&str, HashSet<&str>> = HashMap::new();
    for member in cx.members() {
        let Some(default) = member.default else { continue };
        if never_used(cx, member, default) {
            continue;
        }
        let expected = match (member.kind.map(|kind| kind.value), cx.scope.kind(member.kind)) {
            (Some("integer"), _) => (!is_integer(default.value)).then(|| "an integer's digits".to_owned()),
            (Some("number"), _) => {
                let finite = default.value.parse().is_ok_and(f64::is_finite);
                (!finite).then(|| "a number, as in `1.5`".to_owned())
            }
            (Some("boolean"), _) => {
                let (yes, no) = match &member.boolean {
                    Some(boolean) => {
                        (boolean.value.0.as_str(), boolean.value.1.as_deref().unwrap_or_default())
                    }
                    None => ("true", "false"),
                };
                (default.value != yes && default.value != no).then(|| format!("`{yes}` or `{no}`"))
            }
            (Some(name), Some(TypeKind::Enumeration(values))) => {
                let known = known.entry(name).or_insert_with(|| texts(values).collect());
                (!known.contains(default.value)).then(|| "a value of the enumeration".to_owned())
            }
            _ => None,
        };
        if let Some(expected) = expected {
            let message = format!("`{}` is never the value of `{}`", default.value, member.key.value);
            cx.add(
                Fault::new(Code::Spelling, default.span, message).label("of another type").expected(expected),
            );
        }
    }
}

fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

/// The texts that an enumeration's values have.
fn texts<'a>(values: &'a [EnumerationValue<'a>]) -> impl Iterator<Item = &'a str> {
    values.iter().flat_map(|value| std::iter::once(&value.key).chain(&value.also)).map(|text| text.value)
}

/// Reports a default that no one could ask for.
fn never_used(cx: &Context<'_>, member: &Member<'_>, default: Text<'_>) -> bool {
    let fault = |message: &str, label: &str| {
        Fault::new(Code::Default, default.span, message)
            .label(label)
            .expected("`default` beside one optional text, number, boolean or value of an enumeration")
    };
    let plain = match member.kind.map(|kind| kind.value) {
        Some("bytes" | "any" | "file") => false,
        _ => cx.scope.kind(member.kind).is_none_or(|kind| matches!(kind, TypeKind::Enumeration(_))),
    };
    let presence = member.boolean.as_ref().is_some_and(|boolean| boolean.value.1.is_none());
    if let Some(required) = member.required.filter(|required| required.value) {
        let message = "a required member is never absent";
        cx.add(fault(message, "never meant").related(required.span, "always there"));
    } else if !member.once() || member.flatten.is_some() {
        cx.add(fault("one value cannot stand for several", "of a list, a map or a flattened structure"));
    } else if let Some(secret) = member.secret.filter(|secret| secret.value) {
        cx.add(fault("what everybody knows is no secret", "known").related(secret.span, "a secret"));
    } else if !plain {
        cx.add(fault("a value of this type cannot be a default", "of another type"));
    } else if presence {
        cx.add(fault("an absent member says `false` already", "says something else"));
    } else {
        return false;
    }
    true
}
