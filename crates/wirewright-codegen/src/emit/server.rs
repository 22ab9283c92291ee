//! `server.rs`: the vendor's side, for servers, mocks and tests.

use super::{
    envelope::Variant,
    names::Context,
    parameters::Provided,
    text::{Item, List, Text, facts, literal, prose},
};
use crate::model::{Group, Operation, Role};

/// The module.
pub(super) fn module(context: &Context<'_>, envelopes: &[Variant]) -> String {
    let mut body = Text::new();
    body.blank();
    received(&mut body, context);
    body.blank();
    service(&mut body, context);
    body.blank();
    operations(&mut body, context);
    body.blank();
    serve(&mut body, context, envelopes);
    body.blank();
    helpers(&mut body, context);
    let mut text = Text::new();
    text.module_doc(&format!(
        "The vendor's side of the {}: implement [`Service`], and [`serve`] turns requests into responses.",
        prose(&context.vendor.title)
    ));
    text.blank();
    super::imports(&mut text, context, &body.finish());
    text.finish()
}

fn received(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context);
    text.doc("A call as a handler gets it: the operation's own parameters, the client's and the call's.");
    text.line(format!(
        "pub type Received<R> = call::Received<R, {}, {}>;",
        provided.client_type(),
        provided.options_type()
    ));
}

fn service(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context);
    text.doc("What answers the calls. Every method may run at the same time as any other.");
    text.block("pub trait Service: Send + Sync", |text| {
        if context.vendor.session.is_some() {
            text.doc(
                "The session that a call belongs to.\n\n# Errors\n\nThe vendor's error for a session that does not exist or has expired.",
            );
            let parameters = if provided.session { "&SessionParameters" } else { "&Nothing" };
            let arguments = ["&self".to_owned(), format!("parameters: {parameters}")];
            text.declaration("fn session", &arguments, "impl Future<Output = Result<SessionState, Failure>> + Send");
            text.blank();
        }
        for (index, group) in context.vendor.groups.iter().enumerate() {
            for operation in &group.operations {
                let module = format!("{}::{}", group.name.rust, operation.name.rust);
                text.doc(&facts(&operation.facts, "Not described."));
                text.doc("\n# Errors\n\nThe vendor's error.");
                let mut arguments = vec!["&self".to_owned()];
                if operation.session {
                    arguments.push("session: SessionState".to_owned());
                }
                arguments.push(format!("received: Received<{module}::Request>"));
                let result = format!("impl Future<Output = Result<Answer<{module}::Reply>, Failure>> + Send");
                text.declaration(&format!("fn {}", context.method(index, operation)), &arguments, &result);
                text.blank();
            }
        }
        text.doc("Completes a failure that was found before a handler was called, with what only the server knows.");
        text.line("fn complete(&self, _failure: &mut Failure) {}");
    });
}

fn operations(text: &mut Text, context: &Context<'_>) {
    text.doc("Every operation, in the order of the definition.");
    let paths: Vec<Item> = context
        .vendor
        .operations()
        .map(|(group, operation)| format!("&{}::OPERATION", path(group, operation)).into())
        .collect();
    let head = format!("pub static OPERATIONS: [&Operation; {}] = ", paths.len());
    text.list(&head, &List::array(paths), ";");
}

fn path(group: &Group, operation: &Operation) -> String {
    format!("{}::{}", group.name.rust, operation.name.rust)
}

fn serve(text: &mut Text, context: &Context<'_>, envelopes: &[Variant]) {
    text.doc(
        "Answers one request. `origin` is the scheme and host under which clients reach the server: signatures cover it.\n\n\
         A request that cannot be understood is refused with the vendor's own error; one whose path belongs to no operation \
         gets HTTP 404.",
    );
    let arguments =
        ["service: &S".to_owned(), "origin: &str".to_owned(), "request: &http::Request<Vec<u8>>".to_owned()];
    text.function("pub async fn serve<S: Service>", &arguments, "http::Response<Vec<u8>>", |text| {
        text.line("let incoming = match call::receive(&OPERATIONS, origin, request, &Limits::default()) {");
        text.indented(|text| {
            text.line("Ok(incoming) => incoming,");
            text.line("Err((refused, Some(incoming))) => return refuse(service, &incoming, &refused),");
            text.line("Err((_, None)) => return call::not_found(),");
        });
        text.line("};");
        text.block("match incoming.operation().name", |text| {
            for (group, operation) in context.vendor.operations() {
                let name = format!("{}/{}", group.name.wire, operation.name.wire);
                let handler = super::names::joined(&[&group.name, &operation.name]);
                text.line(format!("{} => {handler}(service, &incoming).await,", literal(&name)));
            }
            text.line("_ => call::not_found(),");
        });
    });
    for (index, group) in context.vendor.groups.iter().enumerate() {
        for operation in &group.operations {
            text.blank();
            let envelope = envelopes.iter().find(|variant| variant.order == operation.order);
            let envelope = envelope.map_or("Envelope", |variant| variant.name.as_str());
            handler(text, context, index, group, operation, envelope);
        }
    }
}

fn handler(
    text: &mut Text,
    context: &Context<'_>,
    index: usize,
    group: &Group,
    operation: &Operation,
    envelope: &str,
) {
    let name = super::names::joined(&[&group.name, &operation.name]);
    let module = path(group, operation);
    let arguments = ["service: &S".to_owned(), "incoming: &Incoming".to_owned()];
    let echo = request_id(context);
    text.function(&format!("async fn {name}<S: Service>"), &arguments, "http::Response<Vec<u8>>", |text| {
        text.line(format!("let received = match Received::<{module}::Request>::new(incoming) {{"));
        text.indented(|text| {
            text.line("Ok(received) => received,");
            text.line("Err(refused) => return refuse(service, incoming, &refused),");
        });
        text.line("};");
        if let Some((option, _)) = echo {
            text.line(format!("let request_id = received.options.{option}.clone();"));
        }
        let mut arguments = vec!["received".to_owned()];
        if operation.session {
            text.line("let session = match session(service, incoming).await {");
            text.indented(|text| {
                text.line("Ok(session) => session,");
                text.line("Err(response) => return response,");
            });
            text.line("};");
            arguments.insert(0, "session".to_owned());
        }
        let call = format!("service.{}({}).await", context.method(index, operation), arguments.join(", "));
        text.block(format!("match {call}"), |text| match echo {
            Some((_, member)) => {
                text.block("Ok(mut answer) =>", |text| {
                    text.line(format!("answer.{member} = answer.{member}.or(request_id);"));
                    text.line(format!("call::write_answer::<{envelope}<{module}::Reply>>(incoming, answer)"));
                });
                text.block("Err(mut failure) =>", |text| {
                    text.line(format!("failure.{member} = failure.{member}.or(request_id);"));
                    text.line("call::write_failure::<Envelope<Node>>(incoming, failure)");
                });
            }
            None => {
                text.line(format!(
                    "Ok(answer) => call::write_answer::<{envelope}<{module}::Reply>>(incoming, answer),"
                ));
                text.line("Err(failure) => call::write_failure::<Envelope<Node>>(incoming, failure),");
            }
        });
    });
}

/// The call option that a reply echoes, and the envelope's member that holds the echo.
fn request_id<'c>(context: &'c Context<'_>) -> Option<(&'c str, &'c str)> {
    let echo = context.vendor.envelope.members.iter().find(|member| member.role == Some(Role::RequestId))?;
    let option = context.vendor.parameters.iter().find_map(|parameter| match &parameter.from {
        crate::model::From::Call(member) if member.name.rust == echo.member.name.rust => {
            Some(member.name.rust.as_str())
        }
        _ => None,
    })?;
    Some((option, &echo.member.name.rust))
}

fn helpers(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context);
    if let Some(session) = context.vendor.session.as_ref().filter(|_| super::any_session_call(context)) {
        text.doc("The session of a call, and its signature checked.");
        let arguments = ["service: &S".to_owned(), "incoming: &Incoming".to_owned()];
        let result = "Result<SessionState, http::Response<Vec<u8>>>";
        text.function("async fn session<S: Service>", &arguments, result, |text| {
            text.line("let refuse_call = |refused: Refused| refuse(service, incoming, &refused);");
            let parameters = if provided.session { "SessionParameters" } else { "Nothing" };
            text.line(format!("let parameters: {parameters} = incoming.read().map_err(refuse_call)?;"));
            text.line("let session = service.session(&parameters).await;");
            text.line("let session = session.map_err(|failure| call::write_failure::<Envelope<Node>>(incoming, failure))?;");
            if let Some(key) = context.vendor.signature.as_ref().and_then(|signature| session.fields.get(signature.key)) {
                let exposed = if key.secret { ".expose()" } else { "" };
                text.line(format!("incoming.verify(session.{}{exposed}).map_err(refuse_call)?;", key.name.rust));
            }
            text.line("Ok(session)");
        });
        text.blank();
    }
    let arguments =
        ["service: &S".to_owned(), "incoming: &Incoming".to_owned(), "refused: &Refused".to_owned()];
    text.function("fn refuse<S: Service>", &arguments, "http::Response<Vec<u8>>", |text| {
        text.line("let mut failure: Failure = refused.failure();");
        if let Some((option, member)) = request_id(context) {
            text.line(format!(
                "failure.{member} = incoming.read::<CallOptions>().ok().and_then(|options| options.{option});"
            ));
        }
        text.line("service.complete(&mut failure);");
        text.line("call::write_failure::<Envelope<Node>>(incoming, failure)");
    });
}
