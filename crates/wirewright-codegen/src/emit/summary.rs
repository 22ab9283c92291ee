//! What an operation needs, in a few words, for tables.

use super::prose::code;
use crate::model::{FormatKind, Operation, Vendor};
use crate::plan::context::Context;

/// What an operation says about sessions, in a few words for a table.
pub(super) fn session_needs(context: &Context<'_>, operation: &Operation) -> String {
    let kinds: Vec<_> = operation.sessions.iter().map(|&kind| &context.kinds[kind]).collect();
    let names =
        kinds.iter().map(|kind| if kind.is_named() { code(&kind.session.name) } else { "needed".to_owned() });
    let mut needs = names.collect::<Vec<_>>().join(", ");
    if operation.sessionless && !kinds.is_empty() {
        needs =
            if kinds.iter().any(|kind| kind.is_named()) { needs + ", none" } else { "optional".to_owned() };
    }
    if operation.signed {
        let signed: Vec<_> = kinds.iter().filter(|kind| kind.keyed).collect();
        if signed.len() == kinds.len() && !operation.sessionless {
            needs.push_str("; signed");
        } else {
            let names: Vec<_> = signed.iter().map(|kind| code(&kind.session.name)).collect();
            needs = format!("{needs}; signed in {}", names.join(", "));
        }
    }
    needs
}

/// What an operation answers in, for people.
pub(super) fn answers_in(vendor: &Vendor, operation: &Operation) -> String {
    if operation.raw.is_some() {
        return "no envelope".to_owned();
    }
    let formats = operation.formats.iter().filter_map(|&format| vendor.formats.get(format));
    formats.map(|format| format_name(format.kind)).collect::<Vec<_>>().join(", ")
}

/// What people call a format.
pub(super) const fn format_name(format: FormatKind) -> &'static str {
    match format {
        FormatKind::Xml => "XML",
        FormatKind::Json => "JSON",
        FormatKind::Query => "query string",
    }
}
