//! `types.rs`: the vendor's named types.

use super::{
    names::{Context, Scope, plain},
    prose::{code, facts, prose},
    structure::{self, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{EnumerationValue, Type, TypeKind, UnionVariant, ValueType};
use crate::naming::formats_type;

/// The module, or nothing when the vendor has no types.
pub(super) fn module(context: &Context<'_>) -> Option<String> {
    let types = &context.vendor.types;
    if types.is_empty() {
        return None;
    }
    let mut body = Text::new();
    for (index, described) in types.iter().enumerate() {
        body.blank();
        one(&mut body, context, index, described);
    }
    let mut text = Text::new();
    text.module_doc(&format!("The types of the {}.", prose(&context.vendor.title)));
    text.blank();
    super::imports::runtime_imports(&mut text, &body.finish());
    Some(text.finish())
}

fn one(text: &mut Text, context: &Context<'_>, index: usize, described: &Type) {
    let name = &described.name.rust;
    let doc = facts(&described.facts, &format!("{}.", code(&described.name.wire)));
    match &described.kind {
        TypeKind::Structure(members) => {
            let scope = Scope::Types(index);
            structure::write(text, context, &Structure { name, doc: &doc, members, scope });
        }
        TypeKind::Enumeration(values) => enumeration(text, name, &doc, values),
        TypeKind::Union { tag, content, variants } => {
            union(text, context, index, &doc, (tag.as_deref(), content.as_deref()), variants);
        }
        TypeKind::DateTime(formats) => date_time(text, name, &doc, formats),
        TypeKind::Text => wrapped_text(text, name, &doc),
    }
}

fn enumeration(text: &mut Text, name: &str, doc: &str, values: &[EnumerationValue]) {
    text.doc(doc);
    text.line("#[derive(Clone, Debug, PartialEq, Eq, Hash, Wire)]");
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
                    if context.boxed(&value, Scope::Types(index)) {
                        payload = format!("Box<{payload}>");
                    }
                    text.line(format!("{rust}({payload}),"));
                }
            }
        }
        text.doc("A variant that the definition does not know: its tag, and what came with it.");
        text.line("#[wire(other)]");
        text.line("Other(String, wire::Node),");
    });
}

fn date_time(text: &mut Text, name: &str, doc: &str, formats: &[String]) {
    let formats_name = formats_type(name);
    text.doc(doc);
    text.line(format!("pub type {name} = DateTime<{formats_name}>;"));
    text.blank();
    text.doc(&format!("How a [`{name}`] is written."));
    text.line("#[derive(Clone, Copy, Debug)]");
    text.line(format!("pub enum {formats_name} {{}}"));
    text.blank();
    text.block(format!("impl DateTimeFormats for {formats_name}"), |text| {
        let formats_literal = List::array(formats.iter().map(|format| Item::from(literal(format))));
        text.list("const FORMATS: &'static [&'static str] = &", &formats_literal, ";");
        let samples = List::array(formats.iter().map(|format| Item::from(literal(&sample(format)))));
        text.list("const SAMPLES: &'static [&'static str] = &", &samples, ";");
    });
}

/// A moment in a `strftime` format: Tuesday, 30 September 2008, 15:56:42 UTC.
fn sample(format: &str) -> String {
    const WORDS: [(&str, &str); 22] = [
        ("%Y", "2008"),
        ("%y", "08"),
        ("%m", "09"),
        ("%d", "30"),
        ("%e", "30"),
        ("%H", "15"),
        ("%I", "03"),
        ("%M", "56"),
        ("%S", "42"),
        ("%p", "PM"),
        ("%j", "274"),
        ("%a", "Tue"),
        ("%A", "Tuesday"),
        ("%b", "Sep"),
        ("%B", "September"),
        ("%h", "Sep"),
        ("%s", "1222790202"),
        ("%F", "2008-09-30"),
        ("%T", "15:56:42"),
        ("%z", "+0000"),
        ("%f", "0"),
        ("%%", "%"),
    ];
    let mut sample = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
        if let Some((word, text)) = word {
            sample.push_str(text);
            rest = &rest[word.len()..];
        } else {
            sample.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    sample
}

fn wrapped_text(text: &mut Text, name: &str, doc: &str) {
    text.doc(doc);
    text.line("#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Wire)]");
    text.line(format!("pub struct {name}(pub String);"));
    text.blank();
    text.block(format!("impl<T: Into<String>> From<T> for {name}"), |text| {
        text.block("fn from(text: T) -> Self", |text| text.line("Self(text.into())"));
    });
    text.blank();
    text.block(format!("impl std::fmt::Display for {name}"), |text| {
        text.block("fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result", |text| {
            text.line("f.write_str(&self.0)");
        });
    });
}
