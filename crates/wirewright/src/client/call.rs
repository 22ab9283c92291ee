//! One call over an async transport.

use crate::{
    Format,
    client::attempts::{Attempts, Next},
    describe::protocol::Operation,
    exchange::{
        context::CallContext, error::Error, refusal::Refusal, reply::read_reply, request::write_upload,
        typed::Request,
    },
    transport::asynchronous::Transport,
    wire::Record,
};

/// Calls an operation, and tries again where that may help and does no harm: see [`RetryPolicy`](super::RetryPolicy).
///
/// # Errors
///
/// See [`Error`].
pub async fn call<R: Request>(
    transport: &impl Transport,
    request: &R,
    context: &CallContext<'_>,
) -> Result<R::Answer, Error<R::Failure>> {
    let read = |response, format| read_reply::<R>(response, format, &context.limits);
    call_with(transport, R::OPERATION, request, context, read).await
}

/// As [`call`], for a request that is known by its operation. `read` reads the response to a try, which asked for this format.
///
/// # Errors
///
/// See [`Error`].
pub async fn call_with<A, F: Refusal>(
    transport: &impl Transport,
    operation: &'static Operation,
    request: &(dyn Record + Sync),
    context: &CallContext<'_>,
    read: impl Fn(http::Response<Vec<u8>>, Format) -> Result<A, Error<F>>,
) -> Result<A, Error<F>> {
    let format = context.format(operation)?;
    let mut attempts = Attempts::new(operation, context.within(transport.environment()));
    if operation.content.has_files() {
        // What is read while it is sent may be there once: an upload is not tried again.
        let upload = attempts.upload(|context| write_upload(operation, request, context))?;
        let response = attempts.span().within(transport.upload(upload)).await;
        let result = attempts.responded(response).map_err(Error::from).and_then(|reply| read(reply, format));
        return attempts.end(result);
    }
    loop {
        let attempt = attempts.request(request)?;
        let response = attempts.span().within(transport.send(attempt)).await;
        let result = attempts.responded(response).map_err(Error::from).and_then(|reply| read(reply, format));
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
