//! The server side: requests that came, and answers and failures as responses.

use http::{HeaderMap, Response};
use wirewright::{
    EncodeError, Format, Options,
    described::{
        EnvelopeKind, ToldByHttp, encode_record, reply_headers, spelled, write_envelope, write_success,
    },
    exchange::Refusal as _,
    generated::write_raw,
    server::{Incoming, Rejection, not_found},
};

use wirewright_codegen::model::MemberPath;

use crate::{
    definition::{Definition, OperationType, SessionType},
    outcome::{Answer, Enveloped, Failure},
    value::{DynamicRecord, DynamicValue},
};

impl Definition {
    /// The operation that is called.
    pub fn called(&self, incoming: &Incoming) -> Option<&OperationType> {
        self.operation(incoming.operation().name)
    }

    /// The parameters of a request: those of the operation. Those of the client and the call are read as well, so that what is wrong
    /// with them is told.
    ///
    /// # Errors
    ///
    /// What is wrong with the first parameter that is not what the definition says.
    pub fn receive(
        &self,
        operation: &OperationType,
        incoming: &Incoming,
    ) -> Result<DynamicRecord, Rejection> {
        let read = |of: &'static crate::kind::RecordType| (of.shape(), DynamicRecord::empty(of));
        let (shape, mut request) = read(self.request(operation));
        incoming.read_request_into(shape, &mut request)?;
        let (shape, mut client) = read(self.client_parameters());
        incoming.read_client_into(shape, &mut client)?;
        let (shape, mut options) = read(self.call_options());
        incoming.read_options_into(shape, &mut options)?;
        Ok(request)
    }

    /// What a request says about a session of this kind; `None`: it says nothing of one.
    ///
    /// # Errors
    ///
    /// When one of the session's parameters has a wrong value or is given twice.
    pub fn claim(&self, kind: &SessionType, incoming: &Incoming) -> Result<Option<DynamicRecord>, Rejection> {
        let mut claim = DynamicRecord::empty(kind.carried());
        let claimed = incoming.claim_into(kind.described(), kind.carried().shape(), &mut claim)?;
        Ok(claimed.then_some(claim))
    }

    /// The response that carries an answer.
    pub fn write_answer(&self, incoming: &Incoming, answer: Answer) -> Response<Vec<u8>> {
        let answer = match answer {
            Answer::Raw(reply) => return write_raw(reply),
            Answer::Enveloped(answer) => answer,
        };
        let Some(operation) = self.called(incoming) else { return not_found() };
        let Some(envelope) = self.envelope(operation, EnvelopeKind::Reply) else { return not_found() };
        let headers = match answer.data() {
            Some(data) => reply_headers(incoming, data),
            None => Some(HeaderMap::new()),
        };
        let record = envelope.put(&self.envelope_members, &self.seal(operation, answer));
        write_success(incoming, envelope.record().shape(), &record, headers)
    }

    /// The response that carries a failure.
    pub fn write_failure(&self, incoming: &Incoming, failure: Failure) -> Response<Vec<u8>> {
        let Some(operation) = self.called(incoming) else { return not_found() };
        if let (Some(answer), Some(envelope)) =
            (self.refusal(operation, &failure), self.envelope(operation, EnvelopeKind::Reply))
        {
            // What an answer has in its headers a refusal has not.
            let record = envelope.put(&self.envelope_members, &self.seal(operation, answer));
            return write_success(incoming, envelope.record().shape(), &record, Some(HeaderMap::new()));
        }
        let Some(envelope) = self.envelope(operation, EnvelopeKind::Failure) else { return not_found() };
        let told = ToldByHttp::of(&failure);
        let named = self.vendor().envelope.echoes_name;
        let called = if named { incoming.called() } else { incoming.path().into() };
        let record = envelope.put(&self.envelope_members, &self.refuse(failure, &called));
        write_envelope(incoming, envelope.record().shape(), &record, &told)
    }

    /// The reply that tells of a failure, where replies of the operation do.
    fn refusal(&self, operation: &OperationType, failure: &Failure) -> Option<Enveloped> {
        let outcome = operation.model().outcome.as_ref()?;
        let code = failure.code_text()?;
        if !outcome.errors.iter().any(|told| *told == code) {
            return None;
        }
        let mut data = DynamicRecord::empty(self.reply(operation));
        let mut put = |path: &MemberPath, text: &str| data.make(path.rust())?.set_text(text).ok();
        put(&outcome.status, &code)?;
        if let (Some(path), Some(message)) = (&outcome.message, failure.message()) {
            put(path, message)?;
        }
        Some(self.usual_answer(Box::new(DynamicValue::Record(Box::new(data)))))
    }

    /// An answer in its envelope as text, without a declaration.
    ///
    /// # Errors
    ///
    /// When the format cannot carry it.
    pub fn answer_text(
        &self,
        operation: &OperationType,
        answer: Enveloped,
        format: Format,
    ) -> Result<String, EncodeError> {
        let values = self.seal(operation, answer);
        self.envelope_text(operation, EnvelopeKind::Reply, &values, format)
    }

    /// A failure in its envelope as text, without a declaration.
    ///
    /// # Errors
    ///
    /// When the format cannot carry it.
    pub fn failure_text(
        &self,
        operation: &OperationType,
        failure: Failure,
        format: Format,
    ) -> Result<String, EncodeError> {
        let values = self.refuse(failure, self.called_as(operation));
        self.envelope_text(operation, EnvelopeKind::Failure, &values, format)
    }

    fn envelope_text(
        &self,
        operation: &OperationType,
        kind: EnvelopeKind,
        values: &crate::envelope::Values,
        format: Format,
    ) -> Result<String, EncodeError> {
        let Some(envelope) = self.envelope(operation, kind) else { return Ok(String::new()) };
        let described = self.protocol.format(format);
        let nested = described.map_or(".", |described| described.nested);
        let record = envelope.put(&self.envelope_members, values);
        let text =
            encode_record(format, &record, envelope.record().shape(), &Options::new().with_nested(nested))?;
        match described {
            Some(described) => spelled(described, text),
            None => Ok(text),
        }
    }
}
