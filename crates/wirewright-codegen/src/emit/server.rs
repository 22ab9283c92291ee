//! `server.rs`: the vendor's side, for servers, mocks and tests.

use super::{
    imports::imports,
    names::{Context, needed},
    operations::Named,
    parameters::Provided,
    prose::{prose, sentence},
    text::{Item, List, Text, literal},
};
use crate::model::{EnvelopeMember, From, Member, Role, When};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.blank();
    received(&mut body, context);
    body.blank();
    service(&mut body, context);
    body.blank();
    operations(&mut body, context);
    body.blank();
    serve(&mut body, context);
    body.blank();
    helpers(&mut body, context);
    let mut text = Text::new();
    text.module_doc(&format!(
        "The vendor's side of the {}: implement [`Service`], and [`serve`] turns requests into responses.",
        prose(&context.vendor.title)
    ));
    text.blank();
    imports(&mut text, context, &body.finish());
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
        for named in &context.operations {
            let (operation, module) = (named.operation, named.module());
            let doc = operation.facts.doc.as_deref().map(sentence).unwrap_or_default();
            let link = named.link();
            text.doc(format!("{doc}\n\nThe operation is [`{}`]({link}).", named.title()).trim_start());
            text.doc("\n# Errors\n\nThe vendor's error.");
            let mut arguments = vec!["&self".to_owned()];
            if operation.session {
                arguments.push("session: SessionState".to_owned());
            }
            arguments.push(format!("received: Received<{module}::Request>"));
            let result = format!("impl Future<Output = Result<Answer<{module}::Reply>, Failure>> + Send");
            text.declaration(&format!("fn {}", named.method), &arguments, &result);
            text.blank();
        }
        text.doc("Completes a failure that was found before a handler was called, with what only the server knows.");
        text.line("fn complete(&self, _refused: &Refused, _failure: &mut Failure) {}");
    });
}

fn operations(text: &mut Text, context: &Context<'_>) {
    text.doc("Every operation, in the order of the definition.");
    let paths: Vec<Item> =
        context.operations.iter().map(|named| format!("&{}::OPERATION", named.module()).into()).collect();
    let head = format!("pub static OPERATIONS: [&Operation; {}] = ", paths.len());
    text.list(&head, &List::array(paths), ";");
}

fn serve(text: &mut Text, context: &Context<'_>) {
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
            for named in &context.operations {
                let (title, handler) = (literal(&named.title()), &named.function);
                text.arm(&title, &format!("{handler}(service, &incoming).await"));
            }
            text.line("_ => call::not_found(),");
        });
    });
    for named in &context.operations {
        text.blank();
        handler(text, context, named);
    }
}

/// What answers the calls of one operation.
fn handler(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    let (operation, module) = (named.operation, named.module());
    let envelope = &context.envelopes[named.envelope].name;
    let parameters = ["service: &S".to_owned(), "incoming: &Incoming".to_owned()];
    let echo = Echo::new(context);
    let head = format!("async fn {}<S: Service>", named.function);
    text.function(&head, &parameters, "http::Response<Vec<u8>>", |text| {
        text.line(format!("let received = match Received::<{module}::Request>::new(incoming) {{"));
        text.indented(|text| {
            text.line("Ok(received) => received,");
            text.line("Err(refused) => return refuse(service, incoming, &refused),");
        });
        text.line("};");
        if let Some(echo) = &echo {
            text.line(format!("let request_id = {};", echo.option("received.options", ".clone()")));
        }
        let mut arguments = vec!["received"];
        if operation.session {
            text.line("let session = match session(service, incoming).await {");
            text.indented(|text| {
                text.line("Ok(session) => session,");
                text.line("Err(response) => return response,");
            });
            text.line("};");
            arguments.insert(0, "session");
        }
        text.block(format!("match service.{}({}).await", named.method, arguments.join(", ")), |text| {
            let answer = format!("call::write_answer::<{envelope}<{module}::Reply>>(incoming, answer)");
            let failure = format!("call::write_failure::<{envelope}<Node>>(incoming, failure)");
            let Some(echo) = &echo else {
                text.arm("Ok(answer)", &answer);
                text.arm("Err(failure)", &failure);
                return;
            };
            echo.answered(text, &answer);
            echo.failed(text, &failure);
        });
    });
}

/// The caller's id of a request: where it comes from, and where a reply holds it.
struct Echo<'c> {
    parameter: &'c Member,
    member: &'c EnvelopeMember,
}

impl<'c> Echo<'c> {
    fn new(context: &'c Context<'_>) -> Option<Self> {
        let vendor = context.vendor;
        let member = vendor.envelope.members.iter().find(|member| member.role == Some(Role::RequestId))?;
        let parameter = vendor.parameters.iter().find_map(|parameter| match &parameter.from {
            From::Call(member) if parameter.request_id => Some(member),
            _ => None,
        })?;
        Some(Self { parameter, member })
    }

    /// The id among a call's options, as an `Option`.
    fn option(&self, options: &str, take: &str) -> String {
        let id = format!("{options}.{}{take}", self.parameter.name.rust);
        if needed(self.parameter) { format!("Some({id})") } else { id }
    }

    fn answered(&self, text: &mut Text, write: &str) {
        let rust = &self.member.member.name.rust;
        if self.member.when == When::Failure {
            return text.arm("Ok(answer)", write);
        }
        text.block("Ok(mut answer) =>", |text| {
            if needed(&self.member.member) {
                text.block("if let Some(request_id) = request_id", |text| {
                    text.line(format!("answer.{rust} = request_id;"));
                });
            } else {
                text.line(format!("answer.{rust} = answer.{rust}.or(request_id);"));
            }
            text.line(write);
        });
    }

    fn failed(&self, text: &mut Text, write: &str) {
        let rust = &self.member.member.name.rust;
        if self.member.when == When::Success {
            return text.arm("Err(failure)", write);
        }
        text.block("Err(mut failure) =>", |text| {
            text.line(format!("failure.{rust} = failure.{rust}.or(request_id);"));
            text.line(write);
        });
    }
}

fn helpers(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context);
    let echo = Echo::new(context).filter(|echo| echo.member.when != When::Success);
    if let Some(session) = context.vendor.session.as_ref().filter(|_| context.any_session_call()) {
        text.doc("The session of a call, and its signature checked.");
        let arguments = ["service: &S".to_owned(), "incoming: &Incoming".to_owned()];
        let result = "Result<SessionState, http::Response<Vec<u8>>>";
        text.function("async fn session<S: Service>", &arguments, result, |text| {
            text.line("let refuse_call = |refused: Refused| refuse(service, incoming, &refused);");
            let parameters = if provided.session { "SessionParameters" } else { "Nothing" };
            text.line(format!("let parameters: {parameters} = incoming.read().map_err(refuse_call)?;"));
            text.line("let session = service.session(&parameters).await;");
            let failed = if echo.is_some() { "fail" } else { "call::write_failure::<Envelope<Node>>" };
            text.line(format!("let session = session.map_err(|failure| {failed}(incoming, failure))?;"));
            if let Some(key) =
                context.vendor.signature.as_ref().and_then(|signature| session.fields.get(signature.key))
            {
                let exposed = if key.secret { ".expose()" } else { "" };
                text.line(format!(
                    "incoming.verify(session.{}{exposed}).map_err(refuse_call)?;",
                    key.name.rust
                ));
            }
            text.line("Ok(session)");
        });
        text.blank();
    }
    let arguments =
        ["service: &S".to_owned(), "incoming: &Incoming".to_owned(), "refused: &Refused".to_owned()];
    text.function("fn refuse<S: Service>", &arguments, "http::Response<Vec<u8>>", |text| {
        text.line("let mut failure: Failure = refused.failure();");
        text.line("service.complete(refused, &mut failure);");
        text.line(match echo {
            Some(_) => "fail(incoming, failure)",
            None => "call::write_failure::<Envelope<Node>>(incoming, failure)",
        });
    });
    if let Some(echo) = echo {
        text.blank();
        fail(text, &echo);
    }
}

/// The response to a call that no handler was asked about.
fn fail(text: &mut Text, echo: &Echo<'_>) {
    let (member, option) = (&echo.member.member.name.rust, echo.option("options", ""));
    text.doc("A failure that comes before a handler, with the request's ID.");
    let arguments = ["incoming: &Incoming".to_owned(), "mut failure: Failure".to_owned()];
    text.function("fn fail", &arguments, "http::Response<Vec<u8>>", |text| {
        text.block(format!("if failure.{member}.is_none()"), |text| {
            text.line(format!(
                "failure.{member} = incoming.read::<CallOptions>().ok().and_then(|options| {option});"
            ));
        });
        text.line("call::write_failure::<Envelope<Node>>(incoming, failure)");
    });
}
