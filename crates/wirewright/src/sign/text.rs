//! A text that is made piece by piece, and handed on in blocks.

use zeroize::Zeroize as _;

use super::encode_set::{EncodeSet, Entry, Table};

/// How long a block is: most base strings are shorter.
const BLOCK: usize = 512;

/// Takes a text and hands it on.
pub(super) struct Text<'s> {
    block: [u8; BLOCK],
    at: usize,
    /// How far the blocks went that have been handed on.
    reached: usize,
    /// From where on there may have been a secret in the block.
    secret: Option<usize>,
    hand_on: &'s mut dyn FnMut(&[u8]),
}

impl<'s> Text<'s> {
    pub(super) fn new(hand_on: &'s mut dyn FnMut(&[u8])) -> Self {
        Self { block: [0; BLOCK], at: 0, reached: 0, secret: None, hand_on }
    }

    /// Says that a secret is written: what is left of it is wiped in the end.
    pub(super) const fn holds_secret(&mut self) {
        self.secret = match self.secret {
            Some(from) if from < self.at => Some(from),
            _ => Some(self.at),
        };
    }

    /// Hands on what has been written since the last time.
    #[inline(never)]
    pub(super) fn flush(&mut self) {
        (self.hand_on)(self.block.get(..self.at).unwrap_or_default());
        self.reached = self.reached.max(self.at);
        self.at = 0;
    }

    /// The same in the middle of something, which may be a secret that goes on where the block begins.
    fn flush_within(&mut self) {
        self.flush();
        self.secret = self.secret.map(|_| 0);
    }

    /// Writes bytes as they are, however many.
    pub(super) fn write_raw(&mut self, bytes: &[u8]) {
        if bytes.len() < BLOCK {
            return self.write(EncodeSet::None.table(), bytes);
        }
        self.flush_within();
        (self.hand_on)(bytes);
    }

    /// Writes bytes, encoded by one set and what comes of that by another.
    pub(super) fn write_set(&mut self, set: EncodeSet, outer: EncodeSet, bytes: &[u8]) {
        match (set, outer) {
            (EncodeSet::None, EncodeSet::None) => self.write_raw(bytes),
            (EncodeSet::Path, _) => {
                for (index, segment) in bytes.split(|byte| *byte == b'/').enumerate() {
                    if index > 0 {
                        self.write(outer.table(), b"/");
                    }
                    self.write(set.table_then(outer), segment);
                }
            }
            _ => self.write(set.table_then(outer), bytes),
        }
    }

    /// Writes what stands for each byte. All of an entry is copied, whatever counts: that takes no branch.
    #[inline]
    fn write_all(&mut self, table: &Table, mut next: impl FnMut() -> Option<u8>) {
        // In a variable of its own, so that it need not go through memory for each byte.
        let mut at = self.at;
        while let Some(byte) = next() {
            if at > BLOCK - Entry::SIZE {
                self.at = at;
                self.flush_within();
                at = 0;
            }
            let entry = table[usize::from(byte)];
            if let Some(place) = self.block.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
                *place = entry.bytes();
            }
            at += entry.len();
        }
        self.at = at;
    }

    /// Writes bytes, encoded. A function of its own, so that its loop has all that it needs in registers.
    #[inline(never)]
    pub(super) fn write(&mut self, table: &Table, bytes: &[u8]) {
        let mut bytes = bytes.iter();
        self.write_all(table, || bytes.next().copied());
    }

    /// Writes bytes in lower case, encoded.
    #[inline(never)]
    pub(super) fn write_lower(&mut self, table: &Table, bytes: &[u8]) {
        let mut bytes = bytes.iter();
        self.write_all(table, || bytes.next().map(u8::to_ascii_lowercase));
    }

    /// Writes bytes in upper case, encoded.
    pub(super) fn write_upper(&mut self, table: &Table, bytes: &[u8]) {
        let mut bytes = bytes.iter();
        self.write_all(table, || bytes.next().map(u8::to_ascii_uppercase));
    }

    /// Writes a name or value of a form, taken out of its own encoding.
    #[inline(never)]
    pub(super) fn write_form(&mut self, table: &Table, raw: &[u8]) {
        let mut rest = raw;
        self.write_all(table, || {
            let (byte, after) = first_of_form(rest)?;
            rest = after;
            Some(byte)
        });
    }
}

impl Drop for Text<'_> {
    fn drop(&mut self) {
        if let Some(from) = self.secret {
            // Whole entries are copied, whatever counts: the last one goes further than the text.
            let reached = (self.reached.max(self.at) + Entry::SIZE).min(BLOCK);
            self.block.get_mut(from..reached).unwrap_or_default().zeroize();
        }
    }
}

/// Takes the first byte out of a form's encoding. A bad escape stands for itself.
#[inline]
pub(super) fn first_of_form(raw: &[u8]) -> Option<(u8, &[u8])> {
    let (byte, after) = raw.split_first()?;
    Some(match (byte, after) {
        (b'%', [high, low, rest @ ..]) => match crate::text::form::hexadecimal(*high, *low) {
            Some(byte) => (byte, rest),
            None => (b'%', after),
        },
        (b'+', _) => (b' ', after),
        _ => (*byte, after),
    })
}
