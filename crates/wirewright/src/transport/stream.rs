//! Bodies that other libraries bring as a stream.

use std::{error::Error, future::poll_fn, pin::Pin};

use futures_core::Stream;

use crate::{
    Chunks,
    transport::error::{TransportError, TransportErrorKind},
};

/// A body from any stream of chunks, as `reqwest`'s `bytes_stream` and `http_body_util`'s `BodyDataStream` are.
///
/// ```
/// use std::{convert::Infallible, pin::Pin, task::{Context, Poll}};
/// use wirewright::{Chunks, client::StreamBody};
///
/// /// A body that comes in two chunks.
/// struct Body(std::vec::IntoIter<&'static str>);
///
/// impl futures_core::Stream for Body {
///     type Item = Result<&'static str, Infallible>;
///
///     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
///         Poll::Ready(self.0.next().map(Ok))
///     }
/// }
///
/// # async fn read() -> Result<(), wirewright::client::TransportError> {
/// let mut body = StreamBody::new(Body(vec!["<out>", "</out>"].into_iter()));
/// assert_eq!(body.next_chunk().await?, Some("<out>"));
/// # Ok(())
/// # }
/// # let mut read = std::pin::pin!(read());
/// # let mut context = Context::from_waker(std::task::Waker::noop());
/// # assert!(matches!(std::future::Future::poll(read.as_mut(), &mut context), Poll::Ready(Ok(()))));
/// ```
#[derive(Debug)]
pub struct StreamBody<S>(S);

impl<S> StreamBody<S> {
    /// The body that `stream` brings.
    pub const fn new(stream: S) -> Self {
        Self(stream)
    }
}

impl<S, B, E> Chunks for StreamBody<S>
where
    S: Stream<Item = Result<B, E>> + Unpin + Send,
    B: AsRef<[u8]> + Send,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Chunk = B;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<B>, TransportError> {
        let next = poll_fn(|context| Pin::new(&mut self.0).poll_next(context)).await;
        next.transpose().map_err(|error| TransportError::new(TransportErrorKind::Other, error))
    }
}
