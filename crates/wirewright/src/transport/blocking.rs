//! Transports that block.

use std::{sync::Arc, time::Duration};

use crate::transport::{
    body::{RequestBody, in_memory},
    environment::{Environment, NoEnvironment},
    error::TransportError,
};

/// Sends requests and brings back responses, blocking the caller meanwhile.
///
/// An implementation follows no redirects and treats no HTTP status as an error: what a status means is the vendor's matter.
pub trait Transport {
    /// Sends one request and waits for the whole response.
    ///
    /// # Errors
    ///
    /// When no response comes back.
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError>;

    /// Sends one request whose body need not be in memory, and waits for the whole response. Operations with files call
    /// this, and those whose rows are written while they are sent, and no others. A transport that does not say otherwise reads the body into memory, and [sends](Self::send) it.
    ///
    /// # Errors
    ///
    /// When no response comes back, or a file cannot be read.
    fn upload(&self, request: http::Request<RequestBody>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let (parts, body) = request.into_parts();
        self.send(in_memory(parts, body.into_bytes()?))
    }

    /// The time and the randomness of its environment, for the operations that need them. Those that do are not sent by a
    /// transport that has none.
    fn environment(&self) -> &dyn Environment {
        &NoEnvironment
    }

    /// Lets this much time pass: before the next of several calls, or before a call is tried again.
    ///
    /// ```
    /// use std::{thread, time::Duration};
    /// use wirewright::client::{TransportError, blocking::Transport};
    ///
    /// /// Another transport, which may block its thread.
    /// struct Sleeping<T>(T);
    ///
    /// impl<T: Transport> Transport for Sleeping<T> {
    ///     fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
    ///         self.0.send(request)
    ///     }
    ///
    ///     fn wait(&self, duration: Duration) -> Result<(), TransportError> {
    ///         thread::sleep(duration);
    ///         Ok(())
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// At once and with the kind [`CannotWait`](crate::client::TransportErrorKind::CannotWait), unless the transport says how it
    /// waits.
    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        Err(TransportError::cannot_wait(duration))
    }
}

impl<T: Transport> Transport for &T {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).send(request)
    }

    fn upload(&self, request: http::Request<RequestBody>) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).upload(request)
    }

    fn environment(&self) -> &dyn Environment {
        (**self).environment()
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        (**self).wait(duration)
    }
}

impl<T: Transport> Transport for Arc<T> {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).send(request)
    }

    fn upload(&self, request: http::Request<RequestBody>) -> Result<http::Response<Vec<u8>>, TransportError> {
        (**self).upload(request)
    }

    fn environment(&self) -> &dyn Environment {
        (**self).environment()
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        (**self).wait(duration)
    }
}

/// Sends requests and brings back responses while their bodies are still on the way, blocking the caller meanwhile.
pub trait StreamingTransport: Transport {
    /// What brings the body of a response.
    type Body: Chunks;

    /// Sends one request and waits for the head of the response.
    ///
    /// # Errors
    ///
    /// When no response comes back.
    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Self::Body>, TransportError>;
}

impl<T: StreamingTransport> StreamingTransport for &T {
    type Body = T::Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Self::Body>, TransportError> {
        (**self).send_streaming(request)
    }
}

impl<T: StreamingTransport> StreamingTransport for Arc<T> {
    type Body = T::Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Self::Body>, TransportError> {
        (**self).send_streaming(request)
    }
}

/// The body of a response, which comes in chunks of any size.
pub trait Chunks {
    /// Waits for the next part. `None`: the body has ended.
    ///
    /// # Errors
    ///
    /// When the body breaks off.
    fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError>;
}
