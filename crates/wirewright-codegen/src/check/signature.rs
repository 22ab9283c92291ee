//! Signed operations: that something signs them, and with what.

use super::computed::{carried, of_session, secrets};
use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Computed, Provider};
use crate::template::{Placeholder, placeholders};

pub(super) fn check(cx: &Context<'_>) {
    let protocol = cx.protocol();
    for (group, operation) in cx.operations() {
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
        let carried: Vec<_> = protocol
            .parameters
            .iter()
            .filter(|one| one.goes_with(&group.name))
            .filter_map(|one| Some((one, carried(cx, one)?)))
            .collect();
        // A reference to nothing has been reported.
        let unclear = protocol.parameters.iter().any(|one| {
            one.from.is_some_and(|from| from.value == Provider::Computed)
                && cx.protocol().computed(one.field.unwrap_or(one.member.key).value).is_none()
        });
        let keyed: Vec<_> = carried.iter().filter(|(_, step)| has_key(cx, step)).collect();
        if carried.is_empty() && !unclear {
            cx.add(
                Fault::new(Code::Signature, signed, format!("`{name}` is signed, and nothing says how"))
                    .label("no parameter carries a signature")
                    .expected(
                        "a parameter `from = \"computed\"`, and a table `[computed.NAME]` in `protocol.toml` that says how it is computed",
                    ),
            );
        } else if keyed.is_empty() && !unclear {
            let place = carried.first().map(|(parameter, _)| parameter.member.key.span);
            let fault = Fault::new(Code::Signature, signed, format!("`{name}` is signed and no key is given"))
                .label("anyone could sign it")
                .expected(
                    "a secret in what is computed: `{client.…}` or `{session.…}` with `secret = true`, in its `key` or in its `text`",
                );
            cx.add(match place {
                Some(place) => fault.related(place, "computed of nothing that is secret"),
                None => fault,
            });
        }
        let by_sessions: Vec<_> = keyed.iter().filter(|(parameter, _)| of_session(cx, parameter)).collect();
        if by_sessions.is_empty() || by_sessions.len() < keyed.len() {
            continue;
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
            continue;
        }
        let is_missing = |value: &Placeholder<'_>| {
            let (group, Some(field)) = value.parts() else { return false };
            let known = protocol.sessions.iter().any(|session| session.field(field).is_some());
            group == "session" && !value.optional && known && taken().all(|one| one.field(field).is_none())
        };
        let missing = by_sessions.iter().flat_map(|(_, step)| secrets(cx, step)).find(is_missing);
        if let Some(value) = missing {
            let steps = protocol.computed.iter();
            let key = steps
                .flat_map(Computed::templates)
                .find(|text| placeholders(text.value).any(|one| one.name == value.name));
            let message = format!("`{name}` is signed, and no session that it takes has the key");
            let fault = Fault::new(Code::Signature, signed, message).label("is never signed");
            let fault = fault.expected("`session` with a kind of session that has this field");
            cx.add(match key {
                Some(key) => fault.related(value.span(key, cx.sources), "the field that signs"),
                None => fault,
            });
        }
    }
}

/// Whether a value is made of a secret, or of something that is meant to be one, and of which something else has been reported.
fn has_key(cx: &Context<'_>, step: &Computed<'_>) -> bool {
    let meant = |value: &Placeholder<'_>| match value.parts() {
        ("session", Some(_)) => true,
        ("client", Some(name)) => cx.scope.client_parameter(name).is_none(),
        _ => false,
    };
    !secrets(cx, step).is_empty()
        || step.templates().any(|text| placeholders(text.value).any(|one| meant(&one)))
}
