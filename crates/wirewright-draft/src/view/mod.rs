//! What a definition says of the things that a sample shows: the other way round from drafting.
//!
//! The drift check and the benchmark stand on it: the one asks what a sample has that a definition does not know, the other whether two
//! definitions say the same of it.

mod members;
mod narrow;
mod requests;

use std::cell::RefCell;

use indexmap::IndexMap;
use wirewright_codegen::model::{
    EnvelopeMember, FormatKind, Member, OPERATION, Operation, Repeat, Role, TypeKind, ValueType, Vendor,
};

use crate::{
    infer::sample::format_name,
    tree::{Document, Field, Node},
};
use members::name_in;
pub(crate) use requests::operation_of;

/// Where a definition has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Whereabouts {
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
    pub whereabouts: Whereabouts,
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
    /// The member itself, for whoever asks whether a value fits.
    pub(crate) member: Option<Member>,
}

/// The names on the way to something, from `request` or from the format of a reply on.
pub type Sight = Vec<String>;

/// What a sample shows, each with what a definition says of it; `None`: nothing.
pub type Sights = IndexMap<Sight, Option<Described>>;

/// The view of one definition.
#[derive(Debug)]
pub(crate) struct View<'v> {
    pub(crate) vendor: &'v Vendor,
    /// Values that the definition is too narrow for, each with what it says.
    pub(crate) narrow: RefCell<Vec<(Sight, Narrow)>>,
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
const fn role_word(role: Role) -> &'static str {
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

    pub(crate) fn describe(&self, member: &Member, whereabouts: Whereabouts) -> Described {
        Described {
            whereabouts,
            kind: self.kind(member),
            list: matches!(member.repeat, Repeat::List { .. }),
            attribute: member.place == wirewright_codegen::model::Place::Attribute,
            required: member.required,
            role: None,
            from: None,
            member: Some(member.clone()),
        }
    }

    /// What the definition says of a reply: of each member that it shows.
    pub(crate) fn reply(&self, operation: &Operation, format: FormatKind, document: &Document) -> Sights {
        let mut sights = Sights::new();
        let mut node = &document.node;
        let root =
            self.vendor.formats.iter().find(|own| own.kind == format).and_then(|own| own.root.as_deref());
        if format == FormatKind::Json
            && let (Some(root), Node::Object(fields)) = (root, node)
            && let [field] = fields.as_slice()
            && field.name == root.replace(OPERATION, &operation.wire_name)
        {
            node = &field.node;
        }
        let Node::Object(fields) = node else { return sights };
        let path = vec![format_name(format).to_owned()];
        let envelope = &self.vendor.envelope;
        let data: Vec<Member> = operation
            .reply
            .iter()
            .chain(&self.vendor.failure)
            .filter(|member| member.location == wirewright_codegen::model::ParameterLocation::Parameters)
            .cloned()
            .collect();
        for field in fields {
            let mut own = path.clone();
            own.push(field.name.clone());
            let wrapper = envelope.wrappers.iter().position(|wrapper| wrapper.wire == field.name);
            if let Some(wrapper) = wrapper {
                sights.insert(own.clone(), Some(plain(Whereabouts::Envelope)));
                let inner: Vec<&EnvelopeMember> = envelope
                    .members
                    .iter()
                    .filter(|member| member.within == Some(wrapper) && member.told.is_none())
                    .collect();
                for inside in field.node.items().iter().filter_map(Node::fields).flatten() {
                    self.of_envelope(&inner, inside, format, &own, &mut sights);
                }
                continue;
            }
            let top: Vec<&EnvelopeMember> = envelope
                .members
                .iter()
                .filter(|member| member.within.is_none() && member.told.is_none())
                .collect();
            let is_data = |member: &&&EnvelopeMember| {
                member.role == Some(Role::Data)
                    && name_in(&member.member, format).replace(OPERATION, &operation.wire_name) == field.name
            };
            if let Some(member) = top.iter().find(is_data) {
                let described = self.describe(&member.member, Whereabouts::Envelope);
                sights.insert(
                    own.clone(),
                    Some(Described { role: Some("data"), kind: "structure", ..described }),
                );
                for node in field.node.items() {
                    self.members(&data, node, format, &own, Whereabouts::Data, &mut sights);
                }
            } else if !self.of_envelope(&top, field, format, &path, &mut sights) {
                let single = Node::Object(vec![field.clone()]);
                self.members(&data, &single, format, &path, Whereabouts::Data, &mut sights);
            }
        }
        sights
    }

    /// A member of the envelope, and what is in it. `false`: there is none of this name.
    fn of_envelope(
        &self,
        members: &[&EnvelopeMember],
        field: &Field,
        format: FormatKind,
        path: &[String],
        sights: &mut Sights,
    ) -> bool {
        for member in members {
            // What is among the others has its members here.
            let flattened = member.member.flat_in.contains(&format)
                || member.member.place == wirewright_codegen::model::Place::Flatten;
            let (list, of) = match self.structure(&member.member.value).filter(|_| flattened) {
                Some(inside) => (inside, true),
                None => (vec![member.member.clone()], false),
            };
            let Some(found) = list.iter().find(|own| members::is_named(own, field, format)) else { continue };
            let single = Node::Object(vec![field.clone()]);
            self.members(std::slice::from_ref(found), &single, format, path, Whereabouts::Envelope, sights);
            let mut own = path.to_vec();
            own.push(field.name.clone());
            let role = if of { self.told(member, found) } else { member.role };
            if let Some(Some(described)) = sights.get_mut(&own) {
                described.role = role.map(role_word);
            }
            if !of {
                self.tell(member, &own, format, sights);
            }
            return true;
        }
        false
    }

    /// What a member of a structure in the envelope tells.
    fn told(&self, around: &EnvelopeMember, member: &Member) -> Option<Role> {
        let envelope = &self.vendor.envelope.members;
        let by = envelope.iter().position(|own| std::ptr::eq(own, around))?;
        let inside = self.structure(&around.member.value)?;
        let at = inside.iter().position(|own| own.name.wire == member.name.wire)?;
        let told =
            envelope.iter().find(|own| own.told.is_some_and(|told| told.by == by && told.member == at))?;
        told.role
    }

    /// Gives the members of a structure in the envelope the roles that they tell.
    fn tell(&self, member: &EnvelopeMember, path: &[String], format: FormatKind, sights: &mut Sights) {
        for inside in self.structure(&member.member.value).unwrap_or_default() {
            let mut own = path.to_vec();
            own.push(members::shown_name(&inside, format));
            if let (Some(role), Some(Some(described))) = (self.told(member, &inside), sights.get_mut(&own)) {
                described.role = Some(role_word(role));
            }
        }
    }
}

fn named(name: &str) -> Member {
    Member::named(wirewright_codegen::model::Name { wire: name.to_owned(), rust: name.to_owned() })
}

/// A structure of no type.
fn plain(whereabouts: Whereabouts) -> Described {
    Described {
        whereabouts,
        kind: "structure",
        list: false,
        attribute: false,
        required: false,
        role: None,
        from: None,
        member: None,
    }
}
