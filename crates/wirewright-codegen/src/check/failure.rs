//! The data of failed calls: that it has a place, and is promised by nothing.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{Role, When};
use crate::naming::MORE;
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    let mut names: HashMap<&str, Text<'_>> = HashMap::new();
    for member in cx.failures() {
        let written = member.name.unwrap_or(member.key);
        if let Some(required) = member.required.filter(|required| required.value && member.once()) {
            cx.add(
                Fault::new(Code::FailureData, required.span, "the data of an error promises nothing")
                    .label("an error without it is an error all the same")
                    .help("remove `required`"),
            );
        }
        if let Some(span) = member.flatten {
            cx.add(
                Fault::new(Code::FailureData, span, "a member of an error's data cannot be flattened")
                    .label("what is unknown is beside it")
                    .help("give its members here, one by one"),
            );
        }
        if member.rust == MORE {
            cx.add(
                Fault::new(Code::Reserved, written.span, format!("a member cannot be called `{MORE}` here"))
                    .label("what is unknown is kept under that name")
                    .help("give it another `name`"),
            );
        }
        // Within one table this has been reported.
        let first = *names.entry(&member.rust).or_insert(member.key);
        if first.value != member.key.value && !together(cx, first, member.key) {
            let message =
                format!("`{}` and `{}` are both `{}` in Rust", first.value, written.value, member.rust);
            cx.add(
                Fault::new(Code::RustClash, written.span, message)
                    .label("the second one")
                    .related(first.span, "the first one")
                    .help("give one of them another `name`"),
            );
        }
    }
    no_place(cx);
}

/// Whether two members are in one table.
fn together(cx: &Context<'_>, one: Text<'_>, other: Text<'_>) -> bool {
    let holds = |key: Text<'_>| move |member: &crate::read::tree::Member<'_>| member.key.span == key.span;
    cx.failure_data().any(|members| members.iter().any(holds(one)) && members.iter().any(holds(other)))
}

/// The envelope of an error must have a place for the data.
fn no_place(cx: &Context<'_>) {
    let Some(first) = cx.failures().next() else { return };
    let envelope = &cx.protocol().envelope;
    let data = envelope.value.iter().find(|one| one.role.is_some_and(|role| role.value == Role::Data));
    let fault = || {
        Fault::new(Code::EnvelopeRole, first.key.span, "the envelope of an error has no place for data")
            .label("has no place")
    };
    match data {
        Some(data) if data.when == When::Success => cx.add(
            fault()
                .related(data.member.key.span, "there on success only")
                .expected("a member with `is = \"data\"` that is on every reply"),
        ),
        Some(_) => {}
        None if envelope.value.iter().any(|one| one.unclear) => {}
        None => cx.add(fault().expected("a member with `is = \"data\"` in the envelope")),
    }
}
