//! What would be published: the packages are whole, small, and build from their own files alone.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

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
    // Each is built from what was packaged, with what was packaged of the others in the place of the registry's. What has not been
    // committed is looked at as well: nothing is uploaded.
    let arguments: Vec<&str> = ["publish", "--dry-run", "--quiet", "--locked", "--allow-dirty"]
        .into_iter()
        .chain(packages)
        .collect();
    let mut command = process::cargo(root, &arguments);
    // Of a package that it takes for a registry's cargo believes that it never changes while its version does not.
    let target = workspace::target(root).join("publish");
    scratch::clear(&target)?;
    forget()?;
    command.env("CARGO_TARGET_DIR", &target);
    process::run(&mut command, &format!("cargo {}", arguments.join(" ")))?;
    for (name, most) in PACKAGES {
        size(root, name, *most)?;
    }
    Ok(())
}

/// Removes what cargo has unpacked of these packages for a dry run before. Registries that are folders have no name there.
fn forget() -> Result<(), Failure> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.map(|home| home.join("registry/src"));
    let registries = sources.and_then(|sources| fs::read_dir(sources).ok());
    for registry in registries.into_iter().flatten().flatten() {
        if !registry.file_name().to_string_lossy().starts_with('-') {
            continue;
        }
        for package in fs::read_dir(registry.path()).into_iter().flatten().flatten() {
            let name = package.file_name().to_string_lossy().into_owned();
            let is_ours =
                |(own, _): &(&str, u64)| name.rsplit_once('-').is_some_and(|(name, _)| name == *own);
            if PACKAGES.iter().any(is_ours) {
                scratch::clear(&package.path())?;
            }
        }
    }
    Ok(())
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

/// The package of the version that the workspace has.
fn size(root: &Path, name: &str, most: u64) -> Result<(), Failure> {
    let manifest = read(&root.join("Cargo.toml"))?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    let version = version.ok_or("Cargo.toml has no `version` of the workspace")?;
    // A dry run leaves it in a folder of its own, or where `cargo package` does: that depends on cargo's version.
    let packages = ["tmp-crate/", ""].map(|folder| {
        workspace::target(root).join(format!("publish/package/{folder}{name}-{version}.crate"))
    });
    let found = packages.iter().find_map(|package| fs::metadata(package).ok());
    let found =
        found.ok_or_else(|| format!("the dry run left no package {name} in target/publish/package"))?;
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
