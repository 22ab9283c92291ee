//! Writes a table of 1010data into a Parquet file, without ever having the whole of it in memory.
//!
//! `cargo run --release -p wirewright-arrow --example parquet -- reply.xml sales.parquet` reads a
//! reply from a file; without arguments a call is made, whose reply of 100,000 rows is made up, and the file is in a temporary
//! folder.
#![allow(clippy::print_stdout, reason = "a program tells what it has done")]

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use arrow_array::RecordBatchReader;
use parquet::arrow::ArrowWriter;
use ten_ten_data::{Client, UserSessionState, query::Getdata};
use wirewright::{
    Wire,
    client::{RowsRequest, TransportError, blocking},
};
use wirewright_arrow::{Batches, ReplyBatches};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    match (arguments.next(), arguments.next()) {
        (Some(source), Some(target)) => saved(&source, &target),
        _ => called(&env::temp_dir().join("wirewright-sales.parquet")),
    }
}

/// From a call's reply, while it comes.
fn called(target: &Path) -> Result<(), Box<dyn Error>> {
    let session = Client::new(MadeUp).resume(UserSessionState::new("analyst", "a1b2c3", "101339911"));

    let mut batches = ReplyBatches::new(session.getdata().send_for_rows_blocking()?)?;
    write(&mut batches, target)?;
    let answer = batches.finish()?; // only now is it certain that the call succeeded

    println!("{}: rc {}", target.display(), answer.rc);
    Ok(())
}

/// What is outside the rows of a reply that is in a file.
#[derive(Wire)]
#[wire(root = "out")]
struct Envelope {
    rc: i64,
    msg: Option<String>,
}

/// From a reply in a file.
fn saved(source: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut batches = Batches::new(BufReader::new(File::open(source)?), Getdata::ROWS)?;
    write(&mut batches, target)?;
    let envelope: Envelope = batches.parser().envelope()?;
    if envelope.rc != 0 {
        return Err(format!("the vendor says {}: {}", envelope.rc, envelope.msg.unwrap_or_default()).into());
    }
    Ok(())
}

fn write(batches: &mut impl RecordBatchReader, target: &Path) -> Result<(), Box<dyn Error>> {
    let schema = batches.schema();
    let columns = schema.fields().len();
    let mut writer = ArrowWriter::try_new(File::create(target)?, schema, None)?;
    for batch in batches {
        writer.write(&batch?)?;
    }
    let file = writer.close()?;
    println!("{} rows of {columns} columns", file.file_metadata().num_rows());
    Ok(())
}

/// A transport to nowhere, which makes the rows while they are read. Others, such as `wirewright_ureq::Transport`, bring them from a
/// server.
#[derive(Clone)]
struct MadeUp;

/// What is left to be read.
struct Rows {
    next: u32,
    chunk: String,
}

const ROWS: u32 = 100_000;

impl blocking::Transport for MadeUp {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        use blocking::{Chunks as _, StreamingTransport as _};
        let (parts, mut body) = self.send_streaming(request)?.into_parts();
        let mut bytes = Vec::new();
        while let Some(chunk) = body.next_chunk()? {
            bytes.extend_from_slice(chunk);
        }
        Ok(http::Response::from_parts(parts, bytes))
    }
}

impl blocking::StreamingTransport for MadeUp {
    type Body = Rows;

    fn send_streaming(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Rows>, TransportError> {
        Ok(http::Response::new(Rows { next: 0, chunk: String::new() }))
    }
}

impl blocking::Chunks for Rows {
    fn next_chunk(&mut self) -> Result<Option<&[u8]>, TransportError> {
        self.chunk.clear();
        if self.next > ROWS {
            return Ok(None);
        }
        if self.next == 0 {
            self.chunk.push_str(
                "<out><rc>0</rc><msg></msg><table><cols><th name='store' type='i'>Store</th>\
                 <th name='day' type='i' format='type:date;width:10'>Day</th><th name='amount' type='f'>Amount</th>\
                 <th name='note' type='a'>Note</th></cols><data>",
            );
        }
        let until = ROWS.min(self.next + 1_000);
        for row in self.next..until {
            let (store, day, cents) = (row % 97, 20_080_901 + row % 30, row % 10_000);
            let (whole, part) = (cents / 100, cents % 100);
            let note = if row.is_multiple_of(5) { "" } else { "paid &amp; packed" };
            // Writing into a string cannot fail.
            let _ = write!(
                self.chunk,
                "<tr><td>{store}</td><td>{day}</td><td>{whole}.{part:02}</td><td>{note}</td></tr>"
            );
        }
        self.next = until;
        if until == ROWS {
            self.chunk.push_str("</data></table></out>");
            self.next = ROWS + 1;
        }
        Ok(Some(self.chunk.as_bytes()))
    }
}
