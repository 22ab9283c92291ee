//! What the generator says about definitions that are wrong.
//!
//! Each file of `definitions/` changes the definition in `definitions/base`: `#: name` starts a file of that name, instead of the
//! one of the base; `#+ name` adds to the base's file; `#- name` leaves it out.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wirewright_codegen::packaging::Packaging;
use wirewright_codegen::{CODES, Diagnostic, Faults, Place, check_sources, load_sources};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/definitions")
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The base with the changes of one case.
fn definition(case: &str) -> Vec<(String, String)> {
    let mut definition = files(&folder().join("base"));
    let mut current: Option<String> = None;
    for line in case.lines() {
        match line.get(..3) {
            Some("#: ") => {
                definition.insert(line[3..].to_owned(), String::new());
                current = Some(line[3..].to_owned());
            }
            Some("#+ ") => current = Some(line[3..].to_owned()),
            Some("#- ") => drop(definition.remove(&line[3..])),
            _ => {
                let text = definition.get_mut(current.as_ref().unwrap()).unwrap();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    definition.into_iter().collect()
}

fn faults(case: &str) -> Faults {
    let checked = check_sources("base", definition(case));
    assert!(!checked.faults.is_empty(), "there is nothing to say");
    checked.faults
}

#[test]
fn base_has_no_fault() {
    load_sources("base", definition("")).unwrap();
}

#[test]
fn golden_texts() {
    let mut failed = Vec::new();
    for (name, case) in files(&folder()) {
        let name = name.strip_suffix(".toml").unwrap().to_owned();
        let faults = faults(&case);
        let codes: BTreeSet<&str> =
            faults.diagnostics().iter().map(|diagnostic| diagnostic.code.text()).collect();
        if let Some(code) = name.get(..5).filter(|code| code.starts_with("WW")) {
            assert!(codes.contains(code), "{name}: {codes:?}\n{faults}");
        }
        let compare = || {
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(name.clone(), faults.render(false));
            });
        };
        // All cases are compared before the first difference ends the test.
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "differ: {failed:?}");
}

#[test]
fn every_code_has_a_case() {
    let cases: BTreeSet<String> =
        files(&folder()).into_keys().filter_map(|name| Some(name.get(..5)?.to_owned())).collect();
    let without: Vec<&str> =
        CODES.iter().map(|(_, text, _)| *text).filter(|text| !cases.contains(*text)).collect();
    assert!(without.is_empty(), "{without:?}");
    let distinct: BTreeSet<&str> = CODES.iter().map(|(_, text, _)| *text).collect();
    assert_eq!(distinct.len(), CODES.len());
}

/// A code is looked up: it stands for one kind of fault, and not for what is left over. Each has a small part of all that is told.
#[test]
fn no_code_is_a_catch_all() {
    let mut told: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, case) in files(&folder()) {
        for one in faults(&case).diagnostics() {
            // Without what is quoted.
            let message: Vec<&str> = one.message.split('`').step_by(2).collect();
            told.entry(one.code.text()).or_default().insert(message.join("`"));
        }
    }
    let all: usize = told.values().map(BTreeSet::len).sum();
    for (code, messages) in &told {
        assert!(messages.len() * 12 <= all, "{code} has {} of {all}", messages.len());
    }
}

#[test]
fn twenty_mistakes_give_twenty_diagnostics() {
    let faults = faults(&files(&folder())["twenty-mistakes.toml"]);
    let places: Vec<(&str, Option<Place>)> =
        faults.diagnostics().iter().map(|one: &Diagnostic| (one.file.as_str(), one.place)).collect();
    assert_eq!(places.len(), 20, "{faults}");
    assert!(places.is_sorted());
}

#[test]
fn colors_are_asked_for() {
    let faults = faults(&files(&folder())["WW025-endpoint.toml"]);
    assert!(!faults.render(false).contains('\u{1b}'));
    assert!(faults.render(true).contains('\u{1b}'));
    assert_eq!(faults.to_string(), faults.render(false));
}

#[test]
fn every_diagnostic_says_what_would_be_right() {
    for (name, case) in files(&folder()) {
        for one in faults(&case).diagnostics() {
            assert!(one.expectation.is_some() || one.suggestion.is_some(), "{name}: {}", one.message);
        }
    }
}

/// Whatever is in a definition, what is told of it turns no text around, and begins no line that is not its own.
#[test]
fn what_nobody_would_see_is_not_shown() {
    let strange = "a\u{202e}b\u{2028}c\u{2029}d\u{feff}e\u{200b}f";
    for (place, case) in [
        ("a key", format!("#: other.toml\n[list.reply]\n\"{strange}\" = {{ type = \"Lost\" }}\n")),
        ("a type", format!("#: other.toml\n[list.reply]\na = {{ type = \"{strange}\" }}\n")),
        ("a word", format!("#: other.toml\n[list.reply]\na = {{ \"{strange}\" = 1 }}\n")),
        (
            "an escaped key",
            "#: other.toml\n[list.reply]\n\"a\\u202eb\\u2028c\\n\\u001b[31m\" = { type = \"Lost\" }\n".into(),
        ),
        (
            "an escaped type",
            "#: other.toml\n[list.reply]\na = { type = \"a\\u202eb\\u2028c\\n\\u001b[31m\" }\n".into(),
        ),
        ("no TOML", format!("#: other.toml\n[list.reply]\n{strange}\n")),
        ("an error", format!("#+ protocol.toml\n\"{strange}\" = {{ name = \"N\", class = \"give-up\" }}\n")),
    ] {
        let faults = faults(&case);
        let texts =
            [faults.render(false), faults.diagnostics().iter().map(|one| one.message.clone()).collect()];
        for text in texts {
            let unseen = text.chars().find(|char| {
                (char.is_control() && *char != '\n')
                    || matches!(char, '\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}')
            });
            assert_eq!(unseen, None, "{place}: {text:?}");
        }
    }
}

/// A definition whose operation has members of types that are almost there.
fn misspelled(types: usize, members: usize) -> String {
    let mut case = "#+ protocol.toml\n".to_owned();
    for index in 0..types {
        writeln!(case, "[types.Kind{index:04}]\ndoc = \"One.\"\nvalues = {{ a = \"A\" }}").unwrap();
    }
    case.push_str("#: more.toml\ndoc = \"More.\"\n[more]\ndoc = \"More.\"\n[more.reply]\n");
    for index in 0..members {
        writeln!(case, "m{index} = {{ type = \"Kund{index:04}\", doc = \"One.\" }}").unwrap();
    }
    case
}

/// Looking for what was meant takes time by all names for each fault: there is an end to it, and none in a definition that a person
/// would write.
#[test]
fn suggestions_end() {
    let suggested = |types, members| {
        let faults = faults(&misspelled(types, members));
        let unknown: Vec<&Diagnostic> =
            faults.diagnostics().iter().filter(|one| one.code.text() == "WW006").collect();
        assert_eq!(unknown.len(), members);
        let first = unknown.iter().take_while(|one| one.suggestion.is_some()).count();
        assert!(unknown.iter().skip(first).all(|one| one.suggestion.is_none()), "the first ones have them");
        first
    };
    assert_eq!(suggested(100, 100), 100);
    assert_eq!(suggested(5000, 20), 20);
    let (few, many) = (suggested(2000, 500), suggested(4000, 500));
    assert!(few < 500 && many.abs_diff(few / 2) <= 1, "as many names are compared: {few}, {many}");
}

/// The fault's own column is told where the line is too long to be shown.
#[test]
fn a_long_line_is_shown_in_part() {
    let members: Vec<String> = (0..400).map(|index| format!("\"größe{index}\" = {{ width = 1 }}")).collect();
    let line = format!("reply = {{ {} }}", members.join(", "));
    let faults = faults(&format!("#: more.toml\ndoc = \"More.\"\n[more]\ndoc = \"More.\"\n{line}\n"));
    let text = faults.render(false);
    let shown: Vec<&str> = text.lines().filter(|line| line.contains("--> more.toml:4:")).collect();
    assert_eq!(shown.len(), 400);
    for (place, one) in shown.iter().zip(faults.diagnostics()) {
        let column = one.place.unwrap().column;
        assert!(place.ends_with(&format!("--> more.toml:4:{column}")), "{place}");
    }
    let mut excerpts = text.lines().filter(|line| line.starts_with("4 |"));
    assert!(excerpts.all(|line| line.chars().count() < 160));
    let last = text.split("\n\n").filter(|one| one.contains("more.toml:4")).last().unwrap();
    insta::assert_snapshot!(last);
}

/// Whatever has a name in the description of a structure has one that fits.
#[test]
fn names_are_not_endless() {
    let named_by_operation = "#: other.toml\n[list]\nwire-name = \"NAME\"\n\n[list.reply]\na = {}\n";
    let cases = [
        "#: other.toml\n[list.request]\nNAME = {}\n",
        "#: other.toml\n[list.reply]\na = { json = \"NAME\" }\n",
        "#: other.toml\n[list.reply]\na = { query = \"NAME\" }\n",
        "#: other.toml\n[list.reply]\na = { type = \"T\" }\n\n[types.T.members]\nNAME = {}\n",
        "#+ protocol.toml\n[failure]\nNAME = {}\n",
        "#+ protocol.toml\n[session.fields.NAME]\nfrom = \"data.sid\"\nsecret = true\n",
        named_by_operation,
    ];
    for case in cases {
        let coded = |length: usize| {
            let mut files = definition(&case.replace("NAME", &"n".repeat(length)));
            if case == named_by_operation {
                let place =
                    |text: &str| text.replace("is = \"data\"", "is = \"data\", json = \"r{operation}\"");
                for (_, text) in &mut files {
                    *text = place(text);
                }
            }
            load_sources("base", files).map_or_else(
                |faults| faults.diagnostics().iter().map(|each| each.code.text()).collect(),
                |_| Vec::new(),
            )
        };
        assert_eq!(coded(10_001), ["WW019"], "{case}");
        assert_eq!(coded(9_980), Vec::<&str>::new(), "{case}");
    }
}

/// A title is short, however long what it quotes is.
#[test]
fn titles_are_short() {
    let long = "längst".repeat(20_000);
    for case in [
        format!("#+ protocol.toml\n[types.{long:?}]\n"),
        format!("#+ protocol.toml\n[types.{long:?}.members]\n{long:?} = {{ type = {long:?} }}\n"),
        format!("#: {long}.toml\n[show]\n"),
        format!("#+ user.toml\n[{long:?}]\n{long:?} = 1\n[{long:?}]\n"),
        format!("#+ user.toml\n[show]\npath = {long:?}\nsession = {long:?}\nerrors = [{long:?}]\n"),
        format!("#+ user.toml\n[show.reply]\na = {{ {long:?} = 1, xml = \"{long} \" }}\n"),
        "#+ user.toml\n[show.reply]\n\"a\\nb\" = {}\n".to_owned(),
        format!(
            "#+ user.toml\n[show]\nendpoint = {long:?}\n[show.reply]\n{long:?} = {{}}\n\"{long}`\" = {{ xml = \"{long}\" }}\n"
        ),
    ] {
        for one in faults(&case).diagnostics() {
            assert!(one.message.chars().count() <= 200, "{}", one.message);
            assert!(!one.message.contains('\n'), "{}", one.message);
            let texts = [&one.label, &one.expectation, &one.suggestion];
            assert!(texts.into_iter().flatten().all(|text| text.chars().count() <= 1000), "{}", one.message);
        }
        let text = faults(&case).render(false);
        // What is around a fault is cut as well; a name of a file is as long as it is.
        assert!(case.starts_with("#: ") || text.len() < 40_000, "{}", text.len());
    }
}

/// Line ends are the same whatever the system is: of what is read, and of what is said.
#[test]
fn line_ends_do_not_matter() {
    let case = &files(&folder())["twenty-mistakes.toml"];
    let windows =
        definition(case).into_iter().map(|(name, text)| (name, text.replace('\n', "\r\n"))).collect();
    let faults_there = load_sources("base", windows).unwrap_err();
    assert_eq!(faults_there.render(false), faults(case).render(false));

    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/protocol-defs/course");
    let vendor = |text: fn(&str) -> String| {
        let files = files(&golden).into_iter().map(|(name, read)| (name, text(&read)));
        wirewright_codegen::emit::files(
            &load_sources("course", files.collect()).unwrap(),
            &Packaging::new("course"),
        )
    };
    assert_eq!(vendor(|text| text.replace('\n', "\r\n")), vendor(str::to_owned));
}
