//! Finding bytes eight at a time.
//!
//! A [`Test`] marks bytes of a word by their highest bits. Only the lowest mark is exact: above a byte that is marked rightly
//! others may be marked wrongly. That is enough to find the first.

/// Which bytes of a word are looked for.
pub(crate) trait Test {
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
pub(crate) struct XmlText;

impl Test for XmlText {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'<') | equal(word, b'&')
    }
}

/// What does not stand for itself in the text of an element.
pub(crate) struct TextChanged;

impl Test for TextChanged {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'&') | equal(word, b'\r')
    }
}

/// What does not stand for itself in an attribute.
pub(crate) struct AttributeChanged;

impl Test for AttributeChanged {
    #[inline]
    fn marks(word: u64) -> u64 {
        TextChanged::marks(word) | equal(word, b'\n') | equal(word, b'\t')
    }
}

/// Where the white space between tags ends: any byte above the space. No control character but white space is in a text whose characters
/// have been looked at.
pub(crate) struct NoSpace;

impl Test for NoSpace {
    #[inline]
    fn marks(word: u64) -> u64 {
        ((word & !HIGH).wrapping_add(ONES * 0x5f) | word) & HIGH
    }
}

/// What XML text cannot have as it is, or perhaps not: 0xef starts the two characters that XML forbids, and others.
pub(crate) struct XmlSpecial;

impl Test for XmlSpecial {
    #[inline]
    fn marks(word: u64) -> u64 {
        // `<` and `>` differ in one bit.
        equal(word & !(ONES * 2), b'<') | equal(word, b'&') | below(word, 0x20) | equal(word, 0xef)
    }
}

/// The same in an attribute's value, with the quote.
pub(crate) struct XmlAttribute;

impl Test for XmlAttribute {
    #[inline]
    fn marks(word: u64) -> u64 {
        XmlSpecial::marks(word) | equal(word, b'"')
    }
}

/// No byte at all.
pub(crate) struct Nothing;

impl Test for Nothing {
    #[inline]
    fn marks(_: u64) -> u64 {
        0
    }
}

/// One byte.
pub(crate) struct Byte<const BYTE: u8>;

impl<const BYTE: u8> Test for Byte<BYTE> {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, BYTE)
    }
}

/// Where the plain part of a JSON string ends.
pub(crate) struct JsonSpecial;

impl Test for JsonSpecial {
    #[inline]
    fn marks(word: u64) -> u64 {
        // With this bit turned a quote is a space, control characters stay what they are, and nothing else is below 0x21.
        below(word ^ (ONES * 2), 0x21) | equal(word, b'\\')
    }
}

/// Where a name in a form ends.
pub(crate) struct NameEnd;

impl Test for NameEnd {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'=') | equal(word, b'&')
    }
}

/// Where the plain part of a form's value ends.
pub(crate) struct FormSpecial;

impl Test for FormSpecial {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'&') | equal(word, b'%') | equal(word, b'+')
    }
}

/// Where the part of a URL ends that is neither query nor fragment.
pub(crate) struct UrlEnd;

impl Test for UrlEnd {
    #[inline]
    fn marks(word: u64) -> u64 {
        equal(word, b'?') | equal(word, b'#')
    }
}

/// What is of interest in a form that is all ASCII and has no `$` and no `'`: the end of a name and of a value, and an escape.
pub(crate) struct Serialized;

impl Test for Serialized {
    #[inline]
    fn marks(word: u64) -> u64 {
        // Of ASCII each mark is exact. `%` and `&` are the same but for their last two bits.
        let other = |word: u64, byte: u8| (word ^ (ONES * u64::from(byte))).wrapping_add(HIGH - ONES);
        !(other(word, b'=') & other(word & !(ONES * 3), b'$')) & HIGH
    }
}

/// Calls `found` with each place of a byte that the test looks for, and with that behind the last byte. Each of the test's marks is exact.
#[inline]
pub(crate) fn each<T: Test>(bytes: &[u8], mut found: impl FnMut(usize)) {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut marked = |mut marks: u64, at: usize| {
        while marks != 0 {
            found(at + (marks.trailing_zeros() / 8) as usize);
            marks &= marks - 1;
        }
    };
    let mut at = 0;
    for word in words {
        marked(T::marks(u64::from_le_bytes(*word)), at);
        at += 8;
    }
    // What is behind the last byte is looked for as well, by the mark of its place.
    let count = 8 * rest.len();
    marked(T::marks(short(rest)) & !(u64::MAX << count) | 1 << (count + 7), at);
}

/// Where, from `at` on, the first byte is that the test looks for; the length if there is none.
#[inline]
pub(crate) fn find<T: Test>(bytes: &[u8], mut at: usize) -> usize {
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

/// Appends a text up to the first byte that the test looks for, and says how much that is.
///
/// A short text without such a byte is copied as its first bytes and its last ones, which may overlap: of a fixed size, they are
/// a load and a store each.
#[inline]
pub(crate) fn copy<T: Test>(out: &mut Vec<u8>, bytes: &[u8]) -> usize {
    let copied = match bytes.len() {
        17..=32 => copy_ends::<T, 16>(out, bytes),
        8..=16 => copy_ends::<T, 8>(out, bytes),
        4..=7 => copy_ends::<T, 4>(out, bytes),
        2..=3 => copy_ends::<T, 2>(out, bytes),
        _ => false,
    };
    if copied {
        return bytes.len();
    }
    let end = find::<T>(bytes, 0);
    out.extend_from_slice(bytes.get(..end).unwrap_or_default());
    end
}

/// Appends from `SIZE` to twice as many bytes, unless the test finds one of them.
#[inline]
fn copy_ends<T: Test, const SIZE: usize>(out: &mut Vec<u8>, bytes: &[u8]) -> bool {
    let (Some(first), Some(last)) = (bytes.first_chunk::<SIZE>(), bytes.last_chunk::<SIZE>()) else {
        return false;
    };
    if any::<T, SIZE>(first) | any::<T, SIZE>(last) {
        return false;
    }
    append(out, first, bytes.len() - SIZE);
    out.extend_from_slice(last);
    true
}

/// Whether the test finds any of some bytes.
#[inline]
fn any<T: Test, const SIZE: usize>(bytes: &[u8; SIZE]) -> bool {
    let mut marks = 0;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        marks |= T::marks(u64::from_le_bytes(*word));
    }
    if !rest.is_empty() {
        // What is not there is taken for the first byte once more.
        let mut word = [rest[0]; 8];
        word[..rest.len()].copy_from_slice(rest);
        marks |= T::marks(u64::from_le_bytes(word));
    }
    marks != 0
}

/// Appends the first bytes of some: copying all of them and taking the others away is quicker than copying as many as count.
#[inline]
pub(crate) fn append<const COPIED: usize>(out: &mut Vec<u8>, bytes: &[u8; COPIED], length: usize) {
    let end = out.len() + length;
    out.extend_from_slice(bytes);
    out.truncate(end);
}

/// Where, from `at` on, the first text is that starts with `BYTE`.
#[inline]
pub(crate) fn find_text<const BYTE: u8>(bytes: &[u8], mut at: usize, text: &[u8]) -> Option<usize> {
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
pub(crate) struct Unusual {
    /// A control character that XML forbids, or a byte that may start another forbidden character.
    pub(crate) perhaps_forbidden: bool,
    /// CR, which is read as LF.
    pub(crate) returns: bool,
}

impl Unusual {
    pub(crate) fn of(text: &str) -> Self {
        // Most texts have none of more bytes than these, which take fewer instructions to look for.
        let perhaps =
            any_byte(text, |byte| u8::from(byte < 0x20) & u8::from(byte != b'\n') | u8::from(byte == 0xef));
        if !perhaps {
            return Self::default();
        }
        let perhaps_forbidden = any_byte(text, |byte| {
            let space = u8::from(byte == b'\t') | u8::from(byte == b'\n') | u8::from(byte == b'\r');
            u8::from(byte < 0x20) & !space | u8::from(byte == 0xef)
        });
        Self { perhaps_forbidden, returns: any_byte(text, |byte| u8::from(byte == b'\r')) }
    }
}

/// Whether `mark` gives 1 for any byte of a text, and not 0.
#[inline]
fn any_byte(text: &str, mark: impl Fn(u8) -> u8) -> bool {
    let bytes = text.as_bytes();
    let mut found = 0;
    // Without branches, so that many bytes are looked at in one instruction.
    let mut look = |byte: &u8| found |= mark(*byte);
    for chunk in bytes.chunks_exact(64) {
        chunk.iter().for_each(&mut look);
    }
    // The last bytes once more with some before them, to have as many.
    match bytes.last_chunk::<64>() {
        Some(chunk) => chunk.iter().for_each(look),
        None => bytes.iter().for_each(look),
    }
    found & 1 != 0
}

#[cfg(test)]
mod tests {

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
        check::<TextChanged>(|byte| matches!(byte, b'&' | b'\r'));
        check::<AttributeChanged>(|byte| matches!(byte, b'&' | b'\r' | b'\n' | b'\t'));
        check::<UrlEnd>(|byte| matches!(byte, b'?' | b'#'));
        check::<NoSpace>(|byte| byte > b' ');
        check::<XmlSpecial>(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xef | 0..=0x1f));
        check::<JsonSpecial>(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        check::<FormSpecial>(|byte| matches!(byte, b'&' | b'%' | b'+'));
        check::<Byte<b'&'>>(|byte| byte == b'&');
        check::<XmlAttribute>(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | 0xef | 0..=0x1f));
    }

    #[test]
    fn all_ends_of_a_serialized_form_are_found() {
        let forms = [
            "",
            "a",
            "=",
            "a=1&b=%3D+*&&c",
            "%26=%25&a_-.=1234567%3D",
            "=&=&%%%&&&===",
            "0123456&abcdefg=ABCDEFG",
        ];
        for form in forms {
            for start in 0..form.len() {
                let form = form.as_bytes().get(start..).unwrap_or_default();
                let mut found = Vec::new();
                each::<Serialized>(form, |at| found.push(at));
                let wanted =
                    (0..=form.len()).filter(|at| form.get(*at).is_none_or(|byte| b"=&%".contains(byte)));
                assert_eq!(found, wanted.collect::<Vec<_>>(), "{form:?}");
            }
        }
    }

    #[test]
    fn texts_are_copied_up_to_the_first_byte_that_is_found() {
        for length in 0..50 {
            let plain: Vec<u8> = (b'0'..).take(length).collect();
            for place in 0..=length {
                for also in place..=length {
                    let mut bytes = plain.clone();
                    for place in [place, also] {
                        if let Some(byte) = bytes.get_mut(place) {
                            *byte = b'"';
                        }
                    }
                    let mut out = std::vec![b'-'];
                    assert_eq!(copy::<Byte<b'"'>>(&mut out, &bytes), place, "{bytes:?}");
                    assert_eq!(out.split_first(), Some((&b'-', &bytes[..place])));
                }
            }
        }
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
