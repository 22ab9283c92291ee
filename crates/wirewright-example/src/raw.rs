//! Requests that the generated types do not allow, written by hand.

use http::{Method, Request, Uri, header};
use wirewright::{
    Format, Limits,
    client::blocking::Transport,
    exchange::{self, Error, RequestError},
};

/// A form, posted to `origin` and `path`.
///
/// # Errors
///
/// When the two make no URL.
pub fn form(origin: &str, path: &str, form: &str) -> Result<Request<Vec<u8>>, RequestError> {
    let mut request = query(Method::POST, origin, path)?;
    let content_type = header::HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(header::CONTENT_TYPE, content_type);
    *request.body_mut() = form.as_bytes().to_vec();
    Ok(request)
}

/// A request without a body.
///
/// # Errors
///
/// When the two make no URL.
pub fn query(method: Method, origin: &str, path_and_query: &str) -> Result<Request<Vec<u8>>, RequestError> {
    let uri: Uri = format!("{origin}{path_and_query}").parse().map_err(|_| RequestError::InvalidEndpoint)?;
    let mut request = Request::new(Vec::new());
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    Ok(request)
}

/// Sends `request` and reads what comes back as the answer to an `R`.
///
/// # Errors
///
/// See [`Error`].
pub fn call<R: exchange::Request>(
    transport: &impl Transport,
    request: Result<Request<Vec<u8>>, RequestError>,
    asked: Format,
) -> Result<R::Answer, Error<R::Failure>> {
    let response = transport.send(request?)?;
    exchange::read_reply::<R>(response, asked, &Limits::default())
}
