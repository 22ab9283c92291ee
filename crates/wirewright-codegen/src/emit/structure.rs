//! A structure: its declaration, a constructor that takes what is required, and a method for each member that is not.

use super::{
    defaults,
    names::{Context, Scope, needed, optional, plain, wire_attribute},
    prose::{code, facts, prose, sentence},
    text::{Item, List, Text},
};
use crate::model::{Facts, Member, Name, ParameterLocation, Place, Repeat, ValueType};
use crate::naming::{POSITIONAL, required_type, snake};

/// What is to be written.
pub(super) struct Structure<'a> {
    /// The type's name.
    pub(super) name: &'a str,
    /// Its doc comment.
    pub(super) doc: &'a str,
    /// Its members, in the order of the wire.
    pub(super) members: &'a [Member],
    /// The members of the document that a request carries beside them, if it carries one.
    pub(super) body: Option<&'a [Member]>,
    /// What `#[wire(…)]` says of the type itself.
    pub(super) attribute: Option<String>,
    pub(super) scope: Scope,
    /// What it keeps of what the definition does not tell.
    pub(super) more: Option<More<'a>>,
}

/// What a structure keeps beside its members.
#[derive(Clone, Copy)]
pub(super) struct More<'a> {
    /// What was not seen of the page, where that is why.
    pub(super) missing: Option<&'a str>,
    /// `member`, or `parameter`.
    pub(super) kind: &'static str,
}

impl<'a> More<'a> {
    pub(super) fn new(missing: Option<&'a String>, kind: &'static str) -> Option<Self> {
        Some(Self { missing: Some(missing?), kind })
    }
}

impl Structure<'_> {
    /// Everything that a value can be made of.
    fn inputs(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().chain(self.body.into_iter().flatten())
    }
}

/// An argument of a constructor, and how it becomes the member's value.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) parameter: String,
    pub(super) value: String,
}

/// The arguments that a constructor of these members takes, when it takes them by position.
pub(super) fn arguments<'m>(
    context: &Context<'_>,
    members: impl IntoIterator<Item = &'m Member>,
    scope: Scope,
) -> Vec<Argument> {
    members
        .into_iter()
        .filter(|member| needed(member))
        .map(|member| argument(context, member, scope))
        .collect()
}

/// Whether a constructor takes its arguments by name.
pub(super) fn by_name<'m>(members: impl IntoIterator<Item = &'m Member>) -> bool {
    members.into_iter().filter(|member| needed(member)).count() > POSITIONAL
}

/// The texts that callers write as literals come in as `impl Into`; everything else as itself.
pub(super) fn argument(context: &Context<'_>, member: &Member, scope: Scope) -> Argument {
    let name = member.name.rust.clone();
    let inner = context.inner_type(member, scope);
    let converted = matches!(member.value, ValueType::String | ValueType::Any);
    let into = member.repeat == Repeat::Once && converted || inner.starts_with("Box<");
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

/// The value of a member that is not there.
pub(super) const fn absent(repeat: &Repeat) -> &'static str {
    match repeat {
        Repeat::Once => "None",
        Repeat::List { .. } => "Vec::new()",
        Repeat::Map { .. } => "BTreeMap::new()",
    }
}

/// What a member is, and what the vendor calls it where that is not to be guessed.
pub(super) fn member_doc(member: &Member) -> String {
    let wire = code(&member.name.wire);
    let mut doc = facts(&member.facts, &format!("{wire}."));
    if member.facts.doc.is_some()
        && member.place != Place::Flatten
        && snake(&member.name.wire) != member.name.rust
    {
        let first = doc.find("\n\n").unwrap_or(doc.len());
        doc.insert_str(first, &format!(" On the wire: {wire}."));
    }
    match &member.location {
        ParameterLocation::Header(_) => doc.extend(["\n\nIt stands in the header ", &wire, "."]),
        ParameterLocation::Cookie => doc.extend(["\n\nIt stands in the cookie ", &wire, "."]),
        ParameterLocation::Parameters | ParameterLocation::Host => {}
    }
    if let Some(default) = &member.default {
        doc.extend(["\n\nThe default is ", &code(default), "."]);
    }
    doc
}

/// The declaration, the constructor and the setters.
pub(super) fn write(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, doc, members, body, attribute, scope, more } = structure;
    let all_optional = !structure.inputs().any(needed);
    text.doc(doc);
    let default = if all_optional { "Default, " } else { "" };
    text.line(format!("#[derive(Clone, Debug, {default}PartialEq, Wire)]"));
    if let Some(attribute) = attribute {
        text.line(format!("#[wire({attribute})]"));
    }
    text.line("#[non_exhaustive]");
    if members.is_empty() && body.is_none() && more.is_none() {
        text.line(format!("pub struct {name} {{}}"));
    } else {
        text.block(format!("pub struct {name}"), |text| {
            for member in *members {
                text.doc(&member_doc(member));
                if let Some(attribute) = wire_attribute(member) {
                    text.line(attribute);
                }
                text.line(format!("pub {}: {},", member.name.rust, context.member_type(member, *scope)));
            }
            if body.is_some() {
                super::body::field(text, members);
            }
            if let Some(more) = more {
                let missing =
                    more.missing.map(prose).map(|missing| format!("\n\nNot seen of the page: {missing}"));
                text.doc(&format!(
                    "Every {} that the definition does not tell of, in the order they came.{}",
                    more.kind,
                    missing.unwrap_or_default()
                ));
                text.line("#[wire(rest)]");
                text.line("pub more: wire::Document,");
            }
        });
    }
    text.blank();
    if by_name(structure.inputs()) {
        required(text, context, structure);
    }
    text.block(format!("impl {name}"), |text| {
        constructor(text, context, structure);
        for member in members.iter().filter(|member| !needed(member)) {
            text.blank();
            setter(text, context, member, *scope);
        }
        for member in body.iter().copied().flatten().filter(|member| !needed(member)) {
            text.blank();
            super::body::setter(text, context, member, *scope);
        }
        for member in *members {
            defaults::method(text, context, member, *scope);
        }
        if let Some(more) = more {
            text.blank();
            with_more(text, more.kind);
        }
    });
}

fn constructor(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, members, body, scope, more, .. } = structure;
    let arguments = arguments(context, structure.inputs(), *scope);
    let by_name = by_name(structure.inputs());
    let (parameters, doc) = if by_name {
        (vec![format!("required: {}", required_type(name))], "With what is required and nothing else.")
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
        let mut fields: Vec<Item> = members
            .iter()
            .map(|member| {
                let rust = &member.name.rust;
                match (needed(member), &member.repeat) {
                    (true, _) if by_name => format!("{rust}: required.{rust}").into(),
                    (true, _) => values
                        .next()
                        .map_or_else(|| rust.as_str().into(), |argument| field(rust, &argument.value)),
                    (false, repeat) => format!("{rust}: {}", absent(repeat)).into(),
                }
            })
            .collect();
        fields.extend(body.map(|body| super::body::value(body, by_name)));
        if more.is_some() {
            fields.push("more: wire::Document::new()".into());
        }
        text.list("Self ", &List::literal(fields), "");
    });
}

/// The structure that a constructor with many required members takes.
fn required(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, scope, .. } = structure;
    text.doc(&format!("What [`{name}`] cannot do without, by name."));
    text.line("#[derive(Clone, Debug)]");
    text.block(format!("pub struct {}", required_type(name)), |text| {
        for member in structure.inputs().filter(|member| needed(member)) {
            text.doc(&member_doc(member));
            text.line(format!("pub {}: {},", member.name.rust, context.member_type(member, *scope)));
        }
    });
    text.blank();
}

fn with_more(text: &mut Text, kind: &str) {
    text.doc(&format!("Adds a {kind} that the definition does not tell of, behind the others."));
    text.line("#[must_use]");
    let parameters = ["mut self", "name: impl Into<String>", "value: impl Into<wire::Document>"];
    text.function("pub fn with_more", &parameters.map(str::to_owned), "Self", |text| {
        text.line("self.more.push(name, value);");
        text.line("self");
    });
}

fn setter(text: &mut Text, context: &Context<'_>, member: &Member, scope: Scope) {
    let Argument { name, parameter, value } = argument(context, member, scope);
    let what = member.facts.doc.as_deref().map(sentence).unwrap_or_default();
    text.doc(&format!("Sets [`{0}`](Self::{0}). {what}", plain(&name)));
    text.line("#[must_use]");
    let head = format!("pub fn with_{}", plain(&name));
    text.function(&head, &["mut self".to_owned(), parameter], "Self", |text| {
        let value = if optional(member) { format!("Some({value})") } else { value };
        text.line(format!("self.{name} = {value};"));
        text.line("self");
    });
}

/// A member of a session: one text, by the same name in every format.
pub(super) fn member(name: &Name, secret: bool, required: bool, facts: &Facts) -> Member {
    Member {
        name: name.clone(),
        xml: None,
        json: None,
        query: None,
        value: ValueType::String,
        repeat: Repeat::Once,
        required,
        secret,
        place: Place::Element,
        boolean: None,
        also: Vec::new(),
        default: None,
        empty_is_absent: false,
        filled: None,
        location: ParameterLocation::Parameters,
        facts: facts.clone(),
    }
}
