//! `protocol.toml`: what all operations share.

use crate::diagnostic::{Code, Fault};
use crate::model::{ErrorKeys, FormatKind, Role, When};
use crate::naming;
use crate::source::At;
use crate::words::keys::{body, envelope, error, format, parameter, protocol, tells};
use crate::words::{ENVELOPE, ERROR, FORMAT, Key, PARAMETER, PROTOCOL, kind};

use super::common::{facts, format_key, methods};
use super::computed::computed;
use super::member::{formats, member, members};
use super::session::sessions;
use super::table::{Entry, Table};
use super::tree::{Body, EnvelopeMember, ErrorCode, Format, Parameter, Protocol, Type};
use super::types::types;

pub(super) fn read<'a>(table: Table<'_, 'a>, known: &mut Vec<Type<'a>>) -> Protocol<'a> {
    table.check(&PROTOCOL);
    types(table, known);
    Protocol {
        span: table.span,
        title: table.get(protocol::TITLE),
        endpoint: table.get(protocol::ENDPOINT),
        path: table.get(protocol::PATH),
        charset: table.get(protocol::CHARSET),
        methods: place(table, protocol::METHODS, methods),
        body: table.get(protocol::BODY).map(body),
        formats: place(table, protocol::FORMATS, |table| table.entries().filter_map(format).collect()),
        parameters: table
            .get(protocol::PARAMETERS)
            .map_or_else(Vec::new, |table| table.entries().filter_map(parameter).collect()),
        envelope: place(table, protocol::ENVELOPE, |table| {
            table.entries().filter_map(envelope_member).collect()
        }),
        failure: members(table, protocol::FAILURE),
        sessions: sessions(table),
        computed: table
            .get(protocol::COMPUTED)
            .map_or_else(Vec::new, |table| table.entries().filter_map(computed).collect()),
        errors: table
            .get(protocol::ERRORS)
            .map_or_else(Vec::new, |table| table.entries().filter_map(error).collect()),
        facts: facts(table),
    }
}

/// What is under `key`, and where; nothing and the file's own place when it is missing or all of it is wrong, which has been
/// reported.
fn place<'a, T>(
    table: Table<'_, 'a>,
    key: Key<kind::Entries>,
    read: impl Fn(Table<'_, 'a>) -> Vec<T>,
) -> At<Vec<T>> {
    let Some(inner) = table.get(key) else { return At::new(Vec::new(), table.span) };
    let values = read(inner);
    let wrong = values.is_empty() && !inner.keys.is_empty();
    At::new(values, if wrong { table.span } else { inner.span })
}

fn format<'a>(entry: Entry<'_, 'a>) -> Option<Format<'a>> {
    let table = entry.table(&FORMAT);
    let kind = format_key(&entry)?;
    let table = table?;
    Some(Format {
        kind,
        span: entry.key.span,
        value: table.get(format::VALUE),
        also: table.get(format::ALSO).map_or_else(Vec::new, |also| also.value),
        root: table.get(format::ROOT),
        failure_root: table.get(format::FAILURE_ROOT),
        namespace: table.get(format::NAMESPACE),
        declaration: table.get(format::DECLARATION),
        media_type: table.get(format::MEDIA_TYPE),
        nested: table.get(format::NESTED),
        lines: table.get(format::LINES),
        facts: facts(table),
    })
}

fn body<'a>(table: Table<'_, 'a>) -> Body<'a> {
    Body {
        span: table.span,
        format: table.get(body::FORMAT).unwrap_or(At::new(FormatKind::Xml, table.span)),
        root: table.get(body::ROOT),
        namespace: table.get(body::NAMESPACE),
        declaration: table.get(body::DECLARATION),
        media_type: table.get(body::MEDIA_TYPE),
        facts: facts(table),
    }
}

fn parameter<'a>(entry: Entry<'_, 'a>) -> Option<Parameter<'a>> {
    let table = entry.table(&PARAMETER)?;
    Some(Parameter {
        member: member(entry, table),
        from: table.get(parameter::FROM),
        request_id: table.get(parameter::IS).map(|is| is.span),
        value: table.get(parameter::VALUE),
        accepts: table.get(parameter::ACCEPTS),
        field: table.get(parameter::FIELD),
        groups: table.get(parameter::GROUPS),
        except_groups: table.get(parameter::EXCEPT_GROUPS),
        credentials: table.get(parameter::CREDENTIALS),
    })
}

fn envelope_member<'a>(entry: Entry<'_, 'a>) -> Option<EnvelopeMember<'a>> {
    let table = entry.table(&ENVELOPE)?;
    Some(EnvelopeMember {
        member: member(entry, table),
        role: table.get(envelope::IS),
        unclear: table.entry(envelope::IS).is_some() && table.get(envelope::IS).is_none(),
        when: table.get(envelope::ON).map_or(When::Always, |when| when.value),
        within: table.get(envelope::WITHIN),
        tells: table.get(envelope::TELLS).map_or_else(Vec::new, |told| {
            let roles = [
                (Role::Code, tells::CODE),
                (Role::Name, tells::NAME),
                (Role::Message, tells::MESSAGE),
                (Role::Detail, tells::DETAIL),
            ];
            roles.into_iter().filter_map(|(role, key)| Some((role, told.get(key)?))).collect()
        }),
        only_in: formats(table, envelope::ONLY_IN),
        success: table.get(envelope::SUCCESS),
        failure: table.get(envelope::FAILURE),
        value: table.get(envelope::VALUE),
        http_codes: table.place(envelope::HTTP_CODES),
        header: table.get(envelope::HEADER),
        echoes: table.get(envelope::ECHOES),
        unread: [
            table.entry(envelope::SUCCESS).is_some_and(|entry| !entry.is_read_whole()),
            table.entry(envelope::FAILURE).is_some_and(|entry| !entry.is_read_whole()),
        ],
    })
}

fn error<'a>(entry: Entry<'_, 'a>) -> Option<ErrorCode<'a>> {
    let table = entry.table(&ERROR)?;
    let key = entry.key.value;
    let number = key.parse::<i64>();
    if number.as_ref().is_ok_and(|number| number.to_string() != key) {
        entry.report.add(
            Fault::new(Code::Spelling, entry.key.span, format!("`{key}` is not how a number is written"))
                .expected("the number's digits, without a leading zero or `+`"),
        );
    }
    let name = table.get(error::NAME);
    Some(ErrorCode {
        key: entry.key,
        keys: if number.is_ok() { ErrorKeys::Numbers } else { ErrorKeys::Names },
        name,
        rust: naming::pascal(name.unwrap_or(entry.key).value),
        class: table.get(error::CLASS),
        wire_name: table.get(error::WIRE_NAME),
        message: table.get(error::MESSAGE),
        http: table.get(error::HTTP),
        when: table.get(error::WHEN).unwrap_or_default(),
        facts: facts(table),
    })
}
