//! The reference of the language: that it is what the words of the readers say, and that what it shows is read.
//!
//! `src/reference` has a file for each kind of table, and the introduction. Each block of TOML in them is a definition, in files
//! that begin with a line such as `# parcels.toml`; what it leaves out comes from `reference/`: whole files, and of
//! `protocol.toml` the keys that the block does not give. A line that begins with `#-` is read and not shown.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wirewright_codegen::reference::{FACTS_FILE, TABLES};
use wirewright_codegen::words::{FACTS, ValueKind};
use wirewright_codegen::{PROTOCOL, load_sources, words_used};

const FOLDER: &str = "src/reference";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_reference_is_up_to_date() {
    let file = here("../../protocol-defs/README.md");
    let reference = wirewright_codegen::reference();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &reference).unwrap();
    }
    let written = fs::read_to_string(file).unwrap_or_default();
    assert!(
        written == reference,
        "protocol-defs/README.md is not what the words say; run `cargo xtask codegen`, or this test with UPDATE_GOLDEN=1"
    );
}

/// Every block is read without a fault, and every word of every table is used in a block of its own table's file.
#[test]
fn every_word_has_an_example_that_is_read() {
    let mut faults = String::new();
    let mut shown: BTreeSet<(String, &str, &str)> = BTreeSet::new();
    for page in pages() {
        for block in blocks(&fs::read_to_string(here(FOLDER).join(&page)).unwrap(), "toml") {
            let definition = Definition::of(&block).completed();
            match words_used("parcels", definition.files()) {
                Ok(uses) => {
                    let visible = uses.into_iter().filter(|one| definition.shows(&one.file, one.line));
                    shown.extend(visible.map(|one| (page.clone(), one.place, one.word)));
                }
                Err(wrong) => {
                    write!(faults, "{FOLDER}/{page}, this block:\n\n{block}\n{wrong}\n").unwrap();
                }
            }
        }
    }
    for table in TABLES {
        let file = format!("examples/{}", table.file);
        // What takes the words of a member shows them as well.
        let is_member = table.vocabulary.place == "a member";
        let places: Vec<&str> = TABLES
            .iter()
            .filter(|other| is_member && other.vocabulary.extends_member())
            .map(|other| other.vocabulary.place)
            .chain([table.vocabulary.place])
            .collect();
        for word in table.vocabulary.own().map(|word| word.word) {
            if !places.iter().any(|place| shown.contains(&(file.clone(), *place, word))) {
                writeln!(
                    faults,
                    "no example of `{word}` in {}: write one in {FOLDER}/{file}",
                    table.vocabulary.place
                )
                .unwrap();
            }
        }
    }
    let file = format!("examples/{FACTS_FILE}");
    for fact in FACTS {
        if !shown.iter().any(|(page, _, word)| *page == file && *word == fact.word) {
            writeln!(faults, "no example of the fact `{}`: write one in {FOLDER}/{file}", fact.word).unwrap();
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// What the introduction shows as whole needs nothing else, and what it shows as wrong has faults, each at its place.
#[test]
fn the_introduction_is_true() {
    let page = fs::read_to_string(here(FOLDER).join("introduction.md")).unwrap();
    for block in blocks(&page, "toml,whole") {
        load_sources("parcels", Definition::of(&block).files()).unwrap_or_else(|faults| panic!("{faults}"));
    }
    let reference = wirewright_codegen::reference();
    for part in
        ["error[WW007]: there is no error `3`", "did you mean `Depot`?", "depots.toml:8:1", "4 faults\n```"]
    {
        assert!(reference.contains(part), "{part}\n{reference}");
    }
}

/// A table that no heading shows would be a part of the language that nobody can look up.
#[test]
fn every_kind_of_table_is_in_the_reference() {
    let shown: BTreeSet<&str> = TABLES.iter().map(|table| table.vocabulary.place).collect();
    let mut missing = Vec::new();
    for word in TABLES.iter().flat_map(|table| table.vocabulary.words) {
        if let ValueKind::Table(inner)
        | ValueKind::Tables(inner)
        | ValueKind::FlagOrTable(inner)
        | ValueKind::FlagTextOrTable(_, inner)
        | ValueKind::TextOrTable(_, inner) = word.kind
            && !shown.contains(inner.place)
        {
            missing.push(inner.place);
        }
    }
    assert!(missing.is_empty(), "not in `TABLES` of {FOLDER}/mod.rs: {missing:?}");
}

/// The files of the reference, below its folder.
fn pages() -> Vec<String> {
    let mut pages = vec!["introduction.md".to_owned()];
    for entry in fs::read_dir(here(FOLDER).join("examples")).unwrap() {
        pages.push(format!("examples/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    pages.sort();
    pages
}

/// What is between the fences of this kind.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    let inside = page.split(fence.as_str()).skip(1);
    inside.map(|rest| rest.split_once("```").unwrap().0.to_owned()).collect()
}

/// Files by name, as lines, each with whether the reference shows it.
struct Definition(BTreeMap<String, Vec<(String, bool)>>);

impl Definition {
    /// What a block says.
    fn of(block: &str) -> Self {
        let mut files: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        let mut current = None;
        for line in block.lines() {
            let (line, is_shown) = match line.strip_prefix("#-") {
                Some(hidden) => (hidden.trim_start(), false),
                None => (line, true),
            };
            if let Some(name) = line.strip_prefix("# ").filter(|name| is_file(name)) {
                current = Some(files.entry(name.to_owned()).or_default());
            }
            let lines = current.as_mut().unwrap_or_else(|| {
                panic!("a block of TOML begins with the name of its file, `# parcels.toml`:\n{block}")
            });
            lines.push((line.to_owned(), is_shown));
        }
        Self(files)
    }

    /// With the rest of a definition around it.
    fn completed(self) -> Self {
        let Self(mut files) = self;
        for entry in fs::read_dir(here("tests/reference")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            if name == PROTOCOL {
                let said = files.remove(PROTOCOL).unwrap_or_default();
                files.insert(name, completed(said, &text));
            } else {
                let lines = || text.lines().map(|line| (line.to_owned(), false)).collect();
                files.entry(name).or_insert_with(lines);
            }
        }
        Self(files)
    }

    fn files(&self) -> Vec<(String, String)> {
        let text =
            |lines: &[(String, bool)]| lines.iter().flat_map(|(line, _)| [line.as_str(), "\n"]).collect();
        self.0.iter().map(|(name, lines)| (name.clone(), text(lines))).collect()
    }

    /// Whether a line, counted from 1, is one that the reference shows.
    fn shows(&self, file: &str, line: usize) -> bool {
        self.0[file][line - 1].1
    }
}

fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "toml") && !name.contains(' ')
}

/// A `protocol.toml` with the keys of `rest` that it does not have: the plain ones before it, the tables behind it.
fn completed(said: Vec<(String, bool)>, rest: &str) -> Vec<(String, bool)> {
    let mut known: BTreeSet<String> =
        keys(said.iter().map(|(line, _)| line.as_str())).into_iter().flatten().collect();
    // There is one kind of session or there are several.
    if known.contains("sessions") {
        known.insert("session".to_owned());
    }
    let (mut plain, mut tables) = (Vec::new(), Vec::new());
    for (line, key) in rest.lines().zip(keys(rest.lines())) {
        let Some(key) = key.filter(|key| !known.contains(key)) else { continue };
        let is_table = rest.contains(&format!("[{key}"));
        if is_table { &mut tables } else { &mut plain }.push((line.to_owned(), false));
    }
    plain.into_iter().chain(said).chain(tables).collect()
}

/// The top-level key that each line belongs to.
fn keys<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<Option<String>> {
    let mut table: Option<String> = None;
    let head = |text: &str| -> String {
        text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '-').collect()
    };
    lines
        .map(|line| {
            if let Some(header) = line.strip_prefix('[') {
                table = Some(head(header.trim_start_matches('[')));
            }
            table.clone().or_else(|| Some(head(line)).filter(|key| !key.is_empty()))
        })
        .collect()
}
