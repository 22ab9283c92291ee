//! The text whose lines are rows: what of it has come and not yet been read, and where in the document that is.

use std::borrow::Cow;

use super::{
    input::{Position, wanted},
    layout,
    separators::{Cut, Separators},
};

/// Where in the document the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Outside of the element with the text.
    Elsewhere,
    /// In it.
    Text,
    /// In a section of CDATA in it.
    CData,
}

/// A text whose lines are rows.
pub(super) struct LineReader {
    pub(super) layout: layout::Lines,
    between_cells: String,
    between_lines: String,
    /// How likely the element was by its namespace that has been taken for the text's.
    pub(super) rank: Option<u8>,
    /// Whether the columns are those of its first line.
    pub(super) headed: bool,
    pub(super) place: Place,
    /// The text that has come and not yet been read, behind byte `at`.
    pub(super) text: String,
    pub(super) at: usize,
    pub(super) whole: bool,
    /// How much there must be before it is worth while to look again for the end of the line that has begun.
    wanted: usize,
    /// Where in the document the pieces are that the text is made of; a piece is as it is there.
    pieces: Vec<(usize, Position)>,
    /// The cells of the line at hand, which is the row where it has been handed out.
    pub(super) cuts: Vec<Cut>,
    pub(super) row: Option<usize>,
}

impl LineReader {
    pub(super) fn new(layout: layout::Lines) -> Self {
        Self {
            layout,
            between_cells: layout.cells.to_owned(),
            between_lines: layout.lines.to_owned(),
            rank: None,
            headed: false,
            place: Place::Elsewhere,
            text: String::new(),
            at: 0,
            whole: false,
            wanted: 0,
            pieces: Vec::new(),
            cuts: Vec::new(),
            row: None,
        }
    }

    /// The row that has been handed out is no more.
    pub(super) fn drop_row(&mut self) {
        self.row = None;
    }

    pub(super) fn separate(&mut self, cells: Option<&str>, lines: Option<&str>) {
        if let Some(cells) = cells {
            cells.clone_into(&mut self.between_cells);
        }
        if let Some(lines) = lines {
            lines.clone_into(&mut self.between_lines);
        }
    }

    /// Takes the cells of the next line, and says where it ends. `None`: its end has not come, or there is none.
    pub(super) fn next_line(&mut self) -> Option<usize> {
        self.cuts.clear();
        let length = self.text.len() - self.at;
        if length == 0 || (length < self.wanted && !self.whole) {
            return None;
        }
        // Until its end is found: what comes in many small pieces is not looked through for each of them.
        self.wanted = wanted(length);
        let separators = Separators { cells: &self.between_cells, lines: &self.between_lines };
        let mut at = self.at;
        loop {
            let cut = separators.cut(&self.text, at, self.whole)?;
            self.cuts.push(cut);
            at = cut.next;
            if cut.ends_line {
                self.wanted = 0;
                return Some(at);
            }
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        matches!(self.cuts.as_slice(), [cut] if cut.start == cut.end)
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.cuts.iter().map(|cut| cut.text(&self.text))
    }

    /// The piece that byte `at` is in.
    pub(super) fn piece(&self, at: usize) -> (usize, Position) {
        let behind = self.pieces.partition_point(|(start, _)| *start <= at);
        let start = Position { offset: 0, line: 1, column: 1 };
        behind.checked_sub(1).and_then(|last| self.pieces.get(last)).map_or((0, start), |piece| *piece)
    }

    /// Where byte `at` is in the document.
    pub(super) fn position(&self, at: usize) -> Position {
        let (start, position) = self.piece(at);
        position.behind(self.text.get(start..at).unwrap_or_default())
    }

    /// Drops what has been read.
    pub(super) fn forget(&mut self) {
        if self.at == 0 {
            return;
        }
        let position = self.position(self.at);
        let behind = self.pieces.partition_point(|(start, _)| *start <= self.at);
        self.pieces.drain(..behind);
        for (start, _) in &mut self.pieces {
            *start -= self.at;
        }
        self.pieces.insert(0, (0, position));
        self.text.drain(..self.at);
        self.at = 0;
    }

    pub(super) fn push(&mut self, piece: &str, position: Position) {
        if !piece.is_empty() {
            self.pieces.push((self.text.len(), position));
            self.text.push_str(piece);
        }
    }
}
