//! `client.rs` and `blocking.rs`: the same client twice, async and not.

use super::{
    names::{Context, Scope},
    parameters::{Provided, client_members},
    structure::{Argument, arguments, by_name},
    text::{Item, List, Text, facts, prose},
};
use crate::model::{Group, Operation, Session};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Async,
    Blocking,
}

impl Kind {
    const fn function(self) -> &'static str {
        match self {
            Self::Async => "pub async fn",
            Self::Blocking => "pub fn",
        }
    }

    const fn wait(self) -> &'static str {
        match self {
            Self::Async => ".await",
            Self::Blocking => "",
        }
    }

    /// The runtime's function that makes a call.
    const fn call(self) -> &'static str {
        match self {
            Self::Async => "call::call",
            Self::Blocking => "call::blocking::call",
        }
    }

    const fn transport(self) -> &'static str {
        match self {
            Self::Async => "call::Transport",
            Self::Blocking => "call::blocking::Transport",
        }
    }
}

/// The module.
pub(super) fn module(context: &Context<'_>, kind: Kind) -> String {
    let mut body = Text::new();
    body.blank();
    client(&mut body, context, kind);
    if let Some(described) = &context.vendor.session {
        body.blank();
        session(&mut body, context, kind, described);
    }
    let title = prose(&context.vendor.title);
    let mut text = Text::new();
    text.module_doc(&match kind {
        Kind::Async => format!("An async client of the {title}."),
        Kind::Blocking => format!("A client of the {title} that blocks the caller."),
    });
    text.blank();
    super::imports(&mut text, context, &body.finish());
    text.finish()
}

fn client(text: &mut Text, context: &Context<'_>, kind: Kind) {
    let provided = Provided::new(context);
    let transport = kind.transport();
    text.doc(&format!(
        "A client of the {}, over any [`Transport`]({transport}). Cloning it is as cheap as cloning the transport.",
        prose(&context.vendor.title)
    ));
    text.line("#[derive(Clone, Debug)]");
    text.block("pub struct Client<T>", |text| {
        text.line("transport: T,");
        text.line("settings: Settings,");
        if provided.client {
            text.line("parameters: ClientParameters,");
        }
    });
    text.blank();
    text.block(format!("impl<T: {transport}> Client<T>"), |text| {
        constructor(text, context, provided);
        for (index, group) in context.vendor.groups.iter().enumerate() {
            for operation in &group.operations {
                let opens = context
                    .vendor
                    .session
                    .as_ref()
                    .is_some_and(|session| is(context, session.opens, operation));
                if !operation.session && !opens {
                    text.blank();
                    methods(text, context, kind, index, group, operation, "&self");
                }
            }
        }
        if let Some(session) = &context.vendor.session {
            text.blank();
            login(text, context, kind, session);
            text.blank();
            text.doc("A session that was saved, or opened by other means.");
            let arguments = ["&self".to_owned(), "state: SessionState".to_owned()];
            text.bounded_function("pub fn resume", &arguments, "Session<T>", "T: Clone", |text| {
                text.line("Session { client: self.clone(), state, answer: None }");
            });
        }
        text.blank();
        client_context(text, provided);
    });
}

fn is(context: &Context<'_>, (group, index): (usize, usize), operation: &Operation) -> bool {
    std::ptr::eq(&raw const context.vendor.groups[group].operations[index], operation)
}

fn constructor(text: &mut Text, context: &Context<'_>, provided: Provided) {
    let members = client_members(context);
    let arguments = arguments(context, &members, Scope::Elsewhere);
    let required_by_name = by_name(&members);
    let mut parameters = vec!["transport: T".to_owned()];
    if required_by_name {
        parameters.push("parameters: ClientParameters".to_owned());
    } else {
        parameters.extend(arguments.iter().map(|argument| argument.parameter.clone()));
    }
    text.doc("A client that calls the vendor's endpoint with the usual settings.");
    text.function("pub fn new", &parameters, "Self", |text| {
        let mut fields: Vec<Item> = vec!["transport".into(), "settings: Settings::new()".into()];
        if provided.client {
            let names: Vec<_> = arguments.iter().map(|argument| argument.name.as_str()).collect();
            fields.push(if required_by_name {
                "parameters".into()
            } else {
                format!("parameters: ClientParameters::new({})", names.join(", ")).into()
            });
        }
        text.list("Self ", &List::literal(fields), "");
    });
    text.blank();
    text.doc("The same client with other settings: endpoint, format, method, limits.");
    text.line("#[must_use]");
    text.block("pub fn with_settings(mut self, settings: Settings) -> Self", |text| {
        text.line("self.settings = settings;");
        text.line("self");
    });
    if provided.client {
        text.blank();
        text.doc("The same client with other parameters.");
        text.line("#[must_use]");
        text.block("pub fn with_parameters(mut self, parameters: ClientParameters) -> Self", |text| {
            text.line("self.parameters = parameters;");
            text.line("self");
        });
    }
}

fn client_context(text: &mut Text, provided: Provided) {
    let options = if provided.call { ", options: &'a CallOptions" } else { "" };
    text.block(format!("fn context<'a>(&'a self{options}) -> CallContext<'a>"), |text| {
        let mut fields: Vec<Item> = Vec::new();
        if provided.client {
            fields.push("client: &self.parameters".into());
        }
        if provided.call {
            fields.push("options".into());
        }
        let base = "self.settings.context(PROTOCOL.endpoint)";
        if fields.is_empty() {
            text.line(base);
        } else {
            fields.push(format!("..{base}").into());
            text.list("CallContext ", &List::literal(fields), "");
        }
    });
}

/// What a method of an operation takes by position: what its request cannot do without.
struct Signature {
    parameters: Vec<String>,
    names: Vec<String>,
}

fn signature(context: &Context<'_>, group: &Group, operation: &Operation) -> Signature {
    if by_name(&operation.request) {
        let required = format!("required: crate::{}::{}::Required", group.name.rust, operation.name.rust);
        return Signature { parameters: vec![required], names: vec!["required".to_owned()] };
    }
    let arguments = arguments(context, &operation.request, Scope::Elsewhere);
    let (names, parameters) =
        arguments.into_iter().map(|Argument { name, parameter, .. }| (name, parameter)).unzip();
    Signature { parameters, names }
}

fn path(group: &Group, operation: &Operation) -> String {
    format!("{}::{}", group.name.rust, operation.name.rust)
}

const ERRORS: &str = "\n# Errors\n\nSee [`Error`](call::Error).";

/// `operation(required...)` and `operation_with(&request, &options)`.
fn methods(
    text: &mut Text,
    context: &Context<'_>,
    kind: Kind,
    index: usize,
    group: &Group,
    operation: &Operation,
    receiver: &str,
) {
    let provided = Provided::new(context);
    let name = context.method(index, operation);
    let plain = super::names::plain(&name);
    let module = path(group, operation);
    let Signature { parameters, names } = signature(context, group, operation);
    let doc = facts(&operation.facts, &format!("Calls `{}/{}`.", group.name.wire, operation.name.wire));
    let result = format!("Result<Answer<{module}::Reply>, Error>");
    text.doc(&doc);
    text.doc(ERRORS);
    let mut all = vec![receiver.to_owned()];
    all.extend(parameters);
    text.function(&format!("{} {name}", kind.function()), &all, &result, |text| {
        let options = if provided.call { ", &CallOptions::default()" } else { "" };
        let request = format!("{module}::Request::new({})", names.join(", "));
        text.awaited(&format!("self.{plain}_with(&{request}{options})"), kind.wait());
    });
    text.blank();
    text.doc(&format!("The same with everything that `{}/{}` takes.", group.name.wire, operation.name.wire));
    text.doc(ERRORS);
    let mut all = vec![receiver.to_owned(), format!("request: &{module}::Request")];
    if provided.call {
        all.push("options: &CallOptions".to_owned());
    }
    text.function(&format!("{} {plain}_with", kind.function()), &all, &result, |text| {
        if operation.session {
            text.line(format!("self.call(request{}){}", options_argument(provided), kind.wait()));
        } else {
            let options = if provided.call { "options" } else { "" };
            text.line(format!(
                "{}(&self.transport, request, &self.context({options})){}",
                kind.call(),
                kind.wait()
            ));
        }
    });
}

const fn options_argument(provided: Provided) -> &'static str {
    if provided.call { ", options" } else { "" }
}

fn login(text: &mut Text, context: &Context<'_>, kind: Kind, session: &Session) {
    let provided = Provided::new(context);
    let (group, operation) = super::operation_at(context, session.opens);
    let module = path(group, operation);
    let Signature { parameters, names } = signature(context, group, operation);
    text.doc(&format!(
        "{}\n\nThe operation is `{}/{}`.",
        facts(&operation.facts, "Opens a session."),
        group.name.wire,
        operation.name.wire
    ));
    text.doc(ERRORS);
    let mut all = vec!["&self".to_owned()];
    all.extend(parameters);
    text.bounded_function(
        &format!("{} login", kind.function()),
        &all,
        "Result<Session<T>, Error>",
        "T: Clone",
        |text| {
            let options = if provided.call { ", &CallOptions::default()" } else { "" };
            let request = format!("{module}::Request::new({})", names.join(", "));
            text.awaited(&format!("self.login_with(&{request}{options})"), kind.wait());
        },
    );
    text.blank();
    text.doc("The same with everything that the operation takes.");
    text.doc(ERRORS);
    let mut all = vec!["&self".to_owned(), format!("request: &{module}::Request")];
    if provided.call {
        all.push("options: &CallOptions".to_owned());
    }
    text.bounded_function(
        &format!("{} login_with", kind.function()),
        &all,
        "Result<Session<T>, Error>",
        "T: Clone",
        |text| {
            let options = if provided.call { "options" } else { "" };
            text.line(format!(
                "let answer = {}(&self.transport, request, &self.context({options})){}?;",
                kind.call(),
                kind.wait()
            ));
            text.line("let state = SessionState::open(request, &answer.data);");
            text.line("Ok(Session { client: self.clone(), state, answer: Some(answer) })");
        },
    );
}

fn session(text: &mut Text, context: &Context<'_>, kind: Kind, described: &Session) {
    let provided = Provided::new(context);
    let (group, opening) = super::operation_at(context, described.opens);
    let reply = format!("{}::Reply", path(group, opening));
    text.doc(&facts(&described.facts, "An open session."));
    text.line("#[derive(Clone, Debug)]");
    text.block("pub struct Session<T>", |text| {
        text.line("client: Client<T>,");
        text.line("state: SessionState,");
        text.line(format!("answer: Option<Answer<{reply}>>,"));
    });
    text.blank();
    text.block(format!("impl<T: {}> Session<T>", kind.transport()), |text| {
        text.doc("What the session keeps between calls, to be saved.");
        text.block("pub const fn state(&self) -> &SessionState", |text| text.line("&self.state"));
        text.blank();
        text.doc("What the vendor answered when the session was opened; `None` for one that was resumed.");
        text.block(format!("pub const fn answer(&self) -> Option<&Answer<{reply}>>"), |text| {
            text.line("self.answer.as_ref()");
        });
        for (index, group) in context.vendor.groups.iter().enumerate() {
            for operation in group.operations.iter().filter(|operation| operation.session) {
                text.blank();
                if described.closes.is_some_and(|closes| is(context, closes, operation)) {
                    logout(text, context, kind, group, operation);
                } else {
                    methods(text, context, kind, index, group, operation, "&self");
                }
            }
        }
        text.blank();
        session_call(text, context, kind, provided);
    });
}

fn logout(text: &mut Text, context: &Context<'_>, kind: Kind, group: &Group, operation: &Operation) {
    let provided = Provided::new(context);
    let module = path(group, operation);
    let Signature { parameters, names } = signature(context, group, operation);
    let result = format!("Result<Answer<{module}::Reply>, Unclosed<Self, Failure>>");
    let errors = "\n# Errors\n\nA call that fails gives the session back with the [`Error`](call::Error).";
    text.doc(&facts(&operation.facts, "Closes the session."));
    text.doc(errors);
    let mut all = vec!["self".to_owned()];
    all.extend(parameters);
    text.function(&format!("{} logout", kind.function()), &all, &result, |text| {
        let options = if provided.call { ", &CallOptions::default()" } else { "" };
        let request = format!("{module}::Request::new({})", names.join(", "));
        text.awaited(&format!("self.logout_with(&{request}{options})"), kind.wait());
    });
    text.blank();
    text.doc("The same with everything that the operation takes.");
    text.doc(errors);
    let mut all = vec!["self".to_owned(), format!("request: &{module}::Request")];
    if provided.call {
        all.push("options: &CallOptions".to_owned());
    }
    text.function(&format!("{} logout_with", kind.function()), &all, &result, |text| {
        let options = options_argument(provided);
        text.block(format!("match self.call(request{options}){}", kind.wait()), |text| {
            text.line("Ok(answer) => Ok(answer),");
            text.line("Err(error) => Err(Unclosed { session: self, error }),");
        });
    });
}

fn session_call(text: &mut Text, context: &Context<'_>, kind: Kind, provided: Provided) {
    let function = kind.function().trim_start_matches("pub ");
    let mut all = vec!["&self".to_owned(), "request: &R".to_owned()];
    if provided.call {
        all.push("options: &CallOptions".to_owned());
    }
    text.function(
        &format!("{function} call<R: call::Request<Failure = Failure>>"),
        &all,
        "Result<R::Answer, Error>",
        |text| {
            if provided.session {
                text.line("let parameters = self.state.parameters();");
            }
            let options = if provided.call { "options" } else { "" };
            let mut fields: Vec<Item> = Vec::new();
            if provided.session {
                fields.push("session: Some(&parameters)".into());
            }
            if let (Some(signature), Some(session)) = (&context.vendor.signature, &context.vendor.session)
                && let Some(key) = session.fields.get(signature.key)
            {
                fields.push(format!("key: Some(&self.state.{})", key.name.rust).into());
            }
            let base = format!("self.client.context({options})");
            if fields.is_empty() {
                text.line(format!("let context = {base};"));
            } else {
                fields.push(format!("..{base}").into());
                text.list("let context = CallContext ", &List::literal(fields), ";");
            }
            text.line(format!("{}(&self.client.transport, request, &context){}", kind.call(), kind.wait()));
        },
    );
}
