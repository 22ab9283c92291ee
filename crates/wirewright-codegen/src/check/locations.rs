//! Parameters in headers and cookies, common ones and an operation's own: that they can be there.

use std::collections::HashMap;

use super::{
    context::Context,
    hosts::{self, is_label},
};
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::read::tree::{Member, Operation, Parameter, ParameterLocation, Provider, TypeKind};
use crate::source::{Span, Text};

/// Headers that are HTTP's own, or the runtime's.
const RESERVED: &[&str] = &[
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(super) fn check(cx: &Context<'_>) {
    let mut common: HashMap<String, Text<'_>> = HashMap::new();
    for parameter in &cx.protocol().parameters {
        let (location, span) = location(&parameter.member);
        prefix(cx, &parameter.member, location);
        let Some(span) = span else { continue };
        if parameter.from.is_some_and(|from| from.value == Provider::Request) {
            cx.add(
                Fault::new(Code::Meaningless, span, "an operation's own parameters cannot be in a header")
                    .label("without meaning here")
                    .help("remove `in`"),
            );
            continue;
        }
        if location == ParameterLocation::Host {
            hosts::parameter(cx, parameter, span);
        }
        stands_there(cx, &parameter.member, location, span, &mut common);
        if let Some(value) = parameter.value.filter(|value| !fits(location, value.value)) {
            cx.add(misplaced(location, value.span));
        }
    }
    for (group, operation) in cx.operations() {
        let mut headers = common.clone();
        // Those of other groups are not sent with it.
        headers.retain(|_, name| {
            let mut parameters = cx.protocol().parameters.iter();
            parameters.any(|one| one.member.key.span == name.span && one.goes_with(&group.name))
        });
        for member in &operation.request {
            let (location, span) = location(member);
            prefix(cx, member, location);
            if let Some(span) = span {
                stands_there(cx, member, location, span, &mut headers);
            }
        }
        of_reply(cx, operation);
    }
}

/// The members of a reply that are in its headers.
fn of_reply(cx: &Context<'_>, operation: &Operation<'_>) {
    let mut headers = HashMap::new();
    for member in &operation.reply {
        let (location, span) = location(member);
        prefix(cx, member, location);
        let Some(span) = span else { continue };
        let names = [member.xml, member.json, member.query, member.namespace];
        let names = names.into_iter().flatten().map(|name| name.span);
        let places = [member.attribute, member.text, member.flatten, member.whole];
        let rows = member.rows.as_ref().map(|rows| rows.span);
        for word in names.chain(places.into_iter().flatten()).chain(rows) {
            cx.add(
                Fault::new(Code::Contradiction, word, format!("`{}` is in no document", member.key.value))
                    .label("says how it is in one")
                    .related(span, "not in the reply's document")
                    .expected("one of the two"),
            );
        }
        stands_there(cx, member, location, span, &mut headers);
    }
}

/// Where requests carry a parameter, and where that is said, if it is not among the others.
fn location(member: &Member<'_>) -> (ParameterLocation, Option<Span>) {
    let location = member.location.map_or(ParameterLocation::Parameters, |location| location.value);
    (location, member.location.map(|one| one.span).filter(|_| location != ParameterLocation::Parameters))
}

/// That a parameter can be in its header, cookie or host, and that no other one has the header. `headers` are those so far.
fn stands_there<'a>(
    cx: &Context<'_>,
    member: &Member<'a>,
    location: ParameterLocation,
    span: Span,
    headers: &mut HashMap<String, Text<'a>>,
) {
    let name = member.wire(FormatKind::Query);
    if matches!(location, ParameterLocation::Header | ParameterLocation::Cookie) {
        is_name(cx, name);
    }
    if location == ParameterLocation::Header && (member.map.is_some() || name.value.ends_with('*')) {
        is_family(cx, member, span);
    }
    if location == ParameterLocation::Header {
        let lower = name.value.to_ascii_lowercase();
        is_free(cx, name);
        // Of exactly one name they are reported where all names are.
        if let Some(first) = headers.insert(lower, name).filter(|first| first.value != name.value) {
            cx.add(
                Fault::new(Code::WireClash, name.span, "two parameters are in one header")
                    .label("the second one")
                    .related(first.span, "the first one")
                    .expected("names that differ in more than upper and lower case"),
            );
        }
    }
    one_text(cx, member, location, span);
    values(cx, member, location, |place| {
        cx.add(misplaced(location, place).related(member.key.span, "carried there"));
    });
}

/// That a header is a vendor's to say.
pub(super) fn is_free(cx: &Context<'_>, name: Text<'_>) {
    if RESERVED.contains(&name.value.to_ascii_lowercase().as_str()) {
        cx.add(
            Fault::new(Code::Reserved, name.span, format!("`{}` is a header of HTTP itself", name.value))
                .label("no vendor's to say")
                .expected("a header of the vendor's own, or `Authorization`"),
        );
    }
}

fn misplaced(location: ParameterLocation, place: Span) -> Fault {
    Fault::new(Code::Spelling, place, "this cannot be where requests carry it")
        .label("not the value of a header, cookie or host")
        .expected(match location {
            ParameterLocation::Cookie => {
                "ASCII without white space, quotes, commas, semicolons and backslashes"
            }
            ParameterLocation::Host => "letters, digits, `-` and `_`, at most 63 of them",
            _ => "visible ASCII, without white space at its ends",
        })
}

/// A map of headers says how their names begin, and its values are texts.
fn is_family(cx: &Context<'_>, member: &Member<'_>, span: Span) {
    let name = member.wire(FormatKind::Query);
    let start = name.value.strip_suffix('*').filter(|start| !start.is_empty() && !start.contains('*'));
    if start.is_none() || member.map.is_none() {
        cx.add(
            Fault::new(Code::WireName, name.span, format!("`{}` does not say how names begin", name.value))
                .label(if member.map.is_some() { "the name of a map of headers" } else { "no map" })
                .related(span, "in several headers")
                .expected("the beginning of their names and `*`, as in `\"x-meta-*\" = { in = \"header\", map = true }`"),
        );
    }
    if let Some(map) =
        member.map.as_ref().filter(|map| matches!(map.value, Repeat::Map { repeats: true, .. }))
    {
        cx.add(
            Fault::new(Code::Contradiction, map.span, "a name of headers comes once")
                .label("says that it may come more than once")
                .expected("`map = true`"),
        );
    }
}

/// The texts that the definition itself says a parameter may have: `told` hears of those that cannot be there.
fn values(cx: &Context<'_>, member: &Member<'_>, location: ParameterLocation, refuse: impl Fn(Span)) {
    if let Some(boolean) = &member.boolean {
        let (yes, no) = &boolean.value;
        if !fits(location, yes) || no.as_ref().is_some_and(|no| !fits(location, no)) {
            refuse(boolean.span);
        }
    }
    if let Some(list) = &member.list
        && let Repeat::List { joined: Some(joined), .. } = &list.value
        && !fits(location, &format!("1{joined}1"))
    {
        refuse(list.span);
    }
    let Some(described) = cx.scope.defined(member.kind) else { return };
    match &described.kind {
        Some(TypeKind::Enumeration(values)) => {
            let wrong = values.iter().filter(|value| !fits(location, value.key.value));
            wrong.for_each(|value| refuse(value.key.span));
        }
        // What stands for a directive is a number or a word; the rest is as it is.
        Some(TypeKind::DateTime(_, formats)) => {
            let wrong = formats.iter().filter(|format| !fits(location, &format.value.replace('%', "")));
            wrong.for_each(|format| refuse(format.span));
        }
        // No header has lines.
        Some(TypeKind::Separated(cells)) => refuse(cells.span),
        Some(TypeKind::Text) => {
            let forms = described.forms.as_ref().map(|forms| forms.value.as_slice()).unwrap_or_default();
            let wrong = forms.iter().filter(|form| !fits(location, &form.value.replace(['*', '\\'], "a")));
            wrong.for_each(|form| refuse(form.span));
        }
        _ => {}
    }
}

/// A prefix is in a header, and is as visible as the header.
fn prefix(cx: &Context<'_>, member: &Member<'_>, location: ParameterLocation) {
    let Some(prefix) = member.prefix else { return };
    if location != ParameterLocation::Header {
        cx.add(
            Fault::new(Code::Meaningless, prefix.span, "`prefix` says nothing about this parameter")
                .label("without meaning here")
                .expected("`in = \"header\"` beside it"),
        );
    } else if prefix.value.is_empty() || !fits(ParameterLocation::Header, &format!("{}.", prefix.value)) {
        cx.add(
            Fault::new(Code::Spelling, prefix.span, "no header begins so")
                .label("not the start of a header's value")
                .expected("visible ASCII that does not start with a space, as in `\"Bearer \"`"),
        );
    } else {
        places(cx, member, prefix);
    }
}

/// Each name in braces is a parameter that is known beforehand, with a text behind it.
fn places(cx: &Context<'_>, member: &Member<'_>, prefix: Text<'_>) {
    if let Some(brace) = lone_brace(prefix.value) {
        cx.add(
            Fault::new(Code::Spelling, prefix.span, format!("a `{brace}` without its like"))
                .label("neither a name in braces nor a text")
                .expected("the name of a common parameter between `{` and `}`, as in `\"Seal {account}:\"`"),
        );
        return;
    }
    let own = member.wire(FormatKind::Query).value;
    let known = |parameter: &&Parameter<'_>| {
        parameter.from.is_some_and(|from| hosts::FILLING.contains(&from.value)) && parameter.member.once()
    };
    let names = || {
        let parameters = cx.protocol().parameters.iter().filter(known);
        parameters.map(|parameter| parameter.member.wire(FormatKind::Query).value)
    };
    let mut rest = prefix.value;
    while let Some((_, behind)) = rest.split_once('{') {
        let Some((name, behind)) = behind.split_once('}') else { break };
        rest = behind;
        if name == own {
            cx.add(
                Fault::new(Code::Misplaced, prefix.span, format!("`{name}` is in front of itself"))
                    .label("its own name")
                    .expected("the name of another common parameter"),
            );
        } else if !names().any(|known| known == name) {
            cx.add(
                Fault::new(Code::UnknownReference, prefix.span, format!("no parameter fills `{{{name}}}`"))
                    .label("has a place for it")
                    .expected("a common parameter from the client, the call, the session, or a constant")
                    .did_you_mean(cx.report, name, names()),
            );
        } else if rest.is_empty() || rest.starts_with('{') {
            cx.add(
                Fault::new(Code::Spelling, prefix.span, format!("nobody can tell where `{{{name}}}` ends"))
                    .label("nothing is behind it")
                    .expected("a sign or a space behind each name in braces, as in `\"Seal {account}:\"`"),
            );
        }
    }
}

/// The first brace that opens no name, or closes none.
fn lone_brace(prefix: &str) -> Option<char> {
    let mut open = false;
    for sign in prefix.chars().filter(|sign| matches!(sign, '{' | '}')) {
        if (sign == '{') == open {
            return Some(sign);
        }
        open = !open;
    }
    open.then_some('{')
}

/// Whether a text can be there.
pub(super) fn fits(location: ParameterLocation, text: &str) -> bool {
    match location {
        ParameterLocation::Parameters | ParameterLocation::Computed | ParameterLocation::Path => true,
        ParameterLocation::Header => {
            text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim_ascii() == text
        }
        ParameterLocation::Cookies => text.split("; ").all(|cookie| {
            let plain = |text: &str| text.is_empty() || fits(ParameterLocation::Cookie, text);
            cookie.split_once('=').is_some_and(|(name, value)| plain(name) && plain(value))
        }),
        ParameterLocation::Host => is_label(text),
        ParameterLocation::Cookie => {
            text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
        }
    }
}

/// A token of HTTP, RFC 9110 section 5.6.2.
pub(super) fn is_token(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(sign)
}

pub(super) fn is_name(cx: &Context<'_>, name: Text<'_>) {
    if !is_token(name.value) {
        cx.add(
            Fault::new(
                Code::WireName,
                name.span,
                format!("`{}` cannot be the name of a header or cookie", name.value),
            )
            .label("not a token")
            .expected("letters, digits and any of !#$%&'*+-.^_`|~"),
        );
    }
}

/// A header holds one text: no list but a joined one, and nothing with members.
fn one_text(cx: &Context<'_>, member: &Member<'_>, location: ParameterLocation, span: Span) {
    let several = |list: &Repeat| !matches!(list, Repeat::List { joined: Some(_), .. });
    let members = matches!(cx.scope.kind(member.kind), Some(TypeKind::Structure(_) | TypeKind::Union(_)));
    let any = member.kind.is_some_and(|kind| matches!(kind.value, "any" | "file"));
    let family = member.map.is_some() && location != ParameterLocation::Header;
    if family || members || any || member.list.as_ref().is_some_and(|list| several(&list.value)) {
        cx.add(
            Fault::new(Code::Misplaced, span, format!("`{}` is more than one text", member.key.value))
                .label("a header, cookie or host holds one")
                .expected("one value, or a list that is `joined`"),
        );
    }
}
