//! What must not compile, with what the compiler says of it: each file of `compile-fail` is a program.
//!
//! - `session`, `nina`: calls in a wrong order.
//! - `derive`: items that `#[derive(Wire)]` cannot describe, all faults of an item at once and each at its token; and a crate that was
//!   generated for another version of the runtime.
//!
//! One test has them all: what they depend on is compiled for them anew.

#[test]
fn faults_are_reported_at_their_tokens() {
    trybuild::TestCases::new().compile_fail("tests/compile-fail/*/*.rs");
}
