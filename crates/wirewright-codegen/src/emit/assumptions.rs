//! What a definition chose where the vendor's pages leave a rule open, and what it inferred.

use std::collections::{HashSet, VecDeque};
use std::fmt::Write as _;

use super::{
    prose::{cell, code},
    summary::format_name,
};
use crate::model::{Confidence, Facts, Member, Operation, Type, TypeKind, ValueType, Vendor};

/// Something that no page states, and where it is.
pub(super) struct Assumption {
    /// As Markdown for a cell.
    place: String,
    /// The same.
    text: String,
}

/// Those about what all operations share. The types are told with the operations that use them.
pub(super) fn of_protocol(vendor: &Vendor) -> Vec<Assumption> {
    let mut found = Found::default();
    found.add(|| "the API".to_owned(), &vendor.facts);
    if let Some(body) = &vendor.body {
        found.add(|| "the body of requests".to_owned(), &body.facts);
    }
    for format in &vendor.formats {
        found.add(|| format!("the format {}", format_name(format.kind)), &format.facts);
    }
    for parameter in &vendor.parameters {
        found.add(|| named("the parameter", &parameter.name.wire), &parameter.facts);
    }
    for one in &vendor.envelope.members {
        found.add(|| format!("{} of the envelope", code(&one.member.name.wire)), &one.member.facts);
    }
    for session in &vendor.sessions {
        let what = if session.rust.is_empty() {
            "the session".to_owned()
        } else {
            named("the session", &session.name)
        };
        found.add(|| what.clone(), &session.facts);
        for field in &session.fields {
            found.add(|| format!("{} of {what}", code(&field.name.wire)), &field.facts);
        }
    }
    for computed in &vendor.computed {
        found.add(|| format!("the computed value {}", code(&computed.name)), &computed.facts);
    }
    for error in &vendor.errors {
        found.add(|| named("the error", &error.key), &error.facts);
    }
    found.all
}

/// Those about an operation, its parameters, its reply, the data of its errors, and the types of all of them.
pub(super) fn of_operation(vendor: &Vendor, operation: &Operation) -> Vec<Assumption> {
    let mut found = Found::default();
    found.add(|| "the operation".to_owned(), &operation.facts);
    for (side, members) in sides(operation) {
        for member in members {
            found.add(|| format!("{} of the {side}", code(&member.name.wire)), &member.facts);
        }
    }
    for described in types_of(vendor, operation) {
        found.kind(described);
    }
    found.all
}

/// The types of an operation's parameters, reply and errors, and those that these are made of, each once.
pub(super) fn types_of<'v>(vendor: &'v Vendor, operation: &Operation) -> Vec<&'v Type> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut next: VecDeque<usize> =
        sides(operation).into_iter().flat_map(|(_, members)| named_types(members)).collect();
    while let Some(index) = next.pop_front() {
        let Some(described) = vendor.types.get(index).filter(|_| seen.insert(index)) else { continue };
        found.push(described);
        match &described.kind {
            TypeKind::Structure(members) => next.extend(named_types(members)),
            TypeKind::Union { variants, .. } => {
                next.extend(variants.iter().filter_map(|variant| variant.content));
            }
            _ => {}
        }
    }
    found
}

fn sides(operation: &Operation) -> [(&'static str, &[Member]); 4] {
    [
        ("request", &operation.request),
        ("body", operation.body.as_deref().unwrap_or_default()),
        ("reply", &operation.reply),
        ("data of an error", &operation.failure),
    ]
}

fn named_types(members: &[Member]) -> impl Iterator<Item = usize> {
    members.iter().filter_map(|member| match member.value {
        ValueType::Type(index) => Some(index),
        _ => None,
    })
}

/// A table of assumptions, each with the place that `of` makes of its own.
pub(super) fn table(doc: &mut String, rows: impl IntoIterator<Item = (Option<String>, Assumption)>) {
    doc.push_str("\n\n| of | assumed |\n|---|---|");
    for (operation, assumption) in rows {
        let place = operation.map_or_else(String::new, |operation| format!("{operation}: "));
        // Writing to a string cannot fail.
        let _ = write!(doc, "\n| {place}{} | {} |", assumption.place.replace('|', "\\|"), assumption.text);
    }
}

fn named(what: &str, name: &str) -> String {
    format!("{what} {}", code(name))
}

#[derive(Default)]
struct Found {
    all: Vec<Assumption>,
}

impl Found {
    fn add(&mut self, place: impl Fn() -> String, facts: &Facts) {
        let text = match (&facts.assumption, facts.confidence) {
            (Some(assumption), _) => cell(assumption),
            (None, Some(Confidence::Low)) => "It is inferred; no page says it.".to_owned(),
            _ => return,
        };
        self.all.push(Assumption { place: place(), text });
    }

    fn kind(&mut self, described: &Type) {
        let of = |name: &str| named(&format!("{} of", code(name)), &described.name.wire);
        self.add(|| named("the type", &described.name.wire), &described.facts);
        match &described.kind {
            TypeKind::Enumeration { values, .. } => {
                for value in values {
                    self.add(|| of(&value.name.wire), &value.facts);
                }
            }
            TypeKind::Structure(members) => {
                for member in members {
                    self.add(|| of(&member.name.wire), &member.facts);
                }
            }
            TypeKind::Union { variants, .. } => {
                for variant in variants {
                    self.add(|| of(&variant.name.wire), &variant.facts);
                }
            }
            TypeKind::DateTime(..)
            | TypeKind::Epoch(_)
            | TypeKind::Separated { .. }
            | TypeKind::Text
            | TypeKind::Formed(_) => {}
        }
    }
}
