//! Rows of a reply, written one after the other while they come: a module for each form that they are written in.

#[cfg(any(feature = "arrow", feature = "parquet"))]
mod arrow;
mod csv;
mod ndjson;
mod writer;

use std::io::{self, Write};

use wirewright::{described::blocking::DescribedRows, exchange::Error};
use wirewright_interpret::{DynamicRecord, DynamicRowsReading, RowsType, Visibility, show};

use self::{
    csv::Csv,
    ndjson::NdJson,
    writer::{CellError, RowsWriter},
};
use super::{
    Failure,
    shown::{Body, Streamed},
};

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowsOutput {
    /// RFC 4180, with the names of the columns in its first line. An empty cell is one without a value. Numbers are written with the
    /// digits that came, dates and times as ISO 8601 has them.
    Csv,
    /// A line with an object of JSON for each row. A cell without a value is `null`.
    NdJson,
    /// A file of Arrow's IPC format, in batches of 8,192 rows. Its columns have the types of the reply's headings, or of the members of
    /// rows that are structures; what is no number, text, date or truth value is its JSON. Needs the feature `arrow`.
    Arrow,
    /// A Parquet file, compressed with Snappy, in groups of 131,072 rows. Its columns are those of [`Arrow`](Self::Arrow). Needs the
    /// feature `parquet`.
    Parquet,
}

impl RowsOutput {
    /// Whether a terminal can show it.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Csv | Self::NdJson)
    }
}

/// Where rows go, and how many there may be.
pub struct Rows<'r> {
    /// What they are written as.
    pub output: RowsOutput,
    /// Where they are written.
    pub out: &'r mut (dyn Write + Send),
    /// How many bytes the reply may have; `None`: any number.
    pub max_bytes: Option<u64>,
    /// Is told how far it has come, now and then.
    pub progress: &'r mut (dyn FnMut(Progress) + Send),
    /// The names of secrets that are written all the same.
    pub exposed: &'r [&'r str],
}

/// How far a table has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many rows have been written.
    pub rows: u64,
    /// How many bytes have come.
    pub bytes: u64,
    /// How many will, where the vendor says so.
    pub total: Option<u64>,
}

/// Rows that are about to be written.
pub(super) struct Writing<'r> {
    table: Box<dyn RowsWriter + 'r>,
    pub(super) max_bytes: Option<u64>,
    progress: &'r mut (dyn FnMut(Progress) + Send),
    exposed: &'r [&'r str],
}

impl<'r> Rows<'r> {
    /// What writes them.
    ///
    /// # Errors
    ///
    /// When the program was built without it.
    pub(super) fn begin(self) -> Result<Writing<'r>, Failure> {
        let Self { output, out, max_bytes, progress, exposed } = self;
        Ok(Writing { table: writer(output, out)?, max_bytes, progress, exposed })
    }
}

#[cfg_attr(
    all(feature = "arrow", feature = "parquet"),
    expect(clippy::unnecessary_wraps, reason = "a program may have been built without them")
)]
fn writer<'w>(
    output: RowsOutput,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn RowsWriter + 'w>, Failure> {
    Ok(match output {
        RowsOutput::Csv => Box::new(Csv::new(out)),
        RowsOutput::NdJson => Box::new(NdJson::new(out)),
        #[cfg(feature = "arrow")]
        RowsOutput::Arrow => Box::new(arrow::Table::<arrow::ArrowFile<'_>>::new(out)),
        #[cfg(feature = "parquet")]
        RowsOutput::Parquet => Box::new(arrow::Table::<arrow::ParquetFile<'_>>::new(out)),
        #[cfg(not(feature = "arrow"))]
        RowsOutput::Arrow => return Err(not_built("arrow")),
        #[cfg(not(feature = "parquet"))]
        RowsOutput::Parquet => return Err(not_built("parquet")),
    })
}

#[cfg(not(all(feature = "arrow", feature = "parquet")))]
fn not_built(feature: &str) -> Failure {
    Failure::usage(format!(
        "this program was built without {feature}: install it with `cargo install wirewright-cli --features {feature}`"
    ))
}

/// How many rows are written before it is told how far the table has come.
const TOLD: u64 = 1000;

/// Writes the rows of a reply while they come.
pub(super) fn write_rows(
    reply: &mut DescribedRows<DynamicRowsReading<'_>, Body>,
    of: &RowsType,
    rows: Writing<'_>,
    secrets: &[&str],
    streamed: &Streamed,
) -> Result<(), Failure> {
    let Writing { mut table, progress, exposed, .. } = rows;
    let unwritten = |error: io::Error| Failure::other(format!("the rows cannot be written: {error}"));
    let mut count = 0;
    let mut tell = |rows: u64, ended: bool| {
        if ended || rows.is_multiple_of(TOLD) {
            progress(Progress { rows, bytes: streamed.bytes.get(), total: streamed.total.get() });
        }
    };
    if let Some(row) = of.row {
        let visibility = Visibility { secrets, exposed };
        table.members(row).map_err(unwritten)?;
        let mut record = DynamicRecord::empty(row);
        while reply.next_into(row.shape(), &mut record)? {
            table.record(&show(&record, visibility)).map_err(unwritten)?;
            record = DynamicRecord::empty(row);
            count += 1;
            tell(count, false);
        }
    } else {
        table.columns(reply.columns()).map_err(unwritten)?;
        while let Some(row) = reply.next_row()? {
            table.cells(&row).map_err(|error| match error {
                CellError::Row(error) => Failure::from(Error::Rows(error)),
                CellError::Io(error) => unwritten(error),
            })?;
            count += 1;
            tell(count, false);
        }
    }
    tell(count, true);
    table.finish().map_err(unwritten)
}
