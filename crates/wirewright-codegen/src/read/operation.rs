//! A group's file: its operations and their examples.

use crate::model::{FormatKind, Method};
use crate::naming;
use crate::source::{At, Text};
use crate::words::keys::{example, example_reply, example_request, group, operation, outcome, position, raw};
use crate::words::{Alternatives as _, Formats, GROUP, Key, Methods, OPERATION, kind};

use super::common::{facts, methods};
use super::member::{members, parameters, reply_members};
use super::pagination::pagination;
use super::table::{Entry, Mixed, Table, check_value, known};
use super::tree::{Example, Group, Operation, Outcome, Raw, Type};
use super::types::types;

pub(super) fn group<'a>(file: Table<'_, 'a>, name: &str, known: &mut Vec<Type<'a>>) -> Group<'a> {
    types(file, known);
    // What the file says beside its operations.
    let own = |entry: &Entry<'_, '_>| GROUP.all().find(|word| word.word == entry.key.value && is_own(entry));
    for entry in file.entries() {
        if let Some(word) = own(&entry) {
            file.report.word(GROUP.place, word.word, entry.key.span);
            check_value(&entry, word);
        }
    }
    // The methods of the group are read once, so that what is wrong with them is said once.
    let methods =
        file.entry(group::METHODS).filter(is_own).and_then(|_| narrowed_methods(file, group::METHODS));
    let operations = file.entries().filter(|entry| own(entry).is_none());
    let mut operations: Vec<_> =
        operations.filter_map(|entry| operation(entry, file, methods.as_ref())).collect();
    operations.shrink_to_fit();
    Group {
        span: file.span,
        name: name.to_owned(),
        rust: naming::snake(name),
        endpoint: file.get(group::ENDPOINT),
        path: file.get(group::PATH),
        operations,
        facts: facts(file),
    }
}

/// Whether an entry of a name that groups have is the group's own, and no operation that is called so.
fn is_own(entry: &Entry<'_, '_>) -> bool {
    let Some(table) = entry.value.get_ref().as_table() else { return true };
    let known = |key: &str| Methods::words().any(|method| method == key);
    group::TYPES.is(entry.key.value)
        || group::METHODS.is(entry.key.value) && table.keys().any(|key| known(key.get_ref()))
}

/// An operation, and what its group says for all.
fn operation<'a>(
    entry: Entry<'_, 'a>,
    group: Table<'_, 'a>,
    group_methods: Option<&At<Vec<At<Method>>>>,
) -> Option<Operation<'a>> {
    let table = entry.table(&OPERATION)?;
    let text = |own: Key<kind::Text>, common: Key<kind::Text>| table.get(own).or_else(|| group.get(common));
    let flag = |own: Key<kind::Flag>, common: Key<kind::Flag>| {
        table.get(own).or_else(|| group.get(common)).filter(|flag| flag.value).map(|flag| flag.span)
    };
    let name = table.get(operation::NAME);
    let raw = raw(table);
    // The formats of a group are those of its envelopes.
    let own_formats = raw.is_some() || table.entry(operation::FORMATS).is_some();
    Some(Operation {
        key: entry.key,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        name,
        wire_name: table.get(operation::WIRE_NAME),
        endpoint: text(operation::ENDPOINT, group::ENDPOINT),
        path: text(operation::PATH, group::PATH),
        methods: match table.entry(operation::METHODS) {
            Some(_) => narrowed_methods(table, operation::METHODS),
            None => group_methods.cloned(),
        },
        formats: if own_formats {
            formats(table, operation::FORMATS)
        } else {
            formats(group, group::FORMATS)
        },
        namespace: text(operation::NAMESPACE, group::NAMESPACE),
        raw,
        session: table.get(operation::SESSION).or_else(|| group.get(group::SESSION)),
        constants: table
            .get(operation::CONSTANTS)
            .into_iter()
            .flat_map(|constants| constants.entries())
            .filter_map(|entry| Some((entry.key, entry.text("what it always says, as text")?)))
            .collect(),
        multipart: table.place(operation::MULTIPART),
        prefer: table.get(operation::PREFER),
        signed: table.place(operation::SIGNED),
        signature_optional: table.place(operation::SIGNATURE_OPTIONAL),
        secure: flag(operation::SECURE, group::SECURE).is_some(),
        repeatable: flag(operation::REPEATABLE, group::REPEATABLE),
        status: table.get(operation::STATUS),
        empty_reply: table.place(operation::EMPTY_REPLY),
        errors: table.get(operation::ERRORS).map_or_else(Vec::new, |errors| errors.value),
        order: table.get(operation::ORDER),
        partial: table.get(operation::PARTIAL),
        request: parameters(table, operation::REQUEST),
        body: table.get(operation::BODY).map(|body| At::new(members(table, operation::BODY), body.span)),
        reply: reply_members(table, operation::REPLY),
        failure: members(table, operation::FAILURE),
        outcome: outcome(table).map(Box::new),
        pagination: pagination(table).map(Box::new),
        examples: table.get(operation::EXAMPLE).into_iter().flatten().map(example).collect(),
        facts: facts(table),
    })
}

/// `None` as well when all of it is wrong, which has been reported.
fn narrowed_methods(table: Table<'_, '_>, key: Key<kind::Entries>) -> Option<At<Vec<At<Method>>>> {
    let inner = table.get(key)?;
    let methods = methods(inner);
    (!methods.is_empty() || inner.keys.is_empty()).then(|| At::new(methods, inner.span))
}

fn formats(table: Table<'_, '_>, key: Key<kind::Texts>) -> Option<At<Vec<At<FormatKind>>>> {
    let texts = table.get(key)?;
    let known = |text: &Text<'_>| known::<Formats>(table.report, *text, key.word);
    let kinds: Vec<_> = texts.value.iter().filter_map(known).collect();
    (!kinds.is_empty() || texts.value.is_empty()).then(|| At::new(kinds, texts.span))
}

fn raw<'a>(table: Table<'_, 'a>) -> Option<Raw<'a>> {
    let span = table.entry(operation::RAW)?.key.span;
    match table.get(operation::RAW)? {
        Mixed::Table(words) => {
            Some(Raw { span, media: words.get(raw::MEDIA), status: words.get(raw::STATUS) })
        }
        Mixed::Flag(flag) if flag.value => Some(Raw { span, media: None, status: None }),
        _ => None,
    }
}

/// Names and texts.
fn texts<'a>(table: Table<'_, 'a>, expected: &str) -> Vec<(Text<'a>, Text<'a>)> {
    table.entries().filter_map(|entry| Some((entry.key, entry.text(expected)?))).collect()
}

fn outcome<'a>(table: Table<'_, 'a>) -> Option<Outcome<'a>> {
    let words = table.get(operation::OUTCOME)?;
    Some(Outcome {
        span: words.span,
        status: words.get(outcome::STATUS),
        success: words.get(outcome::SUCCESS).map_or_else(Vec::new, |success| success.value),
        errors: words.get(outcome::ERRORS).map_or_else(Vec::new, |errors| errors.value),
        message: words.get(outcome::MESSAGE),
    })
}

fn example<'a>(table: Table<'_, 'a>) -> Example<'a> {
    let name = table.get(example::NAME);
    let within = |key: Key<kind::Table>| table.get(key).into_iter().flat_map(|table| table.entries());
    let text = |entry: &Entry<'_, 'a>| entry.as_text();
    let kind = |entry: &Entry<'_, 'a>| Some(At::new(Formats::value(entry.key.value)?, entry.key.span));
    let position = |entry: &Entry<'_, 'a>| {
        let place = entry.checked_table()?;
        Some((place.get(position::LINE)?.value, place.get(position::COLUMN)?.value))
    };
    Example {
        span: table.span,
        name,
        rust: name.map_or_else(String::new, |name| naming::snake(name.value)),
        requests: within(example::REQUEST)
            .filter(|entry| !example_request::HEADERS.is(entry.key.value))
            .filter_map(|entry| Some((entry.key, text(&entry)?)))
            .collect(),
        request_headers: table
            .get(example::REQUEST)
            .and_then(|request| request.get(example_request::HEADERS)),
        keys: table.get(example::KEYS).map_or_else(Vec::new, |keys| texts(keys, "a secret, as text")),
        clock: table.get(example::CLOCK),
        nonce: table.get(example::NONCE),
        replies: within(example::REPLY).filter_map(|entry| Some((kind(&entry)?, text(&entry)?))).collect(),
        reply_headers: table.get(example::REPLY).and_then(|replies| replies.get(example_reply::HEADERS)),
        fails: within(example::FAILS).filter_map(|entry| Some((kind(&entry)?, position(&entry)?))).collect(),
        lacks: table.get(example::LACKS).map_or_else(Vec::new, |lacks| lacks.value),
        error: table.get(example::ERROR),
        facts: facts(table),
    }
}
