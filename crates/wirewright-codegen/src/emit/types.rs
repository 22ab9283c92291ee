//! `types.rs`: the vendor's named types.

use super::{
    moments,
    prose::{code, facts, prose},
    structure::{self, Made, More, Structure},
    text::{Text, literal},
};
use crate::model::{EnumerationValue, Type, TypeKind, UnionVariant, ValueType};
use crate::plan::{
    context::{Context, Scope},
    names::plain,
};

/// The module, or nothing when the vendor has no types.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    let types = &context.vendor.types;
    if types.is_empty() {
        return None;
    }
    let mut body = Text::new();
    body.module_doc(&format!("The types of the {}.", prose(&context.vendor.title)));
    body.blank();
    body.line("use super::prelude::*;");
    for (index, described) in types.iter().enumerate() {
        body.blank();
        one(&mut body, context, index, described);
    }
    Some(body.finish())
}

fn one(text: &mut Text, context: &Context<'_>, index: usize, described: &Type) {
    let name = &described.name.rust;
    let doc = facts(&described.facts, &format!("{}.", code(&described.name.wire)));
    match &described.kind {
        TypeKind::Structure(members) => {
            let scope = Scope::Types(index);
            let more = More::new(described.partial.as_ref(), "member");
            let (body, attribute, made) = (None, None, Made::Alone);
            let structure =
                Structure { name, doc: &doc, members, body, attribute, made, scope, more, reply: false };
            structure::write(text, context, &structure);
        }
        TypeKind::Enumeration { values, number } => enumeration(text, name, &doc, values, *number),
        TypeKind::Union { tag, content, variants } => {
            union(text, context, index, &doc, (tag.as_deref(), content.as_deref()), variants);
        }
        TypeKind::DateTime(moment, formats) => moments::date_time(text, name, &doc, *moment, formats),
        TypeKind::Epoch(counted) => moments::counted(text, name, &doc, *counted),
        TypeKind::Separated { cells, lines } => moments::separated(text, name, &doc, (cells, lines)),
        TypeKind::Text => wrapped_text(text, name, &doc, context.is_hidden(index)),
        TypeKind::Formed(forms) => moments::formed(text, name, &doc, forms),
    }
}

fn enumeration(text: &mut Text, name: &str, doc: &str, values: &[EnumerationValue], number: bool) {
    text.doc(doc);
    text.line("#[derive(Clone, Debug, PartialEq, Eq, Hash, Wire)]");
    if number {
        text.line("#[wire(number)]");
    }
    text.line("#[non_exhaustive]");
    text.block(format!("pub enum {name}"), |text| {
        for value in values {
            text.doc(&facts(&value.facts, &format!("{}.", code(&value.name.wire))));
            let mut words = Vec::new();
            if plain(&value.name.rust) != value.name.wire {
                words.push(format!("name = {}", literal(&value.name.wire)));
            }
            if !value.also.is_empty() {
                let also: Vec<_> = value.also.iter().map(|also| literal(also)).collect();
                words.push(format!("also = [{}]", also.join(", ")));
            }
            if !words.is_empty() {
                text.line(format!("#[wire({})]", words.join(", ")));
            }
            text.line(format!("{},", value.name.rust));
        }
        text.doc("A value that the definition does not know, kept as it came.");
        text.line("#[wire(other)]");
        text.line("Other(String),");
    });
}

fn union(
    text: &mut Text,
    context: &Context<'_>,
    index: usize,
    doc: &str,
    (tag, inside): (Option<&str>, Option<&str>),
    variants: &[UnionVariant],
) {
    let name = &context.vendor.types[index].name.rust;
    text.doc(doc);
    text.line("#[derive(Clone, Debug, PartialEq, Wire)]");
    match (tag, inside) {
        (Some(tag), Some(inside)) => {
            text.line(format!("#[wire(tag = {}, content = {})]", literal(tag), literal(inside)));
        }
        (Some(tag), None) => text.line(format!("#[wire(tag = {})]", literal(tag))),
        (None, _) => text.line("#[wire(union)]"),
    }
    text.line("#[non_exhaustive]");
    text.block(format!("pub enum {name}"), |text| {
        for variant in variants {
            text.doc(&facts(&variant.facts, &format!("{}.", code(&variant.name.wire))));
            if plain(&variant.name.rust) != variant.name.wire {
                text.line(format!("#[wire(name = {})]", literal(&variant.name.wire)));
            }
            let rust = &variant.name.rust;
            match variant.content {
                None => text.line(format!("{rust},")),
                Some(inner) => {
                    let value = ValueType::Type(inner);
                    let mut payload = context.value_type(&value, Scope::Types(index));
                    if context.boxed_variant(&value, Scope::Types(index)) {
                        payload = format!("Box<{payload}>");
                    }
                    text.line(format!("{rust}({payload}),"));
                }
            }
        }
        text.doc("A variant that the definition does not know: its tag, and what came with it.");
        text.line("#[wire(other)]");
        text.line("Other(String, wire::Document),");
    });
}

fn wrapped_text(text: &mut Text, name: &str, doc: &str, hidden: bool) {
    text.doc(doc);
    text.line("#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Wire)]");
    text.line(format!("pub struct {name}(pub String);"));
    text.blank();
    // A parameter of the type's own name would be another type.
    let from = if name == "T" { "S" } else { "T" };
    text.block(format!("impl<{from}: Into<String>> From<{from}> for {name}"), |text| {
        text.block(format!("fn from(text: {from}) -> Self"), |text| text.line("Self(text.into())"));
    });
    text.blank();
    text.block(format!("impl std::fmt::Display for {name}"), |text| {
        text.block("fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result", |text| {
            text.line("f.write_str(&self.0)");
        });
    });
    if hidden {
        // What a `Secret` asks of its value.
        text.blank();
        text.block(format!("impl Zeroize for {name}"), |text| {
            text.block("fn zeroize(&mut self)", |text| text.line("self.0.zeroize();"));
        });
        text.blank();
        text.block(format!("impl ConstantTime for {name}"), |text| {
            text.block("fn is_same(&self, other: &Self) -> bool", |text| {
                text.line("self.0.is_same(&other.0)");
            });
        });
    }
}
