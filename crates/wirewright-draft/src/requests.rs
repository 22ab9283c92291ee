//! What a server side says of a sample's request.

use http::Request;
use wirewright::{
    Limits,
    describe::{Placement, ServerCondition},
    server::{Rejection, receive},
};
use wirewright_codegen::model::{Example, ExampleRequest};
use wirewright_interpret::{Definition, OperationType};

/// Why a server side refuses a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    /// A parameter that calls need is not there.
    Lacks(String),
    Other(String),
}

/// Why a server side refuses the request of an example though nothing is missing; `None`: it takes it.
pub(crate) fn refused(
    definition: &Definition,
    operation: &OperationType,
    example: &Example,
) -> Option<Refused> {
    let other = |text: &str| Some(Refused::Other(text.to_owned()));
    let sent = example.request.as_ref()?;
    let described = operation.described();
    let is_form = matches!(sent, ExampleRequest::Form(_));
    let methods = described.methods.iter();
    let Some(method) = methods
        .clone()
        .find(|method| (method.placement != Placement::Query) == is_form)
        .or(methods.clone().next())
    else {
        return other("the operation has no method");
    };
    let path = described.path;
    let (url, body) = match sent {
        ExampleRequest::Form(form) => (path.to_owned(), form.as_str()),
        ExampleRequest::Query(query) if query.is_empty() => (path.to_owned(), ""),
        ExampleRequest::Query(query) => (format!("{path}?{query}"), ""),
        ExampleRequest::Url(url) => (url.clone(), ""),
        ExampleRequest::Document { url, body } if url.is_empty() || url.starts_with('?') => {
            (format!("{path}{url}"), body.as_str())
        }
        ExampleRequest::Document { url, body } => (url.clone(), body.as_str()),
    };
    let request = Request::builder().method(method.method.as_str()).uri(url.as_str());
    let headers = example.headers.lines().filter_map(|line| line.split_once(':'));
    let request = headers.fold(request, |request, (name, value)| request.header(name.trim(), value.trim()));
    let Ok(request) = request.body(body.as_bytes().to_vec()) else { return other("its URL is none") };
    let operations: Vec<_> = definition.operations().iter().map(OperationType::described).collect();
    let refused = match receive(&operations, described.endpoint(), &request, &Limits::new()) {
        Ok(incoming) if incoming.operation().name != described.name => {
            return other(&format!("a server takes it for one of `{}`", incoming.operation().name));
        }
        Ok(incoming) => {
            let claims = |kind: &&str| {
                let kind = definition.session(kind)?;
                definition.claim(kind, &incoming).ok().flatten()
            };
            let claimed = described.sessions.iter().any(|kind| claims(&kind.name).is_some());
            match definition.receive(operation, &incoming) {
                Ok(_) if claimed => None,
                Ok(_) => incoming.without_session().err(),
                Err(rejection) => Some(rejection),
            }
        }
        Err((rejection, _)) => Some(rejection),
    };
    match (refused, example.lacks.is_empty()) {
        (None, true) | (Some(_), false) => None,
        (None, false) => other("a server takes it, though it lacks parameters"),
        (
            Some(Rejection { condition: ServerCondition::ParameterMissing, parameter: Some(name), .. }),
            true,
        ) => Some(Refused::Lacks(name)),
        (Some(rejection), true) => other(&format!("a server refuses it: {rejection}")),
    }
}
