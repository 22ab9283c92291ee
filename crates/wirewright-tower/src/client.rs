//! A tower service as a transport.

use std::{fmt, future::poll_fn, pin::Pin, time::Duration};

use bytes::Bytes;
use futures_util::stream;
use http_body::Frame;
use http_body_util::{BodyExt as _, Full, StreamBody, combinators::UnsyncBoxBody};
use tower_service::Service;
use wirewright::{
    Chunks,
    client::{
        self, AttemptTimeout, Environment, RequestBody, StreamingTransport, System, TransportError,
        TransportErrorKind,
    },
};

use crate::{
    BoxError,
    whole::{Unread, whole},
};

/// The body of a request: bytes in memory, or an upload that is read while it is sent.
pub type Body = UnsyncBoxBody<Bytes, TransportError>;

/// Sends requests through any [`tower_service::Service`] that takes HTTP requests: a connection of hyper's, a router of axum's, a
/// stack of layers over either. Each request gets a clone of the service.
///
/// What the service does about redirections is for it to say; an answer of HTTP 302 belongs to the vendor, and following one carries
/// secrets along. The futures run on tokio only when a time is set, for a try of a call or between tries.
#[derive(Clone)]
pub struct Transport<S> {
    service: S,
    max_bytes: usize,
    kind: fn(&BoxError) -> TransportErrorKind,
}

impl<S> Transport<S> {
    /// A transport that takes replies of up to 16 MiB.
    pub fn new(service: S) -> Self {
        Self { service, max_bytes: 16 << 20, kind: |_| TransportErrorKind::Other }
    }

    /// The same transport with another limit on the size of replies, in bytes. A client's own
    /// [limits](wirewright::client::Config::with_limits) hold as well.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Says what kind of failure an error of the service is; without it all are of the kind `Other`, but those of
    /// [`poll_ready`](Service::poll_ready), before which nothing is sent: they are of the kind `Connect`. Whatever is said to be
    /// `Connect` may be sent again.
    ///
    /// ```
    /// use tower::timeout::error::Elapsed;
    /// use wirewright::client::TransportErrorKind;
    /// use wirewright_tower::Transport;
    ///
    /// # fn with<S>(service: S) -> Transport<S> {
    /// Transport::new(service).with_kind(|error| {
    ///     if error.is::<Elapsed>() { TransportErrorKind::Timeout } else { TransportErrorKind::Other }
    /// })
    /// # }
    /// # drop(with(()));
    /// ```
    #[must_use]
    pub fn with_kind(mut self, kind: fn(&BoxError) -> TransportErrorKind) -> Self {
        self.kind = kind;
        self
    }
}

/// Shows nothing of the service, which may hold secrets.
impl<S> fmt::Debug for Transport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("max_bytes", &self.max_bytes).finish_non_exhaustive()
    }
}

impl<S, B> Transport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    async fn head(&self, request: http::Request<Body>) -> Result<http::Response<B>, TransportError> {
        let mut service = self.service.clone();
        let ready = poll_fn(|context| service.poll_ready(context)).await;
        ready.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
        service.call(request).await.map_err(|error| self.error(error.into()))
    }

    async fn whole(&self, request: http::Request<Body>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let (parts, body) = self.head(request).await?.into_parts();
        let body = whole(body, self.max_bytes).await.map_err(|unread| match unread {
            Unread::TooLarge => {
                let text = format!("the limit on a response is {} bytes", self.max_bytes);
                TransportError::new(TransportErrorKind::TooLarge, text)
            }
            Unread::BrokenOff(error) => self.error(error),
        })?;
        Ok(http::Response::from_parts(parts, body))
    }

    fn error(&self, error: BoxError) -> TransportError {
        match error.downcast::<TransportError>() {
            // A file that could not be read has said so already.
            Ok(error) => *error,
            Err(error) => TransportError::new((self.kind)(&error), error),
        }
    }
}

/// Within the time that a try of a call has, if it has any.
async fn within<T>(
    limit: Option<Duration>,
    run: impl Future<Output = Result<T, TransportError>> + Send,
) -> Result<T, TransportError> {
    let Some(limit) = limit else { return run.await };
    let outcome = tokio::time::timeout(limit, run).await;
    outcome.unwrap_or_else(|elapsed| Err(TransportError::new(TransportErrorKind::Timeout, elapsed)))
}

fn in_memory(request: http::Request<Vec<u8>>) -> http::Request<Body> {
    request.map(|body| Full::new(Bytes::from(body)).map_err(|never| match never {}).boxed_unsync())
}

impl<S, B> client::Transport for Transport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        within(AttemptTimeout::of(&request), self.whole(in_memory(request))).await
    }

    /// Files are read while the service asks for more of the body.
    async fn upload(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<Vec<u8>>, TransportError> {
        let request = request.map(|body| {
            let chunks = stream::try_unfold(body.into_chunks(), async |mut chunks| {
                let chunk = chunks.next_chunk().await?;
                Ok(chunk.map(|chunk| (Frame::data(Bytes::from(chunk)), chunks)))
            });
            StreamBody::new(chunks).boxed_unsync()
        });
        within(AttemptTimeout::of(&request), self.whole(request)).await
    }

    /// The clock and the random numbers of the operating system.
    fn environment(&self) -> &dyn Environment {
        &System
    }

    /// Waits by tokio's clock.
    async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        tokio::time::sleep(duration).await;
        Ok(())
    }
}

/// The size of a body that is read as a stream has no limit. A time for the try is for the head only.
impl<S, B> StreamingTransport for Transport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Body = ResponseBody<B>;

    async fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<ResponseBody<B>>, TransportError> {
        let response = within(AttemptTimeout::of(&request), self.head(in_memory(request))).await?;
        Ok(response.map(|body| ResponseBody { body: Box::pin(body), kind: self.kind }))
    }
}

/// The body of a response, read while it comes.
pub struct ResponseBody<B> {
    body: Pin<Box<B>>,
    kind: fn(&BoxError) -> TransportErrorKind,
}

impl<B> Chunks for ResponseBody<B>
where
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Chunk = Bytes;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            let Some(frame) = self.body.frame().await else { return Ok(None) };
            let frame = frame.map_err(|error| {
                let error = error.into();
                TransportError::new((self.kind)(&error), error)
            })?;
            // Trailers say nothing that a vendor means.
            if let Ok(mut data) = frame.into_data() {
                let length = bytes::Buf::remaining(&data);
                return Ok(Some(bytes::Buf::copy_to_bytes(&mut data, length)));
            }
        }
    }
}

impl<B> fmt::Debug for ResponseBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}
