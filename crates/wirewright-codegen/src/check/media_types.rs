//! Media types: that each is one, which a header can carry.

use super::context::Context;
use crate::diagnostic::{Code, Fault};

pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let replies = protocol.formats.value.iter().filter_map(|format| format.media_type);
    let requests = protocol.body.iter().filter_map(|body| body.media_type);
    for said in replies.chain(requests) {
        let (media_type, parameters) = said.value.split_once(';').unwrap_or((said.value, ""));
        let shown = |byte: u8| matches!(byte, b' '..=b'~');
        if !is_media_type(media_type) || !parameters.bytes().all(shown) {
            cx.add(
                Fault::new(Code::Spelling, said.span, format!("`{}` is no Content-Type", said.value))
                    .expected("a media type, as in `text/xml` or `text/xml; charset=utf-8`"),
            );
        }
    }
}

/// Whether a text is a media type without parameters.
pub(super) fn is_media_type(text: &str) -> bool {
    text.split_once('/').is_some_and(|(kind, sub)| is_token(kind) && is_token(sub))
}

fn is_token(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
}
