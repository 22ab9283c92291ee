//! `operations.rs`: every kind of session and every operation, one after the other, for tools that know no vendor.

use super::{
    imports::imports,
    kinds::Kind,
    names::Context,
    parameters::Provided,
    prose::prose,
    state,
    text::{Item, List, Text},
};
use crate::model::{Path, SessionField, SessionValue, Side, Step};
use crate::naming::CLOCK;

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.blank();
    visit(&mut body, context);
    for kind in &context.kinds {
        body.blank();
        session(&mut body, context, kind);
    }
    let mut text = Text::new();
    text.module_doc(&format!(
        "Every operation of the {}, one after the other, for tools that know no vendor: mock servers, calls from a shell, fuzzing.",
        prose(&context.vendor.title)
    ));
    text.blank();
    imports(&mut text, context, &body.finish());
    text.finish()
}

fn visit(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context);
    let (client, call) = (provided.client_type(), provided.options_type());
    let sessions = if context.kinds.is_empty() { "" } else { "every kind of session, then " };
    text.doc(&format!("Shows `visitor` {sessions}every operation in the order of the definition."));
    text.doc("\nNothing of it is compiled into a program that does not call it.");
    // A line for each, however long its names are.
    text.line("#[rustfmt::skip]");
    text.block("pub fn visit(visitor: &mut impl Visitor)", |text| {
        for kind in &context.kinds {
            text.line(format!("visitor.session::<{}>();", kind.state()));
        }
        for named in &context.operations {
            let first = named.operation.sessions.first().map(|&kind| context.kinds[kind].parameters_type());
            let session = first.unwrap_or_else(|| "Nothing".to_owned());
            let module = named.module();
            text.line(format!("visitor.operation::<{module}::Request, {client}, {call}, {session}>();"));
        }
    });
}

/// What tools see of a kind of session.
fn session(text: &mut Text, context: &Context<'_>, kind: &Kind<'_>) {
    let opens = context.operation(kind.session.opens);
    let (module, answer) = (opens.module(), opens.answer());
    text.block(format!("impl DescribedSession for {}", kind.state()), |text| {
        text.line(format!("const KIND: &'static SessionKind = &{};", kind.constant()));
        let closes = kind.session.closes.map(|closes| context.operation(closes).module());
        let closes = closes.map_or_else(|| "None".to_owned(), |module| format!("Some(&{module}::OPERATION)"));
        text.assignment("const CLOSED_BY: Option<&'static Operation>", &closes);
        text.line(format!("type Opening = {module}::Request;"));
        text.line(format!("type Carried = {};", kind.parameters_type()));
        text.blank();
        let now = if kind.session.clock.is_some() { "now" } else { "_now" };
        let parameters = [
            format!("request: &{module}::Request"),
            format!("answer: &{answer}"),
            format!("{now}: Option<std::time::Duration>"),
        ];
        let conditional = kind.session.conditional;
        text.function("fn opened", &parameters, "Option<Self>", |text| match &kind.session.clock {
            Some(clock) => {
                let or_none = if conditional { "?" } else { "" };
                text.line(format!("let mut state = Self::open(request, &answer.data){or_none};"));
                let arguments = ["now".to_owned(), format!("answer.{}", state::place(clock))].map(Item::from);
                text.list(&format!("state.{CLOCK} = ClockSkew::between"), &List::call(arguments), ";");
                text.line("Some(state)");
            }
            None if conditional => text.line("Self::open(request, &answer.data)"),
            None => text.line("Some(Self::open(request, &answer.data))"),
        });
        text.blank();
        text.block("fn carried(&self) -> Self::Carried", |text| {
            text.line(if kind.members.is_empty() { "Nothing {}" } else { "self.parameters()" });
        });
        if let Some(key) = kind.key {
            text.blank();
            text.block("fn key(&self) -> Option<Secret<String>>", |text| {
                let field = format!("self.{}.clone()", key.name.rust);
                text.line(if key.secret {
                    format!("Some({field})")
                } else {
                    format!("Some(Secret::from({field}))")
                });
            });
        }
        if kind.session.clock.is_some() {
            text.blank();
            text.block("fn clock_skew(&self) -> ClockSkew", |text| {
                text.line(format!("self.{CLOCK}.unwrap_or_default()"));
            });
        }
        let carried = |field: &&SessionField| kind.members.iter().any(|one| one.name.rust == field.name.rust);
        let told: Vec<&Path> = kind.session.fields.iter().filter(carried).filter_map(told).collect();
        if !told.is_empty() {
            text.blank();
            let parameters = [format!("answer: &mut {answer}"), "name: &str".to_owned()];
            text.function("fn rename", &parameters, "", |text| {
                for path in told {
                    rename(text, "answer.data", &path.members);
                }
            });
        }
    });
}

/// Gives the text behind these members another value, if it is there.
fn rename(text: &mut Text, from: &str, members: &[Step]) {
    let optional = members.iter().position(|step| !step.promised);
    let (way, behind) = members.split_at(optional.map_or(members.len(), |index| index + 1));
    let place = way.iter().fold(from.to_owned(), |place, step| place + "." + &step.rust);
    if optional.is_none() {
        let star = if way.is_empty() { "*" } else { "" };
        return text.line(format!("{star}{place} = name.into();"));
    }
    text.block(format!("if let Some(value) = &mut {place}"), |text| rename(text, "value", behind));
}

/// Where the answer has a field's text, if it is the answer's.
fn told(field: &SessionField) -> Option<&Path> {
    match &field.from {
        SessionValue::Copied(path) if path.side == Side::Data => Some(path),
        SessionValue::Copied(_) | SessionValue::HmacSha256 { .. } => None,
    }
}
