//! What keeps the unknown: that it can, and that only one thing does.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::naming::MORE;
use crate::read::tree::{Member, TypeKind};
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    for kind in &cx.definition.types {
        let Some(partial) = kind.partial else { continue };
        said(cx, partial);
        match &kind.kind {
            Some(TypeKind::Structure(members)) => beside(cx, partial, members),
            Some(_) => cx.add(
                Fault::new(Code::Meaningless, partial.span, format!("`{}` is no structure", kind.key.value))
                    .label("has no members that could be missing")
                    .expected("`members` beside it")
                    .help("unknown values and variants are kept anyhow"),
            ),
            None => {}
        }
    }
    for (_, operation) in cx.operations() {
        let further = operation.pagination.as_ref().and_then(|pagination| pagination.further);
        if let Some(further) = further.filter(|_| operation.partial.is_none()) {
            beside(cx, further, &operation.request);
        }
        let Some(partial) = operation.partial else { continue };
        said(cx, partial);
        beside(cx, partial, &operation.request);
        beside(cx, partial, &operation.reply);
    }
    for member in cx.members() {
        let Some(span) = member.flatten else { continue };
        let Some(partial) = cx.scope.defined(member.kind).and_then(|kind| kind.partial) else { continue };
        cx.add(
            Fault::new(Code::Layout, span, "a partial structure cannot be flattened")
                .label("its unknown members would be those around it")
                .related(partial.span, "partial")
                .help("say `partial` of the structure or operation around it"),
        );
    }
}

fn said(cx: &Context<'_>, partial: Text<'_>) {
    if partial.value.trim().is_empty() {
        cx.add(
            Fault::new(Code::Empty, partial.span, "`partial` says nothing")
                .label("empty")
                .expected("what was not seen of the page, in words"),
        );
    }
}

/// The members beside which what is unknown is kept.
fn beside(cx: &Context<'_>, partial: Text<'_>, members: &[Member<'_>]) {
    for member in members {
        if member.rust == MORE {
            let written = member.name.unwrap_or(member.key);
            cx.add(
                Fault::new(Code::Reserved, written.span, format!("a member cannot be called `{MORE}` here"))
                    .label("reserved")
                    .related(partial.span, "what is unknown is kept under that name")
                    .help("give it another `name`"),
            );
        }
        if let (Some(span), Some(_)) = (member.flatten, &member.map) {
            cx.add(
                Fault::new(Code::Contradiction, span, "a flattened map takes what is unknown")
                    .label("nothing is left for `partial`")
                    .related(partial.span, "partial")
                    .expected("either `partial` or a flattened map"),
            );
        }
    }
}
