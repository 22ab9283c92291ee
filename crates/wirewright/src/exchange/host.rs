//! Common parameters that are in the host: `https://{account}.example.com`.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, Uri, header};

use crate::{
    Options,
    describe::protocol::{Operation, ParameterDescription, ParameterLocation, ParameterSource, SessionKind},
    exchange::{context::CallContext, parameters::Parameters, request_error::RequestError},
};

/// The host that a call was meant for, where it is sent to another one.
pub(crate) const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-host");

/// `account`, of `{account}`.
fn placeholder(label: &str) -> Option<&str> {
    label.strip_prefix('{')?.strip_suffix('}')
}

/// Whether the endpoint has a place for a parameter.
pub(crate) fn has_places(endpoint: &str) -> bool {
    endpoint.contains('{')
}

/// A label of a host, RFC 1123 section 2.1, with the underscore that many vendors have: nothing that ends the host or begins
/// another part of the URL.
fn is_label(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=63).contains(&text.len()) && text.bytes().all(sign) && !text.starts_with('-') && !text.ends_with('-')
}

/// An endpoint with its places filled from the context's parameters.
pub(crate) fn fill<'e>(
    endpoint: &'e str,
    operation: &'static Operation,
    context: &CallContext<'_>,
    options: &Options,
) -> Result<Cow<'e, str>, RequestError> {
    if !has_places(endpoint) {
        return Ok(endpoint.into());
    }
    let mut filled = endpoint.to_owned();
    for parameter in
        operation.protocol.parameters.iter().filter(|one| one.location == ParameterLocation::Host)
    {
        let place = format!("{{{}}}", parameter.name);
        if !filled.contains(&place) {
            continue;
        }
        let value = value(parameter, operation, context, options)?;
        let value = value.filter(|value| is_label(value));
        let value = value.ok_or(RequestError::NotInHost { parameter: parameter.name })?;
        filled = filled.replace(&place, &value);
    }
    Ok(filled.into())
}

/// The text of a parameter that is known before anything else of a request.
fn value(
    parameter: &ParameterDescription,
    operation: &'static Operation,
    context: &CallContext<'_>,
    options: &Options,
) -> Result<Option<String>, RequestError> {
    let name = parameter.name;
    let mut written = Parameters::new(options);
    match parameter.source {
        ParameterSource::Client(member) => written.member(context.client, member, name),
        ParameterSource::Options(member) | ParameterSource::RequestId(member) => {
            written.member(context.options, member, name);
        }
        ParameterSource::Session => {
            let carried = |kind: &SessionKind| kind.parameters.iter().position(|carried| *carried == name);
            if let Some(session) = context.session
                && let Some(member) = carried(session.kind)
            {
                written.member(session.parameters, member, name);
            }
        }
        ParameterSource::Operation => written.pair(name, operation.wire_name),
        ParameterSource::Constant(value) => written.pair(name, value),
        _ => {}
    }
    let text = written.finish().map_err(RequestError::Encode)?;
    Ok(form_urlencoded::parse(text.as_bytes()).next().map(|(_, value)| value.into_owned()))
}

/// What the host of a received request has in the places of `endpoint`: nothing when it is another host.
pub(crate) fn received<'e>(endpoint: &'e str, uri: &Uri, headers: &HeaderMap) -> Vec<(&'e str, String)> {
    let (_, expected) = endpoint.split_once("://").unwrap_or_default();
    places(split(expected).0, split(meant(uri, headers)).0).unwrap_or_default()
}

/// Whether a received request was meant for `endpoint`, whatever is in the places of its host.
pub(crate) fn is_for(endpoint: &str, uri: &Uri, headers: &HeaderMap) -> bool {
    let (scheme, expected) = endpoint.split_once("://").unwrap_or_default();
    let usual = if scheme == "https" { "443" } else { "80" };
    let ((expected, port), (host, sent)) = (split(expected), split(meant(uri, headers)));
    port.unwrap_or(usual) == sent.unwrap_or(usual) && places(expected, host).is_some()
}

/// The host that a received request was meant for, with its port where that was said.
fn meant<'r>(uri: &'r Uri, headers: &'r HeaderMap) -> &'r str {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let authority = uri.authority().map(http::uri::Authority::as_str);
    text(FORWARDED).or(authority).or(text(header::HOST)).unwrap_or_default()
}

/// A host and its port.
fn split(authority: &str) -> (&str, Option<&str>) {
    authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)))
}

/// What `host` has in the places of `expected`, unless it is another host.
fn places<'e>(expected: &'e str, host: &str) -> Option<Vec<(&'e str, String)>> {
    let mut found = Vec::new();
    let (mut left, mut right) = (expected.split('.'), host.split('.'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Some(found),
            (Some(expected), Some(label)) => match placeholder(expected) {
                Some(name) if is_label(label) => found.push((name, label.to_owned())),
                None if expected.eq_ignore_ascii_case(label) => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}
