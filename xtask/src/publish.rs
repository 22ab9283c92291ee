//! What would be published: the packages are whole, small, and compile from their own files alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::{Failure, say};
use crate::{process, scratch, workspace};

/// What others get from a registry, each after what it depends on; and how large its package may be, in KiB, compressed. Everything
/// else of this workspace is our own.
const PACKAGES: &[(&str, u64)] = &[
    ("wirewright-derive", 64),
    ("wirewright", 640),
    ("wirewright-codegen", 448),
    ("wirewright-interpret", 96),
    ("wirewright-docs", 64),
    ("wirewright-draft", 160),
    ("wirewright-ureq", 48),
    ("wirewright-reqwest", 48),
    ("wirewright-tower", 48),
    ("wirewright-axum", 48),
    ("wirewright-arrow", 48),
    ("wirewright-cli", 128),
];

/// What every package has a copy of: a package has nothing of what is outside of its folder.
const LICENCES: &[&str] = &["LICENSE-APACHE", "LICENSE-MIT"];

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    manifests(root)?;
    for (name, _) in PACKAGES {
        for licence in LICENCES {
            let copy = root.join("crates").join(name).join(licence);
            if read(&root.join(licence))? != read(&copy)? {
                return Err(format!("{} is not {licence}: copy it again", copy.display()));
            }
        }
    }
    let packages = PACKAGES.iter().flat_map(|(name, _)| ["-p", name]);
    // All that publishing asks but for the build, which cargo makes anew for each package. What has not been committed is looked at as
    // well: nothing is uploaded.
    let arguments: Vec<&str> =
        ["publish", "--dry-run", "--no-verify", "--quiet", "--locked", "--allow-dirty"]
            .into_iter()
            .chain(packages)
            .collect();
    let mut command = process::cargo(root, &arguments);
    let folder = workspace::target(root).join("publish");
    scratch::clear(&folder)?;
    command.env("CARGO_TARGET_DIR", &folder);
    process::run(&mut command, &format!("cargo {}", arguments.join(" ")))?;
    let version = version(root)?;
    let unpacked = folder.join("unpacked");
    fs::create_dir_all(&unpacked).map_err(|error| format!("{}: {error}", unpacked.display()))?;
    for (name, most) in PACKAGES {
        let package = package(&folder, name, &version)?;
        size(&package, name, *most)?;
        unpack(&package, &unpacked)?;
    }
    check(root, &unpacked, &version)
}

/// Checks each package from what was packaged, with what was packaged of the others in the place of the registry's. One workspace has
/// them all, so that they share what they depend on; each is still taken by itself, with the features that it asks for and no others.
/// That what compiles is also linked and runs is the step `install`'s.
fn check(root: &Path, unpacked: &Path, version: &str) -> Result<(), Failure> {
    let mut manifest =
        String::from("[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[patch.crates-io]\n");
    for (name, _) in PACKAGES {
        // Writing to a string cannot fail.
        let _ = writeln!(manifest, "{name} = {{ path = \"{name}-{version}\" }}");
    }
    fs::write(unpacked.join("Cargo.toml"), manifest)
        .and_then(|()| fs::copy(root.join("Cargo.lock"), unpacked.join("Cargo.lock")))
        .map_err(|error| format!("{}: {error}", unpacked.display()))?;
    for (name, _) in PACKAGES {
        let arguments = ["check", "--quiet", "--offline", "-p", name];
        let mut command = process::cargo(unpacked, &arguments);
        // Dependencies have been built there.
        command.env("CARGO_TARGET_DIR", workspace::target(root));
        process::run(&mut command, &format!("cargo {} # in target/publish/unpacked", arguments.join(" ")))?;
    }
    Ok(())
}

/// Unpacks a package into a folder of its name and version.
fn unpack(package: &Path, into: &Path) -> Result<(), Failure> {
    let mut command = Command::new("tar");
    command.arg("-xzf").arg(package).arg("-C").arg(into);
    process::run(&mut command, &format!("tar -xzf {}", package.display()))
}

/// Those that say that they are to be published are those of the table.
fn manifests(root: &Path) -> Result<(), Failure> {
    let folder = root.join("crates");
    let context = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut published = BTreeSet::new();
    for entry in fs::read_dir(&folder).map_err(context)? {
        let entry = entry.map_err(context)?;
        let manifest = entry.path().join("Cargo.toml");
        if manifest.exists() && read(&manifest)?.lines().any(|line| line == "publish = true") {
            published.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let expected: BTreeSet<String> = PACKAGES.iter().map(|(name, _)| (*name).to_owned()).collect();
    if published == expected {
        return Ok(());
    }
    let differ: Vec<_> = published.symmetric_difference(&expected).map(String::as_str).collect();
    Err(format!(
        "either the manifest says `publish = true` or xtask/src/publish.rs has it, not both: {}",
        differ.join(", ")
    ))
}

/// The version that the workspace has.
fn version(root: &Path) -> Result<String, Failure> {
    let manifest = read(&root.join("Cargo.toml"))?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| "Cargo.toml has no `version` of the workspace".to_owned())
}

/// What the dry run has packaged, in its target folder.
fn package(folder: &Path, name: &str, version: &str) -> Result<PathBuf, Failure> {
    // It leaves it in a folder of its own, or where `cargo package` does: that depends on cargo's version.
    let packages =
        ["tmp-crate/", ""].map(|place| folder.join(format!("package/{place}{name}-{version}.crate")));
    packages
        .into_iter()
        .find(|package| package.is_file())
        .ok_or_else(|| format!("the dry run left no package {name} in target/publish/package"))
}

fn size(package: &Path, name: &str, most: u64) -> Result<(), Failure> {
    let found = fs::metadata(package).map_err(|error| format!("{}: {error}", package.display()))?;
    let kibibytes = found.len().div_ceil(1024);
    say(&format!("{name:<22} {kibibytes:>5} KiB of {most}"));
    if kibibytes > most {
        return Err(format!(
            "the package {name} has {kibibytes} KiB, more than {most}: what is in it that nobody needs?"
        ));
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
