//! The tags of a table's rows, compared in steps of a fixed size, and the way through the cells of a usual row.

/// How many bytes are compared at once.
const STEP: usize = 16;

/// A text that is looked for where it is expected.
pub(super) struct Mark {
    text: Box<str>,
    wanted: u128,
    mask: u128,
}

impl Mark {
    fn new(text: String) -> Self {
        let mut wanted = [0; STEP];
        let mut mask = [0; STEP];
        for ((wanted, mask), byte) in wanted.iter_mut().zip(&mut mask).zip(text.bytes()) {
            (*wanted, *mask) = (byte, 0xff);
        }
        Self { text: text.into(), wanted: u128::from_le_bytes(wanted), mask: u128::from_le_bytes(mask) }
    }

    #[inline]
    pub(super) const fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether it is in `bytes` at `at`.
    #[inline]
    pub(super) fn is_at(&self, bytes: &[u8], at: usize) -> bool {
        let rest = bytes.get(at..).unwrap_or_default();
        match rest.first_chunk::<STEP>() {
            Some(found) if self.len() <= STEP => (u128::from_le_bytes(*found) ^ self.wanted) & self.mask == 0,
            _ => rest.starts_with(self.text.as_bytes()),
        }
    }
}

/// The tags of rows and cells, as they are usually written.
pub(super) struct Marks {
    /// `<tr`
    pub(super) row: Mark,
    /// `<tr>`
    pub(super) open_row: Mark,
    close_row: Mark,
    open: Mark,
    pub(super) close: Mark,
    close_open: Mark,
    empty: Mark,
}

impl Marks {
    pub(super) fn new(row: &str, cell: &str) -> Self {
        Self {
            row: Mark::new(std::format!("<{row}")),
            open_row: Mark::new(std::format!("<{row}>")),
            close_row: Mark::new(std::format!("</{row}>")),
            open: Mark::new(std::format!("<{cell}>")),
            close: Mark::new(std::format!("</{cell}>")),
            close_open: Mark::new(std::format!("</{cell}><{cell}>")),
            empty: Mark::new(std::format!("<{cell}/>")),
        }
    }

    /// Whether a row's start tag, or a name that begins like it, is at `at`.
    #[inline]
    pub(super) fn is_row_at(&self, bytes: &[u8], at: usize) -> bool {
        self.row.is_at(bytes, at)
            && matches!(bytes.get(at + self.row.len()), Some(b'>' | b' ' | b'\t' | b'\n' | b'\r' | b'/'))
    }

    /// Whether a row's start tag without a prefix or an attribute is at `at`.
    #[inline]
    pub(super) fn is_plain_row_at(&self, bytes: &[u8], at: usize) -> bool {
        self.open_row.is_at(bytes, at)
    }

    /// Goes through the cells of the row at `at`. `each` gets a cell's number and where its content starts, unless its tag is
    /// an empty one, and says where the content ends. Returns the number of cells and where the row ends; `None` where the row is
    /// written in any other way.
    #[inline]
    pub(super) fn cells(
        &self,
        bytes: &[u8],
        mut at: usize,
        mut each: impl FnMut(usize, Option<usize>) -> Option<usize>,
    ) -> Option<(usize, usize)> {
        if !self.open_row.is_at(bytes, at) {
            return None;
        }
        at += self.open_row.len();
        let mut count = 0;
        loop {
            while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                at += 1;
            }
            if self.open.is_at(bytes, at) {
                at += self.open.len();
            } else if self.close_row.is_at(bytes, at) {
                return Some((count, at + self.close_row.len()));
            } else if self.empty.is_at(bytes, at) {
                each(count, None)?;
                count += 1;
                at += self.empty.len();
                continue;
            } else {
                return None;
            }
            loop {
                at = each(count, Some(at))?;
                count += 1;
                if !self.close_open.is_at(bytes, at) {
                    break;
                }
                at += self.close_open.len();
            }
            if !self.close.is_at(bytes, at) {
                return None;
            }
            at += self.close.len();
        }
    }
}
