//! What a definition chose where the vendor's pages leave a rule open, and what it inferred.

use std::collections::{HashSet, VecDeque};

use super::told::{code, format_name};
use crate::model::{Confidence, Facts, Member, Operation, Type, TypeKind, ValueType, Vendor};

/// Something that no page states, and where it is.
pub struct Assumption<'v> {
    /// Of what it is, in words: names are code between backticks.
    pub place: String,
    /// What the definition says that it assumed. `None`: it says that it inferred the whole.
    pub assumed: Option<&'v str>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
}

impl Assumption<'_> {
    /// What is assumed, in the words of the definition.
    pub fn text(&self) -> &str {
        self.assumed.unwrap_or("It is inferred; no page says it.")
    }
}

/// Those about what all operations share. The types are told with the operations that use them.
pub fn of_protocol(vendor: &Vendor) -> Vec<Assumption<'_>> {
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
pub fn of_operation<'v>(vendor: &'v Vendor, operation: &'v Operation) -> Vec<Assumption<'v>> {
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
pub fn types_of<'v>(vendor: &'v Vendor, operation: &Operation) -> Vec<&'v Type> {
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

fn named(what: &str, name: &str) -> String {
    format!("{what} {}", code(name))
}

#[derive(Default)]
struct Found<'v> {
    all: Vec<Assumption<'v>>,
}

impl<'v> Found<'v> {
    fn add(&mut self, place: impl Fn() -> String, facts: &'v Facts) {
        let assumed = facts.assumption.as_deref();
        if assumed.is_some() || facts.confidence == Some(Confidence::Low) {
            self.all.push(Assumption { place: place(), assumed, confidence: facts.confidence });
        }
    }

    fn kind(&mut self, described: &'v Type) {
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
