//! Types that contain each other.

use crate::model::{Repeat, TypeKind, ValueType, Vendor};

/// The mark of a type that the walk has not reached.
const UNSEEN: usize = usize::MAX;

/// Which types contain each other by value: Tarjan's strongly connected components, without recursion so that a chain of ten
/// thousand types does not overflow the stack.
pub fn cycles(vendor: &Vendor) -> Vec<usize> {
    let inner = |value: &ValueType, repeat: &Repeat| match (value, repeat) {
        (ValueType::Type(index), Repeat::Once) => Some(*index),
        _ => None,
    };
    let edges: Vec<Vec<usize>> = vendor
        .types
        .iter()
        .map(|described| match &described.kind {
            TypeKind::Structure(members) => {
                members.iter().filter_map(|member| inner(&member.value, &member.repeat)).collect()
            }
            TypeKind::Union { variants, .. } => {
                variants.iter().filter_map(|variant| variant.content).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![UNSEEN; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let (mut next, mut components, mut open) = (0, 0, Vec::new());
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some(&mut (node, ref mut edge)) = path.last_mut() {
            if *edge == 0 && order[node] == UNSEEN {
                (order[node], low[node]) = (next, next);
                next += 1;
                open.push(node);
            }
            if let Some(&target) = edges[node].get(*edge) {
                *edge += 1;
                if order[target] == UNSEEN {
                    path.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    component[member] = components;
                    if member == node {
                        break;
                    }
                }
                components += 1;
            }
        }
    }
    component
}
