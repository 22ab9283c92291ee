//! The text of query strings and forms: their escapes, as the URL standard has them.

use std::borrow::Cow;

use super::scan::{self, Byte, FormSpecial, NameEnd, Nothing};

/// The value of a hexadecimal digit; 16 and more for other bytes.
const NIBBLES: [u8; 256] = {
    let mut nibbles = [0xff; 256];
    let mut digit = 0_u8;
    while digit < 16 {
        nibbles[b"0123456789abcdef"[digit as usize] as usize] = digit;
        nibbles[b"0123456789ABCDEF"[digit as usize] as usize] = digit;
        digit += 1;
    }
    nibbles
};

/// The byte that two hexadecimal digits stand for.
#[inline]
pub(crate) fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let (high, low) = (NIBBLES[usize::from(high)], NIBBLES[usize::from(low)]);
    (high | low < 16).then_some(high << 4 | low)
}

/// Where the name of a pair ends that starts at `at`.
#[inline]
pub(crate) fn name_end(bytes: &[u8], at: usize) -> usize {
    scan::find::<NameEnd>(bytes, at)
}

/// Where the value of a pair ends that starts at `at`.
#[inline]
pub(crate) fn value_end(bytes: &[u8], at: usize) -> usize {
    scan::find::<Byte<b'&'>>(bytes, at)
}

/// A name or value without its escapes, as the URL standard has it: a bad escape stands for itself.
pub(crate) fn decode(raw: &str) -> Cow<'_, str> {
    match unescaped(raw.as_bytes()) {
        Cow::Borrowed(_) => Cow::Borrowed(raw),
        Cow::Owned(bytes) => Cow::Owned(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).as_ref().to_owned()),
        ),
    }
}

/// The bytes of a name or value without its escapes: they may be in any charset.
pub(crate) fn unescaped(bytes: &[u8]) -> Cow<'_, [u8]> {
    let first = scan::find::<FormSpecial>(bytes, 0);
    let Some((plain, mut rest)) = bytes.split_at_checked(first).filter(|(_, rest)| !rest.is_empty()) else {
        return Cow::Borrowed(bytes);
    };
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(plain);
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        out.push(match (byte, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match hexadecimal(*high, *low) {
                Some(byte) => {
                    rest = after;
                    byte
                }
                None => b'%',
            },
            _ => *byte,
        });
    }
    Cow::Owned(out)
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
pub(crate) fn encode(out: &mut Vec<u8>, bytes: &[u8]) {
    /// How much of a text is encoded before it is appended.
    const PIECE: usize = 32;
    const ENTRY: usize = 4;
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
    fn escapes_are_read_as_the_url_standard_has_them() {
        for text in [
            "",
            "a",
            "a+b",
            "%41%4a%4A",
            "%",
            "%4",
            "%4g",
            "%%41",
            "%C3%A9",
            "%C3",
            "%ff+%ff",
            "é%c3%a9",
            "%00",
            "eight+by%74es+a%+%2 time, %2",
            "12345678%319+123456+12345%2",
        ] {
            let whole = std::format!("={text}");
            let value = form_urlencoded::parse(whole.as_bytes()).next().map(|(_, value)| value);
            assert_eq!(Some(decode(text)), value, "{text}");
        }
    }

    #[test]
    fn all_bytes_are_encoded_as_the_url_standard_has_them() {
        for char in (0..0x800).filter_map(char::from_u32).chain(['€', '🎉']) {
            let text = std::format!("a{char}b");
            let mut out = Vec::new();
            encode(&mut out, text.as_bytes());
            let wanted: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            assert_eq!(String::from_utf8(out), Ok(wanted));
        }
    }
}
