//! A generated crate says which version of the runtime it was generated for.

wirewright::generated::assert_version!(1);
wirewright::generated::assert_version!(2);

fn main() {}
