//! What is around members of the envelope: that it holds them together, and has a name of its own.

use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::Role;
use crate::naming::snake;
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    let members = &cx.protocol().envelope.value;
    let mut ended: HashMap<&str, Text<'_>> = HashMap::new();
    let mut before: Option<Text<'_>> = None;
    for one in members {
        if let Some(within) = one.within {
            if within.value.is_empty() {
                cx.add(
                    Fault::new(Code::WireName, within.span, "a name cannot be empty")
                        .label("empty")
                        .expected("the name on the wire of what is around the member"),
                );
            }
            if within.value.contains('.') {
                cx.add(
                    Fault::new(
                        Code::WireName,
                        within.span,
                        format!("`{}` is one name here, and no path", within.value),
                    )
                    .label("a dot leads nowhere")
                    .expected("the name of the one member that is around it: nothing is around that one"),
                );
            }
            if one.role.is_some_and(|role| role.value == Role::Data) {
                cx.add(
                    Fault::new(Code::Layout, within.span, "the reply is within nothing else")
                        .label("around the place of the reply")
                        .help("remove `within`"),
                );
            }
            if let Some(first) = ended.get(within.value) {
                cx.add(
                    Fault::new(
                        Code::Layout,
                        within.span,
                        format!("the members within `{}` are not next to each other", within.value),
                    )
                    .label("apart from the others")
                    .related(first.span, "the last of the others")
                    .expected("one after the other, as they are on the wire"),
                );
            }
        }
        if let Some(left) = before.filter(|left| one.within.is_none_or(|within| within.value != left.value)) {
            ended.entry(left.value).or_insert(left);
        }
        before = one.within;
    }
    names(cx);
}

/// A wrapper is a field beside the members that are in none.
fn names(cx: &Context<'_>) {
    let beside = cx.protocol().envelope.value.iter().filter(|one| one.within.is_none()).map(|one| {
        let data = one.role.is_some_and(|role| role.value == Role::Data);
        let rust = if data { "data" } else { one.member.rust.as_str() };
        (rust.to_owned(), one.member.name.unwrap_or(one.member.key))
    });
    let mut seen: HashMap<String, Text<'_>> = beside.collect();
    for wrapper in cx.wrappers() {
        let rust = snake(wrapper.value);
        // Of one name on the wire they have been reported.
        if let Some(other) = seen.get(&rust).filter(|other| other.value != wrapper.value) {
            cx.add(
                Fault::new(
                    Code::RustClash,
                    wrapper.span,
                    format!("`{}` and `{}` are both `{rust}` in Rust", other.value, wrapper.value),
                )
                .label("this one has members inside")
                .related(other.span, "the other one")
                .help("give the member another `name`"),
            );
        }
        seen.insert(rust, wrapper);
    }
}
