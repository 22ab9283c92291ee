//! The document that a request carries beside its parameters.

use super::{
    prose::code,
    runtime::format_path,
    structure::{self, Made, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{FormatKind, Member};
use crate::plan::{
    body::{body_format, body_media_type},
    context::{Context, Scope},
    operations::Named,
    told::format_name,
};

/// What the body is, for people.
pub(super) fn described(context: &Context<'_>) -> String {
    format!("{}, as {}", format_name(body_format(context.vendor)), code(body_media_type(context.vendor)))
}

/// What the operation says of the document that its request carries.
pub(super) fn content(context: &Context<'_>, named: &Named<'_>) -> Item {
    let body = context.vendor.body.as_ref();
    let declaration = body.is_some_and(|body| body.declaration);
    let members = [
        format!("member: {}", named.operation.request.len()),
        format!("shape: <{} as wire::Message>::SHAPE", named.body()),
        format!("format: {}", format_path(body_format(context.vendor))),
        format!("declaration: {declaration}"),
        format!("media_type: {}", literal(body_media_type(context.vendor))),
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
        let word = if body_format(context.vendor) == FormatKind::Json { "json_root" } else { "root" };
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
        reply: false,
    };
    structure::write(text, context, &body);
}
