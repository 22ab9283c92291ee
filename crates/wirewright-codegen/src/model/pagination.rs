//! Paginated calls.

use super::{ClockUnit, Member};

/// What a reply says of the next call.
#[derive(Debug)]
pub struct Pagination {
    /// The list of the items: index into [`Operation::reply`](super::Operation::reply).
    pub items: usize,
    /// Where the next call goes.
    pub next: Next,
    /// How long to wait before it: index into [`Operation::reply`](super::Operation::reply).
    pub wait: Option<(usize, ClockUnit)>,
    /// How long the vendor holds the call: index into [`Operation::request`](super::Operation::request).
    pub held: Option<(usize, ClockUnit)>,
    /// How long it is where the request does not say.
    pub held_default: Option<usize>,
    /// The item that is the last one.
    pub last: Option<Last>,
    /// Whether a reply without items is the last one.
    pub until_empty: bool,
    /// Where the reply that opens the session says where the first call goes, and when.
    pub opening: Option<Opening>,
}

/// Where the next call goes.
#[derive(Debug)]
pub enum Next {
    /// To a URL of the reply.
    Url {
        /// Index into [`Operation::reply`](super::Operation::reply).
        member: usize,
        /// Schemes and hosts to which it may lead, beside the operation's own.
        hosts: Vec<String>,
    },
    /// Where the request leads with new parameters: indices into [`Operation::request`](super::Operation::request) and
    /// [`Operation::reply`](super::Operation::reply).
    Parameters(Vec<(usize, usize)>),
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
