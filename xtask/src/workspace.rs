//! Where the workspace is, and what lies in it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::output::Failure;

/// Where the vendors' crates are.
const VENDORS: &str = "crates/vendors";

/// The folder of the workspace: that of the `xtask` that cargo runs, else the one around the current folder. Never the one that this
/// program was compiled in, which may have moved.
pub(crate) fn root() -> Result<PathBuf, Failure> {
    let here = env::current_dir().map_err(|error| format!("there is no current folder: {error}"))?;
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    manifest
        .iter()
        .chain([&here])
        .flat_map(|start| start.ancestors())
        .find(|folder| is_workspace(folder))
        .map(Path::to_path_buf)
        .ok_or_else(|| format!("there is no workspace around {}", here.display()))
}

fn is_workspace(folder: &Path) -> bool {
    fs::read_to_string(folder.join("Cargo.toml"))
        .is_ok_and(|manifest| manifest.lines().any(|line| line.trim() == "[workspace]"))
}

/// Where cargo puts what it builds.
pub(crate) fn target(root: &Path) -> PathBuf {
    root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The files under `folder` whose names end in `.extension`, in order. Hidden folders and those that cargo builds into are not
/// looked at, and links are not followed.
pub(crate) fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut unread = vec![folder.to_path_buf()];
    while let Some(folder) = unread.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if entry.file_type()?.is_dir() {
                // Cargo marks each folder that it makes to build into, but not a `target` that was there before it.
                let built = entry.file_name() == "target" || path.join("CACHEDIR.TAG").exists();
                if !hidden && !built {
                    unread.push(path);
                }
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The vendors' crates, each called as its folder.
pub(crate) fn vendors(root: &Path) -> Result<Vec<String>, Failure> {
    let folder = root.join(VENDORS);
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    let mut vendors = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().join("Cargo.toml").is_file() {
            vendors.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    vendors.sort();
    Ok(vendors)
}

#[cfg(test)]
mod tests {
    use std::process;

    use super::*;

    /// A `target` that was there before cargo, a folder that cargo has marked, and a hidden one.
    #[test]
    fn what_is_built_is_no_file_of_the_workspace() -> io::Result<()> {
        let root = env::temp_dir().join(format!("wirewright-files-{}", process::id()));
        for folder in ["crates/a", "target/package", "built/b", ".hidden"] {
            fs::create_dir_all(root.join(folder))?;
            fs::write(root.join(folder).join("Cargo.toml"), "")?;
        }
        fs::write(root.join("built/CACHEDIR.TAG"), "")?;
        let found = files(&root, "toml");
        fs::remove_dir_all(&root)?;
        assert_eq!(found?, [root.join("crates/a/Cargo.toml")]);
        Ok(())
    }
}
