//! The client side: requests from texts, replies to answers and failures.

use std::borrow::Cow;

use http::Response;
use wirewright::{
    DecodeError, File, Format, Limits, Options,
    described::{
        EnvelopeContent, EnvelopeKind, EnvelopeStatus, ReplyReading, decode_into, has_root, missing_at,
        missing_in_data, parse_request_into, read_reply_into,
    },
    exchange::{Error, RawReply, Refusal, RequestId},
    wire::{Fill, Record, Shape},
};
use wirewright_codegen::{
    model::{EnvelopeMember, ExampleReply, Role, When},
    plan::{
        envelope::{data_name, has_status_everywhere, of_role},
        wrapper::path,
    },
};

use crate::{
    definition::{Definition, OperationType},
    envelope::Values,
    outcome::{Answer, Failure, Opened},
    value::DynamicRecord,
};

impl Definition {
    /// A request whose parameters are given as a form-urlencoded text. `document` is the body of an operation that has one beside
    /// its parameters, and `files` are those of an operation that takes some, by the names of their parameters.
    ///
    /// # Errors
    ///
    /// When a required parameter is missing, one has a wrong value, a scalar is given twice, or the document is not what the
    /// operation takes.
    pub fn parse_request(
        &self,
        operation: &OperationType,
        parameters: &str,
        document: &[u8],
        files: &[(String, File)],
    ) -> Result<DynamicRecord, DecodeError> {
        let of = self.request(operation);
        let mut request = DynamicRecord::empty(of);
        parse_request_into(operation.described(), of.shape(), &mut request, parameters, document, files)?;
        Ok(request)
    }

    /// Reads the response to a request of `operation`, as [`read_reply`](wirewright::exchange::read_reply) does for generated types.
    ///
    /// # Errors
    ///
    /// The vendor's refusal, a reply that cannot be read, one to another request, or a response that is no reply of this vendor.
    pub fn read_reply(
        &self,
        operation: &OperationType,
        response: Response<Vec<u8>>,
        asked: Format,
        limits: &Limits,
    ) -> Result<Answer, Error<Failure>> {
        let mut reading = Reading { definition: self, operation, answer: None, failure: None };
        let described = operation.described();
        let read = read_reply_into(described, operation.raw(), &mut reading, response, asked, limits);
        match read {
            // An answer was kept: `Unopened` is for nobody.
            Ok(()) => reading.answer.ok_or(Error::Unopened),
            // Where the vendor refused a failure was kept.
            Err(error) => {
                Err(error.map_failure(|()| reading.failure.unwrap_or_else(|| self.refused("", None))))
            }
        }
    }

    /// The ID of the request that an envelope answers, where requests have one.
    pub(crate) fn echoed<'v>(&self, values: &'v Values) -> Option<Cow<'v, str>> {
        let vendor = self.vendor();
        if !vendor.parameters.iter().any(|parameter| parameter.request_id) {
            return None;
        }
        let of = |when| of_role(vendor, Role::RequestId, when);
        self.found(values, of(When::Success)).or_else(|| self.found(values, of(When::Failure)))
    }
}

/// A reply as a page prints it. `None`: its headers are none of HTTP's.
pub fn printed_reply(reply: &ExampleReply) -> Option<Response<Vec<u8>>> {
    let lines = reply.headers.lines().filter_map(|line| line.split_once(':'));
    let response =
        lines.fold(Response::builder(), |response, (name, value)| response.header(name.trim(), value.trim()));
    response.body(reply.text.as_bytes().to_vec()).ok()
}

/// The reading of one reply.
struct Reading<'d> {
    definition: &'d Definition,
    operation: &'d OperationType,
    answer: Option<Answer>,
    failure: Option<Failure>,
}

impl Reading<'_> {
    /// That an envelope of this shape lacks a member.
    fn missing(&self, format: Format, shape: &'static Shape, member: &EnvelopeMember) -> EnvelopeStatus {
        let (definition, vendor) = (self.definition, self.definition.vendor());
        if member.role != Some(Role::Data) {
            return missing_at(format, shape, &path(vendor, member));
        }
        let named = definition.variant(self.operation).and_then(|variant| data_name(vendor, variant));
        if let Some(name) = named {
            return missing_at(format, shape, &name);
        }
        let mut members = definition.reply(self.operation).shape().members();
        missing_in_data(format, shape, members.find(|member| member.required()))
    }
}

impl ReplyReading for Reading<'_> {
    fn open(
        &mut self,
        kind: EnvelopeKind,
        format: Format,
        text: &str,
        options: &Options,
        sent: Option<&RequestId>,
    ) -> Result<EnvelopeContent, DecodeError> {
        let no_reply = EnvelopeContent { status: EnvelopeStatus::NoStatus, mismatch: None };
        let Some(envelope) = self.definition.envelope(self.operation, kind) else { return Ok(no_reply) };
        let mut record = DynamicRecord::empty(envelope.record());
        decode_into(format, text, options, envelope.record().shape(), &mut record)?;
        let values = envelope.take(&self.definition.envelope_members, record);
        let mismatch = sent.and_then(|sent| sent.another(self.definition.echoed(&values).as_deref()));
        let status = match self.definition.open(self.operation, values) {
            Opened::Success(answer) => {
                if kind == EnvelopeKind::Reply {
                    self.answer = Some(Answer::Enveloped(answer));
                }
                EnvelopeStatus::Success
            }
            Opened::Failure(failure) => {
                if mismatch.is_none() {
                    self.failure = Some(failure);
                }
                EnvelopeStatus::Failure
            }
            Opened::Missing(member) => self.missing(format, envelope.record().shape(), member),
            Opened::NoStatus => EnvelopeStatus::NoStatus,
        };
        Ok(EnvelopeContent { status, mismatch })
    }

    fn is_foreign(&self, format: Format, text: &str) -> bool {
        !has_status_everywhere(self.definition.vendor()) && !self.has_root(format, text)
    }

    fn has_root(&self, format: Format, text: &str) -> bool {
        let envelope = self.definition.envelope(self.operation, EnvelopeKind::Reply);
        envelope.is_some_and(|envelope| has_root(format, text, envelope.record().shape()))
    }

    fn empty(&mut self) -> bool {
        self.answer = self.definition.empty_answer(self.operation).map(Answer::Enveloped);
        self.answer.is_some()
    }

    fn data(&mut self) -> Option<&mut dyn for<'de> Fill<'de>> {
        match self.answer.as_mut()? {
            Answer::Enveloped(answer) => answer.data_mut().map(|data| data as &mut dyn for<'de> Fill<'de>),
            Answer::Raw(_) => None,
        }
    }

    fn record(&self) -> Option<&dyn Record> {
        match self.answer.as_ref()? {
            Answer::Enveloped(answer) => answer.data().map(|data| data as &dyn Record),
            Answer::Raw(_) => None,
        }
    }

    fn refused(&mut self, code: &str, message: Option<String>) {
        self.answer = None;
        self.failure = Some(self.definition.told(code, message));
    }

    fn refused_by_status(&mut self, status: u16) -> bool {
        self.failure = self.definition.bare_failure(status);
        self.failure.is_some()
    }

    fn raw(&mut self, reply: RawReply) -> Result<(), RawReply> {
        if self.operation.raw().is_none() {
            return Err(reply);
        }
        self.answer = Some(Answer::Raw(reply));
        Ok(())
    }

    fn failure(&self) -> Option<&dyn Refusal> {
        self.failure.as_ref().map(|failure| failure as &dyn Refusal)
    }
}
