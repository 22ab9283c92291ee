//! The parameters of a request, in the order of the wire.

use crate::{
    Options,
    codec::general::query::Writer,
    describe::protocol::AutoFilled,
    exchange::{
        auto_fill::FillContext,
        context::{CallContext, SessionContext},
        operation_parameters::{OneMember, OperationParameters, RequestParts},
        request_error::RequestError,
    },
    transport::request_id::RequestId,
    wire::Record,
};

/// A form-urlencoded text that grows by whole records, by single members of one, and by pairs.
pub(crate) struct Parameters {
    writer: Writer,
}

impl Parameters {
    pub(crate) fn new(options: &Options) -> Self {
        Self { writer: Writer::parameters(options) }
    }

    /// What an operation's requests always say, and its own parameters. What is not among parameters comes back: the document, and the files.
    pub(crate) fn own(
        &mut self,
        record: &dyn Record,
        fill: FillContext<'_>,
        options: &Options,
    ) -> Result<RequestParts, RequestError> {
        fill.operation.constants.iter().for_each(|(name, value)| self.pair(name, value));
        if fill.plain() {
            record.encode_fields(&mut self.writer);
            return Ok(RequestParts::default());
        }
        let options = options.clone();
        let writer = &mut self.writer;
        let mut own =
            OperationParameters { writer, fill, options, beside: RequestParts::default(), error: None };
        record.encode_fields(&mut own);
        let OperationParameters { beside, error, .. } = own;
        error.map_or(Ok(beside), Err)
    }

    /// One member of `record`, by its index, under a name of its own.
    pub(crate) fn member(&mut self, record: &dyn Record, index: usize, name: &str) {
        record.encode_fields(&mut OneMember {
            writer: &mut self.writer,
            index,
            name,
            filled: None,
            error: None,
        });
    }

    /// What the calls of a session carry under this name, if they do.
    pub(crate) fn of_session(&mut self, session: SessionContext<'_>, name: &str) {
        let mut placed = session.kind.parameters.iter();
        if let Some(member) = placed.position(|placed| *placed == name) {
            self.member(session.parameters, member, name);
        }
    }

    /// One member of `record` that is filled in where it is left out.
    pub(crate) fn filled(
        &mut self,
        record: &dyn Record,
        filled: AutoFilled,
        fill: FillContext<'_>,
    ) -> Result<(), RequestError> {
        let (writer, index, name) = (&mut self.writer, filled.member, filled.name);
        let mut member = OneMember { writer, index, name, filled: Some((filled, fill)), error: None };
        record.encode_fields(&mut member);
        member.error.map_or(Ok(()), Err)
    }

    /// The ID of the request: the caller's, which is a member of the call's options, or one that is made. A URL that the vendor
    /// told may have another, which takes precedence over it.
    pub(crate) fn request_id(
        &mut self,
        context: &CallContext<'_>,
        member: usize,
        name: &str,
    ) -> Option<RequestId> {
        if let Some(given) = RequestId::given(context.options, member) {
            self.member(context.options, member, name);
            return Some(given);
        }
        let random = if context.request_ids { context.random() } else { None };
        let made = RequestId::made(random?);
        self.pair(name, made.as_str());
        Some(made)
    }

    /// One name and value.
    pub(crate) fn pair(&mut self, name: &str, value: &str) {
        self.writer.named(name, value);
    }

    /// How many bytes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.writer.written().len()
    }

    pub(crate) fn finish(self) -> Result<String, crate::EncodeError> {
        self.writer.finish()
    }
}
