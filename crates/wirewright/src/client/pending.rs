//! A call that has not been sent yet.

use std::fmt;

use crate::{
    client::{
        blocking, call,
        call_config::CallConfig,
        caller::AsClient,
        outcome::Outcome,
        pagination::{
            paginator::Paginator,
            request::{Caller, PaginatedRequest},
        },
        scope::In,
    },
    exchange::{
        error::Error,
        offered::{Api, OfferedRequest},
        typed::Request,
    },
    transport::{asynchronous::Transport, environment::Environment},
};

/// The options of the vendor `C` is a client of.
type Options<C> = <<C as AsClient>::Api as Api>::Options;

/// What a caller `C` gets of a call of `R`.
pub type Output<C, R> = <C as AsClient>::Output<
    <<R as OfferedRequest>::Outcome as Outcome<C, R>>::Given,
    <R as Request>::Failure,
>;

/// What is behind a vendor's `Call`: a request, who makes it, and what it has of its own.
pub struct PendingCall<C: AsClient, R> {
    pub(crate) caller: C,
    /// The request.
    pub request: R,
    /// What this call has of its own.
    pub config: CallConfig<Options<C>>,
}

impl<C: AsClient, R> PendingCall<C, R> {
    /// A call of this request with these options.
    pub const fn new(caller: C, request: R, options: Options<C>) -> Self {
        Self { caller, request, config: CallConfig::new(options) }
    }
}

impl<C: AsClient, R: OfferedRequest> PendingCall<C, R> {
    /// Sends it, and tries again where that may help and does no harm.
    pub async fn send(self) -> Output<C, R>
    where
        C::Transport: Transport,
        R::Outcome: Outcome<C, R>,
    {
        let Self { caller, request, config } = self;
        let core = caller.call_core();
        let carried = core.carried();
        let context = config.of(&request, core.context(&config, &carried));
        let result = call::call(&core.transport, &request, &context).await;
        ended(caller, &request, result, |transport| Transport::environment(transport))
    }

    /// The same, blocking the caller.
    pub fn send_blocking(self) -> Output<C, R>
    where
        C::Transport: blocking::Transport,
        R::Outcome: Outcome<C, R>,
    {
        let Self { caller, request, config } = self;
        let core = caller.call_core();
        let carried = core.carried();
        let context = config.of(&request, core.context(&config, &carried));
        let result = blocking::call(&core.transport, &request, &context);
        ended(caller, &request, result, |transport| blocking::Transport::environment(transport))
    }
}

/// What a call gives that ended with `result`.
fn ended<C, R>(
    caller: C,
    request: &R,
    result: Result<<R as Request>::Answer, Error<<R as Request>::Failure>>,
    environment: impl FnOnce(&C::Transport) -> &dyn Environment,
) -> Output<C, R>
where
    C: AsClient,
    R: OfferedRequest<Outcome: Outcome<C, R>>,
{
    let given = result.and_then(|answer| {
        let core = caller.call_core();
        let now = if R::Outcome::CLOCK { core.now(environment(&core.transport)) } else { None };
        R::Outcome::give(&caller, request, answer, now)
    });
    caller.end_call(given)
}

impl<'a, C, R> PendingCall<&'a C, R>
where
    C: AsClient + Caller<Options = CallConfig<Options<C>>>,
    R: PaginatedRequest + In<C::Scope>,
{
    /// Makes one call after the other, as each reply says, and gives the items of all replies.
    pub fn paginate(self) -> Paginator<'a, C, R> {
        let first = self.request.first_page(self.caller.call_core().answer());
        Paginator::new(self.caller, self.config, first)
    }

    /// The same, blocking the caller.
    pub fn paginate_blocking(self) -> blocking::Paginator<'a, C, R> {
        let first = self.request.first_page(self.caller.call_core().answer());
        blocking::Paginator::new(self.caller, self.config, first)
    }
}

/// Shows nothing of the request: it may hold secrets.
impl<C: AsClient, R: Request> fmt::Debug for PendingCall<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &R::OPERATION.name).finish_non_exhaustive()
    }
}
