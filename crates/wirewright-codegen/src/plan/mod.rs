//! What is decided about a vendor's crate before anything is written: names, envelopes, errors, kinds of session, parameters, what is
//! behind a box, samples, and the facts that tools ask for.
//!
//! Whoever reads a definition asks the same questions, whether code is written of it or not: the answers are here once, and know
//! nothing of how Rust is spelled on a page. [`context::Context`] has them for a whole vendor.

pub mod apis;
pub mod assumptions;
pub mod body;
pub mod computed;
pub mod context;
pub mod credentials;
pub mod cycles;
pub mod envelope;
pub mod errors;
pub mod facts;
pub mod features;
pub mod kinds;
pub mod members;
pub mod methods;
pub mod names;
pub mod operations;
pub mod parameters;
pub mod samples;
mod sizes;
pub mod told;
pub mod wrapper;
