//! Two repositories of somebody else's, built from nothing: see `crates/wirewright-codegen/tests/repositories`. And the example of a build
//! script, `crates/wirewright-example-build`, which is none of this workspace either.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::output::Failure;
use crate::{installed, process, scratch, workspace};

const TEMPLATES: &str = "crates/wirewright-codegen/tests/repositories";
const EXAMPLE: &str = "crates/wirewright-example-build";

/// A repository.
struct Repository {
    name: &'static str,
    /// The folder of what has all crates of vendors in it: a workspace, or the one crate.
    vendors: &'static str,
}

const REPOSITORIES: [Repository; 2] = [
    Repository { name: "package", vendors: "crates/vendors/ledger" },
    Repository { name: "workspace", vendors: "." },
];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let (program, place) = (installed::install(root)?, scratch::place(root, "repositories"));
    for Repository { name, vendors } in REPOSITORIES {
        let repository = place.join(name);
        scratch::clear(&repository)?;
        let failed = |error: io::Error| format!("{}: {error}", repository.display());
        copy(root, &root.join(TEMPLATES).join(name), &repository).map_err(failed)?;
        let mut generate = Command::new(&program);
        generate.arg("generate").current_dir(&repository);
        process::run(&mut generate, &format!("wirewright generate # in {name}"))?;
        // The versions that are there offline.
        for folder in [".", vendors] {
            let lock = repository.join(folder).join("Cargo.lock");
            fs::copy(root.join("Cargo.lock"), lock).map_err(failed)?;
        }
        // What the author does once: the snapshots are made, and read.
        let manifest = format!("{vendors}/Cargo.toml");
        let tests = ["test", "--quiet", "--manifest-path", &manifest, "--workspace"];
        let mut command = prepared(root, process::cargo(&repository, &tests));
        process::run(
            command.env("INSTA_UPDATE", "always"),
            &format!("cargo {} # in {name}", tests.join(" ")),
        )?;
        // What CI does with every change.
        let mut command = prepared(root, process::shell(&repository, "sh ci.sh"));
        let generator = format!("{} generate", program.display());
        process::run(command.env("WIREWRIGHT", generator), &format!("sh ci.sh # in {name}"))?;
    }
    example(root, &place.join("example"))?;
    scratch::clear(&place)
}

/// The example, by what has been compiled for the others.
fn example(root: &Path, folder: &Path) -> Result<(), Failure> {
    let manifest = format!("{EXAMPLE}/Cargo.toml");
    let arguments = ["fmt", "--check", "--manifest-path", &manifest];
    process::run(&mut process::cargo(root, &arguments), &format!("cargo {}", arguments.join(" ")))?;
    copy(root, &root.join(EXAMPLE), folder)
        .and_then(|()| fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map(drop))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    for arguments in [&["clippy", "--all-targets", "--", "-D", "warnings"][..], &["test"]] {
        let mut command = prepared(root, process::cargo(folder, arguments));
        process::run(&mut command, &format!("cargo {} # in {EXAMPLE}", arguments.join(" ")))?;
    }
    Ok(())
}

/// Copies a folder, with the places of this workspace's crates put in.
fn copy(root: &Path, from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copied = to.join(entry.file_name());
        if entry.path().join("CACHEDIR.TAG").is_file() {
            // What somebody has built there.
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(root, &entry.path(), &copied)?;
            continue;
        }
        let mut text = fs::read_to_string(entry.path())?;
        for name in ["wirewright", "wirewright-codegen"] {
            let place = root.join("crates").join(name).display().to_string().replace('\\', "/");
            text = text.replace(&format!("@{name}@"), &place);
            text = text.replace(&format!("\"../{name}\""), &format!("\"{place}\""));
        }
        fs::write(copied, text)?;
    }
    Ok(())
}

/// Offline, and without building dependencies again.
fn prepared(root: &Path, mut command: Command) -> Command {
    command
        .env("CARGO_TARGET_DIR", workspace::target(root))
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("INSTA_FORCE_PASS")
        .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE");
    command
}
