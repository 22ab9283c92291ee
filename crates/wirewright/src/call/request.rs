//! Typed request -> parameters -> signature -> `http::Request`.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use http::{Uri, header};

use super::{
    MethodDescription, Operation, ParameterSource, Placement, RequestError, Verb, parameters::Parameters,
};
use crate::{Format, Limits, Options, Secret, json, wire::Record};

/// Everything that a request needs beside the operation's own parameters.
pub struct CallContext<'a> {
    /// Scheme and host, as in `https://api.example.com`.
    pub endpoint: &'a str,
    /// The format to ask for; JSON where it is offered if `None`.
    pub format: Option<Format>,
    /// The method to use; POST where it is offered if `None`, so that secrets stay out of URLs.
    pub verb: Option<Verb>,
    /// The callback of a JSONP reply.
    pub callback: Option<&'a str>,
    /// The client's parameters.
    pub client: &'a (dyn Record + Sync),
    /// The call's options.
    pub options: &'a (dyn Record + Sync),
    /// The session's parameters.
    pub session: Option<&'a (dyn Record + Sync)>,
    /// What signs the request.
    pub key: Option<&'a Secret<String>>,
    /// How large a reply may be, and how deep.
    pub limits: Limits,
}

impl CallContext<'_> {
    /// The format that `operation` is asked to answer in.
    ///
    /// # Errors
    ///
    /// When the caller chose a format that the operation does not answer in.
    pub fn format(&self, operation: &'static Operation) -> Result<Format, RequestError> {
        let offered = operation.formats;
        let preferred = if self.callback.is_some() { Some(Format::Json) } else { self.format };
        let format = match preferred {
            Some(format) => offered.contains(&format).then_some(format),
            None if offered.contains(&Format::Json) => Some(Format::Json),
            None => offered.first().copied(),
        };
        format.ok_or(RequestError::FormatNotOffered {
            operation: operation.name,
            format: preferred.unwrap_or(Format::Json),
        })
    }

    fn method(&self, operation: &'static Operation) -> Result<MethodDescription, RequestError> {
        let by_verb = |verb| operation.methods.iter().find(|method| method.verb == verb).copied();
        let method = match self.verb {
            Some(verb) => by_verb(verb),
            None => by_verb(Verb::Post).or_else(|| operation.methods.first().copied()),
        };
        method.ok_or(RequestError::MethodNotOffered {
            operation: operation.name,
            method: self.verb.unwrap_or(Verb::Post).as_str(),
        })
    }
}

/// The HTTP request of an operation with its own parameters `own`.
///
/// # Errors
///
/// When the call asks for something that the operation does not offer, a value cannot be written, or secrets would travel in
/// the clear.
pub fn write_request(
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
) -> Result<http::Request<Vec<u8>>, RequestError> {
    let format = context.format(operation)?;
    let method = context.method(operation)?;
    let url = url(operation, context.endpoint)?;
    let parameters = parameters(operation, own, context, format, method.verb, &url)?;

    let (target, body) = match method.placement {
        Placement::Query if parameters.is_empty() => (url, None),
        Placement::Query => (url + "?" + &parameters, None),
        Placement::Form => (url, Some(parameters.into_bytes())),
    };
    let mut request = http::Request::builder().method(method.verb.as_str()).uri(target);
    if let Some(body) = &body {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request = request.header(header::CONTENT_LENGTH, body.len());
    } else if method.verb == Verb::Post {
        request = request.header(header::CONTENT_LENGTH, 0);
    }
    request.body(body.unwrap_or_default()).map_err(|_| RequestError::InvalidEndpoint)
}

fn url(operation: &'static Operation, endpoint: &str) -> Result<String, RequestError> {
    let uri: Uri = endpoint.parse().map_err(|_| RequestError::InvalidEndpoint)?;
    let host = uri.host().ok_or(RequestError::InvalidEndpoint)?;
    let plain = uri.path().trim_end_matches('/').is_empty() && uri.query().is_none();
    let userinfo = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    match uri.scheme_str() {
        Some("https" | "http") if !plain || userinfo => return Err(RequestError::InvalidEndpoint),
        Some("https") => {}
        Some("http") if !operation.secure || is_loopback(host) => {}
        Some("http") => return Err(RequestError::InsecureEndpoint { operation: operation.name }),
        _ => return Err(RequestError::InvalidEndpoint),
    }
    Ok(endpoint.trim_end_matches('/').to_string() + operation.path)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<core::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The parameters in the order of the wire, form-urlencoded, with the signature in its place.
fn parameters(
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
    format: Format,
    verb: Verb,
    url: &str,
) -> Result<String, RequestError> {
    let protocol = operation.protocol;
    if let Some(callback) = context.callback {
        let offered =
            protocol.parameters.iter().any(|parameter| parameter.source == ParameterSource::Callback);
        if !offered || format != Format::Json {
            return Err(RequestError::CallbackNotOffered);
        }
        if !json::is_callback(callback) {
            return Err(RequestError::InvalidCallback);
        }
    }

    let options = Options::default();
    let mut written = Parameters::new(&options);
    let mut signature = None;
    for parameter in protocol.parameters {
        let name = parameter.name;
        match parameter.source {
            ParameterSource::Request => written.record(own),
            ParameterSource::Client(member) => written.member(context.client, member),
            ParameterSource::Options(member) => written.member(context.options, member),
            ParameterSource::Session(member) => {
                if let (true, Some(session)) = (operation.session, context.session) {
                    written.member(session, member);
                }
            }
            ParameterSource::Format => {
                if let Some(value) = protocol.format(format).and_then(|format| format.value) {
                    written.pair(name, value);
                }
            }
            ParameterSource::Callback => {
                if let Some(callback) = context.callback {
                    written.pair(name, callback);
                }
            }
            ParameterSource::Operation => written.pair(name, operation.wire_name),
            ParameterSource::Constant(value) => written.pair(name, value),
            ParameterSource::Signature => signature = Some((name, written.len())),
        }
    }
    let mut text = written.finish().map_err(RequestError::Encode)?;

    if let (true, Some((name, at)), Some(signing), Some(key)) =
        (operation.signed, signature, protocol.signing, context.key)
    {
        let value = signing.sign(key.expose().as_bytes(), verb.as_str(), url, &text);
        let mut pair = Parameters::new(&options);
        pair.pair(name, &value);
        let pair = pair.finish().map_err(RequestError::Encode)?;
        let (before, after) = text.split_at(at);
        let after = after.trim_start_matches('&');
        let joined = [before, &pair, after];
        text = joined.iter().filter(|piece| !piece.is_empty()).copied().collect::<Vec<_>>().join("&");
    }
    Ok(text)
}
