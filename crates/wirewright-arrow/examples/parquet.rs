//! Writes a table that comes as XML into a Parquet file, without ever having the whole of it in memory.
//!
//! `cargo run --release --manifest-path crates/wirewright-arrow/Cargo.toml --example parquet -- reply.xml sales.parquet`; without
//! arguments it makes a reply of 100,000 rows and writes into a temporary folder.
#![allow(clippy::print_stdout, reason = "a program tells what it has done")]

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

use arrow_array::RecordBatchReader;
use parquet::arrow::ArrowWriter;
use wirewright::{
    Wire,
    rows::{CellType, Headings, Kind, Layout},
};
use wirewright_arrow::Batches;

/// Where the rows stand. A vendor's crate brings this along.
const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
    path: &["table", "cols", "th"],
    name: "name",
    kind: "type",
    format: "format",
    kinds: &[
        Kind { kind: "i", format: Some("type:date"), cells: CellType::Date(&["%Y%m%d"]) },
        Kind { kind: "i", format: None, cells: CellType::Integer },
        Kind { kind: "f", format: None, cells: CellType::Float },
    ],
});

/// What stands outside the rows.
#[derive(Wire)]
#[wire(root = "out")]
struct Envelope {
    rc: i64,
    msg: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (source, target): (Box<dyn BufRead>, _) = match (arguments.next(), arguments.next()) {
        (Some(source), Some(target)) => (Box::new(BufReader::new(File::open(source)?)), target),
        _ => (
            Box::new(std::io::Cursor::new(made_up(100_000)?)),
            env::temp_dir().join("wirewright-sales.parquet"),
        ),
    };
    let mut batches = Batches::new(source, TABLE)?;
    let mut writer = ArrowWriter::try_new(File::create(&target)?, batches.schema(), None)?;
    for batch in &mut batches {
        writer.write(&batch?)?;
    }
    let envelope: Envelope = batches.parser().envelope()?;
    if envelope.rc != 0 {
        return Err(format!("the vendor says {}: {}", envelope.rc, envelope.msg.unwrap_or_default()).into());
    }
    let file = writer.close()?;
    println!(
        "{} rows of {} columns in {}",
        file.file_metadata().num_rows(),
        batches.schema().fields().len(),
        target.display()
    );
    Ok(())
}

fn made_up(rows: u32) -> Result<String, std::fmt::Error> {
    let mut reply = String::from(
        "<out><rc>0</rc><table><cols><th name='store' type='i'>Store</th><th name='day' type='i' format='type:date;width:10'>Day\
         </th><th name='amount' type='f'>Amount</th><th name='note' type='a'>Note</th></cols><data>",
    );
    for row in 0..rows {
        let (store, day, cents) = (row % 97, 20_080_901 + row % 30, row % 10_000);
        let note = if row % 5 == 0 { "" } else { "paid &amp; packed" };
        write!(
            reply,
            "<tr><td>{store}</td><td>{day}</td><td>{}.{:02}</td><td>{note}</td></tr>",
            cents / 100,
            cents % 100
        )?;
    }
    reply.push_str("</data></table></out>");
    Ok(reply)
}
