//! Maps in query strings, where an entry has no place of its own: that a reader can tell the entries apart.

use std::collections::HashSet;

use super::context::Context;
use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, Repeat};
use crate::read::tree::{Member, TypeKind};

/// `m.k.a=1&m.k.a=2`: a key that comes twice would be one entry whose members come twice.
pub(super) fn check(cx: &Context<'_>) {
    for member in in_query_strings(cx) {
        let Some(map) = &member.map else { continue };
        let Repeat::Map { key, repeats: true, .. } = &map.value else { continue };
        let keyed = key.is_empty() || member.flatten.is_some();
        let compound =
            matches!(cx.scope.kind(member.kind), Some(TypeKind::Structure(_) | TypeKind::Union(_)));
        if keyed && compound {
            let message = format!(
                "two entries of one key in `{}` cannot be told apart in query strings",
                member.key.value
            );
            cx.add(
                Fault::new(Code::Layout, map.span, message)
                    .label("`keyed` and `repeats`, of structures")
                    .expected(
                        "`keyed` without `repeats` where a key comes once, `key` and `value` where an entry has a number of its own, or a `list` of structures that have the key as a member",
                    ),
            );
        }
    }
}

/// Every member that a query string, or a form, may have: parameters, and of replies where they come in that format.
fn in_query_strings<'a>(cx: &Context<'a>) -> Vec<&'a Member<'a>> {
    let mut found: Vec<&Member<'_>> = cx.filled_in().collect();
    found.extend(cx.operations().flat_map(|(_, operation)| &operation.request));
    if cx.offers(FormatKind::Query) {
        found.extend(cx.operations().flat_map(|(_, operation)| &operation.reply));
        found.extend(cx.protocol().envelope.value.iter().map(|one| &one.member));
        found.extend(cx.failures());
    }
    let mut known: HashSet<usize> = HashSet::new();
    let mut next = 0;
    while let Some(member) = found.get(next) {
        next += 1;
        let mut kinds = vec![member.kind];
        while let Some(kind) = kinds.pop() {
            let Some(index) = kind.and_then(|kind| cx.scope.type_index(kind.value)) else { continue };
            if !known.insert(index) {
                continue;
            }
            match cx.definition.types.get(index).and_then(|kind| kind.kind.as_ref()) {
                Some(TypeKind::Structure(members)) => found.extend(members),
                Some(TypeKind::Union(variants)) => kinds.extend(variants.iter().map(|one| one.content)),
                _ => {}
            }
        }
    }
    found
}
