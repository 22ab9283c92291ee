//! What a definition says of one thing.

use std::cell::RefCell;

use indexmap::IndexMap;
use wirewright_codegen::model::{Member, Repeat, Role, TypeKind, ValueType, Vendor};

/// Where a definition has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// Around every reply.
    Envelope,
    /// In what one operation answers.
    Data,
    /// A parameter of all operations.
    Common,
    /// A parameter of one operation.
    Own,
}

/// What a definition says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Described {
    /// Where it is.
    pub scope: Scope,
    /// `string`, `integer`, `number`, `boolean`, `bytes`, `any`, `enumeration`, `moment`, `epoch`, `structure` or `map`.
    pub kind: &'static str,
    /// Whether there may be several.
    pub list: bool,
    /// Whether it is an attribute in XML.
    pub attribute: bool,
    /// Whether it is always there.
    pub required: bool,
    /// What it tells of a call, of a member of the envelope.
    pub role: Option<&'static str>,
    /// Who fills it in, of a common parameter.
    pub from: Option<&'static str>,
    /// Where replies have it that open sessions, of what a session keeps: `data.token.sid`, or `cookie`.
    pub given: Vec<String>,
    /// The member itself, for whoever asks whether a value fits.
    pub(crate) member: Option<Member>,
}

/// The names on the way to something, from `request` or from the format of a reply on.
pub type ShownPath = Vec<String>;

/// What a sample shows, each with what a definition says of it; `None`: nothing.
pub type ShownMembers = IndexMap<ShownPath, Option<Described>>;

/// The view of one definition.
#[derive(Debug)]
pub(crate) struct View<'v> {
    pub(crate) vendor: &'v Vendor,
    /// Values that the definition is too narrow for, each with what it says.
    pub(crate) narrow: RefCell<Vec<(ShownPath, Narrow)>>,
}

/// A value that a definition is too narrow for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Narrow {
    /// There are several, and it has one.
    Several,
    /// It is none of the values that are known.
    Value(String),
    /// It is of another type than this.
    Type(&'static str),
}

/// The word of a role.
pub(super) const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Status => "status",
        Role::Code => "code",
        Role::Name => "name",
        Role::Message => "message",
        Role::Detail => "detail",
        Role::RequestId => "request-id",
        Role::Operation => "operation",
        Role::Data => "data",
    }
}

impl<'v> View<'v> {
    /// The view of this definition.
    pub(crate) const fn new(vendor: &'v Vendor) -> Self {
        Self { vendor, narrow: RefCell::new(Vec::new()) }
    }

    /// The members of a structure, with those that are among them; none of any other type.
    pub(crate) fn structure(&self, value: &ValueType) -> Option<Vec<Member>> {
        let ValueType::Type(index) = value else { return None };
        match &self.vendor.types.get(*index)?.kind {
            TypeKind::Structure(members) => Some(members.clone()),
            TypeKind::Union { tag, content, variants } => {
                let mut members: Vec<Member> = tag.iter().chain(content).map(|name| named(name)).collect();
                for variant in variants {
                    let own = variant.content.map(ValueType::Type);
                    if tag.is_none() {
                        let value = own.unwrap_or(ValueType::String);
                        members.push(Member { value, ..named(&variant.name.wire) });
                    } else if let Some(inside) =
                        own.as_ref().filter(|_| content.is_none()).and_then(|own| self.structure(own))
                    {
                        members.extend(inside);
                    }
                }
                Some(members)
            }
            _ => None,
        }
    }

    pub(crate) fn kind(&self, member: &Member) -> &'static str {
        if matches!(member.repeat, Repeat::Map { .. }) {
            return "map";
        }
        match &member.value {
            ValueType::String | ValueType::File => "string",
            ValueType::Integer | ValueType::ClockSkew => "integer",
            ValueType::Number => "number",
            ValueType::Boolean => "boolean",
            ValueType::Bytes => "bytes",
            ValueType::Any => "any",
            ValueType::Type(index) => match self.vendor.types.get(*index).map(|own| &own.kind) {
                Some(TypeKind::Enumeration { .. }) => "enumeration",
                Some(TypeKind::Structure(_) | TypeKind::Union { .. }) => "structure",
                Some(TypeKind::DateTime(..)) => "moment",
                Some(TypeKind::Epoch(_)) => "epoch",
                _ => "string",
            },
        }
    }

    pub(crate) fn describe(&self, member: &Member, scope: Scope) -> Described {
        Described {
            scope,
            kind: self.kind(member),
            list: matches!(member.repeat, Repeat::List { .. }),
            attribute: member.place == wirewright_codegen::model::Place::Attribute,
            required: member.required,
            role: None,
            from: None,
            given: Vec::new(),
            member: Some(member.clone()),
        }
    }
}

fn named(name: &str) -> Member {
    Member::named(wirewright_codegen::model::Name { wire: name.to_owned(), rust: name.to_owned() })
}

/// A structure of no type.
pub(super) fn plain(scope: Scope) -> Described {
    Described {
        scope,
        kind: "structure",
        list: false,
        attribute: false,
        required: false,
        role: None,
        from: None,
        given: Vec::new(),
        member: None,
    }
}
