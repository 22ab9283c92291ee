//! A document read as a stream of rows against the same document read whole.

use std::fmt::Debug;

use crate::{
    DecodeErrorKind, Limits, Options, Wire,
    rows::{Layout, Parser, Polled, RowsError},
    wire::OwnedMessage,
    xml,
};

/// The document that is read: `out/table/data/tr`, cells in `td`.
#[derive(Debug, PartialEq, Wire)]
#[wire(crate = "crate", root = "out")]
struct Whole<R> {
    rc: Option<String>,
    table: Option<Table<R>>,
    msg: Option<String>,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(crate = "crate")]
struct Table<R> {
    #[wire(attribute)]
    name: Option<String>,
    title: Option<String>,
    #[wire(list(item = "tr"))]
    data: Vec<R>,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(crate = "crate")]
struct Cells {
    td: Vec<String>,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(crate = "crate")]
struct Record {
    #[wire(attribute)]
    id: Option<i64>,
    td: Option<String>,
    amount: Option<f64>,
    next: Vec<Record>,
}

const PATH: &[&str] = &["table", "data", "tr"];

/// Reads a document whole, as one chunk, and in chunks of the sizes that `chunks` gives, and holds the three against each other. The
/// document is one of `<out><rc/><table><title/><data><tr><td/></tr></data></table><msg/></out>`, or anything that looks like it.
///
/// Returns the rows' cells, or the error.
///
/// # Errors
///
/// When the document is not one of these; so it is then in every way of reading.
///
/// # Panics
///
/// When the ways of reading differ.
pub fn streamed(document: &[u8], chunks: &mut dyn FnMut() -> usize) -> Result<Vec<Vec<String>>, RowsError> {
    let records = compare::<Record>(document, chunks, Layout::records(PATH), &mut |parser| parser.poll_as());
    drop(records);
    let mut cells = |parser: &mut Parser| {
        Ok(match parser.poll()? {
            Polled::Row(()) => {
                let row = parser.row();
                let text = |index| row.and_then(|row| row.text(index)).unwrap_or_default().to_string();
                Polled::Row(Cells { td: (0..row.map_or(0, |row| row.len())).map(text).collect() })
            }
            Polled::Hungry => Polled::Hungry,
            Polled::End => Polled::End,
        })
    };
    let rows = compare::<Cells>(document, chunks, Layout::table(PATH, "td"), &mut cells)?;
    Ok(rows.into_iter().map(|row| row.td).collect())
}

type Poll<'a, R> = &'a mut dyn FnMut(&mut Parser) -> Result<Polled<R>, RowsError>;

fn compare<R>(
    document: &[u8],
    chunks: &mut dyn FnMut() -> usize,
    layout: Layout,
    poll: Poll<'_, R>,
) -> Result<Vec<R>, RowsError>
where
    R: OwnedMessage + Debug + PartialEq,
{
    let limits = Limits::new().with_max_bytes(1 << 16).with_max_depth(12);
    let parser = || Parser::new(layout).with_limits(limits).with_max_row(1 << 14);
    let (in_one, at_once) = read(parser(), document, &mut || usize::MAX, poll);
    let (in_chunks, by_and_by) = read(parser(), document, chunks, poll);
    assert!(in_one == in_chunks, "the chunks change the rows: {in_one:?}\n{in_chunks:?}");
    let whole: Result<Whole<R>, _> = xml::from_slice_with(document, &Options::new().with_limits(limits));
    match (at_once, by_and_by, whole) {
        (Ok(mut envelope), Ok(other), Ok(mut whole)) => {
            assert!(envelope == other, "the chunks change the envelope: {envelope:?}\n{other:?}");
            let rows = whole.table.as_mut().map(|table| std::mem::take(&mut table.data)).unwrap_or_default();
            assert!(rows == in_one, "{rows:?}\n{in_one:?}");
            if let Some(table) = &mut envelope.table {
                assert!(table.data.is_empty(), "a row is in the envelope");
            }
            assert!(envelope == whole, "{envelope:?}\n{whole:?}");
            Ok(in_one)
        }
        (Err(one), Err(other), whole) => {
            let place = |error: &RowsError| {
                (
                    error.row(),
                    error.offset(),
                    error.line(),
                    error.error().column(),
                    error.error().kind().clone(),
                )
            };
            assert!(place(&one) == place(&other), "the chunks change the error: {one}\n{other}");
            // A text in a row has no cells, where a structure with a list of them has none of its own.
            let stricter = match one.error().kind() {
                DecodeErrorKind::Duplicate | DecodeErrorKind::Limit { .. } => true,
                DecodeErrorKind::Expected { what } => what == "cells",
                _ => false,
            };
            // An element of another namespace is taken for a row where no likelier one has come yet; the whole knows of all.
            let other = |bytes: &[u8]| bytes == b":tr" || bytes == b"xml";
            let spaced = document.windows(3).any(other);
            assert!(whole.is_err() || stricter || spaced, "only the stream is refused: {one}");
            Err(one)
        }
        (Ok(_), Ok(_), Err(error)) => {
            let limit = matches!(error.kind(), DecodeErrorKind::Limit { what: "bytes", .. });
            assert!(limit, "only the whole is refused: {error}");
            Ok(in_one)
        }
        (one, other, _) => panic!("the chunks change the outcome: {one:?}\n{other:?}"),
    }
}

/// The rows that come, and the envelope or the error behind them.
fn read<R>(
    mut parser: Parser,
    document: &[u8],
    chunks: &mut dyn FnMut() -> usize,
    poll: Poll<'_, R>,
) -> (Vec<R>, Result<Whole<R>, RowsError>)
where
    R: OwnedMessage,
{
    let (mut rows, mut rest) = (Vec::new(), document);
    loop {
        match poll(&mut parser) {
            Ok(Polled::Row(row)) => rows.push(row),
            Ok(Polled::Hungry) if rest.is_empty() => parser.end(),
            Ok(Polled::Hungry) => {
                let (chunk, others) = rest.split_at(chunks().clamp(1, rest.len()));
                parser.feed(chunk);
                rest = others;
            }
            Ok(Polled::End) => return (rows, parser.envelope()),
            Err(error) => return (rows, Err(error)),
        }
    }
}
