//! Makes the module of the ledger.

use wirewright_codegen::build_script::{BuildError, Module};

fn main() -> Result<(), BuildError> {
    Module::of("../../apis/ledger").serde(true).generate()
}
