//! Python, in an environment away from that of the machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::Failure;
use crate::process;

/// Makes the environment `folder` unless it is there, installs what `requirements` lists, and gives its interpreter.
///
/// Both are paths in the workspace.
pub(crate) fn environment(root: &Path, folder: &str, requirements: &str) -> Result<PathBuf, Failure> {
    let environment = root.join(folder);
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        let outside = if cfg!(windows) { "python" } else { "python3" };
        let mut command = Command::new(outside);
        command.args(["-m", "venv"]).arg(&environment).current_dir(root);
        process::run(&mut command, &format!("{outside} -m venv {folder}")).map_err(|failure| {
            format!("{failure}: Python 3 is needed, with its module `venv` (`python3-venv` on Debian)")
        })?;
    }
    let arguments =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
    run(root, &python, &arguments)?;
    Ok(python)
}

/// Runs the interpreter in the workspace's folder.
pub(crate) fn run(root: &Path, python: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let mut command = Command::new(python);
    command.args(arguments).current_dir(root);
    process::run(&mut command, &format!("python {}", arguments.join(" ")))
}
