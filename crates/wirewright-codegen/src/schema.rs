//! JSON Schemas of the definition language, for editors, written from the words that the readers know.
//!
//! A schema checks what a table holds: its words, what their values are, and which must be there. Whether they fit together is
//! for the generator. There are two, as `formats`, say, is a table in `protocol.toml` and a list in a group's file.
//!
//! They are of draft 7, and say everything with few keywords, as taplo does (which is behind most editors' TOML): it knows no newer
//! draft, ignores what is beside a `$ref`, and tells no more of an `anyOf` than that nothing in it fits.

use std::collections::BTreeMap;

use crate::json::Json;
use crate::source::PROTOCOL;
use crate::words::{self, Alternative, Entries, EntryKind, ValueKind, Vocabulary, Word};

/// The file that has the schema of `protocol.toml`, beside the vendors' folders.
pub const PROTOCOL_SCHEMA: &str = "protocol.schema.json";
/// The file that has the schema of a group's file, beside the vendors' folders.
pub const GROUP_SCHEMA: &str = "group.schema.json";

/// The file that has the schema of `wirewright.toml`, beside the vendors' folders.
pub const PROJECT_SCHEMA: &str = "project.schema.json";

/// The schema of `protocol.toml`, in JSON.
///
/// ```
/// let schema = wirewright_codegen::schema::protocol();
/// assert!(schema.contains(r#""$schema": "http://json-schema.org/draft-07/schema#""#));
/// assert!(schema.contains("Scheme and host, and what is in front of every path"));
/// ```
pub fn protocol() -> String {
    let mut schema = Schema::default();
    let root = schema.table(&words::PROTOCOL, &["object"]);
    schema.finish("Wirewright: what all operations of a vendor share", root)
}

/// The schema of a group's file: what it says beside its operations, and the operations.
pub fn group() -> String {
    let mut schema = Schema::default();
    let operation = schema.reference(&words::OPERATION, &["object"]);
    let property = |schema: &mut Schema, word: &'static Word| {
        let own = schema.word(word);
        // Nobody says types in another place; any other word may be an operation's name.
        let value = match word.kind {
            ValueKind::Entries(Entries { value: EntryKind::Table(_), .. }) => own,
            _ => Json::object([
                ("description", Json::text(word.doc)),
                ("anyOf", Json::array([own, operation.clone()])),
            ]),
        };
        (word.word, value)
    };
    let properties: Vec<_> = words::GROUP.all().map(|word| property(&mut schema, word)).collect();
    let root = vec![
        ("type", Json::text("object")),
        ("properties", Json::object(properties)),
        ("additionalProperties", operation),
    ];
    schema.finish("Wirewright: a group of operations", root)
}

/// The schema of `wirewright.toml`.
pub fn project() -> String {
    let mut schema = Schema::default();
    let root = schema.table(&words::PROJECT, &["object"]);
    schema.finish("Wirewright: a project", root)
}

/// All schemas, with the names of their files.
pub fn files() -> [(&'static str, String); 3] {
    [(PROTOCOL_SCHEMA, protocol()), (GROUP_SCHEMA, group()), (PROJECT_SCHEMA, project())]
}

/// The first line of a definition's file, which tells editors its schema: `schemas` is the path from the file's folder to the folder
/// that has the schemas, with `/` between folders.
///
/// ```
/// use wirewright_codegen::schema::directive;
///
/// assert_eq!(directive("..", "protocol.toml"), "#:schema ../protocol.schema.json");
/// assert_eq!(directive("..", "parcels.toml"), "#:schema ../group.schema.json");
/// ```
pub fn directive(schemas: &str, file: &str) -> String {
    format!("#:schema {schemas}/{}", if file == PROTOCOL { PROTOCOL_SCHEMA } else { GROUP_SCHEMA })
}

/// The keywords of a schema, in their order.
type Keywords = Vec<(&'static str, Json)>;

/// What several places name.
#[derive(Default)]
struct Schema {
    /// `None` while it is being written.
    definitions: BTreeMap<String, Option<Json>>,
}

impl Schema {
    fn finish(self, title: &str, root: Keywords) -> String {
        let definitions = self.definitions.into_iter();
        let definitions = definitions.filter_map(|(name, schema)| Some((name, schema?)));
        let mut keywords = vec![
            ("$schema", Json::text("http://json-schema.org/draft-07/schema#")),
            ("title", Json::text(title)),
            (
                "description",
                Json::text("Written by `wirewright schema` from the words of the definition language."),
            ),
        ];
        keywords.extend(root);
        keywords.push(("definitions", Json::object(definitions)));
        Json::object(keywords).pretty()
    }

    /// A table of these words, or a value of another of these `types`.
    fn table(&mut self, words: &'static Vocabulary, types: &[&str]) -> Keywords {
        let properties: Vec<_> = words.all().map(|word| (word.word, self.word(word))).collect();
        let required = words.all().filter(|word| word.required).map(|word| Json::text(word.word));
        let required: Vec<Json> = required.collect();
        let mut keywords = vec![("type", type_of(types)), ("properties", Json::object(properties))];
        if !required.is_empty() {
            keywords.push(("required", Json::Array(required)));
        }
        keywords.push(("additionalProperties", Json::Bool(false)));
        keywords
    }

    /// What a word's value may be.
    fn word(&mut self, word: &'static Word) -> Json {
        let mut keywords = vec![("description", Json::text(description(word)))];
        keywords.extend(self.value(word.kind));
        Json::object(keywords)
    }

    fn value(&mut self, kind: ValueKind) -> Keywords {
        let plain = |types: &[&str]| vec![("type", type_of(types))];
        let list =
            |types: &[&str]| vec![("type", Json::text("array")), ("items", Json::object(plain(types)))];
        match kind {
            ValueKind::Text => plain(&["string"]),
            ValueKind::Flag => plain(&["boolean"]),
            ValueKind::Integer => vec![("type", Json::text("integer")), ("minimum", Json::Number(0))],
            ValueKind::Scalar => plain(&["string", "integer", "boolean"]),
            ValueKind::Scalars => list(&["string", "integer", "boolean"]),
            ValueKind::TextOrInteger => plain(&["string", "integer"]),
            ValueKind::TextsOrIntegers => list(&["string", "integer"]),
            ValueKind::Texts => list(&["string"]),
            ValueKind::TextOrTexts => {
                vec![("type", type_of(&["string", "array"])), ("items", Json::object(plain(&["string"])))]
            }
            ValueKind::FlagOrText => plain(&["boolean", "string"]),
            ValueKind::FlagOrWord(words) => one_of(words, plain(&["boolean", "string"])),
            ValueKind::Choice(words) => choice(words),
            ValueKind::ChoiceOrChoices(words) => {
                let items = [("type", Json::text("array")), ("items", Json::object(choice(words)))];
                vec![("anyOf", Json::array([Json::object(choice(words)), Json::object(items)]))]
            }
            ValueKind::Table(table) => self.table(table, &["object"]),
            ValueKind::Tables(table) => {
                let items = self.table(table, &["object"]);
                vec![("type", Json::text("array")), ("items", Json::object(items))]
            }
            ValueKind::FlagOrTable(table) => self.table(table, &["boolean", "object"]),
            ValueKind::FlagTextOrTable(words, table) => {
                one_of(words, self.table(table, &["boolean", "string", "object"]))
            }
            ValueKind::TextOrTable(words, table) => one_of(words, self.table(table, &["string", "object"])),
            ValueKind::Entries(entries) => self.entries(entries),
        }
    }

    /// A table whose keys are the definition's own, or some of a few words.
    fn entries(&mut self, entries: Entries) -> Keywords {
        let value = match entries.value {
            EntryKind::Text => Json::object([("type", Json::text("string"))]),
            EntryKind::Choice(words) => Json::object(choice(words)),
            EntryKind::Table(table) => self.reference(table, &["object"]),
            EntryKind::TextOrTable(table) => self.reference(table, &["string", "object"]),
        };
        let object = ("type", Json::text("object"));
        if entries.keys.is_empty() {
            return vec![object, ("additionalProperties", value)];
        }
        let properties = entries.keys.iter().map(|(key, _)| (*key, value.clone()));
        vec![object, ("properties", Json::object(properties)), ("additionalProperties", Json::Bool(false))]
    }

    /// A table that several places have, or a value of another of these `types`.
    fn reference(&mut self, words: &'static Vocabulary, types: &[&str]) -> Json {
        let name = name(words.place);
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), None);
            let mut keywords = vec![("description", Json::text(sentence(words.place)))];
            keywords.extend(self.table(words, types));
            self.definitions.insert(name.clone(), Some(Json::object(keywords)));
        }
        Json::object([("$ref", Json::text(format!("#/definitions/{name}")))])
    }
}

fn type_of(types: &[&str]) -> Json {
    match types {
        [one] => Json::text(*one),
        several => Json::array(several.iter().map(|one| Json::text(*one))),
    }
}

/// One of these words, each with what it means, in taplo's own keyword.
fn choice(words: &'static [Alternative]) -> Keywords {
    let meanings = words.iter().map(|(_, meaning)| Json::text(*meaning));
    let docs = Json::object([("enumValues", Json::array(meanings))]);
    vec![
        ("enum", Json::array(words.iter().map(|(word, _)| Json::text(*word)))),
        ("x-taplo", Json::object([("docs", docs)])),
    ]
}

/// With the texts among the values held to these words.
fn one_of(words: &'static [Alternative], mut keywords: Keywords) -> Keywords {
    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    if words.is_empty() {
        return keywords;
    }
    keywords.push(("pattern", Json::text(format!("^({})$", words.join("|")))));
    keywords
}

/// What a word says, and what its values mean where they are words as well.
fn description(word: &Word) -> String {
    let words = match word.kind {
        ValueKind::Choice(words)
        | ValueKind::ChoiceOrChoices(words)
        | ValueKind::FlagOrWord(words)
        | ValueKind::FlagTextOrTable(words, _)
        | ValueKind::TextOrTable(words, _) => words,
        _ => &[],
    };
    let meanings: Vec<String> =
        words.iter().map(|(word, meaning)| format!("- `{word}`: {meaning}")).collect();
    if meanings.is_empty() { word.doc.to_owned() } else { format!("{}\n\n{}", word.doc, meanings.join("\n")) }
}

/// `a member of the envelope` as the name of a definition: `member-of-the-envelope`.
fn name(place: &str) -> String {
    let words = place.split(' ').skip(usize::from(place.starts_with("a ") || place.starts_with("an ")));
    words.collect::<Vec<_>>().join("-")
}

/// `A member of the envelope.`
fn sentence(place: &str) -> String {
    let mut letters = place.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
