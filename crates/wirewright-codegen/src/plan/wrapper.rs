//! What is around some members of the envelope on the wire.

use super::{
    envelope::Variant,
    names::{Unique, pascal, plain},
};
use crate::model::{EnvelopeMember, Vendor};

/// What is side by side in an envelope.
pub enum EnvelopePart<'c> {
    /// One that nothing is around.
    Member(&'c EnvelopeMember),
    /// The index of a wrapper, and what it holds.
    Wrapper(usize, Vec<&'c EnvelopeMember>),
}

/// The type of each wrapper: `EnvelopeError` for `error`.
pub fn names(vendor: &Vendor, names: &mut Unique) -> Vec<String> {
    let wrappers = vendor.envelope.wrappers.iter();
    wrappers.map(|wrapper| names.take(format!("Envelope{}", pascal(plain(&wrapper.rust))))).collect()
}

/// The envelope's members in the order of the wire, those of one wrapper together.
pub fn parts<'c>(vendor: &'c Vendor, variant: &Variant) -> Vec<EnvelopePart<'c>> {
    let mut parts: Vec<EnvelopePart<'c>> = Vec::new();
    let members = variant.order().iter().filter_map(|&index| vendor.envelope.members.get(index));
    for member in members.filter(|member| member.told.is_none()) {
        match (member.within, parts.last_mut()) {
            (None, _) => parts.push(EnvelopePart::Member(member)),
            (Some(wrapper), Some(EnvelopePart::Wrapper(last, members))) if *last == wrapper => {
                members.push(member);
            }
            (Some(wrapper), _) => parts.push(EnvelopePart::Wrapper(wrapper, vec![member])),
        }
    }
    parts
}

/// The members that are within a wrapper.
pub fn members(vendor: &Vendor, wrapper: usize) -> impl Iterator<Item = &EnvelopeMember> {
    vendor.envelope.members.iter().filter(move |member| member.within == Some(wrapper))
}

/// `error.code`, or the member's name alone where nothing is around it.
pub fn path(vendor: &Vendor, member: &EnvelopeMember) -> String {
    let wire = &member.member.name.wire;
    match member.within.and_then(|wrapper| vendor.envelope.wrappers.get(wrapper)) {
        Some(wrapper) => format!("{}.{wire}", wrapper.wire),
        None => wire.clone(),
    }
}
