//! Where operations are stated: a call that no page describes is not to be told from a guess.

use super::context::Context;
use crate::diagnostic::{Code, Fault};

pub(super) fn check(cx: &Context<'_>) {
    let stated = |source: Option<&str>| source.is_some_and(|source| !source.trim().is_empty());
    if stated(cx.protocol().facts.source) {
        return;
    }
    for (group, operation) in cx.operations() {
        if !stated(group.facts.source) && !stated(operation.facts.source) {
            cx.add(
                Fault::new(
                    Code::Unsourced,
                    operation.key.span,
                    format!("no page states `{}`", operation.key.value),
                )
                .label("has no `source`")
                .expected("`source`, a text in quotes: the page that states it")
                .help("where one page states all operations, the group's file or `protocol.toml` can say it once"),
            );
        }
    }
}
