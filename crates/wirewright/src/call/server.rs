//! The server side: `http::Request` -> operation, typed parameters, verified signature; answer or failure -> `http::Response`.

use alloc::{
    borrow::ToOwned as _,
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use http::{StatusCode, header};

use super::{
    Envelope, ErrorCode as _, Failure, MethodDescription, Occasion, Operation, ParameterSource, Placement,
    Verb, reply::reading_options,
};
use crate::{
    DecodeError, DecodeErrorKind, Format, Limits, Options, decode, encode, json, wire::OwnedMessage,
};

/// A request that has been recognised: which operation, and its parameters still as text.
#[derive(Clone)]
pub struct Incoming {
    operation: &'static Operation,
    verb: Verb,
    url: String,
    parameters: String,
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
#[derive(Clone, Debug)]
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

    fn parameter(occasion: Occasion, parameter: &str) -> Self {
        Self { occasion, parameter: Some(parameter.to_owned()) }
    }

    /// The vendor's failure for it.
    pub fn failure<F: Failure>(&self) -> F {
        let code = F::Code::on(self.occasion)
            .or_else(|| F::Code::on(Occasion::ParameterInvalid))
            .or_else(|| F::Code::on(Occasion::Internal))
            .unwrap_or_else(|| F::Code::from_wire("400"));
        F::refused(code, self.parameter.as_deref())
    }
}

impl Incoming {
    /// The operation that is called.
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The format of the reply.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Some of the request's parameters, typed: the operation's own, the client's, the call's or the session's.
    ///
    /// # Errors
    ///
    /// When a required one is missing, one has a wrong value, or a scalar is given twice.
    pub fn read<T: OwnedMessage>(&self) -> Result<T, Refused> {
        let options = reading_options(self.operation, Format::Query, self.limits).with_strict(true);
        decode(Format::Query, &self.parameters, &options).map_err(|error| refused(&error))
    }

    /// Checks the signature under `key`, in constant time. Operations that are not signed pass.
    ///
    /// # Errors
    ///
    /// When the signature is missing, given twice, or wrong.
    pub fn verify(&self, key: &str) -> Result<(), Refused> {
        let protocol = self.operation.protocol;
        let (true, Some(signing)) = (self.operation.signed, protocol.signing) else { return Ok(()) };
        let name =
            protocol.parameters.iter().find(|parameter| parameter.source == ParameterSource::Signature);
        let name = name.map_or("", |parameter| parameter.name);
        let signature = single(&self.parameters, name)?
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

/// Recognises a request among `operations`. `origin` is the scheme and host that clients use, which signatures cover.
///
/// # Errors
///
/// The refusal, and the place where an answer can be written to if that much was understood. A request without a format
/// parameter, or with an unknown one, is refused in the first format of the operation.
pub fn receive(
    operations: &[&'static Operation],
    origin: &str,
    request: &http::Request<Vec<u8>>,
    limits: &Limits,
) -> Result<Incoming, (Refused, Option<Incoming>)> {
    let path = request.uri().path();
    let query = request.uri().query().unwrap_or_default();
    let verb = match request.method().as_str() {
        "GET" => Some(Verb::Get),
        "POST" => Some(Verb::Post),
        _ => None,
    };
    let body = core::str::from_utf8(request.body());
    let text = |method: &MethodDescription| match method.placement {
        Placement::Query => Ok(query),
        Placement::Form => body,
    };

    let mut by_path = operations.iter().filter(|operation| operation.path == path).peekable();
    let Some(first) = by_path.peek().copied().copied() else {
        return Err((Refused::new(Occasion::OperationUnknown), None));
    };
    let url = format!("{}{path}", origin.trim_end_matches('/'));
    let incoming = |operation: &'static Operation, verb, parameters: &str| Incoming {
        operation,
        verb,
        url: url.clone(),
        parameters: parameters.to_owned(),
        format: operation.formats.first().copied().unwrap_or(Format::Xml),
        callback: None,
        limits: *limits,
    };

    // Several operations share a path when a parameter names them.
    let operation_parameter =
        first.protocol.parameters.iter().find(|parameter| parameter.source == ParameterSource::Operation);
    let mut offered = false;
    for operation in by_path {
        let Some(method) = operation.methods.iter().find(|method| Some(method.verb) == verb) else {
            continue;
        };
        offered = true;
        let Ok(text) = text(method) else {
            return Err((
                Refused::new(Occasion::ParameterInvalid),
                Some(incoming(operation, method.verb, "")),
            ));
        };
        if text.len() > limits.max_bytes() {
            return Err((
                Refused::new(Occasion::ParameterInvalid),
                Some(incoming(operation, method.verb, "")),
            ));
        }
        if let Some(parameter) = operation_parameter {
            match single(text, parameter.name) {
                Ok(Some(name)) if name == operation.wire_name => {}
                Ok(_) => continue,
                Err(refused) => return Err((refused, Some(incoming(operation, method.verb, "")))),
            }
        }
        return choose_format(incoming(operation, method.verb, text));
    }
    let occasion = if offered { Occasion::OperationUnknown } else { Occasion::MethodNotAllowed };
    Err((Refused::new(occasion), Some(incoming(first, verb.unwrap_or(Verb::Post), ""))))
}

fn choose_format(mut incoming: Incoming) -> Result<Incoming, (Refused, Option<Incoming>)> {
    let protocol = incoming.operation.protocol;
    for parameter in protocol.parameters {
        let name = parameter.name;
        let refused = match (parameter.source, single(&incoming.parameters, name)) {
            (ParameterSource::Format, Ok(Some(value))) => {
                let offered =
                    |format: &&super::FormatDescription| incoming.operation.formats.contains(&format.format);
                match protocol.formats.iter().filter(offered).find(|format| format.value == Some(&*value)) {
                    Some(format) => {
                        incoming.format = format.format;
                        continue;
                    }
                    None => Refused::parameter(Occasion::ParameterInvalid, name),
                }
            }
            (ParameterSource::Format, Ok(None)) => Refused::parameter(Occasion::ParameterMissing, name),
            (ParameterSource::Callback, Ok(Some(callback))) if json::is_callback(&callback) => {
                incoming.callback = Some(callback);
                continue;
            }
            (ParameterSource::Callback, Ok(Some(_))) => Refused::parameter(Occasion::ParameterInvalid, name),
            (ParameterSource::Format | ParameterSource::Callback, Err(refused)) => refused,
            _ => continue,
        };
        return Err((refused, Some(incoming)));
    }
    Ok(incoming)
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

/// The response that carries `failure`, inside HTTP 200 as web RPC has it.
pub fn write_failure<E: Envelope>(incoming: &Incoming, failure: E::Failure) -> http::Response<Vec<u8>> {
    write(incoming, &E::refuse(failure, incoming.operation))
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
        text.insert_str(0, "<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    }
    let jsonp = incoming.callback.is_some() && format.format == Format::Json;
    let media_type = if jsonp { "text/javascript" } else { format.media_type };
    respond(StatusCode::OK, &format!("{media_type}; charset=utf-8"), text)
}

/// The response to a request that no operation claims, not even by its path.
pub fn not_found() -> http::Response<Vec<u8>> {
    plain(StatusCode::NOT_FOUND, "no operation has this path")
}

fn plain(status: StatusCode, text: &str) -> http::Response<Vec<u8>> {
    respond(status, "text/plain; charset=utf-8", text.to_string())
}

fn respond(status: StatusCode, content_type: &str, text: String) -> http::Response<Vec<u8>> {
    let mut response = http::Response::new(text.into_bytes());
    *response.status_mut() = status;
    // A media type comes from the definition, which allows only what a header can carry.
    if let Ok(content_type) = content_type.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    }
    // A callback chosen by a stranger must not make a browser guess.
    response
        .headers_mut()
        .insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    response
}

impl<R: OwnedMessage, C: OwnedMessage, O: OwnedMessage> Received<R, C, O> {
    /// The typed parameters of `incoming`.
    ///
    /// # Errors
    ///
    /// See [`Incoming::read`].
    pub fn new(incoming: &Incoming) -> Result<Self, Refused> {
        Ok(Self {
            client: incoming.read()?,
            options: incoming.read()?,
            request: incoming.read()?,
            format: incoming.format,
        })
    }
}
