//! The decoders: any bytes as any type.

use std::fmt::Debug;

use wirewright::{
    Format, Options,
    testing::{Sample, arbitrary, sample},
    to_string_with,
    wire::OwnedMessage,
};

use crate::{
    Outcome, check,
    corpus::{Kind, noise, texts},
    types,
    vendors::{self, Visit},
};

/// Reads the bytes as XML of every type.
pub fn xml(data: &[u8]) -> Outcome {
    let outcome = all(Format::Xml, data);
    if let Ok(text) = std::str::from_utf8(data) {
        borrowed(
            Format::Xml,
            wirewright::xml::from_str_with::<types::Borrowed<'_>>(text, &Options::new()),
            data,
        );
    }
    outcome
}

/// Reads the bytes as JSON of every type.
pub fn json(data: &[u8]) -> Outcome {
    let outcome = all(Format::Json, data);
    if let Ok(text) = std::str::from_utf8(data) {
        borrowed(
            Format::Json,
            wirewright::json::from_str_with::<types::Borrowed<'_>>(text, &Options::new()),
            data,
        );
    }
    outcome
}

/// Reads the bytes as a query string of every type.
pub fn query(data: &[u8]) -> Outcome {
    let outcome = all(Format::Query, data);
    if let Ok(text) = std::str::from_utf8(data) {
        borrowed(
            Format::Query,
            wirewright::query::from_str_with::<types::Borrowed<'_>>(text, &Options::new()),
            data,
        );
    }
    outcome
}

/// A type that borrows is read, written and read again.
fn borrowed(format: Format, read: Result<types::Borrowed<'_>, wirewright::DecodeError>, data: &[u8]) {
    match read {
        Err(error) => check::decode_error(&error, data),
        Ok(message) => {
            let text =
                to_string_with(format, &message, &Options::new()).unwrap_or_else(|error| panic!("{error}"));
            let again = match format {
                Format::Xml => wirewright::xml::from_str::<types::Borrowed<'_>>(&text),
                Format::Json => wirewright::json::from_str(&text),
                _ => wirewright::query::from_str(&text),
            };
            assert!(matches!(&again, Ok(again) if *again == message), "{message:?}\n{again:?}\n{text:?}");
        }
    }
}

fn all(format: Format, data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    // A malformed text is malformed for every type.
    if check::message::<types::Scalars>(&mut outcome, format, data) {
        check::message::<types::Lists>(&mut outcome, format, data);
        check::message::<types::Maps>(&mut outcome, format, data);
        check::message::<types::Meanings>(&mut outcome, format, data);
        check::message::<types::Unions>(&mut outcome, format, data);
        check::message::<types::Flat>(&mut outcome, format, data);
        check::message::<types::Open>(&mut outcome, format, data);
        check::message::<types::Shapes>(&mut outcome, format, data);
        check::message::<types::Tree>(&mut outcome, format, data);
        vendors::each(&mut Read { outcome: &mut outcome, format, data });
    }
    outcome
}

struct Read<'a> {
    outcome: &'a mut Outcome,
    format: Format,
    data: &'a [u8],
}

impl Visit for Read<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: wirewright::exchange::Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        check::message::<R::Envelope>(self.outcome, self.format, self.data);
        check::message::<R::FailedEnvelope>(self.outcome, self.format, self.data);
    }
}

/// Examples and samples in XML.
pub(super) fn xml_corpus() -> Vec<Vec<u8>> {
    corpus(Format::Xml)
}

/// Examples and samples in JSON.
pub(super) fn json_corpus() -> Vec<Vec<u8>> {
    corpus(Format::Json)
}

/// Examples and samples as query strings.
pub(super) fn query_corpus() -> Vec<Vec<u8>> {
    let mut corpus = corpus(Format::Query);
    corpus.extend(texts(Kind::Request));
    corpus
}

fn corpus(format: Format) -> Vec<Vec<u8>> {
    let mut all = texts(Kind::Reply(format));
    add::<types::Scalars>(format, &mut all);
    add::<types::Lists>(format, &mut all);
    add::<types::Maps>(format, &mut all);
    add::<types::Meanings>(format, &mut all);
    add::<types::Unions>(format, &mut all);
    add::<types::Flat>(format, &mut all);
    add::<types::Open>(format, &mut all);
    add::<types::Shapes>(format, &mut all);
    add::<types::Tree>(format, &mut all);
    vendors::each(&mut Samples { format, all: &mut all });
    all
}

/// Samples of a type.
pub(super) fn add<T: OwnedMessage>(format: Format, all: &mut Vec<Vec<u8>>) {
    let fixed = [sample::<T>(Sample::Full), sample::<T>(Sample::Minimal)];
    let messages = fixed.into_iter().chain(noise().map(|bytes| arbitrary::<T>(&bytes)));
    all.extend(
        messages
            .filter_map(|message| to_string_with(format, &message, &Options::new()).ok())
            .map(String::into_bytes),
    );
}

struct Samples<'a> {
    format: Format,
    all: &'a mut Vec<Vec<u8>>,
}

impl Visit for Samples<'_> {
    fn operation<R, C, O, S>(&mut self)
    where
        R: wirewright::exchange::Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync,
    {
        add::<R::Envelope>(self.format, self.all);
    }
}
