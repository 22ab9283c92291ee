//! A batch that is being filled.

use std::{collections::HashMap, fmt, sync::Arc};

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{
        ArrayBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder,
    },
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use wirewright::{
    jiff::civil,
    rows::{Cell, CellType, Column, Row, RowsError},
};

/// The arrays of a batch, to which rows are appended.
///
/// It does no I/O: rows come from wherever they come, from a [`Parser`](wirewright::rows::Parser) that an asynchronous body
/// feeds, say. [`Batches`](crate::Batches) reads them from a `BufRead`.
pub struct Columns {
    schema: SchemaRef,
    arrays: Vec<Array>,
    rows: usize,
}

enum Array {
    Integer(Int64Builder),
    Float(Float64Builder),
    Text(StringBuilder),
    Date(Date32Builder),
    DateTime(TimestampMicrosecondBuilder),
}

impl Array {
    fn new(cells: CellType) -> Self {
        match cells {
            CellType::Integer => Self::Integer(Int64Builder::new()),
            CellType::Float => Self::Float(Float64Builder::new()),
            CellType::Date(_) => Self::Date(Date32Builder::new()),
            CellType::DateTime(_) => Self::DateTime(TimestampMicrosecondBuilder::new()),
            _ => Self::Text(StringBuilder::new()),
        }
    }

    fn data_type(&self) -> DataType {
        match self {
            Self::Integer(_) => DataType::Int64,
            Self::Float(_) => DataType::Float64,
            Self::Text(_) => DataType::Utf8,
            Self::Date(_) => DataType::Date32,
            Self::DateTime(_) => DataType::Timestamp(TimeUnit::Microsecond, None),
        }
    }

    /// Appends a cell. What has another type than the array, which a row of the same columns has not, is null.
    #[inline]
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Integer(array), Cell::Integer(number)) => array.append_value(number),
            (Self::Float(array), Cell::Float(number)) => array.append_value(number),
            (Self::Text(array), Cell::Text(text)) => array.append_value(text),
            (Self::Date(array), Cell::Date(date)) => array.append_value(days(date)),
            (Self::DateTime(array), Cell::DateTime(time)) => array.append_value(microseconds(time)),
            (Self::Integer(array), _) => array.append_null(),
            (Self::Float(array), _) => array.append_null(),
            (Self::Text(array), _) => array.append_null(),
            (Self::Date(array), _) => array.append_null(),
            (Self::DateTime(array), _) => array.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Integer(array) => ArrayBuilder::finish(array),
            Self::Float(array) => ArrayBuilder::finish(array),
            Self::Text(array) => ArrayBuilder::finish(array),
            Self::Date(array) => ArrayBuilder::finish(array),
            Self::DateTime(array) => ArrayBuilder::finish(array),
        }
    }
}

const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// Days since 1970. All of jiff's dates, the years from -9999 to 9999, fit.
fn days(date: civil::Date) -> i32 {
    i32::try_from(EPOCH.duration_until(date).as_hours() / 24).unwrap_or_default()
}

/// Microseconds since 1970. All of jiff's dates fit.
fn microseconds(time: civil::DateTime) -> i64 {
    i64::try_from(EPOCH.to_datetime(civil::Time::midnight()).duration_until(time).as_micros())
        .unwrap_or_default()
}

impl Columns {
    /// Empty arrays for these columns. A field bears its column's name; the metadata have its `heading` and its `format`.
    pub fn new(columns: &[Column]) -> Self {
        let arrays: Vec<_> = columns.iter().map(|column| Array::new(column.cells())).collect();
        let field = |(column, array): (&Column, &Array)| {
            let metadata: HashMap<_, _> = [("heading", column.heading()), ("format", column.format())]
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .collect();
            Field::new(column.name(), array.data_type(), true).with_metadata(metadata)
        };
        let fields: Vec<_> = columns.iter().zip(&arrays).map(field).collect();
        Self { schema: Arc::new(Schema::new(fields)), arrays, rows: 0 }
    }

    /// What the batches have.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// How many rows have been appended since the last batch.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether no row has been appended since the last batch.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Appends a row of these columns.
    ///
    /// # Errors
    ///
    /// When a cell is not what its heading says. The batch cannot be used then.
    pub fn push(&mut self, row: &Row<'_>) -> Result<(), RowsError> {
        for (index, array) in self.arrays.iter_mut().enumerate() {
            array.push(row.cell(index)?);
        }
        self.rows += 1;
        Ok(())
    }

    /// A batch of the rows that have been appended. The next row starts a new one.
    ///
    /// # Errors
    ///
    /// When a row could not be appended whole before.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        RecordBatch::try_new(self.schema(), self.arrays.iter_mut().map(Array::finish).collect())
    }
}

impl fmt::Debug for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Columns")
            .field("schema", &self.schema)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}
