//! What the host of a received request tells.

use http::{HeaderMap, HeaderName, Uri, header};

use crate::exchange::host::{FORWARDED, is_label};

/// `account`, of `{account}`.
fn placeholder(label: &str) -> Option<&str> {
    label.strip_prefix('{')?.strip_suffix('}')
}

/// What the host of a received request has in the places of `endpoint`: nothing when it is another host.
pub(crate) fn received<'e>(endpoint: &'e str, uri: &Uri, headers: &HeaderMap) -> Vec<(&'e str, String)> {
    let (_, expected) = parts(endpoint);
    places(split(expected).0, split(meant(uri, headers)).0).unwrap_or_default()
}

/// Whether a received request was meant for `endpoint`, whatever is in the places of its host.
pub(crate) fn is_for(endpoint: &str, uri: &Uri, headers: &HeaderMap) -> bool {
    let (scheme, expected) = parts(endpoint);
    let usual = if scheme == "https" { "443" } else { "80" };
    let ((expected, port), (host, sent)) = (split(expected), split(meant(uri, headers)));
    port.unwrap_or(usual) == sent.unwrap_or(usual) && places(expected, host).is_some()
}

/// The scheme and the authority of an endpoint.
fn parts(endpoint: &str) -> (&str, &str) {
    let (scheme, rest) = endpoint.split_once("://").unwrap_or_default();
    (scheme, rest.split('/').next().unwrap_or_default())
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
