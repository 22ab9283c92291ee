//! A batch that is being filled.

use std::{collections::HashMap, fmt, sync::Arc};

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{
        ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder,
        TimestampMicrosecondBuilder,
    },
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use wirewright::{
    jiff::civil,
    rows::{Cell, CellType, Column, Row, RowsError},
};

/// The type of a column whose values are not cells of a reply: see [`Columns::with_types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnType {
    /// True or false.
    Boolean,
    /// Signed, 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Float,
    /// Text.
    Text,
    /// A date.
    Date,
    /// A date with a time, without a zone, to the microsecond.
    DateTime,
}

/// A value of a column that is no cell of a reply.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'v> {
    /// There is none: null, in a column of any type.
    Absent,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(&'v str),
    /// A date.
    Date(civil::Date),
    /// A date with a time, without a zone.
    DateTime(civil::DateTime),
}

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
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Text(StringBuilder),
    Date(Date32Builder),
    DateTime(TimestampMicrosecondBuilder),
}

impl Array {
    fn new(of: ColumnType) -> Self {
        match of {
            ColumnType::Boolean => Self::Boolean(BooleanBuilder::new()),
            ColumnType::Integer => Self::Integer(Int64Builder::new()),
            ColumnType::Float => Self::Float(Float64Builder::new()),
            ColumnType::Text => Self::Text(StringBuilder::new()),
            ColumnType::Date => Self::Date(Date32Builder::new()),
            ColumnType::DateTime => Self::DateTime(TimestampMicrosecondBuilder::new()),
        }
    }

    fn data_type(&self) -> DataType {
        match self {
            Self::Boolean(_) => DataType::Boolean,
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
            (Self::Boolean(array), _) => array.append_null(),
            (Self::Integer(array), _) => array.append_null(),
            (Self::Float(array), _) => array.append_null(),
            (Self::Text(array), _) => array.append_null(),
            (Self::Date(array), _) => array.append_null(),
            (Self::DateTime(array), _) => array.append_null(),
        }
    }

    /// Appends a value. `None`: it has another type than the array.
    fn push_value(&mut self, value: Value<'_>) -> Option<()> {
        match (self, value) {
            (array, Value::Absent) => array.push(Cell::NotAvailable),
            (Self::Boolean(array), Value::Boolean(value)) => array.append_value(value),
            (Self::Integer(array), Value::Integer(number)) => array.append_value(number),
            (Self::Float(array), Value::Float(number)) => array.append_value(number),
            (Self::Text(array), Value::Text(text)) => array.append_value(text),
            (Self::Date(array), Value::Date(date)) => array.append_value(days(date)),
            (Self::DateTime(array), Value::DateTime(time)) => array.append_value(microseconds(time)),
            _ => return None,
        }
        Some(())
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Boolean(array) => ArrayBuilder::finish(array),
            Self::Integer(array) => ArrayBuilder::finish(array),
            Self::Float(array) => ArrayBuilder::finish(array),
            Self::Text(array) => ArrayBuilder::finish(array),
            Self::Date(array) => ArrayBuilder::finish(array),
            Self::DateTime(array) => ArrayBuilder::finish(array),
        }
    }
}

/// The type of a column of cells.
fn column_type(cells: CellType) -> ColumnType {
    match cells {
        CellType::Integer => ColumnType::Integer,
        CellType::Float => ColumnType::Float,
        CellType::Date(_) => ColumnType::Date,
        CellType::DateTime(_) | CellType::Epoch(_) => ColumnType::DateTime,
        _ => ColumnType::Text,
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
        let arrays: Vec<_> = columns.iter().map(|column| Array::new(column_type(column.cells()))).collect();
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

    /// Empty arrays for columns of these names and types, for rows that are no cells of a reply.
    ///
    /// ```
    /// use arrow_array::{cast::AsArray as _, types::Int64Type};
    /// use wirewright_arrow::{ColumnType, Columns, Value};
    ///
    /// let mut columns = Columns::with_types([("song", ColumnType::Text), ("seconds", ColumnType::Integer)]);
    /// columns.push_values([Value::Text("Waterloo"), Value::Integer(162)])?;
    /// columns.push_values([Value::Text("Untitled"), Value::Absent])?;
    /// let batch = columns.finish()?;
    /// assert_eq!(batch.column(1).as_primitive::<Int64Type>().iter().collect::<Vec<_>>(), [Some(162), None]);
    /// # Ok::<(), arrow_schema::ArrowError>(())
    /// ```
    pub fn with_types<N: Into<String>>(columns: impl IntoIterator<Item = (N, ColumnType)>) -> Self {
        let of = |(name, of): (N, ColumnType)| {
            let array = Array::new(of);
            (Field::new(name, array.data_type(), true), array)
        };
        let (fields, arrays): (Vec<_>, Vec<_>) = columns.into_iter().map(of).unzip();
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

    /// Appends a row of values in the order of the columns.
    ///
    /// # Errors
    ///
    /// When a value has another type than its column, or there are more or fewer values than columns. The batch cannot be used then.
    pub fn push_values<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) -> Result<(), ArrowError> {
        let mut values = values.into_iter();
        for (array, field) in self.arrays.iter_mut().zip(self.schema.fields()) {
            let pushed = values.next().and_then(|value| array.push_value(value));
            pushed.ok_or_else(|| {
                ArrowError::InvalidArgumentError(format!(
                    "column `{}` takes {}, and has got another value, or none",
                    field.name(),
                    field.data_type()
                ))
            })?;
        }
        if values.next().is_some() {
            let count = self.arrays.len();
            return Err(ArrowError::InvalidArgumentError(format!(
                "a row of {count} columns has got more values"
            )));
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
