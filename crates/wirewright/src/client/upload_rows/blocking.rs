//! A call whose request is a document of rows, over a blocking transport.

use crate::{
    client::{
        attempts::Attempts,
        upload_rows::write::{RowsUpload, write_rows},
    },
    exchange::{context::CallContext, error::Error, reply::read_reply},
    transport::blocking::Transport,
    wire::Message,
};

/// Calls an operation with rows that are written while its request is sent, behind those that the request has. They can be
/// made once, so that the call is not tried again.
///
/// # Errors
///
/// See [`Error`]. A row that cannot be written breaks the request off, and is an error of the kind
/// [`Upload`](crate::client::TransportErrorKind::Upload).
pub fn upload_rows<R, I>(
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
    let response = attempts.span().run(|| transport.upload(upload));
    let response = attempts.responded(response).map_err(Error::from);
    attempts.end(response.and_then(|response| read_reply::<R>(response, format, &context.limits)))
}
