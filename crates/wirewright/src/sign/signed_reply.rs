//! Replies that are signed: what a server writes, and a client checks.

use super::{
    computation::{Compute, Signed},
    message::Message,
    reply::{ReplyKeys, ReplySignature},
};
use crate::Secret;

/// The signature of a reply with these pairs, form-urlencoded. `None`: something that it is made of is not known.
pub(crate) fn reply_signature(
    computation: &dyn Compute,
    signature: ReplySignature,
    pairs: &str,
    keys: &ReplyKeys,
) -> Option<Secret<String>> {
    let message = Message { reply: pairs, ..Message::EMPTY };
    let signed = Signed::new(&message, keys).by(keys.algorithm());
    computation.value(signature.step, &signed).ok().map(Secret::new)
}

/// Whether a reply with these pairs, form-urlencoded, is signed with these keys. The comparison takes constant time.
pub(crate) fn is_signed_reply(
    computation: &dyn Compute,
    signature: ReplySignature,
    pairs: &str,
    keys: &ReplyKeys,
) -> bool {
    if keys.is_unchecked() {
        return true;
    }
    let mut sent = form_urlencoded::parse(pairs.as_bytes()).filter(|(name, _)| name == signature.name);
    let (Some((_, sent)), None) = (sent.next(), sent.next()) else { return false };
    let expected = reply_signature(computation, signature, pairs, keys);
    expected.is_some_and(|expected| expected == Secret::from(&*sent))
}
