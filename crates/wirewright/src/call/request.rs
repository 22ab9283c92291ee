//! Typed request -> parameters -> signature -> `http::Request`.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use http::{Uri, header};

use super::{
    MethodDescription, Operation, ParameterSource, Placement, RequestError, Verb, parameters::Parameters,
    reply::reading_options,
};
use crate::{Format, Limits, Secret, json, wire::Record};

/// The longest URL that [`http::Uri`] takes, in bytes.
const LONGEST_URL: usize = u16::MAX as usize - 1;

/// Everything that a request needs beside the operation's own parameters.
///
/// [`Settings::context`](super::Settings::context) makes one; what a call has of its own is set over it:
///
/// ```
/// use wirewright::{Secret, call::{CallContext, Settings}};
///
/// let settings = Settings::new();
/// let key = Secret::from("hunter2");
/// let context = CallContext { key: Some(&key), ..settings.context("https://api.example.com") };
/// assert!(!format!("{context:?}").contains("hunter2"));
/// ```
#[derive(Clone, Copy)]
pub struct CallContext<'a> {
    /// Scheme and host, as in `https://api.example.com`.
    pub endpoint: &'a str,
    /// The format to ask for; JSON where it is offered if `None`.
    pub format: Option<Format>,
    /// The method to use, see [`Settings::verb`](super::Settings::verb); POST where it is offered if `None`, so that secrets
    /// stay out of URLs.
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
            // Secrets stand in URLs with GET: a form instead of a URL is let pass, a URL instead of a form is not.
            Some(Verb::Get) => by_verb(Verb::Get).or_else(|| by_verb(Verb::Post)),
            Some(Verb::Post) => by_verb(Verb::Post),
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

    let in_url = method.placement == Placement::Query && !parameters.is_empty();
    if url.len() + usize::from(in_url) + if in_url { parameters.len() } else { 0 } > LONGEST_URL {
        return Err(RequestError::TooLong);
    }
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
    // The endpoint has been looked at, and the path is the definition's.
    request.body(body.unwrap_or_default()).map_err(|_| RequestError::InvalidEndpoint)
}

fn url(operation: &'static Operation, endpoint: &str) -> Result<String, RequestError> {
    let endpoint = Endpoint::parse(endpoint).ok_or(RequestError::InvalidEndpoint)?;
    if operation.secure && endpoint.scheme != "https" && !is_loopback(&endpoint.host) {
        return Err(RequestError::InsecureEndpoint { operation: operation.name });
    }
    Ok(format!("{}://{}{}{}", endpoint.scheme, endpoint.host, endpoint.port, operation.path))
}

/// Scheme, host and port: what calls go to.
struct Endpoint {
    scheme: &'static str,
    host: String,
    /// With its colon, or empty.
    port: String,
}

impl Endpoint {
    /// `None` when there is anything else: user information, a path, a query, a fragment.
    fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let scheme = match uri.scheme_str()? {
            "https" => "https",
            "http" => "http",
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?;
        let port = uri.authority()?.as_str().strip_prefix(host)?;
        let is_port = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok();
        // `Uri` drops a fragment without a word.
        let plain =
            uri.path().trim_end_matches('/').is_empty() && uri.query().is_none() && !text.contains('#');
        (is_port && plain).then(|| Self { scheme, host: host.into(), port: port.into() })
    }
}

/// An endpoint for `Debug`, if it is one: anything else may hold a password.
pub(super) struct ShownEndpoint<'a>(pub(super) &'a str);

impl fmt::Debug for ShownEndpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Endpoint::parse(self.0) {
            Some(_) => fmt::Debug::fmt(self.0, f),
            None => f.write_str("[not an endpoint]"),
        }
    }
}

/// Shows neither parameters nor the key: they may be secrets.
impl fmt::Debug for CallContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallContext")
            .field("endpoint", &ShownEndpoint(self.endpoint))
            .field("format", &self.format)
            .field("verb", &self.verb)
            .field("callback", &self.callback)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<core::net::IpAddr>().is_ok_and(|address| address.is_loopback())
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

    let options = reading_options(operation, Format::Query, Limits::new());
    let mut written = Parameters::new(&options);
    let mut signature = None;
    for parameter in protocol.parameters {
        let name = parameter.name;
        match parameter.source {
            ParameterSource::Request => written.record(own),
            ParameterSource::Client(member) => written.member(context.client, member),
            ParameterSource::Options(member) => written.member(context.options, member),
            ParameterSource::Session(member) if operation.session => {
                let session = context.session;
                let session = session.ok_or(RequestError::NoSession { operation: operation.name })?;
                written.member(session, member);
            }
            ParameterSource::Session(_) => {}
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

    if operation.signed {
        // A signed operation is never sent unsigned, even if the description forgets how it is signed.
        let key = context.key.filter(|key| !key.expose().is_empty());
        let (Some((name, at)), Some(signing), Some(key)) = (signature, protocol.signing, key) else {
            return Err(RequestError::NoKey { operation: operation.name });
        };
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
