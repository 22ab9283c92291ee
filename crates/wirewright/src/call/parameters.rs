//! The parameters of a request, in the order of the wire.

use alloc::string::String;

use crate::{
    EncodeError, Options,
    query::Writer,
    wire::{Encoder, Record, Shape, Value},
};

/// A form-urlencoded text that grows by whole records, by single members of one, and by pairs.
pub(super) struct Parameters {
    writer: Writer,
}

impl Parameters {
    pub(super) fn new(options: &Options) -> Self {
        Self { writer: Writer::new(options) }
    }

    /// Every member of `record`.
    pub(super) fn record(&mut self, record: &dyn Record) {
        record.put(&mut self.writer);
    }

    /// One member of `record`, by its index.
    pub(super) fn member(&mut self, record: &dyn Record, index: usize) {
        record.put(&mut OneMember { writer: &mut self.writer, index });
    }

    /// One name and value.
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        self.writer.named(name, value);
    }

    /// How many bytes there are so far.
    pub(super) fn len(&self) -> usize {
        self.writer.written().len()
    }

    pub(super) fn finish(self) -> Result<String, EncodeError> {
        self.writer.finish()
    }
}

struct OneMember<'w> {
    writer: &'w mut Writer,
    index: usize,
}

impl Encoder for OneMember<'_> {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        if let (Some(member), Some(value)) = (shape.members().nth(self.index), values.get(self.index)) {
            self.writer.member(member, *value);
        }
    }
}
