//! Both codecs at once, streams of rows in pieces, and a structure for them.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses some of it, and may stop anywhere")]

use std::fmt::Debug;

use wirewright::{
    DecodeErrorKind, Format, Options, Wire,
    alone::{decode_compact, decode_general, encode_compact, encode_general},
    rows::{Layout, Parser, Polled},
    wire::OwnedMessage,
};

/// Both readers agree: the compact one may leave a text to the general one.
#[track_caller]
pub(crate) fn read<T: OwnedMessage + PartialEq + Debug>(
    format: Format,
    text: &str,
) -> Result<T, (DecodeErrorKind, String)> {
    let options = Options::new();
    let general = decode_general::<T>(format, text, &options);
    if let Some(compact) = decode_compact::<T>(format, text, &options) {
        assert_eq!(general.as_ref().ok(), Some(&compact), "{text}");
    }
    general.map_err(|error| (error.kind().clone(), error.path().to_owned()))
}

#[track_caller]
pub(crate) fn reads<T: OwnedMessage + PartialEq + Debug>(format: Format, text: &str, value: &T) {
    assert_eq!(read::<T>(format, text).as_ref(), Ok(value), "{text}");
}

/// Nobody reads it; the error is at `path`.
#[track_caller]
pub(crate) fn refuses<T: OwnedMessage + PartialEq + Debug>(
    format: Format,
    text: &str,
    path: &str,
) -> DecodeErrorKind {
    let (kind, at) = read::<T>(format, text).unwrap_err();
    assert_eq!(at, path, "{text}: {kind}");
    kind
}

/// Both writers write it so, and it is read again.
#[track_caller]
pub(crate) fn writes<T: OwnedMessage + PartialEq + Debug>(format: Format, value: &T, text: &str) {
    let options = Options::new();
    assert_eq!(encode_general(format, value, &options).unwrap(), text);
    if let Some(written) = encode_compact(format, value, &options) {
        assert_eq!(written, text);
    }
    reads(format, text, value);
}

/// All rows of a document that is fed in pieces of this size.
pub(crate) fn rows<T: OwnedMessage>(layout: Layout, text: &str, size: usize) -> Result<Vec<T>, String> {
    let mut parser = Parser::new(layout);
    let mut chunks = text.as_bytes().chunks(size);
    let mut rows = Vec::new();
    loop {
        match parser.poll_as::<T>().map_err(|error| error.to_string())? {
            Polled::Row(row) => rows.push(row),
            Polled::Hungry => match chunks.next() {
                Some(chunk) => parser.feed(chunk),
                None => parser.end(),
            },
            Polled::End => return Ok(rows),
        }
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
pub(crate) struct Book {
    #[wire(attribute)]
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) item: Vec<String>,
}

pub(crate) fn book(id: Option<&str>, title: Option<&str>, item: &[&str]) -> Book {
    Book {
        id: id.map(Into::into),
        title: title.map(Into::into),
        item: item.iter().map(|text| (*text).to_owned()).collect(),
    }
}
