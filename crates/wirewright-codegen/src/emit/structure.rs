//! A structure: its declaration, from which the derive makes a constructor and setters.

use super::{
    attribute::{beside_attribute, wire_attribute},
    defaults,
    prose::{code, facts, prose},
    text::{Item, Text, literal},
};
use crate::model::{Member, ParameterLocation, Place, Repeat, ValueType};
use crate::naming;
use crate::plan::{
    body::body_name,
    context::{Context, Scope},
    members::needed,
};

/// What is to be written.
pub(super) struct Structure<'a> {
    /// The type's name.
    pub(super) name: &'a str,
    /// Its doc comment.
    pub(super) doc: &'a str,
    /// Its members, in the order of the wire.
    pub(super) members: &'a [Member],
    /// The document that a request carries beside them, if it carries one.
    pub(super) body: Option<BodyField<'a>>,
    /// What `#[wire(…)]` says of the type itself on the wire.
    pub(super) attribute: Option<String>,
    pub(super) made: Made<'a>,
    pub(super) scope: Scope,
    /// What it keeps of what the definition does not tell.
    pub(super) more: Option<More<'a>>,
    /// Whether members that are in headers and cookies are in no document: those of replies, not those of requests.
    pub(super) reply: bool,
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

/// How values are made beside `new`.
#[derive(Clone, Copy)]
pub(super) enum Made<'a> {
    /// By their fields.
    Alone,
    /// By methods of their own.
    WithSetters,
    /// By methods of a call, of which it is the request.
    Call,
    /// By methods of a call, of whose request it is the body.
    CallOf(&'a str),
}

/// The document that a request carries.
#[derive(Clone, Copy)]
pub(super) struct BodyField<'a> {
    /// Its type.
    pub(super) name: &'a str,
    /// Whether it has members that it cannot do without.
    pub(super) needs: bool,
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
        Repeat::Once | Repeat::List { optional: true, .. } => "None",
        Repeat::List { .. } | Repeat::Map { repeats: true, .. } => "Vec::new()",
        Repeat::Map { .. } => "BTreeMap::new()",
    }
}

/// What a member is, and what the vendor calls it where that is not to be guessed.
pub(super) fn member_doc(member: &Member) -> String {
    let wire = code(&member.name.wire);
    let mut doc = facts(&member.facts, &format!("{wire}."));
    if member.facts.doc.is_some()
        && member.place != Place::Flatten
        && naming::snake(&member.name.wire) != member.name.rust
    {
        let first = doc.find("\n\n").unwrap_or(doc.len());
        doc.insert_str(first, &format!(" On the wire: {wire}."));
    }
    match &member.location {
        ParameterLocation::Header(_) => doc.extend(["\n\nIt is in the header ", &wire, "."]),
        ParameterLocation::Headers => {
            doc.extend([
                "\n\nEach of its entries is in a header, ",
                &wire,
                ", with its key in place of the `*`.",
            ]);
        }
        ParameterLocation::Path => doc.push_str("\n\nIt is in the path."),
        ParameterLocation::Cookies => doc.push_str("\n\nIt is all cookies."),
        ParameterLocation::Cookie => doc.extend(["\n\nIt is in the cookie ", &wire, "."]),
        ParameterLocation::Computed if member.secret => {
            doc.push_str("\n\nIt is never sent: requests are signed with it.");
        }
        ParameterLocation::Parameters | ParameterLocation::Host | ParameterLocation::Computed => {}
    }
    if member.required_in_requests {
        doc.push_str("\n\nRequests always have it; replies may be without.");
    }
    if let Some((least, most)) = &member.range {
        doc.extend(["\n\nFrom ", &code(least), " to ", &code(most), "."]);
    }
    if let Some(default) = &member.default {
        doc.extend(["\n\nThe default is ", &code(default), "."]);
    }
    doc
}

/// The declaration, and what is meant by members that are absent.
pub(super) fn write(text: &mut Text, context: &Context<'_>, structure: &Structure<'_>) {
    let Structure { name, doc, members, body, attribute, made, scope, more, reply } = structure;
    let needs = members.iter().any(needed) || body.as_ref().is_some_and(|body| body.needs);
    text.doc(doc);
    let default = if needs { "" } else { "Default, " };
    text.line(format!("#[derive(Clone, Debug, {default}PartialEq, Wire)]"));
    let optional = more.is_some() || members.iter().any(|member| !needed(member));
    let made = match made {
        Made::Alone => None,
        Made::WithSetters => optional.then(|| "setters".to_owned()),
        Made::Call => optional.then(|| "call".to_owned()),
        Made::CallOf(request) => optional.then(|| format!("call = {request:?}")),
    };
    let new = needs.then(|| "new".to_owned());
    let words: Vec<String> = new.into_iter().chain(made).chain(attribute.clone()).collect();
    if !words.is_empty() {
        text.line(format!("#[wire({})]", words.join(", ")));
    }
    text.line("#[non_exhaustive]");
    if members.is_empty() && body.is_none() && more.is_none() {
        text.line(format!("pub struct {name} {{}}"));
    } else {
        text.block(format!("pub struct {name}"), |text| {
            for member in *members {
                text.doc(&member_doc(member));
                let beside = *reply && member.location != ParameterLocation::Parameters;
                let attribute = if beside { Some(beside_attribute(member)) } else { wire_attribute(member) };
                if let Some(attribute) = attribute {
                    text.line(attribute);
                }
                if needed(member) && matches!(member.repeat, Repeat::Map { .. }) {
                    text.line("#[wire(argument)]");
                }
                text.line(format!("pub {}: {},", member.name.rust, context.member_type(member, *scope)));
            }
            if let Some(body) = body {
                body_field(text, members, body);
            }
            if let Some(more) = more {
                let missing =
                    more.missing.map(prose).map(|missing| format!("\n\nNot seen of the page: {missing}"));
                text.doc(&format!(
                    "Every {} that the definition does not describe, in the order they came.{}",
                    more.kind,
                    missing.unwrap_or_default()
                ));
                text.line("#[wire(rest)]");
                text.line("pub more: wire::Document,");
            }
        });
    }
    let defaults: Vec<_> =
        members.iter().filter_map(|member| defaults::method(context, member, *scope)).collect();
    if !defaults.is_empty() {
        text.blank();
        text.block(format!("impl {name}"), |text| {
            for (index, default) in defaults.iter().enumerate() {
                if index > 0 {
                    text.blank();
                }
                default.write(text);
            }
        });
    }
}

/// The field of a request that is its document.
fn body_field(text: &mut Text, parameters: &[Member], body: &BodyField<'_>) {
    text.doc("What the request carries in its body.");
    let name = body_name(parameters);
    let own = (name != "body").then(|| format!("name = {}", literal(&name)));
    let argument = body.needs.then(|| "argument".to_owned());
    let words: Vec<String> = own.into_iter().chain(["default".to_owned()]).chain(argument).collect();
    text.line(format!("#[wire({})]", words.join(", ")));
    text.line(format!("pub body: {},", body.name));
}
