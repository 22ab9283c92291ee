//! The document that a request carries beside its parameters.

use super::{
    names::{Context, Scope, needed, plain},
    prose::{code, sentence},
    protocol::{format_name, format_path},
    structure::{self, Argument, Structure, argument, by_name},
    text::{Item, List, Text, literal},
};
use crate::model::{Body, FormatKind, Member, Operation};
use crate::naming::required_type;

/// Of operations with a body, whose protocol says how it is written.
fn format(context: &Context<'_>) -> FormatKind {
    context.vendor.body.as_ref().map_or(FormatKind::Xml, |body| body.format)
}

fn media_type(body: Option<&Body>) -> &str {
    match body {
        Some(Body { media_type: Some(media_type), .. }) => media_type,
        Some(Body { format: FormatKind::Json, .. }) => "application/json",
        _ => "text/xml",
    }
}

/// What the body is, for people.
pub(super) fn described(context: &Context<'_>) -> String {
    format!("{}, as {}", format_name(format(context)), code(media_type(context.vendor.body.as_ref())))
}

/// The document, as data.
pub(super) fn document(text: &mut Text, context: &Context<'_>, operation: &Operation) {
    let body = context.vendor.body.as_ref();
    let declaration = body.is_some_and(|body| body.declaration);
    let members = [
        format!("member: {}", operation.request.len()),
        "shape: <Body as Message>::SHAPE".to_owned(),
        format!("format: {}", format_path(format(context))),
        format!("declaration: {declaration}"),
        format!("media_type: {}", literal(media_type(body))),
    ];
    text.doc("The document that the request carries in its body.");
    text.list(
        "static DOCUMENT: BodyDescription = BodyDescription ",
        &List::literal(members.map(Item::from)),
        ";",
    );
}

/// The type of the document.
pub(super) fn structure(text: &mut Text, context: &Context<'_>, title: &str, members: &[Member]) {
    let body = context.vendor.body.as_ref();
    let mut words = Vec::new();
    if let Some(root) = body.and_then(|body| body.root.as_ref()) {
        let word = if format(context) == FormatKind::Json { "json_root" } else { "root" };
        words.push(format!("{word} = {}", literal(root)));
    }
    if let Some(namespace) = body.and_then(|body| body.namespace.as_ref()) {
        words.push(format!("namespace = {}", literal(namespace)));
    }
    let body = Structure {
        name: "Body",
        doc: &format!("What a request of {title} carries in its body."),
        members,
        body: None,
        attribute: (!words.is_empty()).then(|| words.join(", ")),
        scope: Scope::Elsewhere,
        more: None,
    };
    structure::write(text, context, &body);
}

/// The field of a request that is its document. A server reads it from the body, so that no reader of parameters misses it.
pub(super) fn field(text: &mut Text, parameters: &[Member]) {
    text.doc("What the request carries in its body.");
    let mut name = String::from("body");
    let taken = |name: &str| {
        let names = |member: &Member| {
            let own = [&member.xml, &member.json, &member.query];
            member.name.wire == name || own.into_iter().flatten().any(|own| own == name)
        };
        parameters.iter().any(names)
    };
    while taken(&name) {
        name.push('_');
    }
    text.line(if name == "body" {
        "#[wire(default)]".to_owned()
    } else {
        format!("#[wire(name = {}, default)]", literal(&name))
    });
    text.line("pub body: Body,");
}

/// The document of a constructor, from its arguments.
pub(super) fn value(members: &[Member], from_required: bool) -> Item {
    let names = members.iter().filter(|member| needed(member)).map(|member| member.name.rust.as_str());
    let from = |name: &str| if from_required { format!("required.{name}") } else { name.to_owned() };
    if by_name(members) {
        let fields = names.map(|name| structure::field(name, &from(name)));
        let required = format!("{} ", required_type("Body"));
        return Item::List(
            "body: Body::new".to_owned(),
            List::call([Item::List(required, List::literal(fields))]),
        );
    }
    Item::List("body: Body::new".to_owned(), List::call(names.map(|name| Item::from(from(name)))))
}

/// Sets a member of the document.
pub(super) fn setter(text: &mut Text, context: &Context<'_>, member: &Member, scope: Scope) {
    let Argument { name, parameter, .. } = argument(context, member, scope);
    let what = member.facts.doc.as_deref().map(sentence).unwrap_or_default();
    text.doc(&format!("Sets [`{0}`](Body::{0}) of the body. {what}", plain(&name)));
    text.line("#[must_use]");
    let head = format!("pub fn with_{}", plain(&name));
    text.function(&head, &["mut self".to_owned(), parameter], "Self", |text| {
        text.line(format!("self.body = self.body.with_{}({name});", plain(&name)));
        text.line("self");
    });
}
