//! What is around every reply: the envelopes that a vendor's operations have, and who shows which member.

use super::{
    kinds,
    members::{needed, optional},
    names::{Unique, pascal, plain},
    operations::Named,
};
use crate::model::{
    EnvelopeMember, ErrorCode, ErrorKeys, Facts, Format, From, Member, Name, OPERATION, Operation, Place,
    Repeat, Role, ServerCondition, TypeKind, ValueType, Vendor, When,
};

/// An envelope with the reply's data in one place among the other members.
pub struct Variant {
    /// The type's name: `Envelope` for the usual one.
    pub name: String,
    /// What it is like on the wire.
    pub look: Look,
}

/// What an envelope is like on the wire.
#[derive(Clone, PartialEq)]
pub struct Look {
    /// Indices of the envelope's members.
    pub order: Vec<usize>,
    /// What is where names have the operation's; empty where none do, or no operation is known.
    pub operation: String,
    /// The namespace of its operations, where it is not the format's.
    pub namespace: Option<String>,
    /// Whether it is a refused call's, where those have a root of their own.
    pub refused: bool,
}

impl Variant {
    /// Indices of the envelope's members.
    pub fn order(&self) -> &[usize] {
        &self.look.order
    }

    /// A name with the operation's in it.
    pub fn name_of(&self, template: &str) -> String {
        template.replace(OPERATION, &self.look.operation)
    }

    /// The root in one of the formats.
    pub fn root(&self, format: &Format) -> Option<String> {
        let refused = format.failure_root.as_ref().filter(|_| self.look.refused);
        refused.or(format.root.as_ref()).map(|root| self.name_of(root))
    }
}

/// The envelopes of refused calls whose operation nobody knows, and of operations, each of which is told which are its own. The number
/// is that of the former.
pub fn variants(vendor: &Vendor, operations: &mut [Named<'_>], names: &mut Unique) -> (Vec<Variant>, usize) {
    let refused = vendor.formats.iter().any(|format| format.failure_root.is_some());
    let [answers_named, failures_named] = [false, true].map(|refused| named_by_operation(vendor, refused));
    let look = Look {
        order: (0..vendor.envelope.members.iter().filter(|one| one.told.is_none()).count()).collect(),
        operation: String::new(),
        namespace: None,
        refused: false,
    };
    let mut variants: Vec<Variant> = Vec::new();
    let mut index = |look: Look, start: &str| {
        let known = variants.iter().position(|variant| variant.look == look);
        known.unwrap_or_else(|| {
            let end = if look.refused { "FailedEnvelope" } else { "Envelope" };
            let start = if start.is_empty() { String::new() } else { pascal(plain(start)) };
            variants.push(Variant { name: names.take(start + end), look });
            variants.len() - 1
        })
    };
    let unknown = index(Look { refused, ..look.clone() }, "");
    for named in operations {
        let operation = named.operation;
        let mut of_operation = |named_by: bool, refused| {
            let usual = Look { refused, ..look.clone() };
            let of_group = Look { namespace: operation.namespace.clone(), ..usual.clone() };
            let own = Look {
                order: operation.order.clone(),
                operation: if named_by { operation.wire_name.clone() } else { String::new() },
                ..of_group.clone()
            };
            let start = if own == usual {
                ""
            } else if own == of_group {
                &named.group.name.rust
            } else {
                &named.method
            };
            index(own, start)
        };
        let envelopes = (of_operation(answers_named, false), of_operation(failures_named, refused));
        (named.envelope, named.failed_envelope) = envelopes;
    }
    (variants, unknown)
}

/// Whether a root, or the reply's place, has the operation's name in it.
fn named_by_operation(vendor: &Vendor, refused: bool) -> bool {
    let failure_root = |format: &Format| format.failure_root.clone().filter(|_| refused);
    let roots: Vec<Option<String>> =
        vendor.formats.iter().map(|format| failure_root(format).or(format.root.clone())).collect();
    let places = vendor.envelope.members.iter().filter(|member| member.role == Some(Role::Data));
    let places = places.map(|place| &place.member).flat_map(|member| {
        [Some(&member.name.wire), member.xml.as_ref(), member.json.as_ref(), member.query.as_ref()]
    });
    let mut names = roots.iter().map(Option::as_ref).chain(places).flatten();
    names.any(|name| name.contains(OPERATION))
}

/// The member of the reply as it is in every envelope: called `data`, and spliced where its name is `*`.
pub fn data_member(member: &Member, variant: &Variant) -> Member {
    let rename = |name: &mut String| {
        *name = variant.name_of(name);
        // Where no operation is known there is no reply either; a name is there all the same.
        if name.is_empty() {
            "data".clone_into(name);
        }
    };
    let mut data = member.clone();
    rename(&mut data.name.wire);
    "data".clone_into(&mut data.name.rust);
    let is_spliced = data.name.wire == "*";
    data.with(|details| {
        [&mut details.xml, &mut details.json, &mut details.query].into_iter().flatten().for_each(rename);
        if is_spliced {
            details.place = Place::Flatten;
        }
    })
}

/// The member of a role on replies of one kind; one that stands only there is preferred.
pub fn of_role(vendor: &Vendor, role: Role, when: When) -> Option<&EnvelopeMember> {
    let members = || vendor.envelope.members.iter().filter(move |member| member.role == Some(role));
    members()
        .find(|member| member.when == when)
        .or_else(|| members().find(|member| member.when == When::Always))
}

/// What a successful answer shows.
pub fn answer_members(vendor: &Vendor) -> impl Iterator<Item = &EnvelopeMember> {
    let members = vendor.envelope.members.iter();
    members.filter(|member| member.when != When::Failure && member.role != Some(Role::Data))
}

/// What a failure shows beside its code and data.
pub fn failure_members(vendor: &Vendor) -> impl Iterator<Item = &EnvelopeMember> {
    let members = vendor.envelope.members.iter();
    members.filter(|member| {
        member.when != When::Success
            && !matches!(member.role, Some(Role::Data | Role::Status | Role::Code | Role::Operation))
    })
}

/// Whether a reader looks at this member.
pub fn is_read(vendor: &Vendor, member: &EnvelopeMember) -> bool {
    let code = of_role(vendor, Role::Code, When::Failure);
    let mut read = answer_members(vendor).chain(failure_members(vendor)).chain(code);
    read.any(|read| std::ptr::eq(read, member))
}

/// Whether the first counts of several: what tells of an error, and what tells that there is one.
pub fn counts_first(member: &EnvelopeMember) -> bool {
    match member.role {
        Some(Role::Status | Role::Code) => true,
        Some(Role::Name | Role::Message | Role::Detail) => member.when == When::Failure,
        _ => false,
    }
}

/// Whether a text in place of the structure around it is this member: what happened, in words, where an error with its members was
/// promised.
pub fn stands_alone(member: &EnvelopeMember) -> bool {
    let once = member.member.repeat == Repeat::Once && member.member.place != Place::Flatten;
    member.within.is_some() && member.role == Some(Role::Message) && counts_first(member) && once
}

/// Where a member is that no reply has by itself: the member of the envelope that tells it, and the way through the members of that one's
/// structure.
pub fn told<'v>(
    vendor: &'v Vendor,
    member: &EnvelopeMember,
) -> Option<(&'v EnvelopeMember, Vec<&'v Member>)> {
    let told = member.told.as_ref()?;
    let by = vendor.envelope.members.get(told.by)?;
    let mut way = Vec::new();
    let mut around = &by.member;
    for step in &told.way {
        let ValueType::Type(index) = around.value else { return None };
        let TypeKind::Structure(members) = &vendor.types.get(index)?.kind else { return None };
        around = members.get(*step)?;
        way.push(around);
    }
    Some((by, way))
}

/// The members of the envelope that tell of an error with members of their own.
pub fn tells(vendor: &Vendor) -> impl Iterator<Item = &EnvelopeMember> {
    let members = &vendor.envelope.members;
    let tells = move |index: &usize| {
        members.iter().any(|one| one.told.as_ref().is_some_and(|told| told.by == *index))
    };
    (0..members.len()).filter(tells).filter_map(move |index| members.get(index))
}

/// A member as it is on the wire: a reader requires nothing before it knows the status.
pub fn lenient(member: &EnvelopeMember) -> Member {
    Member { required: false, ..member.member.clone() }
}

/// What is around some members, as a member of the envelope.
pub fn around(wrapper: &Name) -> Member {
    kinds::member(wrapper, false, false, &Facts::default())
}

/// Whether a server says here which operation was called, where its service says nothing else.
pub fn is_echo(member: &EnvelopeMember) -> bool {
    member.role == Some(Role::Operation) && member.when != When::Failure && !promised(member)
}

/// Whether a member says how a call went.
pub fn is_status(member: &EnvelopeMember) -> bool {
    member.role == Some(Role::Status)
}

/// Whether no format is without the status.
pub fn has_status_everywhere(vendor: &Vendor) -> bool {
    vendor.envelope.members.iter().any(|member| is_status(member) && member.member.only_in.is_empty())
}

/// Whether an answer has this member for certain.
pub fn promised(member: &EnvelopeMember) -> bool {
    is_status(member) || needed(&member.member)
}

/// The name of the reply's data in an envelope; `None`: it is among the envelope's members.
pub fn data_name(vendor: &Vendor, variant: &Variant) -> Option<String> {
    let data = vendor.envelope.members.iter().find(|member| member.role == Some(Role::Data));
    let wire = data.map_or("data", |member| member.member.name.wire.as_str());
    (wire != "*").then(|| variant.name_of(wire))
}

/// Whether an answer cannot be made without this member: it is there for certain, and nobody knows its value beforehand.
pub fn is_argument(member: &EnvelopeMember) -> bool {
    promised(member) && !is_status(member) && member.value.is_none()
}

/// Whether a success of this operation may have no body.
pub fn may_be_empty(vendor: &Vendor, operation: &Operation) -> bool {
    let nothing = operation.reply.is_empty() && operation.partial.is_none();
    let said = operation.empty_reply || matches!(operation.status, 204 | 205);
    operation.raw.is_none() && (nothing || said) && !answer_members(vendor).any(is_argument)
}

/// The structure of the data that the definition tells of.
pub const FAILURE_DATA: &str = "FailureData";

/// The type of the data that comes with a failure.
pub fn failure_data(vendor: &Vendor) -> &'static str {
    if vendor.failure.is_empty() { "Document" } else { FAILURE_DATA }
}

/// What says, beside the code, that a call failed, where the envelope has no status: what happened, in words or as a symbol, where
/// failures only have it.
pub fn signs_of_failure(vendor: &Vendor) -> impl Iterator<Item = &EnvelopeMember> {
    let by_code = !vendor.envelope.members.iter().any(is_status);
    failure_members(vendor).filter(move |member| {
        let tells = matches!(member.role, Some(Role::Name | Role::Message | Role::Detail));
        by_code && tells && member.when == When::Failure && optional(&lenient(member))
    })
}

/// Whether a failure may be told without its code: another member says that it is one.
fn told_otherwise(vendor: &Vendor) -> bool {
    let has_code = vendor.envelope.members.iter().any(|member| member.role == Some(Role::Code));
    has_code && (has_status_everywhere(vendor) || signs_of_failure(vendor).next().is_some())
}

/// Whether there may be a failure without a code: none came, or where codes are numbers something came that is none.
pub fn unspecified(vendor: &Vendor) -> bool {
    vendor.error_keys == ErrorKeys::Numbers || told_otherwise(vendor)
}

/// The codes by which a failure would be taken for a success, and the code that a server sends in place of those, and of none: an error
/// of the server's, or else the first. `None`: something else than the code tells that a call failed.
pub fn code_that_tells(vendor: &Vendor) -> Option<(&[String], Option<&str>)> {
    if told_otherwise(vendor) {
        return None;
    }
    let of_server = |error: &&ErrorCode| error.when.contains(&ServerCondition::Internal);
    let error = vendor.errors.iter().find(of_server).or(vendor.errors.first());
    // Where the code is another member than the status, none means success.
    let separate = vendor.envelope.members.iter().any(|member| member.role == Some(Role::Code));
    let success = if separate { &[] } else { vendor.envelope.success.as_slice() };
    Some((success, error.map(|error| error.key.as_str())))
}

/// The member of an answer that says which request it is for, where requests have such an ID.
pub fn echoed(vendor: &Vendor) -> Option<&EnvelopeMember> {
    let sent = vendor.parameters.iter().any(|one| one.request_id && matches!(one.from, From::Call(_)));
    of_role(vendor, Role::RequestId, When::Success).filter(|_| sent)
}
