//! Vendors in memory.

use std::path::Path;

use wirewright_cli::mock::Mock;
use wirewright_codegen::Faults;

/// The mock of a definition of this repository.
pub(crate) fn mock(definition: &str) -> Result<Mock, Faults> {
    Mock::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(definition))
}
