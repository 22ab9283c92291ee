//! Versions that a definition and a generated crate can be held to.

/// The version of the definition language that this generator reads, and every one before it.
///
/// It counts up when a word changes its meaning, or when definitions need words that earlier generators do not know.
pub const LANGUAGE: usize = 1;

/// The version of what generated code names of the runtime, which the runtime holds it to: the macro `assert_version` of
/// `wirewright::generated`.
pub const GENERATED_CODE: usize = 1;
