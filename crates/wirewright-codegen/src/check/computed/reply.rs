//! Values that sign replies: they are made of the reply and of secrets, and there is one.

use super::values::{fault, values};
use crate::check::context::Context;
use crate::check::locations::{is_free, is_name};
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, PairSource};
use crate::read::tree::{Computed, Member, TypeKind};
use crate::resolve::reach;
use crate::source::{Span, Text};
use crate::template::Placeholder;

/// Looks at all of them together.
pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let mut signing = protocol.computed.iter().filter_map(|step| Some((step, step.signs_replies()?)));
    if let (Some((_, first)), Some((_, second))) = (signing.clone().next(), signing.nth(1)) {
        cx.add(
            Fault::new(Code::Contradiction, second.span, "a reply has one signature")
                .label("the second one")
                .related(first.span, "the first one")
                .expected("`in-reply` or `in-reply-header` beside one computed value"),
        );
    }
    for step in &protocol.computed {
        if let (Some(pair), Some(header)) = (step.in_reply, step.in_reply_header) {
            cx.add(
                Fault::new(Code::Contradiction, header.span, "a reply has one signature")
                    .label("in a header")
                    .related(pair.span, "in a pair")
                    .expected("one of `in-reply` and `in-reply-header`"),
            );
        }
    }
    for step in &protocol.computed {
        match (step.in_reply, step.in_reply_header) {
            (Some(pair), _) => in_pairs(cx, step, pair.span),
            (None, Some(header)) => in_a_header(cx, step, header),
            (None, None) => of_requests(cx, step),
        }
    }
}

/// A signature among the pairs of replies is made of those, in the one format that has some.
fn in_pairs(cx: &Context<'_>, step: &Computed<'_>, word: Span) {
    let protocol = cx.protocol();
    let name = step.key.value;
    if let Some(format) = protocol.formats.value.iter().find(|format| format.kind != FormatKind::Query) {
        cx.add(
            Fault::new(Code::Computed, word, "only a query string has pairs that can be signed")
                .label("in every reply")
                .related(format.span, "another format of replies")
                .expected("`query` as the only format, or `in-reply-header`"),
        );
    }
    no_raw_replies(cx, word);
    let mut lists = lists(cx, name).peekable();
    if lists.peek().is_none() {
        cx.add(
            fault(step.key.span, format!("`{name}` signs replies, and is made of nothing in them"))
                .label("is the same in every reply")
                .expected("`pairs = \"reply\"` in a computed value that it is made of"),
        );
    }
    for (_, span) in lists.filter(|(source, _)| *source != PairSource::Reply) {
        cx.add(of_a_request(step, span, PAIRS));
    }
    of_replies(cx, step, |_| false, PAIRS);
}

/// A signature in a header of replies is made of their bodies, and of other headers.
fn in_a_header(cx: &Context<'_>, step: &Computed<'_>, header: Text<'_>) {
    let name = step.key.value;
    is_name(cx, header);
    is_free(cx, header);
    no_raw_replies(cx, header.span);
    if let Some((operation, rows)) =
        cx.operations().find_map(|(_, one)| Some((one, rows(cx, &one.reply, &mut Vec::new())?)))
    {
        let operation = operation.key.value;
        cx.add(
            Fault::new(
                Code::Computed,
                rows,
                format!("rows of `{operation}` would be read before they are proven"),
            )
            .label("read row by row")
            .related(header.span, "signs the whole of a reply")
            .help("remove `rows`"),
        );
    }
    for (_, span) in lists(cx, name) {
        cx.add(of_a_request(step, span, WHOLE));
    }
    if !values(cx, step).iter().any(|(value, _)| value.name == "body") {
        cx.add(
            fault(step.key.span, format!("`{name}` signs replies, and their bodies are not in it"))
                .label("says nothing about the body")
                .expected("`{body}` in its text, or in that of a value that it is made of"),
        );
    }
    let of_reply =
        |value: &Placeholder<'_>| matches!(value.name, "body" | "body-length") || value.parts().0 == "header";
    of_replies(cx, step, of_reply, WHOLE);
}

/// The rows among members, and among those of their types; `seen` are the types that were looked at.
fn rows<'a>(cx: &Context<'a>, members: &'a [Member<'a>], seen: &mut Vec<&'a str>) -> Option<Span> {
    members.iter().find_map(|member| {
        if let Some(rows) = &member.rows {
            return Some(rows.span);
        }
        let kind = member.kind.filter(|kind| !seen.contains(&kind.value))?;
        seen.push(kind.value);
        let Some(TypeKind::Structure(inner)) = cx.scope.kind(Some(kind)) else { return None };
        rows(cx, inner, seen)
    })
}

/// What a value is made of that signs the pairs of replies.
const PAIRS: &str = "`pairs = \"reply\"`, `{client.…}` or `{session.…}`";
/// The same of one that signs their bodies.
const WHOLE: &str = "`{body}`, `{body-length}`, `{header.…}`, `{client.…}` or `{session.…}`";

/// Nothing looks at what signs a reply without an envelope.
fn no_raw_replies(cx: &Context<'_>, word: Span) {
    let mut operations = cx.operations();
    let raw = operations.find_map(|(_, operation)| Some((operation, operation.raw.as_ref()?.span)));
    let Some((operation, raw)) = raw else { return };
    let operation = operation.key.value;
    cx.add(
        Fault::new(
            Code::Computed,
            raw,
            format!("nothing is looked at that signs the replies of `{operation}`"),
        )
        .label("has no envelope")
        .related(word, "in every reply")
        .expected("replies in an envelope, all of them"),
    );
}

/// What signs replies is made of them and of what both sides know; `is_known` is what else of a text is a reply's.
fn of_replies(
    cx: &Context<'_>,
    step: &Computed<'_>,
    is_known: impl Fn(&Placeholder<'_>) -> bool,
    expected: &'static str,
) {
    for (value, template) in values(cx, step) {
        let of_request = match value.parts() {
            ("client" | "session", Some(_)) => false,
            _ if is_known(&value) => false,
            (name, None) => cx.protocol().computed(name).is_none(),
            _ => true,
        };
        if of_request {
            cx.add(of_a_request(step, value.span(template, cx.sources), expected));
        }
    }
}

fn of_a_request(step: &Computed<'_>, span: Span, expected: &'static str) -> Fault {
    fault(span, format!("`{}` signs replies, and this is a request's", step.key.value))
        .label("not known of a reply")
        .expected(expected)
}

/// What is in requests is not made of replies.
fn of_requests(cx: &Context<'_>, step: &Computed<'_>) {
    let reached_by_reply = cx
        .protocol()
        .computed
        .iter()
        .filter(|one| one.signs_replies().is_some())
        .any(|one| reach(cx.definition, one.key.value).contains(step.key.value));
    if reached_by_reply {
        return;
    }
    for source in step.pairs.iter().flatten().filter(|source| source.value == PairSource::Reply) {
        cx.add(
            fault(source.span, "there is no reply yet when a request is made")
                .label("the reply's")
                .expected("`in-reply` beside it, or beside a value that is made of it"),
        );
    }
}

/// The sources of the pairs that a value is made of.
fn lists<'a>(cx: &Context<'a>, name: &'a str) -> impl Iterator<Item = (PairSource, Span)> {
    let reached = reach(cx.definition, name);
    let steps = cx.protocol().computed.iter().filter(move |one| reached.contains(one.key.value));
    steps
        .flat_map(|one| one.pairs.iter().flatten().map(|source| (source.value, source.span)))
        .collect::<Vec<_>>()
        .into_iter()
}
