//! What a definition says of the things that a sample shows: the other way round from drafting.
//!
//! The drift check and the benchmark stand on it: the one asks what a sample has that a definition does not know, the other whether two
//! definitions say the same of it.

mod described;
mod members;
mod narrow;
mod replies;
mod requests;

pub use self::described::{Described, Scope, ShownMembers, ShownPath};
pub(crate) use self::{
    described::{Narrow, View},
    requests::operation_of,
};
