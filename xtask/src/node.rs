//! Programs that run on Node.js, in a folder away from those of the machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::output::Failure;
use crate::process;

/// Whether the command can be run.
pub(crate) fn is_there(command: &str) -> bool {
    let mut command = Command::new(command);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Installs what `manifest`, a `package.json`, depends on into `folder`, unless that has been done.
///
/// Both are paths in the workspace.
pub(crate) fn install(root: &Path, npm: &str, folder: &str, manifest: &str) -> Result<(), Failure> {
    let wanted = read(&root.join(manifest))?;
    // Written when all is there: an installation that ended half-way begins anew.
    let done = root.join(folder).join("installed.json");
    if fs::read_to_string(&done).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let written = |error| format!("{folder} cannot be written: {error}");
    fs::create_dir_all(root.join(folder)).map_err(written)?;
    fs::write(root.join(folder).join("package.json"), &wanted).map_err(written)?;
    let arguments =
        ["install", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", "--prefix"];
    let mut command = Command::new(npm);
    command.args(arguments).arg(root.join(folder)).current_dir(root.join(folder));
    process::run(&mut command, &format!("npm {} {folder}", arguments.join(" ")))?;
    fs::write(done, wanted).map_err(written)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}
