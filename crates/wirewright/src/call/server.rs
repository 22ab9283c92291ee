//! The server side: `http::Request` -> operation, typed parameters, verified signature; answer or failure -> `http::Response`.

use alloc::{
    borrow::{Cow, ToOwned as _},
    boxed::Box,
    format,
    string::String,
    vec::Vec,
};

use http::{HeaderMap, StatusCode, Uri, header};

use super::{
    Carrier, Content, DECLARATION, Envelope, ErrorCode as _, Failure, Occasion, Operation,
    ParameterDescription, ParameterSource, Placement, SessionKind, Verb, carrier, content, host,
    multipart::{self, ReceivedForm},
    reply::reading_options,
};
use crate::{
    DecodeError, DecodeErrorKind, File, Format, Limits, Options, decode, encode, json,
    wire::{OwnedMessage, Shape},
};

/// A request that has been recognised: which operation, and its parameters still as text.
#[derive(Clone)]
pub struct Incoming {
    operation: &'static Operation,
    verb: Verb,
    url: String,
    path: String,
    /// What HTTP says of a refusal; web RPC has it inside HTTP 200.
    status: StatusCode,
    parameters: String,
    /// The same with those from the headers, where the vendor has some.
    with_headers: Option<String>,
    /// The body of an operation that has one beside its parameters.
    content: Vec<u8>,
    /// The files of a multipart request.
    files: Vec<(String, File)>,
    format: Format,
    callback: Option<String>,
    limits: Limits,
}

/// A request's parameters by who provides them, typed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received<R, C, O> {
    /// The operation's own.
    pub request: R,
    /// The client's.
    pub client: C,
    /// The call's.
    pub options: O,
    /// The format of the reply.
    pub format: Format,
}

/// Why a request is refused before it is handled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// What happened.
    pub occasion: Occasion,
    /// The parameter at fault, if one is.
    pub parameter: Option<String>,
}

impl Refused {
    /// A refusal without a parameter at fault.
    pub const fn new(occasion: Occasion) -> Self {
        Self { occasion, parameter: None }
    }

    pub(super) fn parameter(occasion: Occasion, parameter: &str) -> Self {
        Self { occasion, parameter: Some(parameter.to_owned()) }
    }

    /// The vendor's failure for it. A vendor without an error for the occasion gets the nearest that it has, one that tells
    /// the caller to correct the call before one that blames the server.
    pub fn failure<F: Failure>(&self) -> F {
        let nearest = [
            self.occasion,
            Occasion::ParameterInvalid,
            Occasion::ParameterMissing,
            Occasion::OperationUnknown,
            Occasion::Internal,
        ];
        let code = nearest.into_iter().find_map(F::Code::on).unwrap_or_else(|| F::Code::from_wire("400"));
        F::refused(code, self.parameter.as_deref())
    }
}

impl core::fmt::Display for Refused {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the request is refused: {}", self.occasion)?;
        self.parameter.as_ref().map_or(Ok(()), |parameter| write!(f, " ({parameter})"))
    }
}

impl core::error::Error for Refused {}

impl Incoming {
    /// The operation that is called; the vendor's first one when no operation has the path.
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The name of the operation that is called; empty when no operation has the path.
    pub fn operation_name(&self) -> &'static str {
        if self.is_known() { self.operation.name } else { "" }
    }

    fn is_known(&self) -> bool {
        self.status != StatusCode::NOT_FOUND
    }

    /// The path of the request.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The format of the reply.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The callback of a JSONP reply.
    pub fn callback(&self) -> Option<&str> {
        self.callback.as_deref()
    }

    /// The parameters, wherever they came from.
    pub(super) fn parameters(&self) -> &str {
        self.with_headers.as_deref().unwrap_or(&self.parameters)
    }

    /// Some of the request's parameters, typed: those of a kind of session, say. The operation's own are for
    /// [`Incoming::read_request`], what the client and the caller add for [`Incoming::read_client`] and
    /// [`Incoming::read_options`].
    ///
    /// # Errors
    ///
    /// When a required one is missing, one has a wrong value, or a scalar is given twice.
    pub fn read<T: OwnedMessage>(&self) -> Result<T, Refused> {
        self.read_from(self.parameters())
    }

    pub(super) fn read_from<T: OwnedMessage>(&self, parameters: &str) -> Result<T, Refused> {
        let options = reading_options(self.operation, Format::Query, self.limits).with_strict(true);
        let read = |text: &str| decode(Format::Query, text, &options).map_err(|error| refused(&error));
        if T::SHAPE.places & Shape::REST == 0 { read(parameters) } else { read(&self.own_parameters()) }
    }

    /// The parameters without those that every request has: what is left over is the operation's own.
    fn own_parameters(&self) -> String {
        let operation = self.operation;
        let is_common = |segment: &&str| {
            let name = form_urlencoded::parse(segment.as_bytes()).next().map(|(name, _)| name);
            let carried =
                |kind: &&SessionKind| kind.parameters.iter().any(|each| name.as_deref() == Some(*each));
            let sent = |source| match source {
                ParameterSource::Session => operation.sessions.iter().any(carried),
                ParameterSource::Signature => operation.signed,
                ParameterSource::Request => false,
                ParameterSource::Format | ParameterSource::Callback => !operation.formats.is_empty(),
                _ => true,
            };
            let common = operation.protocol.parameters.iter();
            let mut common = common.filter(|each| each.goes_with(operation) && sent(each.source));
            common.any(|each| name.as_deref() == Some(each.name))
        };
        let own: Vec<&str> = self.parameters.split('&').filter(|segment| !is_common(segment)).collect();
        own.join("&")
    }

    /// The operation's own parameters with the files of a multipart request.
    fn read_with_files<T: OwnedMessage>(&self) -> Result<T, Refused> {
        let options = reading_options(self.operation, Format::Query, self.limits).with_strict(true);
        let keeps_rest = T::SHAPE.places & Shape::REST != 0;
        let parameters = if keeps_rest { self.own_parameters() } else { self.parameters().to_owned() };
        let named = multipart::with_names(&parameters, &self.files);
        let mut request: T = decode(Format::Query, &named, &options).map_err(|error| refused(&error))?;
        multipart::fill(&self.files, &mut request);
        Ok(request)
    }

    /// The operation's own parameters, typed, and what the request carries beside them.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and when the body is not what the operation takes.
    pub fn read_request<T: OwnedMessage>(&self) -> Result<T, Refused> {
        let operation = self.operation;
        let mut request: T = if self.files.is_empty() { self.read()? } else { self.read_with_files()? };
        let in_common = operation.protocol.parameters.iter().filter_map(|parameter| match parameter.source {
            ParameterSource::Filled { required: true, .. } => {
                parameter.goes_with(operation).then_some(parameter.name)
            }
            _ => None,
        });
        let own = operation.filled.iter().filter(|filled| filled.required).map(|filled| filled.name);
        // They are optional where requests are made, and only there.
        for name in own.chain(in_common) {
            if single(self.parameters(), name)?.is_none() {
                return Err(Refused::parameter(Occasion::ParameterMissing, name));
            }
        }
        if let Content::Document(document) = operation.content {
            let options = Options::new().with_limits(self.limits).with_strict(true);
            content::read_document(document, &self.content, &options, &mut request)
                .map_err(|error| refused(&error))?;
        }
        Ok(request)
    }

    /// Checks the signature under `key`, that of the session which the request belongs to, in constant time. Operations that are
    /// not signed pass.
    ///
    /// # Errors
    ///
    /// When the signature is missing, given twice, or wrong. Under an empty key every signature is wrong. An operation that is
    /// signed, in a protocol that does not say how, is refused as [`Occasion::Internal`].
    pub fn verify(&self, key: &str) -> Result<(), Refused> {
        let protocol = self.operation.protocol;
        if !self.operation.signed {
            return Ok(());
        }
        let parameter = protocol.parameters.iter().find(|each| each.source == ParameterSource::Signature);
        let (Some(signing), Some(parameter)) = (protocol.signing, parameter) else {
            return Err(Refused::new(Occasion::Internal));
        };
        let name = parameter.name;
        let signature = single(self.parameters(), name)?
            .ok_or_else(|| Refused::parameter(Occasion::ParameterMissing, name))?;
        // Cut the signature out of the text, so that the other parameters are signed exactly as they came.
        let is_signature = |segment: &&str| {
            form_urlencoded::parse(segment.as_bytes()).next().is_some_and(|(key, _)| key == name)
        };
        let signed: Vec<&str> = self.parameters.split('&').filter(|segment| !is_signature(segment)).collect();
        if signing.verify(key.as_bytes(), self.verb.as_str(), &self.url, &signed.join("&"), &signature) {
            Ok(())
        } else {
            Err(Refused::parameter(Occasion::SignatureWrong, name))
        }
    }
}

/// Prints no parameter: they may be secrets.
impl core::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Incoming")
            .field("operation", &self.operation.name)
            .field("verb", &self.verb)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

/// Recognises a request among `operations`, which are those of one vendor. `origin` is the scheme and host that clients use,
/// which signatures cover. Where an endpoint has places for parameters, the request's host fills them; a proxy says in
/// `X-Forwarded-Host` which one was meant.
///
/// Parameters are read where the operation's method has them, and nowhere else: those in the URL of a form, or in the body of a GET,
/// are as good as missing. A path is compared as it stands; `/%61` is not `/a`.
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
) -> Result<Incoming, (Refused, Option<Box<Incoming>>)> {
    let path = request.uri().path();
    let verb = match request.method().as_str() {
        "GET" => Some(Verb::Get),
        "POST" => Some(Verb::Post),
        _ => None,
    };
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
        verb: verb.unwrap_or(Verb::Post),
        url: url.clone(),
        path: path.to_owned(),
        status: StatusCode::OK,
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
    let mut sent = Sent::new(request, limits, of_path().any(takes_files));
    let Some(first) = of_path().next() else {
        let stranger = operations.first().map(|any| {
            let mut stranger = incoming(any, sent.text(None).unwrap_or_default());
            stranger.status = StatusCode::NOT_FOUND;
            // Only to answer in the format that was asked for.
            let _ = stranger.read_headers(request.uri(), request.headers());
            let _ = stranger.choose_format();
            Box::new(stranger)
        });
        return Err((Refused::new(Occasion::OperationUnknown), stranger));
    };

    // Several operations share a path when a parameter names them.
    let parameter = first.protocol.parameters.iter().find(|each| each.source == ParameterSource::Operation);
    let mut names = parameter.map(|parameter| Names::new(parameter, &sent, request.headers()));
    // The best that can be said so far about why it is none of the operations.
    let mut refused = None;
    for operation in of_path() {
        let method = operation.methods.iter().find(|method| Some(method.verb) == verb);
        let placement = method.map(|method| method.placement);
        match names.as_mut().map(|names| names.of(placement)) {
            Some(Ok(Some(name))) if name == operation.wire_name => {}
            Some(Ok(Some(_))) => continue,
            Some(Ok(None)) => {
                let missing = parameter.map(|parameter| parameter.name).unwrap_or_default();
                refused = refused.or(Some(Refused::parameter(Occasion::OperationUnknown, missing)));
                continue;
            }
            Some(Err(error)) => {
                refused = refused.or_else(|| Some(error.clone()));
                continue;
            }
            None => {}
        }
        let in_form = placement == Some(Placement::Form);
        let Some(text) =
            sent.text(placement).filter(|_| !in_form || sent.multipart == takes_files(operation))
        else {
            return Err((Refused::new(Occasion::ParameterInvalid), Some(Box::new(incoming(operation, "")))));
        };
        let mut incoming = incoming(operation, text);
        if in_form {
            incoming.files = core::mem::take(&mut sent.files);
        }
        let headers = incoming.read_headers(request.uri(), request.headers());
        let understood = headers
            .and(incoming.choose_format())
            .and_then(|()| incoming.check_constants())
            .and_then(|()| incoming.check_files());
        return match understood {
            _ if method.is_none() => {
                incoming.status = StatusCode::METHOD_NOT_ALLOWED;
                Err((Refused::new(Occasion::MethodNotAllowed), Some(Box::new(incoming))))
            }
            Ok(()) => Ok(incoming),
            Err(refused) => Err((refused, Some(Box::new(incoming)))),
        };
    }
    let mut incoming = incoming(first, sent.text(None).unwrap_or_default());
    // Only to answer in the format that was asked for; the request is refused anyhow.
    let _ = incoming.read_headers(request.uri(), request.headers());
    let _ = incoming.choose_format();
    Err((refused.unwrap_or(Refused::new(Occasion::OperationUnknown)), Some(Box::new(incoming))))
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
                let body = core::str::from_utf8(request.body()).ok().filter(short).map(Cow::Borrowed);
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
    query: Result<Option<String>, Refused>,
    body: Result<Option<String>, Refused>,
    anywhere: Result<Option<String>, Refused>,
}

impl Names {
    fn new(parameter: &ParameterDescription, sent: &Sent<'_>, headers: &HeaderMap) -> Self {
        let name = |placement| match sent.text(placement) {
            _ if parameter.carrier != Carrier::Parameters => {
                carrier::received(parameter, headers).map(|name| name.map(Cow::into_owned))
            }
            Some(text) => single(text, parameter.name),
            None => Err(Refused::new(Occasion::ParameterInvalid)),
        };
        Self { query: name(Some(Placement::Query)), body: name(Some(Placement::Form)), anywhere: name(None) }
    }

    const fn of(&self, placement: Option<Placement>) -> &Result<Option<String>, Refused> {
        match placement {
            Some(Placement::Query) => &self.query,
            Some(Placement::Form) => &self.body,
            None => &self.anywhere,
        }
    }
}

impl Incoming {
    /// Takes what stands in headers.
    fn read_headers(&mut self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        let hosts = host::received(self.operation.endpoint(), uri, headers);
        // An origin with places stands for every host that fills them.
        for (name, value) in &hosts {
            self.url = self.url.replace(&format!("{{{name}}}"), value);
        }
        self.with_headers = carrier::with_headers(self.operation, &self.parameters, &hosts, headers)?;
        Ok(())
    }

    /// Files must stand where the operation has them.
    fn check_files(&self) -> Result<(), Refused> {
        match self.operation.content {
            Content::Multipart { files } => ReceivedForm::check(files, &self.parameters, &self.files),
            Content::Parameters | Content::Document(_) => Ok(()),
        }
    }

    /// Takes the format of the reply, and its callback, from the parameters.
    fn choose_format(&mut self) -> Result<(), Refused> {
        let protocol = self.operation.protocol;
        if self.is_known() && self.operation.formats.is_empty() {
            return Ok(());
        }
        let mut outcome = Ok(());
        for parameter in protocol.parameters {
            let chosen = match parameter.source {
                ParameterSource::Format => self.format_of(parameter.name),
                ParameterSource::Callback => self.callback_of(parameter.name),
                _ => continue,
            };
            // Go on after a fault: the answer that says so wants a format as well.
            outcome = outcome.and(chosen);
        }
        outcome
    }

    fn format_of(&mut self, name: &str) -> Result<(), Refused> {
        let value = single(self.parameters(), name)?;
        let operation = self.operation;
        // A path that is no operation's could be that of any.
        let offers = |format| !self.is_known() || operation.formats.contains(&format);
        let mut offered = operation.protocol.formats.iter().filter(|format| offers(format.format));
        // A format without a value is the one that is meant when nothing is said.
        let format = offered.find(|format| format.value == value.as_deref());
        let occasion = if value.is_some() { Occasion::ParameterInvalid } else { Occasion::ParameterMissing };
        self.format = format.ok_or_else(|| Refused::parameter(occasion, name))?.format;
        Ok(())
    }

    fn callback_of(&mut self, name: &str) -> Result<(), Refused> {
        let callback = single(self.parameters(), name)?;
        if callback.as_deref().is_some_and(|callback| !json::is_callback(callback)) {
            return Err(Refused::parameter(Occasion::ParameterInvalid, name));
        }
        self.callback = callback;
        Ok(())
    }

    /// What is always the same must be so.
    fn check_constants(&self) -> Result<(), Refused> {
        let parameters = self.operation.protocol.parameters.iter();
        for parameter in parameters.filter(|parameter| parameter.goes_with(self.operation)) {
            let ParameterSource::Constant(constant) = parameter.source else { continue };
            match single(self.parameters(), parameter.name)? {
                Some(value) if value == constant => {}
                Some(_) => return Err(Refused::parameter(Occasion::ParameterInvalid, parameter.name)),
                None => return Err(Refused::parameter(Occasion::ParameterMissing, parameter.name)),
            }
        }
        Ok(())
    }
}

/// The value of a parameter that may be given once.
fn single(parameters: &str, name: &str) -> Result<Option<String>, Refused> {
    let mut values = form_urlencoded::parse(parameters.as_bytes()).filter(|(key, _)| key == name);
    let value = values.next().map(|(_, value)| value.into_owned());
    if values.next().is_some() {
        Err(Refused::parameter(Occasion::ParameterInvalid, name))
    } else {
        Ok(value)
    }
}

fn refused(error: &DecodeError) -> Refused {
    let occasion = match error.kind() {
        DecodeErrorKind::Missing => Occasion::ParameterMissing,
        _ => Occasion::ParameterInvalid,
    };
    Refused::parameter(occasion, error.path())
}

/// The response that carries `answer`.
pub fn write_answer<E: Envelope>(incoming: &Incoming, answer: E::Answer) -> http::Response<Vec<u8>> {
    write(incoming, &E::seal(answer, incoming.operation))
}

/// The response that carries `failure`, inside HTTP 200 as web RPC has it, but for an unknown path (404) and a method that the
/// operation does not take (405), and for errors that have an HTTP status of their own.
pub fn write_failure<E: Envelope>(incoming: &Incoming, failure: E::Failure) -> http::Response<Vec<u8>> {
    let status = failure.code().http_status().and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = write(incoming, &E::refuse(failure, &incoming.path));
    if let Some(status) = status.filter(|_| response.status() == StatusCode::OK) {
        *response.status_mut() = status;
    }
    response
}

fn write<E: OwnedMessage>(incoming: &Incoming, envelope: &E) -> http::Response<Vec<u8>> {
    let Some(format) = incoming.operation.protocol.format(incoming.format) else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the operation has no format");
    };
    let options = Options::new().with_limits(incoming.limits).with_nested(format.nested);
    let text = match (encode(format.format, envelope, &options), &incoming.callback) {
        (Ok(text), Some(callback)) if format.format == Format::Json => {
            json::encode_jsonp(callback, &text).ok()
        }
        (text, _) => text.ok(),
    };
    let Some(mut text) = text else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the reply cannot be written");
    };
    if format.declaration {
        text.insert_str(0, DECLARATION);
    }
    let jsonp = incoming.callback.is_some() && format.format == Format::Json;
    let media_type = if jsonp { "text/javascript" } else { format.media_type };
    let mut response = respond(incoming.status, &format!("{media_type}; charset=utf-8"), text.into_bytes());
    if incoming.status == StatusCode::METHOD_NOT_ALLOWED {
        let allowed: Vec<&str> =
            incoming.operation.methods.iter().map(|method| method.verb.as_str()).collect();
        if let Ok(allowed) = allowed.join(", ").parse() {
            response.headers_mut().insert(header::ALLOW, allowed);
        }
    }
    response
}

/// The response to a request to a vendor that has no operation.
pub fn not_found() -> http::Response<Vec<u8>> {
    plain(StatusCode::NOT_FOUND, "no operation has this path")
}

fn plain(status: StatusCode, text: &str) -> http::Response<Vec<u8>> {
    respond(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

pub(super) fn respond(status: StatusCode, content_type: &str, body: Vec<u8>) -> http::Response<Vec<u8>> {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    // A media type comes from the definition, which allows only what a header can carry.
    if let Ok(content_type) = content_type.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    let headers = response.headers_mut();
    // A callback chosen by a stranger must not make a browser guess.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    // A reply may hold a session, and that of a GET would be kept.
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

impl<R: OwnedMessage, C: OwnedMessage, O: OwnedMessage> Received<R, C, O> {
    /// The typed parameters of `incoming`.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read_request`].
    pub fn new(incoming: &Incoming) -> Result<Self, Refused> {
        Ok(Self {
            client: incoming.read_client()?,
            options: incoming.read_options()?,
            request: incoming.read_request()?,
            format: incoming.format,
        })
    }
}
