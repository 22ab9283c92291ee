//! Common parameters that are in headers and cookies, on their way out and in.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    describe::protocol::{
        Operation, ParameterDescription, ParameterLocation, ParameterSource, PlacedParameter,
    },
    exchange::{prefix, request_error::RequestError},
};

/// A parameter outside the query string and the form.
#[derive(Clone, Copy)]
pub(crate) struct Placed {
    pub(crate) name: &'static str,
    pub(crate) location: ParameterLocation,
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

/// The parameters of an operation's requests that are apart from the others: common ones, and its own.
pub(crate) fn placed(operation: &'static Operation) -> impl Iterator<Item = Placed> + Clone {
    let elsewhere = |one: &&ParameterDescription| {
        one.location != ParameterLocation::Parameters && one.goes_with(operation)
    };
    let common = operation.protocol.parameters.iter().filter(elsewhere).map(Placed::from);
    common.chain(operation.placed.iter().map(Placed::from))
}

/// The headers that a request's parameters become.
pub(crate) struct Headers {
    /// What is between the name of a parameter and a key in it.
    nested: &'static str,
    ready: Vec<(HeaderName, HeaderValue)>,
    cookies: String,
    secret_cookies: bool,
}

impl Headers {
    /// None yet. `nested` is what is between the name of a parameter and a key in it.
    pub(crate) const fn new(nested: &'static str) -> Self {
        Self { nested, ready: Vec::new(), cookies: String::new(), secret_cookies: false }
    }

    /// Takes a parameter, which `text` is the form-urlencoded pair of, if it is there. `others` tells the values that its prefix has in it.
    pub(crate) fn put(
        &mut self,
        parameter: impl Into<Placed>,
        text: &str,
        others: impl Fn(&str) -> Result<String, RequestError>,
    ) -> Result<(), RequestError> {
        let parameter = parameter.into();
        let Some((_, value)) = form_urlencoded::parse(text.as_bytes()).next() else { return Ok(()) };
        let refused = || RequestError::NotInHeader { parameter: parameter.name };
        let secret = parameter.secret;
        match parameter.location {
            ParameterLocation::Parameters
            | ParameterLocation::Host
            | ParameterLocation::Path
            | ParameterLocation::Computed => {}
            ParameterLocation::Header { prefix } => {
                let value = [&*prefix::fill(prefix, others)?, &value].concat();
                let name = HeaderName::from_bytes(parameter.name.as_bytes()).map_err(|_| refused())?;
                let value = header_value(&value, secret).ok_or_else(refused)?;
                self.ready.push((name, value));
            }
            ParameterLocation::Cookies => {
                let pairs = value.split("; ").all(|cookie| {
                    let named =
                        |(name, value): (&str, &str)| !name.is_empty() && is_cookie(name) && is_cookie(value);
                    cookie.split_once('=').is_some_and(named)
                });
                if !pairs {
                    return Err(refused());
                }
                let separator = if self.cookies.is_empty() { "" } else { "; " };
                self.cookies.extend([separator, &value]);
                self.secret_cookies |= secret;
            }
            ParameterLocation::Headers => {
                let start = parameter.name.trim_end_matches('*');
                for (name, value) in form_urlencoded::parse(text.as_bytes()) {
                    let key = name.strip_prefix(parameter.name).and_then(|key| key.strip_prefix(self.nested));
                    let name = [start, key.unwrap_or_default()].concat();
                    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
                    self.ready.push((name, header_value(&value, secret).ok_or_else(refused)?));
                }
            }
            ParameterLocation::Cookie => {
                if !is_cookie(&value) {
                    return Err(refused());
                }
                let separator = if self.cookies.is_empty() { "" } else { "; " };
                self.cookies.extend([separator, parameter.name, "=", &value]);
                self.secret_cookies |= secret;
            }
        }
        Ok(())
    }

    /// Those that are there so far, and no cookies.
    pub(crate) fn ready(&self) -> &[(HeaderName, HeaderValue)] {
        &self.ready
    }

    /// Puts them into a request.
    pub(crate) fn finish(self, headers: &mut HeaderMap) {
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
pub(crate) fn header_value(text: &str, secret: bool) -> Option<HeaderValue> {
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim_ascii() == text;
    let mut value = HeaderValue::from_str(text).ok().filter(|_| plain)?;
    value.set_sensitive(secret);
    Some(value)
}

fn is_cookie(text: &str) -> bool {
    text.bytes().all(is_cookie_byte)
}

/// What a cookie's value may have, RFC 6265 section 4.1.1: no white space, quote, comma, semicolon or backslash.
pub(crate) const fn is_cookie_byte(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}
