//! Types that nothing uses.

use super::context::Context;
use super::reached::reached;
use crate::diagnostic::{Code, Fault};

pub(super) fn check(cx: &Context<'_>) {
    let types = &cx.definition.types;
    let envelope = cx.protocol().envelope.value.iter().map(|member| &member.member);
    let own = cx.operations().flat_map(|(_, operation)| operation.inputs().chain(&operation.reply));
    let used = reached(cx, envelope.chain(own).chain(cx.filled_in()).chain(cx.failures()));
    let index = |name: &str| cx.scope.type_index(name);
    // Of a type that is defined twice, only the one that its name stands for can be used.
    let unused = types
        .iter()
        .enumerate()
        .filter(|(here, kind)| used.get(*here) == Some(&false) && index(kind.key.value) == Some(*here));
    for (_, kind) in unused {
        cx.add(
            Fault::new(
                Code::UnreachableType,
                kind.key.span,
                format!("nothing uses the type `{}`", kind.key.value),
            )
            .label("not used")
            .help("remove it, or name it as the `type` of a member"),
        );
    }
}
