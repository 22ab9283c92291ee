//! How transports let time pass.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::at_once::ready;
use wirewright::client::{self, TransportError, TransportErrorKind, blocking};

/// Sends nothing, and cannot wait.
struct Bare;

impl blocking::Transport for Bare {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        Err(TransportError::new(TransportErrorKind::Connect, "there is nobody"))
    }
}

impl client::Transport for Bare {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(self, request)
    }
}

/// Takes note of how long it is to wait.
#[derive(Default)]
struct Timed(Mutex<Vec<Duration>>);

impl blocking::Transport for Timed {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(&Bare, request)
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        self.0.lock().expect("no holder panics").push(duration);
        Ok(())
    }
}

impl client::Transport for Timed {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(self, request)
    }

    async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        blocking::Transport::wait(self, duration)
    }
}

fn wait_twice(transport: impl client::Transport + blocking::Transport) -> [Result<(), TransportError>; 2] {
    [
        blocking::Transport::wait(&transport, Duration::from_millis(1500)),
        ready(client::Transport::wait(&transport, Duration::from_millis(250))),
    ]
}

#[test]
fn a_transport_without_a_timer_says_so() {
    for outcome in wait_twice(Bare).into_iter().chain(wait_twice(&Bare)).chain(wait_twice(Arc::new(Bare))) {
        let error = outcome.expect_err("it has no timer");
        assert_eq!(error.kind(), TransportErrorKind::CannotWait);
        assert_eq!(
            error.to_string(),
            "the call was not sent, as the transport cannot wait: implement `Transport::wait`"
        );
    }
    let error = blocking::Transport::wait(&Bare, Duration::from_millis(1500)).expect_err("it has no timer");
    assert_eq!(error.expose().to_string(), "1.5s had to pass before the call");
}

#[test]
fn references_wait_as_what_they_refer_to() {
    let timed = Arc::new(Timed::default());
    for outcome in wait_twice(&*timed).into_iter().chain(wait_twice(Arc::clone(&timed))) {
        outcome.expect("it waits");
    }
    let (long, short) = (Duration::from_millis(1500), Duration::from_millis(250));
    assert_eq!(*timed.0.lock().expect("no holder panics"), [long, short, long, short]);
}
