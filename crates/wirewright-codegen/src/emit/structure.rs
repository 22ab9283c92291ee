//! A structure: its declaration, a constructor that takes what is required, and a method for each member that is not.

use super::{
    names::{Context, Scope, needed, optional, wire_attribute},
    text::{Item, List, Text, facts},
};
use crate::model::{Facts, Member, Repeat, ValueType};

/// From how many required members on a constructor takes them by name.
const POSITIONAL: usize = 4;

/// What is to be written.
pub(super) struct Structure<'a> {
    /// The type's name.
    pub(super) name: &'a str,
    /// Its doc comment.
    pub(super) doc: &'a str,
    /// Attributes between the derive and the declaration.
    pub(super) attributes: &'a [String],
    /// Its members, in the order of the wire.
    pub(super) members: &'a [Member],
    pub(super) scope: Scope,
}

/// An argument of a constructor, and how it becomes the member's value.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) parameter: String,
    pub(super) value: String,
}

/// The arguments that a constructor of these members takes, when it takes them by position.
pub(super) fn arguments(context: &Context<'_>, members: &[Member], scope: Scope) -> Vec<Argument> {
    members.iter().filter(|member| needed(member)).map(|member| argument(context, member, scope)).collect()
}

/// Whether a constructor takes its arguments by name.
pub(super) fn by_name(members: &[Member]) -> bool {
    members.iter().filter(|member| needed(member)).count() > POSITIONAL
}

/// The name of the structure that holds what is required of `name`, when a constructor takes its arguments by name.
pub(super) fn required_name(name: &str) -> String {
    if name == "Request" { "Required".to_owned() } else { format!("{name}Required") }
}

/// The texts that callers write as literals come in as `impl Into`; everything else as itself.
pub(super) fn argument(context: &Context<'_>, member: &Member, scope: Scope) -> Argument {
    let name = member.name.rust.clone();
    let inner = context.inner_type(member, scope);
    let into =
        member.repeat == Repeat::Once && member.value == ValueType::String || inner.starts_with("Box<");
    let unboxed = inner.strip_prefix("Box<").and_then(|inner| inner.strip_suffix('>'));
    match unboxed {
        Some(unboxed) => {
            Argument { parameter: format!("{name}: {unboxed}"), value: format!("Box::new({name})"), name }
        }
        None if into => Argument {
            parameter: format!("{name}: impl Into<{inner}>"),
            value: format!("{name}.into()"),
            name,
        },
        None => Argument { parameter: format!("{name}: {inner}"), value: name.clone(), name },
    }
}

/// `name` or `name: value`.
pub(super) fn field(name: &str, value: &str) -> Item {
    if name == value { name.into() } else { format!("{name}: {value}").into() }
}

pub(super) fn write(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, doc, attributes, members, scope } = structure;
    let all_optional = !members.iter().any(needed);
    text.doc(doc);
    let default = if all_optional { "Default, " } else { "" };
    text.line(format!("#[derive(Clone, Debug, {default}PartialEq, Wire)]"));
    for attribute in *attributes {
        text.line(attribute);
    }
    text.line("#[non_exhaustive]");
    if members.is_empty() {
        text.line(format!("pub struct {name} {{}}"));
    } else {
        text.block(format!("pub struct {name}"), |text| {
            for member in *members {
                text.doc(&facts(&member.facts, &format!("`{}`.", member.name.wire)));
                if let Some(attribute) = wire_attribute(member) {
                    text.line(attribute);
                }
                text.line(format!("pub {}: {},", member.name.rust, context.member_type(member, *scope)));
            }
        });
    }
    text.blank();
    if by_name(members) {
        required(text, context, structure);
    }
    text.block(format!("impl {name}"), |text| {
        constructor(text, context, structure);
        for member in members.iter().filter(|member| !needed(member)) {
            text.blank();
            setter(text, context, member, *scope);
        }
    });
}

fn constructor(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, members, scope, .. } = structure;
    let arguments = arguments(context, members, *scope);
    let (parameters, doc) = if by_name(members) {
        (vec![format!("required: {}", required_name(name))], "With what is required and nothing else.")
    } else if arguments.is_empty() {
        (Vec::new(), "With nothing in it.")
    } else {
        (
            arguments.iter().map(|argument| argument.parameter.clone()).collect(),
            "With what is required and nothing else.",
        )
    };
    text.doc(doc);
    if arguments.is_empty() {
        text.function("pub fn new", &parameters, "Self", |text| text.line("Self::default()"));
        return;
    }
    text.function("pub fn new", &parameters, "Self", |text| {
        let mut values = arguments.iter();
        let fields: Vec<Item> = members
            .iter()
            .map(|member| {
                let rust = &member.name.rust;
                match (needed(member), &member.repeat) {
                    (true, _) if by_name(members) => format!("{rust}: required.{rust}").into(),
                    (true, _) => values
                        .next()
                        .map_or_else(|| rust.as_str().into(), |argument| field(rust, &argument.value)),
                    (false, Repeat::Once) => format!("{rust}: None").into(),
                    (false, Repeat::List { .. }) => format!("{rust}: Vec::new()").into(),
                    (false, Repeat::Map { .. }) => format!("{rust}: BTreeMap::new()").into(),
                }
            })
            .collect();
        text.list("Self ", &List::literal(fields), "");
    });
}

/// The structure that a constructor with many required members takes.
fn required(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, members, scope, .. } = structure;
    text.doc(&format!("What [`{name}`] cannot do without, by name."));
    text.line("#[derive(Clone, Debug)]");
    text.block(format!("pub struct {}", required_name(name)), |text| {
        for member in members.iter().filter(|member| needed(member)) {
            text.doc(&facts(&member.facts, &format!("`{}`.", member.name.wire)));
            text.line(format!("pub {}: {},", member.name.rust, context.member_type(member, *scope)));
        }
    });
    text.blank();
}

fn setter(text: &mut Text, context: &Context<'_>, member: &Member, scope: Scope) {
    let Argument { name, parameter, value } = argument(context, member, scope);
    let what = member.facts.doc.as_deref().map(super::text::sentence);
    text.doc(&format!("Sets `{}`. {}", member.name.wire, what.unwrap_or_default()));
    text.line("#[must_use]");
    let head = format!("pub fn with_{}", super::names::plain(&name));
    text.function(&head, &["mut self".to_owned(), parameter], "Self", |text| {
        let value = if optional(member) { format!("Some({value})") } else { value };
        text.line(format!("self.{name} = {value};"));
        text.line("self");
    });
}

/// A structure of parameters that somebody other than the operation provides.
pub(super) fn member(name: &crate::model::Name, secret: bool, required: bool, facts: &Facts) -> Member {
    Member {
        name: name.clone(),
        xml: None,
        json: None,
        query: None,
        value: ValueType::String,
        repeat: Repeat::Once,
        required,
        secret,
        place: crate::model::Place::Element,
        boolean: None,
        empty_is_absent: false,
        facts: facts.clone(),
    }
}
