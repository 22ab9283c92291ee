//! What is around some members of the envelope: a structure of its own on the wire, which answers and failures do not show.

use super::{
    attribute::{first_attribute, lone_attribute, wire_attribute},
    prose::code,
    spelling::wire_type,
    structure::{self, member_doc},
    text::{Item, List, Text},
};
use crate::model::{EnvelopeMember, Name, Role};
use crate::plan::{
    context::Context,
    envelope::{Variant, around, counts_first, is_read, lenient, stands_alone},
    wrapper::{EnvelopePart, members, parts},
};

fn wrappers<'c>(context: &'c Context<'_>) -> impl Iterator<Item = (usize, &'c Name, &'c String)> {
    let names = context.vendor.envelope.wrappers.iter().zip(&context.wrappers);
    names.enumerate().map(|(index, (name, kind))| (index, name, kind))
}

/// The structure of each wrapper.
pub(super) fn declarations(text: &mut Text, context: &Context<'_>) {
    for (index, name, kind) in wrappers(context) {
        text.blank();
        text.doc(&format!("What is within {} of a reply, as it is on the wire.", code(&name.wire)));
        text.line("#[derive(Clone, Debug, Default, PartialEq, Wire)]");
        text.block(format!("pub struct {kind}"), |text| {
            for member in members(context.vendor, index) {
                text.doc(&member_doc(&member.member));
                let attribute = match member {
                    _ if stands_alone(member) => lone_attribute,
                    _ if counts_first(member) => first_attribute,
                    _ => wire_attribute,
                };
                if let Some(attribute) = attribute(&lenient(member)) {
                    text.line(attribute);
                }
                text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
            }
        });
    }
}

/// The member of the envelope that a wrapper is.
pub(super) fn field(text: &mut Text, context: &Context<'_>, wrapper: usize) {
    let (name, kind) = (&context.vendor.envelope.wrappers[wrapper], &context.wrappers[wrapper]);
    let inner: Vec<_> =
        members(context.vendor, wrapper).map(|member| code(&member.member.name.wire)).collect();
    let inner = match inner.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => inner.concat(),
    };
    text.doc(&format!("What is around {inner}."));
    // Of several errors the first counts.
    if let Some(attribute) = first_attribute(&around(name)) {
        text.line(attribute);
    }
    text.line(format!("pub {}: Option<{kind}>,", name.rust));
}

/// Takes what the wrappers hold, each under its own name.
pub(super) fn unwrap(text: &mut Text, context: &Context<'_>) {
    for (index, name, kind) in wrappers(context) {
        let (read, rest): (Vec<_>, Vec<_>) =
            members(context.vendor, index).partition(|member| is_read(context.vendor, member));
        if read.is_empty() {
            continue;
        }
        let mut fields: Vec<Item> =
            read.iter().map(|member| member.member.name.rust.as_str().into()).collect();
        if !rest.is_empty() {
            fields.push("..".into());
        }
        let tail = format!(" = self.{}.unwrap_or_default();", name.rust);
        text.list(&format!("let {kind} "), &List::literal(fields), &tail);
    }
}

/// The fields of an envelope whose members have these values; a wrapper without anything in it is not there.
pub(super) fn fields(
    context: &Context<'_>,
    variant: &Variant,
    value: impl Fn(&EnvelopeMember) -> String,
) -> Vec<Item> {
    let field = |member: &EnvelopeMember| {
        let rust = if member.role == Some(Role::Data) { "data" } else { &member.member.name.rust };
        structure::field(rust, &value(member))
    };
    let parts = parts(context.vendor, variant).into_iter().map(|part| match part {
        EnvelopePart::Member(member) => field(member),
        EnvelopePart::Wrapper(wrapper, members) => {
            let (name, kind) = (&context.vendor.envelope.wrappers[wrapper].rust, &context.wrappers[wrapper]);
            let absent = |member: &&EnvelopeMember| value(member) == structure::absent(&member.member.repeat);
            if members.iter().all(absent) {
                return Item::Text(format!("{name}: None"));
            }
            let literal = List::literal(members.into_iter().map(field));
            Item::List(
                format!("{name}: generated::present"),
                List::call([Item::List(format!("{kind} "), literal)]),
            )
        }
    });
    parts.collect()
}

/// The fields of an envelope some of whose members get another value; the others are those of `self`.
pub(super) fn changed(
    context: &Context<'_>,
    variant: &Variant,
    value: impl Fn(&EnvelopeMember) -> Option<String>,
) -> Vec<Item> {
    let field = |member: &EnvelopeMember| {
        value(member).map(|value| Item::Text(format!("{}: {value}", member.member.name.rust)))
    };
    let parts = parts(context.vendor, variant).into_iter().filter_map(|part| match part {
        EnvelopePart::Member(member) => field(member),
        EnvelopePart::Wrapper(wrapper, members) => {
            let (name, kind) = (&context.vendor.envelope.wrappers[wrapper].rust, &context.wrappers[wrapper]);
            let mut inner: Vec<Item> = members.iter().copied().filter_map(field).collect();
            let absent = |member: &&EnvelopeMember| {
                value(member).is_some_and(|value| value == structure::absent(&member.member.repeat))
            };
            if inner.is_empty() {
                return None;
            }
            if members.iter().all(absent) {
                return Some(Item::Text(format!("{name}: None")));
            }
            if inner.len() < members.len() {
                inner.push(format!("..self.{name}.unwrap_or_default()").into());
            }
            let literal = List::call([Item::List(format!("{kind} "), List::literal(inner))]);
            Some(Item::List(format!("{name}: Some"), literal))
        }
    });
    parts.collect()
}

/// Where an envelope that can be changed has a member: `self.error.get_or_insert_default().code`.
pub(super) fn place(context: &Context<'_>, member: &EnvelopeMember) -> String {
    let rust = &member.member.name.rust;
    match member.within.and_then(|wrapper| context.vendor.envelope.wrappers.get(wrapper)) {
        Some(wrapper) => format!("self.{}.get_or_insert_default().{rust}", wrapper.rust),
        None => format!("self.{rust}"),
    }
}

/// The pattern that finds a member in an envelope: `Some(EnvelopeMeta { number: Some(id), .. }) = &self.meta`.
pub(super) fn found(context: &Context<'_>, member: &EnvelopeMember, variable: &str) -> String {
    let rust = &member.member.name.rust;
    let wrapper = member.within.and_then(|wrapper| wrappers(context).nth(wrapper));
    let Some((index, name, kind)) = wrapper else { return format!("Some({variable}) = &self.{rust}") };
    let others = if members(context.vendor, index).count() > 1 { ", .." } else { "" };
    format!("Some({kind} {{ {rust}: Some({variable}){others} }}) = &self.{}", name.rust)
}
