//! What changed from one definition to another: on the wire, and in the interface of the crate that is generated from it.
//!
//! [`diff`] compares two checked definitions. Each change has a stable code, for whom it is breaking, where it is, and the version
//! that it asks for; [`KINDS`] is the table of all kinds. Where the old definition comes from is the caller's: a folder by
//! [`read_sources`](crate::read_sources), or a revision by [`git`].
//!
//! ```
//! use wirewright_codegen::diff::{Severity, diff};
//! use wirewright_codegen::load_sources;
//!
//! let protocol = r#"
//!     title = "Parcels"
//!     source = "parcels.example"
//!     endpoint = "https://parcels.example"
//!     methods = { GET = "query" }
//!     formats = { json = {} }
//!     envelope = { code = { is = "status", type = "integer", success = [0] }, data = { is = "data" } }
//! "#;
//! let definition = |find: &str| {
//!     let files = [("protocol.toml", protocol), ("parcels.toml", find)];
//!     load_sources("parcels", files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec())
//! };
//! let old = definition("[find.request]\nnumber = {}")?;
//! let new = definition("[find.request]\nnumber = { required = true }")?;
//!
//! let changes = diff(&old, &new);
//! assert_eq!(changes.all()[0].kind.code(), "WD206");
//! assert_eq!(changes.all()[0].place.to_string(), "parcels/find.request.number");
//! assert_eq!(changes.severity(), Some(Severity::BreakingForBoth));
//! # Ok::<(), wirewright_codegen::Faults>(())
//! ```

mod alike;
mod change;
mod compare;
mod computed;
mod effect;
mod envelope;
pub mod git;
mod json;
mod kinds;
mod locate;
mod markdown;
mod members;
mod operations;
mod page;
mod paging;
mod pairs;
mod parameters;
mod protocol;
mod quote;
mod reach;
mod sessions;
mod types;
mod words;

pub use change::{Change, Changes, Location, Place};
pub use effect::{Direction, Effect, Harm, Severity, Version};
pub use kinds::{KINDS, Kind, Part, Row};
pub use page::page;
pub use reach::EVERY;
pub use words::{FACT, WORDS, WordChanges};

use crate::model::Vendor;
use compare::{Comparison, Spot};

/// What changed from `old` to `new`.
///
/// Both are named as they were loaded; where the folders have different names but are the same vendor, load both by one name with
/// [`load_sources`](crate::load_sources), or the crate's name is told as changed.
pub fn diff(old: &Vendor, new: &Vendor) -> Changes {
    let mut comparison = Comparison::new(old, new);
    comparison.pair_types();
    comparison.pair_sessions();
    comparison.protocol();
    comparison.parameters();
    comparison.envelope();
    comparison.failure();
    comparison.errors();
    comparison.operations();
    comparison.named_types();
    comparison.all_rows();
    // Behind the members: what a session keeps comes from them, whatever they are called now.
    comparison.sessions();
    comparison.computed();
    Changes::new(alike::merged(comparison.into_changes()))
}

/// What changed where there was no definition: all of it is new, and compatible.
pub fn added(new: &Vendor) -> Changes {
    whole(new, Kind::DefinitionAdded)
}

/// What changed where there is no definition any longer.
pub fn removed(old: &Vendor) -> Changes {
    whole(old, Kind::DefinitionRemoved)
}

fn whole(vendor: &Vendor, kind: Kind) -> Changes {
    let mut comparison = Comparison::new(vendor, vendor);
    let count = vendor.operations().count();
    let operations = if count == 1 { "1 operation".to_owned() } else { format!("{count} operations") };
    let what = format!("{}, {operations}", quote::code(&vendor.package));
    match kind {
        Kind::DefinitionRemoved => comparison.went(&Spot::protocol(&[]), kind, what),
        _ => comparison.came(&Spot::protocol(&[]), kind, what),
    }
    Changes::new(comparison.into_changes())
}
