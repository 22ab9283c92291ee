//! Comma-separated values, as RFC 4180 has them.

use std::io::{self, Write};

use wirewright::{
    rows::{Cell, Column, Row},
    wire::Document,
};
use wirewright_interpret::{RecordType, RowColumn, Shown};

use super::writer::{CellError, RowsWriter};

pub(super) struct Csv<'w> {
    out: csv::Writer<&'w mut (dyn Write + Send)>,
    /// The members of rows that are structures.
    members: Vec<RowColumn>,
}

impl<'w> Csv<'w> {
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out: csv::WriterBuilder::new().flexible(true).from_writer(out), members: Vec::new() }
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.out.write_record(None::<&[u8]>).map_err(io::Error::from)
    }
}

impl RowsWriter for Csv<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        self.out.write_record(columns.iter().map(Column::name)).map_err(io::Error::from)
    }

    fn members(&mut self, of: &'static RecordType) -> io::Result<()> {
        self.members = of.columns();
        self.out.write_record(self.members.iter().map(|member| member.name)).map_err(io::Error::from)
    }

    fn cells(&mut self, row: &Row<'_>) -> Result<(), CellError> {
        for (index, cell) in row.cells().enumerate() {
            match cell.map_err(CellError::Row)? {
                Cell::NotAvailable => self.out.write_field(""),
                Cell::Date(date) => self.out.write_field(date.to_string()),
                Cell::DateTime(moment) => self.out.write_field(moment.to_string()),
                // With the digits that came.
                _ => self.out.write_field(row.text(index).unwrap_or_default()),
            }
            .map_err(io::Error::from)?;
        }
        Ok(self.end_row()?)
    }

    fn record(&mut self, row: &Shown) -> io::Result<()> {
        for member in &self.members {
            let value = member.value(row);
            match value.as_ref().map(Shown::document) {
                None | Some(Document::Null) => self.out.write_field(""),
                Some(Document::Text(text) | Document::Number(text)) => self.out.write_field(text.as_str()),
                // What is in it is written as JSON.
                Some(_) => self.out.write_field(serde_json::to_string(&value)?),
            }
            .map_err(io::Error::from)?;
        }
        self.end_row()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
