//! `cargo xtask snapshots`
//!
//! insta writes the path of every snapshot file that an assertion looks at to the file that an environment variable names. What
//! is on disk and not in that list, nobody looks at.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use wirewright_codegen::project::INTERFACE;

use crate::output::{Failure, complain, say};
use crate::{process as programs, workspace};

/// The variable by which insta is told where to write.
const REFERENCES: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// All tests, as the README runs them.
pub(crate) const TESTS: &str = "cargo test --workspace";

pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let listed = test(root)?;
    let referenced: HashSet<PathBuf> =
        listed.lines().filter_map(|line| root.join(line).canonicalize().ok()).collect();
    let files = workspace::files(root, "snap").map_err(|error| format!("{}: {error}", root.display()))?;
    // The interface of a vendor's crate is written and compared by the generator.
    let of_tests = |file: &&PathBuf| !file.ends_with(Path::new("snapshots").join(INTERFACE));
    let unused: Vec<&PathBuf> = files
        .iter()
        .filter(of_tests)
        .filter(|file| !file.canonicalize().is_ok_and(|file| referenced.contains(&file)))
        .collect();
    say(&format!("{} snapshot files, {} of them unused", files.len(), unused.len()));
    if unused.is_empty() {
        return Ok(());
    }
    for file in &unused {
        complain(&format!("unused: {}", file.strip_prefix(root).unwrap_or(file).display()));
    }
    Err("no test refers to the snapshots above; delete them".to_owned())
}

/// Runs all tests. What they refer to.
fn test(root: &Path) -> Result<String, Failure> {
    let file = env::temp_dir().join(format!("wirewright-snapshots-{}.txt", process::id()));
    fs::File::create_new(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut command = programs::cargo(root, &TESTS.split(' ').skip(1).collect::<Vec<_>>());
    command.env(REFERENCES, &file).env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    let result = programs::run(&mut command, TESTS).and_then(|()| read(&file));
    // A file in the folder for such files does no harm.
    let _ = fs::remove_file(&file);
    result
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}
