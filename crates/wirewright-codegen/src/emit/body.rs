//! The document that a request carries beside its parameters.

use super::{
    names::{Context, Scope},
    operations::Named,
    prose::code,
    protocol::{format_name, format_path},
    structure::{self, BodyField, Made, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{Body, FormatKind, Member};

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

/// What the operation says of the document that its request carries.
pub(super) fn content(context: &Context<'_>, named: &Named<'_>) -> Item {
    let body = context.vendor.body.as_ref();
    let declaration = body.is_some_and(|body| body.declaration);
    let members = [
        format!("member: {}", named.operation.request.len()),
        format!("shape: <{} as wire::Message>::SHAPE", named.body()),
        format!("format: {}", format_path(format(context))),
        format!("declaration: {declaration}"),
        format!("media_type: {}", literal(media_type(body))),
    ];
    let described = List::literal(members.map(Item::from));
    Item::List(
        "content: describe::Content::Document".to_owned(),
        List::call([Item::List("&describe::BodyDescription ".to_owned(), described)]),
    )
}

/// The type of the document.
pub(super) fn structure(text: &mut Text, context: &Context<'_>, named: &Named<'_>, members: &[Member]) {
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
        name: &named.body(),
        doc: &format!("What a request of {} carries in its body.", code(&named.title())),
        members,
        body: None,
        attribute: (!words.is_empty()).then(|| words.join(", ")),
        made: Made::CallOf(&named.request),
        scope: Scope::Elsewhere,
        more: None,
    };
    structure::write(text, context, &body);
}

/// The field of a request that is its document. A server reads it from the body, so that no reader of parameters misses it.
pub(super) fn field(text: &mut Text, parameters: &[Member], body: &BodyField<'_>) {
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
    let own = (name != "body").then(|| format!("name = {}", literal(&name)));
    let argument = body.needs.then(|| "argument".to_owned());
    let words: Vec<String> = own.into_iter().chain(["default".to_owned()]).chain(argument).collect();
    text.line(format!("#[wire({})]", words.join(", ")));
    text.line(format!("pub body: {},", body.name));
}
