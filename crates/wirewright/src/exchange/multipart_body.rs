//! Parameters and files -> the body of a multipart request.

use crate::{
    File,
    describe::protocol::Operation,
    exchange::request_error::RequestError,
    multipart::write::Form,
    text::charset::Charset,
    transport::{
        body::RequestBody,
        environment::{Environment, hex},
    },
};

/// The body of a multipart request, and its Content-Type: form-urlencoded parameters, and the files that are among them, each
/// behind so many bytes of them.
pub(crate) fn form_of(
    parameters: &str,
    files: Vec<(usize, String, File)>,
    operation: &'static Operation,
    charset: &Charset,
    environment: &dyn Environment,
) -> Result<(String, RequestBody), RequestError> {
    let mut form = Form::new();
    let texts = |mut form: Form, from: usize, to: usize| {
        let between = parameters.get(from..to).unwrap_or_default();
        for (name, value) in form_urlencoded::parse(between.as_bytes()) {
            form = form.text(name, value);
        }
        form
    };
    let mut from = 0;
    for (at, name, file) in files {
        form = texts(form, from, at).file(name, file);
        from = at;
    }
    form = texts(form, from, parameters.len());
    let boundary = match environment.random() {
        Some(bytes) => "wirewright-".to_owned() + &hex(&bytes),
        None => form.boundary().ok_or(RequestError::NoRandomness { operation: operation.name })?,
    };
    form.finish_in(&boundary, charset).map_err(RequestError::Form)
}
