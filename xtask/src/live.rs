//! Generated crates against servers that were not written here, and foreign client libraries against our servers.

use std::path::Path;
use std::process::Command;

use crate::output::{Failure, say};
use crate::{node, process, programs as built, python};

/// What the servers and the client libraries are.
const REQUIREMENTS: &str = "crates/wirewright-live/python/requirements.txt";
/// Where they are installed.
const ENVIRONMENT: &str = "target/live/python";
/// What the servers keep while they run.
const KEPT: &str = "target/live/kept";
/// The server that runs on Node.js.
const MANIFEST: &str = "crates/wirewright-live/node/package.json";
/// Where that is installed.
const NODE: &str = "target/live/node";
/// Where its program is in there.
const AZURITE: &str = "node_modules/azurite/dist/src/queue/main.js";
/// Where Debian has `MediaWiki`.
const MEDIAWIKI: &str = "/usr/share/mediawiki";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let python = python::environment(root, ENVIRONMENT, REQUIREMENTS)?;
    let mut programs = Vec::new();
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if node::is_there("node") && node::is_there(npm) {
        node::install(root, npm, NODE, MANIFEST)?;
        programs.push(format!("azurite={NODE}/{AZURITE}"));
    } else {
        say(
            "azurite is left out: `node` and `npm` are not on the PATH (the packages `nodejs` and `npm` on Debian)",
        );
    }
    if Path::new(MEDIAWIKI).join("maintenance/install.php").exists() && node::is_there("php") {
        programs.push(format!("mediawiki={MEDIAWIKI}"));
    } else {
        say(&format!(
            "MediaWiki is left out: it needs {MEDIAWIKI} and `php` on the PATH (the packages `mediawiki`, `php-cli` and `php-sqlite3` on Debian)"
        ));
    }
    let mut command = Command::new(built::program(root, "wirewright-live")?);
    command.current_dir(root).arg(python).arg(KEPT).args(&programs);
    process::run(&mut command, &format!("wirewright-live {ENVIRONMENT} {KEPT} {}", programs.join(" ")))
}
