//! A call whose request is a document of rows, which are written while it is sent.

use http::header;

use crate::{
    DecodeError, Format,
    client::attempts::Attempts,
    exchange::{
        context::CallContext, error::Error, reply::read_reply, request::write_request,
        request_error::RequestError, typed::Request,
    },
    rows::{Layout, Writer},
    transport::{asynchronous::Transport, body::RequestBody},
    wire::Message,
};

/// About how many bytes of rows are written at once.
const CHUNK: usize = 1 << 16;

/// A request whose document is mostly rows, and can be written as a stream of them.
pub trait RowsUpload: Request {
    /// Where in the document the rows are.
    const BODY_ROWS: Layout;
}

/// The HTTP request of an operation with rows that are written while it is sent, behind those that the request has. Its body has no
/// length, so that no `Content-Length` is told: HTTP/1.1 sends such a body in chunks.
///
/// # Errors
///
/// As [`write_request`], and when the document without the rows is too deep to be read again.
pub fn write_rows<R, I>(
    request: &R,
    rows: I,
    context: &CallContext<'_>,
) -> Result<http::Request<RequestBody>, RequestError>
where
    R: RowsUpload,
    I: IntoIterator<Item: Message, IntoIter: Send + 'static>,
{
    let (mut parts, document) = write_request(R::OPERATION, request, context)?.into_parts();
    let writer = writer(&document, R::BODY_ROWS).map_err(RequestError::Rows)?;
    parts.headers.remove(header::CONTENT_LENGTH);
    Ok(http::Request::from_parts(parts, RequestBody::made_from(writer.chunks(CHUNK, rows))))
}

fn writer(document: &[u8], layout: Layout) -> Result<Writer, DecodeError> {
    Writer::new(DecodeError::text(Format::Xml, document)?, layout)
}

/// Calls an operation with rows that are written while its request is sent, behind those that the request has. They can be made
/// once, so that the call is not tried again.
///
/// # Errors
///
/// See [`Error`]. A row that cannot be written breaks the request off, and is an error of the kind
/// [`Upload`](crate::client::TransportErrorKind::Upload).
pub async fn upload_rows<R, I>(
    transport: &impl Transport,
    request: &R,
    rows: I,
    context: &CallContext<'_>,
) -> Result<R::Answer, Error<R::Failure>>
where
    R: RowsUpload,
    I: IntoIterator<Item: Message, IntoIter: Send + 'static>,
{
    let format = context.format(R::OPERATION)?;
    let mut attempts = Attempts::new(R::OPERATION, context.within(transport.environment()));
    let upload = attempts.upload(|context| write_rows(request, rows, context))?;
    let response = attempts.span().within(transport.upload(upload)).await;
    let response = attempts.responded(response).map_err(Error::from);
    attempts.end(response.and_then(|response| read_reply::<R>(response, format, &context.limits)))
}
