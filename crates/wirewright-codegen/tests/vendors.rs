//! The engine knows no vendor: neither its code nor its texts name one of those in the box.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

/// What makes clients and servers of definitions, and what these need. The edges' examples need a vendor's crate.
const ENGINE: [&str; 4] = ["wirewright", "wirewright-codegen", "wirewright-derive", "wirewright-interpret"];

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Whether a text has a name as a word of its own.
fn names(text: &str, name: &str) -> bool {
    let apart = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric());
    text.match_indices(name)
        .any(|(at, _)| apart(text[..at].chars().next_back()) && apart(text[at + name.len()..].chars().next()))
}

#[test]
fn the_engine_names_no_vendor() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let definitions =
        fs::read_dir(crates.join("../protocol-defs")).unwrap().map(|entry| entry.unwrap().path());
    let vendors = definitions.filter(|path| path.is_dir());
    let vendors: Vec<String> =
        vendors.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(vendors.len() >= 4, "{vendors:?}");
    let mut sources = Vec::new();
    for engine in ENGINE {
        files(&crates.join(engine).join("src"), &mut sources);
    }
    assert!(sources.len() > 300, "{}", sources.len());
    let mut found = Vec::new();
    for path in sources {
        let text = fs::read_to_string(&path).unwrap().to_lowercase();
        for vendor in &vendors {
            let spellings = [vendor.clone(), vendor.replace('-', "_"), vendor.replace('-', " ")];
            if spellings.iter().any(|name| names(&text, name)) {
                found.push(format!("{}: {vendor}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(names("as at nina's", "nina") && !names("feminina", "nina"));
}
