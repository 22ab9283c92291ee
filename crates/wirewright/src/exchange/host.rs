//! Common parameters that are in the host: `https://{account}.example.com`.

use std::borrow::Cow;

use http::HeaderName;

use crate::{
    Options,
    describe::protocol::{Operation, ParameterDescription, ParameterLocation, ParameterSource, SessionKind},
    exchange::{context::CallContext, parameters::Parameters, request_error::RequestError},
};

/// The host that a call was meant for, where it is sent to another one.
pub(crate) const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Whether the endpoint has a place for a parameter.
pub(crate) fn has_places(endpoint: &str) -> bool {
    endpoint.contains('{')
}

/// A label of a host, RFC 1123 section 2.1, with the underscore that many vendors have: nothing that ends the host or begins
/// another part of the URL.
pub(crate) fn is_label(text: &str) -> bool {
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

/// The value of the common parameter of this name, for a header of `of` that has it in its prefix.
pub(crate) fn other(
    name: &str,
    of: &'static str,
    operation: &'static Operation,
    context: &CallContext<'_>,
    options: &Options,
) -> Result<String, RequestError> {
    let parameter = operation.protocol.parameters.iter().find(|one| one.name == name);
    let value = parameter.map(|one| value(one, operation, context, options)).transpose()?.flatten();
    value.filter(|value| !value.is_empty()).ok_or(RequestError::NotInHeader { parameter: of })
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
