//! Generated crates in somebody else's workspace: of an older edition, with the compiler's and clippy's own choice of lints, all of them
//! denied. This workspace has the newest edition and stricter lints, and builds the same crates in its other steps.

use std::fs;
use std::path::Path;

use wirewright_codegen::write::{Mode, write};
use wirewright_codegen::{emit, load, packaging::Packaging};

use crate::output::Failure;
use crate::{process, workspace};

/// The editions beside this workspace's own that a user's workspace may have.
const EDITIONS: &[&str] = &["2021"];

/// The definitions that nobody offers, and everything nasty is in.
const DEFINITIONS: &str = "crates/wirewright-codegen/tests/golden/protocol-defs";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    EDITIONS.iter().try_for_each(|edition| check(root, edition))
}

fn check(root: &Path, edition: &str) -> Result<(), Failure> {
    let target = workspace::target(root);
    let folder = target.join("editions").join(edition);
    crates(root, &folder)?;
    let context = |error: std::io::Error| format!("{}: {error}", folder.display());
    let manifest = manifest(root, edition)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(context)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(context)?;
    let arguments =
        ["clippy", "--workspace", "--all-targets", "--all-features", "--offline", "--", "-D", "warnings"];
    let mut command = process::cargo(&folder, &arguments);
    // Dependencies have been built there.
    command.env("CARGO_TARGET_DIR", &target);
    process::run(&mut command, &format!("cargo {} # in edition {edition}", arguments.join(" ")))
}

/// Writes a crate for each definition. What has not changed keeps its time, and is not built again.
fn crates(root: &Path, folder: &Path) -> Result<(), Failure> {
    let definitions = root.join(DEFINITIONS);
    let entries =
        fs::read_dir(&definitions).map_err(|error| format!("{}: {error}", definitions.display()))?;
    for entry in entries {
        let definition = entry.map_err(|error| format!("{}: {error}", definitions.display()))?.path();
        let vendor = load(&definition).map_err(|faults| faults.to_string())?;
        let files = emit::files(&vendor, &Packaging { inherit: true, ..Packaging::new(&vendor.package) });
        let place = folder.join("vendors").join(&vendor.package);
        write(&place, &files, Mode::Write).map_err(|error| format!("{}: {error}", place.display()))?;
    }
    Ok(())
}

/// This workspace's manifest for the crates that were written: its dependencies, none of its lints, and another edition.
fn manifest(root: &Path, edition: &str) -> Result<String, Failure> {
    let file = root.join("Cargo.toml");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let shared = text.find("[workspace.package]").zip(text.find("[workspace.lints"));
    let shared = shared.and_then(|(start, end)| text.get(start..end));
    let shared = shared.ok_or("Cargo.toml has no `[workspace.package]` before `[workspace.lints]`")?;
    let own = shared.lines().find(|line| line.starts_with("edition = "));
    let own = own.ok_or("Cargo.toml has no `edition`")?;
    let shared = shared.replace(own, &format!("edition = \"{edition}\""));
    let folder = root.display().to_string().replace('\\', "/");
    let shared = shared.replace("path = \"crates/", &format!("path = \"{folder}/crates/"));
    Ok(format!("[workspace]\nresolver = \"3\"\nmembers = [\"vendors/*\"]\n\n{shared}[workspace.lints]\n"))
}
