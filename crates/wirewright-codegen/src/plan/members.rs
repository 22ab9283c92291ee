//! What a member is in a value.

use super::names::plain;
use crate::check::is_xml_name;
use crate::model::{Member, Place, Repeat, ValueType};
use crate::naming::POSITIONAL;

/// Whether a member is an `Option`: a list and a map are empty instead, unless that is something else.
pub fn optional(member: &Member) -> bool {
    let once = matches!(member.repeat, Repeat::Once | Repeat::List { optional: true, .. });
    (!member.required || member.filled.is_some()) && once
}

/// What is meant by a member that is absent, as a value and not as it is on the wire.
pub fn default(member: &Member) -> Option<&str> {
    let default = member.default.as_deref()?;
    match member.value {
        ValueType::Any | ValueType::File | ValueType::ClockSkew => None,
        ValueType::Boolean => {
            let yes = member.boolean.as_ref().map_or("true", |(yes, _)| yes);
            Some(if yes == default { "true" } else { "false" })
        }
        _ => Some(default),
    }
}

/// The name of a member in XML, where that is another one than in other formats.
pub fn xml_name(member: &Member) -> Option<String> {
    let named = matches!(member.place, Place::Element | Place::Attribute);
    if named && !is_xml_name(member.xml.as_ref().unwrap_or(&member.name.wire)) {
        // Only parameters have such names, and no parameter is ever written in XML; a shape has a name nevertheless.
        return Some(format!("_.{}", plain(&member.name.rust)));
    }
    member.xml.clone()
}

/// Whether what is around the items of a list is on the wire even without any: an empty list that is told from none must be seen.
pub const fn is_always_written(repeat: &Repeat) -> bool {
    matches!(repeat, Repeat::List { always: true, .. } | Repeat::List { optional: true, .. })
}

/// Whether a value cannot be made without this member: the constructor takes it.
pub fn needed(member: &Member) -> bool {
    (member.required || member.required_in_requests) && member.filled.is_none()
}

/// Whether a constructor takes its arguments by name.
pub fn by_name<'m>(members: impl IntoIterator<Item = &'m Member>) -> bool {
    members.into_iter().filter(|member| needed(member)).count() > POSITIONAL
}
