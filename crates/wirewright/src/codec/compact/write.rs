//! What the writers have in common.

/// How many items are written before the others' size is guessed.
const SAMPLE: usize = 16;

/// A text that is being written.
pub(super) struct Output {
    pub(super) bytes: Vec<u8>,
    /// How many levels may be opened inside the one at hand.
    pub(super) levels: usize,
    /// Whether something was met that is left to the general writer.
    pub(super) stopped: bool,
}

impl Output {
    pub(super) fn new(levels: usize) -> Self {
        Self { bytes: Vec::with_capacity(512), levels, stopped: false }
    }

    /// The text, which is UTF-8, unless the general writer has to write it.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        if self.stopped { None } else { Some(self.bytes) }
    }

    #[inline]
    pub(super) fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Goes one level down. The caller goes up again.
    #[inline]
    pub(super) fn enter(&mut self) {
        if let Some(levels) = self.levels.checked_sub(1) {
            self.levels = levels;
        } else {
            // One level too many, which the caller gives back.
            self.levels = 0;
            self.stopped = true;
        }
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.levels += 1;
    }

    /// Makes room for the rest of a list, once some of its items show how large they are. `from` is where it started.
    #[inline]
    pub(super) fn make_room(&mut self, from: usize, written: usize, count: usize) {
        if written == SAMPLE && count > SAMPLE {
            let size = (self.bytes.len() - from) / SAMPLE;
            self.bytes.reserve((size + size / 8 + 1).saturating_mul(count - SAMPLE));
        }
    }
}
