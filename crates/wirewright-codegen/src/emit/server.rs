//! `server.rs`: the vendor's side, for servers, mocks and tests.

use super::{
    envelope::{failure_data, of_role},
    imports::imports,
    names::{Context, needed},
    operations::Named,
    parameters::Provided,
    prose::{prose, sentence},
    server_session,
    text::{Item, List, Text, literal},
};
use crate::model::{EnvelopeMember, From, Member, Role, When};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut body = Text::new();
    body.blank();
    received(&mut body, context);
    server_session::types(&mut body, context);
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
        "The vendor's side of the {}: implement [`Service`], and a [`Server`] turns requests into responses.",
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
        "pub type Received<R> = generated::Received<R, {}, {}>;",
        provided.client_type(),
        provided.options_type()
    ));
}

fn service(text: &mut Text, context: &Context<'_>) {
    text.doc(
        "What answers the calls. Every method may run at the same time as any other. An operation whose method is not \
         implemented is refused like one that the vendor does not have.",
    );
    text.block("pub trait Service: Send + Sync", |text| {
        server_session::declaration(text, context);
        for named in &context.operations {
            let (operation, module) = (named.operation, named.module());
            let doc = operation.facts.doc.as_deref().map(sentence).unwrap_or_default();
            let link = named.link();
            text.doc(format!("{doc}\n\nThe operation is [`{}`]({link}).", named.title()).trim_start());
            text.doc("\n# Errors\n\nThe vendor's error.");
            let mut arguments = vec!["&self".to_owned()];
            arguments.extend(server_session::argument(context, operation).map(|session| format!("_{session}")));
            arguments.push(format!("_received: Received<{module}::Request>"));
            let answer = named.answer();
            let result = format!("impl Future<Output = Result<{answer}, Failure>> + Send");
            text.function(&format!("fn {}", named.method), &arguments, &result, |text| {
                text.line("std::future::ready(Err(not_offered(self)))");
            });
            text.blank();
        }
        text.doc("Completes a failure that was found before a handler was called, with what only the server knows.");
        text.line("fn complete(&self, _refused: &Rejection, _failure: &mut Failure) {}");
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
    text.doc("A [`Service`] under its origin, ready to be served.");
    text.line("pub type Server<S> = generated::Server<Dispatch, S>;");
    text.blank();
    text.doc("How requests reach the methods of a [`Service`].");
    text.line("#[derive(Debug)]");
    text.line("pub enum Dispatch {}");
    text.blank();
    text.block("impl<S: Service> generated::Dispatch<S> for Dispatch", |text| {
        text.line("const OPERATIONS: &'static [&'static Operation] = &OPERATIONS;");
        text.blank();
        let arguments = ["service: &S".to_owned(), "incoming: &Incoming".to_owned()];
        text.function("async fn answer", &arguments, "http::Response<Vec<u8>>", |text| {
            text.block("match incoming.operation().name", |text| {
                for named in &context.operations {
                    let (title, handler) = (literal(&named.title()), &named.function);
                    text.arm(&title, &format!("{handler}(service, incoming).await"));
                }
                text.line("_ => generated::not_found(),");
            });
        });
        text.blank();
        let refused = "refused: &Rejection".to_owned();
        let arguments = ["service: &S".to_owned(), "incoming: &Incoming".to_owned(), refused];
        text.function("fn refuse", &arguments, "http::Response<Vec<u8>>", |text| {
            text.line("refuse(service, incoming, refused)");
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
    let [envelope, failed] =
        [named.envelope, named.failed_envelope].map(|index| &context.envelopes[index].name);
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
        let echoes = |echo: &&Echo<'_>| operation.raw.is_none() || echo.failure.is_some();
        if let Some(echo) = echo.as_ref().filter(echoes) {
            text.line(format!("let request_id = {};", echo.option("received.options", ".clone()")));
        }
        let mut arguments = vec!["received"];
        if !operation.sessions.is_empty() {
            server_session::lookup(text, context, operation);
            arguments.insert(0, "session");
        }
        text.block(format!("match service.{}({}).await", named.method, arguments.join(", ")), |text| {
            let answer = format!("generated::write_answer::<{envelope}<{module}::Reply>>(incoming, answer)");
            let data = failure_data(context);
            let failure = format!("generated::write_failure::<{failed}<{data}>>(incoming, failure)");
            if operation.raw.is_some() {
                text.arm("Ok(reply)", "generated::write_raw(reply)");
                return match &echo {
                    Some(echo) => echo.failed(text, &failure),
                    None => text.arm("Err(failure)", &failure),
                };
            }
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

/// The id of a request: where it comes from, and where a reply holds it.
struct Echo<'c> {
    parameter: &'c Member,
    /// Where an answer and a failure have it: often the same member.
    answer: Option<&'c EnvelopeMember>,
    failure: Option<&'c EnvelopeMember>,
}

impl<'c> Echo<'c> {
    fn new(context: &'c Context<'_>) -> Option<Self> {
        let vendor = context.vendor;
        let parameter = vendor.parameters.iter().find_map(|parameter| match &parameter.from {
            From::Call(member) if parameter.request_id => Some(member),
            _ => None,
        })?;
        let [answer, failure] =
            [When::Success, When::Failure].map(|when| of_role(context, Role::RequestId, when));
        (answer.is_some() || failure.is_some()).then_some(Self { parameter, answer, failure })
    }

    /// The id among a call's options, as an `Option`.
    fn option(&self, options: &str, take: &str) -> String {
        let id = format!("{options}.{}{take}", self.parameter.name.rust);
        if needed(self.parameter) { format!("Some({id})") } else { id }
    }

    fn answered(&self, text: &mut Text, write: &str) {
        let Some(member) = self.answer.map(|member| &member.member) else {
            return text.arm("Ok(answer)", write);
        };
        let rust = &member.name.rust;
        text.block("Ok(mut answer) =>", |text| {
            if needed(member) {
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
        let Some(rust) = self.failure.map(|member| &member.member.name.rust) else {
            return text.arm("Err(failure)", write);
        };
        text.block("Err(mut failure) =>", |text| {
            text.line(format!("failure.{rust} = failure.{rust}.or(request_id);"));
            text.line(write);
        });
    }
}

fn helpers(text: &mut Text, context: &Context<'_>) {
    let echo = Echo::new(context);
    let echo = echo.as_ref().and_then(|echo| Some((echo, echo.failure?)));
    let failed = if echo.is_some() { "fail".to_owned() } else { write_failure(context) };
    server_session::helper(text, context, &failed);
    let arguments =
        ["service: &S".to_owned(), "incoming: &Incoming".to_owned(), "refused: &Rejection".to_owned()];
    text.function("fn refuse<S: Service>", &arguments, "http::Response<Vec<u8>>", |text| {
        text.line(match echo {
            Some(_) => "fail(incoming, completed(service, refused))".to_owned(),
            None => format!("{}(incoming, completed(service, refused))", write_failure(context)),
        });
    });
    text.blank();
    text.doc("What the caller of an operation gets that the service does not implement.");
    text.block("fn not_offered<S: Service + ?Sized>(service: &S) -> Failure", |text| {
        text.line("completed(service, &Rejection::new(ServerCondition::OperationUnknown))");
    });
    text.blank();
    text.block("fn completed<S: Service + ?Sized>(service: &S, refused: &Rejection) -> Failure", |text| {
        text.line("let mut failure = refused.failure();");
        text.line("service.complete(refused, &mut failure);");
        text.line("failure");
    });
    if let Some((echo, member)) = echo {
        text.blank();
        fail(text, context, echo, member);
    }
    if has_own_failures(context) {
        text.blank();
        own_failure(text, context);
    }
}

/// What writes a failure that no handler gave.
fn write_failure(context: &Context<'_>) -> String {
    if has_own_failures(context) {
        return "write_failure".to_owned();
    }
    let envelope = &context.envelopes[context.unknown_envelope].name;
    format!("generated::write_failure::<{envelope}<{}>>", failure_data(context))
}

/// Whether the refusals of some operation are in another envelope than the usual one.
fn has_own_failures(context: &Context<'_>) -> bool {
    context.operations.iter().any(|named| named.failed_envelope != context.unknown_envelope)
}

/// The envelope is the operation's.
fn own_failure(text: &mut Text, context: &Context<'_>) {
    let data = failure_data(context);
    text.doc("The response that carries a failure, in the envelope that the operation's replies have.");
    let arguments = ["incoming: &Incoming".to_owned(), "failure: Failure".to_owned()];
    text.function("fn write_failure", &arguments, "http::Response<Vec<u8>>", |text| {
        text.block("match incoming.operation_name()", |text| {
            for (index, envelope) in context.envelopes.iter().enumerate() {
                let own = context.operations.iter().filter(|named| named.failed_envelope == index);
                let names: Vec<_> = own.map(|named| literal(&named.title())).collect();
                if names.is_empty() || index == context.unknown_envelope {
                    continue;
                }
                let call =
                    format!("generated::write_failure::<{}<{data}>>(incoming, failure)", envelope.name);
                text.alternatives(&names, &call);
            }
            let usual = &context.envelopes[context.unknown_envelope].name;
            text.arm("_", &format!("generated::write_failure::<{usual}<{data}>>(incoming, failure)"));
        });
    });
}

/// The response to a call that no handler was asked about.
fn fail(text: &mut Text, context: &Context<'_>, echo: &Echo<'_>, member: &EnvelopeMember) {
    let (member, option) = (&member.member.name.rust, echo.option("options", ""));
    text.doc("A failure that comes before a handler, with the request's ID.");
    let arguments = ["incoming: &Incoming".to_owned(), "mut failure: Failure".to_owned()];
    text.function("fn fail", &arguments, "http::Response<Vec<u8>>", |text| {
        text.block(format!("if failure.{member}.is_none()"), |text| {
            text.line("let options = incoming.read_options::<CallOptions>().ok();");
            text.line(format!("failure.{member} = options.and_then(|options| {option});"));
        });
        text.line(format!("{}(incoming, failure)", write_failure(context)));
    });
}
