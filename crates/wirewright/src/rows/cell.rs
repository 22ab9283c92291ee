//! A row whose columns are known only when it is read.

use jiff::{civil, fmt::strtime, tz::TimeZone};

use super::{column::Column, error::RowsError, input::Position, layout::CellType};
use crate::{
    DecodeErrorKind,
    codec::compact,
    error::Fault,
    wire::{Expected, number},
};

/// The value of one cell, as its column's heading has it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'r> {
    /// Not available: the cell is empty.
    NotAvailable,
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(&'r str),
    /// A date.
    Date(civil::Date),
    /// A date with a time, without a zone.
    DateTime(civil::DateTime),
}

/// Where the text of a cell is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) place: SpanSource,
}

/// What the bytes of a [`Span`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpanSource {
    /// The input, as it is there.
    Input,
    /// The text that holds what was unescaped.
    Unescaped,
}

/// The text of a cell where it stands. By itself a short number is read byte by byte, with what is behind it as one word.
#[derive(Clone, Copy)]
struct Placed<'r> {
    text: &'r str,
    source: &'r str,
    start: usize,
    end: usize,
}

/// A row whose cells have been found. They are read when they are asked for.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    pub(super) number: u64,
    pub(super) columns: &'r [Column],
    pub(super) spans: &'r [Span],
    pub(super) input: &'r str,
    pub(super) unescaped: &'r str,
    /// Where the row is in `input`.
    pub(super) start: usize,
    pub(super) end: usize,
    /// A place in `input` before it, and where that is in the whole.
    pub(super) base: usize,
    pub(super) position: Position,
}

impl<'r> Row<'r> {
    /// Its number, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many bytes of the stream come before it.
    pub fn offset(&self) -> u64 {
        self.position.offset.saturating_add(self.start.saturating_sub(self.base) as u64)
    }

    /// How many cells it has: as many as there are columns, where the document has headings.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether it has no cell.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The columns.
    pub fn columns(&self) -> &'r [Column] {
        self.columns
    }

    /// The text of cell `index`, from 0. `None` when it is not available, or the row has no such cell.
    #[inline]
    pub fn text(&self, index: usize) -> Option<&'r str> {
        self.placed(index).map(|placed| placed.text)
    }

    #[inline]
    fn placed(&self, index: usize) -> Option<Placed<'r>> {
        let span = *self.spans.get(index)?;
        let source = if span.place == SpanSource::Input { self.input } else { self.unescaped };
        let text = source.get(span.start..span.end).filter(|text| !text.is_empty())?;
        Some(Placed { text, source, start: span.start, end: span.end })
    }

    /// The value of cell `index`, from 0, as its column's heading has it; text where there is no heading.
    ///
    /// # Errors
    ///
    /// When the cell is not what the heading says.
    #[inline]
    pub fn cell(&self, index: usize) -> Result<Cell<'r>, RowsError> {
        let Some(placed) = self.placed(index) else { return Ok(Cell::NotAvailable) };
        let cells = self.columns.get(index).map_or(CellType::Text, Column::cells);
        match parse(placed, cells) {
            Some(cell) => Ok(cell),
            None => Err(self.unfit(index, cells)),
        }
    }

    /// The cell of the column of this name. A column that there is not is not available.
    ///
    /// # Errors
    ///
    /// As [`cell`](Self::cell).
    pub fn get(&self, column: &str) -> Result<Cell<'r>, RowsError> {
        let index = self.columns.iter().position(|known| known.name() == column);
        index.map_or(Ok(Cell::NotAvailable), |index| self.cell(index))
    }

    /// The cells in the order of the columns.
    ///
    /// # Errors
    ///
    /// Each as [`cell`](Self::cell).
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Result<Cell<'r>, RowsError>> + use<'r, '_> {
        (0..self.len()).map(|index| self.cell(index))
    }

    #[cold]
    fn unfit(&self, index: usize, cells: CellType) -> RowsError {
        let row = self.input.get(self.start..self.end).unwrap_or_default();
        // What was unescaped keeps no place of its own.
        let offset = self.spans.get(index).filter(|span| span.place == SpanSource::Input);
        let offset = offset.map_or(0, |span| span.start.saturating_sub(self.start));
        let kind = DecodeErrorKind::Expected { what: expected(cells).0 };
        let fault = Fault { offset, path: std::format!("cell[{index}]"), kind };
        let start = self.position.behind(self.input.get(self.base..self.start).unwrap_or_default());
        let column = self.columns.get(index).map(|column| column.name().to_string());
        RowsError::of(fault, row, start).in_row(self.number).in_column(column)
    }
}

/// Shows how many cells there are, and none of them: a cell may be a secret.
impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row")
            .field("number", &self.number)
            .field("cells", &self.len())
            .finish_non_exhaustive()
    }
}

#[inline]
fn parse(placed: Placed<'_>, cells: CellType) -> Option<Cell<'_>> {
    let Placed { text, source, start, end } = placed;
    Some(match cells {
        CellType::Integer => {
            let usual = compact::number::integer(source, start, end);
            Cell::Integer(usual.or_else(|| number::integer(text))?)
        }
        CellType::Float => {
            let usual = compact::number::float(source, start, end);
            Cell::Float(usual.or_else(|| number::float(text).ok())?)
        }
        CellType::Text => Cell::Text(text),
        CellType::Date(formats) => {
            let mut dates =
                formats.iter().filter_map(|format| strtime::parse(format, text.trim()).ok()?.to_date().ok());
            Cell::Date(dates.next()?)
        }
        CellType::Epoch(epoch) => {
            let moment = epoch.read(text)?.moment;
            Cell::DateTime(TimeZone::UTC.to_datetime(moment))
        }
        CellType::DateTime(formats) => {
            let mut times = formats
                .iter()
                .filter_map(|format| strtime::parse(format, text.trim()).ok()?.to_datetime().ok());
            Cell::DateTime(times.next()?)
        }
    })
}

fn expected(cells: CellType) -> Expected {
    match cells {
        CellType::Integer => Expected::new("an integer from -9223372036854775808 to 9223372036854775807"),
        CellType::Float => Expected::new("a number"),
        CellType::Text => Expected::new("text"),
        CellType::Date(formats) => std::format!("a date written as {}", formats.join(" or ")).into(),
        CellType::Epoch(_) => Expected::new("a moment as a number"),
        CellType::DateTime(formats) => {
            std::format!("a date and time written as {}", formats.join(" or ")).into()
        }
    }
}
