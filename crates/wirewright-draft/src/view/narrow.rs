//! Whether a value that a sample has is one that a definition takes.

use wirewright_codegen::model::{Member, Place, Repeat, TypeKind, ValueType};

use super::described::{Narrow, ShownPath, View};
use crate::tree::{Kind, Node};

impl View<'_> {
    /// Looks at what a sample has under the name of a member.
    pub(super) fn look(&self, member: &Member, node: &Node, shown_path: &ShownPath) {
        let tell = |narrow: Narrow| {
            let mut all = self.narrow.borrow_mut();
            let found = (shown_path.clone(), narrow);
            if !all.contains(&found) {
                all.push(found);
            }
        };
        let several = node.items().len() > 1 || matches!(node, Node::List(_));
        match &member.repeat {
            Repeat::Once if several && self.kind(member) != "any" => return tell(Narrow::Several),
            // What is joined or in an element of its own is not looked into here.
            Repeat::List { item: None, joined: None, .. } | Repeat::Once => {}
            Repeat::List { .. } | Repeat::Map { .. } => return,
        }
        for node in node.items() {
            let found = match node {
                Node::Scalar(text, kind) => self.scalar(member, text, *kind),
                Node::Object(_) if !matches!(self.kind(member), "structure" | "any" | "map") => {
                    Some(Narrow::Type(self.kind(member)))
                }
                _ => None,
            };
            if let Some(found) = found {
                tell(found);
            }
        }
    }

    fn scalar(&self, member: &Member, text: &str, kind: Kind) -> Option<Narrow> {
        let absent = (text.trim().is_empty() && (member.empty_is_absent || kind == Kind::Written))
            || member.absent.iter().any(|own| own == text);
        if absent {
            return None;
        }
        let text = text.trim();
        let fits = match &member.value {
            ValueType::Integer => text.parse::<i64>().is_ok(),
            ValueType::Number => text.parse::<f64>().is_ok(),
            ValueType::Boolean => match &member.boolean {
                Some((yes, Some(no))) => text == yes || text == no || kind == Kind::Boolean,
                Some((_, None)) => true,
                None => matches!(text, "true" | "false" | "1" | "0"),
            },
            ValueType::Type(index) => return self.named(member, *index, text),
            _ => true,
        };
        (!fits).then(|| Narrow::Type(self.kind(member)))
    }

    fn named(&self, member: &Member, index: usize, text: &str) -> Option<Narrow> {
        match &self.vendor.types.get(index)?.kind {
            TypeKind::Enumeration { values, .. } => {
                let known = values
                    .iter()
                    .any(|value| value.name.wire == text || value.also.iter().any(|also| also == text));
                let shown =
                    if member.secret { "a secret".to_owned() } else { text.chars().take(60).collect() };
                (!known).then_some(Narrow::Value(shown))
            }
            TypeKind::DateTime(_, formats) => {
                let reads = |format: &String| {
                    jiff::fmt::strtime::parse(format, text).is_ok_and(|parts| {
                        parts.to_date().is_ok() || parts.to_time().is_ok() || parts.timestamp().is_some()
                    })
                };
                (!formats.iter().any(reads)).then_some(Narrow::Type("moment"))
            }
            TypeKind::Epoch(_) => text.parse::<f64>().is_err().then_some(Narrow::Type("epoch")),
            // An element with a text and attributes may have no attribute.
            TypeKind::Structure(members) if members.iter().any(|one| one.place == Place::Text) => None,
            TypeKind::Structure(_) | TypeKind::Union { .. } => Some(Narrow::Type("structure")),
            _ => None,
        }
    }
}
