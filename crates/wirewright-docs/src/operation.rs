//! The page of an operation.

use askama::Template;
use wirewright_codegen::{
    emit::RustCall,
    model::{MemberPath, Next, Operation},
    plan::{
        assumptions,
        body::{body_format, body_media_type},
        context::Context,
        told::{answers_in, format_name, methods, raw_reply, session_needs},
    },
};

use crate::{
    assumed::{Assumed, assumed},
    command,
    curl::{Writing, curl},
    environment::Legend,
    form::{Form, Sent},
    markup::{Markup, joined},
    members::{Row, Rows},
    of::Of,
    page::Page,
    request::SampleRequest,
    samples::{Sample, samples},
    shared::{ErrorRow, errors, parameters},
    told::Told,
};

#[derive(Template)]
#[template(path = "operation.html")]
pub(crate) struct OperationPage {
    page: Page,
    title: String,
    told: Told,
    partial: Option<Markup>,
    glance: Vec<(&'static str, Markup)>,
    parameters: Vec<Row>,
    body: Vec<Row>,
    common: Vec<Row>,
    reply: Vec<Row>,
    /// Whether there is something around every reply.
    enveloped: bool,
    /// What the reply is, where it has no members.
    raw: Option<Markup>,
    failure: Vec<Row>,
    outcome: Vec<Markup>,
    errors: Vec<ErrorRow>,
    calls: Vec<Call>,
    samples: Vec<Sample>,
    assumed: Vec<Assumed>,
    form: Option<Form>,
    sent: Option<Sent>,
}

/// The call in one way.
struct Call {
    title: &'static str,
    text: String,
    legend: Vec<Legend>,
    note: Option<Markup>,
}

impl OperationPage {
    /// A page of the site; in a mock's with a form, and with what was sent by it.
    pub(crate) fn new(of: &Of<'_>, form: Option<Form>, sent: Option<Sent>) -> Self {
        let Of { definition, context, places, operation, named, file } = of;
        let vendor = context.vendor;
        let model = named.operation;
        let rows = Rows { vendor, places };
        let title = named.title();
        let mut own = rows.all(&model.request);
        own.extend(model.constants.iter().map(|(name, value)| {
            let facts = wirewright_codegen::model::Facts::default();
            rows.plain(name, &facts, Vec::new(), vec![Markup::new().text("Always ").code(value).text(".")])
        }));
        Self {
            page: Page::of_vendor(context, places, file, &title, form.is_some()),
            title,
            told: Told::new(&model.facts),
            partial: model.partial.as_deref().map(|text| Markup::new().prose(text)),
            glance: glance(context, model),
            parameters: own,
            body: rows.all(model.body.iter().flatten()),
            common: parameters(context, places, Some(&named.group.name.wire)),
            reply: rows.of_reply(&model.reply),
            enveloped: !vendor.envelope.members.is_empty(),
            raw: model.raw.as_ref().map(|raw| Markup::new().prose(&raw_reply(raw))),
            failure: rows.of_reply(&model.failure),
            outcome: outcome(model),
            errors: errors(context, places, Some(&model.errors)),
            calls: calls(of),
            samples: samples(definition, operation),
            assumed: assumed(None, &assumptions::of_operation(vendor, model)),
            form,
            sent,
        }
    }
}

/// What is to be known first.
fn glance(context: &Context<'_>, operation: &Operation) -> Vec<(&'static str, Markup)> {
    let vendor = context.vendor;
    let plain = |text: &str| Markup::new().text(text);
    let endpoint = operation.endpoint.as_ref().unwrap_or(&vendor.endpoint);
    let mut glance = vec![
        ("Address", Markup::new().code(&format!("{endpoint}{}", operation.path))),
        ("Methods", Markup::new().prose(&methods(operation))),
        ("Answers in", plain(&answers_in(vendor, operation))),
    ];
    if operation.body.is_some() {
        let format = format_name(body_format(vendor));
        glance.push(("Body", plain(format).text(", as ").code(body_media_type(vendor))));
    }
    let needs = session_needs(context, operation);
    glance
        .push(("Session", if needs.is_empty() { plain("not needed") } else { Markup::new().prose(&needs) }));
    if operation.signed && operation.signature_optional {
        glance.push(("Signature", plain("a server takes it without as well")));
    }
    if operation.secure {
        glance.push(("Transport", plain("TLS only")));
    }
    if operation.status != 200 {
        glance.push(("Success", plain(&format!("HTTP {}", operation.status))));
    }
    glance.push((
        "Tried again",
        plain(if operation.repeatable { "where that may help" } else { "only by hand" }),
    ));
    if operation.has_rows() || operation.body_rows.is_some() {
        let sides = [(operation.has_rows(), "the reply"), (operation.body_rows.is_some(), "the body")];
        let sides: Vec<&str> = sides.into_iter().filter(|(is, _)| *is).map(|(_, side)| side).collect();
        glance.push(("Row by row", plain(&sides.join(" and "))));
    }
    if let Some(pages) = pages(operation) {
        glance.push(("Pages", pages));
    }
    glance
}

/// How a reply leads to the next one.
fn pages(operation: &Operation) -> Option<Markup> {
    let pagination = operation.pagination.as_ref()?;
    let name = |index: &usize| operation.request.get(*index).map_or("", |member| member.name.wire.as_str());
    let items =
        Markup::new().text("items are in ").code(&dotted(&pagination.items)).text("; the next page is ");
    Some(match &pagination.next {
        Next::Url { member, .. } => items.text("at the URL in ").code(&dotted(member)),
        Next::Parameters(parameters) => {
            let each: Vec<Markup> = parameters
                .iter()
                .map(|(index, path)| Markup::new().code(name(index)).text(" from ").code(&dotted(path)))
                .collect();
            items.text("asked for with ").add(&joined(&each, ", "))
        }
        Next::Further(path) => items.text("asked for with what is in ").code(&dotted(path)),
        Next::Page { parameter, .. } => items.text("asked for by its number, in ").code(name(parameter)),
        Next::Offset { parameter, .. } => {
            items.text("asked for by the number of its first item, in ").code(name(parameter))
        }
    })
}

/// A member and the structures that it is in, by their names on the wire.
fn dotted(path: &MemberPath) -> String {
    path.steps().map(|member| member.name.wire.as_str()).collect::<Vec<_>>().join(".")
}

/// What tells that a reply is a refusal, though all else calls it a success.
fn outcome(operation: &Operation) -> Vec<Markup> {
    let Some(outcome) = &operation.outcome else { return Vec::new() };
    let values: Vec<Markup> = outcome.success.iter().map(|value| Markup::new().code(value)).collect();
    let text = Markup::new().code(&dotted(&outcome.status)).text(" tells whether the call succeeded: ");
    let mut sentences = vec![text.add(&joined(&values, " or ")).text(" means that it did.")];
    if let Some(message) = &outcome.message {
        sentences.push(Markup::new().code(&dotted(message)).text(" says in words what is wrong."));
    }
    sentences
}

/// The same call in each way.
fn calls(of: &Of<'_>) -> Vec<Call> {
    let Of { definition, context, places, operation, named, .. } = of;
    let sample = SampleRequest::new(definition, operation);
    let line = curl(&Writing { context, places, named, sample: &sample });
    let (command, secrets) = command::line(definition, context, named, &sample);
    let call = RustCall::new(context, named);
    let package = context.crate_name();
    let mut head = String::new();
    match call.uses.as_slice() {
        [] => {}
        [one] => head.extend(["use ", &package, "::", one, ";\n\n"]),
        uses => head.extend(["use ", &package, "::{", &uses.join(", "), "};\n\n"]),
    }
    let given = std::iter::once(format!("{}: {package}::{}<T>", call.receiver, call.receiver_type));
    for parameter in given.chain(call.parameters.iter().cloned()) {
        head.extend(["// ", &parameter, "\n"]);
    }
    let rust = |title, send| Call {
        title,
        text: format!("{head}{}", call.statement(send)),
        legend: Vec::new(),
        note: None,
    };
    vec![
        Call { title: "curl", text: line.text, legend: line.legend, note: None },
        Call {
            title: "wirewright call",
            text: command,
            legend: secrets,
            note: (!named.operation.sessions.is_empty() && !named.operation.sessionless)
                .then(|| Markup::new().text("It opens the session that it needs, and closes it again.")),
        },
        rust("Rust, blocking", "send_blocking()?"),
        rust("Rust, async", "send().await?"),
    ]
}
