//! `[session]` and `[signature]`.

use crate::model::{EncodeSet, ParameterOrder, TextEncoding};
use crate::naming;
use crate::source::{At, Text};
use crate::words::keys::{base, base_parameters, protocol, session, session_field, signature};
use crate::words::{Key, SESSION, SESSION_FIELD, kind};

use super::common::facts;
use super::table::{Entry, Mixed, Table, unknown_word};
use super::tree::{Base, Session, SessionField, Signature};

/// The parts of a base string that are words; another one is `=` and a literal.
pub(crate) const PARTS: &[&str] = &["method", "url", "host", "path", "parameters"];

/// `[session]` and the entries of `[sessions]`.
pub(super) fn sessions(protocol: Table<'_>) -> Vec<Session<'_>> {
    let one = protocol.get(protocol::SESSION).map(|table| session(None, table));
    let kinds =
        protocol.get(protocol::SESSIONS).into_iter().flat_map(|table| table.entries()).filter_map(kind);
    one.into_iter().chain(kinds).collect()
}

fn kind(entry: Entry<'_>) -> Option<Session<'_>> {
    Some(session(Some(entry.key), entry.table(&SESSION)?))
}

fn session<'a>(key: Option<Text<'a>>, table: Table<'a>) -> Session<'a> {
    let fields = table.get(session::FIELDS).into_iter().flat_map(|fields| fields.entries());
    let fields: Vec<SessionField<'_>> = fields.filter_map(field).collect();
    Session {
        key,
        span: key.map_or(table.span, |key| key.span),
        rust: key.map_or_else(String::new, |key| naming::pascal(key.value).trim_end_matches('_').to_owned()),
        opens: table.get(session::OPENS),
        closes: table.get(session::CLOSES),
        conditional: table.get(session::CONDITIONAL),
        clock: table.get(session::CLOCK),
        numbers: fields.iter().enumerate().map(|(number, field)| (field.key.value, number)).collect(),
        fields,
        facts: facts(table),
    }
}

fn field(entry: Entry<'_>) -> Option<SessionField<'_>> {
    let table = entry.table(&SESSION_FIELD)?;
    let name = table.get(session_field::NAME);
    Some(SessionField {
        key: entry.key,
        name,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        from: table.get(session_field::FROM),
        hmac: table.get(session_field::HMAC_SHA256),
        encode: table.get(session_field::ENCODE),
        secret: table.get(session_field::SECRET),
        facts: facts(table),
    })
}

pub(super) fn signature(table: Table<'_>) -> Signature<'_> {
    let base = match table.get(signature::BASE) {
        Some(Mixed::Text(text)) => oauth1(text.span),
        Some(Mixed::Table(base)) => base_string(base),
        _ => oauth1(table.span),
    };
    Signature {
        span: table.span,
        key: table.get(signature::KEY),
        encode: table.get(signature::ENCODE).map_or(TextEncoding::Base64, |encode| encode.value),
        base,
        facts: facts(table),
    }
}

/// RFC 5849, section 3.4.1: method, URL and sorted parameters, each encoded once more.
fn oauth1<'a>(span: crate::source::Span) -> Base<'a> {
    Base {
        parts: ["method", "url", "parameters"].map(|part| At::new(part, span)).to_vec(),
        join: "&",
        encode: EncodeSet::Rfc3986,
        order: ParameterOrder::Sorted,
        parameter_encode: EncodeSet::Rfc3986,
        pair: "=",
        pairs: "&",
    }
}

fn base_string(table: Table<'_>) -> Base<'_> {
    let parameters = table.get(base::PARAMETERS);
    let text = |key: Key<kind::Text>, default| {
        parameters.and_then(|parameters| parameters.get(key)).map_or(default, |text| text.value)
    };
    let parts = table.get(base::PARTS).map_or_else(Vec::new, |parts| parts.value);
    for part in parts.iter().filter(|part| !part.value.starts_with('=') && !PARTS.contains(&part.value)) {
        let known = PARTS.iter().copied().chain(["=a literal text"]);
        table.report.add(unknown_word(table.report, *part, "parts", known));
    }
    Base {
        parts,
        join: table.get(base::JOIN).map_or("&", |join| join.value),
        encode: table.get(base::ENCODE).map_or(EncodeSet::None, |encode| encode.value),
        order: parameters
            .and_then(|parameters| parameters.get(base_parameters::ORDER))
            .map_or(ParameterOrder::Sorted, |order| order.value),
        parameter_encode: parameters
            .and_then(|parameters| parameters.get(base_parameters::ENCODE))
            .map_or(EncodeSet::Rfc3986, |encode| encode.value),
        pair: text(base_parameters::PAIR, "="),
        pairs: text(base_parameters::PAIRS, "&"),
    }
}
