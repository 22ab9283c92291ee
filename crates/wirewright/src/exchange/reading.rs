//! Who knows the types of a reply, as those see it who read one and know none.

use std::borrow::Cow;

use crate::{
    DecodeError, Format, Options, codec,
    exchange::{
        error::Error,
        raw_reply::RawReply,
        refusal::Refusal,
        typed::{Envelope, ErrorCode as _, Failure, OpenedEnvelope, Request},
    },
    from_str_with,
    transport::request_id::RequestId,
    wire::{Fill, Member, Message as _, Record, Shape},
};

/// Which of an operation's envelopes a body is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvelopeKind {
    /// The one around the reply that was hoped for.
    Reply,
    /// The one around the data that comes with an error.
    Failure,
    /// The one around data of any form: an error is one, whatever comes with it.
    Loose,
}

/// What an envelope turned out to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvelopeStatus {
    /// The call succeeded.
    Success,
    /// The vendor refused.
    Failure,
    /// The call succeeded, but this promised member is not there.
    Missing(Cow<'static, str>),
    /// There is no status: whatever this is, it is no reply of the vendor.
    NoStatus,
}

/// An envelope that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeContent {
    /// What it holds.
    pub status: EnvelopeStatus,
    /// The ID that it echoes, if that is another one than was sent: see [`RequestId::another`].
    pub mismatch: Option<String>,
}

/// Reads the envelopes of one operation, and keeps the answer or the failure that they hold: the types of a generated crate do,
/// and so can values that are made at run time.
pub trait ReplyReading {
    /// Reads a body as one of the envelopes. A failure is kept, and takes the place of one that was kept before, unless the
    /// envelope echoes another ID than `sent`.
    ///
    /// # Errors
    ///
    /// When it is no such envelope.
    fn open(
        &mut self,
        kind: EnvelopeKind,
        format: Format,
        text: &str,
        options: &Options,
        sent: Option<&RequestId>,
    ) -> Result<EnvelopeContent, DecodeError>;

    /// Whether nothing shows that a text without a failure is the vendor's: see [`Envelope::BY_ROOT`](crate::generated::Envelope::BY_ROOT).
    fn is_foreign(&self, format: Format, text: &str) -> bool;

    /// Whether a text has the root of a reply.
    fn has_root(&self, format: Format, text: &str) -> bool;

    /// Keeps the answer that a response without a body is; `false`: it is none.
    fn empty(&mut self) -> bool {
        false
    }

    /// The data of the answer that was kept: what is in headers is filled into it.
    fn data(&mut self) -> Option<&mut dyn for<'de> Fill<'de>> {
        None
    }

    /// The same, to be looked at.
    fn record(&self) -> Option<&dyn Record> {
        None
    }

    /// Keeps the failure that the data of the answer tells of, and no answer.
    fn refused(&mut self, _code: &str, _message: Option<String>) {}

    /// Keeps the failure that this HTTP status alone tells; `false`: it tells none.
    fn refused_by_status(&mut self, status: u16) -> bool;

    /// Keeps the answer that a reply without an envelope is.
    ///
    /// # Errors
    ///
    /// The reply back, for operations that have no such replies.
    fn raw(&mut self, reply: RawReply) -> Result<(), RawReply>;

    /// The failure that was kept.
    fn failure(&self) -> Option<&dyn Refusal>;
}

/// The reading of a typed request's reply.
pub(crate) struct TypedReply<R: Request> {
    answer: Option<R::Answer>,
    failure: Option<R::Failure>,
}

impl<R: Request> TypedReply<R> {
    pub(crate) const fn new() -> Self {
        Self { answer: None, failure: None }
    }

    /// What was kept, now that the reply was read so.
    pub(crate) fn finish(self, read: Result<(), Error<()>>) -> Result<R::Answer, Error<R::Failure>> {
        match read {
            // An answer was kept: `Unopened` is for nobody.
            Ok(()) => self.answer.ok_or(Error::Unopened),
            Err(error) => Err(with_failure(error, self.failure)),
        }
    }
}

/// The error with the failure that was kept. Once a vendor.
#[inline(never)]
fn with_failure<F: Failure>(error: Error<()>, failure: Option<F>) -> Error<F> {
    // Where the vendor refused a failure was kept.
    error.map_failure(|()| failure.unwrap_or_else(|| F::bare(F::Code::from_wire(""))))
}

impl<R: Request> ReplyReading for TypedReply<R> {
    fn open(
        &mut self,
        kind: EnvelopeKind,
        format: Format,
        text: &str,
        options: &Options,
        sent: Option<&RequestId>,
    ) -> Result<EnvelopeContent, DecodeError> {
        let Self { answer, failure } = self;
        match kind {
            EnvelopeKind::Reply => {
                let (opened, mismatch) = opened::<R::Envelope>(format, text, options, sent)?;
                let opened = match opened {
                    OpenedEnvelope::Success(found) => {
                        *answer = Some(found);
                        OpenedEnvelope::Success(())
                    }
                    opened => opened.without_answer(),
                };
                Ok(keep(opened, mismatch, failure, (format, R::Envelope::SHAPE)))
            }
            EnvelopeKind::Failure => open_failure::<R::FailedEnvelope>(format, text, options, sent, failure),
            EnvelopeKind::Loose => open_failure::<R::LooseEnvelope>(format, text, options, sent, failure),
        }
    }

    fn is_foreign(&self, format: Format, text: &str) -> bool {
        R::Envelope::BY_ROOT && !self.has_root(format, text)
    }

    fn has_root(&self, format: Format, text: &str) -> bool {
        codec::has_root(format, text, R::Envelope::SHAPE)
    }

    fn empty(&mut self) -> bool {
        self.answer = R::Envelope::empty_answer();
        self.answer.is_some()
    }

    fn data(&mut self) -> Option<&mut dyn for<'de> Fill<'de>> {
        R::Envelope::data_mut(self.answer.as_mut()?)
    }

    fn record(&self) -> Option<&dyn Record> {
        R::Envelope::data(self.answer.as_ref()?)
    }

    fn refused(&mut self, code: &str, message: Option<String>) {
        let mut failure = R::Failure::bare(<R::Failure as Failure>::Code::from_wire(code));
        if let Some(message) = message {
            failure.explain(message);
        }
        (self.answer, self.failure) = (None, Some(failure));
    }

    fn refused_by_status(&mut self, status: u16) -> bool {
        self.failure = <R::Failure as Failure>::Code::on_http_status(status).map(R::Failure::bare);
        self.failure.is_some()
    }

    fn raw(&mut self, reply: RawReply) -> Result<(), RawReply> {
        self.answer = Some(R::Envelope::raw(reply)?);
        Ok(())
    }

    fn failure(&self) -> Option<&dyn Refusal> {
        self.failure.as_ref().map(|failure| failure as &dyn Refusal)
    }
}

type ReadEnvelope<E> = (OpenedEnvelope<<E as Envelope>::Answer, <E as Envelope>::Failure>, Option<String>);

fn opened<E: Envelope>(
    format: Format,
    text: &str,
    options: &Options,
    sent: Option<&RequestId>,
) -> Result<ReadEnvelope<E>, DecodeError> {
    let envelope = from_str_with::<E>(format, text, options)?;
    let mismatch = sent.and_then(|sent| sent.another(envelope.request_id()));
    Ok((envelope.open(), mismatch))
}

/// Reads an envelope for the failure in it. Once an envelope, which all operations of a vendor share as a rule.
#[inline(never)]
fn open_failure<E: Envelope>(
    format: Format,
    text: &str,
    options: &Options,
    sent: Option<&RequestId>,
    failure: &mut Option<E::Failure>,
) -> Result<EnvelopeContent, DecodeError> {
    let (opened, mismatch) = opened::<E>(format, text, options, sent)?;
    Ok(keep(opened.without_answer(), mismatch, failure, (format, E::SHAPE)))
}

fn keep<F>(
    opened: OpenedEnvelope<(), F>,
    mismatch: Option<String>,
    failure: &mut Option<F>,
    (format, shape): (Format, &'static Shape),
) -> EnvelopeContent {
    let status = match opened {
        OpenedEnvelope::Success(()) => EnvelopeStatus::Success,
        OpenedEnvelope::Failure(found) => {
            if mismatch.is_none() {
                *failure = Some(found);
            }
            EnvelopeStatus::Failure
        }
        OpenedEnvelope::Missing(member) => missing_at(format, shape, member),
        OpenedEnvelope::MissingInData(member) => missing_in_data(format, shape, member),
        OpenedEnvelope::NoStatus => EnvelopeStatus::NoStatus,
    };
    EnvelopeContent { status, mismatch }
}

/// That an envelope of this shape lacks a member: the names of the definition, with `.` between them.
pub fn missing_at(format: Format, shape: &'static Shape, member: &str) -> EnvelopeStatus {
    let first = member.split('.').next().unwrap_or_default();
    let rest = member.strip_prefix(first).unwrap_or_default();
    let named = |one: &Member| [one.xml(), one.json(), one.query()].contains(&first);
    let name = shape.members().find(named).map_or(first, |member| member.name(format));
    EnvelopeStatus::Missing(missing_path(format, shape, &[name, rest].concat()))
}

/// That an envelope of this shape lacks a member of the data, which is among its own.
pub fn missing_in_data(format: Format, shape: &'static Shape, member: Option<Member>) -> EnvelopeStatus {
    let name = member.map_or("", |member| member.name(format));
    EnvelopeStatus::Missing(missing_path(format, shape, name))
}

/// The path to a member that an envelope lacks, from what is around the envelope in this format.
fn missing_path(format: Format, shape: &'static Shape, member: &str) -> Cow<'static, str> {
    let root = match format {
        Format::Xml => Some(shape.root),
        Format::Json => shape.json_root,
        Format::Query => None,
    };
    let parts: Vec<&str> = root.into_iter().chain([member]).filter(|part| !part.is_empty()).collect();
    parts.join(".").into()
}
