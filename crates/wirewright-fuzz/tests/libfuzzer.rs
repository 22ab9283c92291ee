//! libFuzzer drives the same targets as the driver of this package.

use std::{fs, path::Path};

use wirewright_fuzz::TARGETS;

#[test]
fn every_target_has_its_file_and_its_entry() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for target in TARGETS {
        let path = format!("fuzz_targets/{}.rs", target.name);
        assert!(manifest.contains(&format!("path = \"{path}\"")), "{path} is not in the manifest");
        let source = fs::read_to_string(folder.join(&path)).unwrap();
        assert!(source.contains(&format!("wirewright_fuzz::{}(data)", target.name)), "{path}: {source}");
    }
    let files = fs::read_dir(folder.join("fuzz_targets")).unwrap().count();
    assert_eq!(files, TARGETS.len(), "a file of no target");
}
