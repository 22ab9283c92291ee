//! How large values are in memory, about: a variant that is much larger than the others is behind a box.

use super::context::{Context, Scope};
use crate::model::{Member, Repeat, TypeKind, ValueType};

/// From this on, in bytes, a variant's content is boxed. It is what Clippy lets variants differ by.
const LARGE: usize = 200;

/// A text, a list or a map.
const POINTER_LENGTH_CAPACITY: usize = 24;

impl Context<'_> {
    /// Whether the variant of the union `scope` that holds `value` is a box around it.
    pub fn boxed_variant(&self, value: &ValueType, scope: Scope) -> bool {
        self.boxed(value, scope) || self.size(value) >= LARGE
    }

    fn size(&self, value: &ValueType) -> usize {
        match value {
            ValueType::Boolean => 1,
            ValueType::Integer | ValueType::Number | ValueType::ClockSkew => 8,
            ValueType::String | ValueType::Bytes => POINTER_LENGTH_CAPACITY,
            ValueType::Any => 2 * POINTER_LENGTH_CAPACITY,
            ValueType::File => 3 * POINTER_LENGTH_CAPACITY,
            ValueType::Type(index) => self.size_of_type(*index),
        }
    }

    fn size_of_type(&self, index: usize) -> usize {
        let scope = Scope::Types(index);
        let own = &self.vendor.types[index];
        let more = if own.partial.is_some() { POINTER_LENGTH_CAPACITY } else { 0 };
        match &own.kind {
            TypeKind::Structure(members) => {
                more + members.iter().map(|member| self.size_of_member(member, scope)).sum::<usize>()
            }
            TypeKind::Union { variants, .. } => {
                let contents = variants.iter().filter_map(|variant| variant.content).map(ValueType::Type);
                let sizes = contents.map(|content| {
                    if self.boxed_variant(&content, scope) { size_of::<u64>() } else { self.size(&content) }
                });
                sizes.max().unwrap_or_default().max(3 * POINTER_LENGTH_CAPACITY)
            }
            TypeKind::Enumeration { .. }
            | TypeKind::Text
            | TypeKind::Epoch(_)
            | TypeKind::Separated { .. } => POINTER_LENGTH_CAPACITY,
            TypeKind::DateTime(..) | TypeKind::Formed(_) => 2 * POINTER_LENGTH_CAPACITY,
        }
    }

    fn size_of_member(&self, member: &Member, scope: Scope) -> usize {
        match &member.repeat {
            Repeat::List { .. } | Repeat::Map { .. } => POINTER_LENGTH_CAPACITY,
            Repeat::Once if self.boxed(&member.value, scope) => size_of::<u64>(),
            // An absent number takes as much again.
            Repeat::Once => match self.size(&member.value) {
                8 if !member.required => 16,
                size => size,
            },
        }
    }
}
