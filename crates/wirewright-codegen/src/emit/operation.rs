//! A file for each group: of each operation the request with what the vendor's page tells, how a client makes it, and the reply.

use std::fmt::Write as _;

use super::{
    body, call, client,
    described::Defaults,
    form::Form,
    pagination,
    prose::{facts, prose},
    rows,
    structure::{self, BodyField, Made, More, Structure},
    text::{Item, List, Text, literal},
};
use crate::model::{Confidence, Example, Group, Operation};
use crate::plan::{
    context::{Context, Scope},
    members::needed,
    operations::Named,
    told::{answers_in, code, format_name, methods, raw_reply, session_needs},
};

/// Longer examples are not shown in the docs.
const EXAMPLE_LINES: usize = 40;

/// The file of a group: for each operation the request, how a client makes it, and the reply.
pub(super) fn group(
    context: &Context<'_>,
    form: &Form<'_>,
    defaults: &Defaults,
    group: &Group,
    operations: &[Named<'_>],
) -> String {
    let mut text = Text::new();
    text.module_doc(&facts(&group.facts, &format!("The operations of {}.", code(&group.name.wire))));
    text.blank();
    text.line("use super::prelude::*;");
    for named in operations {
        text.blank();
        operation(&mut text, context, form, defaults, named);
    }
    text.finish()
}

fn operation(
    text: &mut Text,
    context: &Context<'_>,
    form: &Form<'_>,
    defaults: &Defaults,
    named: &Named<'_>,
) {
    let operation = named.operation;
    let body = named.body();
    let request = Structure {
        name: &named.request,
        doc: &page(context, form, named),
        members: &operation.request,
        body: operation
            .body
            .as_ref()
            .map(|members| BodyField { name: &body, needs: members.iter().any(needed) }),
        attribute: None,
        made: Made::Call,
        scope: Scope::Elsewhere,
        more: operation
            .takes_more()
            .then_some(More { missing: operation.partial.as_deref(), kind: "parameter" }),
        reply: false,
    };
    structure::write(text, context, &request);
    text.blank();
    if let Some(members) = &operation.body {
        body::structure(text, context, named, members);
        text.blank();
    }
    offered(text, context, defaults, named);
    text.blank();
    client::scopes(text, context, named);
    if operation.has_rows() {
        rows::of_reply(text, named);
        text.blank();
    }
    if let Some(described) = operation.body_rows.as_deref().filter(|_| context.is_ordinary(named)) {
        rows::of_body(text, named, described);
        text.blank();
    }
    if let Some(pagination) = operation.pagination.as_deref().filter(|_| context.is_ordinary(named)) {
        pagination::implementation(text, context, named, pagination);
        text.blank();
    }
    client::methods(text, context, named);
    if named.has_reply() {
        text.blank();
        reply(text, context, named);
    }
}

/// What the runtime needs to know of the request.
fn offered(text: &mut Text, context: &Context<'_>, defaults: &Defaults, named: &Named<'_>) {
    let operation = named.operation;
    text.block(format!("impl OfferedRequest for {}", named.request), |text| {
        let api = context.api(named);
        text.line(match &operation.raw {
            Some(_) => format!("type Api = Raw<{api}>;"),
            None => format!("type Api = {api};"),
        });
        text.line(format!("type Reply = {};", named.reply()));
        text.line(match context.opened_by(named) {
            None => "type Outcome = Answers;".to_owned(),
            Some(kind) if kind.session.conditional => format!("type Outcome = MayOpen<{}>;", kind.state()),
            Some(kind) => format!("type Outcome = Opens<{}>;", kind.state()),
        });
        let fields = defaults.own(context, named);
        text.list("const OPERATION: &'static Operation = &Operation ", &List::literal(fields), ";");
        if let Some(raw) = &operation.raw {
            let media_types = raw.media_types.iter().map(|media| Item::from(literal(media)));
            let statuses = raw.statuses.iter().map(|status| Item::from(status.to_string()));
            let fields = [
                Item::List("media_types: &".to_owned(), List::array(media_types)),
                Item::List("statuses: &".to_owned(), List::array(statuses)),
            ];
            let head = "const RAW: Option<&'static RawDescription> = Some(&RawDescription ";
            text.list(head, &List::literal(fields), ");");
        }
        pagination::held(text, operation);
    });
}

fn reply(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    let reply = Structure {
        name: &named.reply(),
        doc: &format!("What {} answers when it succeeds.", code(&named.title())),
        members: &named.operation.reply,
        body: None,
        attribute: None,
        made: Made::Alone,
        scope: Scope::Elsewhere,
        more: More::new(named.operation.partial.as_ref(), "member"),
        reply: true,
    };
    structure::write(text, context, &reply);
}

/// What the vendor's page tells. Writing it to a string cannot fail.
fn page(context: &Context<'_>, form: &Form<'_>, named: &Named<'_>) -> String {
    let operation = named.operation;
    let mut doc = facts(&operation.facts, "The vendor does not say what it does.");
    let _ = write!(doc, "\n\n{}: {}", code(&named.title()), methods(operation));
    if let Some(endpoint) = &operation.endpoint {
        let _ = write!(doc, " to {}", code(endpoint));
    }
    let _ = match &operation.raw {
        Some(raw) => write!(doc, "; {}", raw_reply(raw)),
        None => write!(doc, "; {}", answers_in(context.vendor, operation)),
    };
    if operation.body.is_some() {
        let _ = write!(doc, "; a body in {}", body::described(context));
    }
    let session = match session_needs(context, operation) {
        none if none.is_empty() => "no session needed".to_owned(),
        needs if needs.starts_with("needed") || needs.starts_with("optional") => {
            format!("a session is {needs}")
        }
        needs => format!("in a session {needs}"),
    };
    let _ = write!(doc, "; {session}");
    if operation.secure {
        doc.push_str("; TLS only");
    }
    if operation.repeatable {
        doc.push_str("; tried again where that may help");
    }
    doc.push('.');
    call::describe(&mut doc, context, form, named);
    if let Some(missing) = &operation.partial {
        let _ = write!(
            doc,
            "\n\n# What is missing\n\nThis was not seen of the vendor's page: {}",
            prose(missing)
        );
    }
    example(&mut doc, operation);
    doc
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
