//! Generated crates against servers that were not written here, and foreign client libraries against our servers.

use std::path::Path;

use crate::output::Failure;
use crate::{process, python};

/// What the servers and the client libraries are.
const REQUIREMENTS: &str = "crates/wirewright-live/python/requirements.txt";
/// Where they are installed.
const ENVIRONMENT: &str = "target/live/python";
/// What the servers keep while they run.
const KEPT: &str = "target/live/kept";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let python = python::environment(root, ENVIRONMENT, REQUIREMENTS)?;
    let arguments = ["run", "--quiet", "-p", "wirewright-live", "--"];
    let mut command = process::cargo(root, &arguments);
    command.arg(python).arg(root.join(KEPT));
    process::run(&mut command, &format!("cargo {} {ENVIRONMENT} {KEPT}", arguments.join(" ")))
}
