//! Dates and times in the vendors' own formats.

use std::{
    borrow::Cow,
    cmp::Ordering,
    fmt::{self, Write as _},
    hash,
    marker::PhantomData,
};

use jiff::{
    Timestamp, civil,
    fmt::strtime::{self, BrokenDownTime},
    tz::{Offset, TimeZone},
};

use crate::wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value};

/// The ways in which a vendor writes a date or time.
pub trait DateTimeFormats: 'static {
    /// `strftime` formats as [`jiff::fmt::strtime`] reads them. A text is tried against each, in order; the first one writes
    /// values that were not read from the wire. A format that ends in a literal `Z` says that the time is in UTC; so does `%s`,
    /// and `%z` says by how much it is off.
    const FORMATS: &'static [&'static str];
    /// A text in each of the formats, for samples and error messages.
    const SAMPLES: &'static [&'static str];
}

/// A date or time in one of the formats of `F`. It is written back in the format in which it came; what that format does not
/// show, fractions of a second as a rule, is not written.
///
/// Two values are equal when they name the same date and time at the same offset, or both without one.
///
/// ```
/// use wirewright::{DateTime, DateTimeFormats, Wire, query};
///
/// /// The vendor's older pages leave the zone open, the newer ones say UTC.
/// enum Stamp {}
///
/// impl DateTimeFormats for Stamp {
///     const FORMATS: &'static [&'static str] = &["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%SZ"];
///     const SAMPLES: &'static [&'static str] = &["2008-09-30 15:56:42", "2008-09-30 15:56:42Z"];
/// }
///
/// #[derive(Wire)]
/// struct Reply {
///     timestamp: DateTime<Stamp>,
/// }
///
/// let reply: Reply = query::decode("timestamp=2008-09-30+15:56:42Z")?;
/// assert_eq!(reply.timestamp.civil().hour(), 15);
/// assert_eq!(reply.timestamp.timestamp().unwrap().as_second(), 1_222_790_202);
/// assert_eq!(reply.timestamp.to_string(), "2008-09-30 15:56:42Z");
/// # Ok::<(), wirewright::DecodeError>(())
/// ```
pub struct DateTime<F> {
    civil: civil::DateTime,
    /// As the text says it, where the format lets it.
    offset: Option<Offset>,
    format: u8,
    formats: PhantomData<fn() -> F>,
}

/// Whether a format says the zone: it ends in a literal `Z`, or has one of `%z`, `%:z`, `%::z`, `%:::z`, `%s`.
///
/// One look at each byte: this is asked for every text that is read.
fn says_offset(format: &str) -> bool {
    let mut rest = format.as_bytes();
    let mut literal = false;
    while let [sign, after @ ..] = rest {
        literal = false;
        rest = match (*sign, after) {
            (
                b'%',
                [b'z' | b's', ..] | [b':', b'z', ..] | [b':', b':', b'z', ..] | [b':', b':', b':', b'z', ..],
            ) => {
                return true;
            }
            // A directive, a literal `%%` among them.
            (b'%', [_, after @ ..]) => after,
            _ => {
                literal = *sign == b'Z';
                after
            }
        };
    }
    literal
}

impl<F: DateTimeFormats> DateTime<F> {
    /// A date and time that will be written in the first of the formats. If that one says an offset, the time is in UTC.
    pub const fn new(civil: civil::DateTime) -> Self {
        Self { civil, offset: None, format: 0, formats: PhantomData }
    }

    /// A moment, to be written in UTC. `None` when no format of this vendor says that a time is in UTC.
    pub fn from_timestamp(moment: Timestamp) -> Option<Self> {
        let format = F::FORMATS.iter().position(|format| says_offset(format))?;
        Some(Self {
            civil: TimeZone::UTC.to_datetime(moment),
            offset: Some(Offset::UTC),
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
        self.offset() == Some(Offset::UTC)
    }

    /// The moment, when the text says how far the time is off UTC.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.offset()?.to_timestamp(self.civil).ok()
    }

    fn offset(&self) -> Option<Offset> {
        self.offset.or_else(|| says_offset(self.pattern()).then_some(Offset::UTC))
    }

    fn pattern(&self) -> &'static str {
        F::FORMATS.get(usize::from(self.format)).copied().unwrap_or("%Y-%m-%dT%H:%M:%S")
    }

    /// Reads `text` in one format.
    fn parse(pattern: &str, text: &str) -> Option<(civil::DateTime, Option<Offset>)> {
        let parsed = strtime::parse(pattern, text).ok()?;
        if let Some(moment) = parsed.timestamp() {
            return Some((TimeZone::UTC.to_datetime(moment), Some(Offset::UTC)));
        }
        let date = parsed.to_date().ok()?;
        let civil = parsed.to_datetime().unwrap_or_else(|_| date.to_datetime(civil::Time::midnight()));
        let literal = || says_offset(pattern).then_some(Offset::UTC);
        Some((civil, parsed.offset().or_else(literal)))
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
        self.civil == other.civil && self.offset() == other.offset()
    }
}

impl<F: DateTimeFormats> Eq for DateTime<F> {}

impl<F: DateTimeFormats> PartialOrd for DateTime<F> {
    /// By moment, or by date and time where no offset is said. A time with an offset and one without cannot be ordered.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.offset().is_some() != other.offset().is_some() {
            return None;
        }
        let moments = self.timestamp().zip(other.timestamp());
        let order = moments.map_or(Ordering::Equal, |(this, that)| this.cmp(&that));
        Some(order.then_with(|| self.civil.cmp(&other.civil)))
    }
}

impl<F: DateTimeFormats> hash::Hash for DateTime<F> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.civil.hash(state);
        self.offset().hash(state);
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
        let mut parts = BrokenDownTime::from(self.civil);
        parts.set_offset(self.offset());
        parts.set_timestamp(self.timestamp());
        // A format that needs more, a zone's name say, has no text; the plain form is better than none.
        Cow::Owned(parts.to_string(self.pattern()).unwrap_or_else(|_| self.civil.to_string()))
    }
}

impl<F: DateTimeFormats> FromText for DateTime<F> {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        let text = text.trim();
        for (format, pattern) in (0..).zip(F::FORMATS) {
            if let Some((civil, offset)) = Self::parse(pattern, text) {
                *self = Self { civil, offset, format, formats: PhantomData };
                return Ok(());
            }
        }
        Err(expected("a date or time", F::SAMPLES))
    }

    fn samples(&self) -> &'static [&'static str] {
        F::SAMPLES
    }
}

/// What was expected, with a text in each format.
pub(crate) fn expected(what: &str, samples: &[&str]) -> Expected {
    let mut text = String::from(what);
    for (index, sample) in samples.iter().enumerate() {
        let joint = if index == 0 { "such as" } else { "or" };
        // Writing into a string cannot fail.
        let _ = write!(text, " {joint} {sample}");
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
