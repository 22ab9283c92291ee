//! `protocol.toml`: what all operations share.

use crate::diagnostic::{Code, Fault};
use crate::model::{Class, ErrorKeys, FormatKind, Role, ServerCondition, When};
use crate::naming;
use crate::source::At;
use crate::words::{ENVELOPE, ERROR, FORMAT, PARAMETER, PROTOCOL};

use super::common::{facts, format_key, methods};
use super::member::{member, members};
use super::session::{sessions, signature};
use super::table::{Entry, Table};
use super::tree::{Body, EnvelopeMember, ErrorCode, Format, Parameter, Protocol, Provider, Type};
use super::types::types;

pub(super) fn read<'a>(table: Table<'a>, known: &mut Vec<Type<'a>>) -> Protocol<'a> {
    table.check(&PROTOCOL);
    types(table, known);
    Protocol {
        span: table.span,
        title: table.text("title"),
        endpoint: table.text("endpoint"),
        path: table.text("path"),
        methods: place(table, "methods", methods),
        body: table.table("body").map(body),
        formats: place(table, "formats", |table| table.entries().filter_map(format).collect()),
        parameters: table
            .table("parameters")
            .map_or_else(Vec::new, |table| table.entries().filter_map(parameter).collect()),
        envelope: place(table, "envelope", |table| table.entries().filter_map(envelope_member).collect()),
        failure: members(table, "failure"),
        sessions: sessions(table),
        signature: table.table("signature").map(signature),
        errors: table
            .table("errors")
            .map_or_else(Vec::new, |table| table.entries().filter_map(error).collect()),
        facts: facts(table),
    }
}

/// What is under `word`, and where; nothing and the file's own place when it is missing or all of it is wrong, which has been
/// reported.
fn place<'a, T>(table: Table<'a>, word: &str, read: impl Fn(Table<'a>) -> Vec<T>) -> At<Vec<T>> {
    let Some(inner) = table.table(word) else { return At::new(Vec::new(), table.span) };
    let values = read(inner);
    let wrong = values.is_empty() && !inner.keys.is_empty();
    At::new(values, if wrong { table.span } else { inner.span })
}

fn format(entry: Entry<'_>) -> Option<Format<'_>> {
    let table = entry.table(&FORMAT);
    let kind = format_key(&entry)?;
    let table = table?;
    Some(Format {
        kind,
        span: entry.key.span,
        value: table.text("value"),
        root: table.text("root"),
        failure_root: table.text("failure-root"),
        namespace: table.text("namespace"),
        declaration: table.flag("declaration"),
        media_type: table.text("media-type"),
        nested: table.text("nested"),
        facts: facts(table),
    })
}

fn body(table: Table<'_>) -> Body<'_> {
    let format = |word: &str| match word {
        "xml" => Some(FormatKind::Xml),
        "json" => Some(FormatKind::Json),
        _ => None,
    };
    Body {
        span: table.span,
        format: table.choice("format", format).unwrap_or(At::new(FormatKind::Xml, table.span)),
        root: table.text("root"),
        namespace: table.text("namespace"),
        declaration: table.flag("declaration"),
        media_type: table.text("media-type"),
        facts: facts(table),
    }
}

fn parameter(entry: Entry<'_>) -> Option<Parameter<'_>> {
    let table = entry.table(&PARAMETER)?;
    Some(Parameter {
        member: member(entry, table),
        from: table.choice("from", provider),
        request_id: table.text("is").filter(|is| is.value == "request-id").map(|is| is.span),
        value: table.text("value"),
        field: table.text("field"),
        groups: table.array("groups"),
        except_groups: table.array("except-groups"),
    })
}

fn provider(word: &str) -> Option<Provider> {
    Some(match word {
        "request" => Provider::Request,
        "client" => Provider::Client,
        "call" => Provider::Call,
        "session" => Provider::Session,
        "format" => Provider::Format,
        "callback" => Provider::Callback,
        "operation" => Provider::Operation,
        "signature" => Provider::Signature,
        "constant" => Provider::Constant,
        "clock" => Provider::Clock,
        "nonce" => Provider::Nonce,
        _ => return None,
    })
}

fn envelope_member(entry: Entry<'_>) -> Option<EnvelopeMember<'_>> {
    let table = entry.table(&ENVELOPE)?;
    let when = |word: &str| match word {
        "success" => Some(When::Success),
        "failure" => Some(When::Failure),
        _ => None,
    };
    Some(EnvelopeMember {
        member: member(entry, table),
        role: table.choice("is", role),
        unclear: table.entry("is").is_some() && table.choice("is", role).is_none(),
        when: table.choice("on", when).map_or(When::Always, |when| when.value),
        within: table.text("within"),
        success: table.scalars("success"),
        failure: table.scalars("failure").and_then(|failure| failure.value.into_iter().next()),
    })
}

fn role(word: &str) -> Option<Role> {
    Some(match word {
        "status" => Role::Status,
        "code" => Role::Code,
        "name" => Role::Name,
        "message" => Role::Message,
        "detail" => Role::Detail,
        "request-id" => Role::RequestId,
        "operation" => Role::Operation,
        "data" => Role::Data,
        _ => return None,
    })
}

fn error(entry: Entry<'_>) -> Option<ErrorCode<'_>> {
    let table = entry.table(&ERROR)?;
    let key = entry.key.value;
    let number = key.parse::<i64>();
    if number.as_ref().is_ok_and(|number| number.to_string() != key) {
        entry.report.add(
            Fault::new(Code::Spelling, entry.key.span, format!("`{key}` is not how a number is written"))
                .expected("the number's digits, without a leading zero or `+`"),
        );
    }
    let name = table.text("name");
    let when = table.texts("when").map_or_else(Vec::new, |when| {
        when.value.iter().filter_map(|text| Some(At::new(occasion(text.value)?, text.span))).collect()
    });
    Some(ErrorCode {
        key: entry.key,
        keys: if number.is_ok() { ErrorKeys::Numbers } else { ErrorKeys::Names },
        name,
        rust: naming::pascal(name.unwrap_or(entry.key).value),
        class: table.choice("class", class),
        wire_name: table.text("wire-name"),
        message: table.text("message"),
        http: table.count("http"),
        when,
        facts: facts(table),
    })
}

fn class(word: &str) -> Option<Class> {
    Some(match word {
        "retry" => Class::Retry,
        "log-in-again" => Class::LogInAgain,
        "invalid-request" => Class::InvalidRequest,
        "give-up" => Class::GiveUp,
        _ => return None,
    })
}

fn occasion(word: &str) -> Option<ServerCondition> {
    Some(match word {
        "parameter-missing" => ServerCondition::ParameterMissing,
        "parameter-invalid" => ServerCondition::ParameterInvalid,
        "method-not-allowed" => ServerCondition::MethodNotAllowed,
        "operation-unknown" => ServerCondition::OperationUnknown,
        "session-unknown" => ServerCondition::SessionUnknown,
        "session-expired" => ServerCondition::SessionExpired,
        "signature-wrong" => ServerCondition::SignatureWrong,
        "credentials-wrong" => ServerCondition::CredentialsWrong,
        "internal" => ServerCondition::Internal,
        _ => return None,
    })
}
