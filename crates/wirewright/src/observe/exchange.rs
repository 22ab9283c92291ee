//! Exchanges as they are seen from outside: by an observer of the caller's, and by `tracing`.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use http::{HeaderMap, Method, StatusCode, Uri};

use crate::{
    describe::protocol::Operation,
    observe::redact,
    transport::{error::TransportError, request_id::RequestId},
};

/// Who is told of every exchange: of each request before it is sent, and of what came back of it. See
/// [`Config::with_observer`](crate::client::Config::with_observer). Clones count calls together.
#[derive(Clone)]
pub struct Observer(Arc<Observing>);

struct Observing {
    calls: AtomicUsize,
    tell: Box<dyn Fn(&Exchange<'_>) + Send + Sync>,
}

impl Observer {
    /// One that calls `tell`, on the thread that makes the call: what takes long there, the call waits for.
    pub fn new(tell: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Observing { calls: AtomicUsize::new(0), tell: Box::new(tell) }))
    }

    /// The number of the next call.
    pub(crate) fn number(&self) -> usize {
        self.0.calls.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// Tells it of one half.
    pub(crate) fn tell(&self, exchange: &Exchange<'_>) {
        (self.0.tell)(exchange);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

/// One half of an exchange: a request that is about to be sent, or what came back of it.
///
/// `Display` shows it without secrets, on several lines: of parameters, headers and bodies the names, and `…` for every value. (Values
/// of headers that speak of the body, as its type and length, are shown.) `Debug` is one line. [`expose`](Self::expose) has all of it,
/// as it is on the wire.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use wirewright::{client::Config, observe::Exchange};
///
/// let log = Arc::new(Mutex::new(String::new()));
/// let settings = Config::new().with_observer({
///     let log = Arc::clone(&log);
///     move |exchange: &Exchange<'_>| {
///         let line = format!("call {}, attempt {}\n{exchange}\n", exchange.call(), exchange.attempt());
///         log.lock().unwrap().push_str(&line);
///     }
/// });
/// # drop(settings);
/// ```
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) call: usize,
    pub(crate) attempt: u32,
    pub(crate) request_id: Option<&'a RequestId>,
    pub(crate) elapsed: Option<Duration>,
    pub(crate) half: Exposed<'a>,
}

/// What is on the wire, secrets and all.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Exposed<'a> {
    /// A request that is about to be sent.
    #[non_exhaustive]
    Request {
        /// Its method.
        method: &'a Method,
        /// Its URL.
        uri: &'a Uri,
        /// Its headers, without those that the HTTP library adds.
        headers: &'a HeaderMap,
        /// Its body. `None`: it may have files, which are read while it is sent.
        body: Option<&'a [u8]>,
    },
    /// A response.
    #[non_exhaustive]
    Response {
        /// Its status.
        status: StatusCode,
        /// Its headers.
        headers: &'a HeaderMap,
        /// Its body. `None`: it is read while it comes.
        body: Option<&'a [u8]>,
    },
    /// There is no response.
    Failed(&'a TransportError),
}

impl<'a> Exchange<'a> {
    /// The operation that is called.
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The number of the call, from 1. All tries of a call, and both halves of each, have the same.
    pub const fn call(&self) -> usize {
        self.call
    }

    /// Which try of the call it is, from 1.
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The ID of the request, where it has one: each try has its own, unless the caller gave it.
    pub const fn request_id(&self) -> Option<&'a RequestId> {
        self.request_id
    }

    /// The time since the request was written, for what came back of it, by the [clock](crate::client::Environment) of the call's environment.
    pub const fn elapsed(&self) -> Option<Duration> {
        self.elapsed
    }

    /// The status of a response.
    pub const fn status(&self) -> Option<StatusCode> {
        match self.half {
            Exposed::Response { status, .. } => Some(status),
            Exposed::Request { .. } | Exposed::Failed(_) => None,
        }
    }

    /// What is on the wire, secrets and all: not for a log.
    pub const fn expose(&self) -> Exposed<'a> {
        self.half
    }
}

impl fmt::Display for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.half {
            Exposed::Request { method, uri, headers, body } => {
                redact::request(f, self.operation, method, uri, headers, body)
            }
            Exposed::Response { status, headers, body } => {
                redact::response(f, self.operation, status, headers, body)
            }
            Exposed::Failed(error) => {
                write!(f, "< {error}")?;
                std::error::Error::source(error).map_or(Ok(()), |source| write!(f, ": {source}"))
            }
        }
    }
}

impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("operation", &self.operation.name)
            .field("call", &self.call)
            .field("attempt", &self.attempt)
            .field("request_id", &self.request_id)
            .field("elapsed", &self.elapsed)
            .field("half", &self.half)
            .finish()
    }
}

/// Says which half it is, and nothing of it but a status or an error.
impl fmt::Debug for Exposed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { method, .. } => {
                f.debug_struct("Request").field("method", method).finish_non_exhaustive()
            }
            Self::Response { status, .. } => {
                f.debug_struct("Response").field("status", status).finish_non_exhaustive()
            }
            Self::Failed(error) => f.debug_tuple("Failed").field(error).finish(),
        }
    }
}
