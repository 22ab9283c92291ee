//! Names that a query string spreads a member over: rows whose members have their numbers each, and maps that are a prefix.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::read::tree::{Member, TypeKind};
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        if let Some(list) = &member.list
            && let Repeat::List { columns: true, numbered, always, optional, .. } = &list.value
        {
            let infix = numbered.as_ref().and_then(|(infix, _)| infix.as_deref());
            if !matches!(infix, Some("" | "[]")) {
                cx.add(
                    layout(list.span, format!("no column of `{}` has a number", member.key.value))
                        .label("`columns`, and no number behind a name")
                        .expected("`numbered = \"\"` for `name1`, or `numbered = \"[]\"` for `name[1]`"),
                );
            }
            if *always || *optional {
                let message = format!("`{}` is nothing without items", member.key.value);
                cx.add(
                    layout(list.span, message)
                        .label("`columns` beside `always` or `optional`")
                        .help("a list of columns has no name that could be there without items"),
                );
            }
            rows(cx, member, list.span, infix);
        }
        if let Some(map) = &member.map
            && let Repeat::Map { between: Some(_), .. } = &map.value
            && (!is_plain(cx, member) || member.flatten.is_some())
        {
            let message = format!("the entries of `{}` have no names to go on", member.key.value);
            cx.add(
                layout(map.span, message)
                    .label("`between`, of more than texts and numbers")
                    .expected("a map of texts, numbers, booleans or moments that is not flattened"),
            );
        }
    }
    for members in cx.structures() {
        beside(cx, members);
    }
}

fn layout(span: Span, message: String) -> Fault {
    Fault::new(Code::Layout, span, message)
}

/// The items of a list of columns: structures of plain members, whose names do not end where a number begins.
fn rows(cx: &Context<'_>, member: &Member<'_>, list: Span, infix: Option<&str>) {
    let Some(TypeKind::Structure(columns)) = cx.scope.kind(member.kind) else {
        // A type that there is none of has been told.
        if cx.scope.value_type(member.kind).is_some() {
            cx.add(
                layout(list, format!("the items of `{}` have no members", member.key.value))
                    .label("`columns`, of what is no structure")
                    .expected("a structure: each of its members is a column"),
            );
        }
        return;
    };
    for column in columns {
        let repeated = column.list.is_some() || column.map.is_some() || column.flatten.is_some();
        if repeated || !is_plain(cx, column) {
            cx.add(
                layout(column.key.span, format!("`{}` cannot be a column", column.key.value))
                    .label("more than one text")
                    .related(list, "the list of columns")
                    .expected("a text, a number, a boolean, an enumeration or a moment"),
            );
        }
        let name = column.wire(FormatKind::Query);
        if infix == Some("") && name.value.ends_with(|last: char| last.is_ascii_digit()) {
            cx.add(
                layout(name.span, format!("the number behind `{}` has no beginning", name.value))
                    .label("ends in a digit")
                    .related(list, "the list of columns")
                    .expected("a name that does not end in a digit"),
            );
        }
    }
}

/// Whether one value of a member is one text in a query string.
fn is_plain(cx: &Context<'_>, member: &Member<'_>) -> bool {
    let kind = member.kind.map(|kind| kind.value);
    !matches!(kind, Some("any" | "file"))
        && !matches!(cx.scope.kind(member.kind), Some(TypeKind::Structure(_) | TypeKind::Union(_)))
}

/// No name beside a map that is a prefix begins with that.
fn beside(cx: &Context<'_>, members: &[Member<'_>]) {
    for member in members {
        let Some(map) = &member.map else { continue };
        let Repeat::Map { between: Some(between), .. } = &map.value else { continue };
        let prefix = format!("{}{between}", member.wire(FormatKind::Query).value);
        let others = members.iter().filter(|other| !std::ptr::eq(*other, member));
        for other in others.map(|other| other.wire(FormatKind::Query)) {
            if other.value.starts_with(&prefix) {
                cx.add(
                    Fault::new(
                        Code::WireClash,
                        other.span,
                        format!(
                            "`{}` is an entry of `{}` as well in query strings",
                            other.value, member.key.value
                        ),
                    )
                    .label(format!("begins with `{prefix}`"))
                    .related(map.span, "the map")
                    .expected("different names for things that are side by side"),
                );
            }
        }
    }
}
