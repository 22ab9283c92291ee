//! The parameters of a request, in the order of the wire.

use alloc::{string::String, vec::Vec};

use super::{
    CallContext, Carried, Filled, RequestError, RequestId,
    own::{OneMember, Own, Surroundings},
};
use crate::{File, Options, query::Writer, wire::Record};

/// What a request carries beside its parameters.
#[derive(Default)]
pub(super) struct Beside {
    /// The text of its document, if it has one.
    pub(super) document: Option<String>,
    /// Its files, each behind so many bytes of the parameters.
    pub(super) files: Vec<(usize, String, File)>,
    /// What stands in headers and cookies, each as a form-urlencoded pair, or empty.
    pub(super) carried: Vec<(&'static Carried, String)>,
}

/// A form-urlencoded text that grows by whole records, by single members of one, and by pairs.
pub(super) struct Parameters {
    writer: Writer,
}

impl Parameters {
    pub(super) fn new(options: &Options) -> Self {
        Self { writer: Writer::parameters(options) }
    }

    /// An operation's own parameters. What does not stand among parameters comes back: the document, and the files.
    pub(super) fn own(
        &mut self,
        record: &dyn Record,
        surroundings: Surroundings<'_>,
        options: &Options,
    ) -> Result<Beside, RequestError> {
        if surroundings.plain() {
            record.put(&mut self.writer);
            return Ok(Beside::default());
        }
        let options = options.clone();
        let writer = &mut self.writer;
        let mut own = Own { writer, surroundings, options, beside: Beside::default(), error: None };
        record.put(&mut own);
        let Own { beside, error, .. } = own;
        error.map_or(Ok(beside), Err)
    }

    /// One member of `record`, by its index, under a name of its own.
    pub(super) fn member(&mut self, record: &dyn Record, index: usize, name: &str) {
        record.put(&mut OneMember { writer: &mut self.writer, index, name, filled: None, error: None });
    }

    /// One member of `record` that is filled in where it is left out.
    pub(super) fn filled(
        &mut self,
        record: &dyn Record,
        filled: Filled,
        surroundings: Surroundings<'_>,
    ) -> Result<(), RequestError> {
        let (writer, index, name) = (&mut self.writer, filled.member, filled.name);
        let mut member = OneMember { writer, index, name, filled: Some((filled, surroundings)), error: None };
        record.put(&mut member);
        member.error.map_or(Ok(()), Err)
    }

    /// The ID of the request: the caller's, which is a member of the call's options, or one that is made. A URL that the vendor
    /// told may have another, which goes before it.
    pub(super) fn request_id(
        &mut self,
        context: &CallContext<'_>,
        member: usize,
        name: &str,
    ) -> Option<RequestId> {
        if let Some(given) = RequestId::given(context.options, member) {
            self.member(context.options, member, name);
            return Some(given);
        }
        let made = RequestId::made(context)?;
        self.pair(name, made.as_str());
        Some(made)
    }

    /// One name and value.
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        self.writer.named(name, value);
    }

    /// How many bytes there are so far.
    pub(super) fn len(&self) -> usize {
        self.writer.written().len()
    }

    pub(super) fn finish(self) -> Result<String, crate::EncodeError> {
        self.writer.finish()
    }
}
