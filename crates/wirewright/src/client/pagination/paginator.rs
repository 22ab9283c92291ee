//! Paginated calls, over an async transport.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use crate::{
    client::pagination::{
        machine::Step,
        request::{Caller, PaginatedRequest},
        typed::Pagination,
    },
    exchange::{error::Error, retry_policy::RetryPolicy, typed::Request},
    transport::{asynchronous::Transport, error::TransportError},
};

/// The items of paginated calls: the next call is made, after a wait where the vendor says so, when the items of the last one
/// have been handed out. With the feature `stream` it is a `futures_core::Stream`. Dropping it leaves the session open.
///
/// It borrows who calls, so that nothing is called after a session is closed.
///
/// ```
/// use wirewright::{client::{PaginatedRequest, Paginator, Transport}, exchange::Error, generated::Caller};
///
/// /// How many items there are, for any vendor: `count(session.events()).await`.
/// async fn count<C: Caller<Transport: Transport>, R: PaginatedRequest>(
///     mut items: Paginator<'_, C, R>,
/// ) -> Result<u64, Error<R::Failure>> {
///     let mut count = 0;
///     while let Some(item) = items.next().await {
///         item?;
///         count += 1;
///     }
///     Ok(count)
/// }
/// ```
///
/// # What becomes of errors
///
/// An error of the class [`Retry`](crate::describe::Class::Retry) comes out when the tries of the [`RetryPolicy`] are exhausted; whoever
/// asks for the next item nevertheless gets the same call once more, after another wait. (A transport that cannot wait hands it out
/// at once, and the next call is made at once.) Behind any other error there is `None`, for good.
#[must_use = "nothing is called until an item is asked for"]
pub struct Paginator<'a, C: Caller, R: PaginatedRequest> {
    caller: &'a C,
    options: C::Options,
    pagination: Pagination<R>,
    flight: Option<Flight<'a>>,
}

/// An item, an error, or the end.
type Next<R> = Option<Result<<R as PaginatedRequest>::Item, Error<<R as Request>::Failure>>>;

/// What is waited for, which stays where it is when nobody asks for an item any longer.
type Flight<'a> = Pin<Box<dyn Future<Output = Landed> + Send + 'a>>;

/// What was waited for.
enum Landed {
    Waited(Result<(), TransportError>),
    Sent(Result<http::Response<Vec<u8>>, TransportError>),
}

impl<'a, C: Caller, R: PaginatedRequest> Paginator<'a, C, R> {
    /// What these calls bring.
    pub const fn new(caller: &'a C, options: C::Options, pagination: Pagination<R>) -> Self {
        Self { caller, options, pagination, flight: None }
    }

    /// The same items with another patience than the settings have.
    pub fn with_retries(self, retries: RetryPolicy) -> Self {
        Self { pagination: self.pagination.with_retries(retries), ..self }
    }

    /// The same items with another time for each call than the settings have, the time included that the vendor holds it.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { pagination: self.pagination.with_timeout(timeout), ..self }
    }

    /// How many items are left, where the vendor tells how many there are in all: those that have come and were not handed out, and those
    /// behind them. `None` before the first reply, and where the vendor does not tell.
    pub fn remaining(&self) -> Option<u64> {
        self.pagination.remaining()
    }

    /// Where the calls are: what it takes to go on another time.
    pub const fn pagination(&self) -> &Pagination<R> {
        &self.pagination
    }
}

impl<C: Caller<Transport: Transport>, R: PaginatedRequest> Paginator<'_, C, R> {
    /// The next item. `None`: there is nothing more. Nothing is lost when the future is dropped: a call that is under way goes on
    /// when an item is asked for again.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error<R::Failure>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next item, if it is there.
    pub fn poll_item(&mut self, waker: &mut Context<'_>) -> Poll<Next<R>> {
        let Self { caller, options, pagination, flight } = self;
        let transport = caller.transport();
        loop {
            if let Some(under_way) = flight {
                let landed = ready!(under_way.as_mut().poll(waker));
                *flight = None;
                let failed = match landed {
                    Landed::Waited(Ok(())) => {
                        pagination.waited();
                        Ok(())
                    }
                    Landed::Waited(Err(error)) => pagination.cannot_wait(error),
                    Landed::Sent(response) => caller.with_context(options, |context| {
                        pagination.take(response, &context.within(transport.environment()))
                    }),
                };
                if let Err(error) = failed {
                    return Poll::Ready(Some(Err(error)));
                }
            }
            let step = caller
                .with_context(options, |context| pagination.step(&context.within(transport.environment())));
            *flight = Some(match step {
                Ok(Step::Item(item)) => return Poll::Ready(Some(Ok(item))),
                Ok(Step::Done) => return Poll::Ready(None),
                Ok(Step::Wait(time)) => Box::pin(async move { Landed::Waited(transport.wait(time).await) }),
                Ok(Step::Send(request)) => {
                    let span = pagination.span();
                    Box::pin(async move { Landed::Sent(span.within(transport.send(*request)).await) })
                }
                Err(error) => return Poll::Ready(Some(Err(error.into()))),
            });
        }
    }
}

/// Nothing of it is pinned in its place.
impl<C: Caller, R: PaginatedRequest> Unpin for Paginator<'_, C, R> {}

#[cfg(feature = "stream")]
impl<C: Caller<Transport: Transport>, R: PaginatedRequest> futures_core::Stream for Paginator<'_, C, R> {
    type Item = Result<R::Item, Error<R::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(waker)
    }
}

impl<C: Caller, R: PaginatedRequest> fmt::Debug for Paginator<'_, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("pagination", &self.pagination)
            .field("under_way", &self.flight.is_some())
            .finish_non_exhaustive()
    }
}
