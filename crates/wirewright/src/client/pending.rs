//! A call that has not been sent yet.

use std::fmt;

use crate::{
    client::{
        blocking, call,
        call_config::CallConfig,
        caller::ClientCaller,
        outcome::Outcome,
        pagination::{
            paginator::Paginator,
            request::{Caller, PaginatedRequest},
        },
        rows::{
            reading::RowsRequest,
            reply::{RowsReply, call_rows},
        },
        scope::In,
        upload_rows::write::{RowsUpload, upload_rows},
    },
    exchange::{
        error::Error,
        offered::{Api, OfferedRequest},
        typed::Request,
    },
    transport::{
        asynchronous::{StreamingTransport, Transport},
        environment::Environment,
    },
    wire::Message,
};

/// The options of the vendor `C` is a client of.
type Options<C> = <<C as ClientCaller>::Api as Api>::Options;

/// What a caller `C` gets of a call of `R`.
pub type Output<C, R> = <C as ClientCaller>::Output<
    <<R as OfferedRequest>::Outcome as Outcome<C, R>>::Given,
    <R as Request>::Failure,
>;

/// What is behind a vendor's `Call`: a request, who makes it, and what it has of its own.
pub struct PendingCall<C: ClientCaller, R> {
    caller: C,
    /// The request.
    pub request: R,
    /// What this call has of its own.
    pub config: CallConfig<Options<C>>,
}

impl<C: ClientCaller, R> PendingCall<C, R> {
    /// A call of this request with these options.
    pub const fn new(caller: C, request: R, options: Options<C>) -> Self {
        Self { caller, request, config: CallConfig::new(options) }
    }
}

impl<C: ClientCaller, R: OfferedRequest> PendingCall<C, R> {
    /// Sends it, and tries again where that may help and does no harm.
    pub async fn send(self) -> Output<C, R>
    where
        C::Transport: Transport,
        R::Outcome: Outcome<C, R>,
    {
        let Self { caller, request, config } = self;
        let core = caller.core();
        let carried = core.carried();
        let context = core.context(&config, &carried);
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
        let core = caller.core();
        let carried = core.carried();
        let result = blocking::call(&core.transport, &request, &core.context(&config, &carried));
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
    C: ClientCaller,
    R: OfferedRequest<Outcome: Outcome<C, R>>,
{
    let given = result.and_then(|answer| {
        let core = caller.core();
        let now = if R::Outcome::CLOCK { core.now(environment(&core.transport)) } else { None };
        R::Outcome::give(&caller, request, answer, now)
    });
    caller.end(given)
}

impl<C: ClientCaller, R: RowsRequest> PendingCall<C, R> {
    /// Sends it, and reads the reply row by row.
    ///
    /// # Errors
    ///
    /// See [`Error`]. The vendor's refusal is found before the first row, unless it is behind the rows.
    pub async fn send_for_rows(
        self,
    ) -> Result<RowsReply<R, <C::Transport as StreamingTransport>::Body>, Error<R::Failure>>
    where
        C::Transport: StreamingTransport,
    {
        let core = self.caller.core();
        let carried = core.carried();
        let context = core.context(&self.config, &carried);
        call_rows(&core.transport, &self.request, &context).await
    }

    /// The same, blocking the caller.
    ///
    /// # Errors
    ///
    /// See [`send_for_rows`](Self::send_for_rows).
    #[expect(clippy::type_complexity, reason = "the reply is named by its request and the transport's body")]
    pub fn send_for_rows_blocking(
        self,
    ) -> Result<blocking::RowsReply<R, <C::Transport as blocking::StreamingTransport>::Body>, Error<R::Failure>>
    where
        C::Transport: blocking::StreamingTransport,
    {
        let core = self.caller.core();
        let carried = core.carried();
        blocking::call_rows(&core.transport, &self.request, &core.context(&self.config, &carried))
    }
}

impl<C: ClientCaller, R: RowsUpload> PendingCall<C, R> {
    /// Sends it with these rows behind its own. They are written while they are sent, and once: the call is not tried again.
    ///
    /// # Errors
    ///
    /// See [`Error`]. A row that cannot be written breaks the request off.
    pub async fn send_rows<I>(self, rows: I) -> Result<R::Answer, Error<R::Failure>>
    where
        C::Transport: Transport,
        I: IntoIterator<Item: Message, IntoIter: Send + 'static>,
    {
        let core = self.caller.core();
        let carried = core.carried();
        let context = core.context(&self.config, &carried);
        upload_rows(&core.transport, &self.request, rows, &context).await
    }

    /// The same, blocking the caller.
    ///
    /// # Errors
    ///
    /// See [`send_rows`](Self::send_rows).
    pub fn send_rows_blocking<I>(self, rows: I) -> Result<R::Answer, Error<R::Failure>>
    where
        C::Transport: blocking::Transport,
        I: IntoIterator<Item: Message, IntoIter: Send + 'static>,
    {
        let core = self.caller.core();
        let carried = core.carried();
        blocking::upload_rows(&core.transport, &self.request, rows, &core.context(&self.config, &carried))
    }
}

impl<'a, C, R> PendingCall<&'a C, R>
where
    C: ClientCaller + Caller<Options = CallConfig<Options<C>>>,
    R: PaginatedRequest + In<C::Scope>,
{
    /// Makes one call after the other, as each reply says, and gives the items of all replies.
    pub fn paginate(self) -> Paginator<'a, C, R> {
        let first = self.request.first_page(self.caller.core().answer());
        Paginator::new(self.caller, self.config, first)
    }

    /// The same, blocking the caller.
    pub fn paginate_blocking(self) -> blocking::Paginator<'a, C, R> {
        let first = self.request.first_page(self.caller.core().answer());
        blocking::Paginator::new(self.caller, self.config, first)
    }
}

/// Shows nothing of the request: it may hold secrets.
impl<C: ClientCaller, R: Request> fmt::Debug for PendingCall<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &R::OPERATION.name).finish_non_exhaustive()
    }
}
