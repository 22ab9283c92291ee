//! Signatures: that there is a key to sign with, and a place to put them.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::Provider;

pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    let place =
        protocol.parameters.iter().find(|one| one.from.is_some_and(|from| from.value == Provider::Signature));
    match (&protocol.signature, place) {
        (None, Some(place)) => cx.add(
            Fault::new(Code::Signature, place.member.key.span, "nothing says how requests are signed")
                .label("holds a signature")
                .expected("a table `[signature]`"),
        ),
        (Some(signature), None) => cx.add(
            Fault::new(Code::Signature, signature.span, "the signature goes nowhere")
                .label("no parameter holds it")
                .expected("a parameter `from = \"signature\"`"),
        ),
        _ => {}
    }
    for (_, operation) in cx.operations() {
        let name = operation.key.value;
        let Some(signed) = operation.signed else {
            if let Some(optional) = operation.signature_optional {
                cx.add(
                    Fault::new(Code::Signature, optional, format!("`{name}` is not signed"))
                        .label("without meaning here")
                        .expected("`signed = true` beside it"),
                );
            }
            continue;
        };
        if protocol.signature.is_none() {
            cx.add(
                Fault::new(Code::Signature, signed, format!("`{name}` is signed, and nothing says how"))
                    .label("there is no `[signature]`")
                    .expected("a table `[signature]` in `protocol.toml`"),
            );
        }
        let taken = || protocol.sessions.iter().filter(|session| operation.takes(session).is_some());
        if taken().next().is_none() {
            cx.add(
                Fault::new(Code::Signature, signed, format!("`{name}` is signed and has no session"))
                    .label("the key is the session's")
                    .expected(match protocol.sessions.as_slice() {
                        [one] if one.key.is_none() => "`session = \"required\"` beside it",
                        _ => "`session` beside it, with a kind of session that has the key",
                    }),
            );
        } else if let Some(key) = protocol.signature.as_ref().and_then(|signature| signature.key)
            && protocol.sessions.iter().any(|session| session.field(key.value).is_some())
            && taken().all(|session| session.field(key.value).is_none())
        {
            let message = format!("`{name}` is signed, and no session that it takes has the key");
            cx.add(
                Fault::new(Code::Signature, signed, message)
                    .label("is never signed")
                    .related(key.span, "the field whose text is the key")
                    .expected("`session` with a kind of session that has this field"),
            );
        }
    }
}
