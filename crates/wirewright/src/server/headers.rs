//! Common parameters that are in headers, cookies and the host, on their way in.

use std::borrow::Cow;

use http::{HeaderMap, header};

use crate::{
    Format, Limits,
    describe::{
        class::ServerCondition,
        protocol::{Operation, ParameterLocation, reading_options},
    },
    exchange::{
        placed::{Placed, placed},
        prefix,
    },
    server::{rejection::Rejection, single::single},
};

/// What a received request has of a parameter that is in a header or a cookie.
///
/// # Errors
///
/// When it is there twice, or has another form than it should.
pub(crate) fn received(
    parameter: impl Into<Placed>,
    headers: &HeaderMap,
) -> Result<Option<Cow<'_, str>>, Rejection> {
    let parameter = parameter.into();
    let refused = || Rejection::parameter(ServerCondition::ParameterInvalid, parameter.name);
    let mut found = Vec::new();
    match parameter.location {
        ParameterLocation::Parameters
        | ParameterLocation::Host
        | ParameterLocation::Path
        | ParameterLocation::Computed
        | ParameterLocation::Headers => {}
        ParameterLocation::Cookies => {
            let mut all = Vec::new();
            for cookies in headers.get_all(header::COOKIE) {
                let cookies = cookies.to_str().map_err(|_| refused())?.split(';').map(str::trim_ascii);
                all.extend(cookies.filter(|cookie| !cookie.is_empty()));
            }
            return Ok((!all.is_empty()).then(|| Cow::Owned(all.join("; "))));
        }
        ParameterLocation::Header { prefix } => {
            for value in headers.get_all(parameter.name) {
                let value = value.to_str().map_err(|_| refused())?;
                let (value, _) = prefix::strip(prefix, value).ok_or_else(refused)?;
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
pub(crate) fn with_headers(
    operation: &'static Operation,
    parameters: &str,
    hosts: &[(&str, String)],
    headers: &HeaderMap,
) -> Result<Option<String>, Rejection> {
    let placed: Vec<Placed> = placed(operation).collect();
    if placed.is_empty() {
        return Ok(None);
    }
    let nested = reading_options(operation, Format::Query, Limits::new()).nested;
    let is_own = |segment: &&str| {
        let name = form_urlencoded::parse(segment.as_bytes()).next().map(|(name, _)| name);
        name.is_none_or(|name| placed.iter().all(|one| one.name != name))
    };
    let mut all = parameters.split('&').filter(is_own).collect::<Vec<_>>().join("&");
    for &parameter in &placed {
        let in_host = hosts.iter().find(|(name, _)| *name == parameter.name);
        let others = |value: Cow<'_, str>| {
            let named = |cookie: &&str| {
                let name = cookie.split_once('=').map(|(name, _)| name);
                placed.iter().any(|one| one.location == ParameterLocation::Cookie && Some(one.name) == name)
            };
            let rest: Vec<&str> = value.split("; ").filter(|cookie| !named(cookie)).collect();
            (!rest.is_empty()).then(|| Cow::<str>::Owned(rest.join("; ")))
        };
        let in_url = matches!(parameter.location, ParameterLocation::Host | ParameterLocation::Path);
        let value = match in_host.filter(|_| in_url) {
            Some((_, value)) => Some(Cow::Borrowed(value.as_str())),
            None if parameter.location == ParameterLocation::Cookies => {
                received(parameter, headers)?.and_then(others)
            }
            None => received(parameter, headers)?,
        };
        if parameter.location == ParameterLocation::Headers {
            for (name, value) in several(parameter, nested, headers)? {
                all = form_urlencoded::Serializer::new(all).append_pair(&name, value).finish();
            }
        }
        for (name, value) in beside(parameter, headers) {
            match single(&all, name)? {
                None => all = form_urlencoded::Serializer::new(all).append_pair(name, value).finish(),
                Some(known) if known == value => {}
                Some(_) => {
                    return Err(Rejection::parameter(ServerCondition::ParameterInvalid, parameter.name));
                }
            }
        }
        if let Some(value) = value {
            all = form_urlencoded::Serializer::new(all).append_pair(parameter.name, &value).finish();
        }
    }
    Ok(Some(all))
}

/// The headers whose names begin alike, as the entries of a map.
fn several<'h>(
    parameter: Placed,
    nested: &str,
    headers: &'h HeaderMap,
) -> Result<Vec<(String, &'h str)>, Rejection> {
    let refused = || Rejection::parameter(ServerCondition::ParameterInvalid, parameter.name);
    let start = parameter.name.trim_end_matches('*').to_ascii_lowercase();
    let mut found = Vec::new();
    for (name, value) in headers {
        let Some(key) = name.as_str().strip_prefix(&start).filter(|key| !key.is_empty()) else { continue };
        let value = value.to_str().map_err(|_| refused())?;
        found.push(([parameter.name, nested, key].concat(), value));
    }
    Ok(found)
}

/// The other parameters that the prefix of one has in it.
fn beside(parameter: Placed, headers: &HeaderMap) -> Vec<(&'static str, &str)> {
    let ParameterLocation::Header { prefix } = parameter.location else { return Vec::new() };
    let value = headers.get(parameter.name).and_then(|value| value.to_str().ok());
    value.and_then(|value| prefix::strip(prefix, value)).map_or_else(Vec::new, |(_, found)| found)
}
