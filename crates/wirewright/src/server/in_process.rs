//! A server is a transport: what a test needs of a vendor is in its own process, without a socket, and with the whole codec in between.

use std::{fmt, mem};
use std::{string::String, vec::Vec};

use crate::{
    chunks::Chunks,
    server::serve::{Dispatch, Server},
    transport::{
        asynchronous::{StreamingTransport, Transport},
        environment::Environment,
        error::TransportError,
    },
};

/// The environment of a server in the same process: the operating system's where there is one.
#[cfg(feature = "system")]
static ENVIRONMENT: crate::transport::environment::System = crate::transport::environment::System;
#[cfg(not(feature = "system"))]
static ENVIRONMENT: crate::transport::environment::NoEnvironment =
    crate::transport::environment::NoEnvironment;

/// The scheme and host that a request goes to, which is where a client believes the server to be.
fn origin(uri: &http::Uri) -> Option<String> {
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    Some(std::format!("{scheme}://{authority}"))
}

/// Answers in the same process, whatever the host of a request. Waiting takes no time.
///
/// ```text
/// let client = Client::new(Server::new(Accounts::default(), "https://api.example.com"));
/// ```
impl<D: Dispatch<S>, S: Send + Sync> Transport for Server<D, S> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let origin = origin(request.uri());
        Ok(self.answer(origin.as_deref(), request).await)
    }

    fn environment(&self) -> &dyn Environment {
        &ENVIRONMENT
    }

    async fn wait(&self, _: std::time::Duration) -> Result<(), TransportError> {
        Ok(())
    }
}

/// A body that is there as a whole. It shows nothing of what it holds.
pub struct WholeBody {
    body: Vec<u8>,
    taken: bool,
}

impl WholeBody {
    const fn new(body: Vec<u8>) -> Self {
        Self { body, taken: false }
    }
}

impl fmt::Debug for WholeBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WholeBody").field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl Chunks for WholeBody {
    type Chunk = Vec<u8>;
    type Error = TransportError;

    async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        Ok((!mem::replace(&mut self.taken, true)).then(|| mem::take(&mut self.body)))
    }
}

impl<D: Dispatch<S>, S: Send + Sync> StreamingTransport for Server<D, S> {
    type Body = WholeBody;

    async fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<WholeBody>, TransportError> {
        Ok(self.send(request).await?.map(WholeBody::new))
    }
}

/// The same, blocking the caller.
mod blocking {
    use std::{
        mem,
        pin::pin,
        sync::Arc,
        task::{Context, Poll, Wake},
        thread,
        time::Duration,
    };

    use super::{Dispatch, ENVIRONMENT, Environment, Server, TransportError, WholeBody, origin};
    use crate::transport::blocking::{Chunks, StreamingTransport, Transport};

    impl<D: Dispatch<S>, S: Send + Sync> Transport for Server<D, S> {
        fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
            let origin = origin(request.uri());
            Ok(block_on(self.answer(origin.as_deref(), request)))
        }

        fn environment(&self) -> &dyn Environment {
            &ENVIRONMENT
        }

        fn wait(&self, _: Duration) -> Result<(), TransportError> {
            Ok(())
        }
    }

    impl Chunks for WholeBody {
        fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError> {
            Ok((!mem::replace(&mut self.taken, true)).then_some(&self.body))
        }
    }

    impl<D: Dispatch<S>, S: Send + Sync> StreamingTransport for Server<D, S> {
        type Body = WholeBody;

        fn send_streaming(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<WholeBody>, TransportError> {
            Ok(self.send(request)?.map(WholeBody::new))
        }
    }

    /// Waits for a future on this thread.
    #[expect(
        clippy::disallowed_methods,
        reason = "a call that blocks waits on its caller's own thread; none is started"
    )]
    fn block_on<F: Future>(future: F) -> F::Output {
        struct Unpark(thread::Thread);

        impl Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }

        let waker = Arc::new(Unpark(thread::current())).into();
        let mut future = pin!(future);
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }
}
