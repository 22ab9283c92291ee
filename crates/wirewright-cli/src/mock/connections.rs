//! The connections of a mock: so many at a time, and nobody keeps the others out.

use std::{
    collections::HashMap,
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    task::AbortHandle,
    time::{Instant, Sleep, sleep},
};

/// How many connections are open at a time. One more takes the place of the one that has been idle for longest, or else of the one whose
/// request has taken longest.
const CONNECTIONS: usize = 128;

/// The connections that are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    open: Mutex<HashMap<u64, Connection>>,
    next: AtomicU64,
}

#[derive(Debug)]
struct Connection {
    /// Whether a request of it is being answered.
    busy: bool,
    /// Since when.
    since: Instant,
    /// `None`: it is about to begin.
    task: Option<AbortHandle>,
}

/// The place of a connection, which is free when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    connections: Connections,
    number: u64,
}

impl Connections {
    /// A place for one more connection.
    pub(super) fn place(&self) -> Place {
        let mut open = self.open();
        if open.len() >= CONNECTIONS {
            let longest = open.iter().map(|(number, one)| (one.busy, one.since, *number)).min();
            let connection = longest.and_then(|(.., number)| open.remove(&number));
            connection.iter().flat_map(|one| &one.task).for_each(AbortHandle::abort);
        }
        let number = self.0.next.fetch_add(1, Ordering::Relaxed);
        open.insert(number, Connection { busy: false, since: Instant::now(), task: None });
        Place { connections: self.clone(), number }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Connection>> {
        // Every change is a single insertion, removal or field.
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Its number, for who says what becomes of it.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }
}

impl Connections {
    /// Which task serves a connection.
    pub(super) fn served_by(&self, number: u64, task: AbortHandle) {
        if let Some(connection) = self.open().get_mut(&number) {
            connection.task = Some(task);
        }
    }

    /// A request of a connection is being answered, or was.
    pub(super) fn set_busy(&self, number: u64, busy: bool) {
        if let Some(connection) = self.open().get_mut(&number) {
            (connection.busy, connection.since) = (busy, Instant::now());
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().remove(&self.number);
    }
}

/// A stream that ends when nobody reads what is written to it.
pub(super) struct Patient<S> {
    stream: S,
    /// How long a client may read nothing of what is sent to it.
    patience: Duration,
    /// `None`: nothing is waiting to be written.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    pub(super) const fn new(stream: S, patience: Duration) -> Self {
        Self { stream, patience, deadline: None }
    }

    /// What came of an attempt to write: nothing for too long is an error.
    fn wait<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.deadline = None;
            return written;
        }
        let patience = self.patience;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wait(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.wait(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.wait(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.wait(context, shut)
    }
}
