//! Rows of a reply, written one after the other while they come.

use std::{io, io::Write};

use serde::ser::{SerializeMap as _, Serializer as _};
use serde_json::{Serializer, value::RawValue};
use wirewright::{
    described::blocking::DescribedRows,
    exchange::Error,
    rows::{Cell, Column, Row},
    wire::{Document, Shape},
};
use wirewright_interpret::{DynamicRecord, DynamicRowsReading, RowsType, Shown, Visibility, show};

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

/// Writes the rows of one reply.
pub(super) enum Table<'w> {
    Csv(Box<csv::Writer<&'w mut (dyn Write + Send)>>),
    NdJson(&'w mut (dyn Write + Send)),
}

impl<'w> Table<'w> {
    pub(super) fn new(output: RowsOutput, out: &'w mut (dyn Write + Send)) -> Self {
        match output {
            RowsOutput::Csv => Self::Csv(Box::new(csv::WriterBuilder::new().flexible(true).from_writer(out))),
            RowsOutput::NdJson => Self::NdJson(out),
        }
    }

    /// The names of columns that the reply describes.
    pub(super) fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        match self {
            Self::Csv(csv) if !columns.is_empty() => {
                csv.write_record(columns.iter().map(Column::name)).map_err(io::Error::from)
            }
            _ => Ok(()),
        }
    }

    /// The names of members, for rows that are structures.
    pub(super) fn members(&mut self, shape: &'static Shape) -> io::Result<()> {
        match self {
            Self::Csv(csv) => {
                let members = shape.members().filter(|member| !member.place().is_flat());
                csv.write_record(members.map(wirewright::wire::Member::json)).map_err(io::Error::from)
            }
            Self::NdJson(_) => Ok(()),
        }
    }

    /// A row of cells.
    pub(super) fn cells(&mut self, row: &Row<'_>) -> Result<(), CellError> {
        match self {
            Self::Csv(csv) => {
                for (index, cell) in row.cells().enumerate() {
                    match cell.map_err(CellError::Row)? {
                        Cell::NotAvailable => csv.write_field(""),
                        Cell::Date(date) => csv.write_field(date.to_string()),
                        Cell::DateTime(moment) => csv.write_field(moment.to_string()),
                        // With the digits that came.
                        _ => csv.write_field(row.text(index).unwrap_or_default()),
                    }
                    .map_err(io::Error::from)?;
                }
                csv.write_record(None::<&[u8]>).map_err(io::Error::from)?;
            }
            Self::NdJson(out) => {
                let mut json = Serializer::new(&mut *out);
                let mut object = json.serialize_map(None).map_err(io::Error::from)?;
                for (index, (cell, column)) in row.cells().zip(row.columns()).enumerate() {
                    let name = column.name();
                    match cell.map_err(CellError::Row)? {
                        Cell::NotAvailable => object.serialize_entry(name, &()),
                        Cell::Integer(number) => object.serialize_entry(name, &number),
                        Cell::Date(date) => object.serialize_entry(name, &date.to_string()),
                        Cell::DateTime(moment) => object.serialize_entry(name, &moment.to_string()),
                        Cell::Float(_) => {
                            let digits = row.text(index).unwrap_or_default();
                            // What JSON has no number for is a text.
                            match RawValue::from_string(digits.to_owned()).ok().filter(|raw| is_number(raw)) {
                                Some(number) => object.serialize_entry(name, &number),
                                None => object.serialize_entry(name, digits),
                            }
                        }
                        _ => object.serialize_entry(name, row.text(index).unwrap_or_default()),
                    }
                    .map_err(io::Error::from)?;
                }
                object.end().map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    /// A row that is a structure.
    pub(super) fn record(&mut self, row: &DynamicRecord, visibility: Visibility<'_>) -> io::Result<()> {
        let shown = show(row, visibility);
        match self {
            Self::Csv(csv) => {
                for member in row.record_type().shape().members().filter(|member| !member.place().is_flat()) {
                    let text = match shown.member(member.json()).map(Shown::into_document) {
                        None | Some(Document::Null) => String::new(),
                        Some(Document::Text(text) | Document::Number(text)) => text,
                        Some(Document::Bool(value)) => value.to_string(),
                        // What is in it is written as JSON.
                        Some(_) => serde_json::to_string(&shown.member(member.json()))?,
                    };
                    csv.write_field(text).map_err(io::Error::from)?;
                }
                csv.write_record(None::<&[u8]>).map_err(io::Error::from)
            }
            Self::NdJson(out) => {
                serde_json::to_writer(&mut *out, &shown)?;
                out.write_all(b"\n")
            }
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Csv(csv) => csv.flush(),
            Self::NdJson(out) => out.flush(),
        }
    }
}

fn is_number(raw: &RawValue) -> bool {
    raw.get().starts_with(|sign: char| sign == '-' || sign.is_ascii_digit())
}

/// Why a row of cells was not written.
pub(super) enum CellError {
    /// One of its cells is not what its column's heading says.
    Row(wirewright::rows::RowsError),
    Io(io::Error),
}

impl From<io::Error> for CellError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// How many rows are written before it is told how far the table has come.
const TOLD: u64 = 1000;

/// Writes the rows of a reply while they come.
pub(super) fn write_rows(
    reply: &mut DescribedRows<DynamicRowsReading<'_>, Body>,
    of: &RowsType,
    rows: Rows<'_>,
    secrets: &[&str],
    streamed: &Streamed,
) -> Result<(), Failure> {
    let Rows { output, out, progress, exposed, .. } = rows;
    let unwritten = |error: io::Error| Failure::other(format!("the rows cannot be written: {error}"));
    let mut table = Table::new(output, out);
    let mut count = 0;
    let mut tell = |rows: u64, ended: bool| {
        if ended || rows.is_multiple_of(TOLD) {
            progress(Progress { rows, bytes: streamed.bytes.get(), total: streamed.total.get() });
        }
    };
    if let Some(row) = of.row {
        let visibility = Visibility { secrets, exposed };
        table.members(row.shape()).map_err(unwritten)?;
        let mut record = DynamicRecord::empty(row);
        while reply.next_into(row.shape(), &mut record)? {
            table.record(&record, visibility).map_err(unwritten)?;
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
    table.flush().map_err(unwritten)
}
