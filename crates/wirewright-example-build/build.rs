//! Generates the module `parcels` from its definition.

use wirewright_codegen::build_script::{BuildError, Module};

fn main() -> Result<(), BuildError> {
    Module::of("protocol-defs/parcels").server(true).generate()
}
