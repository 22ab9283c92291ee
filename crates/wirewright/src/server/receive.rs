//! Which operation a request is for.

use std::{borrow::Cow, collections::HashSet};

use http::{HeaderMap, StatusCode};

use crate::{
    File, Format, Limits,
    describe::{
        class::ServerCondition,
        protocol::{Content, Operation, ParameterDescription, ParameterLocation, ParameterSource, Placement},
    },
    server::{
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
/// Parameters are read where the operation's method has them, and nowhere else: those in the body of a GET are treated as absent, and
/// those in the URL of a form unless the definition says that the vendor takes them too. A path is compared as it is; `/%61` is not `/a`.
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
    // Two hosts may each have an operation at one path. A server that stands for both of them takes the first.
    let origin = origin.trim_end_matches('/');
    let at_path = |operation: &&'static Operation| operation.path == path;
    let here = operations.iter().copied().filter(at_path).any(|operation| operation.endpoint() == origin);
    let of_path = || {
        let found = operations.iter().copied().filter(at_path);
        found.filter(move |operation| !here || operation.endpoint() == origin)
    };
    let url = format!("{origin}{path}");
    let incoming = |operation: &'static Operation, parameters: &str| Incoming {
        operation,
        method: request.method().clone(),
        url: url.clone(),
        path: path.to_owned(),
        status: StatusCode::OK,
        parameters: parameters.to_owned(),
        sent_twice: None,
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
    let mut sent = Sent::new(request, limits, of_path().any(takes_files));
    let Some(first) = of_path().next() else {
        let stranger = operations.first().map(|any| {
            let mut stranger = incoming(any, &sent.text(None).unwrap_or_default());
            stranger.status = StatusCode::NOT_FOUND;
            // Only to answer in the format that was asked for.
            let _ = stranger.read_headers(request.uri(), request.headers());
            let _ = stranger.choose_format();
            Box::new(stranger)
        });
        return Err((Rejection::new(ServerCondition::OperationUnknown), stranger));
    };

    // Several operations share a path when a parameter names them.
    let parameter = first.protocol.parameters.iter().find(|each| each.source == ParameterSource::Operation);
    let mut names = parameter.map(|parameter| Names::new(parameter, &sent, request.headers()));
    // The best that can be said so far about why it is none of the operations.
    let mut refused = None;
    for operation in of_path() {
        let method = operation.methods.iter().find(|offered| offered.method == *request.method());
        let placement = method.map(|method| method.placement);
        match names.as_mut().map(|names| names.of(placement)) {
            Some(Ok(Some(name))) if name == operation.wire_name => {}
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
        let in_form = matches!(placement, Some(Placement::Form | Placement::FormOrQuery));
        let Some(text) =
            sent.text(placement).filter(|_| !in_form || sent.multipart == takes_files(operation))
        else {
            return Err((
                Rejection::new(ServerCondition::ParameterInvalid),
                Some(Box::new(incoming(operation, ""))),
            ));
        };
        let mut incoming = incoming(operation, &text);
        if placement == Some(Placement::FormOrQuery) {
            incoming.sent_twice = sent.in_both();
        }
        if in_form {
            incoming.files = std::mem::take(&mut sent.files);
        }
        let headers = incoming.read_headers(request.uri(), request.headers());
        let understood = headers
            .and(incoming.choose_format())
            .and_then(|()| incoming.check_constants())
            .and_then(|()| incoming.check_files());
        return match understood {
            _ if method.is_none() => {
                incoming.status = StatusCode::METHOD_NOT_ALLOWED;
                Err((Rejection::new(ServerCondition::MethodNotAllowed), Some(Box::new(incoming))))
            }
            Ok(()) => Ok(incoming),
            Err(refused) => Err((refused, Some(Box::new(incoming)))),
        };
    }
    let mut incoming = incoming(first, &sent.text(None).unwrap_or_default());
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
    fn text(&self, placement: Option<Placement>) -> Option<Cow<'_, str>> {
        let body = self.body.as_deref();
        match placement {
            Some(Placement::Form) => body.map(Cow::Borrowed),
            Some(Placement::FormOrQuery) => Some(merged(self.query?, body?)),
            None if self.query == Some("") => body.map(Cow::Borrowed),
            Some(Placement::Query) | None => self.query.map(Cow::Borrowed),
        }
    }

    /// Those of the URL and those of the form, where both have some.
    fn in_both(&self) -> Option<String> {
        let (query, body) = (self.query?, self.body.as_deref()?);
        (!query.is_empty() && !body.is_empty()).then(|| format!("{query}&{body}"))
    }
}

/// The parameters of a form, and before them those of the URL that it does not have.
fn merged<'r>(query: &'r str, form: &'r str) -> Cow<'r, str> {
    if query.is_empty() || form.is_empty() {
        return Cow::Borrowed(if form.is_empty() { query } else { form });
    }
    let name = |segment: &'r str| form_urlencoded::parse(segment.as_bytes()).next().map(|(name, _)| name);
    let in_form: HashSet<_> = form.split('&').filter_map(name).collect();
    let of_query =
        query.split('&').filter(|segment| name(segment).is_some_and(|name| !in_form.contains(&name)));
    let all: Vec<&str> = of_query.chain([form]).collect();
    Cow::Owned(all.join("&"))
}

/// The operation's name in the parameter that says it, looked up once per place: many operations may share a path.
struct Names {
    query: Result<Option<String>, Rejection>,
    body: Result<Option<String>, Rejection>,
    both: Result<Option<String>, Rejection>,
    anywhere: Result<Option<String>, Rejection>,
}

impl Names {
    fn new(parameter: &ParameterDescription, sent: &Sent<'_>, headers: &HeaderMap) -> Self {
        let name = |placement| match sent.text(placement) {
            _ if parameter.location != ParameterLocation::Parameters => {
                headers::received(parameter, headers).map(|name| name.map(Cow::into_owned))
            }
            Some(text) => single(&text, parameter.name),
            None => Err(Rejection::new(ServerCondition::ParameterInvalid)),
        };
        Self {
            query: name(Some(Placement::Query)),
            body: name(Some(Placement::Form)),
            both: name(Some(Placement::FormOrQuery)),
            anywhere: name(None),
        }
    }

    const fn of(&self, placement: Option<Placement>) -> &Result<Option<String>, Rejection> {
        match placement {
            Some(Placement::Query) => &self.query,
            Some(Placement::Form) => &self.body,
            Some(Placement::FormOrQuery) => &self.both,
            None => &self.anywhere,
        }
    }
}
