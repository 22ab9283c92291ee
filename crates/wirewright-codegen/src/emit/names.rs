//! How a model's members and types are spelled in generated Rust.

use std::collections::HashSet;

use super::{
    apis::{self, Api},
    cycles::cycles,
    described::Defaults,
    envelope::{self, Variant},
    kinds::{Choices, Kind},
    operations::{self, Named},
    wrapper,
};
use crate::check::is_xml_name;
use crate::model::{From, Member, Name, Place, Repeat, TypeKind, ValueType, Vendor};

/// What every file of one vendor needs to know about its types and operations.
pub(super) struct Context<'v> {
    pub(super) vendor: &'v Vendor,
    /// Every operation, in the order of the definition.
    pub(super) operations: Vec<Named<'v>>,
    /// The envelopes that the operations use.
    pub(super) envelopes: Vec<Variant>,
    /// The index of the envelope of refused calls whose operation nobody knows.
    pub(super) unknown_envelope: usize,
    /// The type of each of the envelope's wrappers.
    pub(super) wrappers: Vec<String>,
    /// The kinds of session, in the order of the definition.
    pub(super) kinds: Vec<Kind<'v>>,
    /// What operations can be called with, where that is several kinds.
    pub(super) choices: Choices,
    /// The types that describe what operations share: the usual one first.
    pub(super) apis: Vec<Api>,
    /// What most operations have in common.
    pub(super) defaults: Defaults,
    /// For each type, the number of its cycle: two types with one number contain each other.
    cycles: Vec<usize>,
}

/// Where a type is spelled: the types' own module knows them without a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Types(usize),
    Elsewhere,
}

impl<'v> Context<'v> {
    pub(super) fn new(vendor: &'v Vendor) -> Self {
        let mut operations = operations::named(vendor);
        let mut names = Unique::default();
        let wrappers = wrapper::names(vendor, &mut names);
        let (envelopes, unknown_envelope) = envelope::variants(vendor, &mut operations, &mut names);
        let kinds = Kind::all(vendor);
        let choices = Choices::new(vendor, &kinds);
        let apis = apis::all(&operations, &envelopes, unknown_envelope);
        let context = Self {
            vendor,
            operations,
            envelopes,
            unknown_envelope,
            kinds,
            choices,
            apis,
            defaults: Defaults::default(),
            wrappers,
            cycles: cycles(vendor),
        };
        Self { defaults: Defaults::new(&context), ..context }
    }

    /// The type that describes what an operation shares with others.
    pub(super) fn api(&self, named: &Named<'_>) -> &str {
        let is = |api: &&Api| (api.envelope, api.failed_envelope) == (named.envelope, named.failed_envelope);
        self.apis.iter().find(is).map_or("Api", |api| &api.name)
    }

    /// Whether an operation neither opens nor closes a session of some kind.
    pub(super) fn is_ordinary(&self, named: &Named<'_>) -> bool {
        self.opened_by(named).is_none() && !self.kinds.iter().any(|kind| self.closes(kind, named))
    }

    /// Whether an operation closes sessions of this kind.
    pub(super) fn closes(&self, kind: &Kind<'_>, named: &Named<'_>) -> bool {
        kind.session.closes.is_some_and(|closes| self.operation(closes).function == named.function)
    }

    /// The name of the crate in Rust.
    pub(super) fn crate_name(&self) -> String {
        self.vendor.package.replace('-', "_")
    }

    /// The operations that a session's life begins and ends with.
    pub(super) fn operation(&self, (group, operation): (usize, usize)) -> &Named<'v> {
        let before: usize = self.vendor.groups.iter().take(group).map(|group| group.operations.len()).sum();
        &self.operations[before + operation]
    }

    /// The kind of session that an operation opens.
    pub(super) fn opened_by(&self, named: &Named<'_>) -> Option<&Kind<'v>> {
        self.kinds.iter().find(|kind| self.operation(kind.session.opens).function == named.function)
    }

    /// Whether a member hides values of this type.
    pub(super) fn is_hidden(&self, index: usize) -> bool {
        let vendor = self.vendor;
        let of_types = vendor.types.iter().filter_map(|described| match &described.kind {
            TypeKind::Structure(members) => Some(members),
            _ => None,
        });
        let operations = vendor.groups.iter().flat_map(|group| &group.operations);
        let of_operations = operations.flat_map(|operation| {
            let sides = [Some(&operation.request), operation.body.as_ref(), Some(&operation.reply)];
            sides.into_iter().flatten()
        });
        let parameters = vendor.parameters.iter().filter_map(|parameter| match &parameter.from {
            From::Client(member) | From::Call(member) => Some(member),
            _ => None,
        });
        let envelope = vendor.envelope.members.iter().map(|one| &one.member);
        let members = of_types.chain(of_operations).chain([&vendor.failure]).flatten();
        members
            .chain(parameters)
            .chain(envelope)
            .any(|member| member.secret && member.value == ValueType::Type(index))
    }

    /// The Rust type of one value of a member, without `Option` or list.
    pub(super) fn value_type(&self, value: &ValueType, scope: Scope) -> String {
        match value {
            ValueType::String => "String".to_owned(),
            ValueType::Integer => "i64".to_owned(),
            ValueType::Number => "f64".to_owned(),
            ValueType::Boolean => "bool".to_owned(),
            ValueType::Bytes => "Blob".to_owned(),
            ValueType::File => "File".to_owned(),
            ValueType::Any => "wire::Document".to_owned(),
            ValueType::Type(index) => {
                let name = &self.vendor.types[*index].name.rust;
                if scope == Scope::Elsewhere { format!("types::{name}") } else { name.clone() }
            }
        }
    }

    /// The Rust type of a member without the `Option` of an absent one.
    pub(super) fn inner_type(&self, member: &Member, scope: Scope) -> String {
        let mut inner = self.value_type(&member.value, scope);
        if member.secret {
            inner = format!("Secret<{inner}>");
        }
        match &member.repeat {
            Repeat::Once if self.boxed(&member.value, scope) => format!("Box<{inner}>"),
            Repeat::Once => inner,
            Repeat::List { .. } if member.empty_is_absent => format!("Vec<Option<{inner}>>"),
            Repeat::List { .. } => format!("Vec<{inner}>"),
            Repeat::Map { .. } => format!("BTreeMap<String, {inner}>"),
        }
    }

    /// The Rust type of a member.
    pub(super) fn member_type(&self, member: &Member, scope: Scope) -> String {
        let inner = self.inner_type(member, scope);
        if optional(member) { format!("Option<{inner}>") } else { inner }
    }

    /// Whether a value of this type, inside the type of `scope`, would make it infinitely large.
    pub(super) fn boxed(&self, value: &ValueType, scope: Scope) -> bool {
        match (value, scope) {
            (ValueType::Type(inner), Scope::Types(outer)) => self.cycles[*inner] == self.cycles[outer],
            _ => false,
        }
    }
}

/// Whether a member is an `Option`: a list and a map are empty instead.
pub(super) fn optional(member: &Member) -> bool {
    (!member.required || member.filled.is_some()) && member.repeat == Repeat::Once
}

/// Whether a value can be made without this member.
pub(super) fn needed(member: &Member) -> bool {
    member.required && member.filled.is_none()
}

/// A Rust name without its raw mark, to be part of another name.
pub(super) fn plain(rust: &str) -> &str {
    rust.trim_start_matches("r#")
}

/// A Rust name as a part of another one: `self_` -> `self`.
pub(super) fn part(rust: &str) -> &str {
    plain(rust).trim_end_matches('_')
}

/// The `#[wire(...)]` attribute of a member, if it needs one.
pub(super) fn wire_attribute(member: &Member) -> Option<String> {
    let mut words = Vec::new();
    if member.place != Place::Flatten && plain(&member.name.rust) != member.name.wire {
        words.push(format!("name = {:?}", member.name.wire));
    }
    for (format, name) in [("xml", &member.xml), ("json", &member.json), ("query", &member.query)] {
        if let Some(name) = name {
            words.push(format!("{format} = {name:?}"));
        }
    }
    // Only parameters have such names, and no parameter is ever written in XML; the derive insists on a name nevertheless.
    if matches!(member.place, Place::Element | Place::Attribute)
        && !is_xml_name(member.xml.as_ref().unwrap_or(&member.name.wire))
    {
        words.push(format!("xml = {:?}", format!("_.{}", plain(&member.name.rust))));
    }
    match member.place {
        Place::Element => {}
        Place::Attribute => words.push("attribute".to_owned()),
        Place::Text => words.push("text".to_owned()),
        Place::Flatten => words.push("flatten".to_owned()),
    }
    // A value of any form may be empty, and is there all the same.
    if member.value == ValueType::Any && needed(member) {
        words.push("required".to_owned());
    }
    if let Some((yes, no)) = &member.boolean {
        let spelled = no.as_ref().map_or_else(|| "presence".to_owned(), |no| format!("{yes}/{no}"));
        words.push(format!("boolean = {spelled:?}"));
    }
    match member.also.as_slice() {
        [] => {}
        also => words.push(format!("also = {also:?}")),
    }
    if member.empty_is_absent && member.repeat == Repeat::Once {
        words.push("empty_is_absent".to_owned());
    }
    match &member.repeat {
        Repeat::Once => {}
        Repeat::List { item, joined, numbered, always } => {
            let mut forms = Vec::new();
            forms.extend(item.as_ref().map(|item| format!("item = {item:?}")));
            forms.extend(joined.as_ref().map(|joined| format!("joined = {joined:?}")));
            if let Some((infix, first)) = numbered {
                forms.push(if infix.is_empty() {
                    "numbered".to_owned()
                } else {
                    format!("numbered = {infix:?}")
                });
                if *first != 1 {
                    forms.push(format!("first = {first}"));
                }
            }
            let flags = [
                ("required", member.required),
                ("always", *always),
                ("empty_is_absent", member.empty_is_absent),
            ];
            forms.extend(flags.iter().filter(|(_, said)| *said).map(|(word, _)| (*word).to_owned()));
            if !forms.is_empty() {
                words.push(format!("list({})", forms.join(", ")));
            }
        }
        Repeat::Map { entry: None, key, .. } if key.is_empty() => words.push("map(keyed)".to_owned()),
        Repeat::Map { entry: None, key, value } => {
            words.push(format!("map(flat, key = {key:?}, value = {value:?})"));
        }
        Repeat::Map { entry: Some(entry), key, value } => {
            words.push(format!("map(entry = {entry:?}, key = {key:?}, value = {value:?})"));
        }
    }
    (!words.is_empty()).then(|| format!("#[wire({})]", words.join(", ")))
}

/// A name for a Rust item that is made of several names: `session`, `login` -> `session_login`.
pub(super) fn joined(names: &[&Name]) -> String {
    names.iter().map(|name| part(&name.rust)).collect::<Vec<_>>().join("_")
}

/// Names that must differ from each other.
#[derive(Default)]
pub(super) struct Unique(HashSet<String>);

impl Unique {
    /// `name`, or `name_2` and so on where it is taken.
    pub(super) fn take(&mut self, name: String) -> String {
        if self.0.insert(name.clone()) {
            return name;
        }
        let mut number = 2;
        while !self.0.insert(format!("{name}_{number}")) {
            number += 1;
        }
        format!("{name}_{number}")
    }
}

/// `ClientParameters` -> `client_parameters`.
pub(super) fn snake(pascal: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in pascal.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// `client_login` -> `ClientLogin`.
pub(super) fn pascal(snake: &str) -> String {
    snake
        .split('_')
        .filter_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
        })
        .collect()
}
