//! Lists that are one text: that their items can be told apart again.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::Repeat;
use crate::read::tree::{Member, TypeKind};
use crate::rules::{form_can_hold, samples_of};

const DIGITS: &str = "0123456789";

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        let Some(list) = &member.list else { continue };
        let Repeat::List { joined: Some(joined), .. } = &list.value else { continue };
        // That they are joined by nothing is told elsewhere.
        let Some(item) = with_separator(cx, member, joined).filter(|_| !joined.is_empty()) else { continue };
        cx.add(
            Fault::new(
                Code::Contradiction,
                list.span,
                format!("an item of `{}` may have `{joined}` in it", member.key.value),
            )
            .label(format!("joins items such as `{item}`"))
            .expected("`joined`, a text that is in no item"),
        );
    }
}

/// A text of an item that has the separator in it.
fn with_separator(cx: &Context<'_>, member: &Member<'_>, joined: &str) -> Option<String> {
    let all = |within: &str| joined.chars().all(|sign| within.contains(sign));
    let with = |text: &str| text.contains(joined).then(|| text.to_owned());
    match member.kind.map(|kind| kind.value) {
        None | Some("string" | "any" | "file") => None,
        Some("integer") => all(DIGITS).then(|| joined.to_owned()),
        Some("number") if joined == "." => Some("1.5".to_owned()),
        Some("number") => all(DIGITS).then(|| joined.to_owned()),
        // Base64: RFC 4648, section 4.
        Some("bytes") => {
            let sign = |sign: char| sign.is_ascii_alphanumeric() || "+/=".contains(sign);
            joined.chars().all(sign).then(|| joined.to_owned())
        }
        Some("boolean") => match &member.boolean {
            Some(boolean) => with(&boolean.value.0).or_else(|| boolean.value.1.as_deref().and_then(with)),
            None => with("true").or_else(|| with("false")),
        },
        Some(_) => {
            let described = cx.scope.defined(member.kind)?;
            match described.kind.as_ref()? {
                TypeKind::Enumeration(values) => values
                    .iter()
                    .flat_map(|value| std::iter::once(&value.key).chain(&value.also))
                    .find_map(|text| with(text.value)),
                TypeKind::DateTime(moment, formats) => formats
                    .iter()
                    .flat_map(|format| samples_of(*moment, format.value))
                    .find_map(|text| with(&text)),
                TypeKind::Text => described
                    .forms
                    .iter()
                    .flat_map(|forms| &forms.value)
                    .find(|form| form_can_hold(form.value, joined))
                    .map(|form| form.value.to_owned()),
                TypeKind::Epoch(_) => {
                    joined.chars().all(|sign| "0123456789.-".contains(sign)).then(|| joined.to_owned())
                }
                TypeKind::Structure(_) | TypeKind::Union(_) | TypeKind::Separated(_) => None,
            }
        }
    }
}
