//! The session's part of a client: how it is opened, what it calls, how it is closed.

use super::{
    client::{CallMethods, Kind},
    names::Context,
    parameters::Provided,
    prose::facts,
    text::{Item, List, Text},
};
use crate::model::Session;

/// `login` and `resume` of a client.
pub(super) fn opening(text: &mut Text, context: &Context<'_>, kind: Kind, session: &Session) {
    let provided = Provided::new(context);
    let login = CallMethods {
        name: "login",
        result: "Result<Session<T>, Error>".to_owned(),
        bound: Some("T: Clone"),
        ..CallMethods::of(context.operation(session.opens), provided)
    };
    login.write(text, context, kind, |text| {
        text.line(format!(
            "let answer = {}(&self.transport, request, &self.context({})){}?;",
            kind.call(),
            provided.options(),
            kind.wait()
        ));
        text.line("let state = SessionState::open(request, &answer.data);");
        text.line("Ok(Session { client: self.clone(), state, answer: Some(answer) })");
    });
    text.blank();
    text.doc("A session that was saved, or opened by other means.");
    let parameters = ["&self".to_owned(), "state: SessionState".to_owned()];
    text.bounded_function("pub fn resume", &parameters, "Session<T>", Some("T: Clone"), |text| {
        text.line("Session { client: self.clone(), state, answer: None }");
    });
}

/// The type of an open session.
pub(super) fn session(text: &mut Text, context: &Context<'_>, kind: Kind, described: &Session) {
    let provided = Provided::new(context);
    let reply = format!("{}::Reply", context.operation(described.opens).module());
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
        let closes = described.closes.map(|closes| context.operation(closes));
        for named in context.operations.iter().filter(|named| named.operation.session) {
            text.blank();
            let methods = CallMethods::of(named, provided);
            let call = format!("self.call(request{}){}", provided.options_argument(), kind.wait());
            if closes.is_some_and(|closes| closes.function == named.function) {
                let logout = CallMethods {
                    name: "logout",
                    receiver: "self",
                    result: format!("Result<Answer<{}::Reply>, Unclosed<Self, Failure>>", named.module()),
                    errors: "A call that fails gives the session back with the [`Error`].",
                    ..methods
                };
                logout.write(text, context, kind, |text| {
                    text.block(format!("match {call}"), |text| {
                        text.line("Ok(answer) => Ok(answer),");
                        text.line("Err(error) => Err(Unclosed { session: self, error }),");
                    });
                });
            } else {
                methods.write(text, context, kind, |text| text.line(call));
            }
        }
        if context.any_session_call() {
            text.blank();
            call(text, context, kind, provided);
        }
    });
}

/// A call that carries what the session has.
fn call(text: &mut Text, context: &Context<'_>, kind: Kind, provided: Provided) {
    let mut parameters = vec!["&self".to_owned(), "request: &R".to_owned()];
    if provided.call {
        parameters.push("options: &CallOptions".to_owned());
    }
    let head = format!("{} call<R: call::Request<Failure = Failure>>", kind.function());
    text.function(&head, &parameters, "Result<R::Answer, Error>", |text| {
        if provided.session {
            text.line("let parameters = self.state.parameters();");
        }
        let mut fields: Vec<Item> = Vec::new();
        if provided.session {
            fields.push("session: Some(&parameters)".into());
        }
        if let (Some(signature), Some(session)) = (&context.vendor.signature, &context.vendor.session)
            && let Some(key) = session.fields.get(signature.key)
        {
            let field = &key.name.rust;
            if key.secret {
                fields.push(format!("key: Some(&self.state.{field})").into());
            } else {
                text.line(format!("let key = Secret::from(self.state.{field}.clone());"));
                fields.push("key: Some(&key)".into());
            }
        }
        let base = format!("self.client.context({})", provided.options());
        if fields.is_empty() {
            text.line(format!("let context = {base};"));
        } else {
            fields.push(format!("..{base}").into());
            text.list("let context = CallContext ", &List::literal(fields), ";");
        }
        text.line(format!("{}(&self.client.transport, request, &context){}", kind.call(), kind.wait()));
    });
}
