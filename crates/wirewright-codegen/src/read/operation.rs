//! A group's file: its operations and their examples.

use crate::model::{FormatKind, Method};
use crate::naming;
use crate::source::{At, Text};
use crate::words::{FORMATS, GROUP, OPERATION};

use super::common::{facts, format_kind, methods};
use super::member::members;
use super::table::{Entry, Table, span, unknown_word};
use super::tree::{Example, Group, Operation, Type};
use super::types::types;

pub(super) fn group<'a>(file: Table<'a>, name: &str, known: &mut Vec<Type<'a>>) -> Group<'a> {
    types(file, known);
    // The keys beside the operations: texts that are facts, and the types.
    let own = |entry: &Entry<'_>| {
        let table = entry.value.get_ref().is_table();
        entry.key.value == "types" || (!table && GROUP.all().any(|word| word.word == entry.key.value))
    };
    for entry in file.entries().filter(own) {
        if entry.key.value == "types" {
            if !entry.value.get_ref().is_table() {
                entry.wrong_type("a table of types");
            }
        } else {
            entry.text("a text in quotes");
        }
    }
    let operations = file.entries().filter(|entry| !own(entry)).filter_map(operation).collect();
    Group {
        span: file.span,
        name: name.to_owned(),
        rust: naming::snake(name),
        operations,
        facts: facts(file),
    }
}

fn operation(entry: Entry<'_>) -> Option<Operation<'_>> {
    let table = entry.table(&OPERATION)?;
    let session = table.text("session").filter(|session| session.value == "required");
    Some(Operation {
        key: entry.key,
        rust: naming::snake(entry.key.value),
        wire_name: table.text("wire-name"),
        path: table.text("path"),
        methods: narrowed_methods(table),
        formats: formats(table),
        session: session.map(|session| session.span),
        signed: table.flag("signed").filter(|flag| flag.value).map(|flag| flag.span),
        secure: table.flag("secure").is_some_and(|flag| flag.value),
        errors: table.scalars("errors").map_or_else(Vec::new, |errors| errors.value),
        order: table.array("order"),
        request: members(table, "request"),
        reply: members(table, "reply"),
        examples: examples(table),
        facts: facts(table),
    })
}

/// `None` as well when all of it is wrong, which has been reported.
fn narrowed_methods(table: Table<'_>) -> Option<At<Vec<At<Method>>>> {
    let inner = table.table("methods")?;
    let methods = methods(inner);
    (!methods.is_empty() || inner.keys.is_empty()).then(|| At::new(methods, inner.span))
}

fn formats(table: Table<'_>) -> Option<At<Vec<At<FormatKind>>>> {
    let texts = table.array("formats")?;
    let known = |text: &Text<'_>| {
        let kind = format_kind(text.value);
        if kind.is_none() {
            table.report.add(unknown_word(*text, "formats", FORMATS.iter().map(|(word, _)| *word)));
        }
        Some(At::new(kind?, text.span))
    };
    let kinds: Vec<_> = texts.value.iter().filter_map(known).collect();
    (!kinds.is_empty() || texts.value.is_empty()).then(|| At::new(kinds, texts.span))
}

fn examples(operation: Table<'_>) -> Vec<Example<'_>> {
    let Some(entry) = operation.entry("example") else { return Vec::new() };
    let items = entry.value.get_ref().as_array().into_iter().flatten();
    items
        .filter_map(|item| {
            let place = span(entry.key.span.file, item);
            Some(Table { report: entry.report, keys: item.get_ref().as_table()?, span: place })
        })
        .map(example)
        .collect()
}

fn example<'a>(table: Table<'a>) -> Example<'a> {
    let name = table.text("name");
    let within = |word| table.table(word).into_iter().flat_map(|table| table.entries());
    let text = |entry: &Entry<'a>| Some(At::new(entry.value.get_ref().as_str()?, entry.value_span()));
    let kind = |entry: &Entry<'a>| Some(At::new(format_kind(entry.key.value)?, entry.key.span));
    Example {
        span: table.span,
        name,
        rust: name.map_or_else(String::new, |name| naming::snake(name.value)),
        requests: within("request").filter_map(|entry| Some((entry.key, text(&entry)?))).collect(),
        replies: within("reply").filter_map(|entry| Some((kind(&entry)?, text(&entry)?))).collect(),
        fails: table.table("fails").map_or_else(Vec::new, |fails| {
            let position = |entry: Entry<'a>| {
                let place = fails.table(entry.key.value)?;
                Some((kind(&entry)?, (place.count("line")?.value, place.count("column")?.value)))
            };
            fails.entries().filter_map(position).collect()
        }),
        error: table.scalars("error").and_then(|error| error.value.into_iter().next()),
        facts: facts(table),
    }
}
