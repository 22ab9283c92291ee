//! Where a URL of a reply leads, and whether a call may go there.

use http::Uri;

use crate::{
    describe::protocol::Operation,
    exchange::{context::CallContext, request_error::RequestError},
    transport::endpoint::{Endpoint, is_loopback},
};

/// A URL that a call may go to.
pub(crate) struct Target {
    /// Without its query.
    pub(crate) url: String,
    /// The parameters that it has, form-urlencoded.
    pub(crate) parameters: String,
}

/// Looks at a URL of a reply. The session goes with the call, so that it must lead where calls of `operation` go anyway: to its
/// endpoint, to one of `hosts`, or to what stands for these in the context. A URL with `http://` that leads to an endpoint of
/// `https://` is called by `https://`.
///
/// `path` is that of the operation with its places filled, and `fill` puts values into the places of an endpoint.
pub(crate) fn target(
    url: &str,
    operation: &'static Operation,
    path: &str,
    hosts: &[&'static str],
    context: &CallContext<'_>,
    fill: &dyn Fn(&str) -> Result<String, RequestError>,
) -> Result<Target, RequestError> {
    let elsewhere = RequestError::Elsewhere { operation: operation.name };
    let own = operation.endpoint();
    let (whole, is_relative) = match url.trim() {
        url if url.starts_with("//") => return Err(elsewhere),
        // Without scheme and host it is the operation's.
        url if url.starts_with('/') => (format!("{}{url}", fill(own)?), true),
        url if url.starts_with('?') => (format!("{}{path}{url}", fill(own)?), true),
        url => (url.to_owned(), false),
    };
    let Ok(uri) = whole.parse::<Uri>() else { return Err(elsewhere) };
    let Some(leads_to) = Endpoint::of(&uri) else { return Err(elsewhere) };
    let endpoint = |text: &str| {
        let text = fill(text)?;
        Endpoint::parse(&text).map(Endpoint::into_owned).ok_or_else(|| RequestError::no_endpoint(&text))
    };
    let mut found = None;
    for named in [own].into_iter().chain(hosts.iter().copied()) {
        let (called, meant) = (endpoint(context.endpoint_of(named))?, endpoint(named)?);
        if is_relative || meant.is_reached_by(&leads_to) || called.is_reached_by(&leads_to) {
            found = Some((called, meant));
            break;
        }
    }
    let (found, meant) = found.ok_or(elsewhere)?;
    if operation.secure && found.scheme != "https" && !is_loopback(&found.host) {
        return Err(RequestError::InsecureEndpoint { operation: operation.name });
    }
    // What calls go to in the vendor's stead has a path of its own in front of all.
    let path = meant.inside(uri.path()).unwrap_or(uri.path());
    Ok(Target { url: found.url(path), parameters: uri.query().unwrap_or_default().to_owned() })
}
