//! Hostile input for the decoders, the server side and the definition reader.
//!
//! A target takes any bytes. It panics when what it tests does, and when one of its invariants does not hold. The program of this
//! package drives the targets with mutated examples on a stable toolchain; `fuzz/` hands the same functions to libFuzzer.

mod check;
mod corpus;
mod outcome;
mod targets;
mod types;
mod vendors;

pub use self::{
    corpus::{Definitions, definitions},
    outcome::Outcome,
    targets::{
        TARGETS, Target, datetime, definition, differential, interpret, json, jsonp, mask, multipart, query,
        reply, request, rows, signature, xml,
    },
    vendors::{each, operations},
};
