//! Typed request -> parameters -> signature -> `http::Request`.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue, Method, Uri, header};
use zeroize::Zeroizing;

use crate::{
    File, Format, Limits,
    describe::{
        credentials::carry,
        protocol::{
            AutoFilled, Content, Operation, ParameterDescription, ParameterLocation, ParameterSource,
            Placement, reading_options,
        },
    },
    exchange::{
        additions, computed,
        context::CallContext,
        credentials, extra, host,
        operation_parameters::RequestParts,
        parameters::Parameters,
        path,
        placed::Headers,
        request_error::RequestError,
        target::{Target, target},
        written::{ComputedPlace, Written, in_charset, joined},
    },
    text::{charset::Charset, jsonp::is_callback},
    transport::{
        body::RequestBody,
        endpoint::{Endpoint, is_loopback},
        request_id::RequestId,
        timeout::{AttemptTimeout, TimeLeft},
    },
    wire::Record,
};

/// The longest URL that [`http::Uri`] takes, in bytes.
const LONGEST_URL: usize = u16::MAX as usize - 1;

/// The HTTP request of an operation with its own parameters `own`.
///
/// # Errors
///
/// When the call asks for something that the operation does not offer, a value cannot be written, or secrets would travel in
/// the clear; and when a file is not in memory, which is for [`write_upload`].
pub fn write_request(
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
) -> Result<http::Request<Vec<u8>>, RequestError> {
    write_request_to(None, &[], operation, own, context)
}

/// The same with a body that need not be in memory: files are read while it is sent. Without a length of all of them it has no
/// `Content-Length`.
///
/// # Errors
///
/// When the call asks for something that the operation does not offer, a value cannot be written, or secrets would travel in
/// the clear.
pub fn write_upload(
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
) -> Result<http::Request<RequestBody>, RequestError> {
    write_upload_to(None, &[], operation, own, context)
}

/// The same as [`write_request`] to a URL that the vendor gave, if there is one. Its parameters stay, and take precedence over those of the
/// same name; it leads to the operation's endpoint or to one of `hosts`.
pub(crate) fn write_request_to(
    next: Option<&str>,
    hosts: &[&'static str],
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
) -> Result<http::Request<Vec<u8>>, RequestError> {
    let (parts, body) = write_upload_to(next, hosts, operation, own, context)?.into_parts();
    let bytes = body.into_memory().map_err(|_| RequestError::Streamed { operation: operation.name })?;
    Ok(http::Request::from_parts(parts, bytes))
}

fn write_upload_to(
    next: Option<&str>,
    hosts: &[&'static str],
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
) -> Result<http::Request<RequestBody>, RequestError> {
    let format = context.format(operation)?;
    let method = context.method(operation)?;
    let options = reading_options(operation, Format::Query, Limits::new());
    let places = |endpoint: &str| host::fill(endpoint, operation, context, &options).map(Cow::into_owned);
    let endpoint = context.endpoint(operation);
    let path = path::fill(operation, own, &options)?;
    let leads_to = if let Some(next) = next {
        target(next, operation, &path, hosts, context, &places)?
    } else {
        let url = url(operation, &host::fill(endpoint, operation, context, &options)?, &path)?;
        Target { url, parameters: String::new() }
    };
    let mut written = parameters(operation, own, context, format, &leads_to)?;
    if !written.computed.is_empty() || operation.signed {
        computed::fill_in(&mut written, operation, context, method, &leads_to.url)?;
    }
    let Written { in_url, parameters, parts, placed, request_id, .. } =
        checked(written, operation, own, context)?;

    let charset = operation.protocol.charset.map_or(Charset::Utf8, Charset::of);
    // The parts of a form with files are written from it in their turn.
    let (query, form) = match (method.placement, operation.content) {
        (Placement::Query, _) => (joined([in_url.as_str(), &*in_charset(&parameters, &charset)?]), None),
        (_, sent) if sent.has_files() => (in_url, Some(parameters)),
        (Placement::Form | Placement::FormOrQuery, _) => {
            (in_url, Some(in_charset(&parameters, &charset)?.into_owned()))
        }
    };
    let Target { url, .. } = leads_to;
    if url.len() + usize::from(!query.is_empty()) + query.len() > LONGEST_URL {
        return Err(RequestError::TooLong);
    }
    let target = if query.is_empty() { url } else { url + "?" + &query };
    let (media_type, body): (Cow<'static, str>, _) = match operation.content {
        Content::Parameters => {
            ("application/x-www-form-urlencoded".into(), form.map(|form| form.into_bytes().into()))
        }
        Content::Document(description) => {
            (description.media_type.into(), parts.document.map(RequestBody::from))
        }
        #[cfg(feature = "multipart")]
        Content::Multipart { .. } => {
            let environment = context.environment.unwrap_or(&crate::transport::environment::NoEnvironment);
            let parameters = form.as_deref().unwrap_or_default();
            let (media_type, body) = crate::exchange::multipart_body::form_of(
                parameters,
                parts.files,
                operation,
                &charset,
                environment,
            )?;
            (media_type.into(), Some(body))
        }
    };
    let mut headers = HeaderMap::new();
    if let Some(body) = &body {
        let media_type = match media_type {
            Cow::Borrowed(text) => Ok(HeaderValue::from_static(text)),
            Cow::Owned(text) => HeaderValue::from_str(&text),
        };
        headers.insert(header::CONTENT_TYPE, media_type.map_err(|_| RequestError::InvalidEndpoint)?);
        if let Some(length) = body.content_length() {
            headers.insert(header::CONTENT_LENGTH, length.into());
        }
    } else if matches!(method.method, Method::POST | Method::PUT) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let mut request = http::Request::new(body.unwrap_or_default());
    *request.method_mut() = method.method.clone();
    // The endpoint has been looked at, and the path is the definition's.
    *request.uri_mut() = Uri::try_from(target).map_err(|_| RequestError::InvalidEndpoint)?;
    *request.headers_mut() = headers;
    placed.finish(request.headers_mut());
    additions::add_headers(context.additions, request.headers_mut())?;
    if host::has_places(operation.endpoint()) && !host::has_places(endpoint) {
        // What is sent elsewhere says in whose name, as a proxy would.
        let meant = places(operation.endpoint())?;
        let meant = Endpoint::parse(&meant).ok_or(RequestError::InvalidEndpoint)?;
        let meant = HeaderValue::from_str(&meant.host).map_err(|_| RequestError::InvalidEndpoint)?;
        request.headers_mut().insert(host::FORWARDED, meant);
    }
    if let Some(timeout) = context.timeout {
        request.extensions_mut().insert(AttemptTimeout(timeout));
    }
    if let Some(left) = context.total_timeout {
        request.extensions_mut().insert(TimeLeft(left));
    }
    if let Some(id) = request_id {
        request.extensions_mut().insert(id);
    }
    if let Some(keys) = computed::reply_keys(operation, context) {
        request.extensions_mut().insert(keys);
    }
    Ok(request)
}

fn url(operation: &'static Operation, endpoint: &str, path: &str) -> Result<String, RequestError> {
    let endpoint = Endpoint::parse(endpoint).ok_or_else(|| RequestError::no_endpoint(endpoint))?;
    if operation.secure && endpoint.scheme != "https" && !is_loopback(&endpoint.host) {
        return Err(RequestError::InsecureEndpoint { operation: operation.name });
    }
    let Endpoint { scheme, host, port, base } = &endpoint;
    Ok([scheme, "://", host, port, base, path].concat())
}

/// That no parameter is there twice, and where the files are.
fn checked(
    mut written: Written,
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
) -> Result<Written, RequestError> {
    // The places of the files are between parameters of the text as it was.
    if written.parameters.len() != written.own_length || !written.in_url.is_empty() {
        let end = written.parameters.len();
        written.parts.files.iter_mut().for_each(|(place, ..)| *place = end);
    }
    // Signed is what the parameters say, in UTF-8; sent is what the vendor's charset makes of it.
    let all = with_names(&written.parameters, &written.parts.files);
    let options = reading_options(operation, Format::Query, Limits::new());
    if let Some(parameter) = extra::already_there(operation, own, context.additions, &all, &options) {
        return Err(RequestError::AlreadyThere { parameter });
    }
    // An empty one is sent, as its caller wants, and tells nothing.
    written.request_id = written.request_id.filter(|id| !id.as_str().is_empty());
    Ok(written)
}

/// The parameters in the order of the wire, form-urlencoded, with the signature in its place.
fn parameters(
    operation: &'static Operation,
    own: &dyn Record,
    context: &CallContext<'_>,
    format: Format,
    Target { parameters: in_url, .. }: &Target,
) -> Result<Written, RequestError> {
    let protocol = operation.protocol;
    let raw = operation.formats.is_empty();
    if let Some(callback) = context.callback.filter(|_| !raw) {
        check_callback(callback, operation, format)?;
    }

    let session = context.session.filter(|session| operation.takes(session.kind));
    if session.is_none() && !operation.sessionless {
        return Err(RequestError::NoSession { operation: operation.name });
    }

    let options = reading_options(operation, Format::Query, Limits::new());
    let mut among = Parameters::new(&options);
    let fill = context.fill_context(operation);
    let mut request_id = None;
    let mut computed: Vec<ComputedPlace> = Vec::new();
    let mut of_computed = String::new();
    let mut apart = RequestParts::default();
    let mut placed = Headers::new(options.nested);
    let options = &options;
    let other = |of| move |name: &str| host::other(name, of, operation, context, options);
    let kind = credentials::of_client(operation, context.client)?;
    let carried = |one: &&ParameterDescription| one.goes_with(operation) && carry(one, kind);
    for parameter in protocol.parameters.iter().filter(carried) {
        let name = parameter.name;
        if parameter.location == ParameterLocation::Host {
            continue;
        }
        let elsewhere = parameter.location != ParameterLocation::Parameters;
        let mut alone = elsewhere.then(|| Parameters::new(options));
        let written = alone.as_mut().unwrap_or(&mut among);
        match parameter.source {
            ParameterSource::Request => {
                apart = written.own(own, fill, options)?;
                additions::parameters(context.additions).for_each(|(name, value)| written.pair(name, value));
            }
            ParameterSource::Client(member) => written.member(context.client, member, name),
            ParameterSource::Options(member) => written.member(context.options, member, name),
            ParameterSource::RequestId(member) => {
                let given = if elsewhere { None } else { RequestId::among(in_url, name) };
                request_id = given.or_else(|| written.request_id(context, member, name));
            }
            ParameterSource::AutoFilled { member, required, with } => {
                let filled = AutoFilled { member, name, required, with };
                written.filled(context.options, filled, fill)?;
            }
            ParameterSource::Session => {
                if let Some(session) = session {
                    written.of_session(session, name);
                }
            }
            ParameterSource::Format | ParameterSource::Callback if raw => {}
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
            ParameterSource::Computed(index) => {
                let of_computed = (parameter.location == ParameterLocation::Computed).then_some(&of_computed);
                let at = of_computed.map_or_else(|| among.len(), String::len);
                computed.push(ComputedPlace { parameter, index, at });
                continue;
            }
        }
        if let Some(alone) = alone {
            let text = Zeroizing::new(alone.finish().map_err(RequestError::Encode)?);
            match parameter.location {
                // A secret is in no list of pairs.
                ParameterLocation::Computed if parameter.secret => {}
                ParameterLocation::Computed => of_computed = joined([of_computed.as_str(), text.as_str()]),
                _ => placed.put(parameter, &text, other(name))?,
            }
        }
    }
    for (member, text) in std::mem::take(&mut apart.placed) {
        placed.put(member, &text, other(member.name))?;
    }
    let mut text = among.finish().map_err(RequestError::Encode)?;
    let own_length = text.len();
    let mut in_url = in_url.clone();
    if !in_url.is_empty() {
        let in_text =
            computed.iter_mut().filter(|one| one.parameter.location == ParameterLocation::Parameters);
        text = beside(&in_url, &text, in_text.map(|one| &mut one.at).collect());
        // A signature that the URL had is that of other parameters.
        in_url = without(&in_url, |name| computed.iter().any(|one| one.parameter.name == name));
    }
    Ok(Written {
        in_url,
        parameters: text,
        parts: apart,
        placed,
        of_computed,
        computed,
        own_length,
        request_id,
    })
}

/// That a callback can be asked for, and is one.
fn check_callback(callback: &str, operation: &'static Operation, format: Format) -> Result<(), RequestError> {
    let mut parameters = operation.protocol.parameters.iter();
    if format != Format::Json || !parameters.any(|one| one.source == ParameterSource::Callback) {
        return Err(RequestError::CallbackNotOffered);
    }
    if is_callback(callback) { Ok(()) } else { Err(RequestError::InvalidCallback) }
}

/// The parameters, and the names of the files.
fn with_names<'t>(text: &'t str, files: &[(usize, String, File)]) -> Cow<'t, str> {
    let mut all = Cow::Borrowed(text);
    for (_, name, _) in files {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        all = joined([&all, &name]).into();
    }
    all
}

/// The parameters of `text` that a URL with those of `in_url` does not have; `places` are between them, in their order, and stay there.
fn beside(in_url: &str, text: &str, places: Vec<&mut usize>) -> String {
    let has = |name: &str| form_urlencoded::parse(in_url.as_bytes()).any(|(sent, _)| sent == name);
    let (mut kept, mut start) = (String::new(), 0);
    for place in places {
        let part = text.get(start..*place).unwrap_or_default();
        start = *place;
        kept = joined([kept.as_str(), &without(part, has)]);
        *place = kept.len();
    }
    joined([kept.as_str(), &without(text.get(start..).unwrap_or_default(), has)])
}

/// A form-urlencoded text without the parameters of some names.
fn without(text: &str, is_one: impl Fn(&str) -> bool) -> String {
    let named = |segment: &&str| {
        form_urlencoded::parse(segment.as_bytes()).next().is_some_and(|(name, _)| is_one(&name))
    };
    text.split('&').filter(|segment| !segment.is_empty() && !named(segment)).collect::<Vec<_>>().join("&")
}
