//! Members that requests always have, and replies may be without.

use super::context::Context;
use super::reached::reached;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Member, TypeKind};
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    let sent = cx.operations().flat_map(|(_, operation)| operation.inputs()).chain(cx.filled_in());
    let envelope = cx.protocol().envelope.value.iter().map(|member| &member.member);
    let replies = cx.operations().flat_map(|(_, operation)| &operation.reply);
    let answered = envelope.chain(replies).chain(cx.failures());
    let in_requests = reached(cx, sent.inspect(|member| only_in_requests(cx, member)));
    let in_replies = reached(cx, answered.inspect(|member| only_in_replies(cx, member)));
    for (index, kind) in cx.definition.types.iter().enumerate() {
        let Some(TypeKind::Structure(members)) = &kind.kind else { continue };
        for member in members {
            match (in_requests.get(index), in_replies.get(index)) {
                (Some(true), Some(false)) => only_in_requests(cx, member),
                (Some(false), Some(true)) => only_in_replies(cx, member),
                _ => layout(cx, member),
            }
        }
    }
}

fn meaningless(span: Span, message: &str, label: &str) -> Fault {
    Fault::new(Code::Meaningless, span, message).label(label)
}

fn only_in_requests(cx: &Context<'_>, member: &Member<'_>) {
    let Some(span) = member.in_requests else { return };
    let message = format!("`{}` is in requests only", member.key.value);
    cx.add(
        meaningless(span, &message, "no reply has it, which could be without").expected("`required = true`"),
    );
}

fn only_in_replies(cx: &Context<'_>, member: &Member<'_>) {
    let Some(span) = member.in_requests else { return };
    let message = format!("`{}` is in no request", member.key.value);
    cx.add(
        meaningless(span, &message, "no request has it")
            .help("remove `required`, or say `required = true` if replies always have it"),
    );
}

/// What cannot be told to be absent cannot be insisted on.
fn layout(cx: &Context<'_>, member: &Member<'_>) {
    let Some(span) = member.in_requests else { return };
    let presence = member.boolean.as_ref().filter(|boolean| boolean.value.1.is_none());
    let clashes = [
        ("map", member.map.as_ref().map(|map| map.span), "an absent map is an empty one"),
        ("flatten", member.flatten, "a flattened member's own members say what requests always have"),
        (
            "rows",
            member.rows.as_ref().map(|rows| rows.span),
            "a list that is read row by row may have no row",
        ),
        ("boolean", presence.map(|presence| presence.span), "a member that is absent says `false` already"),
    ];
    for (word, place, why) in clashes {
        let Some(place) = place else { continue };
        let message = format!("`{}` cannot be insisted on", member.key.value);
        cx.add(
            Fault::new(Code::Contradiction, span, message)
                .label(why)
                .related(place, format!("`{word}`"))
                .help("remove `required`"),
        );
    }
}
