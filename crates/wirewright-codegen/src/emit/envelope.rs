//! `envelope.rs`: what stands around every reply, what a successful call gives, and what a refused one does.

mod implementation;
mod outcome;

pub(super) use outcome::{FAILURE_DATA, failure_data};

use super::{
    names::{Context, Scope, Unique, needed, pascal, plain, wire_attribute},
    operations::Named,
    prose::prose,
    structure::member_doc,
    text::{Item, List, Text, literal},
    wrapper::{self, Part},
};
use crate::model::{
    EnvelopeMember, Format, FormatKind, Member, OPERATION, Place, Repeat, Role, TypeKind, ValueType, Vendor,
    When,
};

/// An envelope with the reply's data in one place among the other members.
pub(super) struct Variant {
    /// The type's name: `Envelope` for the usual one.
    pub(super) name: String,
    look: Look,
}

/// What an envelope is like on the wire.
#[derive(Clone, PartialEq)]
struct Look {
    /// Indices of the envelope's members.
    order: Vec<usize>,
    /// What stands where names have the operation's; empty where none do, or no operation is known.
    operation: String,
    /// The namespace of its operations, where it is not the format's.
    namespace: Option<String>,
    /// Whether it is a refused call's, where those have a root of their own.
    refused: bool,
}

impl Variant {
    /// Indices of the envelope's members.
    pub(super) fn order(&self) -> &[usize] {
        &self.look.order
    }

    /// A name with the operation's in it.
    fn name_of(&self, template: &str) -> String {
        template.replace(OPERATION, &self.look.operation)
    }

    /// The root in one of the formats.
    fn root(&self, format: &Format) -> Option<String> {
        let refused = format.failure_root.as_ref().filter(|_| self.look.refused);
        refused.or(format.root.as_ref()).map(|root| self.name_of(root))
    }
}

/// The envelopes of refused calls whose operation nobody knows, and of operations, each of which is told which are its own. The number
/// is that of the former.
pub(super) fn variants(
    vendor: &Vendor,
    operations: &mut [Named<'_>],
    names: &mut Unique,
) -> (Vec<Variant>, usize) {
    let refused = vendor.formats.iter().any(|format| format.failure_root.is_some());
    let [answers_named, failures_named] = [false, true].map(|refused| named_by_operation(vendor, refused));
    let look = Look {
        order: (0..vendor.envelope.members.len()).collect(),
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

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.module_doc(&format!(
        "What stands around every reply of the {}: the envelope on the wire, and the answer or failure that it holds.",
        prose(&context.vendor.title)
    ));
    body.blank();
    body.line("use crate::prelude::*;");
    let alike = context.envelopes.len() > implementation::WRITTEN;
    if alike {
        body.blank();
        implementation::of_all(&mut body, context);
    }
    for variant in &context.envelopes {
        body.blank();
        declaration(&mut body, context, variant);
        body.blank();
        if alike {
            implementation::as_all(&mut body, context, variant);
        } else {
            implementation::of_one(&mut body, context, variant);
        }
    }
    wrapper::declarations(&mut body, context);
    body.blank();
    outcome::answer(&mut body, context);
    body.blank();
    outcome::failure(&mut body, context);
    if failure_data(context) == FAILURE_DATA {
        body.blank();
        outcome::typed_data(&mut body, context);
    }
    body.finish()
}

/// The rust type of an envelope's member, on the wire always optional: a reader insists on nothing before it knows the status.
pub(super) fn wire_type(context: &Context<'_>, member: &EnvelopeMember) -> String {
    let inner = context.inner_type(&member.member, Scope::Elsewhere);
    if member.member.repeat == Repeat::Once { format!("Option<{inner}>") } else { inner }
}

fn declaration(text: &mut Text, context: &Context<'_>, variant: &Variant) {
    let vendor = context.vendor;
    text.doc("A reply as it is on the wire, with data of type `D`.");
    text.line("#[derive(Clone, Debug, PartialEq, Wire)]");
    let of = |kind| vendor.formats.iter().find(|format| format.kind == kind);
    let mut words = Vec::new();
    if let Some(xml) = of(FormatKind::Xml) {
        words.extend(variant.root(xml).map(|root| format!("root = {}", literal(&root))));
        let namespace = variant.look.namespace.as_ref().or(xml.namespace.as_ref());
        words.extend(namespace.map(|namespace| format!("namespace = {}", literal(namespace))));
    }
    if let Some(root) = of(FormatKind::Json).and_then(|json| variant.root(json)) {
        words.push(format!("json_root = {}", literal(&root)));
    }
    if !words.is_empty() {
        text.list("#[wire", &List::call(words.into_iter().map(Item::Text)), "]");
    }
    text.block(format!("pub struct {}<D>", variant.name), |text| {
        for part in wrapper::parts(context, variant) {
            let member = match part {
                Part::Member(member) => member,
                Part::Wrapper(wrapper, _) => {
                    wrapper::field(text, context, wrapper);
                    continue;
                }
            };
            if member.role == Some(Role::Data) {
                text.doc("What the operation answers.");
                if let Some(attribute) = wire_attribute(&data_member(&member.member, variant)) {
                    text.line(attribute);
                }
                text.line("pub data: Option<D>,");
                continue;
            }
            text.doc(&member_doc(&member.member));
            // A reader insists on nothing before it knows the status.
            let lenient = Member { required: false, ..member.member.clone() };
            if let Some(attribute) = wire_attribute(&lenient) {
                text.line(attribute);
            }
            text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
        }
    });
}

/// The member of the reply as it is in every envelope: called `data`, and spliced where its name is `*`.
fn data_member(member: &Member, variant: &Variant) -> Member {
    let mut data = member.clone();
    let of_formats = [&mut data.xml, &mut data.json, &mut data.query].into_iter().flatten();
    for name in of_formats.chain([&mut data.name.wire]) {
        *name = variant.name_of(name);
    }
    "data".clone_into(&mut data.name.rust);
    if data.name.wire == "*" {
        data.place = Place::Flatten;
    }
    data
}

/// The member of a role on replies of one kind; one that stands only there is preferred.
pub(super) fn of_role<'c>(context: &'c Context<'_>, role: Role, when: When) -> Option<&'c EnvelopeMember> {
    let members = || context.vendor.envelope.members.iter().filter(move |member| member.role == Some(role));
    members()
        .find(|member| member.when == when)
        .or_else(|| members().find(|member| member.when == When::Always))
}

/// What a successful answer shows.
fn answer_members<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c EnvelopeMember> {
    let members = context.vendor.envelope.members.iter();
    members.filter(|member| member.when != When::Failure && member.role != Some(Role::Data))
}

/// What a failure shows beside its code and data.
fn failure_members<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c EnvelopeMember> {
    let members = context.vendor.envelope.members.iter();
    members.filter(|member| {
        member.when != When::Success
            && !matches!(member.role, Some(Role::Data | Role::Status | Role::Code | Role::Operation))
    })
}

/// Whether a reader looks at this member.
pub(super) fn is_read(context: &Context<'_>, member: &EnvelopeMember) -> bool {
    let code = of_role(context, Role::Code, When::Failure);
    let mut read = answer_members(context).chain(failure_members(context)).chain(code);
    read.any(|read| std::ptr::eq(read, member))
}

/// A member's value in an envelope that is read.
fn value(member: &EnvelopeMember) -> String {
    let rust = &member.member.name.rust;
    if member.within.is_some() { rust.clone() } else { format!("self.{rust}") }
}

fn is_status(member: &EnvelopeMember) -> bool {
    member.role == Some(Role::Status)
}

/// Whether an answer has this member for certain.
fn promised(member: &EnvelopeMember) -> bool {
    is_status(member) || needed(&member.member)
}

/// A value of the status as a pattern and as an expression: a number, a text or an enumeration's variant.
fn status_value(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    if let ValueType::Type(index) = status.member.value
        && let described = &context.vendor.types[index]
        && let TypeKind::Enumeration { values, .. } = &described.kind
        && let Some(variant) = values.iter().find(|variant| variant.name.wire == value)
    {
        return format!("types::{}::{}", described.name.rust, variant.name.rust);
    }
    if status.member.value == ValueType::String { literal(value) } else { value.to_owned() }
}

/// The same as a value that a member takes.
fn status_owned(context: &Context<'_>, status: &EnvelopeMember, value: &str) -> String {
    let owned = if status.member.value == ValueType::String { ".to_owned()" } else { "" };
    format!("{}{owned}", status_value(context, status, value))
}
