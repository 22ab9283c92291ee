//! Dates and times whose formats are known at run time only.

use std::borrow::Cow;

use jiff::{Timestamp, civil, fmt::strtime::BrokenDownTime};

use crate::{
    civil::{read_first, text},
    epoch::{Counted, Epoch, expected_number},
    time::{Moment, expected},
    wire::{Expected, FromText, ToText},
};

/// A date, a time of day or both, in formats that are known at run time only: on the wire what [`DateTime`](crate::DateTime),
/// [`CivilDate`](crate::CivilDate), [`CivilTime`](crate::CivilTime) and [`EpochTime`](crate::EpochTime) are.
#[derive(Clone, Copy)]
pub struct DynamicMoment {
    formats: &'static [&'static str],
    samples: &'static [&'static str],
    value: Value,
}

#[derive(Clone, Copy)]
enum Value {
    DateTime(Moment),
    Date(civil::Date, u8),
    Time(civil::Time, u8),
    Counted(Epoch, Counted),
}

impl DynamicMoment {
    /// A date and time to be filled, in these `strftime` formats. `samples` are a text in each of them.
    pub fn date_time(formats: &'static [&'static str], samples: &'static [&'static str]) -> Self {
        Self { formats, samples, value: Value::DateTime(Moment::new(civil::DateTime::default())) }
    }

    /// A date without a time.
    pub fn date(formats: &'static [&'static str], samples: &'static [&'static str]) -> Self {
        Self { formats, samples, value: Value::Date(civil::Date::default(), 0) }
    }

    /// A time without a date.
    pub fn time(formats: &'static [&'static str], samples: &'static [&'static str]) -> Self {
        Self { formats, samples, value: Value::Time(civil::Time::default(), 0) }
    }

    /// A moment that is counted.
    pub fn counted(epoch: Epoch, samples: &'static [&'static str]) -> Self {
        Self { formats: &[], samples, value: Value::Counted(epoch, Counted::new(Timestamp::UNIX_EPOCH)) }
    }
}

impl ToText for DynamicMoment {
    fn text(&self) -> Cow<'_, str> {
        // For people the plain form is better than none.
        self.written().unwrap_or_else(|| match self.value {
            Value::DateTime(moment) => moment.text(self.formats).into(),
            Value::Date(date, _) => date.to_string().into(),
            Value::Time(time, _) => time.to_string().into(),
            Value::Counted(epoch, counted) => epoch.written(counted).into(),
        })
    }

    fn written(&self) -> Option<Cow<'_, str>> {
        let written = match self.value {
            Value::DateTime(moment) => moment.written(self.formats),
            Value::Date(date, format) => text(&BrokenDownTime::from(date), format, self.formats),
            Value::Time(time, format) => text(&BrokenDownTime::from(time), format, self.formats),
            Value::Counted(epoch, counted) => Some(epoch.written(counted)),
        };
        written.map(Cow::Owned)
    }

    fn is_number(&self) -> bool {
        matches!(self.value, Value::Counted(..))
    }
}

impl FromText for DynamicMoment {
    fn set(&mut self, text: &str) -> Result<(), Expected> {
        self.value = match self.value {
            Value::DateTime(_) => Value::DateTime(Moment::read(text, self.formats, self.samples)?),
            Value::Date(..) => {
                let (date, format) = read_first(text, self.formats, |parts| parts.to_date().ok())
                    .ok_or_else(|| expected("a date", self.samples))?;
                Value::Date(date, format)
            }
            Value::Time(..) => {
                let (time, format) = read_first(text, self.formats, |parts| parts.to_time().ok())
                    .ok_or_else(|| expected("a time of day", self.samples))?;
                Value::Time(time, format)
            }
            Value::Counted(epoch, _) => {
                let counted = epoch.read(text).ok_or_else(|| expected_number(self.samples))?;
                Value::Counted(epoch, counted)
            }
        };
        Ok(())
    }

    fn clear(&mut self) {
        let DynamicMoment { formats, samples, .. } = *self;
        *self = match self.value {
            Value::DateTime(_) => Self::date_time(formats, samples),
            Value::Date(..) => Self::date(formats, samples),
            Value::Time(..) => Self::time(formats, samples),
            Value::Counted(epoch, _) => Self::counted(epoch, samples),
        };
    }

    fn samples(&self) -> &'static [&'static str] {
        self.samples
    }
}

/// Shows the moment, as people read it.
impl std::fmt::Debug for DynamicMoment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}
