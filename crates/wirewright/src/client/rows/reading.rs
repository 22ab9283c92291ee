//! What reads a reply as a stream of rows, and does no I/O.

use std::{fmt, marker::PhantomData};

use crate::{
    Format, Limits,
    describe::protocol::Operation,
    exchange::{
        body::Body,
        bytes::{InUtf8, coding, declared},
        context::CallContext,
        error::{Error, HttpError},
        refusal::Refusal,
        reply::read_reply,
        typed::{Envelope, OpenedEnvelope, Request},
    },
    rows::{Layout, Parser, Polled},
    transport::request_id::RequestId,
    wire::{Fill, OwnedMessage, Record, Shape},
};

/// A request whose reply is mostly rows, and can be read as a stream of them.
pub trait RowsRequest: Request {
    /// Where in an XML reply the rows are.
    const ROWS: Layout;
}

/// What reads a reply around its rows, and knows its types or their description.
pub trait RowsReading {
    /// What a successful call gives.
    type Answer;
    /// What a refused call gives.
    type Failure: Refusal;

    /// The operation.
    fn operation(&self) -> &'static Operation;

    /// Where in its reply the rows are.
    fn layout(&self) -> Layout;

    /// What is before the first row, as far as the parser has come.
    fn before_rows(&self, parser: &Parser) -> BeforeRows;

    /// Reads a reply that is whole.
    ///
    /// # Errors
    ///
    /// As for any call.
    fn read_whole(
        &self,
        response: http::Response<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Self::Answer, Error<Self::Failure>>;
}

/// What is before the first row of a reply.
#[derive(Clone, Debug, Default)]
pub struct BeforeRows {
    /// Whether it says that the call failed.
    pub refused: bool,
    /// The ID of the request that it answers.
    pub request_id: Option<String>,
}

/// The reading of a reply whose types are known.
pub(crate) struct Typed<R>(PhantomData<fn() -> R>);

impl<R> Typed<R> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<R: RowsRequest> RowsReading for Typed<R> {
    type Answer = R::Answer;
    type Failure = R::Failure;

    fn operation(&self) -> &'static Operation {
        R::OPERATION
    }

    fn layout(&self) -> Layout {
        R::ROWS
    }

    fn before_rows(&self, parser: &Parser) -> BeforeRows {
        let Ok(envelope) = parser.envelope::<R::FailedEnvelope>() else { return BeforeRows::default() };
        let request_id = envelope.request_id().map(str::to_owned);
        BeforeRows { refused: matches!(envelope.open(), OpenedEnvelope::Failure(_)), request_id }
    }

    fn read_whole(
        &self,
        response: http::Response<Vec<u8>>,
        limits: &Limits,
    ) -> Result<R::Answer, Error<R::Failure>> {
        read_reply::<R>(response, Format::Xml, limits)
    }
}

/// The context of a call whose reply is read as a stream: such a reply is XML, whatever the caller prefers otherwise.
pub(crate) fn streamed<'a>(context: &CallContext<'a>) -> CallContext<'a> {
    CallContext { format: Some(Format::Xml), callback: None, ..*context }
}

/// What reads the reply, and is fed with its body.
pub(crate) struct Reading<S: RowsReading> {
    source: S,
    pub(crate) parser: Parser,
    parts: http::response::Parts,
    limits: Limits,
    /// What has come before the first row, for a reply that must be read whole after all. `None`: there is a row, or the end.
    head: Option<Vec<u8>>,
    /// Whether it is read whole: it is an error, or is not as the rows' layout says.
    whole: bool,
    ended: bool,
    pub(crate) answer: Option<S::Answer>,
}

impl<S: RowsReading> Reading<S> {
    /// What reads a reply to this request.
    pub(crate) fn new(source: S, request: &dyn Record, parts: http::response::Parts, limits: Limits) -> Self {
        let declared = declared(&parts, source.operation());
        let parser = Parser::new(source.layout()).asked_by(request);
        Self {
            parser: parser.with_limits(limits).with_charset(declared),
            source,
            whole: !parts.status.is_success() || coding(&parts.headers).is_some(),
            parts,
            limits,
            head: Some(Vec::new()),
            ended: false,
            answer: None,
        }
    }

    pub(crate) fn feed(&mut self, chunk: &[u8]) {
        if let Some(head) = &mut self.head {
            head.extend_from_slice(chunk);
        }
        if !self.whole {
            self.parser.feed(chunk);
        }
    }

    pub(crate) fn end(&mut self) {
        self.ended = true;
        self.parser.end();
    }

    /// Goes on to the first row, or to the end of a reply without rows. `false`: more has to be fed.
    pub(crate) fn open(&mut self) -> Result<bool, Error<S::Failure>> {
        if !self.whole {
            match self.parser.poll_ahead() {
                Ok(Polled::Hungry) => {}
                Ok(Polled::Row(())) => {
                    let before = self.source.before_rows(&self.parser);
                    if before.refused {
                        self.whole = true;
                    } else {
                        let head = self.head.take();
                        return match self.another(before.request_id.as_deref()) {
                            Some((sent, echoed)) => {
                                let head = head.unwrap_or_default();
                                Err(Error::mismatched(sent, echoed, self.parts.status, head))
                            }
                            None => Ok(true),
                        };
                    }
                }
                Ok(Polled::End) => {
                    self.head = None;
                    return self.close().map(|()| true);
                }
                Err(_) => self.whole = true,
            }
        }
        if coding(&self.parts.headers).is_some() {
            return Err(self.failed());
        }
        let within_limits = self.head.as_ref().is_some_and(|head| head.len() <= self.limits.max_bytes());
        if within_limits && !(self.whole && self.ended) { Ok(false) } else { Err(self.failed()) }
    }

    /// The ID that was sent and another one, if the reply echoes such.
    fn another(&self, echoed: Option<&str>) -> Option<(RequestId, String)> {
        let sent: &RequestId = self.parts.extensions.get()?;
        Some((sent.clone(), sent.another(echoed)?))
    }

    /// Why a reply that had to be read whole is none.
    fn failed(&mut self) -> Error<S::Failure> {
        let body = self.head.take().unwrap_or_default();
        if let Err(error) = self.source.read_whole(self.response(body), &self.limits) {
            return error;
        }
        // It is an answer, but no stream of rows: in another format, or with the way to them twice.
        if let Err(error) = self.parser.poll_ahead() {
            return Error::Rows(error);
        }
        let reason = "what is before the rows is a refusal, and the whole is none";
        Error::Http(Box::new(HttpError::new(&self.parts, reason, Body::new(Vec::new()))))
    }

    fn response(&self, body: Vec<u8>) -> http::Response<Vec<u8>> {
        http::Response::from_parts(self.parts.clone(), body)
    }

    pub(crate) fn poll(&mut self) -> Result<Polled<()>, Error<S::Failure>> {
        let polled = self.parser.poll().map_err(Error::Rows)?;
        if polled == Polled::End {
            self.close()?;
        }
        Ok(polled)
    }

    /// The next row into a value of this shape.
    pub(crate) fn poll_into(
        &mut self,
        shape: &'static Shape,
        row: &mut dyn for<'de> Fill<'de>,
    ) -> Result<Polled<()>, Error<S::Failure>> {
        let polled = self.parser.poll_into(shape, row).map_err(Error::Rows)?;
        if polled == Polled::End {
            self.close()?;
        }
        Ok(polled)
    }

    pub(crate) fn poll_as<T: OwnedMessage>(&mut self) -> Result<Polled<T>, Error<S::Failure>> {
        let polled = self.parser.poll_as().map_err(Error::Rows)?;
        if matches!(polled, Polled::End) {
            self.close()?;
        }
        Ok(polled)
    }

    /// Reads what is around the rows, once.
    fn close(&mut self) -> Result<(), Error<S::Failure>> {
        if self.answer.is_none() {
            self.answer = Some(self.around()?);
        }
        Ok(())
    }

    fn around(&self) -> Result<S::Answer, Error<S::Failure>> {
        let outline = self.parser.outline().as_bytes().to_vec();
        let mut response = self.response(outline);
        response.extensions_mut().insert(InUtf8);
        self.source.read_whole(response, &self.limits)
    }

    pub(crate) fn into_answer(mut self) -> Result<S::Answer, Error<S::Failure>> {
        self.answer.take().map_or_else(|| self.around(), Ok)
    }
}

/// Shows no header, no cell and no answer: any may be a secret.
impl<S: RowsReading> fmt::Debug for Reading<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("operation", &self.source.operation().name)
            .field("status", &self.parts.status)
            .field("rows", &self.parser.count())
            .field("ended", &self.answer.is_some())
            .finish_non_exhaustive()
    }
}
