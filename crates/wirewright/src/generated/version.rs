//! What a generated crate was generated for.

/// Stops a crate from compiling that was generated for another version of what generated code names, with a sentence that says what
/// to do. Each change of it that older generated code does not compile with, or means something else with, counts it up: here, and in
/// the generator's `GENERATED_CODE`.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_version {
    (1) => {};
    ($other:literal) => {
        ::core::compile_error!(::core::concat!(
            "this crate was generated for version ",
            $other,
            " of Wirewright's interface for generated code, and the library `wirewright` that it is built with has version 1: \
             generate the crate again with the command of the same release as the library, or depend on the release of the \
             library that the crate was generated for"
        ));
    };
}
