//! What crates that inherit take from the workspace around them: all that it lacks is told at once, where cargo tells one thing a run.

use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::problem::Problem;
use crate::packaging::{DEPENDENCIES, DEV_DEPENDENCIES, EDITION, Packaging, RUNTIME, RUST_VERSION, VERSION};

/// Something that is inherited: the table of the workspace's manifest, the key in it, and what could be there.
struct Inherited {
    table: &'static str,
    key: Option<&'static str>,
    example: String,
}

/// Holds the workspace around the folder `output` to what these crates inherit.
pub(super) fn check(output: &Path, crates: &[Packaging]) -> Result<(), Problem> {
    if !crates.iter().any(|packaging| packaging.inherit) {
        return Ok(());
    }
    let Some((manifest, text)) = around(output) else {
        return Err(Problem::NoWorkspace { output: output.to_path_buf() });
    };
    // Cargo says better what is wrong with a manifest that is none.
    let (document, _) = DeTable::parse_recoverable(&text);
    let workspace = document.get_ref().get("workspace").and_then(|workspace| workspace.get_ref().as_table());
    let has = |inherited: &Inherited| {
        let table = workspace.and_then(|workspace| workspace.get(inherited.table)?.get_ref().as_table());
        table.is_some_and(|table| inherited.key.is_none_or(|key| table.get(key).is_some()))
    };
    let mut lacks: Vec<String> = Vec::new();
    for packaging in crates.iter().filter(|packaging| packaging.inherit) {
        for inherited in inherited(packaging).iter().filter(|inherited| !has(inherited)) {
            let line = format!("[workspace.{}]{}", inherited.table, inherited.example);
            if !lacks.contains(&line) {
                lacks.push(line);
            }
        }
    }
    if lacks.is_empty() { Ok(()) } else { Err(Problem::NothingToInherit { manifest, lacks }) }
}

/// The nearest manifest of a workspace from a folder upwards, and its text.
fn around(folder: &Path) -> Option<(PathBuf, String)> {
    folder.ancestors().find_map(|folder| {
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).ok()?;
        let is_one = DeTable::parse_recoverable(&text).0.get_ref().get("workspace").is_some();
        is_one.then_some((manifest, text))
    })
}

/// What a crate inherits.
fn inherited(packaging: &Packaging) -> Vec<Inherited> {
    let quoted = |text: &str| format!("\"{text}\"");
    let words = [
        ("version", packaging.version.is_none(), quoted(VERSION)),
        ("edition", packaging.edition.is_none(), quoted(EDITION)),
        ("rust-version", packaging.rust_version.is_none(), quoted(RUST_VERSION)),
        ("license", packaging.license.is_none(), quoted("…")),
        ("publish", packaging.publish.is_none(), "false".to_owned()),
    ];
    let runtime = [("wirewright", packaging.runtime.is_none(), quoted(RUNTIME))];
    let shared = DEPENDENCIES.iter().chain(DEV_DEPENDENCIES);
    let shared = shared.map(|(name, value)| (*name, true, (*value).to_owned()));
    let of = |table| {
        move |(key, is_inherited, value): (&'static str, bool, String)| {
            is_inherited.then(|| Inherited { table, key: Some(key), example: format!(" {key} = {value}") })
        }
    };
    let dependencies = runtime.into_iter().chain(shared).filter_map(of("dependencies"));
    let lints = Inherited { table: "lints", key: None, example: String::new() };
    words.into_iter().filter_map(of("package")).chain(dependencies).chain([lints]).collect()
}
