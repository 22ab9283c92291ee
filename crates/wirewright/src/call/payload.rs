//! What an envelope can hold.

use crate::wire::{FromWire, Message, Node, OwnedMessage, Record, ToWire};

/// Data that stands in an envelope: a reply, or a [`Node`] of any form.
pub trait Payload: ToWire + for<'de> FromWire<'de> {
    /// The data that is meant when there is none: a reply without required members.
    fn absent() -> Option<Self>;

    /// The data for writing. A reply without members is left out.
    fn present(self) -> Option<Self>;

    /// The data in whatever form it has; nothing for a typed reply.
    fn into_node(self) -> Node;
}

impl<T: OwnedMessage> Payload for T {
    fn absent() -> Option<Self> {
        T::SHAPE.all_optional().then(T::empty)
    }

    fn present(self) -> Option<Self> {
        (!T::SHAPE.members.is_empty()).then_some(self)
    }

    fn into_node(self) -> Node {
        Node::Null
    }
}

impl Payload for Node {
    fn absent() -> Option<Self> {
        Some(Self::Null)
    }

    fn present(self) -> Option<Self> {
        (self != Self::Null).then_some(self)
    }

    fn into_node(self) -> Node {
        self
    }
}

/// A record without members: the parameters of a vendor that has none of that kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, crate::Wire)]
#[wire(crate = "crate")]
pub struct Nothing {}

impl Nothing {
    /// For places that take any record.
    pub const NONE: &'static (dyn Record + Sync) = &Self {};
}

const _: () = assert!(<Nothing as Message>::SHAPE.members.is_empty());
