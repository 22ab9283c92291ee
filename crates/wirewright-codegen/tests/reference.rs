//! The reference of the language is what the words of the readers say.

use std::{fs, path::Path};

#[test]
fn the_reference_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs/README.md");
    let written = fs::read_to_string(file).unwrap_or_default();
    assert!(
        written == wirewright_codegen::reference(),
        "protocol-defs/README.md is not what the words say; run `cargo xtask codegen`"
    );
}
