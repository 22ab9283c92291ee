//! Everything outside the rows, kept as text, which the ordinary codec reads.

use super::input::Position;

/// The document without its rows.
#[derive(Default)]
pub(super) struct Outline {
    text: String,
    cuts: Vec<Cut>,
    /// Where in the whole the next piece would be if nothing were left out before it.
    next: u64,
}

/// A place of the outline before which something has been left out.
struct Cut {
    at: usize,
    position: Position,
}

impl Outline {
    /// Whether a piece that is at byte `offset` of the whole follows what has been left out.
    pub(super) const fn is_cut(&self, offset: u64) -> bool {
        self.next != offset
    }

    /// Appends a piece of `length` bytes; `position` is its place, where something has been left out before it.
    pub(super) fn push(&mut self, piece: &str, position: Option<Position>) {
        if let Some(position) = position {
            self.cuts.push(Cut { at: self.text.len(), position });
            self.next = position.offset;
        }
        self.text.push_str(piece);
        self.next = self.next.saturating_add(piece.len() as u64);
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How much memory it takes, about.
    pub(super) const fn size(&self) -> usize {
        self.text.len() + self.cuts.len() * size_of::<Cut>()
    }

    /// Where byte `at` of the outline is in the whole.
    pub(super) fn position(&self, at: usize) -> Position {
        let behind = self.cuts.partition_point(|cut| cut.at <= at);
        let start = Position { offset: 0, line: 1, column: 1 };
        let (from, position) = behind
            .checked_sub(1)
            .and_then(|last| self.cuts.get(last))
            .map_or((0, start), |cut| (cut.at, cut.position));
        position.behind(self.text.get(from..at).unwrap_or_default())
    }
}
