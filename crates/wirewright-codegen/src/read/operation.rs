//! A group's file: its operations and their examples.

use crate::model::{FormatKind, Method};
use crate::naming;
use crate::source::{At, Text};
use crate::words::{FORMATS, GROUP, METHODS, OPERATION};

use super::common::{facts, format_kind, methods};
use super::continues::continues;
use super::member::{members, parameters};
use super::table::{Entry, Table, check_value, span, unknown_word};
use super::tree::{Example, Group, Operation, Raw, Type};
use super::types::types;

pub(super) fn group<'a>(file: Table<'a>, name: &str, known: &mut Vec<Type<'a>>) -> Group<'a> {
    types(file, known);
    // What the file says beside its operations.
    let own = |entry: &Entry<'_>| GROUP.all().find(|word| word.word == entry.key.value && is_own(entry));
    for entry in file.entries() {
        if let Some(word) = own(&entry) {
            file.report.word(GROUP.place, word.word, entry.key.span);
            check_value(&entry, word);
        }
    }
    // The methods of the group are read once, so that what is wrong with them is said once.
    let methods = file.entry("methods").filter(is_own).and_then(|_| narrowed_methods(file));
    let operations = file.entries().filter(|entry| own(entry).is_none());
    let operations = operations.filter_map(|entry| operation(entry, file, methods.as_ref())).collect();
    Group {
        span: file.span,
        name: name.to_owned(),
        rust: naming::snake(name),
        endpoint: file.text("endpoint"),
        path: file.text("path"),
        operations,
        facts: facts(file),
    }
}

/// Whether an entry of a name that groups have is the group's own, and no operation that is called so.
fn is_own(entry: &Entry<'_>) -> bool {
    let Some(table) = entry.value.get_ref().as_table() else { return true };
    match entry.key.value {
        "types" => true,
        "methods" => {
            table.keys().any(|key| METHODS.iter().any(|(method, _)| *method == key.get_ref().as_ref()))
        }
        _ => false,
    }
}

/// An operation, and what its group says for all.
fn operation<'a>(
    entry: Entry<'a>,
    group: Table<'a>,
    group_methods: Option<&At<Vec<At<Method>>>>,
) -> Option<Operation<'a>> {
    let table = entry.table(&OPERATION)?;
    let text = |word| table.text(word).or_else(|| group.text(word));
    let name = table.text("name");
    let raw = raw(table);
    // The formats of a group are those of its envelopes.
    let own_formats = raw.is_some() || table.entry("formats").is_some();
    Some(Operation {
        key: entry.key,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        name,
        wire_name: table.text("wire-name"),
        endpoint: text("endpoint"),
        path: text("path"),
        methods: match table.entry("methods") {
            Some(_) => narrowed_methods(table),
            None => group_methods.cloned(),
        },
        formats: formats(if own_formats { table } else { group }),
        namespace: text("namespace"),
        raw,
        session: table.texts("session").or_else(|| group.texts("session")),
        multipart: table.flag("multipart").filter(|flag| flag.value).map(|flag| flag.span),
        signed: table.flag("signed").filter(|flag| flag.value).map(|flag| flag.span),
        secure: table.flag("secure").or_else(|| group.flag("secure")).is_some_and(|flag| flag.value),
        repeatable: table
            .flag("repeatable")
            .or_else(|| group.flag("repeatable"))
            .filter(|flag| flag.value)
            .map(|flag| flag.span),
        errors: table.scalars("errors").map_or_else(Vec::new, |errors| errors.value),
        order: table.array("order"),
        partial: table.text("partial"),
        request: parameters(table, "request"),
        body: table.table("body").map(|body| At::new(members(table, "body"), body.span)),
        reply: members(table, "reply"),
        failure: members(table, "failure"),
        continues: continues(table),
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
            table.report.add(unknown_word(
                table.report,
                *text,
                "formats",
                FORMATS.iter().map(|(word, _)| *word),
            ));
        }
        Some(At::new(kind?, text.span))
    };
    let kinds: Vec<_> = texts.value.iter().filter_map(known).collect();
    (!kinds.is_empty() || texts.value.is_empty()).then(|| At::new(kinds, texts.span))
}

fn raw(table: Table<'_>) -> Option<Raw<'_>> {
    let span = table.entry("raw")?.key.span;
    if let Some(flag) = table.flag("raw") {
        return flag.value.then_some(Raw { span, media: None, status: None });
    }
    let words = table.table("raw")?;
    Some(Raw { span, media: words.array("media"), status: words.scalars("status") })
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
