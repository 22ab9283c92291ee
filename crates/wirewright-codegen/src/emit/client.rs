//! `client.rs`: what operations share, and the vendor's client; and in the files of groups the methods of it.

use super::{
    prose::{code, prose, sentence},
    structure::{Argument, argument, arguments},
    text::{List, Text},
};
use crate::model::EnvelopeMember;
use crate::naming::{self, POSITIONAL, required_type};
use crate::plan::{
    context::{Context, Scope},
    credentials::{Credentials, credentials},
    envelope::echoed,
    features::Features,
    kinds::SessionPlan,
    members::{by_name, needed},
    methods::{closing_method, open_scopes, opening_method},
    operations::Named,
    parameters::{Provided, call_members, client_members},
};

/// The module.
pub(super) fn module(context: &Context<'_>) -> String {
    let provided = Provided::new(context.vendor);
    let title = prose(&context.vendor.title);
    let mut text = Text::new();
    text.module_doc(&format!("The client of the {title}."));
    text.blank();
    text.line("use super::prelude::*;");
    for api in &context.apis {
        text.blank();
        let what = if api.name == "Api" {
            format!("What the operations of the {title} share.")
        } else {
            "The same for operations whose replies are in an envelope of their own.".to_owned()
        };
        text.doc(&what);
        text.line("#[derive(Debug)]");
        text.line(format!("pub enum {} {{}}", api.name));
        text.blank();
        let envelope = |index: usize| context.envelopes[index].name.as_str();
        let mut arguments = vec![
            api.name.as_str(),
            provided.client_type(),
            provided.options_type(),
            envelope(api.envelope),
            envelope(api.failed_envelope),
        ];
        if let Some(EnvelopeMember { member, .. }) = echoed(context.vendor) {
            arguments.extend([if needed(member) { "required" } else { "optional" }, &member.name.rust]);
        }
        text.line(format!("generated::api!({});", arguments.join(", ")));
    }
    text.blank();
    let given = call_members(context.vendor).iter().any(needed);
    text.line(format!("generated::client!(Api, {});", if given { "given" } else { "default" }));
    if Features::new(context).rows {
        text.blank();
        text.line("#[cfg(feature = \"rows\")]");
        text.line("generated::client_rows!();");
    }
    text.blank();
    text.block("impl<T> Client<T>", |text| constructor(text, context));
    if provided.client {
        text.blank();
        text.block("impl<T, S: Scope> Client<T, S>", |text| {
            text.doc("The same client with other parameters.");
            text.line("#[must_use]");
            text.block("pub fn with_parameters(self, parameters: ClientParameters) -> Self", |text| {
                text.line("Self(self.0.with_parameters(parameters))");
            });
        });
    }
    if provided.call {
        text.blank();
        text.block("impl<C: AsClient<Api = Api>, R> Call<C, R>", |text| {
            text.doc("With what the vendor lets a caller add to any call.");
            text.block("pub fn with_options(mut self, options: CallOptions) -> Self", |text| {
                text.line("self.0.config.options = options;");
                text.line("self");
            });
        });
    }
    text.finish()
}

fn constructor(text: &mut Text, context: &Context<'_>) {
    let members = client_members(context.vendor);
    let mut parameters = vec!["transport: T".to_owned()];
    let given = if by_name(&members) {
        parameters.push("parameters: ClientParameters".to_owned());
        "parameters".to_owned()
    } else if members.iter().any(needed) {
        let (arguments, names) = split(arguments(context, &members, Scope::Elsewhere));
        parameters.extend(arguments);
        format!("ClientParameters::new({})", names.join(", "))
    } else if members.is_empty() {
        "Nothing {}".to_owned()
    } else {
        "ClientParameters::default()".to_owned()
    };
    let kinds = credentials(context.vendor);
    if !kinds.is_empty() && !by_name(&members) {
        return with_credentials(text, context, &kinds);
    }
    text.doc("A client that calls the vendor's endpoint with the usual config.");
    text.function("pub fn new", &parameters, "Self", |text| {
        text.line(format!("Self(Core::new(transport, {given}))"));
    });
}

/// A constructor for each kind of credentials.
fn with_credentials(text: &mut Text, context: &Context<'_>, kinds: &[Credentials<'_>]) {
    for (index, kind) in kinds.iter().enumerate() {
        if index > 0 {
            text.blank();
        }
        let taken = kind.members.iter().map(|member| argument(context, member, Scope::Elsewhere));
        let (arguments, names) = split(taken.collect());
        let parameters: Vec<String> = std::iter::once("transport: T".to_owned()).chain(arguments).collect();
        let own = kind.members.iter().filter(|member| kind.has(member));
        let own: Vec<String> = own.map(|member| code(&member.name.rust)).collect();
        let method = method(kind);
        text.doc(&format!(
            "A client that calls the vendor's endpoint with the usual config, and has these credentials: {}.",
            own.join(", ")
        ));
        text.function(&format!("pub fn {method}"), &parameters, "Self", |text| {
            let (name, given) = (naming::snake(kind.name), names.join(", "));
            text.line(format!("Self(Core::new(transport, ClientParameters::from_{name}({given})))"));
        });
    }
}

/// The parameters of a function, and what they are called in it.
fn split(arguments: Vec<Argument>) -> (Vec<String>, Vec<String>) {
    arguments.into_iter().map(|argument| (argument.parameter, argument.name)).unzip()
}

/// In which sessions a request may be made. One that closes a session is made by its method alone.
pub(super) fn scopes(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    let pagination = named.operation.pagination.as_deref().filter(|_| context.is_ordinary(named));
    let opening = pagination.and_then(|pagination| Some((pagination, pagination.opening.as_ref()?)));
    let mut any = false;
    for scope in open_scopes(context, named) {
        any = true;
        match (opening, scope) {
            (Some((pagination, opening)), Some(kind)) => {
                super::pagination::first_page(text, named, kind, pagination, opening);
            }
            _ => text.line(format!("impl In<{}> for {} {{}}", scope_name(scope), named.request)),
        }
    }
    if any {
        text.blank();
    }
}

/// The type of a client's session. `None`: it is in none.
fn scope_name(kind: Option<&SessionPlan<'_>>) -> String {
    kind.map_or_else(|| "NoSession".to_owned(), SessionPlan::state)
}

/// The methods of a client that make a call of an operation.
pub(super) fn methods(text: &mut Text, context: &Context<'_>, named: &Named<'_>) {
    let open = open_scopes(context, named);
    let closed = named.operation.sessions.iter().map(|&kind| &context.kinds[kind]);
    let closed = closed.filter(|kind| context.closes(kind, named)).map(|kind| {
        let method = closing_method(kind, named).to_owned();
        (format!("impl<T> Client<T, {}>", kind.state()), method, "Self")
    });
    let opens = context.opened_by(named);
    let method = opens.map_or(&*named.method, |kind| opening_method(kind, named)).to_owned();
    let open = match open.as_slice() {
        [] => None,
        [None] => Some("impl<T> Client<T>".to_owned()),
        [Some(kind)] => Some(format!("impl<T> Client<T, {}>", kind.state())),
        // The bound is here and not at the method, where editors look.
        _ => Some(format!("impl<T, S: Scope> Client<T, S> where {}: In<S>", named.request)),
    };
    let open = open.map(|head| (head, method, "&Self"));
    for (index, (head, method, caller)) in open.into_iter().chain(closed).enumerate() {
        if index > 0 {
            text.blank();
        }
        text.block(head, |text| {
            let doc = named.operation.facts.doc.as_deref().map(sentence).unwrap_or_default();
            text.doc(format!("{doc} See [`{}`].", named.request).trim_start());
            let receiver = if caller == "Self" { "self" } else { "&self" };
            let (mut parameters, mut given) = (vec![receiver.to_owned()], vec!["self".to_owned()]);
            given.push(request(context, named, &mut parameters));
            if call_members(context.vendor).iter().any(needed) {
                parameters.push("options: CallOptions".to_owned());
                given.push("options".to_owned());
            }
            let result = format!("Call<{caller}, {}>", named.request);
            text.function(&format!("pub fn {method}"), &parameters, &result, |text| {
                text.list("Call::__new", &List::call(given.into_iter().map(super::text::Item::Text)), "");
            });
        });
    }
}

/// The request that a method makes of its parameters, which are added to those that it has.
pub(super) fn request(context: &Context<'_>, named: &Named<'_>, parameters: &mut Vec<String>) -> String {
    let (operation, name) = (named.operation, &named.request);
    let count = |members: &[crate::model::Member]| members.iter().filter(|member| needed(member)).count();
    let (own, of_body) = (count(&operation.request), operation.body.as_deref().map_or(0, count));
    if own + of_body == 0 {
        return format!("{name}::default()");
    }
    if own + usize::from(of_body > 0) > POSITIONAL {
        parameters.push(format!("required: {}", required_type(name)));
        return format!("{name}::new(required)");
    }
    let (positional, mut given) = split(arguments(context, &operation.request, Scope::Elsewhere));
    parameters.extend(positional);
    if of_body > 0 {
        let body = named.body();
        if own + of_body > POSITIONAL {
            parameters.push(format!("body: {body}"));
            given.push("body".to_owned());
        } else {
            let members = operation.body.iter().flatten();
            let (arguments, of_body) = split(arguments(context, members, Scope::Elsewhere));
            parameters.extend(arguments);
            given.push(format!("{body}::new({})", of_body.join(", ")));
        }
    }
    format!("{name}::new({})", given.join(", "))
}

/// What makes a client with credentials: `with_api_key`.
pub(super) fn method(kind: &Credentials<'_>) -> String {
    format!("with_{}", naming::snake(kind.name))
}
