//! The page of a vendor.

use askama::Template;
use wirewright_codegen::{
    emit,
    model::{Confidence, FormatKind, Vendor},
    plan::{
        assumptions,
        context::Context,
        operations::Named,
        told::{answers_in, format_name, session_needs},
    },
};

use crate::{
    assumed::{Assumed, assumed},
    markup::{Markup, count},
    members::{Row, Rows},
    page::Page,
    places::{OVERVIEW, Places},
    sessions::{Drawing, Kind, drawing, kinds},
    shared::{ErrorRow, envelope, errors, parameters},
    signing::{Step, steps, unsent},
    told::{Told, confidence, first_sentence},
};

#[derive(Template)]
#[template(path = "overview.html")]
pub(crate) struct Overview {
    page: Page,
    title: String,
    told: Told,
    glance: Vec<(&'static str, Markup)>,
    groups: Vec<Group>,
    parameters: Vec<Row>,
    envelope: Vec<Row>,
    failure: Vec<Row>,
    drawing: Option<Drawing>,
    kinds: Vec<Kind>,
    steps: Vec<Step>,
    unsent: Option<Markup>,
    errors: Vec<ErrorRow>,
    sure: Vec<(String, &'static str, &'static str)>,
    assumed: Vec<Assumed>,
    programs: Option<[String; 2]>,
}

/// The operations of a group.
struct Group {
    mark: String,
    name: String,
    doc: Option<Markup>,
    operations: Vec<Operation>,
}

struct Operation {
    href: String,
    name: String,
    doc: Markup,
    methods: String,
    session: Markup,
    formats: String,
    confidence: Option<(&'static str, &'static str)>,
    partial: bool,
}

impl Overview {
    pub(crate) fn new(context: &Context<'_>, places: &Places, mock: bool) -> Self {
        let vendor = context.vendor;
        let rows = Rows { vendor, places };
        let unsent: Vec<Markup> = unsent(vendor).iter().map(|name| Markup::new().code(name)).collect();
        Self {
            page: Page::of_vendor(context, places, OVERVIEW, &vendor.title, mock),
            title: vendor.title.clone(),
            told: Told::new(&vendor.facts),
            glance: glance(context),
            groups: groups(context, places),
            parameters: parameters(context, places, None),
            envelope: envelope(context, places),
            failure: rows.of_reply(&vendor.failure),
            drawing: drawing(context, places),
            kinds: kinds(context, places),
            steps: steps(context, places),
            unsent: (!unsent.is_empty()).then(|| crate::markup::joined(&unsent, ", ")),
            errors: errors(context, places, None),
            sure: sure(context),
            assumed: all_assumed(context, places),
            programs: emit::programs(context),
        }
    }
}

/// What is to be known first.
fn glance(context: &Context<'_>) -> Vec<(&'static str, Markup)> {
    let vendor = context.vendor;
    let mut endpoints = vec![vendor.endpoint.as_str()];
    for named in &context.operations {
        if let Some(endpoint) = &named.operation.endpoint
            && !endpoints.contains(&endpoint.as_str())
        {
            endpoints.push(endpoint);
        }
    }
    let codes = |texts: &[&str]| {
        crate::markup::joined(&texts.iter().map(|text| Markup::new().code(text)).collect::<Vec<_>>(), ", ")
    };
    let mut glance = vec![(if endpoints.len() == 1 { "Endpoint" } else { "Endpoints" }, codes(&endpoints))];
    let methods: Vec<&str> = vendor.methods.iter().map(|method| method.verb.name()).collect();
    glance.push(("Methods", Markup::new().text(&methods.join(", "))));
    glance.push(("Formats", formats(vendor)));
    if let Some(charset) = &vendor.charset {
        glance.push(("Charset", Markup::new().code(charset)));
    }
    if let Some(body) = &vendor.body {
        glance.push(("Bodies of requests", Markup::new().text(format_name(body.format))));
    }
    glance.push(("Operations", Markup::new().text(&context.operations.len().to_string())));
    let names: Vec<&str> = vendor.sessions.iter().map(|session| session.name.as_str()).collect();
    match names.as_slice() {
        [] => {}
        [_] => glance.push(("Sessions", Markup::new().text("one kind"))),
        names => glance.push(("Sessions", codes(names))),
    }
    glance.push(("Crate", Markup::new().code(&vendor.package)));
    glance
}

/// The formats of replies, each with what is around them.
fn formats(vendor: &Vendor) -> Markup {
    let each = vendor.formats.iter().map(|format| {
        let text = Markup::new().text(format_name(format.kind));
        match (&format.root, format.kind) {
            (Some(root), FormatKind::Xml) => text.text(" in ").code(&format!("<{root}>")),
            (Some(root), _) => text.text(" in ").code(root),
            (None, _) => text,
        }
    });
    crate::markup::joined(&each.collect::<Vec<_>>(), ", ")
}

fn groups(context: &Context<'_>, places: &Places) -> Vec<Group> {
    let mut operations = context.operations.iter().zip(&places.operations);
    let mut groups = Vec::new();
    for (index, group) in context.vendor.groups.iter().enumerate() {
        let own = operations.by_ref().take(group.operations.len());
        groups.push(Group {
            mark: places.groups[index].clone(),
            name: group.name.wire.clone(),
            doc: Told::new(&group.facts).doc,
            operations: own.map(|(named, file)| operation(context, named, file)).collect(),
        });
    }
    groups
}

fn operation(context: &Context<'_>, named: &Named<'_>, file: &str) -> Operation {
    let operation = named.operation;
    let methods: Vec<&str> = operation.methods.iter().map(|method| method.verb.name()).collect();
    let needs = session_needs(context, operation);
    let session =
        if needs.is_empty() { Markup::new() } else { Markup::new().text("session: ").prose(&needs) };
    Operation {
        href: file.to_owned(),
        name: operation.name.wire.clone(),
        doc: Markup::new().prose(first_sentence(&operation.facts)),
        methods: methods.join(", "),
        session,
        formats: answers_in(context.vendor, operation),
        confidence: operation.facts.confidence.map(confidence),
        partial: operation.partial.is_some(),
    }
}

/// How many operations are how sure.
fn sure(context: &Context<'_>) -> Vec<(String, &'static str, &'static str)> {
    let kinds = [Confidence::High, Confidence::Medium, Confidence::Low];
    let having = |wanted: Confidence| {
        let operations = context.operations.iter();
        operations.filter(|named| named.operation.facts.confidence == Some(wanted)).count()
    };
    let known = kinds.into_iter().map(|kind| (having(kind), confidence(kind)));
    let known = known.filter(|(number, _)| *number > 0);
    known.map(|(number, (word, meaning))| (count(number, "operation"), word, meaning)).collect()
}

/// The protocol's assumptions, then those of each operation.
fn all_assumed(context: &Context<'_>, places: &Places) -> Vec<Assumed> {
    let mut all = assumed(None, &assumptions::of_protocol(context.vendor));
    for (named, file) in context.operations.iter().zip(&places.operations) {
        let of = Markup::new().link(file, &named.title());
        all.extend(assumed(Some(&of), &assumptions::of_operation(context.vendor, named.operation)));
    }
    all
}
