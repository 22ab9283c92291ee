//! Dates and times in the vendors' own formats.

use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString as _},
};
use core::{cmp::Ordering, fmt, hash, marker::PhantomData};

use jiff::{Timestamp, civil, fmt::strtime, tz::TimeZone};

use crate::wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value};

/// The ways in which a vendor writes a date or time.
pub trait DateTimeFormats: 'static {
    /// `strftime` formats as [`jiff::fmt::strtime`] reads them. A text is tried against each, in order; the first one writes
    /// values that were not read from the wire. A format that ends in a literal `Z` says that the time is in UTC.
    const FORMATS: &'static [&'static str];
    /// A text in each of the formats, for samples and error messages.
    const SAMPLES: &'static [&'static str];
}

/// A date or time in one of the formats of `F`. It is written back in the format in which it came.
///
/// Two values are equal when they name the same date and time and agree on whether it is in UTC.
pub struct DateTime<F> {
    civil: civil::DateTime,
    format: u8,
    formats: PhantomData<fn() -> F>,
}

impl<F: DateTimeFormats> DateTime<F> {
    /// A date and time that will be written in the first of the formats.
    pub const fn new(civil: civil::DateTime) -> Self {
        Self { civil, format: 0, formats: PhantomData }
    }

    /// A moment, to be written in UTC. `None` when no format of this vendor says that a time is in UTC.
    pub fn from_timestamp(moment: Timestamp) -> Option<Self> {
        let format = F::FORMATS.iter().position(|format| format.ends_with('Z'))?;
        Some(Self {
            civil: TimeZone::UTC.to_datetime(moment),
            format: u8::try_from(format).ok()?,
            formats: PhantomData,
        })
    }

    /// The date and time as printed, in whatever zone the vendor meant.
    pub const fn civil(&self) -> civil::DateTime {
        self.civil
    }

    /// Whether the text says that the time is in UTC.
    pub fn is_utc(&self) -> bool {
        self.pattern().ends_with('Z')
    }

    /// The moment, when the text says that the time is in UTC.
    pub fn timestamp(&self) -> Option<Timestamp> {
        if self.is_utc() { TimeZone::UTC.to_timestamp(self.civil).ok() } else { None }
    }

    fn pattern(&self) -> &'static str {
        F::FORMATS.get(usize::from(self.format)).copied().unwrap_or("%Y-%m-%dT%H:%M:%S")
    }
}

impl<F> Clone for DateTime<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for DateTime<F> {}

impl<F: DateTimeFormats> PartialEq for DateTime<F> {
    fn eq(&self, other: &Self) -> bool {
        self.civil == other.civil && self.is_utc() == other.is_utc()
    }
}

impl<F: DateTimeFormats> Eq for DateTime<F> {}

impl<F: DateTimeFormats> PartialOrd for DateTime<F> {
    /// By date and time. A time with a zone and one without cannot be ordered.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.is_utc() == other.is_utc()).then(|| self.civil.cmp(&other.civil))
    }
}

impl<F: DateTimeFormats> hash::Hash for DateTime<F> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.civil.hash(state);
        self.is_utc().hash(state);
    }
}

impl<F: DateTimeFormats> fmt::Display for DateTime<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl<F: DateTimeFormats> fmt::Debug for DateTime<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<F: DateTimeFormats> ToText for DateTime<F> {
    fn text(&self) -> Cow<'_, str> {
        // A format that needs more than a civil date and time has no text; the plain form is better than none.
        Cow::Owned(strtime::format(self.pattern(), self.civil).unwrap_or_else(|_| self.civil.to_string()))
    }
}

impl<F: DateTimeFormats> FromText for DateTime<F> {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        let text = text.trim();
        for (format, pattern) in (0..).zip(F::FORMATS) {
            let Ok(parsed) = strtime::parse(pattern, text) else { continue };
            let civil = parsed
                .to_datetime()
                .or_else(|_| parsed.to_date().map(|date| date.to_datetime(civil::Time::midnight())));
            if let Ok(civil) = civil {
                self.civil = civil;
                self.format = format;
                return Ok(());
            }
        }
        Err(expected(F::SAMPLES))
    }

    fn samples(&self) -> &'static [&'static str] {
        F::SAMPLES
    }
}

fn expected(samples: &[&str]) -> Expected {
    let mut text = String::from("a date or time");
    for (index, sample) in samples.iter().enumerate() {
        text.push_str(&format!("{} {sample}", if index == 0 { " such as" } else { " or" }));
    }
    Expected::from(text)
}

impl<F: DateTimeFormats> ToWire for DateTime<F> {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl<'de, F: DateTimeFormats> FromWire<'de> for DateTime<F> {
    fn empty() -> Self {
        Self::new(civil::DateTime::default())
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Text(self)
    }
}
