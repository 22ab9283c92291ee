//! Dates without a time, and times without a date, in the vendors' own formats.

use std::{borrow::Cow, cmp::Ordering, fmt, hash, marker::PhantomData};

use jiff::{
    civil,
    fmt::strtime::{self, BrokenDownTime},
};

use crate::{
    time::{DateTimeFormats, expected, written},
    wire::{Expected, FromText, FromWire, Slot, ToText, ToWire, Value},
};

/// The text of a date or time in one of the formats, if that has one. It is compiled once, and not once a vendor's type.
pub(crate) fn text(parts: &BrokenDownTime, format: u8, formats: &[&str]) -> Option<String> {
    written(parts, formats.get(usize::from(format)).copied().unwrap_or_default())
}

/// What `text` says in the first of the formats that it has, and which that is. Compiled once a kind of value.
pub(crate) fn read_first<C>(
    text: &str,
    formats: &[&str],
    read: fn(&BrokenDownTime) -> Option<C>,
) -> Option<(C, u8)> {
    let text = text.trim();
    (0..).zip(formats).find_map(|(format, pattern)| {
        let parts = strtime::parse(pattern, text).ok()?;
        Some((read(&parts)?, format))
    })
}

macro_rules! civil {
    ($(#[doc = $doc:literal])* $name:ident, $civil:ty, $what:literal, $read:ident) => {
        $(#[doc = $doc])*
        pub struct $name<F> {
            civil: $civil,
            format: u8,
            formats: PhantomData<fn() -> F>,
        }

        impl<F: DateTimeFormats> $name<F> {
            #[doc = concat!("A ", $what, " that will be written in the first of the formats.")]
            pub const fn new(civil: $civil) -> Self {
                Self { civil, format: 0, formats: PhantomData }
            }

            #[doc = concat!("The ", $what, " itself.")]
            pub const fn civil(&self) -> $civil {
                self.civil
            }
        }

        impl<F> Clone for $name<F> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<F> Copy for $name<F> {}

        impl<F> PartialEq for $name<F> {
            fn eq(&self, other: &Self) -> bool {
                self.civil == other.civil
            }
        }

        impl<F> Eq for $name<F> {}

        impl<F> PartialOrd for $name<F> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl<F> Ord for $name<F> {
            fn cmp(&self, other: &Self) -> Ordering {
                self.civil.cmp(&other.civil)
            }
        }

        impl<F> hash::Hash for $name<F> {
            fn hash<H: hash::Hasher>(&self, state: &mut H) {
                self.civil.hash(state);
            }
        }

        impl<F: DateTimeFormats> From<$civil> for $name<F> {
            fn from(civil: $civil) -> Self {
                Self::new(civil)
            }
        }

        impl<F: DateTimeFormats> fmt::Display for $name<F> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text())
            }
        }

        impl<F: DateTimeFormats> fmt::Debug for $name<F> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl<F: DateTimeFormats> ToText for $name<F> {
            fn text(&self) -> Cow<'_, str> {
                // For people the plain form is better than none.
                self.written().unwrap_or_else(|| self.civil.to_string().into())
            }

            fn written(&self) -> Option<Cow<'_, str>> {
                text(&BrokenDownTime::from(self.civil), self.format, F::FORMATS).map(Cow::Owned)
            }
        }

        impl<F: DateTimeFormats> FromText for $name<F> {
            fn set(&mut self, text: &str) -> Result<(), Expected> {
                let read = |parts: &BrokenDownTime| parts.$read().ok();
                let found = read_first(text, F::FORMATS, read);
                let (civil, format) = found.ok_or_else(|| expected(concat!("a ", $what), F::SAMPLES))?;
                *self = Self { civil, format, formats: PhantomData };
                Ok(())
            }

            fn clear(&mut self) {
                *self = FromWire::empty();
            }

            fn samples(&self) -> &'static [&'static str] {
                F::SAMPLES
            }
        }

        impl<F: DateTimeFormats> ToWire for $name<F> {
            fn value(&self) -> Value<'_> {
                Value::Text(self)
            }
        }

        impl<'de, F: DateTimeFormats> FromWire<'de> for $name<F> {
            fn empty() -> Self {
                Self::new(<$civil>::default())
            }

            fn slot(&mut self) -> Slot<'_, 'de> {
                Slot::Text(self)
            }
        }
    };
}

civil! {
    /// A date without a time, in one of the formats of `F`. It is written back in the format in which it came.
    ///
    /// ```
    /// use wirewright::{CivilDate, DateTimeFormats, Wire, jiff::civil, query};
    ///
    /// /// `mmddyyyy`
    /// enum Day {}
    ///
    /// impl DateTimeFormats for Day {
    ///     const FORMATS: &'static [&'static str] = &["%m%d%Y"];
    ///     const SAMPLES: &'static [&'static str] = &["09302008"];
    /// }
    ///
    /// #[derive(Wire)]
    /// struct Account {
    ///     birthdate: CivilDate<Day>,
    /// }
    ///
    /// let account: Account = query::from_str("birthdate=09302008")?;
    /// assert_eq!(account.birthdate.civil(), civil::date(2008, 9, 30));
    /// assert_eq!(account.birthdate.to_string(), "09302008");
    ///
    /// let error = query::from_str::<Account>("birthdate=2008-09-30").err().unwrap();
    /// assert!(error.to_string().contains("expected a date such as 09302008"));
    /// # Ok::<(), wirewright::DecodeError>(())
    /// ```
    CivilDate, civil::Date, "date", to_date
}

civil! {
    /// A time of day without a date, in one of the formats of `F`. It is written back in the format in which it came.
    ///
    /// ```
    /// use wirewright::{CivilTime, DateTimeFormats, jiff::civil, wire::FromText as _};
    ///
    /// enum Hour {}
    ///
    /// impl DateTimeFormats for Hour {
    ///     const FORMATS: &'static [&'static str] = &["%H:%M", "%I:%M %p"];
    ///     const SAMPLES: &'static [&'static str] = &["15:56", "03:56 PM"];
    /// }
    ///
    /// let mut start: CivilTime<Hour> = civil::time(8, 0, 0, 0).into();
    /// assert_eq!(start.to_string(), "08:00");
    /// start.set("03:56 PM").unwrap();
    /// assert_eq!(start.civil().hour(), 15);
    /// assert_eq!(start.to_string(), "03:56 PM");
    /// ```
    CivilTime, civil::Time, "time of day", to_time
}
