//! Finding bytes eight at a time.
//!
//! A [`Test`] marks bytes of a word by their highest bits. Only the lowest mark is exact: above a byte that is marked rightly
//! others may be marked wrongly. That is enough to find the first.

/// Which bytes of a word are looked for.
pub(super) trait Test {
    fn marks(word: u64) -> u64;
}

const ONES: u64 = u64::MAX / 0xff;
const HIGH: u64 = ONES << 7;

#[inline]
const fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * byte as u64);
    difference.wrapping_sub(ONES) & !difference & HIGH
}

/// Bytes below `bound`, which is at most 0x80.
#[inline]
const fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(ONES * bound as u64) & !word & HIGH
}

/// Where the text of an element ends: markup or an entity.
pub(super) struct XmlText;

impl Test for XmlText {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'<') | equal(word, b'&')
    }
}

/// What XML text cannot have as it is, or perhaps not: 0xef starts the two characters that XML forbids, and others.
pub(super) struct XmlSpecial;

impl Test for XmlSpecial {
    #[inline]
    fn marks(word: u64) -> u64 {
        // `<` and `>` differ in one bit.
        equal(word & !(ONES * 2), b'<') | equal(word, b'&') | below(word, 0x20) | equal(word, 0xef)
    }
}

/// The same in an attribute's value, with the quote.
pub(super) struct XmlAttribute;

impl Test for XmlAttribute {
    #[inline]
    fn marks(word: u64) -> u64 {
        XmlSpecial::marks(word) | equal(word, b'"')
    }
}

/// One byte.
pub(super) struct Byte<const BYTE: u8>;

impl<const BYTE: u8> Test for Byte<BYTE> {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, BYTE)
    }
}

/// Where the plain part of a JSON string ends.
pub(super) struct JsonSpecial;

impl Test for JsonSpecial {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'"') | equal(word, b'\\') | below(word, 0x20)
    }
}

/// Where a name in a form ends.
pub(super) struct NameEnd;

impl Test for NameEnd {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'=') | equal(word, b'&')
    }
}

/// Where the plain part of a form's value ends.
pub(super) struct FormSpecial;

impl Test for FormSpecial {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'&') | equal(word, b'%') | equal(word, b'+')
    }
}

/// Where, from `at` on, the first byte is that the test looks for; the length if there is none.
#[inline]
pub(super) fn find<T: Test>(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let marks = T::marks(u64::from_le_bytes(*chunk));
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let Some(rest @ 1..) = bytes.len().checked_sub(at) else { return bytes.len() };
    // Fewer than eight bytes are left. Read them with some before them, which are shifted out.
    let word = match bytes.last_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk) >> (64 - 8 * rest),
        None => short(bytes.get(at..).unwrap_or_default()),
    };
    let marks = T::marks(word) & (u64::MAX >> (64 - 8 * rest));
    if marks == 0 { bytes.len() } else { at + (marks.trailing_zeros() / 8) as usize }
}

/// Where, from `at` on, a text first stands that starts with `BYTE`.
#[inline]
pub(super) fn find_text<const BYTE: u8>(bytes: &[u8], mut at: usize, text: &[u8]) -> Option<usize> {
    loop {
        at = find::<Byte<BYTE>>(bytes, at);
        if bytes.get(at..at.checked_add(text.len())?)? == text {
            return Some(at);
        }
        at += 1;
    }
}

/// Up to seven bytes as a word, the first one lowest.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let [first, last] = [first, last].map(|chunk| u64::from(u32::from_le_bytes(*chunk)));
            first | last << (8 * (bytes.len() - 4))
        }
        _ => match *bytes {
            [a, b, c] => u64::from_le_bytes([a, b, c, 0, 0, 0, 0, 0]),
            [a, b] => u64::from_le_bytes([a, b, 0, 0, 0, 0, 0, 0]),
            [a] => u64::from(a),
            _ => 0,
        },
    }
}

/// What is unusual in a whole text of XML, so that the usual one need not be looked at again.
#[derive(Clone, Copy, Default)]
pub(super) struct Unusual {
    /// A control character that XML forbids, or a byte that may start another forbidden character.
    pub(super) perhaps_forbidden: bool,
    /// CR, which is read as LF.
    pub(super) returns: bool,
}

impl Unusual {
    pub(super) fn of(text: &str) -> Self {
        let (mut forbidden, mut returns) = (0_u8, 0_u8);
        // Without branches, so that many bytes are looked at in one instruction.
        let mut look = |byte: u8| {
            let control = u8::from(byte < 0x20) & u8::from(byte != b'\t') & u8::from(byte != b'\n');
            let back = u8::from(byte == b'\r');
            forbidden |= control & !back | u8::from(byte == 0xef);
            returns |= back;
        };
        let bytes = text.as_bytes();
        for chunk in bytes.chunks_exact(64) {
            for byte in chunk {
                look(*byte);
            }
        }
        // The last bytes once more with some before them, to have as many.
        match bytes.last_chunk::<64>() {
            Some(chunk) => chunk.iter().for_each(|byte| look(*byte)),
            None => bytes.iter().for_each(|byte| look(*byte)),
        }
        Self { perhaps_forbidden: forbidden != 0, returns: returns != 0 }
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    fn check<T: Test>(wanted: impl Fn(u8) -> bool) {
        for length in 0..20 {
            for place in 0..=length {
                for byte in 0..=u8::MAX {
                    for filler in [b'a', 0xff] {
                        let mut bytes: Vec<u8> = std::vec![filler; length];
                        if let Some(target) = bytes.get_mut(place) {
                            *target = byte;
                        }
                        // A second one behind it must not matter.
                        if let Some(target) = bytes.get_mut(place + 2) {
                            *target = byte.wrapping_add(1);
                        }
                        for at in 0..=length {
                            let slow = bytes.iter().skip(at).position(|byte| wanted(*byte));
                            let slow = slow.map_or(length, |found| at + found);
                            assert_eq!(find::<T>(&bytes, at), slow, "{bytes:?} from {at}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn every_test_finds_what_a_byte_loop_finds() {
        check::<XmlText>(|byte| matches!(byte, b'<' | b'&'));
        check::<XmlSpecial>(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xef | 0..=0x1f));
        check::<JsonSpecial>(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        check::<FormSpecial>(|byte| matches!(byte, b'&' | b'%' | b'+'));
        check::<Byte<b'&'>>(|byte| byte == b'&');
        check::<XmlAttribute>(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | 0xef | 0..=0x1f));
    }

    #[test]
    fn unusual_bytes_are_seen_wherever_they_stand() {
        for length in 1..150 {
            for place in 0..length {
                for byte in 0..0x80_u8 {
                    let mut bytes = std::vec![b'a'; length];
                    bytes[place] = byte;
                    let text = std::string::String::from_utf8(bytes).expect("ASCII");
                    let unusual = Unusual::of(&text);
                    assert_eq!(unusual.returns, byte == b'\r');
                    assert_eq!(
                        unusual.perhaps_forbidden,
                        byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
                    );
                }
            }
        }
        assert!(Unusual::of("\u{ffff}").perhaps_forbidden);
    }
}
