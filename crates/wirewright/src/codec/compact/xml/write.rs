//! From the members to XML.

use crate::{
    Options,
    codec::compact::{literal::Literal, number, write::Output},
    scalar,
    text::{
        escape::{self, XmlPlace},
        scan::{self, XmlAttribute, XmlSpecial},
    },
    wire::{Document, Encoder, Items, MemberData, MemberLocation, Record, Shape, Value},
};

/// Writes a document, as bytes; `None` leaves it to the general writer.
pub(crate) fn write(record: &dyn Record, shape: &'static Shape, options: &Options) -> Option<Vec<u8>> {
    let mut writer = Writer { out: Output::new(options.limits.max_depth().saturating_sub(1)) };
    writer.out.put("<");
    writer.out.put(shape.root);
    if let Some(namespace) = shape.namespace {
        writer.out.put(" xmlns=\"");
        writer.escaped(namespace, XmlPlace::Attribute);
        writer.out.put("\"");
    }
    record.encode_fields(&mut writer);
    writer.out.put("</");
    writer.out.put(shape.root);
    writer.out.put(">");
    writer.out.finish()
}

struct Writer {
    out: Output,
}

impl Encoder for Writer {
    /// The start tag is written up to behind its name. The end tag is left to the caller.
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        if self.out.stopped
            || shape.places & (Shape::FLATTENED | Shape::NAMESPACES) != 0
            || shape.members.len() != values.len()
        {
            self.out.stopped = true;
            return;
        }
        if shape.places & Shape::ATTRIBUTES != 0 {
            for (index, value) in values.iter().enumerate() {
                if shape.members[index].place == MemberLocation::Attribute {
                    self.attribute(shape, index, *value);
                }
            }
        }
        self.out.bytes.push(b'>');
        // Whether the start tag of the member, which is a plain one then, has been written together with the end tag before it.
        let mut open = false;
        for (index, value) in values.iter().enumerate() {
            let data = &shape.members[index];
            if !open {
                if !is_plain(data, value) {
                    self.other(shape, index, *value);
                    continue;
                }
                Literal::open(shape, data).write(&mut self.out.bytes);
            }
            self.plain(value);
            let next = shape.members.get(index + 1).zip(values.get(index + 1));
            let next = next.filter(|(data, value)| is_plain(data, value));
            open = next.is_some();
            let close = match next {
                Some((next, _)) => Literal::close_open(shape, data, next),
                None => Literal::close(shape, data),
            };
            close.write(&mut self.out.bytes);
        }
        // Members are one level below, and none is written where there is no level left.
        self.out.stopped |= self.out.levels == 0;
    }
}

/// Whether a member is one element with a scalar inside.
#[inline]
fn is_plain(data: &MemberData, value: &Value<'_>) -> bool {
    let scalar =
        matches!(value, Value::Str(_) | Value::U64(_) | Value::I64(_) | Value::F64(_) | Value::Bool(_));
    scalar && data.details.is_none() && data.place == MemberLocation::Element
}

impl Writer {
    #[inline]
    fn plain(&mut self, value: &Value<'_>) {
        match *value {
            Value::Str(text) => self.escaped(text, XmlPlace::Content),
            Value::U64(number) => number::write_unsigned(&mut self.out.bytes, number),
            Value::I64(number) => number::write_signed(&mut self.out.bytes, number),
            Value::F64(number) => number::write_float(&mut self.out.bytes, number),
            Value::Bool(value) => self.out.put(if value { "true" } else { "false" }),
            Value::Text(text) => match text.written() {
                Some(text) => self.escaped(&text, XmlPlace::Content),
                None => self.out.stopped = true,
            },
            Value::File(file) => self.escaped(file.name(), XmlPlace::Content),
            _ => self.out.stopped = true,
        }
    }

    #[inline]
    fn escaped(&mut self, text: &str, place: XmlPlace) {
        let bytes = text.as_bytes();
        let copied = match place {
            XmlPlace::Content => scan::copy::<XmlSpecial>(&mut self.out.bytes, bytes),
            XmlPlace::Attribute => scan::copy::<XmlAttribute>(&mut self.out.bytes, bytes),
        };
        if copied < bytes.len() {
            self.out.stopped |= escape::xml(&mut self.out.bytes, text, copied, place).is_err();
        }
    }

    /// A scalar as its member spells it, or a list as one text. `None`: it is left out, or something else.
    fn text<'v>(
        &mut self,
        shape: &'static Shape,
        index: usize,
        value: Value<'v>,
    ) -> Option<std::borrow::Cow<'v, str>> {
        let member = shape.member(index);
        match value {
            Value::Absent => None,
            Value::Bool(false) if member.boolean().is_some_and(|spelling| spelling.no.is_none()) => None,
            Value::List(items) if items.is_empty() => {
                let form = member.list();
                self.out.stopped |= form.filled;
                (form.always && form.joined.is_some()).then_some("".into())
            }
            Value::List(items) => {
                if let Some(Ok(text)) = member.list().joined.map(|by| scalar::join(member, items, by)) {
                    Some(text.into())
                } else {
                    self.out.stopped = true;
                    None
                }
            }
            value => {
                let text = scalar::text(value, member.boolean());
                self.out.stopped |= text.is_none();
                text
            }
        }
    }

    fn attribute(&mut self, shape: &'static Shape, index: usize, value: Value<'_>) {
        let text = match value {
            Value::Str(text) => Some(text.into()),
            value => self.text(shape, index, value),
        };
        if let Some(text) = text {
            self.out.put(" ");
            self.out.put(shape.member(index).xml());
            self.out.put("=\"");
            self.escaped(&text, XmlPlace::Attribute);
            self.out.put("\"");
        }
    }

    /// A member that is not a plain element.
    #[inline(never)]
    fn other(&mut self, shape: &'static Shape, index: usize, value: Value<'_>) {
        let data = &shape.members[index];
        match (data.place, value) {
            (MemberLocation::Attribute, _)
            | (MemberLocation::Element, Value::Absent)
            | (MemberLocation::Rest, Value::Document(Document::Null)) => {}
            (MemberLocation::Element, Value::Record(record)) => {
                self.out.enter();
                Literal::half_open(shape, &shape.members[index]).write(&mut self.out.bytes);
                record.encode_fields(self);
                Literal::close(shape, &shape.members[index]).write(&mut self.out.bytes);
                self.out.leave();
            }
            (MemberLocation::Element, Value::List(items)) if data.details().list.joined.is_none() => {
                let form = data.details().list;
                self.out.stopped |= form.filled && items.is_empty();
                if let Some(item) = form.item.filter(|_| form.always || !items.is_empty()) {
                    self.wrapped(shape, index, items, item);
                } else {
                    let (from, count) = (self.out.bytes.len(), items.len());
                    for number in 0..count {
                        self.item(shape, index, items.item(number));
                        self.out.make_room(from, number + 1, count);
                    }
                }
            }
            (MemberLocation::Element, value) => {
                if let Some(text) = self.text(shape, index, value) {
                    Literal::open(shape, &shape.members[index]).write(&mut self.out.bytes);
                    self.escaped(&text, XmlPlace::Content);
                    Literal::close(shape, &shape.members[index]).write(&mut self.out.bytes);
                }
            }
            (MemberLocation::Text, value) => {
                if let Some(text) = self.text(shape, index, value) {
                    self.escaped(&text, XmlPlace::Content);
                }
            }
            (MemberLocation::Flatten | MemberLocation::Rest | MemberLocation::Nowhere, _) => {
                self.out.stopped = true;
            }
        }
    }

    /// An item of a list that repeats the member's own element.
    fn item(&mut self, shape: &'static Shape, index: usize, value: Value<'_>) {
        match value {
            Value::Record(_) => self.other(shape, index, value),
            Value::List(_) => self.out.stopped = true,
            value => match scalar_text(shape, index, value) {
                Some(text) => {
                    Literal::open(shape, &shape.members[index]).write(&mut self.out.bytes);
                    self.escaped(&text, XmlPlace::Content);
                    Literal::close(shape, &shape.members[index]).write(&mut self.out.bytes);
                }
                None => self.out.stopped = true,
            },
        }
    }

    /// `<users><user></user></users>`
    fn wrapped(&mut self, shape: &'static Shape, index: usize, items: &dyn Items, name: &str) {
        self.out.enter();
        Literal::open(shape, &shape.members[index]).write(&mut self.out.bytes);
        self.out.enter();
        let (from, count) = (self.out.bytes.len(), items.len());
        for number in 0..count {
            self.out.put("<");
            self.out.put(name);
            match items.item(number) {
                Value::Record(record) => record.encode_fields(self),
                value => {
                    self.out.put(">");
                    match scalar_text(shape, index, value) {
                        Some(text) => self.escaped(&text, XmlPlace::Content),
                        None => self.out.stopped = true,
                    }
                }
            }
            self.out.put("</");
            self.out.put(name);
            self.out.put(">");
            self.out.make_room(from, number + 1, count);
        }
        self.out.leave();
        Literal::close(shape, &shape.members[index]).write(&mut self.out.bytes);
        self.out.leave();
    }
}

/// A list's item, which is written whatever it is.
fn scalar_text<'v>(
    shape: &'static Shape,
    index: usize,
    value: Value<'v>,
) -> Option<std::borrow::Cow<'v, str>> {
    let member = shape.member(index);
    match value {
        Value::Absent => member.list().absent_items.then_some("".into()),
        value => scalar::text(value, member.boolean()),
    }
}
