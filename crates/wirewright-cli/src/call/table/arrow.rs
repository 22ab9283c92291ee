//! Arrow's record batches, in files of its own and of Parquet's.

use std::io::{self, Write};

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use wirewright::{
    rows::{Column, Row},
    wire::Document,
};
use wirewright_arrow::{ColumnType, Columns, Value};
use wirewright_interpret::{RecordType, RowColumn, RowColumnType, Shown};

use super::writer::{CellError, RowsWriter};

/// How many rows a batch has.
const BATCH: usize = 8192;

/// A file of batches.
pub(super) trait BatchFile<'w>: Sized {
    /// Writes what comes before the first batch.
    fn begin(out: &'w mut (dyn Write + Send), schema: &SchemaRef) -> io::Result<Self>;

    fn write(&mut self, batch: &RecordBatch) -> io::Result<()>;

    fn finish(self) -> io::Result<()>;
}

/// Rows that become batches.
pub(super) enum Table<'w, F> {
    /// Nothing is known of the columns yet.
    Unbegun(Option<&'w mut (dyn Write + Send)>),
    Begun(Box<Begun<F>>),
}

pub(super) struct Begun<F> {
    file: F,
    columns: Columns,
    /// The members of rows that are structures.
    members: Vec<RowColumn>,
}

impl<'w, F: BatchFile<'w>> Table<'w, F> {
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self::Unbegun(Some(out))
    }

    fn begin(&mut self, columns: Columns, members: Vec<RowColumn>) -> io::Result<()> {
        if let Self::Unbegun(out) = self
            && let Some(out) = out.take()
        {
            let file = F::begin(out, &columns.schema())?;
            *self = Self::Begun(Box::new(Begun { file, columns, members }));
        }
        Ok(())
    }

    /// Columns are told before rows.
    fn begun(&mut self) -> io::Result<&mut Begun<F>> {
        match self {
            Self::Begun(begun) => Ok(begun),
            Self::Unbegun(_) => Err(no_headings()),
        }
    }
}

impl<'w, F: BatchFile<'w>> Begun<F> {
    fn write_batch(&mut self) -> io::Result<()> {
        let batch = self.columns.finish().map_err(unwritten)?;
        self.file.write(&batch)
    }

    fn row_added(&mut self) -> io::Result<()> {
        if self.columns.len() < BATCH { Ok(()) } else { self.write_batch() }
    }
}

fn no_headings() -> io::Error {
    io::Error::other("the reply has no column headings before its rows; `ndjson` and `csv` need none")
}

impl<'w, F: BatchFile<'w>> RowsWriter for Table<'w, F> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        if columns.is_empty() {
            return Err(no_headings());
        }
        self.begin(Columns::new(columns), Vec::new())
    }

    fn members(&mut self, of: &'static RecordType) -> io::Result<()> {
        let members: Vec<_> = of.columns();
        let columns = Columns::with_types(members.iter().map(|column| (column.name, column_type(column.of))));
        self.begin(columns, members)
    }

    fn cells(&mut self, row: &Row<'_>) -> Result<(), CellError> {
        let begun = self.begun()?;
        begun.columns.push(row).map_err(CellError::Row)?;
        Ok(begun.row_added()?)
    }

    fn record(&mut self, row: &Shown) -> io::Result<()> {
        let Begun { columns, members, .. } = self.begun()?;
        let values: Vec<Owned> = members
            .iter()
            .map(|column| Owned::new(column.value(row), column.of))
            .collect::<io::Result<_>>()?;
        columns.push_values(values.iter().map(Owned::value)).map_err(unwritten)?;
        self.begun()?.row_added()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        if let Self::Begun(begun) = *self {
            let mut begun = *begun;
            if !begun.columns.is_empty() {
                begun.write_batch()?;
            }
            return begun.file.finish();
        }
        Ok(())
    }
}

/// A value of a member.
enum Owned {
    Absent,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(String),
}

impl Owned {
    fn new(value: Option<Shown>, of: RowColumnType) -> io::Result<Self> {
        let Some(value) = value else { return Ok(Self::Absent) };
        let text = match value.document() {
            Document::Null => return Ok(Self::Absent),
            Document::Bool(value) if of == RowColumnType::Boolean => return Ok(Self::Boolean(*value)),
            Document::Text(text) | Document::Number(text) => text.as_str().to_owned(),
            // What is in it is its JSON.
            _ => serde_json::to_string(&value)?,
        };
        Ok(match of {
            RowColumnType::Integer => text.parse().map_or(Self::Text(text), Self::Integer),
            RowColumnType::Float => text.parse().map_or(Self::Text(text), Self::Float),
            _ => Self::Text(text),
        })
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::Absent,
            Self::Boolean(value) => Value::Boolean(*value),
            Self::Integer(number) => Value::Integer(*number),
            Self::Float(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(text),
        }
    }
}

fn column_type(of: RowColumnType) -> ColumnType {
    match of {
        RowColumnType::Boolean => ColumnType::Boolean,
        RowColumnType::Integer => ColumnType::Integer,
        RowColumnType::Float => ColumnType::Float,
        _ => ColumnType::Text,
    }
}

/// With the words of what failed, which are the system's for a full disk, say.
fn unwritten(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error),
    }
}

/// A file of Arrow's IPC format.
#[cfg(feature = "arrow")]
pub(super) struct ArrowFile<'w>(arrow_ipc::writer::FileWriter<&'w mut (dyn Write + Send)>);

#[cfg(feature = "arrow")]
impl<'w> BatchFile<'w> for ArrowFile<'w> {
    fn begin(out: &'w mut (dyn Write + Send), schema: &SchemaRef) -> io::Result<Self> {
        arrow_ipc::writer::FileWriter::try_new(out, schema).map(Self).map_err(unwritten)
    }

    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        self.0.write(batch).map_err(unwritten)
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.finish().map_err(unwritten)
    }
}

/// A Parquet file.
#[cfg(feature = "parquet")]
pub(super) struct ParquetFile<'w>(parquet::arrow::ArrowWriter<&'w mut (dyn Write + Send)>);

#[cfg(feature = "parquet")]
impl<'w> BatchFile<'w> for ParquetFile<'w> {
    fn begin(out: &'w mut (dyn Write + Send), schema: &SchemaRef) -> io::Result<Self> {
        // A group is in memory until it is whole.
        const GROUP: usize = 16 * BATCH;
        let properties = parquet::file::properties::WriterProperties::builder()
            .set_compression(parquet::basic::Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let writer = parquet::arrow::ArrowWriter::try_new(out, SchemaRef::clone(schema), Some(properties));
        writer.map(Self).map_err(|error| unwritten(error.into()))
    }

    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        self.0.write(batch).map_err(|error| unwritten(error.into()))
    }

    fn finish(self) -> io::Result<()> {
        self.0.close().map(drop).map_err(|error| unwritten(error.into()))
    }
}
