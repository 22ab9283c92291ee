//! The vendors' crates build where there is no socket, no clock and no thread.

use std::path::Path;

use crate::output::{Failure, say};
use crate::{process, workspace};

/// A target that has none of them.
const TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let libraries = ["--print", "target-libdir", "--target", TARGET];
    let folder = process::output(std::process::Command::new("rustc").args(libraries), "rustc --print")?;
    if !Path::new(folder.trim()).is_dir() {
        say(&format!("LEFT OUT: {TARGET} is not there; `rustup target add {TARGET}`"));
        return Ok(());
    }
    let vendors = workspace::vendors(root)?;
    let packages = vendors.iter().flat_map(|name| ["-p", name.as_str()]);
    let arguments: Vec<&str> =
        ["check", "--locked", "--target", TARGET].into_iter().chain(packages).collect();
    process::run(&mut process::cargo(root, &arguments), &format!("cargo {}", arguments.join(" ")))
}
