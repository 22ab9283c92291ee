//! Async calls over a transport that never waits, in a test without a runtime.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test uses another part of it")]

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use wirewright::client::{self, Environment, TransportError, blocking};

/// A blocking transport whose answers are there at once, for async calls.
pub struct AtOnce<'t, T>(pub &'t T);

impl<T: blocking::Transport + Sync> client::Transport for AtOnce<'_, T> {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.0.send(request)
    }

    fn environment(&self) -> &dyn Environment {
        self.0.environment()
    }

    async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        self.0.wait(duration)
    }
}

/// What a future comes to that never waits.
pub fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}
