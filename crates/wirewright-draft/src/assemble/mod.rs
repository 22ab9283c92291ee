//! From what was inferred to the files of a definition.

mod common;
mod example;
mod group;
mod pages;
mod protocol;
mod sessions;
mod types;

use indexmap::IndexMap;

use self::common::Methods;
pub(crate) use self::{
    common::{Frame, title},
    sessions::{Session, sessions},
};
use crate::{
    answers::Answers,
    infer::Inferred,
    words::{About, File, Table},
};

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
