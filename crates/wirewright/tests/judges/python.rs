//! Python's parsers and writers, without Python: what is exchanged with it lies in two files, and
//! `crates/wirewright-example/independent/check.py` holds its side of both.

use std::fmt::Write;

use proptest::{collection::vec, option, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde::{Deserialize, Serialize};
use wirewright::{Format, Options, Wire, from_str_with, to_string_with};

use crate::{
    equal,
    model::{Scalars, edges, finite, scalars, texts},
    xml::is_char,
};

/// What JSON, XML and a query string say with the same names.
#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
#[wire(root = "parcel")]
struct Parcel {
    scalars: Scalars,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<Scalars>,
    // An empty list is not on the wire, and so Python sees none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
struct Line {
    #[wire(attribute)]
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    number: i64,
}

/// A value, and what it is in each format.
#[derive(Serialize, Deserialize)]
struct Document {
    value: Parcel,
    xml: String,
    json: String,
    query: String,
}

/// The number of values in each file.
const DOCUMENTS: usize = 32;

/// The same ones every time.
fn parcels() -> impl Iterator<Item = Parcel> {
    let text = || texts(is_char);
    let line = (option::of(text()), edges(&[0, i64::MIN, i64::MAX]))
        .prop_map(|(unit, number)| Line { unit, number });
    // The values stand in a file of JSON, which has no NaN.
    let scalars = || scalars(text(), finite());
    let parcel = (scalars(), option::of(scalars()), vec(text(), 0..4), vec(line, 0..4))
        .prop_map(|(scalars, more, tags, lines)| Parcel { scalars, more, tags, lines });
    let mut runner = TestRunner::deterministic();
    std::iter::repeat_with(move || parcel.new_tree(&mut runner).unwrap().current()).take(DOCUMENTS)
}

/// As JSON without a character that someone who looks at the file cannot see.
fn ascii(documents: &[Document]) -> String {
    let mut ascii = String::new();
    for char in serde_json::to_string_pretty(documents).unwrap().chars() {
        if matches!(char, '\n' | ' '..='~') {
            ascii.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(ascii, "\\u{unit:04x}").unwrap();
            }
        }
    }
    ascii
}

#[test]
fn documents_for_python() {
    let documents: Vec<Document> = parcels()
        .map(|value| {
            let text = |format| to_string_with(format, &value, &Options::new()).unwrap();
            let (xml, json, query) = (text(Format::Xml), text(Format::Json), text(Format::Query));
            Document { value, xml, json, query }
        })
        .collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("documents", ascii(&documents));
    });
}

#[test]
fn documents_of_python() -> Result<(), TestCaseError> {
    let documents: Vec<Document> = serde_json::from_str(include_str!("python.json")).unwrap();
    assert_eq!(documents.len(), DOCUMENTS);
    for Document { value, xml, json, query } in &documents {
        for (format, text) in [(Format::Xml, xml), (Format::Json, json), (Format::Query, query)] {
            let found: Parcel = from_str_with(format, text, &Options::new())
                .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            equal("Python's text", &found, value, text)?;
        }
    }
    Ok(())
}
