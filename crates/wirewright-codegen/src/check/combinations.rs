//! Words of a member that exclude one another.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::Repeat;
use crate::read::tree::{Member, TypeKind};
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        places(cx, member);
        repeats(cx, member);
        scalars(cx, member);
        also(cx, member);
        namespace(cx, member);
    }
    // What requires a list would do so before the status is known.
    for member in cx.protocol().envelope.value.iter().map(|member| &member.member) {
        if let (Some(list), Some(required)) =
            (&member.list, member.required.filter(|required| required.value))
        {
            let message = format!("`{}` cannot be insisted on", member.key.value);
            cx.add(
                misfit(required.span, &message, "a list of the envelope")
                    .related(list.span, "a list")
                    .help("remove `required`: a list that is absent is an empty one"),
            );
        }
    }
    for members in cx.structures() {
        whole(cx, members);
        let mut texts = members.iter().filter_map(|member| member.text);
        if let (Some(first), Some(second)) = (texts.next(), texts.next()) {
            cx.add(
                misfit(second, "an element has one text", "the second member with `text`")
                    .related(first, "the first")
                    .expected("at most one member with `text`"),
            );
        }
    }
}

/// Words that exclude one another.
fn clash(span: Span, message: &str, label: &str) -> Fault {
    Fault::new(Code::Contradiction, span, message).label(label)
}

/// A member that is not of the kind that its place needs.
fn misfit(span: Span, message: &str, label: &str) -> Fault {
    Fault::new(Code::Layout, span, message).label(label)
}

/// A word that says nothing about the member.
fn meaningless(span: Span, message: &str, label: &str) -> Fault {
    Fault::new(Code::Meaningless, span, message).label(label)
}

fn no_secret(span: Span, message: &str, label: &str) -> Fault {
    Fault::new(Code::NoSecret, span, message).label(label)
}

/// What the type of a member is like.
#[derive(PartialEq, Eq)]
enum Nature {
    Text,
    Boolean,
    Scalar,
    /// A structure or a union.
    Compound,
    /// Whatever comes.
    Any,
}

fn nature(cx: &Context<'_>, member: &Member<'_>) -> Option<Nature> {
    Some(match member.kind.map(|kind| kind.value) {
        None | Some("string" | "bytes") => Nature::Text,
        Some("boolean") => Nature::Boolean,
        Some("any") => Nature::Any,
        Some("integer" | "number") => Nature::Scalar,
        Some(_) => match cx.scope.kind(member.kind)? {
            TypeKind::Structure(_) | TypeKind::Union(_) => Nature::Compound,
            TypeKind::Enumeration(_) | TypeKind::DateTime(..) | TypeKind::Epoch(_) => Nature::Scalar,
            TypeKind::Text | TypeKind::Separated(_) => Nature::Text,
        },
    })
}

fn places(cx: &Context<'_>, member: &Member<'_>) {
    let places = [("attribute", member.attribute), ("text", member.text), ("flatten", member.flatten)];
    let mut said = places.iter().filter_map(|(word, span)| span.map(|span| (word, span)));
    let (Some((word, span)), second) = (said.next(), said.next()) else { return };
    if let Some((other, other_span)) = second {
        cx.add(
            clash(other_span, &format!("`{other}` and `{word}` exclude one another"), "the second")
                .related(span, "the first")
                .help("keep one of them"),
        );
        return;
    }
    if nature(cx, member) == Some(Nature::Any) {
        any_place(cx, member, word, span);
        return;
    }
    let compound = nature(cx, member).map(|nature| nature == Nature::Compound);
    if member.flatten.is_some() {
        if let Some(list) = &member.list {
            cx.add(
                misfit(span, "a list cannot be flattened", "one value's members can")
                    .related(list.span, "a list")
                    .expected("`flatten` where one structure is"),
            );
        } else if compound == Some(false) && member.map.is_none() {
            let message = format!("`{}` has no members to flatten", member.key.value);
            cx.add(misfit(span, &message, "not a structure").expected("a structure, a union or a map"));
        }
    } else if compound == Some(true) {
        let message = format!("`{}` is a structure and cannot be XML's `{word}`", member.key.value);
        cx.add(misfit(span, &message, "holds one text only").expected("a type that is written as one text"));
    } else if let Some(repeat) = member.list.as_ref().or(member.map.as_ref())
        && !matches!(&repeat.value, Repeat::List { joined: Some(_), .. })
    {
        let message = format!("`{word}` holds one text, and this is several");
        cx.add(
            misfit(repeat.span, &message, "several")
                .help("`list = { joined = \" \" }` makes one text of a list"),
        );
    }
}

/// A value of any form needs an element of its own.
fn any_place(cx: &Context<'_>, member: &Member<'_>, word: &str, span: Span) {
    let message = format!("`{}` may be of any form and cannot be `{word}`", member.key.value);
    let fault = misfit(span, &message, "not for `any`").expected("`any` as an element of its own");
    cx.add(if word == "flatten" {
        fault.help("`partial` on the structure or operation keeps what the definition does not describe")
    } else {
        fault
    });
}

/// What a reader could not tell apart again.
fn indistinct(cx: &Context<'_>, member: &Member<'_>) {
    if let Some(list) = &member.list
        && matches!(&list.value, Repeat::List { joined: Some(joined), .. } if joined.is_empty())
    {
        cx.add(
            clash(list.span, "items that are joined by nothing cannot be told apart", "`joined` is empty")
                .expected("`joined = \",\"`, or another text that is in no item"),
        );
    }
    if let Some(map) = &member.map
        && matches!(&map.value, Repeat::Map { key, value, .. } if key == value && !key.is_empty())
    {
        cx.add(
            clash(map.span, "a map's key and value have one name", "`key` and `value` are the same")
                .expected("two names: those of the key and of the value in an entry"),
        );
    }
}

fn repeats(cx: &Context<'_>, member: &Member<'_>) {
    if let (Some(list), Some(map)) = (&member.list, &member.map) {
        cx.add(
            clash(map.span, "a member is a list or a map", "and a map")
                .related(list.span, "a list")
                .expected("either `list` or `map`"),
        );
    }
    if let Some(Repeat::List { joined: Some(_), item, numbered, .. }) =
        member.list.as_ref().map(|list| &list.value)
        && let Some(list) = &member.list
        && (item.is_some() || numbered.is_some())
    {
        let label = "`joined` beside `item` or `numbered`";
        cx.add(
            clash(list.span, "a joined list has no items of their own", label)
                .expected("either `joined`, or `item` and `numbered`"),
        );
    }
    indistinct(cx, member);
    if let (Some(map), Some(required)) = (&member.map, member.required)
        && required.value
    {
        let message = format!("`required` says nothing about `{}`", member.key.value);
        cx.add(
            meaningless(required.span, &message, "an absent map is an empty one")
                .related(map.span, "a map")
                .help("remove `required`"),
        );
    }
    if let Some(Repeat::List { always: true, item: None, joined: None, .. }) =
        member.list.as_ref().map(|list| &list.value)
        && let Some(list) = &member.list
    {
        let message = format!("`{}` cannot be written without items", member.key.value);
        cx.add(
            misfit(list.span, &message, "`always` without `item` or `joined`")
                .expected("`item`, the name of an item in the element that is always there, or `joined`"),
        );
    }
    if let Some(Repeat::List { optional: true, item, joined, numbered, .. }) =
        member.list.as_ref().map(|list| &list.value)
        && let Some(list) = &member.list
    {
        if item.is_none() && joined.is_none() && numbered.is_none() {
            let message = format!("`{}` cannot be written without items", member.key.value);
            cx.add(
                misfit(list.span, &message, "`optional` without `item`, `joined` or `numbered`")
                    .expected("`item`, `joined` or `numbered`, by which a list without items can be there"),
            );
        }
        if let Some(required) = member.required.filter(|required| required.value) {
            cx.add(
                clash(required.span, "a required list is always there", "beside `optional`")
                    .related(list.span, "a list that may be absent")
                    .expected("either `required` or `optional`"),
            );
        }
    }
    if let (Some(Repeat::List { always: true, .. }), Some(text)) =
        (member.list.as_ref().map(|list| &list.value), member.text)
    {
        cx.add(
            clash(
                text,
                "the text of an element has nothing that could be there without it",
                "beside `always`",
            )
            .expected("either `text` or `always`"),
        );
    }
}

fn scalars(cx: &Context<'_>, member: &Member<'_>) {
    let nature = nature(cx, member);
    if let Some(list) = &member.list
        && matches!(list.value, Repeat::List { joined: Some(_), .. })
        && let Some(what) = match nature {
            Some(Nature::Any) => Some("may be of any form"),
            Some(Nature::Compound) => Some("have members"),
            _ => None,
        }
    {
        let message = format!("the items of `{}` {what} and cannot be one text", member.key.value);
        cx.add(misfit(list.span, &message, "`joined`").expected("items that are written as text"));
    }
    if let Some(boolean) = &member.boolean
        && nature.as_ref().is_some_and(|nature| *nature != Nature::Boolean)
    {
        let message = format!("`{}` is no boolean", member.key.value);
        cx.add(
            meaningless(boolean.span, &message, "spells a boolean")
                .expected("`type = \"boolean\"` beside it"),
        );
    }
    if let Some(secret) = member.secret.filter(|secret| secret.value)
        && matches!(nature, Some(Nature::Compound | Nature::Boolean | Nature::Any))
    {
        let message = format!("`{}` cannot be secret as a whole", member.key.value);
        cx.add(
            no_secret(secret.span, &message, "not one text")
                .expected("`secret` where one text or number is")
                .help("mark the members of its type"),
        );
    }
    if let Some(secret) = member.secret.filter(|secret| secret.value)
        && let Some(kind) = cx.scope.kind(member.kind)
        && let Some(what) = unhidden(kind)
    {
        cx.add(
            no_secret(secret.span, &format!("{what} cannot be hidden"), "not a text or number of its own")
                .expected(
                    "`secret` where a `string`, `bytes`, an `integer`, a `number` or a type with `text` is",
                )
                .help(format!("remove `secret`, or make `{}` a type with `text = true`", member.key.value)),
        );
    }
    absences(cx, member);
}

/// What a type is that cannot be hidden.
const fn unhidden(kind: &TypeKind<'_>) -> Option<&'static str> {
    match kind {
        TypeKind::Enumeration(_) => Some("one of a few known texts"),
        TypeKind::DateTime(..) | TypeKind::Epoch(_) => Some("a date or time"),
        TypeKind::Separated(_) => Some("a table"),
        TypeKind::Structure(_) | TypeKind::Union(_) | TypeKind::Text => None,
    }
}

/// What means that a member is absent.
fn absences(cx: &Context<'_>, member: &Member<'_>) {
    let absent = member.absent.first().map(|absent| absent.span);
    let once = member.empty_is_absent.filter(|_| member.once());
    for (word, span) in [("empty-is-absent", once), ("absent", absent)] {
        let Some(span) = span else { continue };
        if let Some(required) = member.required.filter(|required| required.value) {
            cx.add(
                clash(required.span, "a required member may not be absent", &format!("beside `{word}`"))
                    .expected(format!("either `required` or `{word}`")),
            );
        }
        if let Some(flatten) = member.flatten {
            cx.add(
                meaningless(span, "no text stands for a flattened member", "says nothing here")
                    .related(flatten, "flattened")
                    .help(format!("remove `{word}`")),
            );
        }
    }
}

/// A member that a whole JSON text may be.
fn whole(cx: &Context<'_>, members: &[Member<'_>]) {
    let mut wholes = members.iter().filter_map(|member| Some((member, member.whole?)));
    let Some((first, place)) = wholes.next() else { return };
    if first.list.is_none() {
        cx.add(
            misfit(place, &format!("`{}` is no list", first.key.value), "a JSON array is a list")
                .expected("`whole` beside `list`"),
        );
    }
    for (_, second) in wholes {
        cx.add(
            misfit(second, "a JSON text is one member as a whole", "the second member with `whole`")
                .related(place, "the first")
                .expected("at most one member with `whole`"),
        );
    }
}

/// The namespace of an element or attribute of its own.
fn namespace(cx: &Context<'_>, member: &Member<'_>) {
    let Some(namespace) = member.namespace else { return };
    if let Some((word, place)) = [("flatten", member.flatten), ("text", member.text)]
        .into_iter()
        .find_map(|(word, span)| Some((word, span?)))
    {
        cx.add(
            meaningless(
                namespace.span,
                &format!("`{}` has no name in XML", member.key.value),
                "says nothing here",
            )
            .related(place, format!("`{word}`"))
            .help("remove `namespace`"),
        );
    }
    if namespace.value.is_empty() {
        cx.add(
            Fault::new(Code::Empty, namespace.span, "a namespace has a name")
                .label("empty")
                .expected("a namespace, as the page's `xmlns` has it"),
        );
    }
}

/// Other names need a name that they stand for.
fn also(cx: &Context<'_>, member: &Member<'_>) {
    if let (Some(flatten), Some(also)) = (member.flatten, member.also.first()) {
        cx.add(
            misfit(also.span, "a flattened member has no name of its own", "another name")
                .related(flatten, "flattened")
                .help("give its members other names"),
        );
    }
}
