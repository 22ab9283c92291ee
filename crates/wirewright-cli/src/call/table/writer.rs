//! What writes rows in some form.

use std::io;

use wirewright::rows::{Column, Row, RowsError};
use wirewright_interpret::{RecordType, Shown};

/// Writes the rows of one reply in some form.
pub(super) trait RowsWriter {
    /// The columns that the reply describes, before its first row.
    fn columns(&mut self, columns: &[Column]) -> io::Result<()>;

    /// The type of rows that are structures, before the first.
    fn members(&mut self, of: &'static RecordType) -> io::Result<()>;

    /// A row of cells.
    fn cells(&mut self, row: &Row<'_>) -> Result<(), CellError>;

    /// A row that is a structure, without its secrets.
    fn record(&mut self, row: &Shown) -> io::Result<()>;

    /// What comes behind the last row.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Why a row of cells was not written.
pub(super) enum CellError {
    /// One of its cells is not what its column's heading says.
    Row(RowsError),
    Io(io::Error),
}

impl From<io::Error> for CellError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
