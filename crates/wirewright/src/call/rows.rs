//! A reply that is read as a stream of rows, async or blocking: both are thin over one reader that does no I/O.

use alloc::{boxed::Box, string::String, sync::Arc, vec::Vec};
use core::fmt;

use super::{
    Body, CallContext, Envelope, Error, HttpError, MismatchedReply, Opened, Request, RequestId, Transport,
    TransportError,
    attempts::{Attempts, Next},
    read_reply,
};
use crate::{
    Chunks, Format, Limits,
    rows::{Column, Layout, Parser, Polled, Row},
    wire::OwnedMessage,
};

/// A request whose reply is mostly rows, and can be read as a stream of them.
pub trait RowsRequest: Request {
    /// Where in an XML reply the rows stand.
    const ROWS: Layout;
}

/// Sends requests and brings back responses while their bodies are still on the way, without blocking.
pub trait StreamingTransport: Transport {
    /// What brings the body of a response.
    type Body: Chunks<Error = TransportError>;

    /// Sends one request and waits for the head of the response.
    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send;
}

impl<T: StreamingTransport> StreamingTransport for &T {
    type Body = T::Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send {
        (**self).send_streaming(request)
    }
}

impl<T: StreamingTransport> StreamingTransport for Arc<T> {
    type Body = T::Body;

    fn send_streaming(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> impl Future<Output = Result<http::Response<Self::Body>, TransportError>> + Send {
        (**self).send_streaming(request)
    }
}

/// Calls an operation and reads its reply as far as the first row. Until then it is tried again where that may help and does no
/// harm: see [`RetryPolicy`](super::RetryPolicy).
///
/// # Errors
///
/// See [`Error`]. The vendor's refusal is found here, unless it stands behind the rows.
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
            Ok(response) => open(response, context.limits).await,
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
    response: http::Response<B>,
    limits: Limits,
) -> Result<RowsReply<R, B>, Error<R::Failure>> {
    let (parts, mut body) = response.into_parts();
    let mut reading = Reading::new(parts, limits);
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
/// use wirewright::{Chunks, Wire, call::{Error, RowsReply, RowsRequest, TransportError}};
///
/// /// In a table the members bear the names of the columns. An empty cell is absent.
/// #[derive(Wire)]
/// struct Sale {
///     store: u32,
///     amount: Option<f64>,
/// }
///
/// /// How much was sold, for any vendor that answers with such a table: `total(session.getdata_rows().await?)`.
/// async fn total<R: RowsRequest, B: Chunks<Error = TransportError>>(mut reply: RowsReply<R, B>) -> Result<f64, Error<R::Failure>> {
///     let mut total = 0.0;
///     while let Some(sale) = reply.next_as::<Sale>().await? {
///         total += sale.amount.unwrap_or_default();
///     }
///     Ok(total)
/// }
/// ```
///
/// The answer is what stands around the rows: the envelope, and the reply with a list of rows that is empty. It is there when the
/// rows have ended, since a vendor's status may stand behind them: only then is it certain that the call succeeded.
#[derive(Debug)]
pub struct RowsReply<R: RowsRequest, B> {
    reading: Reading<R>,
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

    /// What stands around the rows, once they have ended.
    pub fn answer(&self) -> Option<&R::Answer> {
        self.reading.answer.as_ref()
    }

    /// What stands around the rows. The rows that have not been read are read and dropped.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Self::next_row).
    pub async fn finish(mut self) -> Result<R::Answer, Error<R::Failure>> {
        while self.next_row().await?.is_some() {}
        self.reading.into_answer()
    }
}

/// The same without `async`.
pub(super) mod blocking {
    use alloc::{sync::Arc, vec::Vec};

    use super::{
        super::{CallContext, Error, TransportError, blocking::Transport},
        Attempts, Column, Limits, Next, OwnedMessage, Polled, Reading, Row, RowsRequest, streamed,
    };

    /// Sends requests and brings back responses while their bodies are still on the way, blocking the caller meanwhile.
    pub trait StreamingTransport: Transport {
        /// What brings the body of a response.
        type Body: Chunks;

        /// Sends one request and waits for the head of the response.
        ///
        /// # Errors
        ///
        /// When no response comes back.
        fn send_streaming(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<Self::Body>, TransportError>;
    }

    impl<T: StreamingTransport> StreamingTransport for &T {
        type Body = T::Body;

        fn send_streaming(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<Self::Body>, TransportError> {
            (**self).send_streaming(request)
        }
    }

    impl<T: StreamingTransport> StreamingTransport for Arc<T> {
        type Body = T::Body;

        fn send_streaming(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<Self::Body>, TransportError> {
            (**self).send_streaming(request)
        }
    }

    /// The body of a response, which comes in chunks of any size.
    pub trait Chunks {
        /// Waits for the next part. `None`: the body has ended.
        ///
        /// # Errors
        ///
        /// When the body breaks off.
        fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError>;
    }

    /// Calls an operation and reads its reply as far as the first row. Until then it is tried again where that may help and does
    /// no harm: see [`RetryPolicy`](crate::call::RetryPolicy).
    ///
    /// # Errors
    ///
    /// See [`Error`]. The vendor's refusal is found here, unless it stands behind the rows.
    pub fn call_rows<R: RowsRequest, T: StreamingTransport>(
        transport: &T,
        request: &R,
        context: &CallContext<'_>,
    ) -> Result<RowsReply<R, T::Body>, Error<R::Failure>> {
        let context = streamed(context);
        let mut attempts = Attempts::new(R::OPERATION, context.within(transport.environment()));
        loop {
            let attempt = attempts.request(request)?;
            let response = attempts.span().run(|| transport.send_streaming(attempt));
            let response = attempts.responded_head(response);
            let result = response.map_err(Error::from).and_then(|response| open(response, context.limits));
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
    fn open<R: RowsRequest, B: Chunks>(
        response: http::Response<B>,
        limits: Limits,
    ) -> Result<RowsReply<R, B>, Error<R::Failure>> {
        let (parts, mut body) = response.into_parts();
        let mut reading = Reading::new(parts, limits);
        while !reading.open()? {
            match body.next_chunk()? {
                Some(chunk) => reading.feed(chunk),
                None => reading.end(),
            }
        }
        Ok(RowsReply { reading, body })
    }

    /// A reply to a request of type `R` whose rows are read one after the other, while the body `B` brings them. Memory does not
    /// grow with the rows.
    ///
    /// ```
    /// use wirewright::{Wire, call::{Error, RowsRequest, blocking::{Chunks, RowsReply}}};
    ///
    /// /// In a table the members bear the names of the columns. An empty cell is absent.
    /// #[derive(Wire)]
    /// struct Sale {
    ///     store: u32,
    ///     amount: Option<f64>,
    /// }
    ///
    /// /// How much was sold, for any vendor that answers with such a table: `total(session.getdata_rows()?)`.
    /// fn total<R: RowsRequest, B: Chunks>(mut reply: RowsReply<R, B>) -> Result<f64, Error<R::Failure>> {
    ///     let amounts = reply.rows::<Sale>().map(|sale| Ok(sale?.amount.unwrap_or_default()));
    ///     amounts.sum()
    /// }
    /// ```
    ///
    /// The answer is what stands around the rows: the envelope, and the reply with a list of rows that is empty. It is there when
    /// the rows have ended, since a vendor's status may stand behind them: only then is it certain that the call succeeded.
    #[derive(Debug)]
    pub struct RowsReply<R: RowsRequest, B> {
        reading: Reading<R>,
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
                    Polled::Hungry => self.feed()?,
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
                    Polled::Hungry => self.feed()?,
                    Polled::End => return Ok(None),
                }
            }
        }

        /// The rows that are left, as structures. It ends behind the first error.
        pub fn rows<T: OwnedMessage>(
            &mut self,
        ) -> impl Iterator<Item = Result<T, Error<R::Failure>>> + use<'_, T, R, B> {
            let mut failed = false;
            core::iter::from_fn(move || {
                if failed {
                    return None;
                }
                let next = self.next_as().transpose();
                failed = matches!(next, Some(Err(_)));
                next
            })
        }

        fn feed(&mut self) -> Result<(), TransportError> {
            match self.body.next_chunk()? {
                Some(chunk) => self.reading.feed(chunk),
                None => self.reading.end(),
            }
            Ok(())
        }

        /// What stands around the rows, once they have ended.
        pub fn answer(&self) -> Option<&R::Answer> {
            self.reading.answer.as_ref()
        }

        /// What stands around the rows. The rows that have not been read are read and dropped.
        ///
        /// # Errors
        ///
        /// As [`next_row`](Self::next_row).
        pub fn finish(mut self) -> Result<R::Answer, Error<R::Failure>> {
            while self.next_row()?.is_some() {}
            self.reading.into_answer()
        }
    }
}

/// The context of a call whose reply is read as a stream: such a reply is XML, whatever the caller prefers otherwise.
fn streamed<'a>(context: &CallContext<'a>) -> CallContext<'a> {
    CallContext { format: Some(Format::Xml), callback: None, ..*context }
}

/// What reads the reply, and is fed with its body.
struct Reading<R: RowsRequest> {
    parser: Parser,
    parts: http::response::Parts,
    limits: Limits,
    /// What has come before the first row, for a reply that must be read whole after all. `None`: there is a row, or the end.
    head: Option<Vec<u8>>,
    /// Whether it is read whole: it is an error, or is not as the rows' layout says.
    whole: bool,
    ended: bool,
    answer: Option<R::Answer>,
}

impl<R: RowsRequest> Reading<R> {
    fn new(parts: http::response::Parts, limits: Limits) -> Self {
        Self {
            parser: Parser::new(R::ROWS).with_limits(limits),
            whole: !parts.status.is_success(),
            parts,
            limits,
            head: Some(Vec::new()),
            ended: false,
            answer: None,
        }
    }

    fn feed(&mut self, chunk: &[u8]) {
        if let Some(head) = &mut self.head {
            head.extend_from_slice(chunk);
        }
        if !self.whole {
            self.parser.feed(chunk);
        }
    }

    fn end(&mut self) {
        self.ended = true;
        self.parser.end();
    }

    /// Goes on to the first row, or to the end of a reply without rows. `false`: more has to be fed.
    fn open(&mut self) -> Result<bool, Error<R::Failure>> {
        if !self.whole {
            match self.parser.poll_ahead() {
                Ok(Polled::Hungry) => {}
                Ok(Polled::Row(())) if !self.is_refused() => {
                    let head = self.head.take();
                    return match self.another() {
                        Some((sent, echoed)) => {
                            let head = head.unwrap_or_default();
                            Err(MismatchedReply::error(sent, echoed, self.parts.status, head))
                        }
                        None => Ok(true),
                    };
                }
                Ok(Polled::End) => {
                    self.head = None;
                    return self.close().map(|()| true);
                }
                Ok(Polled::Row(())) | Err(_) => self.whole = true,
            }
        }
        let within_limits = self.head.as_ref().is_some_and(|head| head.len() <= self.limits.max_bytes());
        if within_limits && !(self.whole && self.ended) { Ok(false) } else { Err(self.failed()) }
    }

    /// Whether what stands before the rows says that the call failed.
    fn is_refused(&self) -> bool {
        let envelope = self.parser.envelope::<R::FailedEnvelope>();
        envelope.is_ok_and(|envelope| matches!(envelope.open(), Opened::Failure(_)))
    }

    /// The ID that was sent and another one, if that stands before the rows.
    fn another(&self) -> Option<(RequestId, String)> {
        let sent: &RequestId = self.parts.extensions.get()?;
        let envelope = self.parser.envelope::<R::FailedEnvelope>().ok()?;
        Some((sent.clone(), sent.another(envelope.request_id())?))
    }

    /// Why a reply that had to be read whole is none.
    fn failed(&mut self) -> Error<R::Failure> {
        let body = self.head.take().unwrap_or_default();
        if let Err(error) = read_reply::<R>(self.response(body), Format::Xml, &self.limits) {
            return error;
        }
        // It is an answer, but no stream of rows: in another format, or with the way to them twice.
        if let Err(error) = self.parser.poll_ahead() {
            return Error::Rows(error);
        }
        let reason = "what stands before the rows is a refusal, and the whole is none";
        Error::Http(Box::new(HttpError::new(&self.parts, reason, Body::new(Vec::new()))))
    }

    fn response(&self, body: Vec<u8>) -> http::Response<Vec<u8>> {
        http::Response::from_parts(self.parts.clone(), body)
    }

    fn poll(&mut self) -> Result<Polled<()>, Error<R::Failure>> {
        let polled = self.parser.poll().map_err(Error::Rows)?;
        if polled == Polled::End {
            self.close()?;
        }
        Ok(polled)
    }

    fn poll_as<T: OwnedMessage>(&mut self) -> Result<Polled<T>, Error<R::Failure>> {
        let polled = self.parser.poll_as().map_err(Error::Rows)?;
        if matches!(polled, Polled::End) {
            self.close()?;
        }
        Ok(polled)
    }

    /// Reads what stands around the rows, once.
    fn close(&mut self) -> Result<(), Error<R::Failure>> {
        if self.answer.is_none() {
            self.answer = Some(self.around()?);
        }
        Ok(())
    }

    fn around(&self) -> Result<R::Answer, Error<R::Failure>> {
        let outline = self.parser.outline().as_bytes().to_vec();
        read_reply::<R>(self.response(outline), Format::Xml, &self.limits)
    }

    fn into_answer(mut self) -> Result<R::Answer, Error<R::Failure>> {
        self.answer.take().map_or_else(|| self.around(), Ok)
    }
}

/// Shows no header, no cell and no answer: any may be a secret.
impl<R: RowsRequest> fmt::Debug for Reading<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("operation", &R::OPERATION.name)
            .field("status", &self.parts.status)
            .field("rows", &self.parser.count())
            .field("ended", &self.answer.is_some())
            .finish_non_exhaustive()
    }
}
