//! `cargo xtask mock` and `cargo xtask call`: both are commands of `wirewright-cli`, which is built and started here. It depends on
//! generated code, and this crate does not.

use std::env;
use std::path::Path;

use crate::output::Failure;
use crate::process;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What the command takes; `--help` tells.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(root: &Path, command: &str, arguments: &Arguments) -> Result<(), Failure> {
    let mut cargo =
        process::cargo(root, &["run", "--quiet", "--package", "wirewright-cli", "--manifest-path"]);
    cargo.arg(root.join("Cargo.toml")).args(["--", command]).args(&arguments.arguments);
    // A file that an argument names is in the folder that the person is in.
    if let Ok(folder) = env::current_dir() {
        cargo.current_dir(folder);
    }
    match cargo.status() {
        Ok(status) if status.success() => Ok(()),
        // It has said by itself what is wrong.
        Ok(_) => Err(Failure::new()),
        Err(error) => Err(format!("cargo could not be started: {error}")),
    }
}
