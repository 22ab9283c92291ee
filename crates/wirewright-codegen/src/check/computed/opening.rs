//! Computed values that a session keeps: they are made of the call that opens it.

use super::values::{fault, values};
use crate::check::context::Context;
use crate::read::tree::Computed;
use crate::resolve::reach;
use crate::source::Text;

/// Looks at what each kind of session keeps.
pub(super) fn check(cx: &Context<'_>) {
    for field in cx.protocol().sessions.iter().flat_map(|session| &session.fields) {
        let of = field.from.and_then(|from| cx.protocol().computed(from.value.strip_prefix("computed.")?));
        if let Some(step) = of {
            at_an_opening(cx, field.key, step);
        }
    }
}

/// The key of a session is made of what opens it.
fn at_an_opening(cx: &Context<'_>, field: Text<'_>, step: &Computed<'_>) {
    for (value, template) in values(cx, step) {
        let (group, name) = value.parts();
        let is_step = name.is_none() && cx.protocol().computed(value.name).is_some();
        if !matches!(group, "request" | "data") && !is_step {
            cx.add(
                fault(
                    value.span(template, cx.sources),
                    format!("`{{{}}}` is not known when a session is opened", value.name),
                )
                .label("of a later request")
                .related(field.span, "computed once, when the session is opened")
                .expected("values of the opening call: `{request.…}` and `{data.…}`"),
            );
        }
    }
    let reached = reach(cx.definition, step.key.value);
    for inner in cx.protocol().computed.iter().filter(|one| reached.contains(one.key.value)) {
        if let Some(pairs) = inner.pairs.as_ref().and_then(|pairs| pairs.first()) {
            cx.add(
                fault(pairs.span, "no pairs are known when a session is opened")
                    .label("of a later request")
                    .related(field.span, "computed once, when the session is opened")
                    .expected("a `text` with values of the opening call"),
            );
        }
    }
}
