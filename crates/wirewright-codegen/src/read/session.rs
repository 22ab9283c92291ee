//! `[session]` and `[signature]`.

use crate::model::{EncodeSet, ParameterOrder, TextEncoding};
use crate::naming;
use crate::source::{At, Text};
use crate::words::{SESSION, SESSION_FIELD};

use super::common::{facts, text_encoding};
use super::table::{Entry, Table, unknown_word};
use super::tree::{Base, Session, SessionField, Signature};

/// The parts of a base string that are words; another one is `=` and a literal.
pub(crate) const PARTS: &[&str] = &["method", "url", "host", "path", "parameters"];

/// `[session]` and the entries of `[sessions]`.
pub(super) fn sessions(protocol: Table<'_>) -> Vec<Session<'_>> {
    let one = protocol.table("session").map(|table| session(None, table));
    let kinds = protocol.table("sessions").into_iter().flat_map(|table| table.entries()).filter_map(kind);
    one.into_iter().chain(kinds).collect()
}

fn kind(entry: Entry<'_>) -> Option<Session<'_>> {
    Some(session(Some(entry.key), entry.table(&SESSION)?))
}

fn session<'a>(key: Option<Text<'a>>, table: Table<'a>) -> Session<'a> {
    let fields = table.table("fields").into_iter().flat_map(|fields| fields.entries());
    let fields: Vec<SessionField<'_>> = fields.filter_map(field).collect();
    Session {
        key,
        span: key.map_or(table.span, |key| key.span),
        rust: key.map_or_else(String::new, |key| naming::pascal(key.value).trim_end_matches('_').to_owned()),
        opens: table.text("opens"),
        closes: table.text("closes"),
        conditional: table.flag("conditional"),
        clock: table.text("clock"),
        numbers: fields.iter().enumerate().map(|(number, field)| (field.key.value, number)).collect(),
        fields,
        facts: facts(table),
    }
}

fn field(entry: Entry<'_>) -> Option<SessionField<'_>> {
    let table = entry.table(&SESSION_FIELD)?;
    let name = table.text("name");
    Some(SessionField {
        key: entry.key,
        name,
        rust: naming::snake(name.unwrap_or(entry.key).value),
        from: table.text("from"),
        hmac: table.array("hmac-sha256"),
        encode: table.choice("encode", text_encoding),
        secret: table.flag("secret"),
        facts: facts(table),
    })
}

pub(super) fn signature(table: Table<'_>) -> Signature<'_> {
    let base = match (table.text("base"), table.table("base")) {
        (Some(text), _) => {
            if text.value != "oauth1" {
                table.report.add(unknown_word(table.report, text, "base", ["oauth1"].into_iter()));
            }
            oauth1(text.span)
        }
        (None, Some(base)) => base_string(base),
        (None, None) => oauth1(table.span),
    };
    Signature {
        span: table.span,
        key: table.text("key"),
        encode: table.choice("encode", text_encoding).map_or(TextEncoding::Base64, |encode| encode.value),
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
    let parameters = table.table("parameters");
    let text = |word, default| {
        parameters.and_then(|parameters| parameters.text(word)).map_or(default, |text| text.value)
    };
    let parts = table.array("parts").map_or_else(Vec::new, |parts| parts.value);
    for part in parts.iter().filter(|part| !part.value.starts_with('=') && !PARTS.contains(&part.value)) {
        let known = PARTS.iter().copied().chain(["=a literal text"]);
        table.report.add(unknown_word(table.report, *part, "parts", known));
    }
    Base {
        parts,
        join: table.text("join").map_or("&", |join| join.value),
        encode: table.choice("encode", encode_set).map_or(EncodeSet::None, |encode| encode.value),
        order: parameters
            .and_then(|parameters| parameters.choice("order", order))
            .map_or(ParameterOrder::Sorted, |order| order.value),
        parameter_encode: parameters
            .and_then(|parameters| parameters.choice("encode", encode_set))
            .map_or(EncodeSet::Rfc3986, |encode| encode.value),
        pair: text("pair", "="),
        pairs: text("pairs", "&"),
    }
}

fn encode_set(word: &str) -> Option<EncodeSet> {
    Some(match word {
        "none" => EncodeSet::None,
        "rfc3986" => EncodeSet::Rfc3986,
        "form" => EncodeSet::Form,
        _ => return None,
    })
}

fn order(word: &str) -> Option<ParameterOrder> {
    Some(match word {
        "sorted" => ParameterOrder::Sorted,
        "descending" => ParameterOrder::Descending,
        "wire" => ParameterOrder::Wire,
        _ => return None,
    })
}
