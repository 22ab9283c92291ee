//! Values in the formats, and back.

mod both;
mod damage;
mod derive_formats;
mod differential;
mod errors;
mod fuzz_regressions;
mod lenient;
mod meaning;
mod namespaces;
mod rest;
mod round_trip;
mod separated;
mod support;
mod words;
