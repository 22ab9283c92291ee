//! A reply that is read as a stream of rows, over a blocking transport.

use crate::{
    Limits,
    client::{
        attempts::{Attempts, Next},
        rows::reading::{Reading, RowsReading, RowsRequest, Typed, streamed},
    },
    exchange::{context::CallContext, error::Error},
    rows::{Column, Polled, Row},
    transport::{
        blocking::{Chunks, StreamingTransport},
        error::TransportError,
    },
    wire::{Fill, OwnedMessage, Record, Shape},
};

/// Calls an operation and reads its reply as far as the first row. Until then it is tried again where that may help and does
/// no harm: see [`RetryPolicy`](crate::client::RetryPolicy).
///
/// # Errors
///
/// See [`Error`]. The vendor's refusal is found here, unless it is behind the rows.
pub fn call_rows<R: RowsRequest, T: StreamingTransport>(
    transport: &T,
    request: &R,
    context: &CallContext<'_>,
) -> Result<RowsReply<R, T::Body>, Error<R::Failure>> {
    let (reading, body) = begin(transport, request, context, Typed::new)?;
    Ok(RowsReply { reading, body })
}

/// As [`call_rows`], for a request that is known by its description. `reading` reads the reply to a try.
///
/// # Errors
///
/// See [`Error`].
pub fn call_rows_with<S: RowsReading, T: StreamingTransport>(
    transport: &T,
    request: &dyn Record,
    context: &CallContext<'_>,
    reading: impl Fn() -> S,
) -> Result<DescribedRows<S, T::Body>, Error<S::Failure>> {
    let (reading, body) = begin(transport, request, context, reading)?;
    Ok(DescribedRows { reading, body })
}

/// What reads a reply, and its body on the way.
type Begun<S, B> = (Reading<S>, B);

fn begin<S: RowsReading, T: StreamingTransport>(
    transport: &T,
    request: &dyn Record,
    context: &CallContext<'_>,
    source: impl Fn() -> S,
) -> Result<Begun<S, T::Body>, Error<S::Failure>> {
    let context = streamed(context);
    let mut attempts = Attempts::new(source().operation(), context.within(transport.environment()));
    loop {
        let attempt = attempts.request(request)?;
        let response = attempts.span().run(|| transport.send_streaming(attempt));
        let response = attempts.responded_head(response);
        let result = response
            .map_err(Error::from)
            .and_then(|response| open(source(), request, response, context.limits));
        match attempts.next(result) {
            Next::Done(result) => return result,
            Next::Wait(delay, error) => {
                if transport.wait(delay).is_err() {
                    return Err(error);
                }
            }
        }
    }
}

/// Reads a reply as far as the first row.
fn open<S: RowsReading, B: Chunks>(
    source: S,
    request: &dyn Record,
    response: http::Response<B>,
    limits: Limits,
) -> Result<Begun<S, B>, Error<S::Failure>> {
    let (parts, mut body) = response.into_parts();
    let mut reading = Reading::new(source, request, parts, limits);
    while !reading.open()? {
        feed(&mut reading, &mut body)?;
    }
    Ok((reading, body))
}

fn feed<S: RowsReading>(reading: &mut Reading<S>, body: &mut impl Chunks) -> Result<(), TransportError> {
    match body.next_chunk()? {
        Some(chunk) => reading.feed(chunk),
        None => reading.end(),
    }
    Ok(())
}

/// A reply that is known by its description, whose rows are read one after the other: as [`RowsReply`].
#[derive(Debug)]
pub struct DescribedRows<S: RowsReading, B> {
    reading: Reading<S>,
    body: B,
}

impl<S: RowsReading, B: Chunks> DescribedRows<S, B> {
    /// The columns, as the reply describes them before its rows.
    pub fn columns(&self) -> &[Column] {
        self.reading.parser.columns()
    }

    /// The next row, whose cells are typed by the reply's own headings. `None`: there are no more, and the call succeeded.
    ///
    /// # Errors
    ///
    /// As [`RowsReply::next_row`].
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, Error<S::Failure>> {
        loop {
            match self.reading.poll()? {
                Polled::Row(()) => return Ok(self.reading.parser.row()),
                Polled::Hungry => feed(&mut self.reading, &mut self.body)?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The next row, as a structure of this shape. `false`: there are no more, and the call succeeded.
    ///
    /// # Errors
    ///
    /// As [`RowsReply::next_as`].
    pub fn next_into(
        &mut self,
        shape: &'static Shape,
        row: &mut dyn for<'de> Fill<'de>,
    ) -> Result<bool, Error<S::Failure>> {
        loop {
            match self.reading.poll_into(shape, row)? {
                Polled::Row(()) => return Ok(true),
                Polled::Hungry => feed(&mut self.reading, &mut self.body)?,
                Polled::End => return Ok(false),
            }
        }
    }

    /// What is around the rows, once they have ended.
    pub fn answer(&self) -> Option<&S::Answer> {
        self.reading.answer.as_ref()
    }
}

/// A reply to a request of type `R` whose rows are read one after the other, while the body `B` brings them. Memory does not
/// grow with the rows.
///
/// ```
/// use wirewright::{Wire, client::{RowsRequest, blocking::{Chunks, RowsReply}}, exchange::Error};
///
/// /// In a table the members bear the names of the columns. An empty cell is absent.
/// #[derive(Wire)]
/// struct Sale {
///     store: u32,
///     amount: Option<f64>,
/// }
///
/// /// How much was sold, for any vendor that answers with such a table: `total(session.getdata().send_for_rows_blocking()?)`.
/// fn total<R: RowsRequest, B: Chunks>(mut reply: RowsReply<R, B>) -> Result<f64, Error<R::Failure>> {
///     let amounts = reply.rows::<Sale>().map(|sale| Ok(sale?.amount.unwrap_or_default()));
///     amounts.sum()
/// }
/// ```
///
/// The answer is what is around the rows: the envelope, and the reply with a list of rows that is empty. It is there when
/// the rows have ended, since a vendor's status may be behind them: only then is it certain that the call succeeded.
#[derive(Debug)]
pub struct RowsReply<R: RowsRequest, B> {
    reading: Reading<Typed<R>>,
    body: B,
}

impl<R: RowsRequest, B: Chunks> RowsReply<R, B> {
    /// The columns, as the reply describes them before its rows. There are none where it does not.
    pub fn columns(&self) -> &[Column] {
        self.reading.parser.columns()
    }

    /// How many rows have been read.
    pub fn count(&self) -> u64 {
        self.reading.parser.count()
    }

    /// The next row, whose cells are typed by the reply's own headings. `None`: there are no more, and the call succeeded.
    ///
    /// # Errors
    ///
    /// [`Error::Rows`] when the rows are cut off or malformed, and what any call can fail with.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, Error<R::Failure>> {
        loop {
            match self.reading.poll()? {
                Polled::Row(()) => return Ok(self.reading.parser.row()),
                Polled::Hungry => feed(&mut self.reading, &mut self.body)?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The next row as a structure: in a table its members bear the names of the columns. `None`: there are no more, and the
    /// call succeeded.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Self::next_row), and when a row is not what `T` promises.
    pub fn next_as<T: OwnedMessage>(&mut self) -> Result<Option<T>, Error<R::Failure>> {
        loop {
            match self.reading.poll_as()? {
                Polled::Row(row) => return Ok(Some(row)),
                Polled::Hungry => feed(&mut self.reading, &mut self.body)?,
                Polled::End => return Ok(None),
            }
        }
    }

    /// The rows that are left, as structures. It ends behind the first error.
    pub fn rows<T: OwnedMessage>(
        &mut self,
    ) -> impl Iterator<Item = Result<T, Error<R::Failure>>> + use<'_, T, R, B> {
        let mut failed = false;
        std::iter::from_fn(move || {
            if failed {
                return None;
            }
            let next = self.next_as().transpose();
            failed = matches!(next, Some(Err(_)));
            next
        })
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
    pub fn finish(mut self) -> Result<R::Answer, Error<R::Failure>> {
        while self.next_row()?.is_some() {}
        self.reading.into_answer()
    }
}
