//! A transport that answers as a script says, by a clock of its own.

#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test may stop anywhere, and its modules are its own"
)]

use std::{
    collections::VecDeque,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use wirewright::{
    Secret,
    client::{Environment, TransportError, blocking},
};

use crate::support::{Light, response};

/// Answers as it was told to; each answer takes a quarter of a second by its clock.
pub struct Scripted {
    back: Mutex<VecDeque<Result<http::Response<Vec<u8>>, TransportError>>>,
    clock: AtomicU64,
}

impl Scripted {
    pub fn new(back: impl IntoIterator<Item = Result<http::Response<Vec<u8>>, TransportError>>) -> Self {
        Self { back: Mutex::new(back.into_iter().collect()), clock: AtomicU64::new(0) }
    }
}

impl Environment for Scripted {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_millis(self.clock.load(SeqCst)))
    }
}

impl blocking::Transport for Scripted {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        self.clock.fetch_add(250, SeqCst);
        self.back.lock().unwrap().pop_front().unwrap()
    }

    fn environment(&self) -> &dyn Environment {
        self
    }

    fn wait(&self, _: Duration) -> Result<(), TransportError> {
        Ok(())
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is among failures")]
pub fn json(body: &str) -> Result<http::Response<Vec<u8>>, TransportError> {
    Ok(response(200, "application/json", body))
}

pub const SHOWN: &str = r#"{"reply":{"code":0,"data":{"lamp":1,"state":"hunter2"}}}"#;
pub const OPENED: &str = r#"{"reply":{"code":0,"data":{"token":"hunter2","key":"hunter2"}}}"#;
pub const BUSY: &str = r#"{"reply":{"code":7}}"#;

pub fn light() -> Light {
    Light { user: "ada hunter2".into(), password: Secret::from("hunter2"), site: None }
}
