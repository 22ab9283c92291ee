//! What the host of a received request tells.

use http::{HeaderMap, HeaderName, Uri, header};

use crate::exchange::host::{FORWARDED, is_label};

/// `account`, of `{account}`.
fn placeholder(label: &str) -> Option<&str> {
    label.strip_prefix('{')?.strip_suffix('}')
}

/// What the host of a received request has in the places of `endpoint`: nothing when it is another host.
pub(crate) fn received<'e>(endpoint: &'e str, uri: &Uri, headers: &HeaderMap) -> Vec<(&'e str, String)> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(FORWARDED).or(uri.host()).or(text(header::HOST)).unwrap_or_default();
    let name = |host: &'e str| host.split(':').next().unwrap_or_default();
    let expected = name(endpoint.split_once("://").map_or("", |(_, host)| host));
    let host = host.split(':').next().unwrap_or_default();
    let mut found = Vec::new();
    let (mut left, mut right) = (expected.split('.'), host.split('.'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return found,
            (Some(expected), Some(label)) => match placeholder(expected) {
                Some(name) if is_label(label) => found.push((name, label.to_owned())),
                None if expected.eq_ignore_ascii_case(label) => {}
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        }
    }
}
