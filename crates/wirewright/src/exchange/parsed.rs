//! Typed requests from texts, for tools that know an operation by its name alone.

use crate::{
    DecodeError, File, Format, Limits, Options, codec,
    describe::protocol::{Content, Operation, reading_options},
    exchange::{document, files, typed::Request},
    wire::{Fill, Shape},
};

/// A request whose parameters are given as a form-urlencoded text. `document` is the body of an operation that has one beside its
/// parameters, and `files` are those of an operation that takes some, by the names of their parameters.
///
/// ```
/// use wirewright::exchange::{Request, parse_request};
/// use wirewright::DecodeError;
///
/// /// From `["s=chuck", "clientName=shell"].join("&")`, say.
/// fn typed<R: Request>(pairs: &str) -> Result<R, DecodeError> {
///     parse_request(pairs, b"", &[])
/// }
/// ```
///
/// # Errors
///
/// When a required parameter is missing, one has a wrong value, a scalar is given twice, or the document is not what the operation
/// takes.
pub fn parse_request<R: Request>(
    parameters: &str,
    document: &[u8],
    files: &[(String, File)],
) -> Result<R, DecodeError> {
    let mut request = R::empty();
    parse_request_into(R::OPERATION, R::SHAPE, &mut request, parameters, document, files)?;
    Ok(request)
}

/// As [`parse_request`], into a request that is known by its shape.
///
/// # Errors
///
/// As [`parse_request`].
pub fn parse_request_into(
    operation: &'static Operation,
    shape: &'static Shape,
    request: &mut dyn for<'de> Fill<'de>,
    parameters: &str,
    document: &[u8],
    files: &[(String, File)],
) -> Result<(), DecodeError> {
    let options = reading_options(operation, Format::Query, Limits::new()).with_strict(true);
    let named = files::with_names(parameters, files);
    codec::read(Format::Query, &named, &options, shape, request)?;
    files::fill(files, request);
    if let Content::Document(described) = operation.content {
        let options = Options::new().with_strict(true);
        document::read_document(described, document, &options, request)?;
    }
    Ok(())
}
