//! The ways of reading the table. Each adds up what it has read, so that all can be held against each other.

use std::{error::Error, io::Read};

use arrow_array::{
    Array,
    cast::AsArray,
    types::{Float64Type, Int64Type},
};
use quick_xml::{Reader as XmlReader, events::Event};
use serde::Deserialize;
use wirewright::{
    Limits, Options, Wire,
    rows::{Cell, CellType, Headings, ColumnKind, Layout, Reader},
};

use crate::source::Source;

pub type Outcome = Result<Sums, Box<dyn Error>>;

/// What has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    pub rows: u64,
    pub integers: i64,
    pub floats: f64,
    pub bytes: usize,
    pub absent: u64,
}

impl Sums {
    fn integer(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.integers += number,
            None => self.absent += 1,
        }
    }

    fn float(&mut self, number: Option<f64>) {
        match number {
            Some(number) => self.floats += number,
            None => self.absent += 1,
        }
    }

    fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.bytes += text.len(),
            None => self.absent += 1,
        }
    }
}

const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
    path: &["table", "cols", "th"],
    name: "name",
    kind: "type",
    format: "format",
    kinds: &[
        ColumnKind { kind: "i", format: None, cells: CellType::Integer },
        ColumnKind { kind: "f", format: None, cells: CellType::Float },
    ],
});

/// A row struct that a user derives.
#[derive(Wire)]
struct Sale {
    store: i64,
    day: i64,
    account: String,
    amount: f64,
    units: Option<i64>,
    note: Option<String>,
}

#[derive(Wire)]
#[wire(root = "out")]
struct Envelope {
    rc: i64,
}

pub fn cells(source: Source) -> Outcome {
    let mut reader = Reader::new(source, TABLE);
    let mut sums = Sums::default();
    while let Some(row) = reader.next_row()? {
        sums.rows += 1;
        for cell in row.cells() {
            match cell? {
                Cell::Integer(number) => sums.integers += number,
                Cell::Float(number) => sums.floats += number,
                Cell::Text(text) => sums.bytes += text.len(),
                _ => sums.absent += 1,
            }
        }
    }
    succeeded(reader.parser().envelope::<Envelope>()?.rc)?;
    Ok(sums)
}

pub fn structs(source: Source) -> Outcome {
    let mut reader = Reader::new(source, TABLE);
    let mut sums = Sums::default();
    while let Some(sale) = reader.next_as::<Sale>()? {
        sums.rows += 1;
        sums.integers += sale.store + sale.day;
        sums.bytes += sale.account.len();
        sums.floats += sale.amount;
        sums.integer(sale.units);
        sums.text(sale.note.as_deref());
    }
    succeeded(reader.parser().envelope::<Envelope>()?.rc)?;
    Ok(sums)
}

pub fn arrow(source: Source) -> Outcome {
    let mut batches = wirewright_arrow::Batches::new(source, TABLE)?;
    let mut sums = Sums::default();
    for batch in &mut batches {
        let batch = batch?;
        sums.rows += batch.num_rows() as u64;
        for column in batch.columns() {
            sums.absent += column.null_count() as u64;
            if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
                sums.integers += numbers.iter().flatten().sum::<i64>();
            } else if let Some(numbers) = column.as_primitive_opt::<Float64Type>() {
                // One after the other, as in the other candidates.
                numbers.iter().flatten().for_each(|number| sums.floats += number);
            } else {
                sums.bytes += column.as_string::<i32>().value_data().len();
            }
        }
    }
    succeeded(batches.parser().envelope::<Envelope>()?.rc)?;
    Ok(sums)
}

fn succeeded(rc: i64) -> Result<(), Box<dyn Error>> {
    if rc == 0 { Ok(()) } else { Err("the reply says that it failed".into()) }
}

/// quick-xml's events, written by hand for this one table and its columns' order.
pub fn events(source: Source) -> Outcome {
    let mut reader = XmlReader::from_reader(source);
    let mut sums = Sums::default();
    let mut buffer = Vec::new();
    let (mut column, mut in_cell, mut status) = (0, false, String::new());
    let (mut in_status, mut text) = (false, String::new());
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Start(tag) => match tag.name().as_ref() {
                "tr" => column = 0,
                "td" => {
                    in_cell = true;
                    text.clear();
                }
                "rc" => in_status = true,
                _ => {}
            },
            Event::Text(piece) if in_cell => text.push_str(&piece),
            Event::Text(piece) if in_status => status.push_str(&piece),
            Event::GeneralRef(reference) if in_cell => match reference.resolve_char_ref()? {
                Some(char) => text.push(char),
                None => text.push_str(match &*reference {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => return Err("an unknown entity".into()),
                }),
            },
            Event::End(tag) => match tag.name().as_ref() {
                "tr" => sums.rows += 1,
                "td" => {
                    in_cell = false;
                    let there = (!text.is_empty()).then_some(&*text);
                    match column {
                        0 | 1 | 4 => sums.integer(there.map(str::parse).transpose()?),
                        3 => sums.float(there.map(str::parse).transpose()?),
                        _ => sums.text(there),
                    }
                    column += 1;
                }
                "rc" => in_status = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    succeeded(status.parse()?)?;
    Ok(sums)
}

#[derive(Deserialize)]
struct Reply {
    rc: i64,
    table: Table,
}

#[derive(Deserialize)]
struct Table {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    tr: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    td: Vec<String>,
}

/// quick-xml's serde, which has the whole table in memory.
pub fn serde(source: Source) -> Outcome {
    let reply: Reply = quick_xml::de::from_reader(source)?;
    succeeded(reply.rc)?;
    add_up(reply.table.data.tr.iter().map(|row| &row.td))
}

#[derive(Wire)]
#[wire(root = "out")]
struct Whole {
    rc: i64,
    table: WholeTable,
}

#[derive(Wire)]
struct WholeTable {
    #[wire(list(item = "tr"))]
    data: Vec<WholeRow>,
}

#[derive(Wire)]
struct WholeRow {
    td: Vec<String>,
}

/// This project's codec, which has the text and the whole table in memory.
pub fn whole(mut source: Source) -> Outcome {
    let mut text = String::new();
    source.read_to_string(&mut text)?;
    let limits = Limits::new().with_max_bytes(Limits::MAX_BYTES).with_max_elements(usize::MAX);
    let options = Options::new().with_limits(limits);
    let reply: Whole = wirewright::xml::from_str_with(&text, &options)?;
    succeeded(reply.rc)?;
    add_up(reply.table.data.iter().map(|row| &row.td))
}

fn add_up<'a>(rows: impl Iterator<Item = &'a Vec<String>>) -> Outcome {
    let mut sums = Sums::default();
    for row in rows {
        sums.rows += 1;
        for (column, text) in row.iter().enumerate() {
            let there = (!text.is_empty()).then_some(text.as_str());
            match column {
                0 | 1 | 4 => sums.integer(there.map(str::parse).transpose()?),
                3 => sums.float(there.map(str::parse).transpose()?),
                _ => sums.text(there),
            }
        }
    }
    Ok(sums)
}
