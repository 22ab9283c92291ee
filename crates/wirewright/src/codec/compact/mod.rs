//! The quick codecs: one pass over the text, straight into the members.
//!
//! A compact reader expects the next member's literal where the documented order puts it and compares bytes; it finds its way
//! in any order as well. It never makes an error: where it meets what it does not know, or what is wrong, it stops, and the
//! [general reader](crate::tree) starts again from an empty value. So every error comes from the general reader, and the
//! compact one has only one rule to keep: **what it accepts, the general reader accepts with the same value.** It may stop
//! whenever in doubt.
//!
//! The writers are built alike: what they cannot write (and every error) is left to the general ones.

pub(crate) mod json;
mod literal;
pub(crate) mod number;
pub(crate) mod query;
mod rest;
pub(crate) mod text;
mod write;
pub(crate) mod xml;

use crate::wire::{Aborted, Details, Shape};

/// The members that have been met, one bit each. Larger structures are left to the general readers.
type Seen = u64;

/// Whether a shape is one for the compact readers.
fn takes(shape: &Shape) -> bool {
    shape.places & Shape::FLATTENED == 0 && fits(shape)
}

fn fits(shape: &Shape) -> bool {
    shape.members.len() <= Seen::BITS as usize && !shape.literals.is_empty() | shape.members.is_empty()
}

/// Whether a strict reader asks more of a shape than these do: the general reader tells what is wrong.
fn is_strict(shape: &Shape) -> bool {
    let asks = |details: &Details| details.range.is_some() || details.required_in_requests;
    shape.members.iter().filter_map(|member| member.details).any(asks)
}

/// Whether a name that no member is written under is one that some member is read under. That is left to the general readers.
fn is_other_name(shape: &Shape, name: &str) -> bool {
    shape.members.iter().filter_map(|member| member.details).any(|details| details.also.contains(&name))
}

/// Notes that a member has been met. A second time is left to the general readers.
#[inline]
fn meet(seen: &mut Seen, index: usize) -> Result<(), Aborted> {
    let bit = 1 << index;
    if *seen & bit != 0 {
        return Err(Aborted);
    }
    *seen |= bit;
    Ok(())
}

/// The same for the members from one up to another, of which there is one at least.
#[inline]
fn meet_all(seen: &mut Seen, from: usize, to: usize) -> Result<(), Aborted> {
    // A structure has at most as many members as there are bits.
    let bits = (Seen::MAX >> (Seen::BITS as usize - (to - from))) << from;
    if *seen & bits != 0 {
        return Err(Aborted);
    }
    *seen |= bits;
    Ok(())
}

/// Stops when a required member has not been met.
#[inline]
fn complete(shape: &Shape, seen: Seen) -> Result<(), Aborted> {
    let all = Seen::MAX.checked_shr(Seen::BITS - u32::try_from(shape.members.len()).unwrap_or(Seen::BITS));
    if all.unwrap_or(0) == seen {
        return Ok(());
    }
    let missing =
        |(index, member): (usize, &crate::wire::MemberData)| member.required && seen >> index & 1 == 0;
    if shape.members.iter().enumerate().any(missing) { Err(Aborted) } else { Ok(()) }
}
