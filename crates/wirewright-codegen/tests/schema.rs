//! The schemas for editors: that they take what the reader takes, and refuse what it refuses.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

mod schema_support;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wirewright_codegen::reference::TABLES;
use wirewright_codegen::words::Word;
use wirewright_codegen::{Code, Diagnostic, PROTOCOL, load_sources, schema, words_used};

use schema_support::{validate, values};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The schemas, by whether they are that of `protocol.toml`.
fn schemas() -> BTreeMap<bool, Value> {
    [(true, schema::protocol()), (false, schema::group())]
        .map(|(is_protocol, text)| (is_protocol, serde_json::from_str(&text).unwrap()))
        .into()
}

/// What a schema says to a file of a definition.
fn validated(schemas: &BTreeMap<bool, Value>, name: &str, text: &str) -> Vec<String> {
    validate(&schemas[&(name == PROTOCOL)], &values(text))
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let mut files: Vec<(String, String)> = files
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Every definition of this repository: the folder and its files.
fn definitions() -> Vec<(PathBuf, Vec<(String, String)>)> {
    let mut definitions = Vec::new();
    for parent in ["../../protocol-defs", "tests/golden/protocol-defs"] {
        for entry in fs::read_dir(here(parent)).unwrap() {
            let folder = entry.unwrap().path();
            if folder.join(PROTOCOL).is_file() {
                definitions.push((folder.clone(), files(&folder)));
            }
        }
    }
    definitions.sort();
    assert!(definitions.len() > 8, "the definitions have moved");
    definitions
}

#[test]
fn the_schemas_are_up_to_date() {
    for (name, text) in schema::files() {
        let file = here("../../protocol-defs").join(name);
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, &text).unwrap();
        }
        let written = fs::read_to_string(file).unwrap_or_default();
        assert!(
            written == text,
            "protocol-defs/{name} is not what the words say; run `cargo xtask codegen`, or this test with UPDATE_GOLDEN=1"
        );
    }
}

#[test]
fn every_definition_is_valid() {
    let schemas = schemas();
    for (folder, files) in definitions() {
        for (name, text) in files {
            let faults = validated(&schemas, &name, &text);
            assert!(faults.is_empty(), "{}/{name}: {faults:#?}", folder.display());
        }
    }
}

/// Those of this repository and of the two that CI builds; and what the reader refuses.
#[test]
fn projects_are_valid() {
    let schema: Value = serde_json::from_str(&schema::project()).unwrap();
    for path in [
        "../../wirewright.toml",
        "tests/golden/wirewright.toml",
        "tests/repositories/package/wirewright.toml",
        "tests/repositories/workspace/wirewright.toml",
    ] {
        let faults = validate(&schema, &values(&fs::read_to_string(here(path)).unwrap()));
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
    for wrong in
        ["defintions = \"a\"", "output = 1", "[package]\nedition = \"2018\"", "[vendors.nina]\npublish = 2"]
    {
        assert!(!validate(&schema, &values(wrong)).is_empty(), "{wrong}");
    }
}

/// An editor finds the schema from the first line of each file.
#[test]
fn every_definition_names_its_schema() {
    for (folder, files) in definitions() {
        for (name, text) in files {
            let path = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
            let path = path.unwrap_or_else(|| panic!("{}/{name} names no schema", folder.display()));
            let (schemas, _) = path.rsplit_once('/').unwrap();
            assert_eq!(schema::directive(schemas, &name), text.lines().next().unwrap());
            assert!(folder.join(path).is_file(), "{}/{name}: there is no {path}", folder.display());
        }
    }
}

/// Each word of each table, with what it says.
#[test]
fn every_word_is_in_a_schema() {
    let mut described = BTreeSet::new();
    for schema in schemas().values() {
        words(schema, &mut described);
    }
    let missing: Vec<&Word> = TABLES
        .iter()
        .flat_map(|table| table.vocabulary.all())
        .filter(|word| {
            let described = described.iter().filter(|(name, _)| name == word.word);
            !described.into_iter().any(|(_, text)| text.starts_with(word.doc))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The properties that have a description, anywhere in a schema.
fn words(schema: &Value, found: &mut BTreeSet<(String, String)>) {
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(text) = property.get("description") {
            found.insert((name.clone(), text.as_str().unwrap().to_owned()));
        }
    }
    let inner: Vec<&Value> = match schema {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    for inner in inner {
        words(inner, found);
    }
}

/// What is wrong, and what the schema says to it.
#[test]
fn what_is_wrong_is_refused() {
    let protocol = [
        ("title    = \"Buoy API\"", "", "\"title\" is missing"),
        ("title ", "titel ", "/titel: nothing may be here"),
        ("title    = \"Buoy API\"", "title = 1", "/title: is none of [\"string\"]"),
        ("GET = \"query\"", "GET = \"body\"", "/methods/GET: is none of [\"query\""),
        ("GET = ", "PATCH = ", "/methods/PATCH: nothing may be here"),
        ("[formats.json]", "[formats.yaml]", "/formats/yaml: nothing may be here"),
        ("from = \"session\"", "from = \"sesion\"", "/parameters/sid/from: is none of [\"request\""),
        ("success = [true]", "success = [[true]]", "/envelope/ok/success/0: is none of"),
        ("on = \"failure\"", "on = \"error\"", "/envelope/why/on: is none of"),
        ("opens = ", "open = ", "/session: \"opens\" is missing"),
        ("class = \"give-up\"", "class = \"give up\"", "/errors/no/class: is none of"),
        ("class = \"give-up\"", "class = \"give-up\", http = -1", "/errors/no/http: is less than 0"),
        ("class = \"give-up\"", "class = \"give-up\", when = [\"never\"]", "/errors/no/when: fits nothing"),
    ];
    let signature = "[computed.seal]\npairs = \"querry\"\n[errors]";
    let group = [
        ("[show.reply]", "[show.replies]", "/show/replies: nothing may be here"),
        ("required = true", "required = \"yes\"", "/show/request/key/required: is none of in-requests"),
        ("required = true", "map = \"keyd\"", "/show/request/key/map: is none of keyed"),
        ("required = true", "map = { keys = \"a\" }", "/show/request/key/map/keys: nothing may be here"),
        (
            "required = true",
            "list = { first = \"a\" }",
            "/show/request/key/list/first: is none of [\"integer\"]",
        ),
        ("required = true", "range = [0.5, 1]", "/show/request/key/range/0: is none of"),
        ("colour = {}", "colour = \"string\"", "/show/reply/colour: is none of [\"object\"]"),
        ("[add]", "sesion = \"none\"\n[add]", "/show/reply/sesion: is none of [\"object\"]"),
        (
            "[add]",
            "[[add.example]]\nname = \"a\"\nfails = { xml = { line = 1 } }\n[add]",
            "\"column\" is missing",
        ),
        ("[show]", "doc = 1\n[show]", "/doc: fits nothing"),
        ("[show]", "confidence = \"hihg\"\n[show]", "/confidence: fits nothing"),
    ];
    let schemas = schemas();
    let buoy: BTreeMap<String, String> =
        files(&here("tests/golden/protocol-defs/buoy")).into_iter().collect();
    let protocol =
        protocol.into_iter().chain([("[errors]", signature, "/computed/seal/pairs: fits nothing")]);
    let cases = protocol.map(|case| (PROTOCOL, case)).chain(group.map(|case| ("light.toml", case)));
    for (name, (right, wrong, expected)) in cases {
        let text = &buoy[name];
        assert!(text.contains(right), "{name} has no {right}");
        let faults = validated(&schemas, name, &text.replacen(right, wrong, 1));
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{right} -> {wrong}: {faults:#?}");
    }
}

/// Words whose values are texts for the schema, and more than that for the reader.
const DEEPER: &[&str] = &["boolean", "formats", "session"];

/// A schema refuses what the reader refuses for the words of a table, and no file whose words are right.
#[test]
fn schema_and_reader_agree() {
    let schemas = schemas();
    let mut refused = 0;
    let mut seen = BTreeSet::new();
    for (folder, files) in definitions() {
        let package = folder.file_name().unwrap().to_str().unwrap();
        // Together they have most words; the others are large.
        if !["buoy", "course", "harbour", "lighthouse", "quay"].contains(&package) {
            continue;
        }
        for each in words_used(package, files.clone()).unwrap() {
            if !seen.insert((each.place, each.word)) {
                continue;
            }
            let index = files.iter().position(|(name, _)| *name == each.file).unwrap();
            for (changed, text) in mutants(&files[index].1, each.line, each.word) {
                let mut files = files.clone();
                files[index].1.clone_from(&text);
                let name = &each.file;
                let told = || validated(&schemas, name, &text);
                match refusal(package, files) {
                    Some(Refusal::OfWords(message)) => {
                        refused += 1;
                        assert!(!told().is_empty(), "{package}/{name}: {changed}\n{message}");
                    }
                    Some(Refusal::Deeper) => {}
                    None => assert!(told().is_empty(), "{package}/{name}: {changed}\n{:#?}", told()),
                }
            }
        }
    }
    assert!(refused > 300, "{refused}");
}

/// A text with a mistake in a line, of which a word is known, and the line.
fn mutants(text: &str, number: usize, word: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let line = lines[number - 1];
    let mistakes = [
        line.replacen(word, &format!("{word}-x"), 1),
        line.replacen("= \"", "= \"no word of any vocabulary ", 1),
        line.replacen("= true", "= 0.5", 1),
        line.replacen("= [", "= [0.5, ", 1),
        line.replacen("= {", "= { nonsense = 1, ", 1),
    ];
    let mutant = |changed: String| {
        let mut lines = lines.clone();
        lines[number - 1] = &changed;
        let text = lines.join("\n") + "\n";
        (changed, text)
    };
    mistakes.into_iter().filter(|changed| changed != line).map(mutant).collect()
}

/// What the reader says to a definition.
enum Refusal {
    /// The words of a table are wrong: what is wrong with them.
    OfWords(String),
    /// It is wrong in a way that no schema has to see.
    Deeper,
}

fn refusal(package: &str, files: Vec<(String, String)>) -> Option<Refusal> {
    let faults = load_sources(package, files).err()?;
    let faults = faults.diagnostics();
    // Without these there is no table to speak of.
    if faults.iter().any(|fault| matches!(fault.code, Code::Syntax | Code::DuplicateKey | Code::ErrorTwice)) {
        return Some(Refusal::Deeper);
    }
    let of_words = |fault: &&Diagnostic| match fault.code {
        Code::UnknownKey | Code::WrongType => true,
        Code::UnknownWord => {
            let of_word = |word: &&str| fault.message.ends_with(&format!("for `{word}`"));
            fault.message.contains("is no word for") && !DEEPER.iter().any(of_word)
        }
        _ => false,
    };
    let found = faults.iter().find(of_words).map(|fault| Refusal::OfWords(fault.message.clone()));
    Some(found.unwrap_or(Refusal::Deeper))
}
