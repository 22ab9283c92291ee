//! The wire against programs that were not written here: Python's parsers, and `oauthlib`.

use std::path::Path;
use std::process::Command;

use crate::output::Failure;
use crate::process;

/// The program, and what it needs.
const FOLDER: &str = "crates/wirewright-example/independent";
/// Where that is installed, away from the Python of the machine.
const ENVIRONMENT: &str = "target/independent";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let environment = root.join(ENVIRONMENT);
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        let outside = if cfg!(windows) { "python" } else { "python3" };
        let mut command = Command::new(outside);
        command.args(["-m", "venv"]).arg(&environment).current_dir(root);
        process::run(&mut command, &format!("{outside} -m venv {ENVIRONMENT}"))?;
    }
    let requirements = format!("{FOLDER}/requirements.txt");
    let check = format!("{FOLDER}/check.py");
    for arguments in [
        &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", &requirements][..],
        &[&check],
    ] {
        let mut command = Command::new(&python);
        command.args(arguments).current_dir(root);
        process::run(&mut command, &format!("python {}", arguments.join(" ")))?;
    }
    Ok(())
}
