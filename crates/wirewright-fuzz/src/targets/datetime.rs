//! Dates and times: any text.

use wirewright::{
    DateTime, DateTimeFormats,
    wire::{FromText, FromWire as _, ToText as _},
};

use crate::{Outcome, types::Stamps};

/// The formats of a vendor whose times have an offset.
enum Offsets {}

impl DateTimeFormats for Offsets {
    const FORMATS: &'static [&'static str] =
        &["%Y-%m-%dT%H:%M:%S%:z", "%a, %d %b %Y %H:%M:%S %z", "%H:%M %d.%m.%y"];
    const SAMPLES: &'static [&'static str] =
        &["2008-09-30T15:56:42+02:00", "Tue, 30 Sep 2008 15:56:42 +0000", "15:56 30.09.08"];
}

/// Reads the text as a date or time in several formats; what is read is written and read back equal.
pub fn datetime(data: &[u8]) -> Outcome {
    let mut outcome = Outcome::default();
    let text = String::from_utf8_lossy(data);
    one::<Stamps>(&mut outcome, &text);
    one::<Offsets>(&mut outcome, &text);
    one::<videntity::types::TimestampFormats>(&mut outcome, &text);
    outcome
}

fn one<F: DateTimeFormats>(outcome: &mut Outcome, text: &str) {
    let mut read = DateTime::<F>::empty();
    if let Err(expected) = read.set(text) {
        assert!(!expected.0.is_empty());
        return outcome.refuse("not a date");
    }
    let written = read.text();
    let mut again = DateTime::<F>::empty();
    assert!(again.set(&written).is_ok(), "{text:?} was read and {written:?} is not");
    assert!(again == read, "{text:?} is not {written:?}");
    assert_eq!(again.text(), written);
    assert_eq!(again.timestamp(), read.timestamp());
    if let Some(moment) = read.timestamp() {
        let made = DateTime::<F>::from_timestamp(moment);
        assert!(made.is_some_and(|made| made.timestamp().is_some()), "{text:?} is a moment");
    }
    outcome.take((read.is_utc(), written.len()));
}

/// Dates.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let samples = [Stamps::SAMPLES, Offsets::SAMPLES, &["", "9999-12-31 23:59:60", "-0001-01-01 00:00:00Z"]];
    samples.concat().into_iter().map(|text| text.as_bytes().to_vec()).collect()
}
