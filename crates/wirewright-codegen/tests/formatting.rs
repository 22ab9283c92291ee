//! Generated files are declared not to be formatted, in a way that a stable `rustfmt` honours whatever its configuration is.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is in every generated file.
const UNFORMATTED: &str = "#![cfg_attr(rustfmt, rustfmt_skip)]\n";

/// The programs and libraries of the golden crates: `rustfmt` follows their modules.
fn roots() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/crates/vendors");
    let folders = fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path());
    let files =
        folders.flat_map(|folder| ["src/lib.rs", "tests/definition/main.rs"].map(|file| folder.join(file)));
    files.collect()
}

/// An empty folder with an empty configuration, so that none is found above it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("rustfmt.toml"), "").unwrap();
    folder
}

/// Whether `rustfmt` leaves a file and its modules as they are. A configuration is found above the file unless one is given.
fn is_left_alone(file: &Path, arguments: &[&str]) -> bool {
    let rustfmt = std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut command = Command::new(rustfmt);
    let output = command.args(["--edition", "2024", "--check"]).args(arguments).arg(file).output();
    output.unwrap().status.success()
}

#[test]
fn no_configuration_changes_a_generated_file() {
    let empty = folder("without-configuration");
    let default = ["--config-path", empty.to_str().unwrap()];
    let narrow = ["--config", "max_width=60,use_small_heuristics=Off,hard_tabs=true"];
    let roots = roots();
    assert!(roots.len() > 4, "{roots:?}");
    for file in roots {
        for arguments in [&[][..], &default, &narrow] {
            assert!(is_left_alone(&file, arguments), "{}: {arguments:?}", file.display());
        }
    }
}

/// It is the attribute that does it.
#[test]
fn without_the_attribute_it_would_be_formatted() {
    let folder = folder("without-attribute");
    let source =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/crates/vendors/lighthouse/src/error.rs");
    let text = fs::read_to_string(source).unwrap();
    assert!(text.contains(UNFORMATTED));
    let copy = folder.join("error.rs");
    fs::write(&copy, text.replace(UNFORMATTED, "")).unwrap();
    let config = folder.to_str().unwrap();
    assert!(!is_left_alone(&copy, &["--config-path", config, "--config", "max_width=60"]));
}
