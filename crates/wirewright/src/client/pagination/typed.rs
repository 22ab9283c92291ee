//! The state machine behind paginated calls of requests whose types are known.

use std::{fmt, time::Duration};

use crate::{
    Secret,
    client::pagination::{
        machine::{DescribedPagination, Step},
        reading::Typed,
        request::PaginatedRequest,
    },
    exchange::{context::CallContext, error::Error, request_error::RequestError, retry_policy::RetryPolicy},
    observe::span::Span,
    transport::error::TransportError,
};

/// Paginated calls, without I/O: [`Paginator`](crate::client::Paginator) and [`blocking::Paginator`](crate::client::blocking::Paginator) drive one over
/// a transport, and here is how one is driven by hand.
///
/// ```
/// use wirewright::{client::{PaginatedRequest, Pagination, Step, TransportError, blocking::Transport}, exchange::{CallContext, Error}};
///
/// /// Everything that a vendor has, in one list.
/// fn all<R: PaginatedRequest>(
///     request: R,
///     transport: &impl Transport,
///     context: &CallContext<'_>,
/// ) -> Result<Vec<R::Item>, Error<R::Failure>> {
///     let (mut pagination, mut items) = (Pagination::new(request), Vec::new());
///     loop {
///         match pagination.step(context)? {
///             Step::Item(item) => items.push(item),
///             Step::Wait(time) => match transport.wait(time) {
///                 Ok(()) => pagination.waited(),
///                 Err(error) => pagination.cannot_wait(error)?,
///             },
///             Step::Send(request) => pagination.take(transport.send(*request), context)?,
///             Step::Done => return Ok(items),
///         }
///     }
/// }
/// ```
///
/// # What becomes of errors
///
/// An error of the class [`Retry`](crate::describe::Class::Retry) is kept back, and the same call is made again after a while, as the
/// [`RetryPolicy`] says. When their tries are exhausted the error is handed out; whoever goes on nevertheless gets the same call once more, after
/// another wait. Any other error is handed out at once, and nothing comes behind it: the next step is [`Step::Done`]. Items that
/// came before an error are handed out before it.
pub struct Pagination<R: PaginatedRequest>(pub(super) DescribedPagination<Typed<R>>);

impl<R: PaginatedRequest> Pagination<R> {
    /// The calls that begin with this request.
    pub const fn new(request: R) -> Self {
        Self(DescribedPagination::new(Typed::new(), request))
    }

    /// The same calls, the next of which goes to a URL that the vendor told, if there is one, after a wait, if there is one. What
    /// the URL has among its parameters takes precedence over the request's own.
    #[must_use]
    pub fn at(self, url: impl Into<Option<Secret<String>>>, wait: Option<Duration>) -> Self {
        Self(self.0.at(url, wait))
    }

    /// The same calls with another patience than the settings have.
    #[must_use]
    pub fn with_retries(self, retries: RetryPolicy) -> Self {
        Self(self.0.with_retries(retries))
    }

    /// The same calls with another time for each than the settings have, the time included that the vendor holds it.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout))
    }

    /// The same calls, of which the vendor has told that it holds each for this long, whatever it is as a rule: an answer may take as
    /// much longer. `None` changes nothing.
    #[must_use]
    pub fn held_for(self, held: Option<Duration>) -> Self {
        Self(self.0.held_for(held))
    }

    /// The same calls that wait no longer than this, whatever a reply says. It is a day unless it is said here.
    #[must_use]
    pub fn with_longest_wait(self, longest: Duration) -> Self {
        Self(self.0.with_longest_wait(longest))
    }

    /// How many items are left, where the vendor tells how many there are in all: those that have come and were not handed out, and those
    /// behind them. `None` before the first reply, and where the vendor does not tell.
    pub fn remaining(&self) -> Option<u64> {
        let (waiting, behind) = self.0.remaining();
        behind?.checked_add(waiting.try_into().ok()?)
    }

    /// The parameters of the next call.
    pub const fn request(&self) -> &R {
        self.0.request()
    }

    /// Where the next call goes, if a reply told. Together with [`request`](Self::request) it is all that one needs to go on
    /// another time, by [`at`](Self::at).
    pub const fn url(&self) -> Option<&Secret<String>> {
        self.0.url()
    }

    /// What comes next. It stays the same until something is done about it, but for items, which are handed out once. An
    /// [observer](crate::observe::Observer) is told of a request each time that it is handed out.
    ///
    /// # Errors
    ///
    /// When the next call cannot be made, [because its URL leads elsewhere](RequestError::Elsewhere) for instance. Nothing comes
    /// behind it.
    pub fn step(&mut self, context: &CallContext<'_>) -> Result<Step<R::Item>, RequestError> {
        self.0.step(context)
    }

    /// The time has passed.
    pub fn waited(&mut self) {
        self.0.waited();
    }

    /// The time cannot pass, as the transport has no way to wait. The next step comes without it.
    ///
    /// # Errors
    ///
    /// The one that made the wait necessary, unless it was handed out. Before a first try it is that of the transport; what comes
    /// behind it depends on its class.
    pub fn cannot_wait(&mut self, error: TransportError) -> Result<(), Error<R::Failure>> {
        self.0.cannot_wait(error)
    }

    /// Takes what came back of the request of [`step`](Self::step). The context is the same, with randomness for the time to wait
    /// after an error.
    ///
    /// # Errors
    ///
    /// When the call failed, and it is no use to try it again by itself.
    pub fn take(
        &mut self,
        response: Result<http::Response<Vec<u8>>, TransportError>,
        context: &CallContext<'_>,
    ) -> Result<(), Error<R::Failure>> {
        self.0.take(response, context)
    }

    /// What the request of the last step is sent within.
    pub(crate) fn span(&self) -> Span {
        self.0.span()
    }
}

/// Shows neither the request nor the URL nor the items: they may be secrets.
impl<R: PaginatedRequest> fmt::Debug for Pagination<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.state(f.debug_struct("Pagination"))
    }
}
