//! Members as most of them are.

use super::{MemberData, MemberLocation, ToWire};

impl MemberData {
    /// An element of its own, of which nothing is unusual: what else is to be known of it is its type's.
    pub const fn of<T: ToWire>(at: [u32; 3], length: [u16; 3]) -> Self {
        Self {
            at,
            length,
            place: MemberLocation::Element,
            required: !T::OPTIONAL,
            secret: T::SECRET,
            details: None,
        }
    }
}
