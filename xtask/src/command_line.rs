//! `cargo xtask mock` and `cargo xtask call`: both are commands of `wirewright`, which is built and started here, so that this program is
//! built in seconds: it knows no HTTP and no TLS.

use std::env;
use std::path::Path;
use std::process;

use crate::output::Failure;
use crate::process::cargo;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What the command takes; `--help` tells.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Ends this program with the exit code of the command where that is no success.
pub(crate) fn run(root: &Path, command: &str, arguments: &Arguments) -> Result<(), Failure> {
    // First built, so that a person sees that it is, and then started: cargo would show how long it took before each answer.
    let mut build = cargo(root, &["build", "--package", "wirewright-cli", "--manifest-path"]);
    build.arg(root.join("Cargo.toml"));
    let mut start = cargo(root, &["run", "--quiet", "--package", "wirewright-cli", "--manifest-path"]);
    start.arg(root.join("Cargo.toml")).args(["--", command]).args(&arguments.arguments);
    // A file that an argument names is in the folder that the person is in.
    if let Ok(folder) = env::current_dir() {
        start.current_dir(folder);
    }
    for mut step in [build, start] {
        match step.status() {
            Ok(status) if status.success() => {}
            // It has said by itself what is wrong.
            Ok(status) => process::exit(status.code().unwrap_or(1)),
            Err(error) => return Err(format!("cargo could not be started: {error}")),
        }
    }
    Ok(())
}
