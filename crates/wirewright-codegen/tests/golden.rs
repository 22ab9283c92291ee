//! The crates that are generated from the definitions in `golden/protocol-defs`: what is checked in is what is generated.
//!
//! They are members of the workspace, so that they are compiled and their own tests run with all others. With
//! `UPDATE_GOLDEN=1` they are written anew.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::env;
use std::path::{Path, PathBuf};

use wirewright_codegen::emit;
use wirewright_codegen::project::{Choices, Project};
use wirewright_codegen::write::Mode;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// A project like anybody's, with a `wirewright.toml`.
fn project() -> Project {
    Project::find(&golden(), &Choices::default()).unwrap()
}

#[test]
fn generated_crates_are_up_to_date() {
    let mode = if env::var_os("UPDATE_GOLDEN").is_some() { Mode::Write } else { Mode::Check };
    let project = project();
    let loaded = project.load(&[]).unwrap_or_else(|problem| panic!("{problem:?}"));
    let outcome = project.write(&loaded, mode).unwrap();
    let differences: Vec<String> = outcome.differences().collect();
    assert!(
        differences.is_empty() || mode == Mode::Write,
        "{}\nlook at what changed, then run this test with UPDATE_GOLDEN=1",
        differences.concat()
    );
}

/// The same definition gives the same bytes.
#[test]
fn generation_is_repeatable() {
    let project = project();
    let files = || {
        let loaded = project.load(&["course".to_owned()]).unwrap();
        emit::files(&loaded[0].vendor, &project.packaging("course"))
    };
    assert_eq!(files(), files());
}
