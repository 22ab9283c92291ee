//! What recordings of running servers tell: operations, sessions, pages, and what is in headers. They are those of the benchmark.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use wirewright_draft::{Inputs, Options, draft};

/// The tables of a draft that tell of calls as a whole.
fn outline(text: &str) -> String {
    let tables = text.split("\n\n").filter(|table| {
        let head = table.lines().find(|line| line.starts_with('[')).unwrap_or_default();
        let of = |word: &str| head.ends_with(&format!("{word}]")) || head.starts_with(&format!("[{word}"));
        !head.is_empty()
            && !head.starts_with("[[")
            && !of("types")
            && !of("errors")
            && !head.contains(".request]")
            && !head.contains(".body]")
    });
    let is_shown = |line: &&str| !line.starts_with("source") && !line.starts_with("confidence");
    let tables = tables.map(|table| table.lines().filter(is_shown).collect::<Vec<_>>().join("\n"));
    tables.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn recordings_are_drafted_and_agree_with_their_drafts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches/draft/recordings");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "http"));
    files.sort();
    assert_eq!(files.len(), 9, "{files:?}");
    let mut outlines = String::new();
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let inputs = Inputs::read(std::slice::from_ref(&file), &[]).unwrap();
        let drafted = draft(&inputs, &Options::new(name)).unwrap();
        assert_eq!(drafted.contradictions, [], "{name}");
        assert!(drafted.tested > inputs.exchanges.len() / 2, "{name}: {} tests", drafted.tested);
        for drafted in drafted.files.iter().filter(|file| file.name != "protocol.toml") {
            outlines.push_str(&format!("=== {name}, {}\n{}\n", drafted.name, outline(&drafted.text)));
        }
        let sessions = drafted.files[0].text.split("\n\n").filter(|table| table.starts_with("[session"));
        for table in sessions {
            outlines.push_str(&format!("{table}\n"));
        }
    }
    insta::assert_snapshot!(outlines);
}
