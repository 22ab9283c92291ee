//! Which operation a request is for.

use std::{borrow::Cow, collections::HashSet};

use http::{HeaderMap, StatusCode};

use crate::{
    File, Format, Limits,
    describe::{
        class::ServerCondition,
        protocol::{
            Content, MethodDescription, Operation, ParameterDescription, ParameterLocation, ParameterSource,
            Placement,
        },
    },
    exchange::bytes::content_type,
    server::{
        address::{base, candidates, is_at},
        headers, host,
        incoming::Incoming,
        media::{Unsupported, unsupported},
        rejection::Rejection,
        sent::{Proof, SentMessage},
        single::single,
    },
    text::charset::{self, Charset, DeclaredCharset},
};

/// Recognises a request among `operations`, which are those of one vendor. `origin` is the scheme and host that clients use, with
/// the path that is in front of every operation's if there is one, as in `https://api.example.com/music`; signatures cover it.
/// Whatever is in front of the server may have taken that path off the request. Where an endpoint has places for parameters, the
/// request's host fills them; a proxy says in `X-Forwarded-Host` which one was meant.
///
/// Of several operations at one path it is that of the request's host, of the name that a parameter tells, of what its requests always
/// say, and of the request's method.
///
/// Parameters are read where the operation's method has them, and nowhere else: those in the body of a GET are treated as absent, and
/// those in the URL of a form unless the definition says that the vendor takes them too. A path is compared as it is; `/%61` is not
/// `/a`; but for a slash behind one, where no operation has that. What is not UTF-8 is read in the charset that the Content-Type names, or
/// else the vendor's definition.
///
/// # Errors
///
/// The refusal, and the request as far as it was understood, which an answer can be written to; `None` when the vendor has no
/// operation at all. The answer is in the format that was asked for if that is clear, else in the first format of the operation.
/// It comes with HTTP 404 when no operation has the path, with 405 when the operation does not take the method, and with 415 when its
/// body is of another media type than the operation takes, of several at once, in a content coding, or, where charsets are known (the
/// feature `charsets`), in an unknown one: nothing is guessed at.
pub fn receive(
    operations: &[&'static Operation],
    origin: &str,
    request: &http::Request<Vec<u8>>,
    limits: &Limits,
) -> Result<Incoming, (Rejection, Option<Box<Incoming>>)> {
    let origin = origin.trim_end_matches('/');
    let path = inner_path(operations, origin, request.uri().path());
    let candidates = candidates(operations, origin, path, request);
    let reception = Reception { request, limits, path, url: format!("{origin}{path}") };
    let usual = operations.first().and_then(|any| any.protocol.charset);
    let mut sent = Sent::new(request, limits, usual);
    #[cfg(feature = "multipart")]
    if candidates.iter().any(|operation| operation.content.has_files()) {
        sent.read_form(request, limits, usual);
    }
    let unknown = Rejection::new(ServerCondition::OperationUnknown);
    let Some(&first) = candidates.first() else {
        let incoming = operations.first().map(|any| {
            let mut incoming = reception.unrecognised(any, &sent);
            incoming.status = StatusCode::NOT_FOUND;
            Box::new(incoming)
        });
        return Err((unknown, incoming));
    };

    // Several operations share a path when a parameter names them, or when their methods differ.
    let parameter = first.protocol.parameters.iter().find(|each| each.source == ParameterSource::Operation);
    let names = parameter.map(|parameter| Names::new(parameter, first, &sent, request));
    // The best that can be said so far about why it is none of the operations.
    let mut refused = None;
    // The first operation that it would be by another method.
    let mut other_method: Option<Box<Incoming>> = None;
    for &operation in &candidates {
        let candidate = Candidate::new(operation, request);
        let names = names.as_ref().filter(|_| parameter.is_some_and(|one| one.goes_with(operation)));
        match names.map_or(Ok(true), |names| names.tell(operation, candidate.placement())) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(error) => {
                // What cannot be read need not be wrong: perhaps it is not what it should be.
                if let Some(wrong) = candidate.wrong_body(request).filter(Unsupported::is_unreadable) {
                    return Err(reception.refuse_body(&candidate, &sent, wrong));
                }
                refused = refused.or(Some(error));
                continue;
            }
        }
        // One of several is told by what its requests always say.
        if let Some(missing) = sent.lacks(operation, candidate.placement()).filter(|_| candidates.len() > 1) {
            refused = refused.or(Some(Rejection::parameter(ServerCondition::OperationUnknown, missing)));
            continue;
        }
        if let Some(first) = &mut other_method {
            first.allowed.extend(operation.methods);
            continue;
        }
        if let Some(wrong) = candidate.wrong_body(request) {
            return Err(reception.refuse_body(&candidate, &sent, wrong));
        }
        let (mut incoming, understood) = reception.understand(&candidate, &mut sent);
        if candidate.method.is_none() && understood.is_some() {
            incoming.status = StatusCode::METHOD_NOT_ALLOWED;
            incoming.allowed.extend(operation.methods);
            other_method = Some(Box::new(incoming));
            continue;
        }
        return match understood.unwrap_or(Err(Rejection::new(ServerCondition::ParameterInvalid))) {
            Ok(()) => Ok(incoming),
            Err(refused) => Err((refused, Some(Box::new(incoming)))),
        };
    }
    if other_method.is_some() {
        return Err((Rejection::new(ServerCondition::MethodNotAllowed), other_method));
    }
    Err((refused.unwrap_or(unknown), Some(Box::new(reception.unrecognised(first, &sent)))))
}

/// An operation that a request may be for.
struct Candidate {
    operation: &'static Operation,
    /// That of the request, where the operation takes it.
    method: Option<&'static MethodDescription>,
}

impl Candidate {
    fn new(operation: &'static Operation, request: &http::Request<Vec<u8>>) -> Self {
        let method = operation.methods.iter().find(|offered| offered.method == *request.method());
        Self { operation, method }
    }

    fn placement(&self) -> Option<Placement> {
        self.method.map(|method| method.placement)
    }

    fn in_form(&self) -> bool {
        matches!(self.placement(), Some(Placement::Form | Placement::FormOrQuery))
    }

    /// Why the body of a request by this method is not what the operation takes.
    fn wrong_body(&self, request: &http::Request<Vec<u8>>) -> Option<Unsupported> {
        self.method.filter(|_| !request.body().is_empty())?;
        unsupported(request, self.operation, self.in_form())
    }
}

/// A request, and where it came.
struct Reception<'r> {
    request: &'r http::Request<Vec<u8>>,
    limits: &'r Limits,
    /// The path without what is in front of every operation's.
    path: &'r str,
    /// The same with scheme and host, and what is in front.
    url: String,
}

impl Reception<'_> {
    /// The request as one for an operation, of which nothing but the parameters' text is known yet.
    fn incoming(&self, operation: &'static Operation, parameters: &str) -> Incoming {
        Incoming {
            operation,
            method: self.request.method().clone(),
            url: self.url.clone(),
            path: self.path.to_owned(),
            status: StatusCode::OK,
            recognised: true,
            allowed: Vec::new(),
            parameters: parameters.to_owned(),
            proof: Proof::none(),
            credentials: None,
            with_headers: None,
            content: match operation.content {
                Content::Document(document) => in_utf_8(self.request, document.format),
                _ => Vec::new(),
            },
            files: Vec::new(),
            unsupported: None,
            format: first_format(operation),
            callback: None,
            limits: *self.limits,
        }
    }

    /// A request that is none of the operations: it is answered as this one would be.
    fn unrecognised(&self, operation: &'static Operation, sent: &Sent<'_>) -> Incoming {
        let mut incoming = self.incoming(operation, &sent.text(None).unwrap_or_default());
        incoming.recognised = false;
        to_answer_only(&mut incoming, self.request);
        incoming
    }

    /// The refusal of a body that the operation does not take.
    fn refuse_body(
        &self,
        candidate: &Candidate,
        sent: &Sent<'_>,
        wrong: Unsupported,
    ) -> (Rejection, Option<Box<Incoming>>) {
        let mut incoming =
            self.incoming(candidate.operation, &sent.text(candidate.placement()).unwrap_or_default());
        incoming.status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        to_answer_only(&mut incoming, self.request);
        let mut rejection = Rejection::new(ServerCondition::MediaTypeWrong);
        rejection.detail = Some(wrong.to_string());
        incoming.unsupported = Some(wrong);
        (rejection, Some(Box::new(incoming)))
    }

    /// The request as one for this operation, and whether it is understood; `None`: its parameters cannot be read where they should be.
    fn understand(
        &self,
        candidate: &Candidate,
        sent: &mut Sent<'_>,
    ) -> (Incoming, Option<Result<(), Rejection>>) {
        let operation = candidate.operation;
        let readable = !candidate.in_form() || sent.multipart == operation.content.has_files();
        let Some(text) = sent.text(candidate.placement()).filter(|_| readable) else {
            return (self.incoming(operation, ""), None);
        };
        let mut incoming = self.incoming(operation, &text);
        incoming.proof.sent = sent.signed(operation, self.request, candidate.placement());
        if candidate.in_form() {
            incoming.files = std::mem::take(&mut sent.files);
        }
        let understood = understand(&mut incoming, self.request);
        (incoming, Some(understood))
    }
}

/// The path of a request without what is in front of every operation's.
fn inner_path<'p>(operations: &[&'static Operation], origin: &str, path: &'p str) -> &'p str {
    let inner = path.strip_prefix(base(origin)).filter(|rest| rest.starts_with('/')).unwrap_or(path);
    let is_known = |path: &str| operations.iter().any(|operation| is_at(operation, path));
    let found = if is_known(path) && !is_known(inner) { path } else { inner };
    // Some clients end a path with a slash: nothing else is there.
    let bare = found.strip_suffix('/').filter(|bare| !is_known(found) && is_known(bare));
    bare.unwrap_or(found)
}

/// The document of a request in UTF-8, or as it came where it is no text.
fn in_utf_8(request: &http::Request<Vec<u8>>, format: Format) -> Vec<u8> {
    let declared = DeclaredCharset::new(content_type(request.headers()), None);
    let decoded = charset::decode(format, request.body(), &declared);
    decoded.map_or_else(|_| request.body().clone(), |decoded| decoded.text.into_owned().into_bytes())
}

/// The format of an answer when nobody says which.
fn first_format(operation: &Operation) -> Format {
    let usual = operation.protocol.formats.first().map(|format| format.format);
    operation.formats.first().copied().or(usual).unwrap_or(Format::Xml)
}

/// Reads what is beside the parameters, and compares all of it with the operation.
fn understand(incoming: &mut Incoming, request: &http::Request<Vec<u8>>) -> Result<(), Rejection> {
    // The format is found out in any case: a refusal is written in it.
    let headers = incoming.read_headers(request.uri(), request.headers());
    headers.and(incoming.choose_format())?;
    incoming.take_apart();
    incoming.find_credentials()?;
    incoming.check_constants()?;
    #[cfg(feature = "multipart")]
    incoming.check_files()?;
    Ok(())
}

/// Finds out no more than the format that was asked for, in which the request is refused.
fn to_answer_only(incoming: &mut Incoming, request: &http::Request<Vec<u8>>) {
    let _ = incoming.read_headers(request.uri(), request.headers());
    let _ = incoming.choose_format();
}

/// The parameters of a request by where they are; `None` for those that cannot be read.
struct Sent<'r> {
    query: Option<Cow<'r, str>>,
    body: Option<Cow<'r, str>>,
    /// The files of the body.
    files: Vec<(String, File)>,
    /// Whether the body is `multipart/form-data`, or says that it is.
    multipart: bool,
}

/// The charset of a request's body: what the request says, or else `usual`.
fn of_request(request: &http::Request<Vec<u8>>, usual: Option<&'static str>) -> Charset {
    let declared = content_type(request.headers()).and_then(charset::parameter);
    let usual = || usual.map_or(Charset::Utf8, Charset::of);
    declared.map_or_else(usual, |label| Charset::of(&label))
}

impl<'r> Sent<'r> {
    /// `usual` is the charset of requests that say none.
    fn new(request: &'r http::Request<Vec<u8>>, limits: &Limits, usual: Option<&'static str>) -> Self {
        let read = |bytes: &'r [u8], charset: &Charset| {
            let short = bytes.len() <= limits.max_bytes();
            charset::decode_form(bytes, charset).ok().filter(|_| short)
        };
        let charset = of_request(request, usual);
        let usual = usual.map_or(Charset::Utf8, Charset::of);
        let query = read(request.uri().query().unwrap_or_default().as_bytes(), &usual);
        Self { query, body: read(request.body(), &charset), files: Vec::new(), multipart: false }
    }

    /// Takes parameters and files from a body that is, or says that it is, `multipart/form-data`.
    #[cfg(feature = "multipart")]
    fn read_form(
        &mut self,
        request: &'r http::Request<Vec<u8>>,
        limits: &Limits,
        usual: Option<&'static str>,
    ) {
        let charset = of_request(request, usual);
        let Some(form) = crate::server::form::Form::read(request, &charset, limits) else { return };
        self.multipart = true;
        (self.body, self.files) = match form {
            Ok(form) => (Some(Cow::Owned(form.parameters)), form.files),
            Err(_) => (None, Vec::new()),
        };
    }

    /// Where the method has them, or, for a method that is not offered, wherever there are some.
    fn text(&self, placement: Option<Placement>) -> Option<Cow<'_, str>> {
        let (query, body) = (self.query.as_deref(), self.body.as_deref());
        match placement {
            Some(Placement::Form) => body.map(Cow::Borrowed),
            Some(Placement::FormOrQuery) => Some(merged(query?, body?)),
            None if query == Some("") => body.map(Cow::Borrowed),
            Some(Placement::Query) | None => query.map(Cow::Borrowed),
        }
    }

    /// The first of the parameters that an operation's requests always have and this one has not.
    fn lacks(&self, operation: &Operation, placement: Option<Placement>) -> Option<&'static str> {
        if operation.constants.is_empty() {
            return None;
        }
        let text = self.text(placement).unwrap_or_default();
        let says = |name: &str, value: &str| {
            form_urlencoded::parse(text.as_bytes()).any(|(own, said)| own == name && said == value)
        };
        operation.constants.iter().find(|(name, value)| !says(name, value)).map(|(name, _)| *name)
    }

    /// What a signature covers.
    fn signed(
        &self,
        operation: &Operation,
        request: &http::Request<Vec<u8>>,
        placement: Option<Placement>,
    ) -> Option<Box<SentMessage>> {
        let computation = operation.protocol.computation?;
        let text = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or_default().to_owned();
        let in_form = matches!(placement, Some(Placement::Form | Placement::FormOrQuery));
        Some(Box::new(SentMessage {
            query: text(&self.query),
            form: if in_form { text(&self.body) } else { String::new() },
            headers: if computation.reads_headers() { request.headers().clone() } else { HeaderMap::new() },
            body: if computation.reads_body() { request.body().clone() } else { Vec::new() },
        }))
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
    name: &'static str,
    location: ParameterLocation,
    query: Result<Option<String>, Rejection>,
    body: Result<Option<String>, Rejection>,
    both: Result<Option<String>, Rejection>,
    anywhere: Result<Option<String>, Rejection>,
}

impl Names {
    /// `first` is any of the operations, which are all at one host.
    fn new(
        parameter: &'static ParameterDescription,
        first: &'static Operation,
        sent: &Sent<'_>,
        request: &http::Request<Vec<u8>>,
    ) -> Self {
        let name = |placement| match (parameter.location, sent.text(placement)) {
            (ParameterLocation::Parameters, Some(text)) => single(&text, parameter.name),
            (ParameterLocation::Parameters, None) => Err(Rejection::new(ServerCondition::ParameterInvalid)),
            (ParameterLocation::Host, _) => {
                let mut found =
                    host::received(first.endpoint(), request.uri(), request.headers()).into_iter();
                Ok(found.find(|(name, _)| *name == parameter.name).map(|(_, value)| value))
            }
            (ParameterLocation::Computed | ParameterLocation::Path, _) => Ok(None),
            (
                ParameterLocation::Header { .. }
                | ParameterLocation::Headers
                | ParameterLocation::Cookie
                | ParameterLocation::Cookies,
                _,
            ) => {
                let name = headers::received(parameter, request.headers());
                name.map(|name| name.map(Cow::into_owned))
            }
        };
        Self {
            name: parameter.name,
            location: parameter.location,
            query: name(Some(Placement::Query)),
            body: name(Some(Placement::Form)),
            both: name(Some(Placement::FormOrQuery)),
            anywhere: name(None),
        }
    }

    /// Whether the operation is the one that the request names. Hosts are the same in either case.
    ///
    /// # Errors
    ///
    /// It names none.
    fn tell(&self, operation: &Operation, placement: Option<Placement>) -> Result<bool, Rejection> {
        let missing = || Rejection::parameter(ServerCondition::OperationUnknown, self.name);
        let name = self.of(placement).as_ref().map_err(Clone::clone)?.as_ref().ok_or_else(missing)?;
        Ok(match self.location {
            ParameterLocation::Host => name.eq_ignore_ascii_case(operation.wire_name),
            _ => name == operation.wire_name,
        })
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
