//! One call over an async transport.

use crate::{
    client::attempts::{Attempts, Next},
    describe::protocol::Content,
    exchange::{
        context::CallContext, error::Error, reply::read_reply, request::write_upload, typed::Request,
    },
    transport::{asynchronous::Transport, error::TransportError},
};

/// Calls an operation, and tries again where that may help and does no harm: see [`RetryPolicy`](crate::client::RetryPolicy).
///
/// # Errors
///
/// See [`Error`].
pub async fn call<R: Request>(
    transport: &impl Transport,
    request: &R,
    context: &CallContext<'_>,
) -> Result<R::Answer, Error<R::Failure>> {
    let format = context.format(R::OPERATION)?;
    let mut attempts = Attempts::new(R::OPERATION, context.within(transport.environment()));
    let read = |response: Result<_, TransportError>| read_reply::<R>(response?, format, &context.limits);
    if let Content::Multipart { .. } = R::OPERATION.content {
        // What is read while it is sent may be there once: an upload is not tried again.
        let upload = attempts.upload(|context| write_upload(R::OPERATION, request, context))?;
        let response = attempts.span().within(transport.upload(upload)).await;
        let result = read(attempts.responded(response));
        return attempts.end(result);
    }
    loop {
        let attempt = attempts.request(request)?;
        let response = attempts.span().within(transport.send(attempt)).await;
        let result = read(attempts.responded(response));
        match attempts.next(result) {
            Next::Done(result) => return result,
            Next::Wait(delay, error) => {
                if transport.wait(delay).await.is_err() {
                    return Err(error);
                }
            }
        }
    }
}
