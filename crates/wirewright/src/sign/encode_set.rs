//! Percent-encoding by tables.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Which characters are percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeSet {
    /// None.
    None,
    /// All but the unreserved ones of RFC 3986 section 2.3; a space is `%20`.
    Rfc3986,
    /// As in `application/x-www-form-urlencoded`; a space is `+`.
    Form,
    /// As `Rfc3986`, but a `/` stays.
    Path,
}

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes all but the unreserved characters of RFC 3986 section 2.3, in UTF-8 and upper-case hexadecimal.
///
/// ```
/// assert_eq!(wirewright::sign::percent_encode("a b+é~"), "a%20b%2B%C3%A9~");
/// ```
pub fn percent_encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// For each byte what stands for it.
pub(super) type Table = [Entry; 256];

/// Up to seven bytes, the first one lowest; the highest byte says how many they are. One number, so that it is loaded and stored
/// as one.
#[derive(Clone, Copy)]
pub(super) struct Entry(u64);

impl Entry {
    pub(super) const SIZE: usize = 8;

    #[inline]
    pub(super) const fn bytes(self) -> [u8; Self::SIZE] {
        self.0.to_le_bytes()
    }

    /// How many of the bytes count.
    #[inline]
    pub(super) const fn len(self) -> usize {
        (self.0 >> 56) as usize
    }
}

/// By what is encoded first, and what that is encoded by. A path is encoded segment by segment, and has no table of its own.
static TABLES: [[Table; 3]; 3] = {
    const fn row(first: EncodeSet) -> [Table; 3] {
        [first.then(EncodeSet::None), first.then(EncodeSet::Rfc3986), first.then(EncodeSet::Form)]
    }
    [row(EncodeSet::None), row(EncodeSet::Rfc3986), row(EncodeSet::Form)]
};

/// What stands for the bytes of a form that is spelled as the URL standard's serializer spells it, once its names and values are encoded
/// as RFC 3986 has it, and that by another set. They need not be decoded: the serializer's escapes are those of RFC 3986, and only the
/// space, `*` and `~` are spelled otherwise.
static SERIALIZED: [Table; 3] = {
    const fn table(outer: EncodeSet) -> Table {
        let (encoded, literal) = (EncodeSet::Rfc3986.then(outer), EncodeSet::None.then(outer));
        let mut table = encoded;
        table[b'+' as usize] = encoded[b' ' as usize];
        // Its two digits stand for themselves.
        table[b'%' as usize] = literal[b'%' as usize];
        // What is between a name and its value, which have none themselves.
        table[b'=' as usize] = literal[b'=' as usize];
        table
    }
    [table(EncodeSet::None), table(EncodeSet::Rfc3986), table(EncodeSet::Form)]
};

impl EncodeSet {
    /// The table that encodes by this set, and what comes of that by the other.
    pub(super) fn table_then(self, other: Self) -> &'static Table {
        &TABLES[self.index()][other.index()]
    }

    /// The table that encodes the pairs of a serialized form by this set, and what comes of that by the other. `None`: they have to be decoded
    /// before.
    pub(super) fn serialized_then(self, other: Self) -> Option<&'static Table> {
        (self == Self::Rfc3986).then(|| &SERIALIZED[other.index()])
    }

    const fn index(self) -> usize {
        match self {
            Self::None => 0,
            Self::Rfc3986 | Self::Path => 1,
            Self::Form => 2,
        }
    }

    /// The table that encodes by this set.
    pub(super) fn table(self) -> &'static Table {
        Self::None.table_then(self)
    }

    /// Whether a byte stands for itself.
    const fn keeps(self, byte: u8) -> bool {
        match self {
            Self::None => true,
            Self::Rfc3986 | Self::Path => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
            }
            Self::Form => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'*'),
        }
    }

    const fn one(self, byte: u8) -> ([u8; 3], usize) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        if self.keeps(byte) {
            ([byte, 0, 0], 1)
        } else if byte == b' ' && matches!(self, Self::Form) {
            ([b'+', 0, 0], 1)
        } else {
            ([b'%', DIGITS[byte as usize >> 4], DIGITS[byte as usize & 15]], 3)
        }
    }

    const fn then(self, other: Self) -> Table {
        let mut table = [Entry(0); 256];
        let mut index = 0;
        while index < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "less than 256")]
            let (first, count) = self.one(index as u8);
            let (mut entry, mut place, mut at) = (0, 0, 0);
            while at < count {
                let (bytes, count) = other.one(first[at]);
                let mut copied = 0;
                while copied < count {
                    entry |= (bytes[copied] as u64) << (8 * place);
                    copied += 1;
                    place += 1;
                }
                at += 1;
            }
            // At most `%` and two digits, the `%` encoded once more.
            assert!(place < Entry::SIZE as u64, "an entry has room for it");
            table[index] = Entry(entry | place << 56);
            index += 1;
        }
        table
    }
}
