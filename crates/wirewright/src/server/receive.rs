//! Which operation a request is for.

use std::borrow::Cow;

use http::StatusCode;

use crate::{
    File, Format, Limits,
    describe::{
        class::ServerCondition,
        protocol::{Content, Operation, ParameterDescription, ParameterLocation, ParameterSource, Placement},
    },
    exchange::host,
    server::{
        address::candidates,
        form::Form as ReceivedForm,
        headers,
        incoming::{Incoming, single},
        rejection::Rejection,
    },
};

/// Recognises a request among `operations`, which are those of one vendor. `origin` is the scheme and host that clients use,
/// which signatures cover. Where an endpoint has places for parameters, the request's host fills them; a proxy says in
/// `X-Forwarded-Host` which one was meant.
///
/// Of several operations at one path it is that of the request's host, of the name that a parameter tells, and of the request's
/// method.
///
/// Parameters are read where the operation's method has them, and nowhere else: those in the URL of a form, or in the body of a GET,
/// are treated as absent. A path is compared as it is; `/%61` is not `/a`.
///
/// # Errors
///
/// The refusal, and the request as far as it was understood, which an answer can be written to; `None` when the vendor has no
/// operation at all. The answer is in the format that was asked for if that is clear, else in the first format of the operation.
/// It comes with HTTP 404 when no operation has the path, and with 405 when the operation does not take the method.
pub fn receive(
    operations: &[&'static Operation],
    origin: &str,
    request: &http::Request<Vec<u8>>,
    limits: &Limits,
) -> Result<Incoming, (Rejection, Option<Box<Incoming>>)> {
    let path = request.uri().path();
    let origin = origin.trim_end_matches('/');
    let candidates = candidates(operations, origin, request);
    let url = format!("{origin}{path}");
    let incoming = |operation: &'static Operation, parameters: &str| Incoming {
        operation,
        method: request.method().clone(),
        url: url.clone(),
        path: path.to_owned(),
        status: StatusCode::OK,
        allowed: Vec::new(),
        parameters: parameters.to_owned(),
        with_headers: None,
        content: match operation.content {
            Content::Parameters | Content::Multipart { .. } => Vec::new(),
            Content::Document(_) => request.body().clone(),
        },
        files: Vec::new(),
        format: first_format(operation),
        callback: None,
        limits: *limits,
    };
    let takes_files = |operation: &Operation| matches!(operation.content, Content::Multipart { .. });
    let mut sent = Sent::new(request, limits, candidates.iter().copied().any(takes_files));
    let Some(&first) = candidates.first() else {
        let stranger = operations.first().map(|any| {
            let mut stranger = incoming(any, sent.text(None).unwrap_or_default());
            stranger.status = StatusCode::NOT_FOUND;
            // Only to answer in the format that was asked for.
            let _ = stranger.read_headers(request.uri(), request.headers());
            let _ = stranger.choose_format();
            Box::new(stranger)
        });
        return Err((Rejection::new(ServerCondition::OperationUnknown), stranger));
    };

    // Several operations share a path when a parameter names them, or when their methods differ.
    let parameter = first.protocol.parameters.iter().find(|each| each.source == ParameterSource::Operation);
    let names = parameter.map(|parameter| Names::new(parameter, first, &sent, request));
    // The best that can be said so far about why it is none of the operations.
    let mut refused = None;
    // The first operation that it would be by another method.
    let mut other_method: Option<Box<Incoming>> = None;
    for &operation in &candidates {
        let method = operation.methods.iter().find(|offered| offered.method == *request.method());
        let placement = method.map(|method| method.placement);
        match names.as_ref().map(|names| names.of(placement)) {
            Some(Ok(Some(name))) if names.as_ref().is_some_and(|names| names.is(name, operation)) => {}
            Some(Ok(Some(_))) => continue,
            Some(Ok(None)) => {
                let missing = parameter.map(|parameter| parameter.name).unwrap_or_default();
                refused = refused.or(Some(Rejection::parameter(ServerCondition::OperationUnknown, missing)));
                continue;
            }
            Some(Err(error)) => {
                refused = refused.or_else(|| Some(error.clone()));
                continue;
            }
            None => {}
        }
        if let Some(first) = &mut other_method {
            first.allowed.extend(operation.methods);
            continue;
        }
        let in_form = placement == Some(Placement::Form);
        let Some(text) =
            sent.text(placement).filter(|_| !in_form || sent.multipart == takes_files(operation))
        else {
            return Err((
                Rejection::new(ServerCondition::ParameterInvalid),
                Some(Box::new(incoming(operation, ""))),
            ));
        };
        let mut incoming = incoming(operation, text);
        if in_form {
            incoming.files = std::mem::take(&mut sent.files);
        }
        let headers = incoming.read_headers(request.uri(), request.headers());
        let understood = headers
            .and(incoming.choose_format())
            .and_then(|()| incoming.check_constants())
            .and_then(|()| incoming.check_files());
        if method.is_none() {
            incoming.status = StatusCode::METHOD_NOT_ALLOWED;
            incoming.allowed.extend(operation.methods);
            other_method = Some(Box::new(incoming));
            continue;
        }
        return match understood {
            Ok(()) => Ok(incoming),
            Err(refused) => Err((refused, Some(Box::new(incoming)))),
        };
    }
    if other_method.is_some() {
        return Err((Rejection::new(ServerCondition::MethodNotAllowed), other_method));
    }
    let mut incoming = incoming(first, sent.text(None).unwrap_or_default());
    // Only to answer in the format that was asked for; the request is refused anyhow.
    let _ = incoming.read_headers(request.uri(), request.headers());
    let _ = incoming.choose_format();
    Err((refused.unwrap_or(Rejection::new(ServerCondition::OperationUnknown)), Some(Box::new(incoming))))
}

/// The format of an answer when nobody says which.
fn first_format(operation: &Operation) -> Format {
    let usual = operation.protocol.formats.first().map(|format| format.format);
    operation.formats.first().copied().or(usual).unwrap_or(Format::Xml)
}

/// The parameters of a request by where they stand; `None` for those that cannot be read.
struct Sent<'r> {
    query: Option<&'r str>,
    body: Option<Cow<'r, str>>,
    /// The files of the body.
    files: Vec<(String, File)>,
    /// Whether the body is `multipart/form-data`, or says that it is.
    multipart: bool,
}

impl<'r> Sent<'r> {
    /// With `takes_files`, some operation takes multipart requests.
    fn new(request: &'r http::Request<Vec<u8>>, limits: &Limits, takes_files: bool) -> Self {
        let short = |text: &&str| text.len() <= limits.max_bytes();
        let query = Some(request.uri().query().unwrap_or_default()).filter(short);
        let form = if takes_files { ReceivedForm::read(request, limits) } else { None };
        match form {
            None => {
                let body = std::str::from_utf8(request.body()).ok().filter(short).map(Cow::Borrowed);
                Self { query, body, files: Vec::new(), multipart: false }
            }
            Some(Err(_)) => Self { query, body: None, files: Vec::new(), multipart: true },
            Some(Ok(form)) => {
                Self { query, body: Some(Cow::Owned(form.parameters)), files: form.files, multipart: true }
            }
        }
    }

    /// Where the method has them, or, for a method that is not offered, wherever there are some.
    fn text(&self, placement: Option<Placement>) -> Option<&str> {
        match placement {
            Some(Placement::Form) => self.body.as_deref(),
            None if self.query == Some("") => self.body.as_deref(),
            Some(Placement::Query) | None => self.query,
        }
    }
}

/// The operation's name in the parameter that says it, looked up once per place: many operations may share a path.
struct Names {
    location: ParameterLocation,
    query: Result<Option<String>, Rejection>,
    body: Result<Option<String>, Rejection>,
    anywhere: Result<Option<String>, Rejection>,
}

impl Names {
    /// `first` is any of the operations, which are all at one host.
    fn new(
        parameter: &ParameterDescription,
        first: &'static Operation,
        sent: &Sent<'_>,
        request: &http::Request<Vec<u8>>,
    ) -> Self {
        let name = |placement| match (parameter.location, sent.text(placement)) {
            (ParameterLocation::Parameters, Some(text)) => single(text, parameter.name),
            (ParameterLocation::Parameters, None) => Err(Rejection::new(ServerCondition::ParameterInvalid)),
            (ParameterLocation::Host, _) => {
                let mut found =
                    host::received(first.endpoint(), request.uri(), request.headers()).into_iter();
                Ok(found.find(|(name, _)| *name == parameter.name).map(|(_, value)| value))
            }
            (ParameterLocation::Header { .. } | ParameterLocation::Cookie, _) => {
                let name = headers::received(parameter, request.headers());
                name.map(|name| name.map(Cow::into_owned))
            }
        };
        Self {
            location: parameter.location,
            query: name(Some(Placement::Query)),
            body: name(Some(Placement::Form)),
            anywhere: name(None),
        }
    }

    /// Whether it is the operation's. Hosts are the same in either case.
    fn is(&self, name: &str, operation: &Operation) -> bool {
        match self.location {
            ParameterLocation::Host => name.eq_ignore_ascii_case(operation.wire_name),
            _ => name == operation.wire_name,
        }
    }

    const fn of(&self, placement: Option<Placement>) -> &Result<Option<String>, Rejection> {
        match placement {
            Some(Placement::Query) => &self.query,
            Some(Placement::Form) => &self.body,
            None => &self.anywhere,
        }
    }
}
