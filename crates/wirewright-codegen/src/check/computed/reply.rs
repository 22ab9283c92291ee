//! Values that sign replies: they are made of the reply and of secrets, and there is one.

use super::values::{fault, values};
use crate::check::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, PairSource};
use crate::read::tree::Computed;
use crate::resolve::reach;
use crate::source::Span;

/// Looks at all of them together.
pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let mut signing = protocol.computed.iter().filter_map(|step| Some((step, step.in_reply?)));
    if let (Some((_, first)), Some((_, second))) = (signing.clone().next(), signing.nth(1)) {
        cx.add(
            Fault::new(Code::Contradiction, second.span, "a reply has one signature")
                .label("the second one")
                .related(first.span, "the first one")
                .expected("`in-reply` beside one computed value"),
        );
    }
    for step in &protocol.computed {
        match step.in_reply {
            Some(word) => of_replies(cx, step, word.span),
            None => of_requests(cx, step),
        }
    }
}

/// What signs replies is made of them, in the one format that has pairs.
fn of_replies(cx: &Context<'_>, step: &Computed<'_>, word: Span) {
    let protocol = cx.protocol();
    let name = step.key.value;
    if let Some(format) = protocol.formats.value.iter().find(|format| format.kind != FormatKind::Query) {
        cx.add(
            Fault::new(Code::Computed, word, "only a query string has pairs that can be signed")
                .label("in every reply")
                .related(format.span, "another format of replies")
                .expected("`query` as the only format"),
        );
    }
    if let Some((operation, raw)) =
        cx.operations().find_map(|(_, operation)| Some((operation, operation.raw.as_ref()?.span)))
    {
        let operation = operation.key.value;
        cx.add(
            Fault::new(
                Code::Computed,
                raw,
                format!("nothing is looked at that signs the replies of `{operation}`"),
            )
            .label("has no pairs")
            .related(word, "in every reply")
            .expected("replies in a query string, all of them"),
        );
    }
    let mut lists = lists(cx, name).peekable();
    if lists.peek().is_none() {
        cx.add(
            fault(step.key.span, format!("`{name}` signs replies, and is made of nothing in them"))
                .label("is the same in every reply")
                .expected("`pairs = \"reply\"` in a computed value that it is made of"),
        );
    }
    for (_, span) in lists.filter(|(source, _)| *source != PairSource::Reply) {
        cx.add(of_a_request(step, span));
    }
    for (value, template) in values(cx, step) {
        let of_request = match value.parts() {
            ("client" | "session", Some(_)) => false,
            (name, None) => protocol.computed(name).is_none(),
            _ => true,
        };
        if of_request {
            cx.add(of_a_request(step, value.span(template, cx.sources)));
        }
    }
}

fn of_a_request(step: &Computed<'_>, span: Span) -> Fault {
    fault(span, format!("`{}` signs replies, and this is a request's", step.key.value))
        .label("not known of a reply")
        .expected("`pairs = \"reply\"`, `{client.…}` or `{session.…}`")
}

/// What is in requests is not made of replies.
fn of_requests(cx: &Context<'_>, step: &Computed<'_>) {
    let reached_by_reply = cx
        .protocol()
        .computed
        .iter()
        .filter(|one| one.in_reply.is_some())
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
