//! Common parameters that stand in headers and cookies, on their way out and in.

use alloc::{borrow::Cow, string::String, vec::Vec};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{
    Operation, ParameterDescription, ParameterLocation, ParameterSource, PlacedParameter, Rejection,
    RequestError, ServerCondition,
};

/// A parameter that stands apart from the others.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) name: &'static str,
    pub(super) location: ParameterLocation,
    /// Whether its value may be a secret.
    secret: bool,
}

impl From<&ParameterDescription> for Placed {
    fn from(parameter: &ParameterDescription) -> Self {
        let secret = !matches!(
            parameter.source,
            ParameterSource::Constant(_) | ParameterSource::Operation | ParameterSource::Format
        );
        Self { name: parameter.name, location: parameter.location, secret }
    }
}

impl From<&PlacedParameter> for Placed {
    fn from(member: &PlacedParameter) -> Self {
        Self { name: member.name, location: member.location, secret: true }
    }
}

/// The parameters of an operation's requests that stand apart from the others: common ones, and its own.
pub(super) fn placed(operation: &'static Operation) -> impl Iterator<Item = Placed> + Clone {
    let elsewhere = |one: &&ParameterDescription| {
        one.location != ParameterLocation::Parameters && one.goes_with(operation)
    };
    let common = operation.protocol.parameters.iter().filter(elsewhere).map(Placed::from);
    common.chain(operation.placed.iter().map(Placed::from))
}

/// The headers that a request's parameters become.
#[derive(Default)]
pub(super) struct Headers {
    ready: Vec<(HeaderName, HeaderValue)>,
    cookies: String,
    secret_cookies: bool,
}

impl Headers {
    /// Takes a parameter, which `text` is the form-urlencoded pair of, if it is there.
    pub(super) fn put(&mut self, parameter: impl Into<Placed>, text: &str) -> Result<(), RequestError> {
        let parameter = parameter.into();
        let Some((_, value)) = form_urlencoded::parse(text.as_bytes()).next() else { return Ok(()) };
        let refused = || RequestError::NotInHeader { parameter: parameter.name };
        let secret = parameter.secret;
        match parameter.location {
            ParameterLocation::Parameters | ParameterLocation::Host => {}
            ParameterLocation::Header { prefix } => {
                let value = [prefix, &value].concat();
                let name = HeaderName::from_bytes(parameter.name.as_bytes()).map_err(|_| refused())?;
                let value = header_value(&value, secret).ok_or_else(refused)?;
                self.ready.push((name, value));
            }
            ParameterLocation::Cookie => {
                if !value.bytes().all(is_cookie_byte) {
                    return Err(refused());
                }
                let separator = if self.cookies.is_empty() { "" } else { "; " };
                self.cookies.extend([separator, parameter.name, "=", &value]);
                self.secret_cookies |= secret;
            }
        }
        Ok(())
    }

    /// Puts them into a request.
    pub(super) fn finish(self, headers: &mut HeaderMap) {
        headers.extend(self.ready);
        if self.cookies.is_empty() {
            return;
        }
        // Every part of it has been looked at.
        if let Some(cookies) = header_value(&self.cookies, self.secret_cookies) {
            headers.insert(header::COOKIE, cookies);
        }
    }
}

/// A header's value of visible ASCII that comes out as it goes in: without a line break, and without white space at its ends.
fn header_value(text: &str, secret: bool) -> Option<HeaderValue> {
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim_ascii() == text;
    let mut value = HeaderValue::from_str(text).ok().filter(|_| plain)?;
    value.set_sensitive(secret);
    Some(value)
}

/// What a cookie's value may have, RFC 6265 section 4.1.1: no white space, quote, comma, semicolon or backslash.
const fn is_cookie_byte(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}

/// What a received request has of a parameter that stands in a header or a cookie.
///
/// # Errors
///
/// When it is there twice, or has another form than it should.
pub(super) fn received(
    parameter: impl Into<Placed>,
    headers: &HeaderMap,
) -> Result<Option<Cow<'_, str>>, Rejection> {
    let parameter = parameter.into();
    let refused = || Rejection::parameter(ServerCondition::ParameterInvalid, parameter.name);
    let mut found = Vec::new();
    match parameter.location {
        ParameterLocation::Parameters | ParameterLocation::Host => {}
        ParameterLocation::Header { prefix } => {
            for value in headers.get_all(parameter.name) {
                let value = value.to_str().map_err(|_| refused())?;
                // The schemes of authorization are read in either case.
                let (start, value) = value.split_at_checked(prefix.len()).ok_or_else(refused)?;
                if !start.eq_ignore_ascii_case(prefix) {
                    return Err(refused());
                }
                found.push(value);
            }
        }
        ParameterLocation::Cookie => {
            for cookies in headers.get_all(header::COOKIE) {
                let cookies = cookies.to_str().map_err(|_| refused())?.split(';');
                let pairs = cookies.filter_map(|cookie| cookie.trim_ascii().split_once('='));
                found.extend(pairs.filter(|(name, _)| *name == parameter.name).map(|(_, value)| value));
            }
        }
    }
    match found.as_slice() {
        [] => Ok(None),
        [value] => Ok(Some(Cow::Borrowed(value))),
        _ => Err(refused()),
    }
}

/// The parameters of a received request with those from its headers and its host among them: `None` when there are no such ones. What has a
/// header's name and is no header is left out.
pub(super) fn with_headers(
    operation: &'static Operation,
    parameters: &str,
    hosts: &[(&str, String)],
    headers: &HeaderMap,
) -> Result<Option<String>, Rejection> {
    let placed: Vec<Placed> = placed(operation).collect();
    if placed.is_empty() {
        return Ok(None);
    }
    let is_own = |segment: &&str| {
        let name = form_urlencoded::parse(segment.as_bytes()).next().map(|(name, _)| name);
        name.is_none_or(|name| placed.iter().all(|one| one.name != name))
    };
    let mut all = parameters.split('&').filter(is_own).collect::<Vec<_>>().join("&");
    for parameter in placed {
        let in_host = hosts.iter().find(|(name, _)| *name == parameter.name);
        let value = match in_host.filter(|_| parameter.location == ParameterLocation::Host) {
            Some((_, value)) => Some(Cow::Borrowed(value.as_str())),
            None => received(parameter, headers)?,
        };
        if let Some(value) = value {
            all = form_urlencoded::Serializer::new(all).append_pair(parameter.name, &value).finish();
        }
    }
    Ok(Some(all))
}
