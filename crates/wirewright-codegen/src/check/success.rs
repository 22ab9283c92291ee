//! What a success is like in HTTP: its status, and whether it has a body.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::Role;
use crate::read::tree::Operation;
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    for (_, operation) in cx.operations() {
        if let Some(raw) = &operation.raw {
            let status = operation.status.as_ref().map(|status| ("status", status.span));
            let empty = operation.empty_reply.map(|span| ("empty-reply", span));
            for (word, span) in [status, empty].into_iter().flatten() {
                cx.add(
                    Fault::new(Code::Contradiction, span, format!("`{word}` says nothing beside `raw`"))
                        .label("of an envelope")
                        .related(raw.span, "its reply is no envelope")
                        .help("`raw` has a word `status` of its own"),
                );
            }
            continue;
        }
        if let Some(status) = &operation.status {
            if !(200..300).contains(&status.value) {
                cx.add(
                    Fault::new(
                        Code::StatusValue,
                        status.span,
                        format!("HTTP {} is no success", status.value),
                    )
                    .label("not the status of a success")
                    .expected("a number from 200 to 299"),
                );
            } else if matches!(status.value, 204 | 205) {
                has_nothing(cx, operation, status.span, &format!("HTTP {} has no body", status.value));
            }
        }
        if let Some(span) = operation.empty_reply {
            has_nothing(cx, operation, span, "a reply without a body has nothing in it");
        }
    }
}

/// That nothing is required of a reply that has no body.
fn has_nothing(cx: &Context<'_>, operation: &Operation<'_>, span: Span, message: &str) {
    let required = operation.reply.iter().find(|member| member.required() && member.location.is_none());
    let envelope = cx.protocol().envelope.value.iter().find(|member| {
        let given = member.value.is_some() || member.role.is_some_and(|role| role.value == Role::Status);
        member.member.required() && member.when != crate::model::When::Failure && !given
    });
    if let Some(member) = required.or(envelope.map(|member| &member.member)) {
        cx.add(
            Fault::new(Code::Contradiction, span, message)
                .label("may come without a body")
                .related(member.key.span, "is always there")
                .expected("a reply and an envelope of which nothing is `required` but what is in headers"),
        );
    }
}
