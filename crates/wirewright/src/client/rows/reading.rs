//! What reads a reply as a stream of rows, and does no I/O.

use std::fmt;

use crate::{
    Format, Limits,
    exchange::{
        body::Body,
        bytes::{InUtf8, coding, told},
        context::CallContext,
        error::{Error, HttpError},
        reply::read_reply,
        typed::{Envelope, OpenedEnvelope, Request},
    },
    rows::{Layout, Parser, Polled},
    transport::request_id::RequestId,
    wire::OwnedMessage,
};

/// A request whose reply is mostly rows, and can be read as a stream of them.
pub trait RowsRequest: Request {
    /// Where in an XML reply the rows stand.
    const ROWS: Layout;
}

/// The context of a call whose reply is read as a stream: such a reply is XML, whatever the caller prefers otherwise.
pub(crate) fn streamed<'a>(context: &CallContext<'a>) -> CallContext<'a> {
    CallContext { format: Some(Format::Xml), callback: None, ..*context }
}

/// What reads the reply, and is fed with its body.
pub(crate) struct Reading<R: RowsRequest> {
    pub(crate) parser: Parser,
    parts: http::response::Parts,
    limits: Limits,
    /// What has come before the first row, for a reply that must be read whole after all. `None`: there is a row, or the end.
    head: Option<Vec<u8>>,
    /// Whether it is read whole: it is an error, or is not as the rows' layout says.
    whole: bool,
    ended: bool,
    pub(crate) answer: Option<R::Answer>,
}

impl<R: RowsRequest> Reading<R> {
    pub(crate) fn new(parts: http::response::Parts, limits: Limits) -> Self {
        Self {
            parser: Parser::new(R::ROWS).with_limits(limits).with_told(told(&parts, R::OPERATION)),
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
    pub(crate) fn open(&mut self) -> Result<bool, Error<R::Failure>> {
        if !self.whole {
            match self.parser.poll_ahead() {
                Ok(Polled::Hungry) => {}
                Ok(Polled::Row(())) if !self.is_refused() => {
                    let head = self.head.take();
                    return match self.another() {
                        Some((sent, echoed)) => {
                            let head = head.unwrap_or_default();
                            Err(Error::mismatched(sent, echoed, self.parts.status, head))
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
        if coding(&self.parts.headers).is_some() {
            return Err(self.failed());
        }
        let within_limits = self.head.as_ref().is_some_and(|head| head.len() <= self.limits.max_bytes());
        if within_limits && !(self.whole && self.ended) { Ok(false) } else { Err(self.failed()) }
    }

    /// Whether what is before the rows says that the call failed.
    fn is_refused(&self) -> bool {
        let envelope = self.parser.envelope::<R::FailedEnvelope>();
        envelope.is_ok_and(|envelope| matches!(envelope.open(), OpenedEnvelope::Failure(_)))
    }

    /// The ID that was sent and another one, if that is before the rows.
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

    pub(crate) fn poll(&mut self) -> Result<Polled<()>, Error<R::Failure>> {
        let polled = self.parser.poll().map_err(Error::Rows)?;
        if polled == Polled::End {
            self.close()?;
        }
        Ok(polled)
    }

    pub(crate) fn poll_as<T: OwnedMessage>(&mut self) -> Result<Polled<T>, Error<R::Failure>> {
        let polled = self.parser.poll_as().map_err(Error::Rows)?;
        if matches!(polled, Polled::End) {
            self.close()?;
        }
        Ok(polled)
    }

    /// Reads what is around the rows, once.
    fn close(&mut self) -> Result<(), Error<R::Failure>> {
        if self.answer.is_none() {
            self.answer = Some(self.around()?);
        }
        Ok(())
    }

    fn around(&self) -> Result<R::Answer, Error<R::Failure>> {
        let outline = self.parser.outline().as_bytes().to_vec();
        let mut response = self.response(outline);
        response.extensions_mut().insert(InUtf8);
        read_reply::<R>(response, Format::Xml, &self.limits)
    }

    pub(crate) fn into_answer(mut self) -> Result<R::Answer, Error<R::Failure>> {
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
