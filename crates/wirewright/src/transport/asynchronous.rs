//! Transports that do not block.

use std::{sync::Arc, time::Duration};

use crate::{
    chunks::Chunks,
    transport::{
        body::{RequestBody, in_memory},
        environment::{Environment, NoEnvironment},
        error::TransportError,
    },
};

/// Sends requests and brings back responses, without blocking.
///
/// An implementation follows no redirects and treats no HTTP status as an error: what a status means is the vendor's matter.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for the whole response.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send;

    /// Sends one request whose body need not be in memory, and waits for the whole response. Operations with files call this, and
    /// those whose rows are written while they are sent, and no others. A transport that does not say otherwise reads the body into memory, and [sends](Self::send) it.
    fn upload(
        &self,
        request: http::Request<RequestBody>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        async move {
            let (parts, body) = request.into_parts();
            self.send(in_memory(parts, body.collect().await?)).await
        }
    }

    /// The time and the randomness of its environment, for the operations that need them. Those that do are not sent by a
    /// transport that has none.
    fn environment(&self) -> &dyn Environment {
        &NoEnvironment
    }

    /// Lets this much time pass: before the next of several calls, or before a call is tried again. An implementation uses the
    /// timer of its runtime, as `tokio::time::sleep(duration).await`. Without one the answer is, at once, an error of the kind
    /// [`CannotWait`](crate::client::TransportErrorKind::CannotWait).
    fn wait(&self, duration: Duration) -> impl Future<Output = Result<(), TransportError>> + Send {
        std::future::ready(Err(TransportError::cannot_wait(duration)))
    }
}

impl<T: Transport> Transport for &T {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request)
    }

    fn upload(
        &self,
        request: http::Request<RequestBody>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).upload(request)
    }

    fn environment(&self) -> &dyn Environment {
        (**self).environment()
    }

    fn wait(&self, duration: Duration) -> impl Future<Output = Result<(), TransportError>> + Send {
        (**self).wait(duration)
    }
}

impl<T: Transport> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).send(request)
    }

    fn upload(
        &self,
        request: http::Request<RequestBody>,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, TransportError>> + Send {
        (**self).upload(request)
    }

    fn environment(&self) -> &dyn Environment {
        (**self).environment()
    }

    fn wait(&self, duration: Duration) -> impl Future<Output = Result<(), TransportError>> + Send {
        (**self).wait(duration)
    }
}

/// Sends requests and brings back responses while their bodies are still on the way, without blocking.
pub trait StreamingTransport: Transport {
    /// What brings the body of a response.
    type Body: Chunks<Error = TransportError>;

    /// Sends one request and waits for the head of the response.
    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send;
}

impl<T: StreamingTransport> StreamingTransport for &T {
    type Body = T::Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send {
        (**self).send_streaming(request)
    }
}

impl<T: StreamingTransport> StreamingTransport for Arc<T> {
    type Body = T::Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send {
        (**self).send_streaming(request)
    }
}
