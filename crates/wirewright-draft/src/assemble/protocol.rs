//! `protocol.toml`

use std::collections::BTreeSet;

use indexmap::IndexMap;
use wirewright_codegen::model::FormatKind;

use super::{
    common::{Body, Frame, Methods, NO_ENDPOINT, title},
    sessions::Session,
};
use crate::{
    infer::{Inferred, errors},
    words::{About, Table, Words},
};

/// What the head of the protocol says.
pub(crate) struct Head<'h> {
    pub(crate) frame: &'h Frame,
    pub(crate) methods: &'h Methods,
    pub(crate) body: Option<&'h Body>,
    pub(crate) sessions: &'h [Session],
}

pub(crate) fn tables(inferred: &Inferred, head: &Head<'_>) -> Vec<Table> {
    let mut tables = vec![first(inferred, head)];
    if let Some(body) = head.body {
        let mut table = Table::new(About::Other, &["body"]);
        if body.format == FormatKind::Json {
            table.value("format", "json");
        }
        if let Some(root) = &body.root {
            table.value("root", root.as_str());
        }
        tables.push(table);
    }
    let mut common = inferred.common.words.clone();
    tables.push(formats(inferred, &mut common));
    tables.push(parameters(inferred, &common, head.sessions));
    let mut envelope = Table::new(About::Members, &["envelope"]);
    for (name, words) in &inferred.envelope.members {
        envelope.words(name, words.clone(), None);
    }
    tables.push(envelope);
    for session in head.sessions {
        tables.extend(session_tables(inferred, session, head.sessions.len() > 1));
    }
    if !inferred.errors.is_empty() {
        let mut table = Table::new(About::Members, &["errors"]);
        for (code, words) in errors::entries(&inferred.errors, !head.sessions.is_empty()) {
            table.words(&code, words, None);
        }
        tables.push(table);
    }
    tables
}

fn first(inferred: &Inferred, head: &Head<'_>) -> Table {
    let mut table = Table::new(About::Head, &[]);
    table.comments.push("To decide, or to look at:".to_owned());
    table.comments.extend(inferred.notes.iter().map(|note| format!("- {note}")));
    if inferred.notes.is_empty() {
        table.comments.clear();
    }
    table.value("title", head.frame.title.as_str());
    table.value("source", head.frame.source.as_str());
    table.value("endpoint", inferred.addresses.endpoint.as_deref().unwrap_or(NO_ENDPOINT));
    if let Some(path) = inferred.addresses.path.as_deref().filter(|path| *path != "/{group}/{operation}") {
        table.value("path", path);
    }
    let methods = head.methods.iter().map(|(method, carried)| (method.clone(), (*carried).into()));
    table.value("methods", methods.collect::<toml::Table>());
    table.value("confidence", "low");
    table.value("assumption", "Drafted: what is not marked otherwise was inferred from samples.");
    table
}

fn formats(inferred: &Inferred, common: &mut IndexMap<String, Words>) -> Table {
    let mut table = Table::new(About::Members, &["formats"]);
    let mut formats = inferred.formats.words.clone();
    if formats.is_empty() {
        formats
            .insert("json", Words::new().with("assumption", "No sample has a reply: the format is a guess."));
    }
    let chosen = common.values().any(|words| words.is("from", "format"));
    if !chosen && formats.len() > 1 {
        let name = if common.contains_key("format") { "reply_format" } else { "format" };
        let first = formats.keys().next().copied().unwrap_or_default();
        let words = Words::new().with("from", "format").with("default", first).with("confidence", "low");
        let words = words.with(
            "assumption",
            "No sample shows how a caller chooses the format: the name and the values are made up.",
        );
        common.insert(name.to_owned(), words);
    }
    for (name, mut words) in formats.clone() {
        match inferred.common.format_values.get(name) {
            Some(value) => words.set("value", value.as_str()),
            None if chosen || formats.len() > 1 => {
                let used = |value: &str| inferred.common.format_values.values().any(|own| own == value);
                if !used(name) {
                    words.set("value", name);
                }
            }
            None => {}
        }
        table.words(name, words, None);
    }
    table
}

fn parameters(inferred: &Inferred, common: &IndexMap<String, Words>, sessions: &[Session]) -> Table {
    let mut table = Table::new(About::Members, &["parameters"]);
    let kept: BTreeSet<&str> =
        sessions.iter().flat_map(|one| &one.fields).map(|field| field.name.as_str()).collect();
    let words = |name: &str, words: &Words| {
        let mut words = words.clone();
        if words.is("from", "session") && !kept.contains(name) {
            words.set("from", "client");
        }
        words
    };
    let echoes = inferred.envelope.members.values().any(|words| words.is("is", "request-id"));
    let put = |table: &mut Table, name: &str, own: &Words| {
        let mut words = words(name, own);
        if words.is("is", "request-id") && !echoes {
            words.remove("is");
        }
        table.words(name, words, None);
    };
    for (name, own) in common.iter().filter(|(name, _)| !inferred.common.behind.contains(*name)) {
        put(&mut table, name, own);
    }
    table.words("*", Words::new().with("from", "request"), None);
    for (name, own) in common.iter().filter(|(name, _)| inferred.common.behind.contains(*name)) {
        put(&mut table, name, own);
    }
    table
}

fn session_tables(inferred: &Inferred, session: &Session, several: bool) -> Vec<Table> {
    let operation = |index: usize| inferred.addresses.operations.get(index).map(title).unwrap_or_default();
    let head: Vec<&str> = if several { vec!["sessions", &session.name] } else { vec!["session"] };
    let mut table = Table::new(About::Other, &head);
    table.value("opens", operation(session.opens));
    if let Some(closes) = session.closes {
        table.value("closes", operation(closes));
    }
    // Nothing of a reply is promised but by a page.
    table.value("conditional", true);
    table.value("confidence", "low");
    let head: Vec<&str> = head.into_iter().chain(["fields"]).collect();
    let mut fields = Table::new(About::Members, &head);
    for field in &session.fields {
        let from = match &field.path {
            Some(path) => {
                let names = path.iter().map(|name| if name == crate::tree::TEXT { "text" } else { name });
                format!("data.{}", names.collect::<Vec<_>>().join("."))
            }
            None => format!("session.{}", field.name),
        };
        let words = Words::new().with("from", from).with("secret", true);
        fields.words(&field.name, words.with("confidence", "low").with("assumption", field.why), None);
    }
    vec![table, fields]
}
