//! An object of JSON in each line.

use std::io::{self, Write};

use serde::ser::{SerializeMap as _, Serializer as _};
use serde_json::{Serializer, value::RawValue};
use wirewright::rows::{Cell, Column, Row};
use wirewright_interpret::{RecordType, Shown};

use super::writer::{CellError, RowsWriter};

pub(super) struct NdJson<'w> {
    out: &'w mut (dyn Write + Send),
}

impl<'w> NdJson<'w> {
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out }
    }
}

impl RowsWriter for NdJson<'_> {
    fn columns(&mut self, _: &[Column]) -> io::Result<()> {
        Ok(())
    }

    fn members(&mut self, _: &'static RecordType) -> io::Result<()> {
        Ok(())
    }

    fn cells(&mut self, row: &Row<'_>) -> Result<(), CellError> {
        let mut json = Serializer::new(&mut *self.out);
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
        Ok(self.out.write_all(b"\n")?)
    }

    fn record(&mut self, row: &Shown) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, row)?;
        self.out.write_all(b"\n")
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn is_number(raw: &RawValue) -> bool {
    raw.get().starts_with(|sign: char| sign == '-' || sign.is_ascii_digit())
}
