//! The public interface of each crate, as a snapshot: what breaks its users shows in review. That of a vendor's crate is beside its
//! definition, that of a crate which people wrote beside its manifest.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

mod api_support;

use std::{collections::BTreeMap, fs, path::Path};

use api_support::Crate;
use wirewright_codegen::{emit, load};

/// What users depend on besides the vendors' crates.
const CRATES: &[&str] = &[
    "wirewright",
    "wirewright-arrow",
    "wirewright-axum",
    "wirewright-derive",
    "wirewright-reqwest",
    "wirewright-tower",
    "wirewright-ureq",
];

#[test]
fn public_interfaces() {
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs");
    let folders = fs::read_dir(&definitions).unwrap().map(|entry| entry.unwrap().path());
    let mut vendors = 0;
    for folder in folders.filter(|path| path.is_dir()) {
        let vendor = load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        let files: BTreeMap<String, String> =
            emit::files(&vendor).into_iter().map(|file| (file.path, file.text)).collect();
        let read = |path: &str| files.get(&format!("src/{path}")).cloned();
        check(&folder.join("snapshots"), &Crate::read(&read));
        vendors += 1;
    }
    assert!(vendors > 0, "no vendor in {}", definitions.display());
}

#[test]
fn public_interfaces_of_crates_that_people_wrote() {
    for name in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        let read = |path: &str| fs::read_to_string(folder.join("src").join(path)).ok();
        check(&folder, &Crate::read(&read));
    }
}

/// The snapshot is `api.snap` of this folder.
fn check(folder: &Path, source: &Crate) {
    insta::with_settings!({
        snapshot_path => folder,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("api", prettyplease::unparse(&source.interface()));
    });
}
