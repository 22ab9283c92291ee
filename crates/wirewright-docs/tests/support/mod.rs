//! What the tests share: definitions, and pages taken apart.

#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part, and fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use wirewright_codegen::load_sources;
use wirewright_docs::File;
use wirewright_interpret::Definition;

/// Where definitions are: those of vendors, and the generator's hardest.
const ROOTS: [&str; 2] = ["protocol-defs", "crates/wirewright-codegen/tests/golden/protocol-defs"];

/// The folder of each definition.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let entries = ROOTS.iter().flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("protocol.toml").exists())
        .collect();
    folders.sort();
    assert!(folders.len() >= 20, "{folders:?}");
    folders
}

/// All definitions of this repository.
pub(crate) fn all() -> Vec<Definition> {
    let load = |folder: &PathBuf| {
        Definition::load(folder).unwrap_or_else(|faults| panic!("{}", faults.render(false)))
    };
    folders().iter().map(load).collect()
}

/// A definition in memory.
pub(crate) fn definition(package: &str, files: &[(&str, &str)]) -> Definition {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let vendor = load_sources(package, files).unwrap_or_else(|faults| panic!("{}", faults.render(false)));
    Definition::new(vendor)
}

/// An element's start.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A page: its elements, and the text between them.
pub(crate) struct Parsed {
    pub(crate) tags: Vec<Tag>,
    pub(crate) text: String,
}

/// Elements without an end.
const VOID: [&str; 6] = ["meta", "link", "br", "input", "path", "rect"];

/// Takes a page apart as strictly as these pages are written: every element has its end, every attribute its quotes.
pub(crate) fn parse(file: &File) -> Parsed {
    let path = &file.path;
    let mut parsed = Parsed { tags: Vec::new(), text: String::new() };
    let mut open: Vec<String> = Vec::new();
    let mut rest =
        file.text.strip_prefix("<!doctype html>").unwrap_or_else(|| panic!("{path} has no doctype"));
    while let Some((text, behind)) = rest.split_once('<') {
        assert!(!text.contains('>'), "{path}: a `>` in the text {text:?}");
        parsed.text.push_str(&unescaped(text));
        if let Some(end) = behind.strip_prefix('/') {
            let (name, behind) = end.split_once('>').unwrap();
            assert_eq!(open.pop().as_deref(), Some(name), "{path}: after {:?}", parsed.tags.last());
            rest = behind;
            continue;
        }
        let (tag, alone, behind) = tag(path, behind);
        if !alone && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        parsed.tags.push(tag);
        rest = behind;
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{path}: {open:?} has no end");
    parsed
}

/// An element's start: whether it is its end as well, and what is behind it.
fn tag<'t>(path: &str, text: &'t str) -> (Tag, bool, &'t str) {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap();
    let (name, mut rest) = text.split_at(end);
    let mut tag = Tag { name: name.to_owned(), attributes: Vec::new() };
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix("/>") {
            return (tag, true, behind);
        }
        if let Some(behind) = rest.strip_prefix('>') {
            return (tag, false, behind);
        }
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap();
        let (name, behind) = rest.split_at(end);
        assert!(!name.is_empty(), "{path}: {:?}", &rest[..rest.len().min(80)]);
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap(),
            None => ("", behind),
        };
        assert!(!value.contains(['<', '>']), "{path}: {name}={value:?}");
        tag.attributes.push((name.to_owned(), unescaped(value)));
        rest = behind;
    }
}

/// Text without the escapes of the template engine.
fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    if !text.contains('&') {
        return text;
    }
    for (escape, letter) in [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
    {
        text = text.replace(escape, letter);
    }
    text
}

/// The pages of a site, taken apart, by path.
pub(crate) fn pages(site: &[File]) -> BTreeMap<String, Parsed> {
    let pages = site.iter().filter(|file| file.media_type().starts_with("text/html"));
    pages.map(|file| (file.path.clone(), parse(file))).collect()
}

/// The marks of a page; each is there once.
pub(crate) fn marks(path: &str, page: &Parsed) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    for mark in page.tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(marks.insert(mark.to_owned()), "{path} has `{mark}` twice");
    }
    marks
}
