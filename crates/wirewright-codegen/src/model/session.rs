//! Sessions.

use super::{Facts, Name, ValueType};

/// A kind of session: how it is opened and closed, and what it keeps.
#[derive(Debug)]
pub struct Session {
    /// What the definition calls it: the name of the kind, or `session` where there is one kind only.
    pub name: String,
    /// What the names of its types in Rust start with; empty where there is one kind only.
    pub rust: String,
    /// Indices of group and operation.
    pub opens: (usize, usize),
    /// Indices of group and operation of what ends it.
    pub closes: Option<(usize, usize)>,
    /// Whether the opening call may succeed and open none: some member on the way to a field may be absent.
    pub conditional: bool,
    /// Where the opening reply has the server's clock, in seconds since 1970: the last member is an integer and may be absent.
    pub clock: Option<Path>,
    /// What it keeps between calls.
    pub fields: Vec<SessionField>,
    /// What people wrote about it.
    pub facts: Facts,
}

/// What a session keeps.
#[derive(Debug)]
pub struct SessionField {
    /// Its name; `wire` is the definition's key.
    pub name: Name,
    /// Whether it must not be shown.
    pub secret: bool,
    /// Always a string.
    pub value: ValueType,
    /// Where it comes from.
    pub from: SessionValue,
    /// What people wrote about it.
    pub facts: Facts,
}

/// Where a session's value comes from.
#[derive(Debug)]
pub enum SessionValue {
    /// A member of the opening call.
    Copied(Path),
    /// A computed value of the opening call: its index.
    Computed(usize),
    /// What the session keeps under this key that the opening call is made in.
    Kept(String),
}

impl Session {
    /// The keys of what it takes over from the session that its opening call is made in, each with its own field.
    pub fn taken_over(&self) -> impl Iterator<Item = (&str, &SessionField)> {
        self.fields.iter().filter_map(|field| match &field.from {
            SessionValue::Kept(key) => Some((key.as_str(), field)),
            SessionValue::Copied(_) | SessionValue::Computed(_) => None,
        })
    }
}

/// Where the opening operation has a value. Every member on the way is required, unless the session is conditional, and the last one
/// is a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Whether it starts at the request or at the reply.
    pub side: Side,
    /// The members on the way.
    pub members: Vec<Step>,
    /// Whether the last member is a secret.
    pub secret: bool,
}

/// A member on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name in Rust.
    pub rust: String,
    /// Whether it is always there.
    pub promised: bool,
}

/// A side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The operation's request.
    Request,
    /// The operation's reply.
    Data,
}
