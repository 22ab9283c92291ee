//! Batches from anything that implements `BufRead`.

use std::io::BufRead;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use wirewright::rows::{Layout, Parser, ReadError, Reader};

use crate::Columns;

/// Record batches from anything that implements [`BufRead`]: an Arrow [`RecordBatchReader`], which `DataFusion`, Parquet's writer and
/// others take.
///
/// It ends behind the first error. A reply that is cut off is an error, never a shorter table.
#[derive(Debug)]
pub struct Batches<R> {
    reader: Reader<R>,
    columns: Columns,
    rows: usize,
    /// Whether the reader is at a row that no batch has yet.
    at_row: bool,
    ended: bool,
}

impl<R: BufRead> Batches<R> {
    /// How many rows a batch has, unless another number is chosen.
    pub const ROWS: usize = 8192;

    /// Reads the reply up to its first row, which tells the schema.
    ///
    /// # Errors
    ///
    /// When the source fails, the reply is malformed, or it has rows without headings.
    pub fn new(source: R, layout: Layout) -> Result<Self, ArrowError> {
        Self::with_reader(Reader::new(source, layout))
    }

    /// The same from a reader, which may have limits of its own.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_reader(mut reader: Reader<R>) -> Result<Self, ArrowError> {
        let at_row = reader.next_row().map_err(external)?.is_some();
        if at_row && reader.parser().columns().is_empty() {
            return Err(ArrowError::SchemaError(
                "the reply has rows but no column headings before them".into(),
            ));
        }
        let columns = Columns::new(reader.parser().columns());
        Ok(Self { reader, columns, rows: Self::ROWS, at_row, ended: !at_row })
    }

    /// Batches of so many rows, of at least one.
    #[must_use]
    pub fn with_rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// The parser. Once the batches have ended, it has the whole envelope, with the vendor's status.
    pub fn parser(&self) -> &Parser {
        self.reader.parser()
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        if self.at_row
            && let Some(row) = self.reader.parser().row()
        {
            self.columns.push(&row).map_err(|error| external(error.into()))?;
        }
        self.at_row = false;
        while self.columns.len() < self.rows {
            let Some(row) = self.reader.next_row().map_err(external)? else {
                self.ended = true;
                break;
            };
            self.columns.push(&row).map_err(|error| external(error.into()))?;
        }
        if self.columns.is_empty() { Ok(None) } else { self.columns.finish().map(Some) }
    }
}

fn external(error: ReadError<std::io::Error>) -> ArrowError {
    match error {
        ReadError::Source(error) => ArrowError::IoError(error.to_string(), error),
        ReadError::Rows(error) => ArrowError::ExternalError(Box::new(error)),
    }
}

impl<R: BufRead> Iterator for Batches<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read();
        self.ended |= batch.is_err();
        batch.transpose()
    }
}

impl<R: BufRead> RecordBatchReader for Batches<R> {
    fn schema(&self) -> SchemaRef {
        self.columns.schema()
    }
}
