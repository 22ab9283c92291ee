//! Paginated calls, over a blocking transport.

use std::{fmt, iter::FusedIterator, time::Duration};

use crate::{
    client::pagination::{
        machine::{DescribedPagination, Step},
        reading::PagesReading,
        request::{Caller, PaginatedRequest},
        typed::Pagination,
    },
    exchange::{context::CallContext, error::Error, retry_policy::RetryPolicy},
    transport::blocking::Transport,
};

/// The next item of paginated calls whose operation is known by its description: the next call is made, and waited for where the vendor
/// says so, when the items of the last one have been handed out. `None`: there is nothing more. What becomes of errors is told at
/// [`Paginator`].
pub fn next_item_with<P: PagesReading>(
    transport: &impl Transport,
    pagination: &mut DescribedPagination<P>,
    context: &CallContext<'_>,
) -> Option<Result<P::Item, Error<P::Failure>>> {
    let context = context.within(transport.environment());
    loop {
        let failed = match pagination.step(&context) {
            Ok(Step::Item(item)) => return Some(Ok(item)),
            Ok(Step::Done) => return None,
            Ok(Step::Wait(time)) => match transport.wait(time) {
                Ok(()) => {
                    pagination.waited();
                    continue;
                }
                Err(error) => pagination.cannot_wait(error),
            },
            Ok(Step::Send(request)) => {
                let response = pagination.span().run(|| transport.send(*request));
                pagination.take(response, &context)
            }
            Err(error) => Err(error.into()),
        };
        if let Err(error) = failed {
            return Some(Err(error));
        }
    }
}

/// The items of paginated calls: an iterator that makes the next call, and waits before it where the vendor says so, when it
/// has handed out the items of the last one. Dropping it leaves the session open.
///
/// It borrows who calls, so that nothing is called after a session is closed.
///
/// ```
/// use wirewright::{client::{PaginatedRequest, blocking::{Paginator, Transport}}, exchange::Error, generated::Caller};
///
/// /// How many items there are, for any vendor: `count(session.fetch_events().paginate_blocking())`.
/// fn count<C: Caller<Transport: Transport>, R: PaginatedRequest>(items: Paginator<'_, C, R>) -> Result<u64, Error<R::Failure>> {
///     let mut count = 0;
///     for item in items {
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
}

impl<'a, C: Caller, R: PaginatedRequest> Paginator<'a, C, R> {
    /// What these calls bring.
    pub const fn new(caller: &'a C, options: C::Options, pagination: Pagination<R>) -> Self {
        Self { caller, options, pagination }
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

impl<C: Caller<Transport: Transport>, R: PaginatedRequest> Iterator for Paginator<'_, C, R> {
    type Item = Result<R::Item, Error<R::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        let Self { caller, options, pagination } = self;
        let transport = caller.transport();
        caller.with_context(options, |context| next_item_with(transport, &mut pagination.0, context))
    }
}

impl<C: Caller<Transport: Transport>, R: PaginatedRequest> FusedIterator for Paginator<'_, C, R> {}

impl<C: Caller, R: PaginatedRequest> fmt::Debug for Paginator<'_, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator").field("pagination", &self.pagination).finish_non_exhaustive()
    }
}
