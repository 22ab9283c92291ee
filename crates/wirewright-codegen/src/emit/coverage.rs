//! `coverage.rs`: a page of the crate's documentation that says what is covered, and who states it.

use std::fmt::Write as _;

use super::{
    prose::{cell, prose},
    text::Text,
};
use crate::model::{Confidence, Operation};
use crate::plan::{
    assumptions::{self, Assumption},
    context::Context,
    operations::Named,
    told::{answers_in, code, session_needs},
};
use crate::words;

/// The module, which has nothing but its page.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut text = Text::new();
    text.module_doc(&page(context));
    text.finish()
}

/// Writing it to a string cannot fail.
fn page(context: &Context<'_>) -> String {
    let vendor = context.vendor;
    let mut page = format!(
        "What is covered of the {}, operation by operation: where it is stated, and how sure that is.\n\n\
         | operation | status | methods | session | formats | confidence | source |\n|---|---|---|---|---|---|---|",
        prose(&vendor.title)
    );
    for named in &context.operations {
        row(&mut page, context, named);
    }
    page.push_str("\n\n# Confidence\n\n| confidence | meaning |\n|---|---|");
    for (word, meaning) in words::CONFIDENCE {
        let _ = write!(page, "\n| {word} | {meaning} |");
    }
    let mut assumed: Vec<_> =
        assumptions::of_protocol(vendor).into_iter().map(|assumption| (None, assumption)).collect();
    for named in &context.operations {
        let of_operation = assumptions::of_operation(vendor, named.operation);
        assumed.extend(of_operation.into_iter().map(|assumption| (Some(linked(named)), assumption)));
    }
    if !assumed.is_empty() {
        page.push_str("\n\n# Assumptions\n\nWhat the vendor's pages leave open, and what was chosen.");
        table(&mut page, assumed);
    }
    page
}

fn row(page: &mut String, context: &Context<'_>, named: &Named<'_>) {
    let operation = named.operation;
    let verbs = operation.methods.iter().map(|method| method.verb.name());
    let session = session_needs(context, operation);
    let _ = write!(
        page,
        "\n| {} | {} | {} | {session} | {} | {} | {} |",
        linked(named),
        status(context, operation),
        verbs.collect::<Vec<_>>().join(", "),
        answers_in(context.vendor, operation),
        operation.facts.confidence.map_or("", Confidence::word),
        operation.facts.source.as_deref().map(cell).unwrap_or_default().trim_end_matches('.'),
    );
}

/// Whether all of an operation is told, with the types that it is made of.
fn status(context: &Context<'_>, operation: &Operation) -> String {
    let types = assumptions::types_of(context.vendor, operation);
    let of_types = types.into_iter().filter_map(|described| {
        let missing = described.partial.as_deref()?;
        Some(format!("of {}: {}", code(&described.name.wire).replace('|', "\\|"), cell(missing)))
    });
    let missing: Vec<String> = operation.partial.as_deref().map(cell).into_iter().chain(of_types).collect();
    if missing.is_empty() { "whole".to_owned() } else { format!("partial: {}", missing.join("; ")) }
}

/// The operation's name, which leads to its module.
fn linked(named: &Named<'_>) -> String {
    format!("[`{}`]({})", named.title(), named.link())
}

/// A table of assumptions, each with the place that `of` makes of its own.
fn table<'v>(doc: &mut String, rows: impl IntoIterator<Item = (Option<String>, Assumption<'v>)>) {
    doc.push_str("\n\n| of | assumed |\n|---|---|");
    for (operation, assumption) in rows {
        let place = operation.map_or_else(String::new, |operation| format!("{operation}: "));
        let text = cell(assumption.text());
        // Writing to a string cannot fail.
        let _ = write!(doc, "\n| {place}{} | {} |", assumption.place.replace('|', "\\|"), text);
    }
}
