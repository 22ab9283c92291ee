//! Types that nothing uses.

use super::Context;
use crate::diagnostic::{Code, Fault};
use crate::read::tree::TypeKind;

pub(super) fn check(cx: &Context<'_>) {
    let types = &cx.definition.types;
    let mut used = vec![false; types.len()];
    let envelope = cx.protocol().envelope.value.iter().map(|member| &member.member);
    let own = cx.operations().flat_map(|(_, operation)| operation.request.iter().chain(&operation.reply));
    let from_outside = envelope.chain(own).chain(cx.filled_in());
    let index = |name: &str| cx.scope.type_index(name);
    let mut next: Vec<usize> = from_outside.filter_map(|member| index(member.kind?.value)).collect();
    while let Some(here) = next.pop() {
        match used.get_mut(here) {
            Some(used) if !*used => *used = true,
            _ => continue,
        }
        match types.get(here).and_then(|kind| kind.kind.as_ref()) {
            Some(TypeKind::Structure(members)) => {
                next.extend(members.iter().filter_map(|member| index(member.kind?.value)));
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
