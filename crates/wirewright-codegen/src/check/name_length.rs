//! Names that are longer than the description of a structure has room for.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{OPERATION, Role};
use crate::source::Text;

/// In bytes. A description has room for 65,535 of a name as it is written, where a character may take six.
const LONGEST: usize = 10_000;

pub(super) fn check(cx: &Context<'_>) {
    for member in cx.members() {
        let own = [Some(member.key), member.xml, member.json, member.query];
        own.into_iter().flatten().for_each(|name| length(cx, name, name.value.len()));
    }
    cx.wrappers().into_iter().for_each(|wrapper| length(cx, wrapper, wrapper.value.len()));
    // What sessions carry, and what they keep.
    for parameter in &cx.protocol().parameters {
        length(cx, parameter.member.key, parameter.member.key.value.len());
    }
    for field in cx.protocol().sessions.iter().flat_map(|session| &session.fields) {
        length(cx, field.key, field.key.value.len());
    }
    // The reply's place may have the operation's name in it, more than once.
    let longest = cx.operations().map(|(_, operation)| operation.on_the_wire().value.len()).max();
    for member in &cx.protocol().envelope.value {
        let place = &member.member;
        if member.role.is_some_and(|role| role.value == Role::Data) {
            for name in [Some(place.key), place.xml, place.json, place.query].into_iter().flatten() {
                let operations = name.value.matches(OPERATION).count();
                let written = name.value.len() + operations * longest.unwrap_or_default();
                if operations > 0 && name.value.len() <= LONGEST {
                    length(cx, name, written);
                }
            }
        }
    }
}

fn length(cx: &Context<'_>, name: Text<'_>, bytes: usize) {
    if bytes > LONGEST {
        cx.add(
            Fault::new(Code::WireName, name.span, format!("a name of {bytes} bytes is too long"))
                .label("too long")
                .expected(format!("at most {LONGEST} bytes")),
        );
    }
}
