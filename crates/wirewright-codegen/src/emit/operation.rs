//! A module for each group, and in it one for each operation: the request, the reply, and what a call can fail with.

use std::fmt::Write as _;

use super::{
    assumptions, body, continues,
    envelope::failure_data,
    imports::imports,
    kinds::told,
    names::{Context, Scope, needed, plain},
    operations::Named,
    prose::{cell, code, facts, prose},
    protocol::{answers_in, filled, format_name, format_path, location, method, option},
    rows,
    structure::{self, More, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{
    Confidence, Example, FormEncoding, Group, HttpMethod, Member, Operation, ParameterLocation, Placement,
    Raw, ValueType,
};

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
        if module == group.name.rust {
            text.line("#[expect(clippy::module_inception, reason = \"the vendor calls both so\")]");
        }
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
        body: operation.body.as_deref(),
        attribute: None,
        scope: Scope::Elsewhere,
        more: More::new(operation.partial.as_ref(), "parameter"),
    };
    structure::write(&mut body, context, &request);
    body.blank();
    if let Some(members) = &operation.body {
        body::structure(&mut body, context, &title, members);
        body.blank();
    }
    let [envelope, failed] =
        [named.envelope, named.failed_envelope].map(|index| &context.envelopes[index].name);
    body.block("impl generated::Request for Request", |text| {
        text.line("const OPERATION: &'static Operation = &OPERATION;");
        if operation.raw.is_some() {
            text.line("const RAW: Option<&'static RawDescription> = Some(&RAW);");
            text.line("type Envelope = RawEnvelope<Failure>;");
        } else {
            text.line(format!("type Envelope = {envelope}<Reply>;"));
        }
        text.line(format!("type FailedEnvelope = {failed}<{}>;", failure_data(context)));
        text.line(format!("type LooseEnvelope = {failed}<Document>;"));
        let answer = if operation.raw.is_some() { "RawReply" } else { "Answer<Reply>" };
        text.line(format!("type Answer = {answer};"));
        text.line("type Failure = Failure;");
    });
    body.blank();
    if let Some(described) = &operation.rows {
        rows::implementation(&mut body, described, rows::Side::Reply);
        body.blank();
    }
    if let Some(described) = operation.body_rows.as_ref().filter(|_| named.upload.is_some()) {
        rows::implementation(&mut body, described, rows::Side::Body);
        body.blank();
    }
    if let Some(continues) = operation.continues.as_ref().filter(|_| named.items.is_some()) {
        continues::implementation(&mut body, context, operation, continues);
        body.blank();
    }
    match &operation.raw {
        Some(raw) => raw_description(&mut body, &title, raw),
        None => reply(&mut body, context, operation, &title),
    }
    body.blank();
    body.doc("Why a call gave no answer.");
    body.line("pub type Error = generated::Error<Failure>;");

    let mut text = Text::new();
    text.module_doc(&module_doc(context, named));
    text.blank();
    imports(&mut text, context, &body.finish());
    text.finish()
}

fn reply(body: &mut Text, context: &Context<'_>, operation: &Operation, title: &str) {
    let reply = Structure {
        name: "Reply",
        doc: &format!("What {title} answers when it succeeds."),
        members: &operation.reply,
        body: None,
        attribute: None,
        scope: Scope::Elsewhere,
        more: More::new(operation.partial.as_ref(), "member"),
    };
    structure::write(body, context, &reply);
}

/// What a reply without an envelope may be.
fn raw_description(body: &mut Text, title: &str, raw: &Raw) {
    body.doc(&format!("What {title} answers with, which is no envelope."));
    let media_types = raw.media_types.iter().map(|media| Item::from(literal(media)));
    let statuses = raw.statuses.iter().map(|status| Item::from(status.to_string()));
    let fields = [
        Item::List("media_types: &".to_owned(), List::array(media_types)),
        Item::List("statuses: &".to_owned(), List::array(statuses)),
    ];
    body.list("pub static RAW: RawDescription = RawDescription ", &List::literal(fields), ";");
}

fn description(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    let operation = named.operation;
    text.doc("The operation, as data.");
    let formats = operation.formats.iter().filter_map(|&format| context.vendor.formats.get(format));
    let formats = formats.map(|format| Item::from(format_path(format.kind)));
    let sessions =
        operation.sessions.iter().map(|&kind| Item::from(format!("&{}", context.kinds[kind].constant())));
    let members = [
        format!("name: {}", literal(&named.title())).into(),
        format!("wire_name: {}", literal(&operation.wire_name)).into(),
        format!("endpoint: {}", option(operation.endpoint.as_deref())).into(),
        format!("path: {}", literal(&operation.path)).into(),
        "protocol: &PROTOCOL".into(),
        Item::List("methods: &".to_owned(), List::array(operation.methods.iter().map(|&each| method(each)))),
        Item::List("formats: &".to_owned(), List::array(formats)),
        Item::List("sessions: &".to_owned(), List::array(sessions)),
        format!("sessionless: {}", operation.sessionless).into(),
        format!("signed: {}", operation.signed).into(),
        format!("secure: {}", operation.secure).into(),
        format!("repeatable: {}", operation.repeatable).into(),
        match operation.body {
            Some(_) => "content: Content::Document(&DOCUMENT)".into(),
            None if operation.form == FormEncoding::Multipart => {
                let files = operation.request.iter().filter(|member| member.value == ValueType::File);
                let wire = files.map(|file| literal(file.query.as_ref().unwrap_or(&file.name.wire)).into());
                let files = List::literal([Item::List("files: &".to_owned(), List::array(wire))]);
                Item::List("content: Content::Multipart ".to_owned(), files)
            }
            None => "content: Content::Parameters".into(),
        },
        Item::List("filled: &".to_owned(), List::array(filled_members(operation))),
        Item::List("placed: &".to_owned(), List::array(carried_members(operation))),
    ];
    text.list("pub static OPERATION: Operation = Operation ", &List::literal(members), ";");
    if operation.body.is_some() {
        text.blank();
        body::document(text, context, operation);
    }
}

/// Those of an operation's own parameters that the call fills in.
fn filled_members(operation: &Operation) -> Vec<Item> {
    let members = operation.request.iter().enumerate().filter(|(_, member)| member.filled.is_some());
    let described = members.map(|(index, member)| {
        let mut items = filled(member, index);
        let name = member.query.as_ref().unwrap_or(&member.name.wire);
        items.insert(1, format!("name: {}", literal(name)).into());
        Item::List("AutoFilled ".to_owned(), List::literal(items))
    });
    described.collect()
}

/// Those of an operation's own parameters that stand in headers and cookies.
fn carried_members(operation: &Operation) -> Vec<Item> {
    let apart = |member: &Member| member.location != ParameterLocation::Parameters;
    let members = operation.request.iter().enumerate().filter(|(_, member)| apart(member));
    let described = members.map(|(index, member)| {
        let name = member.query.as_ref().unwrap_or(&member.name.wire);
        let items = [
            format!("member: {index}").into(),
            format!("name: {}", literal(name)).into(),
            location(&member.location),
        ];
        Item::List("PlacedParameter ".to_owned(), List::literal(items))
    });
    described.collect()
}

/// The vendor's facts, on one page. Writing them to a string cannot fail.
fn module_doc(context: &Context<'_>, named: &Named<'_>) -> String {
    let operation = named.operation;
    let what = facts(&operation.facts, "the vendor does not say what it does.");
    let mut doc = format!("{}: {what}\n\n| | |\n|---|---|", code(&named.title()));
    if let Some(endpoint) = &operation.endpoint {
        let _ = write!(doc, "\n| endpoint | {} |", code(endpoint));
    }
    let _ = write!(doc, "\n| path | {} |\n| methods | {} |", code(&operation.path), methods(operation));
    let _ = match &operation.raw {
        Some(raw) => write!(doc, "\n| reply | {} |", raw_reply(raw)),
        None => write!(doc, "\n| formats | {} |", answers_in(context.vendor, operation)),
    };
    let session = match told(context, operation) {
        none if none.is_empty() => "not needed".to_owned(),
        told => told,
    };
    let _ = write!(doc, "\n| session | {session} |");
    if operation.secure {
        doc.push_str("\n| transport | TLS only |");
    }
    if operation.repeatable {
        doc.push_str("\n| repeatable | a client tries it again where that may help |");
    }
    if operation.body.is_some() {
        let _ = write!(doc, "\n| body | {} |", body::described(context));
    }
    if let Some(method) = &named.rows {
        let _ = write!(doc, "\n| rows | read one by one by a client's `{method}` |");
    }
    if let Some(method) = &named.upload {
        let _ = write!(doc, "\n| rows of the body | written one by one by a client's `{method}` |");
    }
    if let Some(method) = &named.items {
        let _ = write!(doc, "\n| continues | one call after the other by a client's `{method}` |");
    }
    if let Some(confidence) = operation.facts.confidence {
        let _ = write!(doc, "\n| confidence | {} |", confidence.word());
    }
    if let Some(missing) = &operation.partial {
        let kept = match operation.raw {
            Some(_) => "The request takes further parameters with `with_more`.",
            None => {
                "The reply keeps every member that is not described here in `more`, and the request takes further parameters \
                 with `with_more`."
            }
        };
        let _ = write!(
            doc,
            "\n\n# What is missing\n\nThis was not seen of the vendor's page: {}\n\n{kept}",
            prose(missing)
        );
    }
    members(&mut doc, "Parameters", &operation.request);
    members(&mut doc, "Body", operation.body.as_deref().unwrap_or_default());
    members(&mut doc, "Reply", &operation.reply);
    members(&mut doc, "With an error", &operation.failure);
    errors(&mut doc, context, operation);
    let assumed = assumptions::of_operation(context.vendor, operation);
    if !assumed.is_empty() {
        doc.push_str("\n\n# Assumptions\n\nWhat the vendor's page leaves open, and what was chosen.");
        assumptions::table(&mut doc, assumed.into_iter().map(|assumption| (None, assumption)));
    }
    example(&mut doc, operation);
    doc
}

/// What a reply without an envelope may be, in words.
fn raw_reply(raw: &Raw) -> String {
    let media: Vec<_> = raw.media_types.iter().map(|media| code(media)).collect();
    let media = if media.is_empty() { "any media type".to_owned() } else { media.join(", ") };
    let statuses: Vec<_> = raw.statuses.iter().map(u16::to_string).collect();
    let statuses = if statuses.is_empty() { "200 to 299".to_owned() } else { statuses.join(", ") };
    format!("no envelope; {media}; HTTP {statuses} means success")
}

fn methods(operation: &Operation) -> String {
    let methods = operation.methods.iter().map(|method| {
        let verb = match method.verb {
            HttpMethod::Get => "GET",
            HttpMethod::Post => "POST",
        };
        match method.placement {
            Placement::Query => format!("{verb} with the parameters in the query string"),
            Placement::Form if operation.form == FormEncoding::Multipart => {
                format!("{verb} with the parameters in a form, as `multipart/form-data`")
            }
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

/// The first reply that the page shows, as printed; without one, the first that follows from what the page says.
fn example(doc: &mut String, operation: &Operation) {
    let examples = operation.examples.iter().filter(|example| example.error.is_none());
    let inferred = |example: &Example| example.facts.confidence == Some(Confidence::Low);
    let replies =
        examples.flat_map(|example| example.replies.iter().map(move |reply| (inferred(example), reply)));
    let showable = |text: &str| {
        text.lines().count() <= EXAMPLE_LINES
            && !text.contains("```")
            && !text.chars().any(|letter| letter.is_control() && letter != '\n')
    };
    let replies = replies.filter(|(_, reply)| reply.fails.is_none() && showable(&reply.text));
    let Some((inferred, reply)) = replies.min_by_key(|(inferred, _)| *inferred) else { return };
    let lines = || reply.text.lines().filter(|line| !line.trim().is_empty());
    let margin =
        lines().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or_default();
    let format = format_name(reply.format);
    let shown =
        if inferred { "as it follows from the vendor's page" } else { "as the vendor's page shows it" };
    let _ = write!(doc, "\n\n# Example\n\nA reply in {format}, {shown}:\n\n```text");
    for line in lines() {
        let _ = write!(doc, "\n{}", &line[margin..]);
    }
    doc.push_str("\n```");
}
