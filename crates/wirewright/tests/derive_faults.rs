//! What `#[derive(Wire)]` says of items that it cannot describe: all faults of an item at once, each at its token. And what a crate says
//! that was generated for another version of the runtime.

#[test]
fn faults_are_reported_at_their_tokens() {
    trybuild::TestCases::new().compile_fail("tests/compile-fail/*.rs");
}
