//! From the members to a query string, when they are scalars or lists of them.

use alloc::{string::String, vec::Vec};

use crate::{
    Options,
    compact::{
        literal::Literal,
        number,
        scan::{self, Nothing},
        write::Output,
    },
    scalar,
    wire::{Booleans, Details, Document, Encoder, Entries, Items, MemberLocation, Record, Shape, Value},
};

/// Writes a query string; `None` leaves it to the general writer.
pub(crate) fn write(record: &dyn Record, options: &Options) -> Option<String> {
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
        if shape.members.len() != values.len() {
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

    /// The entries of a map that stand among the members.
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
            encode(out, key);
            out.push(b'=');
            encode(out, &text);
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
        Literal::pair(shape, index, out.is_empty()).write(out);
        match *value {
            Value::Str(text) => encode(out, text),
            Value::U64(number) => number::write_unsigned(out, number),
            Value::I64(number) => number::write_signed(out, number),
            value => match scalar::text(value, boolean) {
                Some(text) => encode(out, &text),
                None => self.out.stopped = true,
            },
        }
    }
}

/// For each byte what stands for it, the first byte lowest; the highest byte says how many bytes that are. One number, so that
/// it is loaded and stored as one.
static ENCODED: [u32; 256] = {
    let digits = b"0123456789ABCDEF";
    let mut encoded = [0; 256];
    let mut index = 0;
    while index < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "less than 256")]
        let byte = index as u8;
        encoded[index] = u32::from_le_bytes(
            if byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | b'.' | b'_') {
                [byte, 0, 0, 1]
            } else if byte == b' ' {
                [b'+', 0, 0, 1]
            } else {
                [b'%', digits[index >> 4], digits[index & 15], 3]
            },
        );
        index += 1;
    }
    encoded
};

/// Encodes a name or value as the URL standard's form serializer does.
pub(crate) fn encode(out: &mut Vec<u8>, text: &str) {
    /// How much of a text is encoded before it is appended.
    const PIECE: usize = 32;
    const ENTRY: usize = 4;
    let bytes = text.as_bytes();
    let is_plain = |byte: &u8| ENCODED[usize::from(*byte)] == u32::from_le_bytes([*byte, 0, 0, 1]);
    let plain = bytes.iter().position(|byte| !is_plain(byte)).unwrap_or(bytes.len());
    let (plain, rest) = bytes.split_at(plain);
    scan::copy::<Nothing>(out, plain);
    for piece in rest.chunks(PIECE) {
        let mut encoded = [0; (ENTRY - 1) * PIECE + 1];
        let mut at = 0;
        for byte in piece {
            // Four bytes are copied whatever counts: that takes no branch.
            let entry = ENCODED[usize::from(*byte)];
            if let Some(place) = encoded.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<ENTRY>) {
                *place = entry.to_le_bytes();
            }
            at += (entry >> 24) as usize;
        }
        out.extend_from_slice(encoded.get(..at).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_are_encoded_as_the_url_standard_has_them() {
        for char in (0..0x800).filter_map(char::from_u32).chain(['€', '🎉']) {
            let text = std::format!("a{char}b");
            let mut out = Vec::new();
            encode(&mut out, &text);
            let wanted: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            assert_eq!(String::from_utf8(out), Ok(wanted));
        }
    }
}
