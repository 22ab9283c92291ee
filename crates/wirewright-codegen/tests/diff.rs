//! What is told of changes from one definition to another.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use wirewright_codegen::diff::{
    Changes, Direction, FACT, KINDS, Kind, Severity, Version, WORDS, added, diff, page, removed,
};
use wirewright_codegen::model::Vendor;
use wirewright_codegen::packaging::Packaging;
use wirewright_codegen::reference::TABLES;
use wirewright_codegen::words::FACTS;
use wirewright_codegen::{PROTOCOL, emit, interface, load_sources, read_sources};

type Files = BTreeMap<String, String>;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    files.map(|path| (name(&path), fs::read_to_string(path).unwrap())).collect()
}

fn base() -> Files {
    files(&here("tests/diff/base"))
}

fn vendor(files: &Files) -> Vendor {
    load_sources("shop", files.clone().into_iter().collect()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A change of the base, and the codes that it gives.
struct Case {
    text: String,
    forth: String,
    back: String,
    files: Files,
}

/// `cases.txt`, which says how it is written.
fn cases() -> Vec<Case> {
    let text = fs::read_to_string(here("tests/diff/cases.txt")).unwrap();
    let blocks = text.split("\n\n").filter(|block| !block.starts_with('#'));
    blocks.filter(|block| !block.trim().is_empty()).map(case).collect()
}

fn case(block: &str) -> Case {
    let block = block.trim_end();
    let mut lines = block.lines();
    let (forth, back) = lines.next().unwrap().split_once(" | ").unwrap();
    let mut files = base();
    let (mut file, mut gone, mut came) = ("", String::new(), String::new());
    let mut replace = |file: &str, gone: &mut String, came: &mut String| {
        if gone.is_empty() && came.is_empty() {
            return;
        }
        let text = files.get_mut(file).unwrap_or_else(|| panic!("no file `{file}` for\n{block}"));
        if gone.is_empty() {
            text.push_str(came);
        } else {
            // Some lines are there in part only.
            for end in ["\n", ""] {
                let (gone, came) = (format!("{}{end}", gone.trim_end()), format!("{}{end}", came.trim_end()));
                if text.contains(&gone) {
                    *text = text.replace(&gone, &came);
                    break;
                }
                assert!(!end.is_empty(), "not in {file}:\n{gone}\nfor\n{block}");
            }
        }
        gone.clear();
        came.clear();
    };
    for line in lines {
        if let Some(line) = line.strip_prefix('-') {
            if !came.is_empty() {
                replace(file, &mut gone, &mut came);
            }
            writeln!(gone, "{line}").unwrap();
        } else if let Some(line) = line.strip_prefix('+') {
            writeln!(came, "{line}").unwrap();
        } else {
            replace(file, &mut gone, &mut came);
            file = line;
        }
    }
    replace(file, &mut gone, &mut came);
    Case { text: block.to_owned(), forth: sorted(forth), back: sorted(back), files }
}

fn sorted(codes: &str) -> String {
    let mut codes: Vec<&str> = codes.split(' ').collect();
    codes.sort_unstable();
    codes.join(" ")
}

/// The codes of changes, each once.
fn codes(changes: &Changes) -> String {
    let codes: BTreeSet<&str> = changes.all().iter().map(|change| change.kind.code()).collect();
    if codes.is_empty() { "none".to_owned() } else { codes.into_iter().collect::<Vec<_>>().join(" ") }
}

#[test]
fn every_case_has_its_codes() {
    let base = vendor(&base());
    let mut wrong = String::new();
    for case in cases() {
        let changed = match load_sources("shop", case.files.clone().into_iter().collect()) {
            Ok(changed) => changed,
            Err(faults) => {
                writeln!(wrong, "{}\n{faults}", case.text).unwrap();
                continue;
            }
        };
        let (forth, back) = (diff(&base, &changed), diff(&changed, &base));
        if (codes(&forth), codes(&back)) != (case.forth.clone(), case.back.clone()) {
            writeln!(wrong, "{}\ngives {} | {}\n{forth}\n", case.text, codes(&forth), codes(&back)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Replies can be signed where a query string is the only format.
#[test]
fn replies_that_are_signed_otherwise() {
    let with = |more: &str| {
        let protocol = format!(
            "title = \"Told\"\nsource = \"told.example\"\nendpoint = \"https://told.example\"\nmethods = {{ GET = \"query\" }}\n\
             formats = {{ query = {{}} }}\n[parameters]\nkey = {{ from = \"client\", required = true, secret = true, in = \"computed\" }}\n\
             \"*\" = {{ from = \"request\" }}\nsum = {{ from = \"computed\" }}\n[envelope]\nstate = {{ is = \"status\", success = [\"OK\"] }}\n\
             \"*\" = {{ is = \"data\" }}\n[errors]\nNO = {{ name = \"No\", class = \"give-up\" }}\n[computed.told]\npairs = \"query\"\n\
             [computed.sum]\ntext = \"{{told}}\"\nalgorithm = \"hmac-sha256\"\nkey = \"{{client.key}}\"\nencoding = \"hex\"\n{more}"
        );
        let files = [("protocol.toml", protocol), ("time.toml", "[tell]\n".to_owned())];
        vendor(&files.map(|(name, text)| (name.to_owned(), text)).into_iter().collect())
    };
    let signed = |name: &str| {
        with(&format!(
            "[computed.reply]\npairs = \"reply\"\n[computed.seal]\ntext = \"{{reply}}\"\nalgorithm = \"hmac-sha256\"\n\
             key = \"{{client.key}}\"\nencoding = \"hex\"\nin-reply = \"{name}\"\n"
        ))
    };
    let code = Kind::ReplySignature.code();
    let told = |old: &Vendor, new: &Vendor| codes(&diff(old, new));
    assert_eq!(told(&with(""), &signed("h")), format!("WD018 {code}"));
    assert_eq!(told(&signed("h"), &with("")), format!("WD019 {code}"));
    assert_eq!(told(&signed("h"), &signed("mac")), code);
    assert_eq!(told(&signed("h"), &signed("h")), "none");
}

#[test]
fn every_kind_has_a_case() {
    let told: BTreeSet<String> = cases()
        .iter()
        .flat_map(|case| [&case.forth, &case.back])
        .flat_map(|codes| codes.split(' '))
        .map(str::to_owned)
        .collect();
    // These have tests of their own: no change of the shop's texts gives them.
    let own = [Kind::DefinitionAdded, Kind::DefinitionRemoved, Kind::Package, Kind::ReplySignature];
    let rows = KINDS.iter().flat_map(|part| part.rows);
    let without: Vec<&str> =
        rows.filter(|row| !own.contains(&row.kind) && !told.contains(row.code)).map(|row| row.code).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// A definition against itself: no change, however it is written.
#[test]
fn nothing_changes_by_itself() {
    for folder in definitions() {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let definition = || {
            let files = files(&folder).into_iter().collect();
            load_sources(name, files).unwrap_or_else(|faults| panic!("{faults}"))
        };
        let changes = diff(&definition(), &definition());
        assert!(changes.is_empty(), "{name}: {changes}");
        assert_eq!((changes.severity(), changes.exit_code()), (None, 0));
    }
}

/// Every definition of the repository, and those that are nastier than any vendor's.
fn definitions() -> Vec<PathBuf> {
    let folders = ["../../protocol-defs", "tests/golden/protocol-defs"];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(here(folder)).unwrap());
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.join(PROTOCOL).is_file()).collect();
    folders.sort();
    assert!(folders.len() > 8, "{folders:?}");
    folders
}

/// An edit of a file: the bytes that give way, and what comes instead.
type Edit = (Range<usize>, String);

/// What is for people and tests. In `protocol.toml` it is looked at all the same: the words of an error are sent.
const WRITTEN: [&str; 5] = ["doc", "source", "assumption", "confidence", "example"];

/// Lists that have no order.
const SETS: [&str; 7] = ["also", "accepts", "media", "status", "hosts", "groups", "except-groups"];

/// Words that a member, or whatever else is in braces, may take. Most are a fault where they come; the others are changes.
const IN_BRACES: [&str; 22] = [
    "required = true",
    "secret = true",
    "name = \"zz\"",
    "type = \"integer\"",
    "list = true",
    "map = true",
    "also = \"zz\"",
    "default = \"1\"",
    "xml = \"zz\"",
    "json = \"zz\"",
    "query = \"zz\"",
    "attribute = true",
    "text = true",
    "flatten = true",
    "boolean = \"1/0\"",
    "empty-is-absent = true",
    "absent = \"zz\"",
    "namespace = \"urn:zz\"",
    "samples = [\"1\"]",
    "range = [1, 2]",
    "in = \"header\"",
    "http = 410",
];

/// Words that an operation, or whatever else has a header, may take.
const UNDER_A_HEADER: [&str; 18] = [
    "zz = {}",
    "zz = { required = true }",
    "name = \"zz\"",
    "path = \"/zz\"",
    "wire-name = \"zz\"",
    "endpoint = \"https://zz.example\"",
    "secure = true",
    "repeatable = true",
    "partial = \"zz\"",
    "status = 201",
    "empty-reply = true",
    "raw = true",
    "prefer = \"GET\"",
    "signed = true",
    "session = \"none\"",
    "methods = { GET = \"query\" }",
    "namespace = \"urn:zz\"",
    "multipart = true",
];

/// Every small edit of a file: each key renamed and removed, each value changed, and words added everywhere, in turn.
fn edits(file: &str, text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (table, _) = DeTable::parse_recoverable(text);
    let skipped: &[&str] = if file == PROTOCOL { &WRITTEN[1..] } else { &WRITTEN };
    table_edits(text, "", skipped, table.get_ref(), &mut edits);
    edits
}

fn table_edits(text: &str, name: &str, skipped: &[&str], table: &DeTable<'_>, edits: &mut Vec<Edit>) {
    for (key, value) in table.iter().filter(|(key, _)| !skipped.contains(&key.get_ref().as_ref())) {
        let (at, behind) = (key.span(), value.span());
        // Who says again what a thing is called anyhow says nothing.
        if value.get_ref().as_str() == Some(name) {
            continue;
        }
        let line = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        if text[line..at.start].trim_start().starts_with('[') {
            // A header: all that is under it goes.
            let end = text[at.end..].find("\n[").map_or(text.len(), |end| at.end + end + 1);
            edits.push((line..end, String::new()));
            let behind = text[at.end..].find('\n').map_or(text.len(), |end| at.end + end);
            for turn in [0, 5] {
                let word = UNDER_A_HEADER[(edits.len() + turn) % UNDER_A_HEADER.len()];
                edits.push((behind..behind, format!("\n{word}")));
            }
        } else {
            let rest = &text[behind.end..];
            let blank = rest.len() - rest.trim_start_matches(' ').len();
            let before = text[..at.start].trim_end().len();
            edits.push(if rest[blank..].starts_with(',') {
                (at.start..behind.end + blank + 1, String::new())
            } else if text[..before].ends_with(',') {
                (before - 1..behind.end, String::new())
            } else {
                (at.start..behind.end, String::new())
            });
        }
        edits.push((at.end..at.end, "x".to_owned()));
        let name = key.get_ref();
        value_edits(text, name, skipped, !SETS.contains(&key.get_ref().as_ref()), value, edits);
    }
}

fn value_edits(
    text: &str,
    name: &str,
    skipped: &[&str],
    ordered: bool,
    value: &Spanned<DeValue<'_>>,
    edits: &mut Vec<Edit>,
) {
    let span = value.span();
    match value.get_ref() {
        DeValue::String(_) => {
            let end = span.end - if text[..span.end].ends_with("\"\"\"") { 3 } else { 1 };
            edits.push((end..end, "x".to_owned()));
        }
        DeValue::Integer(_) => edits.push((span.end..span.end, "1".to_owned())),
        DeValue::Boolean(flag) => edits.push((span, (!flag).to_string())),
        DeValue::Array(values) => {
            for value in values {
                value_edits(text, name, skipped, ordered, value, edits);
            }
            // The first one goes to the end.
            if let [first, .., last] = &values[..]
                && ordered
                && !matches!(first.get_ref(), DeValue::Table(_))
            {
                let moved = format!(
                    "{}, {}",
                    &text[first.span().end..last.span().end].trim_start_matches([',', ' ']),
                    &text[first.span()]
                );
                edits.push((first.span().start..last.span().end, moved));
            }
        }
        DeValue::Table(table) => {
            if text[span.clone()].starts_with("{ ") {
                for turn in [0, 7, 12] {
                    let word = IN_BRACES[(edits.len() + turn) % IN_BRACES.len()];
                    let comma = if table.is_empty() { "" } else { "," };
                    edits.push((span.start + 1..span.start + 1, format!(" {word}{comma}")));
                }
            } else if text[span.clone()].starts_with("{}") {
                let word = IN_BRACES[edits.len() % IN_BRACES.len()];
                edits.push((span.start + 1..span.start + 1, format!(" {word} ")));
            }
            table_edits(text, name, skipped, table, edits);
        }
        DeValue::Float(_) | DeValue::Datetime(_) => {}
    }
}

/// What is generated, without pages and tests.
fn code(vendor: &Vendor) -> Vec<(String, String)> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let files = emit::files(vendor, &Packaging::new("own"))
        .into_iter()
        .filter(|file| !file.path.starts_with("tests/"));
    files.map(|file| (file.path, file.text.lines().filter(is_code).collect::<Vec<_>>().join("\n"))).collect()
}

/// The lines of a crate's public interface that are not in another one's, but for the number of all operations.
fn lost(old: &Vendor, new: &Vendor) -> Vec<String> {
    let lines = |vendor: &Vendor| -> Vec<String> {
        interface(&emit::files(vendor, &Packaging::new("own"))).lines().map(str::to_owned).collect()
    };
    let mut left = lines(new);
    let mut lost = lines(old);
    lost.retain(|line| match left.iter().position(|known| known == line) {
        Some(known) => {
            left.swap_remove(known);
            false
        }
        // A constant that the trait has anyhow is there without it as well.
        None => !line.contains("pub static OPERATIONS") && !line.trim_start().starts_with("const HOSTS:"),
    });
    lost
}

/// Whatever small edit of a definition changes the generated code is told, both ways; and where nothing is told of the interface,
/// what was there is there still.
#[test]
fn what_changes_the_code_is_told() {
    // All edits take minutes: each definition has its share of these, spread over all of it.
    let share: usize = env::var("WIREWRIGHT_DIFF_EDITS").map_or(40, |share| share.parse().unwrap());
    let mut silent = String::new();
    let mut told = 0;
    let mut compared = 0;
    for folder in definitions() {
        // Reading an interface takes long.
        let mut interfaces = share.div_ceil(16);
        let name = folder.file_name().unwrap().to_str().unwrap();
        let files = files(&folder);
        let load = |files: &Files| load_sources(name, files.clone().into_iter().collect());
        let old = load(&files).unwrap_or_else(|faults| panic!("{faults}"));
        let mut before = None;
        let all: Vec<(&String, Edit)> = files
            .iter()
            .flat_map(|(file, text)| edits(file, text).into_iter().map(move |edit| (file, edit)))
            .collect();
        for (file, (range, instead)) in all.iter().step_by(all.len().div_ceil(share)) {
            let mut changed = files.clone();
            changed.get_mut(*file).unwrap().replace_range(range.clone(), instead);
            let Ok(new) = load(&changed) else { continue };
            let (forth, back) = (diff(&old, &new), diff(&new, &old));
            assert_eq!(forth.is_empty(), back.is_empty(), "{name}/{file} {range:?}: {forth}{back}");
            if !forth.is_empty() {
                told += 1;
                let harms =
                    forth.all().iter().flat_map(|change| [change.effect().callers, change.effect().servers]);
                if interfaces > 0 && !harms.into_iter().any(|harm| harm.interface) {
                    interfaces -= 1;
                    compared += 1;
                    let lost = lost(&old, &new);
                    if !lost.is_empty() {
                        writeln!(silent, "{name}/{file}: at {range:?}, now `{instead}`: {forth}{lost:#?}")
                            .unwrap();
                    }
                }
                continue;
            }
            let before = before.get_or_insert_with(|| code(&old));
            let after = code(&new);
            let differing = before.iter().zip(&after).filter(|(left, right)| left != right);
            for ((path, left), (_, right)) in differing {
                let lines = left.lines().zip(right.lines()).find(|(left, right)| left != right);
                let was = &files[*file][range.clone()];
                writeln!(silent, "{name}/{file}: `{was}` at {range:?}, now `{instead}`: {path}: {lines:?}")
                    .unwrap();
            }
        }
    }
    assert!(silent.is_empty(), "{silent}");
    assert!(told > 300 && compared > 50, "{told} edits were told, and {compared} interfaces compared");
}

/// Whoever adds a word to the language says what a change of it is, or that it is none.
#[test]
fn every_word_is_in_the_table() {
    let listed = |place: &str| -> BTreeSet<&str> {
        let own: Vec<&str> = WORDS.iter().filter(|one| one.place == place).map(|one| one.word).collect();
        let words: BTreeSet<&str> = own.iter().copied().collect();
        assert_eq!(own.len(), words.len(), "a word of `{place}` is in `WORDS` twice");
        words
    };
    let mut places = BTreeSet::from([FACT]);
    let facts: BTreeSet<&str> = FACTS.iter().map(|word| word.word).collect();
    assert_eq!(listed(FACT), facts, "the facts are not those of `WORDS` in src/diff/words.rs");
    for table in TABLES {
        let place = table.vocabulary.place;
        let own: BTreeSet<&str> = table.vocabulary.own().map(|word| word.word).collect();
        assert_eq!(
            listed(place),
            own,
            "the words of `{place}` are not those of `WORDS` in src/diff/words.rs"
        );
        places.insert(place);
    }
    let unknown: Vec<&str> =
        WORDS.iter().map(|one| one.place).filter(|place| !places.contains(place)).collect();
    assert!(unknown.is_empty(), "no such tables: {unknown:?}");
}

/// Codes are looked up: each is one kind's, in the part of its first digit.
#[test]
fn codes_are_distinct_and_in_order() {
    let mut seen = BTreeSet::new();
    for (number, part) in KINDS.iter().enumerate() {
        let codes: Vec<&str> = part.rows.iter().map(|row| row.code).collect();
        assert!(codes.is_sorted(), "{codes:?}");
        for row in part.rows {
            assert!(row.code.starts_with(&format!("WD{number}")) && row.code.len() == 5, "{}", row.code);
            assert_eq!(row.kind.code(), row.code);
            assert!(seen.insert(row.code), "{} is there twice", row.code);
            assert!(!row.title.is_empty() && row.why.ends_with('.'), "{}", row.code);
            let harmless = row.kind.effect(Direction::Both).severity() == Severity::Compatible;
            assert!(!harmless || !row.kind.effect(Direction::Both).callers.is_any(), "{}", row.code);
        }
    }
}

#[test]
fn the_page_is_up_to_date() {
    let file = here("../../protocol-defs/CHANGES.md");
    let page = page();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(file).unwrap_or_default();
    assert!(
        written == page,
        "protocol-defs/CHANGES.md is not what the table of changes says; run `cargo xtask codegen`, or this test with UPDATE_GOLDEN=1"
    );
}

/// Some changes of everything, to be read.
fn mixture() -> (Vendor, Files) {
    let mut changed = base();
    let mut replace = |file: &str, was: &str, now: &str| {
        let text = changed.get_mut(file).unwrap();
        assert!(text.contains(was), "{was}");
        *text = text.replace(was, now);
    };
    replace("protocol.toml", "value = \"1\" }", "value = \"2 | `3`\" }");
    replace("protocol.toml", "\"1.0\"", "\"1.1\"");
    replace("item.toml", "price = { type = \"number\", samples", "price = { type = \"integer\", samples");
    replace("item.toml", "cursor = {}", "cursor = {}\nplace = { required = true }");
    replace("item.toml", "total = { type = \"integer\", required = true }", "total = { type = \"integer\" }");
    replace("item.toml", "b = { also = \"B\", doc = \"Two.\" }", "b = { also = \"B\" }\nc = \"Three.\"");
    replace("protocol.toml", "GET = \"query\", ", "");
    replace("user.toml", "[ping]", "[pong]");
    replace("item.toml", "samples = [\"1.5\"]", "samples = [\"2\"]");
    let new = vendor(&changed);
    (new, changed)
}

#[test]
fn changes_are_told() {
    let (new, new_files) = mixture();
    let old = vendor(&base());
    let changes = diff(&old, &new);
    let files: Vec<(String, String)> = new_files.into_iter().collect();
    let located = changes.clone().located(&files);
    insta::assert_snapshot!("text", located.to_string());
    insta::assert_snapshot!("markdown", located.to_markdown());
    insta::assert_snapshot!("json", located.to_json());
    assert_eq!((changes.severity(), changes.exit_code()), (Some(Severity::BreakingForBoth), 12));
    assert_eq!(changes.version(), Version::Major);
    // A line is the place's own: it has its last key, but for what is gone.
    for change in located.all() {
        let Some(location) = &change.location else { continue };
        let text = &files.iter().find(|(name, _)| *name == location.file).unwrap().1;
        let line = text.lines().nth(location.line - 1).unwrap();
        let key = change.place.keys.iter().rev().find(|key| line.contains(*key));
        assert!(key.is_some(), "{}: {line}", change.place);
    }
}

#[test]
fn nothing_is_a_sentence() {
    let nothing = diff(&vendor(&base()), &vendor(&base()));
    assert_eq!(nothing.to_markdown(), "Nothing changed on the wire or in the crate's interface.\n");
    assert_eq!(nothing.to_string(), nothing.to_markdown());
    assert_eq!(
        nothing.to_json(),
        r#"{"version":1,"severity":null,"asks-for":"patch","exit-code":0,"changes":[]}"#
    );
}

#[test]
fn definitions_come_and_go() {
    let shop = vendor(&base());
    let came = added(&shop);
    assert_eq!((codes(&came).as_str(), came.exit_code(), came.version()), ("WD001", 0, Version::Minor));
    let went = removed(&shop);
    assert_eq!((codes(&went).as_str(), went.exit_code(), went.version()), ("WD002", 12, Version::Major));
    let other = load_sources("store", base().into_iter().collect()).unwrap();
    assert_eq!(codes(&diff(&shop, &other)), "WD003");
}

/// Two folders of different names are one vendor where both are loaded by one name; what is in neither is a fault.
#[test]
fn folders_can_have_any_name() {
    let read = |folder: &str| read_sources(&here(folder)).unwrap_or_else(|faults| panic!("{faults}"));
    let loaded = load_sources("shop", read("tests/diff/base")).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(diff(&loaded, &vendor(&base())).is_empty());
    let faults = read_sources(&here("tests/diff/nothing")).unwrap_err();
    assert!(faults.to_string().contains("WW034"), "{faults}");
}

/// Where a type is used decides for whom its change is breaking, and which operations it reaches.
#[test]
fn a_type_is_told_once_with_what_it_reaches() {
    let definition = |members: &str, uses: &str| {
        let mut files = base();
        let text = format!("[types.Thing.members]\n{members}\n{uses}");
        files.insert("thing.toml".to_owned(), text);
        vendor(&files)
    };
    let (request, reply) =
        ("[ask.request]\nt = { type = \"Thing\" }\n", "[tell.reply]\nt = { type = \"Thing\" }\n");
    let cases = [
        (request.to_owned(), Severity::BreakingForCallers, vec!["thing/ask"], Direction::Request),
        (reply.to_owned(), Severity::BreakingForServers, vec!["thing/tell"], Direction::Reply),
        (
            format!("{request}{reply}"),
            Severity::BreakingForBoth,
            vec!["thing/ask", "thing/tell"],
            Direction::Both,
        ),
    ];
    for (uses, severity, operations, direction) in cases {
        let changes =
            diff(&definition("a = {}", &uses), &definition("a = {}\nb = { required = true }", &uses));
        assert_eq!(codes(&changes), "WD202");
        let [change] = changes.all() else { panic!("{changes}") };
        assert_eq!((change.severity(), change.direction), (severity, Some(direction)));
        assert_eq!(change.operations, operations);
        assert_eq!(change.place.to_string(), "types.Thing.members.b");
    }
}

/// What a line of `protocol.toml` changes in all operations is one change.
#[test]
fn what_operations_say_alike_is_told_once() {
    let mut new = base();
    let text = new.get_mut("protocol.toml").unwrap();
    *text = text.replace("POST = \"form\"", "POST = \"form-or-query\"");
    let changes = diff(&vendor(&base()), &vendor(&new));
    let [change] = changes.all() else { panic!("{changes}") };
    assert!(change.operations.len() > 5, "{changes}");
    assert_eq!(change.place.to_string(), "several operations");
}

/// The document is JSON, whatever texts are in it.
#[test]
fn json_is_json() {
    let mut nasty = base();
    let text = nasty.get_mut("protocol.toml").unwrap();
    *text = text.replace("\"Shop API\"", r#""a \"b\" \\ \u0001 \t ü 🚧 </script>""#);
    let changes = diff(&vendor(&base()), &vendor(&nasty));
    let json: serde_json::Value = serde_json::from_str(&changes.to_json()).unwrap();
    assert_eq!(json["severity"], "compatible");
    assert_eq!(json["changes"][0]["code"], "WD004");
    assert_eq!(json["changes"][0]["now"], r#"`a "b" \ \u{1} \t ü 🚧 </script>`"#);
    assert_eq!(json["changes"][0]["callers"]["wire"], false);
}

/// However large a definition is, and whatever is in it, what is told of it has an end, and is no Markdown of its own.
#[test]
fn texts_have_an_end() {
    let many = |prefix: &str| {
        let mut files = base();
        let mut text = String::new();
        for index in 0..2000 {
            writeln!(
                text,
                "[\"{prefix}{index}|`<b>`\"]\nname = \"{prefix}{index}\"\npath = \"/{prefix}{index}\""
            )
            .unwrap();
        }
        files.insert("many.toml".to_owned(), text);
        vendor(&files)
    };
    let changes = diff(&many("a"), &many("b"));
    assert_eq!(changes.all().len(), 4000);
    let markdown = changes.to_markdown();
    assert!(markdown.len() < 65_536, "{}", markdown.len());
    assert!(markdown.contains("And 1800 more."), "{markdown}");
    for line in markdown.lines().filter(|line| line.starts_with("| WD")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 7, "{line}");
    }
}
