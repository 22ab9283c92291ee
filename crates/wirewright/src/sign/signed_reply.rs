//! Replies that are signed: what a server writes, and a client checks.

use std::borrow::Cow;

use http::HeaderMap;

use super::{
    computation::{Compute, Signed},
    message::Message,
    reply::{ReplyKeys, ReplyPlace, ReplySignature},
};
use crate::Secret;

/// What of a reply can be signed.
#[derive(Clone, Copy)]
pub(crate) struct Reply<'r> {
    /// The pairs, form-urlencoded, where it is a query string.
    pub(crate) pairs: &'r str,
    pub(crate) headers: &'r HeaderMap,
    /// As it is on the wire.
    pub(crate) body: &'r [u8],
}

/// The signature of a reply. `None`: something that it is made of is not known.
pub(crate) fn reply_signature(
    computation: &dyn Compute,
    signature: ReplySignature,
    reply: Reply<'_>,
    keys: &ReplyKeys,
) -> Option<Secret<String>> {
    let message = match signature.place {
        ReplyPlace::Pair => Message { reply: reply.pairs, ..Message::EMPTY },
        ReplyPlace::Header => Message { headers: Some(reply.headers), body: reply.body, ..Message::EMPTY },
    };
    let signed = Signed::new(&message, keys).by(keys.algorithm());
    computation.value(signature.step, &signed).ok().map(Secret::new)
}

/// Whether a reply is signed with these keys. The comparison takes constant time.
pub(crate) fn is_signed_reply(
    computation: &dyn Compute,
    signature: ReplySignature,
    reply: Reply<'_>,
    keys: &ReplyKeys,
) -> bool {
    if keys.is_unchecked() {
        return true;
    }
    let Some(sent) = sent(signature, reply) else { return false };
    let expected = reply_signature(computation, signature, reply, keys);
    expected.is_some_and(|expected| expected == Secret::from(&*sent))
}

/// The signature that a reply carries, if it carries one.
fn sent(signature: ReplySignature, reply: Reply<'_>) -> Option<Cow<'_, str>> {
    match signature.place {
        ReplyPlace::Pair => {
            let pairs = form_urlencoded::parse(reply.pairs.as_bytes());
            single(pairs.filter(|(name, _)| name == signature.name).map(|(_, value)| value))
        }
        ReplyPlace::Header => {
            let sent = single(reply.headers.get_all(signature.name).iter())?;
            sent.to_str().ok().map(Cow::Borrowed)
        }
    }
}

/// The one that there is: of two nobody could say which one counts.
fn single<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
