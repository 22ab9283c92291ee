//! Why rows could not be read.

use std::fmt;

use super::input::Position;
use crate::{DecodeError, Format, error::Fault, mask};

/// Why rows could not be read, and where in the whole stream.
///
/// Like every [`DecodeError`] it shows no value of the input; line and column are those of the whole stream.
#[derive(Clone)]
pub struct RowsError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    error: DecodeError,
    row: Option<u64>,
    column: Option<String>,
    offset: u64,
}

impl RowsError {
    /// A fault in `source`, which starts at `start`.
    #[cold]
    pub(super) fn of(fault: Fault, source: &str, start: Position) -> Self {
        let offset = start.offset.saturating_add(fault.offset.min(source.len()) as u64);
        let error = fault.into_error(Format::Xml, source).moved(start.line, start.column);
        Self(Box::new(Inner { error, row: None, column: None, offset }))
    }

    /// An error whose line and column are those of the whole stream already.
    #[cold]
    pub(super) fn at(error: DecodeError, offset: u64) -> Self {
        Self(Box::new(Inner { error, row: None, column: None, offset }))
    }

    /// Says which row it is, from 1.
    pub(super) fn in_row(mut self, row: u64) -> Self {
        self.0.row = Some(row);
        self
    }

    /// Says which column it is.
    pub(super) fn in_column(mut self, column: Option<String>) -> Self {
        self.0.column = column;
        self
    }

    /// What is wrong. Its line and column are those of the whole stream.
    pub fn error(&self) -> &DecodeError {
        &self.0.error
    }

    /// The number of the row, from 1. `None` when it is something outside the rows.
    pub fn row(&self) -> Option<u64> {
        self.0.row
    }

    /// The name of the column, when it is one cell that is wrong.
    pub fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// How many bytes of the stream come before the place.
    pub fn offset(&self) -> u64 {
        self.0.offset
    }

    /// The line in the whole stream, from 1.
    pub fn line(&self) -> usize {
        self.0.error.line()
    }
}

impl fmt::Display for RowsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.0.row {
            write!(f, "row {row}, ")?;
        }
        if let Some(column) = &self.0.column {
            let mut shown = String::new();
            mask::cut(&mut shown, column);
            write!(f, "column `{shown}`, ")?;
        }
        write!(f, "byte {}: {}", self.0.offset, self.0.error)
    }
}

impl fmt::Debug for RowsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowsError")
            .field("row", &self.0.row)
            .field("column", &self.0.column)
            .field("offset", &self.0.offset)
            .field("error", &self.0.error)
            .finish()
    }
}

impl std::error::Error for RowsError {}
