//! Dates and times whose formats are known at run time only.

use std::borrow::Cow;

use jiff::{civil, fmt::strtime::BrokenDownTime};

use crate::{
    civil::{read_first, text},
    time::{Moment, expected},
    wire::{Expected, FromText, ToText},
};

/// A date, a time of day or both, in formats that are known at run time only: on the wire what [`DateTime`](crate::DateTime),
/// [`CivilDate`](crate::CivilDate) and [`CivilTime`](crate::CivilTime) are.
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
}

impl ToText for DynamicMoment {
    fn text(&self) -> Cow<'_, str> {
        // For people the plain form is better than none.
        self.written().unwrap_or_else(|| match self.value {
            Value::DateTime(moment) => moment.text(self.formats).into(),
            Value::Date(date, _) => date.to_string().into(),
            Value::Time(time, _) => time.to_string().into(),
        })
    }

    fn written(&self) -> Option<Cow<'_, str>> {
        let written = match self.value {
            Value::DateTime(moment) => moment.written(self.formats),
            Value::Date(date, format) => text(&BrokenDownTime::from(date), format, self.formats),
            Value::Time(time, format) => text(&BrokenDownTime::from(time), format, self.formats),
        };
        written.map(Cow::Owned)
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
        };
        Ok(())
    }

    fn samples(&self) -> &'static [&'static str] {
        self.samples
    }
}
