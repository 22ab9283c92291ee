//! What a caller sends beside what a definition tells of: headers, and parameters that no page of the vendor's has.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{Secret, exchange::request_error::RequestError};

/// Headers and parameters that a caller adds to requests, beside those that the definition tells of.
///
/// They are part of the request before it is signed. Neither `Debug` nor an [`Exchange`](crate::observe::Exchange) shows their values.
///
/// ```
/// use http::{HeaderValue, header};
/// use wirewright::exchange::Additions;
///
/// let mut additions = Additions::new();
/// additions.set_header(header::USER_AGENT, HeaderValue::from_static("records/1.0 (records@example.com)"));
/// additions.add_parameter("maxlag", "5");
/// assert_eq!(format!("{additions:?}"), r#"Additions { headers: ["user-agent"], parameters: ["maxlag"] }"#);
/// ```
#[derive(Clone, Default)]
pub struct Additions {
    headers: Vec<(HeaderName, HeaderValue)>,
    parameters: Vec<(String, Secret<String>)>,
}

/// What HTTP needs to carry the body where it goes: a transport's, and the request's own.
const OF_THE_MESSAGE: [HeaderName; 13] = [
    header::CONNECTION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::HOST,
    HeaderName::from_static("keep-alive"),
    header::PROXY_AUTHORIZATION,
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

impl Additions {
    /// Nothing, for contexts.
    pub const NONE: &'static Self = &Self::new();

    /// Nothing so far.
    pub const fn new() -> Self {
        Self { headers: Vec::new(), parameters: Vec::new() }
    }

    /// This header, instead of the one of its name that was set before.
    pub fn set_header(&mut self, name: HeaderName, mut value: HeaderValue) {
        value.set_sensitive(true);
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value));
    }

    /// One more parameter; the same name again is one more value of it.
    pub fn add_parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.parameters.push((name.into(), Secret::new(value.into())));
    }
}

/// The client's additions, and the call's, which take precedence.
pub(crate) type Both<'a> = [&'a Additions; 2];

/// Names and values of parameters.
pub(super) fn parameters([client, call]: Both<'_>) -> impl Iterator<Item = (&str, &str)> {
    let kept = |name: &str| !call.parameters.iter().any(|(other, _)| other == name);
    let first = client.parameters.iter().filter(move |(name, _)| kept(name));
    first.chain(&call.parameters).map(|(name, value)| (name.as_str(), value.expose().as_str()))
}

/// Adds headers to those of a request.
///
/// # Errors
///
/// For one that is there already, and one that HTTP needs to carry the message: it would say something else than is sent.
pub(super) fn add_headers([client, call]: Both<'_>, headers: &mut HeaderMap) -> Result<(), RequestError> {
    let kept = |name: &HeaderName| !call.headers.iter().any(|(other, _)| other == name);
    let first = client.headers.iter().filter(|(name, _)| kept(name));
    for (name, value) in first.chain(&call.headers) {
        if OF_THE_MESSAGE.contains(name) {
            return Err(RequestError::HeaderOfTransport { header: name.clone() });
        }
        if headers.contains_key(name) {
            return Err(RequestError::AlreadyThere { parameter: name.as_str().to_owned() });
        }
        headers.insert(name, value.clone());
    }
    Ok(())
}

/// Shows the names only: values may be secrets.
impl fmt::Debug for Additions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let parameters: Vec<&str> = self.parameters.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Additions").field("headers", &headers).field("parameters", &parameters).finish()
    }
}
