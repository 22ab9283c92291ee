//! The values of an envelope's members.

use crate::emit::text::literal;
use crate::model::{EnvelopeMember, TypeKind, ValueType};
use crate::plan::context::Context;

/// A member's value in an envelope that is read.
pub(in crate::emit) fn value(member: &EnvelopeMember) -> String {
    let rust = &member.member.name.rust;
    if member.within.is_some() || member.told.is_some() { rust.clone() } else { format!("self.{rust}") }
}

/// A value of the status as a pattern and as an expression: a number, a text or an enumeration's variant.
pub(in crate::emit) fn status_value(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    if let ValueType::Type(index) = status.member.value
        && let described = &context.vendor.types[index]
        && let TypeKind::Enumeration { values, .. } = &described.kind
        && let Some(variant) = values.iter().find(|variant| variant.name.wire == value)
    {
        return format!("types::{}::{}", described.name.rust, variant.name.rust);
    }
    match status.member.value {
        ValueType::String => literal(value),
        // `3` is no literal of a number with a fraction.
        ValueType::Number => {
            value.parse().map_or_else(|_| value.to_owned(), |number: f64| format!("{number:?}"))
        }
        _ => value.to_owned(),
    }
}

/// The same as a value that a member takes.
pub(in crate::emit) fn status_owned(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    let owned = if status.member.value == ValueType::String { ".to_owned()" } else { "" };
    format!("{}{owned}", status_value(context, status, value))
}
