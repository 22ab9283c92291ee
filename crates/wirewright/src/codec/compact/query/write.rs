//! From the members to a query string, when they are scalars or lists of them.

use crate::{
    Options,
    codec::compact::{literal::Literal, number, write::Output},
    scalar,
    text::form::encode,
    wire::{Booleans, Details, Document, Encoder, Entries, Items, MemberLocation, Record, Shape, Value},
};

/// Writes a query string, as bytes; `None` leaves it to the general writer.
pub(crate) fn write(record: &dyn Record, options: &Options) -> Option<Vec<u8>> {
    let mut writer = Writer { out: Output::new(options.limits.max_depth()) };
    writer.out.stopped = writer.out.levels == 0;
    record.encode_fields(&mut writer);
    writer.out.finish()
}

struct Writer {
    out: Output,
}

impl Encoder for Writer {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        if shape.places & Shape::VARYING != 0 || shape.members.len() != values.len() {
            self.out.stopped = true;
            return;
        }
        for (index, value) in values.iter().enumerate() {
            let details = shape.members[index].details();
            match value {
                Value::Absent => {}
                Value::Map(entries) if shape.members[index].place == MemberLocation::Flatten => {
                    self.entries(*entries, details);
                }
                Value::Document(Document::Null) if shape.members[index].place == MemberLocation::Rest => {}
                _ if shape.members[index].place.is_flat() => self.out.stopped = true,
                Value::Bool(false)
                    if details.boolean.as_ref().is_some_and(|spelling| spelling.no.is_none()) => {}
                Value::List(items) => {
                    let repeated = details.list.joined.is_none() && details.list.numbered.is_none();
                    self.out.stopped |= !repeated && !items.is_empty();
                    self.out.stopped |= items.is_empty() && (details.list.filled || details.list.always);
                    self.items(shape, index, *items);
                }
                value => self.pair(shape, index, value, details.boolean.as_ref()),
            }
        }
    }
}

impl Writer {
    fn items(&mut self, shape: &'static Shape, index: usize, items: &dyn Items) {
        let boolean = shape.member(index).boolean();
        let (from, count) = (self.out.bytes.len(), items.len());
        for number in 0..count {
            match items.item(number) {
                Value::Absent => self.out.stopped = true,
                value => self.pair(shape, index, &value, boolean),
            }
            self.out.make_room(from, number + 1, count);
        }
    }

    /// The entries of a map that are among the members.
    fn entries(&mut self, entries: &dyn Entries, details: &'static Details) {
        entries.each(&mut |key, value| {
            let Some(text) = scalar::text(value, details.boolean.as_ref()) else {
                self.out.stopped = true;
                return;
            };
            let out = &mut self.out.bytes;
            if !out.is_empty() {
                out.push(b'&');
            }
            encode(out, key.as_bytes());
            out.push(b'=');
            encode(out, text.as_bytes());
        });
    }

    #[inline]
    fn pair(
        &mut self,
        shape: &'static Shape,
        index: usize,
        value: &Value<'_>,
        boolean: Option<&'static Booleans>,
    ) {
        let out = &mut self.out.bytes;
        Literal::pair(shape, &shape.members[index], out.is_empty()).write(out);
        match *value {
            Value::Str(text) => encode(out, text.as_bytes()),
            Value::U64(number) => number::write_unsigned(out, number),
            Value::I64(number) => number::write_signed(out, number),
            value => match scalar::text(value, boolean) {
                Some(text) => encode(out, text.as_bytes()),
                None => self.out.stopped = true,
            },
        }
    }
}
