//! `server.rs`: the vendor's side, for servers, mocks and tests.

use super::{
    prose::{prose, sentence},
    server_session,
    text::{Item, List, Text, literal},
};
use crate::plan::{context::Context, credentials::credentials, operations::Named, parameters::Provided};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let mut text = Text::new();
    text.module_doc(&format!(
        "The vendor's side of the {}: implement [`Service`], and a [`Server`] turns requests into responses.",
        prose(&context.vendor.title)
    ));
    text.blank();
    text.line("use super::prelude::*;");
    text.blank();
    received(&mut text, context);
    server_session::types(&mut text, context);
    text.blank();
    service(&mut text, context);
    text.blank();
    operations(&mut text, context);
    text.blank();
    dispatch(&mut text, context);
    text.finish()
}

fn received(text: &mut Text, context: &Context<'_>) {
    let provided = Provided::new(context.vendor);
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
         implemented is refused like one that the vendor does not have. The errors of all methods are the vendor's.",
    );
    text.block("pub trait Service: Sized + Send + Sync", |text| {
        if context.computed.has_client_secrets() {
            let own = "\n\nCredentials that a request carries itself, such as a password or a key, are in `claimed`, and are compared here: where they \
                       are wrong, there is no such client.";
            text.doc(&format!(
                "The parameters of the client that a request says it is from, with the secrets that it signs with, which no request carries: they \
                 are empty in `claimed`.{}\n\n`None`: there is no such client. Its request is refused as one that is signed wrong, after as much \
                 work. How old a request may be, and whether its nonce has come before, is for the service to look at.",
                if credentials(context.vendor).is_empty() { "" } else { own }
            ));
            let parameters = ["&self".to_owned(), "claimed: &ClientParameters".to_owned()];
            let result = "impl Future<Output = Option<ClientParameters>> + Send";
            text.list(
                "fn known_client",
                &List::call(parameters.into_iter().map(Item::Text)),
                &format!(" -> {result};"),
            );
            text.blank();
        }
        server_session::declaration(text, context);
        for named in &context.operations {
            let doc = named.operation.facts.doc.as_deref().map(sentence).unwrap_or_default();
            text.doc(format!("{doc} See [`{}`]({}).", named.request, named.link()).trim_start());
            let mut arguments = vec!["&self".to_owned()];
            let session = server_session::argument(context, named.operation);
            arguments.extend(session.map(|session| format!("_: {session}")));
            let request = named.path();
            arguments.push(format!("_: Received<{request}>"));
            let result = format!("impl Answering<{request}>");
            text.short_function(&format!("fn {}", named.method), &arguments, &result, "not_offered(self)");
            text.blank();
        }
        text.doc("Completes a failure that was found before a handler was called, with what only the server knows.");
        text.line("fn complete(&self, _rejection: &Rejection, _failure: &mut Failure) {}");
    });
    text.blank();
    text.doc("What the caller of an operation gets that the service does not implement.");
    let result = "core::future::Ready<Result<A, Failure>>";
    text.block(format!("fn not_offered<S: Service, A>(service: &S) -> {result}"), |text| {
        text.line("generated::not_offered::<Dispatch, S, A>(service)");
    });
}

fn operations(text: &mut Text, context: &Context<'_>) {
    text.doc("Every operation, in the order of the definition.");
    let all: Vec<Item> = context
        .operations
        .iter()
        .map(|named| format!("<{} as OfferedRequest>::OPERATION", named.path()).into())
        .collect();
    let head = format!("pub static OPERATIONS: [&Operation; {}] = ", all.len());
    text.list(&head, &List::row(all), ";");
}

fn dispatch(text: &mut Text, context: &Context<'_>) {
    text.doc("A [`Service`] under its origin, ready to be served. It is a transport of clients in the same process as well.");
    text.line("pub type Server<S> = generated::Server<Dispatch, S>;");
    text.blank();
    text.doc("How requests reach the methods of a [`Service`].");
    text.line("#[derive(Debug)]");
    text.line("pub enum Dispatch {}");
    text.blank();
    text.block("impl<S: Service> Serve<S> for Dispatch", |text| {
        text.line("type Api = Api;");
        text.line("const OPERATIONS: &'static [&'static Operation] = &OPERATIONS;");
        text.blank();
        text.block("async fn answer(at: Serving<'_, Self, S>) -> http::Response<Vec<u8>>", |text| {
            text.block("match at.operation_name()", |text| {
                for named in &context.operations {
                    let operation = named.operation;
                    let call = match (operation.sessions.is_empty(), operation.sessionless) {
                        (true, _) => "call",
                        (false, false) => "call_in",
                        (false, true) => "call_perhaps_in",
                    };
                    text.line(format!(
                        "{} => at.{call}(S::{}).await,",
                        literal(&named.title()),
                        named.method
                    ));
                }
                text.line("_ => generated::not_found(),");
            });
        });
        own_rejections(text, context);
        if context.computed.has_client_secrets() {
            text.blank();
            text.line("const CLIENT_SECRETS: bool = true;");
            text.blank();
            let parameters = ["service: &S".to_owned(), "claimed: &ClientParameters".to_owned()];
            text.short_function(
                "fn known_client",
                &parameters,
                "impl Future<Output = Option<ClientParameters>> + Send",
                "service.known_client(claimed)",
            );
        }
        text.blank();
        text.block("fn complete(service: &S, rejection: &Rejection, failure: &mut Failure)", |text| {
            text.line("service.complete(rejection, failure);");
        });
    });
    server_session::implementation(text, context);
}

/// Operations whose errors are in an envelope of their own.
fn own_rejections(text: &mut Text, context: &Context<'_>) {
    let own: Vec<&Named<'_>> =
        context.operations.iter().filter(|named| named.failed_envelope != context.unknown_envelope).collect();
    if own.is_empty() {
        return;
    }
    text.blank();
    let head = "fn reject(at: Serving<'_, Self, S>, rejection: &Rejection) -> http::Response<Vec<u8>>";
    text.block(head, |text| {
        text.block("match at.operation_name()", |text| {
            for (index, first) in own.iter().enumerate() {
                let alike = |named: &&&Named<'_>| named.failed_envelope == first.failed_envelope;
                if own[..index].iter().any(|named| alike(&named)) {
                    continue;
                }
                let names: Vec<_> = own.iter().filter(alike).map(|named| literal(&named.title())).collect();
                text.alternatives(&names, &format!("at.reject_as::<{}>(rejection)", first.path()));
            }
            text.line("_ => at.reject(rejection),");
        });
    });
}
