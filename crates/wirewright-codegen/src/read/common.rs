//! What several tables have alike.

use crate::diagnostic::{Code, Fault};
use crate::model::{Confidence, FormatKind, HttpMethod, Method, Placement, TextEncoding};
use crate::source::At;
use crate::words::{FORMATS, METHODS, PLACEMENTS};

use super::table::{Entry, Table, unknown_word};
use super::tree::{Facts, ParameterLocation};

pub(super) fn facts(table: Table<'_>) -> Facts<'_> {
    let text = |word| table.text(word).map(|text| text.value);
    Facts {
        doc: text("doc"),
        source: text("source"),
        assumption: text("assumption"),
        confidence: table.choice("confidence", confidence).map(|confidence| confidence.value),
    }
}

fn confidence(word: &str) -> Option<Confidence> {
    Some(match word {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        _ => return None,
    })
}

/// `{ GET = "query", POST = "form" }`
pub(super) fn methods(table: Table<'_>) -> Vec<At<Method>> {
    table.entries().filter_map(method).collect()
}

fn method(entry: Entry<'_>) -> Option<At<Method>> {
    let placement = entry.text("where the method carries the parameters, `query` or `form`");
    let verb = match entry.key.value {
        "GET" => HttpMethod::Get,
        "POST" => HttpMethod::Post,
        _ => {
            entry.report.add(unknown_word(
                entry.report,
                entry.key,
                "methods",
                METHODS.iter().map(|(word, _)| *word),
            ));
            return None;
        }
    };
    let placement = placement?;
    let found = match placement.value {
        "query" => Placement::Query,
        "form" => Placement::Form,
        _ => {
            let words = PLACEMENTS.iter().map(|(word, _)| *word);
            entry.report.add(unknown_word(entry.report, placement, entry.key.value, words));
            return None;
        }
    };
    if verb == HttpMethod::Get && found == Placement::Form {
        entry.report.add(
            Fault::new(Code::Contradiction, placement.span, "a GET request has no form")
                .label("no body can be sent")
                .expected("`GET = \"query\"`"),
        );
        return None;
    }
    Some(At::new(Method { verb, placement: found }, entry.key.span))
}

pub(super) fn format_kind(word: &str) -> Option<FormatKind> {
    Some(match word {
        "xml" => FormatKind::Xml,
        "json" => FormatKind::Json,
        "query" => FormatKind::Query,
        _ => return None,
    })
}

/// A format by its word; another word is a fault.
pub(super) fn format_key(entry: &Entry<'_>) -> Option<FormatKind> {
    let kind = format_kind(entry.key.value);
    if kind.is_none() {
        entry.report.add(unknown_word(
            entry.report,
            entry.key,
            "formats",
            FORMATS.iter().map(|(word, _)| *word),
        ));
    }
    kind
}

pub(super) fn location(word: &str) -> Option<ParameterLocation> {
    Some(match word {
        "parameters" => ParameterLocation::Parameters,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "host" => ParameterLocation::Host,
        _ => return None,
    })
}

pub(super) fn text_encoding(word: &str) -> Option<TextEncoding> {
    Some(match word {
        "base64" => TextEncoding::Base64,
        "base64url" => TextEncoding::Base64Url,
        "hex" => TextEncoding::Hex,
        _ => return None,
    })
}
