//! Running other programs.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::output::{Failure, say};

/// The cargo that runs this program, to be run with `arguments` in the workspace's folder.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root);
    command
}

/// What a shell makes of `line`, in the workspace's folder.
pub(crate) fn shell(root: &Path, line: &str) -> Command {
    let (program, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut command = Command::new(program);
    command.args([option, line]).current_dir(root);
    command
}

/// Shows the command as `shown`, runs it to its end, and fails if it does.
pub(crate) fn run(command: &mut Command, shown: &str) -> Result<(), Failure> {
    say(&format!("$ {shown}"));
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` failed: {status}")),
        Err(error) => Err(format!("`{shown}` could not be started: {error}")),
    }
}

/// What the command writes to its standard output.
pub(crate) fn output(command: &mut Command, shown: &str) -> Result<String, Failure> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("`{shown}` could not be started: {error}"))?;
    if !output.status.success() {
        // It may say there why.
        say(&String::from_utf8_lossy(&output.stdout));
        return Err(format!("`{shown}` failed: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("`{shown}` wrote no text: {error}"))
}
