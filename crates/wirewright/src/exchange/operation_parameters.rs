//! An operation's own parameters and the call's options on their way into a request: what is filled in is filled in, and what
//! is not among parameters is set aside.

use crate::{
    File, Options,
    codec::{self, general::query::Writer},
    describe::protocol::{AutoFilled, BodyDescription, Content, DECLARATION, PlacedParameter},
    exchange::{
        auto_fill::{AutoFilledValue, FillContext},
        request_error::RequestError,
    },
    wire::{Encoder, Member, Record, Shape, Value},
};

/// What a request carries beside its parameters.
#[derive(Default)]
pub(crate) struct RequestParts {
    /// Its document as bytes, if it has one.
    pub(crate) document: Option<Vec<u8>>,
    /// Its files, each behind so many bytes of the parameters.
    pub(crate) files: Vec<(usize, String, File)>,
    /// What is in headers and cookies, each as a form-urlencoded pair, or empty.
    pub(crate) placed: Vec<(&'static PlacedParameter, String)>,
}

/// Takes a request apart.
pub(crate) struct OperationParameters<'w, 'a> {
    pub(crate) writer: &'w mut Writer,
    pub(crate) fill: FillContext<'a>,
    pub(crate) options: Options,
    pub(crate) beside: RequestParts,
    pub(crate) error: Option<RequestError>,
}

impl OperationParameters<'_, '_> {
    fn document(&mut self, document: &BodyDescription, record: &dyn Record) {
        let Options { limits, .. } = self.options;
        let options = Options::new().with_limits(limits);
        match codec::encode_record_bytes(document.format, record, document.shape, &options) {
            Ok(bytes) if document.declaration => {
                self.beside.document = Some([DECLARATION.as_bytes(), &bytes].concat());
            }
            Ok(bytes) => self.beside.document = Some(bytes),
            Err(error) => self.fail(RequestError::Encode(error)),
        }
    }

    /// Sets a file aside, or the files of a list; `false`: it is none.
    fn file(&mut self, name: &str, value: Value<'_>) -> bool {
        match value {
            Value::File(file) => {
                self.beside.files.push((self.writer.written().len(), name.to_owned(), file.clone()));
                true
            }
            Value::List(items) if !items.is_empty() => {
                (0..items.len()).all(|index| self.file(name, items.item(index)))
            }
            _ => false,
        }
    }

    /// A member that is one parameter or several, or is in a header or cookie.
    fn member(
        &mut self,
        index: usize,
        member: Member,
        value: Value<'_>,
        filled: Option<&AutoFilled>,
    ) -> Result<(), RequestError> {
        let put = |writer: &mut Writer| {
            match (value, filled) {
                (Value::Absent, Some(filled)) => match self.fill.fill_in(filled)? {
                    AutoFilledValue::Number(number) => writer.put(member, Value::I64(number)),
                    AutoFilledValue::Text(text) => writer.put(member, Value::Str(&text)),
                },
                _ => writer.put(member, value),
            }
            Ok(())
        };
        let Some(placed) = self.fill.operation.placed.iter().find(|one| one.member == index) else {
            return put(self.writer);
        };
        let mut alone = Writer::parameters(&self.options);
        put(&mut alone)?;
        let text = alone.finish().map_err(RequestError::Encode)?;
        self.beside.placed.push((placed, text));
        Ok(())
    }

    fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }
}

impl Encoder for OperationParameters<'_, '_> {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        let operation = self.fill.operation;
        for (index, (member, value)) in shape.members().zip(values).enumerate() {
            let filled = operation.filled.iter().find(|filled| filled.member == index);
            match (operation.content, *value) {
                (Content::Document(document), Value::Record(record)) if document.member == index => {
                    self.document(document, record);
                }
                (content, value) if content.has_files() && self.file(member.query(), value) => {}
                (_, value) => {
                    if let Err(error) = self.member(index, member, value, filled) {
                        self.fail(error);
                    }
                }
            }
        }
    }
}

/// One member of a record, filled in where it is left out.
pub(crate) struct OneMember<'w, 'a> {
    pub(crate) writer: &'w mut Writer,
    pub(crate) index: usize,
    pub(crate) name: &'w str,
    pub(crate) filled: Option<(AutoFilled, FillContext<'a>)>,
    pub(crate) error: Option<RequestError>,
}

impl Encoder for OneMember<'_, '_> {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        let (Some(member), Some(value)) = (shape.members().nth(self.index), values.get(self.index)) else {
            return;
        };
        match (self.filled, value) {
            (Some((filled, fill)), Value::Absent) => match fill.fill_in(&filled) {
                Ok(AutoFilledValue::Number(number)) => {
                    self.writer.member_as(self.name, member, Value::I64(number));
                }
                Ok(AutoFilledValue::Text(text)) => {
                    self.writer.member_as(self.name, member, Value::Str(&text));
                }
                Err(error) => self.error = Some(error),
            },
            (_, value) => self.writer.member_as(self.name, member, *value),
        }
    }
}
