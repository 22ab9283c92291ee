//! Rows that clients read as a stream: that a reply leads to them, and that they are described in full.

use std::collections::BTreeSet;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::read::tree::{Member, Operation, Rows, TypeKind};
use crate::resolve::{Reached, asked, cells, reached};
use crate::source::{Span, Text};

pub(super) fn check(cx: &Context<'_>) {
    for members in cx.structures() {
        for (index, member) in members.iter().enumerate() {
            if let Some(rows) = &member.rows {
                if matches!(cx.scope.kind(member.kind), Some(TypeKind::Separated(_))) {
                    text(cx, member, rows);
                    continue;
                }
                list(cx, member, rows);
                words(cx, rows);
                row(cx, member, rows);
                headings(cx, members, index, rows);
                kinds(cx, rows);
            }
        }
    }
    replies(cx);
}

fn clash(span: Span, message: impl Into<String>, label: &str) -> Fault {
    Fault::new(Code::Rows, span, message).label(label)
}

/// A text whose lines are rows.
fn text(cx: &Context<'_>, member: &Member<'_>, rows: &Rows<'_>) {
    let key = member.key.value;
    if let Some(list) = &member.list {
        cx.add(
            clash(list.span, format!("`{key}` is more than one text"), "a list")
                .related(rows.span, "its lines are the rows")
                .expected("one text, without `list`"),
        );
    }
    if let Some(attribute) = member.attribute {
        cx.add(
            clash(attribute, format!("`{key}` is an attribute"), "not an element")
                .related(rows.span, "its lines are the rows")
                .expected("an element, without `attribute`"),
        );
    }
    let kinds = rows.kinds.first().map(|kind| kind.kind);
    let of_lists = [
        ("cell", rows.cell),
        ("headings", rows.headings),
        ("name", rows.name),
        ("kind", rows.kind),
        ("format", rows.format),
        ("kinds", kinds),
    ];
    for (word, said) in of_lists {
        if let Some(said) = said {
            cx.add(
                clash(said.span, format!("`{word}` is of rows that are elements"), "says nothing of lines")
                    .help(format!("remove `{word}`: the first line of the text has the headings")),
            );
        }
    }
}

fn list(cx: &Context<'_>, member: &Member<'_>, rows: &Rows<'_>) {
    let key = member.key.value;
    match &member.list {
        None => cx.add(
            clash(rows.span, format!("`{key}` is no list"), "rows are the items of a list")
                .expected("`list = true`, or `list = { item = \"…\" }`, beside it"),
        ),
        Some(list) if matches!(list.value, Repeat::List { joined: Some(_), .. }) => cx.add(
            clash(rows.span, format!("`{key}` is one text"), "rows are elements")
                .related(list.span, "joined")
                .expected("a list whose items are elements"),
        ),
        Some(_) => {}
    }
    if let Some(required) = member.required.filter(|_| member.holds()) {
        cx.add(
            clash(required.span, format!("`{key}` cannot be insisted on"), "insists on a row")
                .related(rows.span, "the answer around a stream of rows has none of them")
                .help("remove `required`, or say with `always` that the element around the rows is there without any"),
        );
    }
}

/// Words without those that they need.
fn words(cx: &Context<'_>, rows: &Rows<'_>) {
    let kinds = rows.kinds.first().map(|kind| kind.kind);
    let formats = rows.kinds.iter().find_map(|kind| kind.format);
    for (word, said) in [("cells-by", rows.cells_by), ("lines-by", rows.lines_by)] {
        if let Some(said) = said {
            cx.add(
                clash(said.span, format!("`{word}` is of separated text"), "says nothing of elements")
                    .help(format!("remove `{word}`")),
            );
        }
    }
    let needs = [
        ("headings", rows.headings, "cell", rows.cell),
        ("name", rows.name, "headings", rows.headings),
        ("kind", rows.kind, "headings", rows.headings),
        ("format", rows.format, "headings", rows.headings),
        ("kinds", kinds, "kind", rows.kind),
        ("formats", formats, "format", rows.format),
    ];
    for (word, said, other, needed) in needs {
        if let (Some(said), None) = (said, needed) {
            cx.add(
                clash(said.span, format!("`{word}` without `{other}`"), "says nothing by itself")
                    .expected(format!("`{other}` among the words of `rows`"))
                    .help(format!("add `{other}`, or remove `{word}`")),
            );
        }
    }
    if let (Some(headings), None) = (rows.headings, rows.name) {
        cx.add(
            clash(headings.span, "the columns have no names", "no attribute of a heading is the name")
                .expected("`name`, the attribute of a heading with the column's name"),
        );
    }
}

fn structure<'a>(cx: &Context<'a>, member: &Member<'a>) -> Option<&'a [Member<'a>]> {
    match cx.scope.kind(member.kind) {
        Some(TypeKind::Structure(members)) => Some(members),
        _ => None,
    }
}

/// Whether a type that is named is defined: if not, that has been reported.
fn is_known(cx: &Context<'_>, written: Option<Text<'_>>) -> bool {
    cx.scope.value_type(written).is_some()
}

fn row(cx: &Context<'_>, member: &Member<'_>, rows: &Rows<'_>) {
    let Some(members) = structure(cx, member) else {
        if is_known(cx, member.kind) {
            let place = member.kind.map_or(member.key.span, |kind| kind.span);
            cx.add(
                clash(place, "a row is a structure", "not a structure")
                    .related(rows.span, "read row by row")
                    .expected("a type with `members`"),
            );
        }
        return;
    };
    let Some(cell) = rows.cell else { return };
    let plain = |member: &Member<'_>| {
        let list = member.list.as_ref().map(|list| &list.value);
        matches!(list, Some(Repeat::List { item: None, joined: None, .. }))
    };
    let is_cell = |member: &&Member<'_>| member.wire(FormatKind::Xml).value == cell.value && plain(member);
    if !members.iter().any(|member| is_cell(&member)) {
        let known = members.iter().filter(|member| plain(member));
        let known = known.map(|member| member.wire(FormatKind::Xml).value);
        let message = format!("a row has no cells `{}`", cell.value);
        cx.add(
            Fault::new(Code::UnknownReference, cell.span, message)
                .label("no list of the row's type is called so in XML")
                .expected("the name of a list among the row's members, as in `td = { list = true }`")
                .did_you_mean(cx.report, cell.value, known),
        );
    }
}

fn headings(cx: &Context<'_>, members: &[Member<'_>], index: usize, rows: &Rows<'_>) {
    let Some(headings) = rows.headings else { return };
    let others = || members.iter().enumerate().filter(|(other, member)| *other != index && !member.once());
    let Some((place, found)) = others().find(|(_, member)| member.key.value == headings.value) else {
        let message = format!("there are no headings `{}` beside the rows", headings.value);
        cx.add(
            Fault::new(Code::UnknownReference, headings.span, message)
                .label("no list is called so here")
                .expected("the key of a list in the same table")
                .did_you_mean(cx.report, headings.value, others().map(|(_, member)| member.key.value)),
        );
        return;
    };
    if place > index {
        cx.add(
            clash(headings.span, "the headings come behind the rows", "not known when the rows are read")
                .related(found.key.span, "behind the rows")
                .help("the order of the definition is the order of the wire"),
        );
    }
    let Some(attributes) = structure(cx, found) else {
        if is_known(cx, found.kind) {
            cx.add(
                clash(found.key.span, "a heading is a structure", "not a list of structures")
                    .related(headings.span, "the headings of the columns")
                    .expected("a type with `members`, some of them attributes"),
            );
        }
        return;
    };
    let attributes = || attributes.iter().filter(|member| member.attribute.is_some());
    for said in [rows.name, rows.kind, rows.format].into_iter().flatten() {
        let mut names = attributes().map(|member| member.wire(FormatKind::Xml).value);
        if !names.any(|name| name == said.value) {
            let message = format!("a heading has no attribute `{}`", said.value);
            cx.add(
                Fault::new(Code::UnknownReference, said.span, message)
                    .label("no attribute is called so")
                    .related(found.key.span, "the headings")
                    .expected("the name of a member of a heading that is an `attribute`")
                    .did_you_mean(
                        cx.report,
                        said.value,
                        attributes().map(|member| member.wire(FormatKind::Xml).value),
                    ),
            );
        }
    }
}

fn kinds(cx: &Context<'_>, rows: &Rows<'_>) {
    for kind in &rows.kinds {
        let written = kind.is;
        if cells(cx.scope, written).is_some() {
            continue;
        }
        let expected =
            "`string`, `integer`, `number`, or the name of a type with `date`, `datetime` or `epoch`";
        if is_known(cx, Some(written)) {
            let message = format!("no cell is `{}`", written.value);
            cx.add(clash(written.span, message, "not a text, a number or a date").expected(expected));
        } else {
            let message = format!("there is no type `{}`", written.value);
            let types = cx.definition.types.iter().map(|kind| kind.key.value);
            cx.add(
                Fault::new(Code::UnknownType, written.span, message)
                    .label("not defined")
                    .expected(expected)
                    .did_you_mean(cx.report, written.value, types.chain(["string", "integer", "number"])),
            );
        }
    }
}

/// Each reply, and each document of a request, leads to one list of rows at most, each list is reached by one, and that is in XML.
fn replies(cx: &Context<'_>) {
    let (mut found, mut in_xml) = (BTreeSet::new(), BTreeSet::new());
    let mut ambiguous = false;
    let body_in_xml = cx.protocol().body.as_ref().is_some_and(|body| body.format.value == FormatKind::Xml);
    for (_, operation) in cx.operations() {
        let sides = [
            ("reply", operation.reply.as_slice(), answers_in_xml(cx, operation)),
            ("body", operation.carried(), body_in_xml),
        ];
        for (side, members, is_xml) in sides {
            let reached = reached(cx.scope, members);
            let (texts, lists): (Vec<&Reached<'_>>, _) =
                reached.iter().partition(|one| one.separated.is_some());
            for text in &texts {
                separators(cx, operation, side, text);
            }
            for (what, found) in [("lists of rows", lists), ("texts with rows", texts)] {
                let [first, second, ..] = found.as_slice() else { continue };
                ambiguous = true;
                let message = format!("the {side} of `{}` leads to two {what}", operation.key.value);
                cx.add(
                    clash(second.rows.span, message, "the second")
                        .related(
                            first.rows.span,
                            if first.rows.span == second.rows.span { "the first time" } else { "the first" },
                        )
                        .expected(format!("one of each {side} that is a stream")),
                );
            }
            for one in reached {
                found.insert(one.rows.span);
                if is_xml {
                    in_xml.insert(one.rows.span);
                }
            }
        }
    }
    for rows in cx.members().chain(cx.failures()).filter_map(|member| member.rows.as_ref()) {
        if !found.contains(&rows.span) && !ambiguous {
            cx.add(clash(rows.span, "no reply and no body leads to these rows", "read by nobody").expected(
                "a list of a reply or body, or of a structure to which one leads by members that are there once",
            ));
        } else if found.contains(&rows.span) && !in_xml.contains(&rows.span) {
            cx.add(
                clash(rows.span, "no reply or body with these rows is in XML", "cannot be a stream of rows")
                    .expected("`xml` among the formats of an operation that answers with them"),
            );
        }
    }
}

/// What a request says of the separators of its reply.
fn separators(cx: &Context<'_>, operation: &Operation<'_>, side: &str, reached: &Reached<'_>) {
    let rows = reached.rows;
    if side == "body" {
        cx.add(
            clash(rows.span, "a text is written as a whole", "in the body of a request")
                .related(reached.member.key.span, "separated text")
                .help("remove `rows`: separated text is read by lines, in replies"),
        );
    }
    for (word, said) in [("cells-by", rows.cells_by), ("lines-by", rows.lines_by)] {
        let Some(said) = said.filter(|said| asked(cx.scope, operation, *said).is_none()) else { continue };
        let message = format!("the request of `{}` has no text `{}`", operation.key.value, said.value);
        cx.add(
            Fault::new(Code::UnknownReference, said.span, message)
                .label("leads to nothing, or to what is no text")
                .related(operation.key.span, format!("whose reply `{word}` is about"))
                .expected(
                    "the key of a parameter or of a member of the body, with keys below it behind dots",
                ),
        );
    }
}

fn answers_in_xml(cx: &Context<'_>, operation: &Operation<'_>) -> bool {
    let narrowed = operation.formats.as_ref();
    cx.offers(FormatKind::Xml)
        && narrowed.is_none_or(|formats| formats.value.iter().any(|format| format.value == FormatKind::Xml))
}
