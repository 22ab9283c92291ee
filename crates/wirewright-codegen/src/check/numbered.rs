//! The numbers of lists in query strings: that a reader finds them where a writer puts them.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::read::tree::Member;

/// What separates nested names where the definition does not say it, and in requests.
const SEPARATOR: &str = ".";

pub(super) fn check(cx: &Context<'_>) {
    let nested = cx.protocol().formats.value.iter().find_map(|format| format.nested);
    if let Some(nested) = nested.filter(|nested| nested.value.is_empty()) {
        cx.add(
            Fault::new(Code::Empty, nested.span, "nothing separates nested names")
                .label("empty: no name could be taken apart")
                .expected("a sign that stands in no name, such as `.`")
                .help("a list whose numbers stand right behind its name says so itself: `list = { numbered = \"\" }`"),
        );
    }
    let separators = [Some(SEPARATOR), nested.map(|nested| nested.value)];
    for members in cx.structures() {
        for member in members {
            let Some(list) = &member.list else { continue };
            let Repeat::List { numbered: Some((Some(infix), _)), .. } = &list.value else { continue };
            if infix.is_empty() {
                behind(cx, members, member);
            }
            let mut within = separators.into_iter().flatten().filter(|sign| !sign.is_empty());
            if let Some(separator) = within.find(|separator| infix.contains(separator)) {
                cx.add(
                    Fault::new(
                        Code::Spelling,
                        list.span,
                        format!("`{infix}` has `{separator}` in it, which separates nested names"),
                    )
                    .label("would be taken apart")
                    .expected("the text between the separators: `\"member\"` for `name.member.1`, `true` for `name.1`, `\"\"` for `name1`"),
                );
            }
        }
    }
}

/// No other member is called like an item of the list.
fn behind(cx: &Context<'_>, members: &[Member<'_>], list: &Member<'_>) {
    let own = list.wire(FormatKind::Query);
    let is_item = |name: &str| {
        let digits = name.strip_prefix(own.value).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    for other in members {
        let mut names = std::iter::once(other.wire(FormatKind::Query)).chain(other.also.iter().copied());
        if let Some(name) = names.find(|name| is_item(name.value)) {
            cx.add(
                Fault::new(
                    Code::WireClash,
                    name.span,
                    format!("`{}` is an item of `{}` as well in query strings", name.value, own.value),
                )
                .label("the list's name and a number")
                .related(own.span, "the list")
                .expected("different names for things that are side by side"),
            );
        }
    }
}
