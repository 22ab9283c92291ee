//! What is said of a definition, for machines: that it is what people are told, and how it is written.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use wirewright_codegen::{Diagnostic, Faults, MessageFormat, Place, Severity, load_sources};

const PROTOCOL: &str = r#"
title    = "Parcels API"
source   = "parcels.example/docs"
endpoint = "https://api.parcels.example"
methods  = { GET = "query" }
formats  = { json = {} }

[envelope]
code = { is = "code", on = "failure" }
data = { is = "data" }

[parameters]
"*" = { from = "request" }

[errors]
none = { name = "None", class = "give-up" }
"#;

/// A fault of every form: with and without a label, of one line and of several, with another place, with signs that the formats
/// write in ways of their own, and without a place.
fn faults() -> Faults {
    let group = concat!(
        "[\"größe → 100%\"]\nsession = 1\n",
        "[find]\ndoc = \"Finds.\"\nconfidnce = \"high\"\n",
        "[find.reply]\nplace = { type = \"Plaze\" }\n",
        "[find.request]\na = { attribute = \"\"\"\nyes\nand no\n\"\"\" }\nb = {}\nB = { name = \"b\" }\n",
        "[types.Place]\ntext = true\n",
    );
    let files = vec![
        ("protocol.toml".to_owned(), PROTOCOL.to_owned()),
        ("a, b: 7%.toml".to_owned(), group.to_owned()),
    ];
    load_sources("parcels", files).unwrap_err()
}

fn whole_file() -> Faults {
    load_sources("parcels", Vec::new()).unwrap_err()
}

#[test]
fn lines_of_json() {
    let text = faults().to_json_lines() + &whole_file().to_json_lines();
    insta::assert_snapshot!(text);
}

#[test]
fn annotations_of_github() {
    let text = faults().to_github() + &whole_file().to_github();
    insta::assert_snapshot!(text);
}

/// Each line is one of JSON, with what the diagnostic has, wherever its text came from.
#[test]
fn json_says_what_people_are_told() {
    for faults in [faults().in_folder(Path::new("defs/\"parcels\"")), faults(), whole_file()] {
        let lines: Vec<Value> =
            faults.to_json_lines().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let expected: Vec<Value> = faults.diagnostics().iter().map(expected).collect();
        assert_eq!(lines, expected);
    }
}

fn expected(one: &Diagnostic) -> Value {
    let end = |place: Place| json!({ "line": place.end_line, "column": place.end_column });
    let label = |file: &str, place: Place, text: Option<&str>, primary: bool| json!({ "file": file, "line": place.line, "column": place.column, "end": end(place), "primary": primary, "text": text });
    let own = one.place.map(|place| label(&one.file, place, one.label.as_deref(), true));
    let others = one.related.iter().map(|other| label(&other.file, other.place, Some(&other.label), false));
    json!({
        "reason": "diagnostic",
        "code": one.code.text(),
        "severity": if one.severity == Severity::Error { "error" } else { "warning" },
        "message": one.message,
        "file": one.file,
        "line": one.place.map(|place| place.line),
        "column": one.place.map(|place| place.column),
        "end": one.place.map(end),
        "labels": own.into_iter().chain(others).collect::<Vec<_>>(),
        "expected": one.expectation,
        "help": one.suggestion,
    })
}

/// Read as GitHub's runner reads a command, each line has the file, the place and the whole message.
#[test]
fn github_reads_what_people_are_told() {
    for faults in [faults().in_folder(Path::new("defs, of: 100%25")), whole_file()] {
        let text = faults.to_github();
        assert_eq!(text.lines().count(), faults.diagnostics().len());
        for (line, one) in text.lines().zip(faults.diagnostics()) {
            let (command, properties, message) = command(line);
            assert_eq!(command, one.severity.word());
            assert_eq!(properties["file"], one.file);
            assert!(properties["title"].starts_with(one.code.text()), "{line}");
            assert!(message.starts_with(&one.message), "{message}");
            for part in [&one.expectation, &one.suggestion].into_iter().flatten() {
                assert!(message.contains(part.as_str()), "{message}");
            }
            let number = |name: &str| properties.get(name).map(|text| text.parse::<usize>().unwrap());
            let Some(place) = one.place else {
                assert_eq!(number("line"), None);
                continue;
            };
            assert_eq!((number("line"), number("endLine")), (Some(place.line), Some(place.end_line)));
            let columns = (place.line == place.end_line).then_some((place.column, place.end_column));
            assert_eq!(number("col").zip(number("endColumn")), columns);
        }
    }
}

/// As the runner does it: the first `::` behind the command ends the properties.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let property = |text: &str| {
        let (name, value) = text.split_once('=').unwrap();
        (name.to_owned(), data(&value.replace("%3A", ":").replace("%2C", ",")))
    };
    (command.to_owned(), properties.split(',').map(property).collect(), data(message))
}

#[test]
fn a_format_has_a_name() {
    let faults = faults();
    let written: Vec<(&str, String)> =
        MessageFormat::ALL.iter().map(|(name, format)| (*name, faults.write(*format, false))).collect();
    let expected =
        [("human", faults.render(false)), ("json", faults.to_json_lines()), ("github", faults.to_github())];
    assert_eq!(written, expected);
    assert_eq!(MessageFormat::default(), MessageFormat::Human);
}

/// A fault ends where its text does, and no place is outside of its file.
#[test]
fn a_place_has_an_end() {
    let faults = faults();
    let of =
        |message: &str| faults.diagnostics().iter().find(|one| one.message.contains(message)).unwrap().place;
    let place = |line, column, end_line, end_column| Some(Place { line, column, end_line, end_column });
    assert_eq!(of("no type `Plaze`"), place(7, 18, 7, 25));
    assert_eq!(of("`attribute` cannot be"), place(9, 19, 12, 4));
}
