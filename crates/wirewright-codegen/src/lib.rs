//! From a vendor's protocol definition to a typed crate.
//!
//! A definition is a folder of TOML files. [`load`] reads and checks it and gives the [`model::Vendor`] that the emitter reads,
//! or [`Faults`]: everything that is wrong with it, each at its place.

mod check;
mod diagnostic;
pub mod diff;
pub mod emit;
mod load;
pub mod model;
mod naming;
mod nearest;
pub mod plan;
mod read;
pub mod reference;
mod resolve;
mod rules;
mod source;
pub mod words;
pub mod write;

pub use diagnostic::{CODES, Code, Diagnostic, Faults};
pub use load::{WordUse, load, load_sources, read_sources, words_used};
pub use naming::CATALOG;
pub use nearest::nearest;
pub use reference::reference;
pub use source::PROTOCOL;
