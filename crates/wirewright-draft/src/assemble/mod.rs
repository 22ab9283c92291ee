//! From what was inferred to the files of a definition.

mod example;
mod group;
mod protocol;
mod types;

use indexmap::IndexMap;

pub(crate) use self::protocol::{Session, sessions};
use crate::{
    answers::Answers,
    infer::{Inferred, operations::Operation},
    members::Drafted,
    words::{About, File, Table, Words},
};

/// What stands for an address that no sample shows.
pub(crate) const NO_ENDPOINT: &str = "https://api.vendor.example";

/// How the methods of an operation carry parameters.
pub(crate) type Methods = IndexMap<String, &'static str>;

/// What the whole draft needs beside what was inferred.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    pub(crate) title: String,
    /// Where the facts come from.
    pub(crate) source: String,
}

/// The files of the definition, and what the types of its examples' operations are.
pub(crate) fn files(inferred: &mut Inferred, frame: &Frame, answers: &Answers) -> Vec<File> {
    let operations = inferred.addresses.operations.clone();
    let sessions = sessions(inferred);
    let mut methods = Methods::new();
    let own: Vec<Methods> = (0..operations.len()).map(|index| group::methods(inferred, index)).collect();
    for (method, carried) in own.iter().flatten() {
        let known = methods.entry(method.clone()).or_insert(carried);
        // A form is what most calls have; an operation with a document says so itself.
        if *known == "query" && method != "GET" && *carried != "query" {
            *known = carried;
        }
    }
    if methods.is_empty() {
        methods.insert("POST".to_owned(), "form");
        inferred.notes.push("no sample has a request: that calls are a POST of a form is a guess".to_owned());
    }
    let body = group::bodies(inferred);
    let mut groups: IndexMap<String, Vec<Table>> = IndexMap::new();
    for (index, operation) in operations.iter().enumerate() {
        let tables = groups.entry(operation.group.clone()).or_default();
        let context = group::Context {
            index,
            operation,
            methods: (own.get(index).cloned().unwrap_or_default(), &methods),
            sessions: &sessions,
            body: body.get(&index),
            required: answers.required.get(&title(operation)).map(Vec::as_slice).unwrap_or_default(),
        };
        tables.extend(group::tables(inferred, &context));
    }
    let head = protocol::Head { frame, methods: &methods, body: body.values().next(), sessions: &sessions };
    let mut files = vec![File {
        name: wirewright_codegen::PROTOCOL.to_owned(),
        tables: protocol::tables(inferred, &head),
    }];
    for (name, mut tables) in groups {
        tables.insert(0, Table::new(About::Head, &[]));
        files.push(File { name: format!("{name}.toml"), tables });
    }
    // Structures may find more of themselves while they are described.
    if let Some(first) = files.first_mut() {
        first.tables.extend(types::tables(&mut inferred.drafting, inferred.envelope.fault.as_deref()));
    }
    files
}

/// The name of an operation as sessions have it.
pub(crate) fn title(operation: &Operation) -> String {
    format!("{}/{}", operation.group, operation.name)
}

/// A table of members.
pub(crate) fn members(head: &[&str], members: Vec<(String, Drafted)>) -> Table {
    let mut table = Table::new(About::Members, head);
    for (key, drafted) in members {
        let mut words = drafted.words;
        let key = text_key(&key, &mut words);
        table.words(&key, words, drafted.comment);
    }
    table
}

/// The key of an element's own text: no name on the wire.
fn text_key(key: &str, words: &mut Words) -> String {
    if key == crate::tree::TEXT {
        words.set_default("text", true);
        return "text".to_owned();
    }
    key.to_owned()
}
