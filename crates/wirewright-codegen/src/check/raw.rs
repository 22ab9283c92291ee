//! Replies that are no envelope: that nothing else is said of them, and what is said is of HTTP.

use super::{context::Context, media_types::is_media_type};
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Operation, Raw};
use crate::source::Span;

pub(super) fn check(cx: &Context<'_>) {
    for (group, operation) in cx.operations() {
        let Some(raw) = &operation.raw else { continue };
        beside(cx, operation, raw);
        of_http(cx, raw);
        let name = format!("{}/{}", group.name, operation.key.value);
        for session in &cx.protocol().sessions {
            for (word, verb) in [(session.opens, "open"), (session.closes, "close")] {
                if let Some(word) = word.filter(|word| word.value == name) {
                    cx.add(
                        clash(raw.span, &format!("`{name}` cannot {verb} a session with a raw reply"))
                            .related(word.span, "its session")
                            .expected("a reply in an envelope"),
                    );
                }
            }
        }
    }
}

fn clash(span: Span, message: &str) -> Fault {
    Fault::new(Code::Raw, span, message).label("its reply is no envelope")
}

/// What only an envelope has.
fn beside(cx: &Context<'_>, operation: &Operation<'_>, raw: &Raw<'_>) {
    let order = operation.order.as_ref().map(|order| ("order", order.span));
    let formats = operation.formats.as_ref().map(|formats| ("formats", formats.span));
    let reply = operation.reply.first().map(|member| ("reply", member.key.span));
    for (word, span) in [order, formats, reply].into_iter().flatten() {
        cx.add(
            clash(raw.span, &format!("`{word}` says nothing beside `raw`"))
                .related(span, "of an envelope")
                .expected(format!("either `raw` or `{word}`")),
        );
    }
    let samples = operation.examples.iter().filter(|example| example.error.is_none());
    for (format, _) in samples.flat_map(|example| &example.replies) {
        cx.add(
            Fault::new(Code::ExampleFormat, format.span, "an example of a raw reply cannot be in a format")
                .label("no envelope")
                .related(raw.span, "its reply is no envelope")
                .expected("`error` beside it: only an error is an envelope"),
        );
    }
}

fn of_http(cx: &Context<'_>, raw: &Raw<'_>) {
    for media in raw.media.iter().flat_map(|media| &media.value) {
        if !is_media_type(media.value) {
            cx.add(
                Fault::new(Code::Spelling, media.span, format!("`{}` is no media type", media.value))
                    .expected("a type and a subtype without parameters, as in `image/jpeg`"),
            );
        }
    }
    for status in raw.status.iter().flat_map(|statuses| &statuses.value) {
        if !status.value.text.parse().is_ok_and(|status: u16| (200..400).contains(&status)) {
            cx.add(
                Fault::new(Code::Spelling, status.span, format!("HTTP {} is no success", status.value.text))
                    .expected("a status from 200 to 399"),
            );
        }
    }
    let media = raw.media.as_ref().filter(|media| media.value.is_empty()).map(|media| media.span);
    let status = raw.status.as_ref().filter(|statuses| statuses.value.is_empty()).map(|status| status.span);
    for span in [media, status].into_iter().flatten() {
        cx.add(
            Fault::new(Code::Empty, span, "nothing is let through")
                .label("empty")
                .help("leave the word out for the default"),
        );
    }
}
