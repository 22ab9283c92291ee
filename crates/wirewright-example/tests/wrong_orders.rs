//! Calls of NINA in a wrong order do not compile. Each file of `compile-fail` is one of them, with what the compiler says.

#[test]
fn wrong_orders_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile-fail/*.rs");
}
