//! The definitions of this repository, for tests.

#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part, and fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use wirewright_cli::mock::Mock;
use wirewright_codegen::load_sources;
use wirewright_interpret::Definition;

/// Where definitions are: those of vendors, and the generator's hardest.
const ROOTS: [&str; 2] = ["protocol-defs", "crates/wirewright-codegen/tests/golden/protocol-defs"];

/// The folder of a vendor's definition.
pub(crate) fn folder(vendor: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ROOTS.map(|folder| root.join(folder).join(vendor));
    folders.into_iter().find(|folder| folder.is_dir()).unwrap()
}

/// The folder of each definition.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let entries = ROOTS.iter().flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let folders = entries.map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.join("protocol.toml").exists()).collect();
    folders.sort();
    assert!(folders.len() >= 11, "{folders:?}");
    folders
}

/// A vendor's definition.
pub(crate) fn definition(vendor: &str) -> Definition {
    Definition::load(&folder(vendor)).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The mock of a vendor.
pub(crate) fn mock(vendor: &str) -> Mock {
    Mock::new(definition(vendor))
}

/// A vendor's definition with another text of one of its files.
pub(crate) fn with(vendor: &str, file: &str, edit: impl Fn(String) -> String) -> Definition {
    let entries = fs::read_dir(folder(vendor)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let texts = files.map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let text = if name == file { edit(text) } else { text };
        (name, text)
    });
    Definition::new(load_sources(vendor, texts.collect()).unwrap_or_else(|faults| panic!("{faults}")))
}

/// How many operations of all definitions have pages.
pub(crate) fn definitions_with_pages() -> usize {
    let with_pages = |folder: PathBuf| {
        let definition = Definition::load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        definition.operations().iter().filter(|operation| operation.model().pagination.is_some()).count()
    };
    folders().into_iter().map(with_pages).sum()
}
