//! Moments that are counted: so many units since an epoch.

use std::{borrow::Cow, cmp::Ordering, fmt, hash, marker::PhantomData};

use jiff::Timestamp;

use crate::{
    time::expected,
    wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value},
};

/// What moments are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EpochUnit {
    /// Millionths of a second.
    Microseconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl EpochUnit {
    const fn nanoseconds(self) -> i128 {
        match self {
            Self::Microseconds => 1_000,
            Self::Milliseconds => 1_000_000,
            Self::Seconds => 1_000_000_000,
            Self::Minutes => 60_000_000_000,
            Self::Hours => 3_600_000_000_000,
            Self::Days => 86_400_000_000_000,
        }
    }

    /// How many decimals are more than a nanosecond.
    const fn most_decimals(self) -> u32 {
        self.nanoseconds().ilog10()
    }
}

/// When counting begins, and what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epoch {
    start: i64,
    unit: EpochUnit,
    decimals: u8,
}

const NANOSECONDS: i128 = 1_000_000_000;

/// More digits than any moment has.
const MAX_DIGITS: usize = 24;

impl Epoch {
    /// Counted from `start` on, which is in seconds since 1970-01-01 UTC, in whole units.
    pub const fn new(start: i64, unit: EpochUnit) -> Self {
        Self { start, unit, decimals: 0 }
    }

    /// How many decimals are written at most of a moment that was not read from the wire.
    #[must_use]
    pub const fn with_decimals(mut self, decimals: u8) -> Self {
        self.decimals = decimals;
        self
    }

    /// The moment that a number tells, which may have a fraction and an exponent.
    pub(crate) fn read(self, text: &str) -> Option<Counted> {
        let (number, exponent) = decimal(text.trim())?;
        let scaled = number.checked_mul(self.unit.nanoseconds())?;
        let nanoseconds = match 10_i128.checked_pow(exponent.unsigned_abs()) {
            Some(power) if exponent < 0 => rounded(scaled, power),
            Some(power) => scaled.checked_mul(power)?,
            // So small a part of a unit is none.
            None if exponent < 0 || number == 0 => 0,
            None => return None,
        };
        let nanoseconds = nanoseconds.checked_add(i128::from(self.start) * NANOSECONDS)?;
        let decimals = exponent.min(0).unsigned_abs().min(self.unit.most_decimals());
        Some(Counted { moment: Timestamp::from_nanosecond(nanoseconds).ok()?, decimals: Some(decimals) })
    }

    /// The number that tells a moment. One that was not read is told by what has passed whole.
    pub(crate) fn written(self, Counted { moment, decimals: read }: Counted) -> String {
        let unit = self.unit.nanoseconds();
        let nanoseconds = moment.as_nanosecond() - i128::from(self.start) * NANOSECONDS;
        let mut decimals = read.unwrap_or(self.decimals.into()).min(self.unit.most_decimals());
        let scaled = nanoseconds * 10_i128.pow(decimals);
        let mut number = if read.is_some() { rounded(scaled, unit) } else { scaled.div_euclid(unit) };
        while read.is_none() && decimals > 0 && number % 10 == 0 {
            (number, decimals) = (number / 10, decimals - 1);
        }
        let sign = if number < 0 { "-" } else { "" };
        let (number, power) = (number.unsigned_abs(), 10_u128.pow(decimals));
        let (whole, part) = (number / power, number % power);
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part:0width$}", width = decimals as usize)
        }
    }
}

/// The quotient's nearest whole number.
const fn rounded(number: i128, by: i128) -> i128 {
    number.saturating_mul(2).saturating_add(by).div_euclid(by.saturating_mul(2))
}

/// A number as its digits and the power of ten that they are multiplied with.
fn decimal(text: &str) -> Option<(i128, i32)> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            let is_short =
                (1..=4).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
            (mantissa, exponent.parse::<i32>().ok().filter(|_| is_short)?)
        }
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) || whole.len() + part.len() == 0 {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    // What is behind so many digits is less than a nanosecond.
    let part = part.get(..MAX_DIGITS.saturating_sub(whole.len())).unwrap_or(part);
    if whole.len() > MAX_DIGITS {
        return None;
    }
    let number = format!("0{whole}{part}").parse::<i128>().ok()?;
    let exponent = exponent.checked_sub(i32::try_from(part.len()).ok()?)?;
    Some((if negative { -number } else { number }, exponent))
}

/// A moment, and with how many decimals it was told.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    pub(crate) moment: Timestamp,
    /// `None`: it was not read.
    pub(crate) decimals: Option<u32>,
}

impl Counted {
    pub(crate) const fn new(moment: Timestamp) -> Self {
        Self { moment, decimals: None }
    }
}

/// How a vendor counts moments.
pub trait EpochFormat: 'static {
    /// When counting begins, and what is counted.
    const EPOCH: Epoch;
    /// Numbers such as the vendor's, for samples and error messages.
    const SAMPLES: &'static [&'static str];
}

/// A moment that is counted as `F` says. It is written back with as many decimals as it came with; one that was made is written with the
/// decimals that [`Epoch::with_decimals`] allows, and not without need. In JSON it is a number.
///
/// ```
/// use wirewright::{Epoch, EpochFormat, EpochTime, EpochUnit, Wire, jiff::Timestamp, json, query};
///
/// /// Days since 2035.
/// enum Days {}
///
/// impl EpochFormat for Days {
///     const EPOCH: Epoch = Epoch::new(2_051_222_400, EpochUnit::Days).with_decimals(6);
///     const SAMPLES: &'static [&'static str] = &["-9588.335625"];
/// }
///
/// #[derive(Wire)]
/// struct Sale {
///     at: EpochTime<Days>,
/// }
///
/// let sale: Sale = query::from_str("at=-9588.5")?;
/// let noon: Timestamp = "2008-09-30T12:00:00Z".parse().unwrap();
/// assert_eq!(sale.at.timestamp(), noon);
/// assert_eq!(json::to_string(&Sale { at: noon.into() })?, r#"{"at":-9588.5}"#);
///
/// let error = query::from_str::<Sale>("at=2008-09-30").err().unwrap();
/// assert!(error.to_string().contains("expected a moment as a number such as -9588.335625"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct EpochTime<F> {
    counted: Counted,
    format: PhantomData<fn() -> F>,
}

impl<F: EpochFormat> EpochTime<F> {
    /// The moment.
    pub const fn timestamp(&self) -> Timestamp {
        self.counted.moment
    }
}

impl<F> From<Timestamp> for EpochTime<F> {
    fn from(moment: Timestamp) -> Self {
        Self { counted: Counted::new(moment), format: PhantomData }
    }
}

impl<F> Clone for EpochTime<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for EpochTime<F> {}

impl<F> PartialEq for EpochTime<F> {
    fn eq(&self, other: &Self) -> bool {
        self.counted.moment == other.counted.moment
    }
}

impl<F> Eq for EpochTime<F> {}

impl<F> PartialOrd for EpochTime<F> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<F> Ord for EpochTime<F> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.counted.moment.cmp(&other.counted.moment)
    }
}

impl<F> hash::Hash for EpochTime<F> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.counted.moment.hash(state);
    }
}

impl<F: EpochFormat> fmt::Display for EpochTime<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl<F: EpochFormat> fmt::Debug for EpochTime<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<F: EpochFormat> ToText for EpochTime<F> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(F::EPOCH.written(self.counted))
    }

    fn is_number(&self) -> bool {
        true
    }
}

/// What a text should have been.
pub(crate) fn expected_number(samples: &[&str]) -> Expected {
    expected("a moment as a number", samples)
}

impl<F: EpochFormat> FromText for EpochTime<F> {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        self.counted = F::EPOCH.read(text).ok_or_else(|| expected_number(F::SAMPLES))?;
        Ok(())
    }

    fn clear(&mut self) {
        *self = FromWire::empty();
    }

    fn samples(&self) -> &'static [&'static str] {
        F::SAMPLES
    }
}

impl<F: EpochFormat> ToWire for EpochTime<F> {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl<'de, F: EpochFormat> FromWire<'de> for EpochTime<F> {
    fn empty() -> Self {
        Timestamp::UNIX_EPOCH.into()
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Text(self)
    }
}
