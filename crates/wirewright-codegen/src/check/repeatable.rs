//! Operations that a client calls again by itself.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::Operation;
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    for session in &cx.protocol().sessions {
        for (named, verb) in [(session.opens, "open"), (session.closes, "close")] {
            let Some(named) = named else { continue };
            // A reference to nothing is reported where references are.
            if let Some((_, _, operation)) = cx.scope.operation(named.value) {
                once(cx, operation, named, verb);
            }
        }
    }
}

/// A second session would stay open, and a session that was closed the first time is unknown the second time.
fn once(cx: &Context<'_>, operation: &Operation<'_>, named: Text<'_>, verb: &str) {
    let Some(span) = operation.repeatable else { return };
    cx.add(
        Fault::new(
            Code::SessionLife,
            span,
            format!("`{}` {verb}s a session and cannot be repeated", operation.key.value),
        )
        .label("says that calling it twice does no more than calling it once")
        .related(named.span, format!("what {verb}s the session"))
        .help("remove `repeatable`; where the group says it, write `repeatable = false` here"),
    );
}
