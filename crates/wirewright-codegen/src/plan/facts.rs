//! What tools ask of a definition: which parameters there are, what must not be shown, and which reply leads to which call.

use super::members::needed;
use crate::model::{
    Facts, From, Group, Member, Next, Operation, Pagination, Parameter, Place, Repeat, SessionField, Type,
    TypeKind, ValueType, Vendor,
};

/// What is told of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct ParameterFacts<'v> {
    /// Its name on the wire.
    pub name: &'v str,
    /// What people wrote about it.
    pub facts: &'v Facts,
    /// Whether no call goes without it.
    pub required: bool,
    /// Whether it must not be shown.
    pub secret: bool,
    /// Whether it is a file.
    pub file: bool,
    /// Whether its value is made of several parameters.
    pub nested: bool,
    /// The values that it takes, where these are few.
    pub values: Vec<&'v str>,
}

impl<'v> ParameterFacts<'v> {
    fn new(vendor: &'v Vendor, name: &'v str, facts: &'v Facts, member: &Member) -> Self {
        let values: Vec<&str> = match described(vendor, member) {
            Some(Type { kind: TypeKind::Enumeration { values, .. }, .. }) => {
                values.iter().map(|value| value.name.wire.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let numbered = matches!(member.repeat, Repeat::List { numbered: Some(_), .. } | Repeat::Map { .. });
        // Of a list without items, parameters show nothing.
        let may_be_empty = matches!(member.repeat, Repeat::List { always: true, .. });
        let structured = match described(vendor, member) {
            Some(described) => matches!(described.kind, TypeKind::Structure(_) | TypeKind::Union { .. }),
            None => member.value == ValueType::Any,
        };
        Self {
            name,
            facts,
            required: needed(member) && !may_be_empty,
            secret: member.secret,
            file: member.value == ValueType::File,
            nested: numbered || structured,
            values,
        }
    }
}

/// What is told of an operation's own parameters.
pub struct OwnParameters<'v> {
    /// In the order of the definition; the members of a flattened structure are among them.
    pub all: Vec<ParameterFacts<'v>>,
    /// Whether there are others, of which the definition does not tell.
    pub open: bool,
}

impl<'v> OwnParameters<'v> {
    /// Those of an operation.
    pub fn new(vendor: &'v Vendor, operation: &'v Operation) -> Self {
        let mut own = Self { all: Vec::new(), open: operation.takes_more() };
        own.add(vendor, &operation.request, 0);
        own
    }

    fn add(&mut self, vendor: &'v Vendor, members: &'v [Member], depth: usize) {
        for member in members {
            let columns = matches!(member.repeat, Repeat::List { columns: true, .. });
            if member.place != Place::Flatten && !columns {
                let name = member.query.as_ref().unwrap_or(&member.name.wire);
                self.all.push(ParameterFacts::new(vendor, name, &member.facts, member));
                continue;
            }
            match described(vendor, member) {
                // A structure can be within itself.
                // Each member of an item is by itself, with the item's number behind its name.
                Some(Type { kind: TypeKind::Structure(inner), .. }) if columns => {
                    self.all.extend(inner.iter().map(|inner| {
                        let name = inner.query.as_ref().unwrap_or(&inner.name.wire);
                        let told = ParameterFacts::new(vendor, name, &inner.facts, inner);
                        ParameterFacts { required: told.required && needed(member), nested: true, ..told }
                    }));
                }
                Some(Type { kind: TypeKind::Structure(inner), .. }) if depth < 8 => {
                    self.add(vendor, inner, depth + 1);
                }
                _ => self.open = true,
            }
        }
    }
}

/// The parameters that the client or the caller provides.
pub fn common(vendor: &Vendor) -> Vec<ParameterFacts<'_>> {
    vendor.parameters.iter().filter_map(|given| provided(vendor, given)).collect()
}

fn provided<'v>(vendor: &'v Vendor, given: &'v Parameter) -> Option<ParameterFacts<'v>> {
    let (facts, member) = match &given.from {
        From::Client(member) | From::Call(member) => (&given.facts, member),
        From::Again(index) => {
            let mut clients = vendor.parameters.iter().filter_map(|other| match &other.from {
                From::Client(member) => Some((other, member)),
                _ => None,
            });
            let (other, member) = clients.nth(*index)?;
            (if given.facts.doc.is_some() { &given.facts } else { &other.facts }, member)
        }
        _ => return None,
    };
    Some(ParameterFacts::new(vendor, &given.name.wire, facts, member))
}

/// A member of replies that tells the URL of a next call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextCall<'v> {
    /// The operation whose reply has it: `group/operation`.
    pub told_by: String,
    /// The member's name in JSON.
    pub url: &'v str,
    /// The operation that is called there.
    pub operation: String,
}

/// Every one, in the order of the definition.
pub fn next_calls<'v>(vendor: &'v Vendor) -> Vec<NextCall<'v>> {
    let mut found = Vec::new();
    for (group, operation) in vendor.operations() {
        let Some(Pagination { next: Next::Url { member, .. }, opening, .. }) =
            operation.pagination.as_deref()
        else {
            continue;
        };
        let mut add = |by: Option<(&Group, &Operation)>, url: Option<&'v Member>| {
            let Some(((by_group, by), url)) = by.zip(url) else { return };
            found.push(NextCall {
                told_by: format!("{}/{}", by_group.name.wire, by.name.wire),
                url: url.json.as_ref().unwrap_or(&url.name.wire),
                operation: format!("{}/{}", group.name.wire, operation.name.wire),
            });
        };
        if let Some(opening) = opening {
            // It is a call of one kind of session.
            let session = operation.sessions.first().and_then(|session| vendor.sessions.get(*session));
            let opens = session.and_then(|session| {
                let group = vendor.groups.get(session.opens.0)?;
                Some((group, group.operations.get(session.opens.1)?))
            });
            add(opens, Some(&opening.url));
        }
        add(Some((group, operation)), Some(&member.member));
    }
    found
}

/// The names on the wire under which secrets travel, sorted.
pub fn secrets(vendor: &Vendor) -> Vec<String> {
    let mut names = Vec::new();
    let operations = vendor.operations().map(|(_, operation)| operation);
    let structures = vendor.types.iter().filter_map(|described| match &described.kind {
        TypeKind::Structure(members) => Some(members),
        _ => None,
    });
    let members = operations
        .flat_map(|operation| operation.inputs().chain(&operation.reply))
        .chain(structures.flatten())
        .chain(&vendor.failure)
        .chain(vendor.envelope.members.iter().map(|member| &member.member));
    for member in members.filter(|member| member.secret) {
        names.push(member.name.wire.clone());
        names.extend([&member.xml, &member.json, &member.query].into_iter().flatten().cloned());
        names.extend(member.also.iter().cloned());
        match &member.repeat {
            Repeat::Once => {}
            Repeat::List { item, .. } => names.extend(item.clone()),
            Repeat::Map { value, .. } => names.push(value.clone()),
        }
    }
    let clients: Vec<&Member> = vendor.parameters.iter().filter_map(|parameter| client(parameter)).collect();
    for parameter in &vendor.parameters {
        let secret = match &parameter.from {
            From::Client(member) | From::Call(member) => member.secret,
            From::Again(index) => clients.get(*index).is_some_and(|member| member.secret),
            From::Session(fields) => fields.iter().zip(&vendor.sessions).any(|(field, session)| {
                let field = field.and_then(|field| session.fields.get(field));
                field.is_some_and(|SessionField { secret, .. }| *secret)
            }),
            // Whoever has it can send the same call again.
            From::Computed(_) => true,
            From::Request | From::Format | From::Callback | From::Operation | From::Constant(_) => false,
        };
        if secret {
            names.push(parameter.name.wire.clone());
        }
    }
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    names
}

fn client(parameter: &Parameter) -> Option<&Member> {
    match &parameter.from {
        From::Client(member) => Some(member),
        _ => None,
    }
}

fn described<'v>(vendor: &'v Vendor, member: &Member) -> Option<&'v Type> {
    match member.value {
        ValueType::Type(index) => vendor.types.get(index),
        _ => None,
    }
}
