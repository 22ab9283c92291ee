//! The sessions' part of a client: how they are opened, what they call, how they are closed.

use super::{
    client::{self, CallMethods},
    continues,
    kinds::Kind,
    names::Context,
    operations::Named,
    parameters::Provided,
    prose::{code, facts},
    rows, state,
    text::{Item, List, Text},
};
use crate::naming::CLOCK;

/// The method that opens a session of this kind: where there is one kind only, it is called so.
pub(super) fn opened_by<'a>(kind: &Kind<'_>, opens: &'a Named<'_>) -> &'a str {
    if kind.is_named() { &opens.method } else { "login" }
}

/// The method that closes it.
pub(super) fn closed_by<'a>(kind: &Kind<'_>, closes: &'a Named<'_>) -> &'a str {
    if kind.is_named() { &closes.method } else { "logout" }
}

/// What opens sessions without one, and what takes saved ones up again.
pub(super) fn opening(text: &mut Text, context: &Context<'_>, which: client::Kind) {
    let provided = Provided::new(context);
    for kind in &context.kinds {
        let opens = context.operation(kind.session.opens);
        if opens.operation.sessionless {
            let methods = opening_methods(kind, CallMethods::of(opens, provided));
            let methods = CallMethods { name: opened_by(kind, opens), ..methods };
            text.blank();
            methods.write(text, context, which, |text| {
                text.line(format!(
                    "let answer = {}(&self.transport, request, &self.context({})){}?;",
                    which.call(),
                    provided.options(),
                    which.wait()
                ));
                opened(text, kind, "self", "self.clone()");
            });
        }
        text.blank();
        let what = if kind.is_named() {
            format!(
                "A session of the kind {} that was saved, or opened by other means.",
                code(&kind.session.name)
            )
        } else {
            "A session that was saved, or opened by other means.".to_owned()
        };
        text.doc(&what);
        let (name, parameters) = (kind.name(), ["&self".to_owned(), format!("state: {}", kind.state())]);
        let head = format!("pub fn {}", kind.resume());
        text.bounded_function(&head, &parameters, &format!("{name}<T>"), Some("T: Clone"), |text| {
            text.line(format!("{name} {{ client: self.clone(), state, answer: None }}"));
        });
    }
}

/// The methods of an operation that opens a session of this kind.
fn opening_methods<'a>(kind: &Kind<'_>, methods: CallMethods<'a>) -> CallMethods<'a> {
    let session = format!("{}<T>", kind.name());
    if !kind.session.conditional {
        return CallMethods {
            result: format!("Result<{session}, Error>"),
            bound: Some("T: Clone"),
            ..methods
        };
    }
    CallMethods {
        result: format!("Result<{}, Error>", outcome(kind, methods.named)),
        only: Some(format!("Result<{session}, Error>")),
        bound: Some("T: Clone"),
        ..methods
    }
}

/// What a call gives that opens a session of this kind, or none.
fn outcome(kind: &Kind<'_>, named: &Named<'_>) -> String {
    let session = format!("{}<T>", kind.name());
    if !kind.session.conditional {
        return session;
    }
    format!("generated::SessionOpenOutcome<{session}, Answer<{}::Reply>>", named.module())
}

/// The session that an `answer` opens. `client` is the client that called, `kept` what the session keeps of it.
fn opened(text: &mut Text, kind: &Kind<'_>, client: &str, kept: &str) {
    let mutable = if kind.session.clock.is_some() { "mut " } else { "" };
    let state = format!("{}::open(request, &answer.data)", kind.state());
    if kind.session.conditional {
        text.line(format!("let Some({mutable}state) = {state} else {{"));
        text.indented(|text| text.line("return Ok(generated::SessionOpenOutcome::Answer(answer));"));
        text.line("};");
    } else {
        text.line(format!("let {mutable}state = {state};"));
    }
    if let Some(clock) = &kind.session.clock {
        text.line(format!("let now = {client}.settings.now({client}.transport.environment());"));
        let arguments = ["now".to_owned(), format!("answer.{}", state::place(clock))].map(Item::from);
        text.list(&format!("state.{CLOCK} = ClockSkew::between"), &List::call(arguments), ";");
    }
    let session = format!("{} {{ client: {kept}, state, answer: Some(answer) }}", kind.name());
    if kind.session.conditional {
        text.line(format!("let session = {session};"));
        text.line("Ok(generated::SessionOpenOutcome::Session(session))");
    } else {
        text.line(format!("Ok({session})"));
    }
}

/// Why a session is not `Clone`, and what there is instead.
fn once(kind: &Kind<'_>) -> String {
    let closed = if kind.session.closes.is_some() {
        "there is one of it, so that nothing is called when it has been closed. "
    } else {
        "there is one of it. "
    };
    format!(
        "It is not `Clone`: {closed}Threads share it by reference; a second one is opened on purpose, with its \
         [`state`](Self::state) and [`Client::{}`].",
        kind.resume()
    )
}

/// The type of an open session of one kind.
pub(super) fn session(text: &mut Text, context: &Context<'_>, which: client::Kind, index: usize) {
    let (kind, provided) = (&context.kinds[index], Provided::new(context));
    let reply = format!("{}::Reply", context.operation(kind.session.opens).module());
    text.doc(&format!("{}\n\n{}", facts(&kind.session.facts, "An open session."), once(kind)));
    text.line("#[derive(Debug)]");
    text.block(format!("pub struct {}<T>", kind.name()), |text| {
        text.line("client: Client<T>,");
        text.line(format!("state: {},", kind.state()));
        text.line(format!("answer: Option<Answer<{reply}>>,"));
    });
    text.blank();
    text.block(format!("impl<T: {}> {}<T>", which.transport(), kind.name()), |text| {
        text.doc("What the session keeps between calls, to be saved.");
        text.block(format!("pub const fn state(&self) -> &{}", kind.state()), |text| {
            text.line("&self.state");
        });
        text.blank();
        text.doc("What the vendor answered when the session was opened; `None` for one that was resumed.");
        text.block(format!("pub const fn answer(&self) -> Option<&Answer<{reply}>>"), |text| {
            text.line("self.answer.as_ref()");
        });
        for named in context.calls_of(index) {
            text.blank();
            methods(text, context, which, kind, named);
            let call = format!("self.call_rows(request{}){}", provided.options_argument(), which.wait());
            rows::methods(text, context, which, named, &call);
            let call =
                format!("self.call_upload(request, rows{}){}", provided.options_argument(), which.wait());
            rows::upload(text, context, which, named, &call);
            continues::methods(text, context, which, Some(kind), named);
        }
        if context.calls_of(index).next().is_some() {
            text.blank();
            call(text, context, which, kind, Flow::Whole);
        }
        if context.calls_of(index).any(|named| named.rows.is_some()) {
            text.blank();
            call(text, context, which, kind, Flow::ReadByRows);
        }
        if context.calls_of(index).any(|named| named.upload.is_some()) {
            text.blank();
            call(text, context, which, kind, Flow::WrittenByRows);
        }
    });
    if context.calls_of(index).any(|named| named.items.is_some()) {
        text.blank();
        continues::caller(text, context, which, &kind.name(), "client.transport", |text| {
            call_context(text, kind, provided);
            text.line("then(&context)");
        });
    }
}

/// The methods of one operation on a session, which it may close, and from which it may open another one.
fn methods(text: &mut Text, context: &Context<'_>, which: client::Kind, kind: &Kind<'_>, named: &Named<'_>) {
    let provided = Provided::new(context);
    let methods = CallMethods::of(named, provided);
    let call = format!("self.call(request{}){}", provided.options_argument(), which.wait());
    let closes = kind.session.closes.map(|closes| context.operation(closes));
    let closes = closes.is_some_and(|closes| closes.function == named.function);
    let opens = context.opened_by(named);
    let result =
        opens.map_or_else(|| format!("Answer<{}::Reply>", named.module()), |opens| outcome(opens, named));
    if closes {
        let closing = CallMethods {
            name: closed_by(kind, named),
            receiver: "self",
            result: format!("Result<{result}, SessionCloseError<Self, Failure>>"),
            errors: "A call that fails gives the session back with the [`Error`].",
            ..methods
        };
        closing.write(text, context, which, |text| {
            text.block(format!("match {call}"), |text| {
                match opens {
                    None => text.line("Ok(answer) => Ok(answer),"),
                    Some(opens) => text.block("Ok(answer) =>", |text| {
                        opened(text, opens, "self.client", "self.client");
                    }),
                }
                text.line("Err(error) => Err(SessionCloseError { session: self, error }),");
            });
        });
    } else if let Some(opens) = opens {
        opening_methods(opens, methods).write(text, context, which, |text| {
            text.line(format!("let answer = {call}?;"));
            opened(text, opens, "self.client", "self.client.clone()");
        });
    } else {
        methods.write(text, context, which, |text| text.line(call));
    }
}

/// How a call's request goes, and how its reply comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Whole,
    ReadByRows,
    WrittenByRows,
}

/// A call that carries what the session has, and whose request or reply may be rows.
fn call(text: &mut Text, context: &Context<'_>, which: client::Kind, kind: &Kind<'_>, flow: Flow) {
    let provided = Provided::new(context);
    let mut parameters = vec!["&self".to_owned(), "request: &R".to_owned()];
    if flow == Flow::WrittenByRows {
        parameters.push(rows::ROWS.to_owned());
    }
    if provided.call {
        parameters.push("options: &CallOptions".to_owned());
    }
    let (name, request, bound, call) = match flow {
        Flow::Whole => ("call", "Request", None, which.call()),
        Flow::ReadByRows => {
            ("call_rows", "RowsRequest", Some(which.streaming_transport()), which.call_rows())
        }
        Flow::WrittenByRows => ("call_upload", "RowsUpload", None, which.upload_rows()),
    };
    let head = format!("{} {name}<R: generated::{request}<Failure = Failure>>", which.function());
    let result = if flow == Flow::ReadByRows {
        format!("Result<{}<R, T::Body>, Error>", which.rows_reply())
    } else {
        "Result<R::Answer, Error>".to_owned()
    };
    text.bounded_function(&head, &parameters, &result, bound, |text| {
        call_context(text, kind, provided);
        let rows = if flow == Flow::WrittenByRows { "rows, " } else { "" };
        text.line(format!("{call}(&self.client.transport, request, {rows}&context){}", which.wait()));
    });
}

/// The context of a session's call, from what the session has.
fn call_context(text: &mut Text, kind: &Kind<'_>, provided: Provided) {
    let carried = if kind.members.is_empty() {
        "parameters: Nothing::NONE"
    } else {
        text.line("let parameters = self.state.parameters();");
        "parameters: &parameters"
    };
    let key = match kind.key {
        None => "key: None".to_owned(),
        Some(key) if key.secret => format!("key: Some(&self.state.{})", key.name.rust),
        Some(key) => {
            text.line(format!("let key = Secret::from(self.state.{}.clone());", key.name.rust));
            "key: Some(&key)".to_owned()
        }
    };
    let session: [Item; 3] = [format!("kind: &{}", kind.constant()).into(), carried.into(), key.into()];
    text.list("let session = SessionContext ", &List::literal(session), ";");
    let base = format!("..self.client.context({})", provided.options());
    let ahead = format!("clock_skew: self.state.{CLOCK}.unwrap_or_default()");
    let ahead = kind.session.clock.is_some().then_some(ahead);
    let fields = ["session: Some(session)".to_owned()].into_iter().chain(ahead).chain([base]);
    text.list("let context = CallContext ", &List::literal(fields.map(Item::from)), ";");
}
