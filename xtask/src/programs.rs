//! Programs of this workspace as its tests have built them.
//!
//! Cargo builds a package with the features that all packages ask for that it builds at once. `cargo run -p wirewright-live` asks for fewer
//! of them than `cargo test --workspace`, and would compile the runtime, the generator and every vendor's crate once more. Here the whole
//! workspace is chosen, and one of its programs.

use std::env;
use std::path::{Path, PathBuf};

use crate::output::Failure;
use crate::{process, workspace};

/// An example of this workspace. Where one is asked for, cargo takes what tests depend on, as it does for tests.
pub(crate) const EXAMPLE: &str = "parquet";

/// Builds the program of this name, and gives where it is.
pub(crate) fn program(root: &Path, name: &str) -> Result<PathBuf, Failure> {
    build(root, &["--bin", name, "--example", EXAMPLE])?;
    Ok(folder(root).join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// Builds the example, and gives where it is.
pub(crate) fn example(root: &Path) -> Result<PathBuf, Failure> {
    build(root, &["--example", EXAMPLE])?;
    Ok(folder(root).join("examples").join(format!("{EXAMPLE}{}", env::consts::EXE_SUFFIX)))
}

fn build(root: &Path, what: &[&str]) -> Result<(), Failure> {
    let arguments = [&["build", "--quiet", "--workspace"], what].concat();
    process::run(&mut process::cargo(root, &arguments), &format!("cargo {}", arguments.join(" ")))
}

fn folder(root: &Path) -> PathBuf {
    workspace::target(root).join("debug")
}
