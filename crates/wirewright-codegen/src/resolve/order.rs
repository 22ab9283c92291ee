//! The order of the envelope's members around an operation's reply.

use std::collections::{HashMap, HashSet};

use super::Resolver;
use crate::diagnostic::{Code, Fault};
use crate::read::tree;

impl Resolver<'_> {
    /// Every member of the envelope once, as `order` says. What is around several members stands for all of them.
    pub(super) fn order(&self, written: &tree::Operation<'_>) -> Vec<usize> {
        let members = &self.definition.protocol.envelope.value;
        // Replies without a place of their own are behind the others.
        let all = members.len() + usize::from(!self.definition.protocol.has_place_of_data());
        let Some(order) = &written.order else { return (0..all).collect() };
        let mut names: Vec<&str> = Vec::new();
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, member) in members.iter().enumerate() {
            let name = member.within.unwrap_or(member.member.key).value;
            let known = places.entry(name).or_default();
            if known.is_empty() {
                names.push(name);
            }
            known.push(index);
        }
        let mut seen: HashSet<&str> = HashSet::new();
        let mut indices = Vec::new();
        let mut all_known = true;
        for text in &order.value {
            let Some(found) = places.get(text.value) else {
                self.report.add(
                    Fault::new(
                        Code::UnknownReference,
                        text.span,
                        format!("the envelope has no member `{}`", text.value),
                    )
                    .label("not in `[envelope]`")
                    .expected("the name of a member in `[envelope]`, or of what is around several")
                    .did_you_mean(self.report, text.value, names.iter().copied()),
                );
                all_known = false;
                continue;
            };
            if seen.insert(text.value) {
                indices.extend(found);
            } else {
                self.report.add(
                    Fault::new(Code::Order, text.span, format!("`{}` is in the order twice", text.value))
                        .label("the second time")
                        .expected("each member of the envelope once"),
                );
            }
        }
        let left: Vec<String> =
            names.iter().filter(|name| !seen.contains(*name)).map(|name| format!("`{name}`")).collect();
        if !left.is_empty() && all_known {
            self.report.add(
                Fault::new(Code::Order, order.span, "the order leaves out members of the envelope")
                    .label(format!("without {}", left.join(", ")))
                    .expected("each member of the envelope once"),
            );
        }
        indices.extend(members.len()..all);
        indices
    }
}
