//! What a member is in a value.

use crate::model::{Member, Repeat};
use crate::naming::POSITIONAL;

/// Whether a member is an `Option`: a list and a map are empty instead, unless that is something else.
pub fn optional(member: &Member) -> bool {
    let once = matches!(member.repeat, Repeat::Once | Repeat::List { optional: true, .. });
    (!member.required || member.filled.is_some()) && once
}

/// Whether what is around the items of a list is on the wire even without any: an empty list that is told from none must be seen.
pub const fn is_always_written(repeat: &Repeat) -> bool {
    matches!(repeat, Repeat::List { always: true, .. } | Repeat::List { optional: true, .. })
}

/// Whether a value cannot be made without this member.
pub fn needed(member: &Member) -> bool {
    member.required && member.filled.is_none()
}

/// Whether a constructor takes its arguments by name.
pub fn by_name<'m>(members: impl IntoIterator<Item = &'m Member>) -> bool {
    members.into_iter().filter(|member| needed(member)).count() > POSITIONAL
}
