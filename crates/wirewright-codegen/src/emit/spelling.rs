//! How the types of members are spelled.

use crate::model::{EnvelopeMember, Member, Repeat, ValueType};
use crate::plan::{
    context::{Context, Scope},
    members::optional,
};

impl Context<'_> {
    /// The Rust type of one value of a member, without `Option` or list.
    pub(super) fn value_type(&self, value: &ValueType, scope: Scope) -> String {
        match value {
            ValueType::String => "String".to_owned(),
            ValueType::Integer => "i64".to_owned(),
            ValueType::ClockSkew => "ClockSkew".to_owned(),
            ValueType::Number => "f64".to_owned(),
            ValueType::Boolean => "bool".to_owned(),
            ValueType::Bytes => "Blob".to_owned(),
            ValueType::File => "File".to_owned(),
            ValueType::Any => "wire::Document".to_owned(),
            ValueType::Type(index) => {
                let name = &self.vendor.types[*index].name.rust;
                if scope == Scope::Elsewhere { format!("types::{name}") } else { name.clone() }
            }
        }
    }

    /// The Rust type of a member without the `Option` of an absent one.
    pub(super) fn inner_type(&self, member: &Member, scope: Scope) -> String {
        let mut inner = self.value_type(&member.value, scope);
        if member.secret {
            inner = format!("Secret<{inner}>");
        }
        match &member.repeat {
            Repeat::Once if self.boxed(&member.value, scope) => format!("Box<{inner}>"),
            Repeat::Once => inner,
            Repeat::List { .. } if member.empty_is_absent => format!("Vec<Option<{inner}>>"),
            Repeat::List { .. } => format!("Vec<{inner}>"),
            Repeat::Map { repeats, .. } => {
                let value = if member.empty_is_absent { format!("Option<{inner}>") } else { inner };
                if *repeats {
                    format!("Vec<(String, {value})>")
                } else {
                    format!("BTreeMap<String, {value}>")
                }
            }
        }
    }

    /// The Rust type of a member.
    pub(super) fn member_type(&self, member: &Member, scope: Scope) -> String {
        let inner = self.inner_type(member, scope);
        if optional(member) { format!("Option<{inner}>") } else { inner }
    }
}

/// The rust type of an envelope's member, on the wire always optional: a reader requires nothing before it knows the status.
pub(super) fn wire_type(context: &Context<'_>, member: &EnvelopeMember) -> String {
    let inner = context.inner_type(&member.member, Scope::Elsewhere);
    let once = matches!(member.member.repeat, Repeat::Once | Repeat::List { optional: true, .. });
    if once { format!("Option<{inner}>") } else { inner }
}
