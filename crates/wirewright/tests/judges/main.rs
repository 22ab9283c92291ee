//! Programs that were not written here judge what is read and written: `serde_urlencoded`, `serde_json` and quick-xml under serde's
//! derive, and Python's parsers. Of the same values, what a judge writes is read equal, and what is written here the judge reads equal.
//!
//! Where a judge cannot say a value, or says another one, the values are restricted, and a comment says why.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod json;
mod model;
mod python;
mod query;
mod suites;
mod xml;

use std::fmt::Debug;

use proptest::prelude::*;
use wirewright::{Format, Options, from_str_with, to_string_with, wire::OwnedMessage};

/// How many values a judge is given.
const CASES: u32 = 400;

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) }
}

/// A judge of one format, and one type.
struct Judge<T> {
    format: Format,
    options: Options,
    /// What the judge writes of a value.
    writes: fn(&T) -> Result<String, String>,
    /// What the judge reads of a text.
    reads: fn(&str) -> Result<T, String>,
}

impl<T: OwnedMessage + Debug> Judge<T> {
    /// Both ways. The judge also reads back what it wrote itself: a value that it cannot say is no reproach to anyone else.
    fn judge(&self, value: &T) -> Result<(), TestCaseError> {
        let theirs = (self.writes)(value).map_err(TestCaseError::fail)?;
        let read = (self.reads)(&theirs).map_err(|error| failed("judge reads judge", &error, &theirs))?;
        equal("judge reads judge", &read, value, &theirs)?;

        let read: T = from_str_with(self.format, &theirs, &self.options)
            .map_err(|error| failed("judge's text", &error.to_string(), &theirs))?;
        equal("judge's text", &read, value, &theirs)?;

        let ours = to_string_with(self.format, value, &self.options)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read = (self.reads)(&ours).map_err(|error| failed("our text", &error, &ours))?;
        equal("our text", &read, value, &ours)
    }
}

fn failed(what: &str, error: &str, text: &str) -> TestCaseError {
    TestCaseError::fail(format!("{what}: {error}\n{text}"))
}

/// Equal in all that `Debug` shows: NaN is itself there, and 0 is not -0.
fn equal<T: Debug>(what: &str, found: &T, wanted: &T, text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(format!("{found:?}"), format!("{wanted:?}"), "{}\n{}", what, text);
    Ok(())
}
