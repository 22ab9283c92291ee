//! A module for each group, and in it one for each operation: the request, the reply, and what a call can fail with.

use std::fmt::Write as _;

use super::{
    imports::imports,
    names::{Context, Scope, needed, plain},
    operations::Named,
    prose::{cell, code, facts},
    protocol::{format_name, format_path, method},
    structure::{self, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{Group, Member, Operation, Placement, Verb};

/// Longer examples are not shown in the docs.
const EXAMPLE_LINES: usize = 40;

/// `mod.rs` of a group.
pub(super) fn group(group: &Group) -> String {
    let mut text = Text::new();
    text.module_doc(&facts(&group.facts, &format!("The operations of {}.", code(&group.name.wire))));
    text.blank();
    let mut modules: Vec<_> = group.operations.iter().map(|operation| operation.name.rust.as_str()).collect();
    modules.sort_unstable_by_key(|module| plain(module));
    for module in modules {
        text.line(format!("pub mod {module};"));
    }
    text.finish()
}

/// The module of an operation.
pub(super) fn module(context: &Context<'_>, named: &Named<'_>) -> String {
    let operation = named.operation;
    let title = code(&named.title());
    let mut body = Text::new();
    body.blank();
    description(&mut body, context, named);
    body.blank();
    let request = Structure {
        name: "Request",
        doc: &format!("The parameters of {title}."),
        members: &operation.request,
        scope: Scope::Elsewhere,
    };
    structure::write(&mut body, context, &request);
    body.blank();
    let envelope = &context.envelopes[named.envelope].name;
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
        doc: &format!("What {title} answers when it succeeds."),
        members: &operation.reply,
        scope: Scope::Elsewhere,
    };
    structure::write(&mut body, context, &reply);
    body.blank();
    body.doc("Why a call gave no answer.");
    body.line("pub type Error = call::Error<Failure>;");

    let mut text = Text::new();
    text.module_doc(&module_doc(context, named));
    text.blank();
    imports(&mut text, context, &body.finish());
    text.finish()
}

fn description(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    let operation = named.operation;
    text.doc("The operation, as data.");
    let formats = operation.formats.iter().filter_map(|&format| context.vendor.formats.get(format));
    let formats = formats.map(|format| Item::from(format_path(format.kind)));
    let members = [
        format!("name: {}", literal(&named.title())).into(),
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

/// The vendor's facts, on one page. Writing them to a string cannot fail.
fn module_doc(context: &Context<'_>, named: &Named<'_>) -> String {
    let operation = named.operation;
    let what = facts(&operation.facts, "the vendor does not say what it does.");
    let mut doc = format!("{}: {what}\n\n| | |\n|---|---|", code(&named.title()));
    let _ = write!(doc, "\n| path | {} |\n| methods | {} |", code(&operation.path), methods(operation));
    let formats = operation.formats.iter().filter_map(|&format| context.vendor.formats.get(format));
    let formats: Vec<_> = formats.map(|format| format_name(format.kind)).collect();
    let _ = write!(doc, "\n| formats | {} |", formats.join(", "));
    let session = match (operation.session, operation.signed) {
        (true, true) => "needed, and the request is signed",
        (true, false) => "needed",
        (false, _) => "not needed",
    };
    let _ = write!(doc, "\n| session | {session} |");
    if operation.secure {
        doc.push_str("\n| transport | TLS only |");
    }
    members(&mut doc, "Parameters", &operation.request);
    members(&mut doc, "Reply", &operation.reply);
    errors(&mut doc, context, operation);
    example(&mut doc, operation);
    doc
}

fn methods(operation: &Operation) -> String {
    let methods = operation.methods.iter().map(|method| {
        let verb = match method.verb {
            Verb::Get => "GET",
            Verb::Post => "POST",
        };
        match method.placement {
            Placement::Query => format!("{verb} with the parameters in the query string"),
            Placement::Form => format!("{verb} with the parameters in a form"),
        }
    });
    methods.collect::<Vec<_>>().join("; ")
}

fn members(doc: &mut String, title: &str, members: &[Member]) {
    if members.is_empty() {
        return;
    }
    let _ = write!(doc, "\n\n# {title}\n\n| name | field | required | meaning |\n|---|---|---|---|");
    for member in members {
        let (wire, rust) = (cell_code(&member.name.wire), &member.name.rust);
        let required = if needed(member) { "yes" } else { "" };
        let meaning = member.facts.doc.as_deref().map(cell).unwrap_or_default();
        let _ = write!(doc, "\n| {wire} | `{rust}` | {required} | {meaning} |");
    }
}

/// A wire name as code in a table.
fn cell_code(name: &str) -> String {
    code(name).replace('|', "\\|")
}

fn errors(doc: &mut String, context: &Context<'_>, operation: &Operation) {
    let errors = context.vendor.errors.iter().filter(|error| operation.errors.contains(&error.key));
    let mut errors = errors.peekable();
    if errors.peek().is_none() {
        return;
    }
    doc.push_str(
        "\n\n# Errors\n\nThe vendor's page lists these codes.\n\n| code | variant | meaning |\n|---|---|---|",
    );
    for error in errors {
        let meaning = error.facts.doc.as_deref().map(cell).unwrap_or_default();
        let (key, rust) = (cell_code(&error.key), &error.rust);
        let _ = write!(doc, "\n| {key} | [`{rust}`](crate::ErrorCode::{rust}) | {meaning} |");
    }
}

/// The first reply that the page shows, as printed.
fn example(doc: &mut String, operation: &Operation) {
    let replies = operation.examples.iter().filter(|example| example.error.is_none());
    let mut replies = replies.flat_map(|example| &example.replies);
    let showable = |text: &str| {
        text.lines().count() <= EXAMPLE_LINES
            && !text.contains("```")
            && !text.chars().any(|letter| letter.is_control() && letter != '\n')
    };
    let Some(reply) = replies.find(|reply| reply.fails.is_none() && showable(&reply.text)) else { return };
    let lines = || reply.text.lines().filter(|line| !line.trim().is_empty());
    let margin =
        lines().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or_default();
    let format = format_name(reply.format);
    let _ = write!(doc, "\n\n# Example\n\nA reply in {format}, as the vendor's page shows it:\n\n```text");
    for line in lines() {
        let _ = write!(doc, "\n{}", &line[margin..]);
    }
    doc.push_str("\n```");
}
