//! What an envelope can hold.

use std::any::Any;

use crate::wire::{Document, Fill, FromWire, Member, Message, OwnedMessage, Record, ToWire};

/// Data that is in an envelope: a reply, the data of a failure, or a [`Document`] of any form.
pub trait Payload: ToWire + for<'de> FromWire<'de> + 'static {
    /// The data that is meant when there is none: a reply without required members.
    fn absent() -> Option<Self>;

    /// The first member that is promised.
    fn first_required() -> Option<Member>;

    /// Its members.
    fn record(&self) -> Option<&dyn Record>;

    /// The same, to be filled.
    fn filling(&mut self) -> Option<&mut dyn for<'de> Fill<'de>>;

    /// The data for writing. A reply without members is left out.
    fn present(self) -> Option<Self>;

    /// The same value under the name of another type, if that is what it is. An envelope around data of any type finds out so
    /// what it holds.
    ///
    /// # Errors
    ///
    /// The value back, when it is of another type.
    fn cast<T: Payload>(self) -> Result<T, Self> {
        let mut value = Some(self);
        let other = (&mut value as &mut dyn Any).downcast_mut::<Option<T>>().and_then(Option::take);
        match (other, value) {
            (None, Some(value)) => Err(value),
            // Of the two one is there.
            (other, _) => Ok(other.unwrap_or_else(T::empty)),
        }
    }
}

impl<T: OwnedMessage + 'static> Payload for T {
    fn absent() -> Option<Self> {
        T::SHAPE.all_optional().then(T::empty)
    }

    fn first_required() -> Option<Member> {
        T::SHAPE.members().find(|member| member.required())
    }

    fn record(&self) -> Option<&dyn Record> {
        Some(self)
    }

    fn filling(&mut self) -> Option<&mut dyn for<'de> Fill<'de>> {
        Some(self)
    }

    fn present(self) -> Option<Self> {
        (!T::SHAPE.members.is_empty()).then_some(self)
    }
}

impl Payload for Document {
    fn absent() -> Option<Self> {
        Some(Self::Null)
    }

    fn first_required() -> Option<Member> {
        None
    }

    fn record(&self) -> Option<&dyn Record> {
        None
    }

    fn filling(&mut self) -> Option<&mut dyn for<'de> Fill<'de>> {
        None
    }

    fn present(self) -> Option<Self> {
        (self != Self::Null).then_some(self)
    }
}

/// What is around several members of an envelope, if there is anything in it.
pub fn present<T: Default + PartialEq>(wrapper: T) -> Option<T> {
    (wrapper != T::default()).then_some(wrapper)
}

/// The items that tell of an error with what the first one is to say: a new one, where there is none and it is told anything.
pub fn with_first_told<T: Default + PartialEq>(mut items: Vec<T>, tell: impl FnOnce(&mut T)) -> Vec<T> {
    match items.first_mut() {
        Some(first) => tell(first),
        None => items.extend(with_told(None, tell)),
    }
    items
}

/// The same of a structure that is there once. One that was there stays, whatever is in it.
pub fn with_told<T: Default + PartialEq>(item: Option<T>, tell: impl FnOnce(&mut T)) -> Option<T> {
    if let Some(mut item) = item {
        tell(&mut item);
        return Some(item);
    }
    let mut item = T::default();
    tell(&mut item);
    present(item)
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
