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
    /// values that were not read from the wire. A format that ends in a literal `Z`, `GMT` or `UTC` says that the time is in UTC;
    /// so does `%s`, and `%z` says by how much it is off.
    const FORMATS: &'static [&'static str];
    /// A text in each of the formats, for samples and error messages.
    const SAMPLES: &'static [&'static str];
}

/// A date or time in one of the formats of `F`. It is written back in the format in which it came; what that format does not
/// show, fractions of a second as a rule, is not written. What the format cannot write at all, a year of another century where it has
/// two digits, is an error when it is encoded.
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
/// let reply: Reply = query::from_str("timestamp=2008-09-30+15:56:42Z")?;
/// assert_eq!(reply.timestamp.civil().hour(), 15);
/// assert_eq!(reply.timestamp.timestamp().unwrap().as_second(), 1_222_790_202);
/// assert_eq!(reply.timestamp.to_string(), "2008-09-30 15:56:42Z");
/// # Ok::<(), wirewright::DecodeError>(())
/// ```
///
/// The values of `jiff` that it takes and gives are public on purpose: see the [crate documentation](crate#dates-and-times).
pub struct DateTime<F> {
    moment: Moment,
    formats: PhantomData<fn() -> F>,
}

/// A date or time whose formats are data: what is compiled once, and not once a vendor's type. `formats` are always those that it
/// was made with.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    civil: civil::DateTime,
    /// As the text says it, where the format lets it.
    offset: Option<Offset>,
    format: u8,
}

/// Whether a format says the zone: it ends in a literal `Z`, `GMT` or `UTC`, or has one of `%z`, `%:z`, `%::z`, `%:::z`, `%s`.
///
/// One look at each byte: this is asked for every text that is read.
fn says_offset(format: &str) -> bool {
    let mut rest = format.as_bytes();
    // What is behind the last directive.
    let mut literal = rest;
    while let [sign, after @ ..] = rest {
        rest = match (*sign, after) {
            (
                b'%',
                [b'z' | b's', ..] | [b':', b'z', ..] | [b':', b':', b'z', ..] | [b':', b':', b':', b'z', ..],
            ) => {
                return true;
            }
            // A directive, a literal `%%` among them.
            (b'%', [_, after @ ..]) => {
                literal = after;
                after
            }
            _ => after,
        };
    }
    match literal {
        [.., b'Z'] => true,
        // Not the end of another word.
        [before @ .., b'G', b'M', b'T'] | [before @ .., b'U', b'T', b'C'] => {
            !before.last().is_some_and(u8::is_ascii_alphanumeric)
        }
        _ => false,
    }
}

/// The text of a date or time in a format; `None` where that cannot write it, or would write another one: two digits of a year are read
/// as one from 1969 to 2068.
pub(crate) fn written(parts: &BrokenDownTime, format: &str) -> Option<String> {
    let text = parts.to_string(format).ok()?;
    let far = parts.year().filter(|year| !(1969..=2068).contains(year));
    let is_read = |year| {
        let read = strtime::parse(format, &text).ok()?;
        Some(read.timestamp().is_some() || read.to_date().ok()?.year() == year)
    };
    far.is_none_or(|year| is_read(year) == Some(true)).then_some(text)
}

impl Moment {
    /// A date and time that will be written in the first of the formats.
    pub(crate) const fn new(civil: civil::DateTime) -> Self {
        Self { civil, offset: None, format: 0 }
    }

    fn from_timestamp(moment: Timestamp, formats: &[&str]) -> Option<Self> {
        let format = formats.iter().position(|format| says_offset(format))?;
        Some(Self {
            civil: TimeZone::UTC.to_datetime(moment),
            offset: Some(Offset::UTC),
            format: u8::try_from(format).ok()?,
        })
    }

    fn timestamp(self, formats: &[&str]) -> Option<Timestamp> {
        self.offset(formats)?.to_timestamp(self.civil).ok()
    }

    fn offset(self, formats: &[&str]) -> Option<Offset> {
        self.offset.or_else(|| says_offset(self.pattern(formats)).then_some(Offset::UTC))
    }

    fn pattern<'f>(self, formats: &[&'f str]) -> &'f str {
        formats.get(usize::from(self.format)).copied().unwrap_or("%Y-%m-%dT%H:%M:%S")
    }

    fn order(self, other: Self, formats: &[&str]) -> Option<Ordering> {
        if self.offset(formats).is_some() != other.offset(formats).is_some() {
            return None;
        }
        let moments = self.timestamp(formats).zip(other.timestamp(formats));
        let order = moments.map_or(Ordering::Equal, |(this, that)| this.cmp(&that));
        Some(order.then_with(|| self.civil.cmp(&other.civil)))
    }

    /// The text in its format; `None` where that cannot write it.
    pub(crate) fn written(self, formats: &[&str]) -> Option<String> {
        let mut parts = BrokenDownTime::from(self.civil);
        parts.set_offset(self.offset(formats));
        parts.set_timestamp(self.timestamp(formats));
        written(&parts, self.pattern(formats))
    }

    pub(crate) fn text(self, formats: &[&str]) -> String {
        // For people the plain form is better than none.
        self.written(formats).unwrap_or_else(|| self.civil.to_string())
    }

    /// Reads `text` in the first of the formats that it has.
    pub(crate) fn read(text: &str, formats: &[&str], samples: &[&str]) -> Result<Self, Expected> {
        let text = text.trim();
        for (format, pattern) in (0..).zip(formats) {
            if let Some((civil, offset)) = Self::parse(pattern, text) {
                return Ok(Self { civil, offset, format });
            }
        }
        Err(expected("a date or time", samples))
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

impl<F: DateTimeFormats> DateTime<F> {
    /// A date and time that will be written in the first of the formats. If that one says an offset, the time is in UTC.
    pub const fn new(civil: civil::DateTime) -> Self {
        Self { moment: Moment::new(civil), formats: PhantomData }
    }

    /// A moment, to be written in UTC. `None` when no format of this vendor says that a time is in UTC.
    pub fn from_timestamp(moment: Timestamp) -> Option<Self> {
        Some(Self { moment: Moment::from_timestamp(moment, F::FORMATS)?, formats: PhantomData })
    }

    /// The date and time as printed, in whatever zone the vendor meant.
    pub const fn civil(&self) -> civil::DateTime {
        self.moment.civil
    }

    /// Whether the text says that the time is in UTC.
    pub fn is_utc(&self) -> bool {
        self.offset() == Some(Offset::UTC)
    }

    /// The moment, when the text says how far the time is off UTC.
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.moment.timestamp(F::FORMATS)
    }

    fn offset(&self) -> Option<Offset> {
        self.moment.offset(F::FORMATS)
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
        self.civil() == other.civil() && self.offset() == other.offset()
    }
}

impl<F: DateTimeFormats> Eq for DateTime<F> {}

impl<F: DateTimeFormats> PartialOrd for DateTime<F> {
    /// By moment, or by date and time where no offset is said. A time with an offset and one without cannot be ordered.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.moment.order(other.moment, F::FORMATS)
    }
}

impl<F: DateTimeFormats> hash::Hash for DateTime<F> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.civil().hash(state);
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
        Cow::Owned(self.moment.text(F::FORMATS))
    }

    fn written(&self) -> Option<Cow<'_, str>> {
        self.moment.written(F::FORMATS).map(Cow::Owned)
    }
}

impl<F: DateTimeFormats> FromText for DateTime<F> {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        self.moment = Moment::read(text, F::FORMATS, F::SAMPLES)?;
        Ok(())
    }

    fn clear(&mut self) {
        *self = FromWire::empty();
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
