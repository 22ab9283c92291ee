//! The oldest Rust that the manifest promises builds what users build.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::output::{Failure, say};
use crate::{process, workspace};

/// What users depend on, beside the vendors' crates. Tests and tools may need a newer Rust.
const CRATES: &[&str] =
    &["wirewright", "wirewright-ureq", "wirewright-reqwest", "wirewright-tower", "wirewright-axum"];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let version = promised(root)?;
    let rustup = |arguments: &[&str]| {
        let mut command = Command::new("rustup");
        command.args(["run", &version]).args(arguments).current_dir(root);
        command
    };
    let installed = rustup(&["rustc", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !installed.is_ok_and(|status| status.success()) {
        say(&format!(
            "LEFT OUT: Rust {version} is not there; `rustup toolchain install {version} --profile minimal`"
        ));
        return Ok(());
    }
    let vendors = workspace::vendors(root)?;
    let names = CRATES.iter().copied().chain(vendors.iter().map(String::as_str));
    let packages: Vec<&str> = names.flat_map(|name| ["-p", name]).collect();
    let arguments = [&["cargo", "check", "--locked"][..], &packages].concat();
    process::run(&mut rustup(&arguments), &format!("rustup run {version} {}", arguments.join(" ")))
}

/// `rust-version` of the workspace.
fn promised(root: &Path) -> Result<String, Failure> {
    let file = root.join("Cargo.toml");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    text.lines()
        .find_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| format!("{} has no `rust-version`", file.display()))
}
