//! Paginated calls.

use super::{ClockUnit, Member};

/// What a reply says of the next call.
#[derive(Debug)]
pub struct Pagination {
    /// The list of the items.
    pub items: MemberPath,
    /// Where the next call goes.
    pub next: Next,
    /// How many items there are; where calls are counted by items there are no more behind so many.
    pub total: Option<MemberPath>,
    /// How long to wait before it.
    pub wait: Option<(MemberPath, ClockUnit)>,
    /// How long the vendor holds the call: index into [`Operation::request`](super::Operation::request).
    pub held: Option<(usize, ClockUnit)>,
    /// How long it is where the request does not say.
    pub held_default: Option<usize>,
    /// The item that is the last one.
    pub last: Option<Last>,
    /// Whether a reply without items is the last one.
    pub until_empty: bool,
    /// What the next call leaves out: indices into [`Operation::request`](super::Operation::request).
    pub without: Vec<usize>,
    /// Where the reply that opens the session says where the first call goes, and when.
    pub opening: Option<Opening>,
}

impl Pagination {
    /// Whether what is left is known of the pages that have been read from the first one on: a reply says how many items there are, and
    /// not how many pages.
    pub const fn is_counted_from_first(&self) -> bool {
        self.total.is_some() && matches!(self.next, Next::Page { pages: None, .. })
    }
}

/// Where the next call goes.
#[derive(Debug)]
pub enum Next {
    /// To a URL of the reply.
    Url {
        /// The member that has it.
        member: MemberPath,
        /// Schemes and hosts to which it may lead, beside the operation's own.
        hosts: Vec<String>,
    },
    /// Where the request leads with new parameters: indices into [`Operation::request`](super::Operation::request), and what has their
    /// values.
    Parameters(Vec<(usize, MemberPath)>),
    /// Where the request leads with further parameters: the map that has their names and values.
    Further(MemberPath),
    /// Where the request leads with the number of the next page.
    Page {
        /// The parameter: index into [`Operation::request`](super::Operation::request).
        parameter: usize,
        /// What it is for the first page, and where the request does not say.
        first: i64,
        /// How many pages there are.
        pages: Option<MemberPath>,
    },
    /// Where the request leads with the number of the items that have been read.
    Offset {
        /// The parameter: index into [`Operation::request`](super::Operation::request).
        parameter: usize,
        /// What it is for the first page, and where the request does not say.
        first: i64,
    },
}

impl Next {
    /// Whether a page is asked for by its number or that of its first item: then a page without items is behind the last one.
    pub const fn is_counted(&self) -> bool {
        matches!(self, Self::Page { .. } | Self::Offset { .. })
    }
}

/// A member of a reply, and the structures that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPath {
    /// The structures, from the outermost.
    pub inside: Vec<Member>,
    /// The member.
    pub member: Member,
}

impl MemberPath {
    /// All that is on the way, the member as the last.
    pub fn steps(&self) -> impl Iterator<Item = &Member> {
        self.inside.iter().chain([&self.member])
    }

    /// The names in Rust of all that is on the way.
    pub fn rust(&self) -> impl Iterator<Item = &str> {
        self.steps().map(|member| member.name.rust.as_str())
    }
}

/// What tells that an item is the last one.
#[derive(Debug)]
pub struct Last {
    /// The member of the item that tells; `None`: the item itself.
    pub member: Option<Member>,
    /// The type of what tells, a union or an enumeration: index into [`Vendor::types`](super::Vendor::types).
    pub kind: usize,
    /// Index of its variant or value.
    pub value: usize,
}

/// What the reply that opens the session says of the first call.
#[derive(Debug)]
pub struct Opening {
    /// Its URL.
    pub url: Member,
    /// How long to wait before it, in the unit of the other waits.
    pub wait: Option<Member>,
    /// How long the vendor holds a call that does not say it, in the same unit.
    pub held: Option<Member>,
}
