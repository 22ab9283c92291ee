//! The crates that are generated from the definitions in `golden/protocol-defs`: what is checked in is what is generated.
//!
//! They are members of the workspace, so that they are compiled and their own tests run with all others. With
//! `UPDATE_GOLDEN=1` they are written anew.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use wirewright_codegen::emit::{self, GeneratedFile};
use wirewright_codegen::load;
use wirewright_codegen::model::Vendor;
use wirewright_codegen::write::{Mode, write};

#[test]
fn generated_crates_are_up_to_date() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mode = if env::var_os("UPDATE_GOLDEN").is_some() { Mode::Write } else { Mode::Check };
    let mut differences: Vec<String> = Vec::new();
    let mut compare = |package: &str, files: &[GeneratedFile]| {
        let outcome = write(&golden.join("crates/vendors").join(package), files, mode).unwrap();
        for difference in outcome.differences {
            differences.push(format!("{package}: {difference}"));
        }
    };
    let mut definitions: Vec<_> =
        fs::read_dir(golden.join("protocol-defs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    definitions.sort();
    let load = |definition: &PathBuf| load(definition).unwrap_or_else(|faults| panic!("{faults}"));
    let vendors: Vec<Vendor> = definitions.iter().map(load).collect();
    for vendor in &vendors {
        compare(&vendor.package, &emit::files(vendor));
    }
    assert!(
        differences.is_empty() || mode == Mode::Write,
        "{}\nlook at what changed, then run this test with UPDATE_GOLDEN=1",
        differences.concat()
    );
}

/// The same definition gives the same bytes.
#[test]
fn generation_is_repeatable() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/protocol-defs/course");
    let files = || emit::files(&load(&golden).unwrap_or_else(|faults| panic!("{faults}")));
    assert_eq!(files(), files());
}
