//! A call that has not been sent yet, and has rows.

use crate::{
    client::{
        blocking,
        caller::AsClient,
        pending::PendingCall,
        rows::{
            reading::RowsRequest,
            reply::{RowsReply, call_rows},
        },
        upload_rows::write::{RowsUpload, upload_rows},
    },
    exchange::error::Error,
    transport::asynchronous::{StreamingTransport, Transport},
    wire::Message,
};

impl<C: AsClient, R: RowsRequest> PendingCall<C, R> {
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
        let core = self.caller.call_core();
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
        let core = self.caller.call_core();
        let carried = core.carried();
        blocking::call_rows(&core.transport, &self.request, &core.context(&self.config, &carried))
    }
}

impl<C: AsClient, R: RowsUpload> PendingCall<C, R> {
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
        let core = self.caller.call_core();
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
        let core = self.caller.call_core();
        let carried = core.carried();
        blocking::upload_rows(&core.transport, &self.request, rows, &core.context(&self.config, &carried))
    }
}
