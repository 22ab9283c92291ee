//! What several tables have alike.

use crate::diagnostic::{Code, Fault};
use crate::model::{FormatKind, HttpMethod, Method, Placement};
use crate::source::At;
use crate::words::keys::facts;
use crate::words::{Formats, Key, Methods, Placements, kind};

use super::table::{Entry, Table, known};
use super::tree::Facts;

pub(super) fn facts<'a>(table: Table<'_, 'a>) -> Facts<'a> {
    let text = |key: Key<kind::Text>| table.get(key).map(|text| text.value);
    Facts {
        doc: text(facts::DOC),
        source: text(facts::SOURCE),
        assumption: text(facts::ASSUMPTION),
        confidence: table.get(facts::CONFIDENCE).map(|confidence| confidence.value),
    }
}

/// `{ GET = "query", POST = "form" }`
pub(super) fn methods(table: Table<'_, '_>) -> Vec<At<Method>> {
    table.entries().filter_map(method).collect()
}

fn method(entry: Entry<'_, '_>) -> Option<At<Method>> {
    let placement = entry.text("where the method carries the parameters, `query`, `form` or `form-or-query`");
    let verb = known::<Methods>(entry.report, entry.key, "methods")?.value;
    let placement = placement?;
    let found = known::<Placements>(entry.report, placement, entry.key.value)?.value;
    if matches!(verb, HttpMethod::Get | HttpMethod::Delete) && found != Placement::Query {
        let verb = entry.key.value;
        entry.report.add(
            Fault::new(Code::RequestBody, placement.span, format!("a {verb} request has no form"))
                .label("no body can be sent")
                .expected(format!("`{verb} = \"query\"`")),
        );
        return None;
    }
    Some(At::new(Method { verb, placement: found }, entry.key.span))
}

/// A format by its word; another word is a fault.
pub(super) fn format_key(entry: &Entry<'_, '_>) -> Option<FormatKind> {
    known::<Formats>(entry.report, entry.key, "formats").map(|kind| kind.value)
}
