//! From a vendor's protocol definition to a typed crate.
//!
//! A definition is a folder of TOML files. [`load`] reads and checks it and gives the [`model::Vendor`] that the emitter reads,
//! or [`Faults`]: everything that is wrong with it, each at its place, for people or for machines ([`MessageFormat`]).

pub mod build_script;
mod check;
mod diagnostic;
pub mod diff;
pub mod emit;
mod interface;
mod json;
mod load;
pub mod model;
mod naming;
mod nearest;
pub mod new;
pub mod packaging;
pub mod plan;
pub mod project;
mod read;
pub mod reference;
mod resolve;
mod rules;
mod samples;
pub mod schema;
mod secrets;
mod source;
mod template;
mod threads;
mod unseen;
mod version;
pub mod words;
pub mod write;

pub use diagnostic::{CODES, Code, Diagnostic, Faults, MessageFormat, Place, Related, Severity};
pub use interface::interface;
pub use load::{
    Checked, WordUse, check, check_as, check_sources, load, load_sources, read_sources, words_used,
};
pub use naming::{pascal, snake};
pub use nearest::nearest;
pub use reference::reference;
pub use rules::is_secret_name;
pub use samples::{SampleValue, sample_headers, sample_values};
pub use source::PROTOCOL;
pub use unseen::is_unseen;
pub use version::{GENERATED_CODE, LANGUAGE};
