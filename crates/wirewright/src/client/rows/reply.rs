//! A reply that is read as a stream of rows, async or blocking: both are thin over one reader that does no I/O.

use crate::{
    Chunks, Limits,
    client::{
        attempts::{Attempts, Next},
        rows::reading::{Reading, RowsRequest, Typed, streamed},
    },
    exchange::{context::CallContext, error::Error},
    rows::{Column, Polled, Row},
    transport::{asynchronous::StreamingTransport, error::TransportError},
    wire::OwnedMessage,
};

/// Calls an operation and reads its reply as far as the first row. Until then it is tried again where that may help and does no
/// harm: see [`RetryPolicy`](crate::client::RetryPolicy).
///
/// # Errors
///
/// See [`Error`]. The vendor's refusal is found here, unless it is behind the rows.
pub async fn call_rows<R: RowsRequest, T: StreamingTransport>(
    transport: &T,
    request: &R,
    context: &CallContext<'_>,
) -> Result<RowsReply<R, T::Body>, Error<R::Failure>> {
    let context = streamed(context);
    let mut attempts = Attempts::new(R::OPERATION, context.within(transport.environment()));
    loop {
        let attempt = attempts.request(request)?;
        let response = attempts.span().within(transport.send_streaming(attempt)).await;
        let result = match attempts.responded_head(response) {
            Ok(response) => open(request, response, context.limits).await,
            Err(error) => Err(error.into()),
        };
        match attempts.next(result) {
            Next::Done(result) => return result,
            Next::Wait(delay, error) => {
                if transport.wait(delay).await.is_err() {
                    return Err(error);
                }
            }
        }
    }
}

/// Reads a reply as far as the first row.
async fn open<R: RowsRequest, B: Chunks<Error = TransportError>>(
    request: &R,
    response: http::Response<B>,
    limits: Limits,
) -> Result<RowsReply<R, B>, Error<R::Failure>> {
    let (parts, mut body) = response.into_parts();
    let mut reading = Reading::new(Typed::new(), request, parts, limits);
    while !reading.open()? {
        match body.next_chunk().await? {
            Some(chunk) => reading.feed(chunk.as_ref()),
            None => reading.end(),
        }
    }
    Ok(RowsReply { reading, body })
}

/// A reply to a request of type `R` whose rows are read one after the other, while the body `B` brings them. Memory does not grow
/// with the rows.
///
/// ```
/// use wirewright::{Chunks, Wire, client::{RowsReply, RowsRequest, TransportError}, exchange::Error};
///
/// /// In a table the members bear the names of the columns. An empty cell is absent.
/// #[derive(Wire)]
/// struct Sale {
///     store: u32,
///     amount: Option<f64>,
/// }
///
/// /// How much was sold, for any vendor that answers with such a table: `total(session.getdata().send_for_rows().await?)`.
/// async fn total<R: RowsRequest, B: Chunks<Error = TransportError>>(mut reply: RowsReply<R, B>) -> Result<f64, Error<R::Failure>> {
///     let mut total = 0.0;
///     while let Some(sale) = reply.next_as::<Sale>().await? {
///         total += sale.amount.unwrap_or_default();
///     }
///     Ok(total)
/// }
/// ```
///
/// The answer is what is around the rows: the envelope, and the reply with a list of rows that is empty. It is there when the
/// rows have ended, since a vendor's status may be behind them: only then is it certain that the call succeeded.
#[derive(Debug)]
pub struct RowsReply<R: RowsRequest, B> {
    reading: Reading<Typed<R>>,
    body: B,
}

impl<R: RowsRequest, B: Chunks<Error = TransportError>> RowsReply<R, B> {
    /// The columns, as the reply describes them before its rows. There are none where it does not.
    pub fn columns(&self) -> &[Column] {
        self.reading.parser.columns()
    }

    /// How many rows have been read.
    pub fn count(&self) -> u64 {
        self.reading.parser.count()
    }

    /// The next row, whose cells are typed by the reply's own headings. `None`: there are no more, and the call succeeded. Nothing
    /// is lost when the future is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Rows`] when the rows are cut off or malformed, and what any call can fail with.
    pub async fn next_row(&mut self) -> Result<Option<Row<'_>>, Error<R::Failure>> {
        loop {
            match self.reading.poll()? {
                Polled::Row(()) => return Ok(self.reading.parser.row()),
                Polled::Hungry => self.feed().await?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The next row as a structure: in a table its members bear the names of the columns. `None`: there are no more, and the call
    /// succeeded. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Self::next_row), and when a row is not what `T` promises.
    pub async fn next_as<T: OwnedMessage>(&mut self) -> Result<Option<T>, Error<R::Failure>> {
        loop {
            match self.reading.poll_as()? {
                Polled::Row(row) => return Ok(Some(row)),
                Polled::Hungry => self.feed().await?,
                Polled::End => return Ok(None),
            }
        }
    }

    async fn feed(&mut self) -> Result<(), TransportError> {
        match self.body.next_chunk().await? {
            Some(chunk) => self.reading.feed(chunk.as_ref()),
            None => self.reading.end(),
        }
        Ok(())
    }

    /// What is around the rows, once they have ended.
    pub fn answer(&self) -> Option<&R::Answer> {
        self.reading.answer.as_ref()
    }

    /// What is around the rows. The rows that have not been read are read and dropped.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Self::next_row).
    pub async fn finish(mut self) -> Result<R::Answer, Error<R::Failure>> {
        while self.next_row().await?.is_some() {}
        self.reading.into_answer()
    }
}
