//! Types that nothing uses.

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::{Member, TypeKind};

pub(super) fn check(cx: &Context<'_>) {
    let types = &cx.definition.types;
    let mut used = vec![false; types.len()];
    let envelope = cx.protocol().envelope.value.iter().map(|member| &member.member);
    let own = cx.operations().flat_map(|(_, operation)| operation.inputs().chain(&operation.reply));
    let from_outside = envelope.chain(own).chain(cx.filled_in()).chain(cx.failures());
    let index = |name: &str| cx.scope.type_index(name);
    let mut next: Vec<usize> = from_outside
        .flat_map(|member| member.kind.map(|kind| kind.value).into_iter().chain(in_cells(member)))
        .filter_map(index)
        .collect();
    while let Some(here) = next.pop() {
        match used.get_mut(here) {
            Some(used) if !*used => *used = true,
            _ => continue,
        }
        match types.get(here).and_then(|kind| kind.kind.as_ref()) {
            Some(TypeKind::Structure(members)) => {
                next.extend(members.iter().filter_map(|member| index(member.kind?.value)));
                next.extend(members.iter().flat_map(in_cells).filter_map(index));
            }
            Some(TypeKind::Union(variants)) => {
                next.extend(variants.iter().filter_map(|variant| index(variant.content?.value)));
            }
            _ => {}
        }
    }
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

/// The types that the cells of a member's rows are of.
fn in_cells<'a>(member: &Member<'a>) -> impl Iterator<Item = &'a str> {
    let kinds = member.rows.iter().flat_map(|rows| &rows.kinds);
    kinds.map(|kind| kind.is.value)
}
