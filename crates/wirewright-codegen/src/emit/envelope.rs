//! `envelope.rs`: what is around every reply, what a successful call gives, and what a refused one does.

mod implementation;
mod outcome;
mod told;
mod value;

use super::{
    attribute::{first_attribute, wire_attribute},
    prose::prose,
    spelling::wire_type,
    structure::member_doc,
    text::{Item, List, Text, literal},
    wrapper,
};
use crate::model::{FormatKind, Role};
use crate::plan::{
    context::Context,
    envelope::{FAILURE_DATA, Variant, counts_first, data_member, failure_data, lenient},
    wrapper::{EnvelopePart, parts},
};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.module_doc(&format!(
        "The envelope around every reply of the {}, and the answer or failure that it holds.",
        prose(&context.vendor.title)
    ));
    body.blank();
    body.line("use super::prelude::*;");
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
    if failure_data(context.vendor) == FAILURE_DATA {
        body.blank();
        outcome::typed_data(&mut body, context);
    }
    body.finish()
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
        for part in parts(context.vendor, variant) {
            let member = match part {
                EnvelopePart::Member(member) => member,
                EnvelopePart::Wrapper(wrapper, _) => {
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
            let attribute = if counts_first(member) { first_attribute } else { wire_attribute };
            if let Some(attribute) = attribute(&lenient(member)) {
                text.line(attribute);
            }
            text.line(format!("pub {}: {},", member.member.name.rust, wire_type(context, member)));
        }
    });
}
