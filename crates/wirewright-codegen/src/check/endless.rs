//! Types that a value can never satisfy: a required member leads back to its own type.

use std::collections::HashSet;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::TypeKind;
use crate::source::Text;

pub(super) fn check(cx: &Context<'_>) {
    let types = &cx.definition.types;
    // What each type needs: a structure all of them, a union one of them.
    let needs: Vec<Vec<(usize, Text<'_>)>> = types.iter().map(|kind| needs(cx, kind.kind.as_ref())).collect();
    let mut left: Vec<usize> = types
        .iter()
        .zip(&needs)
        .map(|(kind, needs)| match &kind.kind {
            Some(TypeKind::Union(_)) => usize::from(!needs.is_empty()),
            _ => needs.len(),
        })
        .collect();
    let mut needed_by = vec![Vec::new(); types.len()];
    for (index, needs) in needs.iter().enumerate() {
        for (needed, _) in needs {
            if let Some(list) = needed_by.get_mut(*needed) {
                list.push(index);
            }
        }
    }
    let mut ready: Vec<usize> = (0..types.len()).filter(|index| left.get(*index) == Some(&0)).collect();
    while let Some(index) = ready.pop() {
        for dependent in needed_by.get(index).into_iter().flatten() {
            if let Some(count) = left.get_mut(*dependent).filter(|count| **count > 0) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*dependent);
                }
            }
        }
    }
    report_circles(cx, &needs, &left);
}

fn needs<'a>(cx: &Context<'a>, kind: Option<&'a TypeKind<'a>>) -> Vec<(usize, Text<'a>)> {
    match kind {
        Some(TypeKind::Structure(members)) => members
            .iter()
            .filter(|member| member.holds())
            .filter_map(|member| Some((cx.scope.type_index(member.kind?.value)?, member.key)))
            .collect(),
        // A variant without content always ends, and so does the union then.
        Some(TypeKind::Union(variants)) => variants
            .iter()
            .map(|variant| Some((cx.scope.type_index(variant.content?.value)?, variant.key)))
            .collect::<Option<_>>()
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Follows what is never satisfied until it meets itself, and reports each such circle once.
fn report_circles(cx: &Context<'_>, needs: &[Vec<(usize, Text<'_>)>], left: &[usize]) {
    let endless = |index: &usize| left.get(*index).is_some_and(|count| *count > 0);
    let mut visited = HashSet::new();
    for start in (0..left.len()).filter(endless) {
        let mut walk = Vec::new();
        let mut here = start;
        while visited.insert(here) {
            let Some((next, member)) = needs.get(here).into_iter().flatten().find(|(next, _)| endless(next))
            else {
                break;
            };
            walk.push((here, *member));
            here = *next;
        }
        let Some(begin) = walk.iter().position(|(index, _)| *index == here) else { continue };
        let circle = walk.get(begin..).unwrap_or_default();
        let Some((index, member)) = circle.last() else { continue };
        let name = |index: usize| cx.definition.types.get(index).map_or("", |kind| kind.key.value);
        let mut fault = Fault::new(
            Code::EndlessType,
            member.span,
            format!("a value of `{}` needs another value of `{}`, without end", name(here), name(here)),
        )
        .label(format!("required, and leads from `{}` back to `{}`", name(*index), name(here)))
        .expected("a member that may be absent or is a list that may be empty, somewhere on the way");
        for (_, between) in circle.iter().take(circle.len() - 1).take(4) {
            fault = fault.related(between.span, "on the way");
        }
        cx.add(fault);
    }
}
