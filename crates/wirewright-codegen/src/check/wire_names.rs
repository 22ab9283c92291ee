//! Names that a format cannot hold.

use super::context::{Context, format_name};
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, OPERATION, Repeat, Role, When};
use crate::read::tree::{EnvelopeMember, Member, TypeKind};
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    let own = cx.operations().flat_map(|(_, operation)| &operation.request);
    for member in own.chain(cx.filled_in()) {
        not_empty(cx, member);
    }
    let types = cx.definition.types.iter();
    let inner = types.clone().filter_map(|kind| match &kind.kind {
        Some(TypeKind::Structure(members)) => Some(members),
        _ => None,
    });
    let beside =
        cx.operations().flat_map(|(_, operation)| operation.carried().iter().chain(&operation.reply));
    for member in inner.flatten().chain(beside).chain(cx.failures()) {
        not_empty(cx, member);
        // What is in a header is in no document.
        if member.location.is_none() {
            in_xml(cx, member);
        }
    }
    let spliced = |member: &&EnvelopeMember<'_>| member.role.is_some_and(|role| role.value == Role::Data);
    for member in &cx.protocol().envelope.value {
        if member.member.key.value != "*" || !spliced(&member) {
            not_empty(cx, &member.member);
            if spliced(&member) {
                place(cx, member);
            } else {
                in_xml(cx, &member.member);
            }
        }
        if let Some(within) =
            member.within.filter(|within| !within.value.is_empty() && cx.offers(FormatKind::Xml))
        {
            xml_name(cx, within);
        }
    }
    roots(cx);
    if !cx.writes(FormatKind::Xml) {
        return;
    }
    for kind in types {
        if let Some(TypeKind::Union(variants)) = &kind.kind {
            let tags = variants.iter().map(|variant| variant.key).filter(|_| kind.tag.is_none());
            tags.chain(kind.tag).chain(kind.content).for_each(|name| xml_name(cx, name));
        }
    }
    let request = cx.protocol().body.as_ref().filter(|body| body.format.value == FormatKind::Xml);
    request.and_then(|body| body.root).into_iter().for_each(|root| xml_name(cx, root));
}

/// The roots of replies. One of them is written where the vendor does not know the operation.
fn roots(cx: &Context<'_>) {
    for format in cx.protocol().formats.value.iter().filter(|format| format.kind != FormatKind::Query) {
        for root in [format.root, format.failure_root].into_iter().flatten() {
            let unknown = format.failure_root.or(format.root).is_some_and(|used| used.span == root.span);
            with_operation(cx, root, format.kind, unknown);
        }
    }
}

/// The name of the reply's place in the envelope, in failures as well unless it is there on success only.
fn place(cx: &Context<'_>, place: &EnvelopeMember<'_>) {
    for format in
        [FormatKind::Xml, FormatKind::Json, FormatKind::Query].into_iter().filter(|kind| cx.offers(*kind))
    {
        with_operation(cx, place.member.wire(format), format, place.when != When::Success);
    }
}

/// A name in a format, for each operation whose name is in it, and without any if it is written so.
fn with_operation(cx: &Context<'_>, name: Text<'_>, format: FormatKind, unknown: bool) {
    if !name.value.contains(OPERATION) {
        if format == FormatKind::Xml {
            xml_name(cx, name);
        }
        return;
    }
    let wrong = |operation: &str| {
        let whole = name.value.replace(OPERATION, operation);
        if format == FormatKind::Xml { !is_xml_name(&whole) } else { whole.is_empty() }
    };
    let fault = |operation: &str| {
        let whole = name.value.replace(OPERATION, operation);
        let expected = match format {
            FormatKind::Xml => "a letter or `_`, then letters, digits, `-`, `_` and `.`",
            FormatKind::Json | FormatKind::Query => "a name that has more in it",
        };
        Fault::new(
            Code::WireName,
            name.span,
            format!("`{whole}` cannot be a name in {}", format_name(format)),
        )
        .label(if format == FormatKind::Xml { "not a name in XML" } else { "empty" })
        .expected(expected)
    };
    let mut operations = cx.operations().map(|(_, operation)| operation.on_the_wire());
    if let Some(operation) = operations.find(|operation| wrong(operation.value)) {
        cx.add(fault(operation.value).related(operation.span, "with the name of this operation"));
    } else if unknown && wrong("") {
        cx.add(
            Fault::new(
                Code::WireName,
                name.span,
                format!("nothing is left of `{}` where the operation is not known", name.value),
            )
            .label("without a name")
            .expected("a name that has more in it")
            .help(
                "a failure is written under this name also where the vendor does not know the operation; \
                 `on = \"success\"` keeps a reply's place out of failures",
            ),
        );
    }
}

fn not_empty(cx: &Context<'_>, member: &Member<'_>) {
    if member.key.value == "*" {
        cx.add(
            Fault::new(Code::WireName, member.key.span, "`*` is the name of no member")
                .label("stands for members of other tables")
                .expected(
                    "a name; `*` is the place of an operation's parameters, and of the reply in the envelope",
                )
                .help("where the vendor calls a member so, say it beside a name: `json = \"*\"`"),
        );
    }
    let own = [Some(member.key), member.xml, member.json, member.query];
    for name in own.into_iter().flatten().chain(member.also.iter().copied()) {
        if name.value.is_empty() {
            cx.add(
                Fault::new(Code::WireName, name.span, "a name cannot be empty")
                    .label("empty")
                    .expected("the name on the wire"),
            );
        }
    }
}

fn in_xml(cx: &Context<'_>, member: &Member<'_>) {
    // A star has been reported.
    if !cx.writes(FormatKind::Xml) || member.key.value == "*" {
        return;
    }
    // Text has no name, and flattened members have their own ones.
    if member.text.is_none() && !member.is_flat_in(FormatKind::Xml) {
        let name = member.wire(FormatKind::Xml);
        if !name.value.is_empty() {
            xml_name(cx, name);
        }
    }
    for repeat in member.list.iter().chain(&member.map) {
        let names = match &repeat.value {
            Repeat::List { item, .. } => [item.as_deref(), None, None],
            Repeat::Map { entry, key, value, .. } => {
                // Without names for key and value, the key is the name.
                let named = !key.is_empty();
                [entry.as_deref(), named.then_some(key.as_str()), named.then_some(value.as_str())]
            }
            Repeat::Once => [None, None, None],
        };
        names.into_iter().flatten().for_each(|name| xml_name(cx, Text::new(name, repeat.span)));
    }
}

fn xml_name(cx: &Context<'_>, name: Text<'_>) {
    if !is_xml_name(name.value) {
        cx.add(
            Fault::new(Code::WireName, name.span, format!("`{}` cannot be a name in XML", name.value))
                .label("not a name in XML")
                .expected("a letter or `_`, then letters, digits, `-`, `_` and `.`")
                .help("if it is called otherwise in XML, say so: `xml = \"…\"`"),
        );
    }
}

/// A name without a colon, as "Namespaces in XML" defines it.
pub(crate) fn is_xml_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(starts) && characters.all(continues)
}

fn starts(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn continues(character: char) -> bool {
    starts(character)
        || matches!(character, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
