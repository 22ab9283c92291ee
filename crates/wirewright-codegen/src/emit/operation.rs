//! A module for each group, and in it one for each operation: the request, the reply, and what a call can fail with.

use super::{
    envelope::Variant,
    names::{Context, Scope},
    protocol::{format_path, method},
    structure::{self, Structure},
    text::{Item, List, Text, facts, literal, prose, sentence},
};
use crate::model::{Group, Operation, Placement, Verb};

/// `mod.rs` of a group.
pub(super) fn group(group: &Group) -> String {
    let mut text = Text::new();
    text.module_doc(&facts(&group.facts, &format!("The operations of `{}`.", group.name.wire)));
    text.blank();
    let mut modules: Vec<_> = group.operations.iter().map(|operation| operation.name.rust.as_str()).collect();
    modules.sort_unstable_by_key(|module| super::names::plain(module));
    for module in modules {
        text.line(format!("pub mod {module};"));
    }
    text.finish()
}

/// The module of an operation.
pub(super) fn module(
    context: &Context<'_>,
    envelopes: &[Variant],
    group: &Group,
    operation: &Operation,
) -> String {
    let mut body = Text::new();
    body.blank();
    description(&mut body, context, group, operation);
    body.blank();
    let name = format!("{}/{}", group.name.wire, operation.name.wire);
    let request = Structure {
        name: "Request",
        doc: &format!("The parameters of `{}` that no other operation provides.", prose(&name)),
        attributes: &[],
        members: &operation.request,
        scope: Scope::Elsewhere,
    };
    structure::write(&mut body, context, &request);
    body.blank();
    let envelope = envelopes.iter().find(|variant| variant.order == operation.order);
    let envelope = envelope.map_or("Envelope", |variant| variant.name.as_str());
    body.block("impl call::Request for Request", |text| {
        text.line("const OPERATION: &'static Operation = &OPERATION;");
        text.line(format!("type Envelope = {envelope}<Reply>;"));
        text.line(format!("type FailedEnvelope = {envelope}<Node>;"));
        text.line("type Answer = Answer<Reply>;");
        text.line("type Failure = Failure;");
    });
    body.blank();
    let reply = Structure {
        name: "Reply",
        doc: &format!("What `{}` answers when it succeeds.", prose(&name)),
        attributes: &[],
        members: &operation.reply,
        scope: Scope::Elsewhere,
    };
    structure::write(&mut body, context, &reply);
    body.blank();
    body.doc(&errors(context, operation));
    body.line("pub type Error = call::Error<Failure>;");

    let mut text = Text::new();
    text.module_doc(&module_doc(group, operation));
    text.blank();
    super::imports(&mut text, context, &body.finish());
    text.finish()
}

fn module_doc(group: &Group, operation: &Operation) -> String {
    let mut doc = format!("`{}/{}`: ", group.name.wire, operation.name.wire);
    doc.push_str(&facts(&operation.facts, "not described."));
    let methods: Vec<_> = operation
        .methods
        .iter()
        .map(|method| {
            let verb = match method.verb {
                Verb::Get => "GET",
                Verb::Post => "POST",
            };
            match method.placement {
                Placement::Query => format!("{verb} with its parameters in the query string"),
                Placement::Form => format!("{verb} with its parameters in a form"),
            }
        })
        .collect();
    doc.push_str(&format!("\n\nPath `{}`; {}.", operation.path, methods.join(", or ")));
    if operation.session {
        doc.push_str(" It is a call of a session.");
    }
    if operation.signed {
        doc.push_str(" Its request is signed.");
    }
    if operation.secure {
        doc.push_str(" It goes over TLS only.");
    }
    doc
}

fn description(text: &mut Text, context: &Context<'_>, group: &Group, operation: &Operation) {
    text.doc("The operation, as data.");
    let formats = operation.formats.iter().filter_map(|&format| context.vendor.formats.get(format));
    let formats = formats.map(|format| Item::from(format_path(format.kind)));
    let members = [
        format!("name: {}", literal(&format!("{}/{}", group.name.wire, operation.name.wire))).into(),
        format!("wire_name: {}", literal(&operation.wire_name)).into(),
        format!("path: {}", literal(&operation.path)).into(),
        "protocol: &PROTOCOL".into(),
        Item::List("methods: &".to_owned(), List::array(operation.methods.iter().map(|&each| method(each)))),
        Item::List("formats: &".to_owned(), List::array(formats)),
        format!("session: {}", operation.session).into(),
        format!("signed: {}", operation.signed).into(),
        format!("secure: {}", operation.secure).into(),
    ];
    text.list("pub static OPERATION: Operation = Operation ", &List::literal(members), ";");
}

fn errors(context: &Context<'_>, operation: &Operation) -> String {
    let mut doc = "What a call can fail with.".to_owned();
    let listed: Vec<_> =
        context.vendor.errors.iter().filter(|error| operation.errors.contains(&error.key)).collect();
    if !listed.is_empty() {
        doc.push_str(" The page lists these codes:\n\n| code | variant | meaning |\n|---|---|---|");
        for error in listed {
            let meaning = error.facts.doc.as_deref().map(sentence).unwrap_or_default();
            doc.push_str(&format!(
                "\n| {} | [`{}`](crate::ErrorCode::{}) | {meaning} |",
                error.key, error.rust, error.rust
            ));
        }
    }
    doc
}
