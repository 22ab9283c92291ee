//! The definitions of this repository, as they are and damaged.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wirewright_codegen::{load, load_sources};

fn definitions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs")
}

/// Every vendor, by name.
fn vendors() -> Vec<String> {
    let entries = fs::read_dir(definitions()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().join("protocol.toml").is_file());
    let mut vendors: Vec<String> =
        folders.map(|entry| entry.file_name().to_str().unwrap().to_owned()).collect();
    vendors.sort();
    assert!(!vendors.is_empty());
    vendors
}

fn folder(vendor: &str) -> PathBuf {
    definitions().join(vendor)
}

fn files(vendor: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder(vendor))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn vendors_have_no_fault() {
    let mut summary = String::new();
    for vendor in vendors() {
        let loaded = load(&folder(&vendor)).unwrap_or_else(|faults| panic!("{faults}"));
        writeln!(
            summary,
            "{}: {} types, {} errors, {} common parameters",
            loaded.package,
            loaded.types.len(),
            loaded.errors.len(),
            loaded.parameters.len()
        )
        .unwrap();
        for (group, operation) in loaded.operations() {
            writeln!(
                summary,
                "  {}::{} at {}: {} in, {} out, {} formats, {} examples, order {:?}",
                group.name.rust,
                operation.name.rust,
                operation.path,
                operation.request.len(),
                operation.reply.len(),
                operation.formats.len(),
                operation.examples.len(),
                operation.order
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(summary);
}

#[test]
fn model_of_an_operation() {
    let nina = load(&folder("nina")).unwrap();
    let (_, login) = nina.operations().next().unwrap();
    insta::assert_debug_snapshot!((login, &nina.sessions, &nina.computed, &nina.parameters));
}

/// Every prefix, and every file with a few bytes gone or changed, is a definition or has faults that can be shown. The fuzz target
/// `definition` tries more of it.
#[test]
fn damage_never_panics() {
    for vendor in vendors() {
        let files = files(&vendor);
        // A large definition takes long to read: all are damaged at about as many places.
        let step = files.iter().map(|(_, text)| text.len()).sum::<usize>() / 12;
        for (index, (_, text)) in files.iter().enumerate() {
            for at in (0..text.len()).step_by(step.max(50)).filter(|at| text.is_char_boundary(*at)) {
                let (before, behind) = text.split_at(at);
                let shorter = behind.get(3..).unwrap_or_default();
                let line = behind.split_once('\n').map_or("", |(_, rest)| rest);
                for damaged in [
                    before.to_owned(),
                    format!("{before}{shorter}"),
                    format!("{before}{line}"),
                    format!("{before}\"{behind}"),
                    format!("{before}ß]{behind}"),
                    format!("{before}\n[types.X.members]\nx = {{ type = \"X\", flatten = true }}\n{line}"),
                ] {
                    let mut files = files.clone();
                    files[index].1 = damaged;
                    if let Err(faults) = load_sources(&vendor, files) {
                        assert!(!faults.render(true).is_empty());
                        assert!(!faults.diagnostics().is_empty());
                    }
                }
            }
        }
    }
}

#[test]
fn nesting_is_bounded() {
    for text in [
        "a=".to_owned() + &"[".repeat(100_000),
        "a=".to_owned() + &"{a=".repeat(100_000),
        "a.".repeat(100_000) + "a=1",
        format!("[{}a]", "a.".repeat(100_000)),
    ] {
        let faults = load_sources("deep", vec![("protocol.toml".to_owned(), text)]).unwrap_err();
        assert!(faults.render(false).len() < 10_000_000);
    }
    // Structures flattened into each other, far deeper than any vendor's.
    let mut types = String::from("[list.reply]\nx = { type = \"T0\", flatten = true }\n");
    for index in 0..5_000 {
        writeln!(types, "[types.T{index}.members]").unwrap();
        writeln!(
            types,
            "m{index} = {{ type = \"T{}\", flatten = true, required = true }}",
            (index + 1) % 5_000
        )
        .unwrap();
    }
    let mut files = files("videntity");
    files.push(("deep.toml".to_owned(), types));
    load_sources("deep", files).unwrap_err();
}
