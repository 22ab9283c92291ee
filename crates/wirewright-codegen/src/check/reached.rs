//! Which types members lead to.

use super::context::Context;
use crate::read::tree::{Member, TypeKind};

/// Of each type, whether one of these members is of it, or of a type that leads to it.
pub(super) fn reached<'a>(cx: &Context<'a>, members: impl Iterator<Item = &'a Member<'a>>) -> Vec<bool> {
    let types = &cx.definition.types;
    let mut reached = vec![false; types.len()];
    let index = |name: &str| cx.scope.type_index(name);
    let mut next: Vec<usize> = members
        .flat_map(|member| member.kind.map(|kind| kind.value).into_iter().chain(in_cells(member)))
        .filter_map(index)
        .collect();
    while let Some(here) = next.pop() {
        match reached.get_mut(here) {
            Some(reached) if !*reached => *reached = true,
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
    reached
}

/// The types that the cells of a member's rows are of.
fn in_cells<'a>(member: &Member<'a>) -> impl Iterator<Item = &'a str> {
    let kinds = member.rows.iter().flat_map(|rows| &rows.kinds);
    kinds.map(|kind| kind.is.value)
}
