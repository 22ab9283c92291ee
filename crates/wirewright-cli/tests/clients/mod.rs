//! The clients of this repository behind one method, which goes their own way: blocking calls block, and async calls are awaited.
#![allow(dead_code, reason = "each test uses another part of it")]
#![allow(unreachable_pub, reason = "the tests are crates of their own")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use tokio::runtime::{Builder, Runtime};
use wirewright::{
    client,
    exchange::{CallContext, Error, Request},
};

/// A transport, with the runtime that it may need.
pub enum Client {
    Blocking(wirewright_ureq::Transport),
    Async(wirewright_reqwest::Transport, Runtime),
}

/// Each of them.
pub fn clients() -> [Client; 2] {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    [
        Client::Blocking(wirewright_ureq::Transport::new()),
        Client::Async(wirewright_reqwest::Transport::new().unwrap(), runtime),
    ]
}

impl Client {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blocking(_) => "blocking",
            Self::Async(..) => "async",
        }
    }

    /// Makes a call, tries and all.
    pub fn call<R: Request>(
        &self,
        request: &R,
        context: &CallContext<'_>,
    ) -> Result<R::Answer, Error<R::Failure>> {
        match self {
            Self::Blocking(transport) => client::blocking::call(transport, request, context),
            Self::Async(transport, runtime) => runtime.block_on(client::call(transport, request, context)),
        }
    }
}
