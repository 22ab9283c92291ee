//! From the members to JSON.

use crate::{
    Options,
    codec::compact::{literal::Literal, number, write::Output},
    scalar,
    text::{
        escape,
        scan::{self, JsonSpecial},
    },
    wire::{Booleans, Details, Document, Encoder, Items, ListForm, MemberLocation, Record, Shape, Value},
};

/// Writes a JSON text, as bytes; `None` leaves it to the general writer.
pub(crate) fn write(record: &dyn Record, shape: &'static Shape, options: &Options) -> Option<Vec<u8>> {
    let mut writer = Writer { out: Output::new(options.limits.max_depth()) };
    if let Some(root) = shape.json_root {
        writer.out.enter();
        writer.out.put("{\"");
        writer.escaped(root);
        writer.out.put("\":");
        record.encode_fields(&mut writer);
        writer.out.put("}");
    } else {
        record.encode_fields(&mut writer);
    }
    writer.out.finish()
}

struct Writer {
    out: Output,
}

impl Encoder for Writer {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        if self.out.stopped
            || shape.places & (Shape::FLATTENED | Shape::WHOLE) != 0
            || shape.members.len() != values.len()
        {
            self.out.stopped = true;
            return;
        }
        self.out.enter();
        self.out.bytes.push(b'{');
        // What of `","` before a member's name is not written: all of it for the first, the quote behind what is no string.
        let mut skip = 2;
        for (index, value) in values.iter().enumerate() {
            let details = shape.members[index].details;
            match (value, details) {
                (Value::Absent, _) => {}
                (Value::Document(Document::Null), _)
                    if shape.members[index].place == MemberLocation::Rest => {}
                (Value::Str(text), _) => {
                    Literal::between(shape, index, skip, true).write(&mut self.out.bytes);
                    self.escaped(text);
                    skip = 0;
                }
                // As numbers are in lists as well, `value` writes them too. Here they need no call.
                (Value::U64(number), _) => {
                    number::write_unsigned(self.name(shape, index, skip), *number);
                    skip = 1;
                }
                (Value::I64(number), _) => {
                    number::write_signed(self.name(shape, index, skip), *number);
                    skip = 1;
                }
                (Value::F64(number), _) if number.is_finite() => {
                    number::write_float(self.name(shape, index, skip), *number);
                    skip = 1;
                }
                (Value::List(items), Some(details)) if details.list.filled && items.is_empty() => {
                    self.out.stopped = true;
                }
                (value, Some(details)) if is_left_out(value, details) => {}
                (
                    Value::List(items),
                    Some(Details { list: ListForm { joined: Some(separator), .. }, .. }),
                ) => {
                    Literal::between(shape, index, skip, true).write(&mut self.out.bytes);
                    match scalar::join(shape.member(index), *items, separator) {
                        _ if items.is_empty() => {}
                        Ok(text) => self.escaped(&text),
                        Err(_) => self.out.stopped = true,
                    }
                    skip = 0;
                }
                (value, details) => {
                    self.name(shape, index, skip);
                    self.value(value, details.unwrap_or(&Details::USUAL));
                    skip = 1;
                }
            }
        }
        if skip == 0 {
            self.out.bytes.push(b'"');
        }
        self.out.bytes.push(b'}');
        self.out.leave();
    }
}

fn is_left_out(value: &Value<'_>, details: &Details) -> bool {
    match value {
        Value::Bool(false) => details.boolean.as_ref().is_some_and(|spelling| spelling.no.is_none()),
        Value::List(items) => items.is_empty() && details.list.joined.is_some() && !details.list.always,
        _ => false,
    }
}

impl Writer {
    /// Writes the name of a member whose value is no string, without the first `skip` bytes of what is before it. What is returned takes the
    /// value.
    #[inline]
    fn name(&mut self, shape: &'static Shape, index: usize, skip: usize) -> &mut Vec<u8> {
        Literal::between(shape, index, skip, false).write(&mut self.out.bytes);
        &mut self.out.bytes
    }

    #[inline]
    fn value(&mut self, value: &Value<'_>, details: &'static Details) {
        match *value {
            Value::Absent => self.out.put("null"),
            Value::Str(text) => self.string(text),
            Value::U64(number) => number::write_unsigned(&mut self.out.bytes, number),
            Value::I64(number) => number::write_signed(&mut self.out.bytes, number),
            Value::F64(number) if number.is_finite() => number::write_float(&mut self.out.bytes, number),
            Value::Bool(value) if details.boolean.is_none() => {
                self.out.put(if value { "true" } else { "false" });
            }
            Value::Bool(_) if details.boolean.as_ref().is_some_and(Booleans::are_numbers) => {
                self.out.put(&scalar::text(*value, details.boolean.as_ref()).unwrap_or_default());
            }
            Value::Record(record) => record.encode_fields(self),
            Value::List(items) => self.array(items, details),
            Value::Text(number) if number.is_number() => match number.written() {
                Some(number) => self.out.put(&number),
                None => self.out.stopped = true,
            },
            Value::F64(_) | Value::Bool(_) | Value::Text(_) | Value::File(_) => {
                match scalar::text(*value, details.boolean.as_ref()) {
                    Some(text) => self.string(&text),
                    None => self.out.stopped = true,
                }
            }
            Value::Map(_) | Value::Union(_) | Value::Document(_) => self.out.stopped = true,
        }
    }

    #[inline(never)]
    fn array(&mut self, items: &dyn Items, details: &'static Details) {
        self.out.enter();
        self.out.bytes.push(b'[');
        let (from, count) = (self.out.bytes.len(), items.len());
        for index in 0..count {
            if index > 0 {
                self.out.bytes.push(b',');
            }
            match items.item(index) {
                Value::List(items) => self.array(items, &Details::USUAL),
                value => self.value(&value, details),
            }
            self.out.make_room(from, index + 1, count);
        }
        self.out.bytes.push(b']');
        self.out.leave();
    }

    fn string(&mut self, text: &str) {
        self.out.bytes.push(b'"');
        self.escaped(text);
        self.out.bytes.push(b'"');
    }

    #[inline]
    fn escaped(&mut self, text: &str) {
        let at = scan::copy::<JsonSpecial>(&mut self.out.bytes, text.as_bytes());
        if at < text.len() {
            escape::json(&mut self.out.bytes, text, at);
        }
    }
}
