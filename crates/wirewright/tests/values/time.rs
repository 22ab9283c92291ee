//! Dates and times in the vendors' own formats.

use std::collections::HashSet;

use proptest::prelude::*;
use wirewright::{
    CivilDate, DateTime, DateTimeFormats, DecodeErrorKind, EncodeErrorKind, Format, Options, Wire,
    from_str_with,
    jiff::{Timestamp, civil},
    to_string_with,
};

/// Two spellings, as one vendor has them.
enum Both {}

impl DateTimeFormats for Both {
    const FORMATS: &'static [&'static str] = &["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%SZ"];
    const SAMPLES: &'static [&'static str] = &["2008-09-30 15:56:42", "2008-09-30 15:56:42Z"];
}

/// With an offset, seconds since 1970, a day alone, and a zone's name, which no civil time has.
enum Many {}

impl DateTimeFormats for Many {
    const FORMATS: &'static [&'static str] = &["%a, %d %b %Y %H:%M:%S %z", "%m%d%Y", "%s"];
    const SAMPLES: &'static [&'static str] = &["Tue, 30 Sep 2008 15:56:42 +0000"];
}

enum Local {}

impl DateTimeFormats for Local {
    const FORMATS: &'static [&'static str] = &["%H:%M %d.%m.%y %Z"];
    const SAMPLES: &'static [&'static str] = &[];
}

/// HTTP's date (RFC 9110, section 5.6.7), and literals at the end that are a zone or are none.
enum Http {}

impl DateTimeFormats for Http {
    const FORMATS: &'static [&'static str] = &[
        "%a, %d %b %Y %H:%M:%S GMT",
        "%d.%m.%Y %H:%M:%SUTC",
        "%Y-%m-%d %H:%M:%S ZGMT",
        "%Y-%m-%d %H:%M:%S %%UTC",
        "%Y-%m-%d %H:%M:%S GMT?",
    ];
    const SAMPLES: &'static [&'static str] = &["Tue, 29 Apr 2014 18:30:38 GMT"];
}

#[derive(Debug, PartialEq, Wire)]
struct Holder<T> {
    at: T,
}

fn read<F: DateTimeFormats>(text: &str) -> Result<DateTime<F>, wirewright::DecodeError> {
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("at", text).finish();
    from_str_with::<Holder<DateTime<F>>>(Format::Query, &form, &Options::new()).map(|holder| holder.at)
}

#[test]
fn every_spelling_is_read_and_written_back_as_it_came() {
    for (text, seconds) in [
        ("2008-09-30 15:56:42", None),
        ("2008-09-30 15:56:42Z", Some(1_222_790_202)),
        ("0001-01-01 00:00:00", None),
        // Beyond what a moment can be, and still a date that vendors use for "never".
        ("9999-12-31 23:59:59Z", None),
    ] {
        let at = read::<Both>(text).expect(text);
        assert_eq!((at.to_string(), format!("{at:?}")), (text.to_owned(), text.to_owned()));
        assert_eq!(at.is_utc(), text.ends_with('Z'), "{text}");
        assert_eq!(at.timestamp().map(Timestamp::as_second), seconds, "{text}");
        for format in [Format::Xml, Format::Json, Format::Query] {
            let written = to_string_with(format, &Holder { at }, &Options::new()).expect("it can be written");
            let again: Holder<DateTime<Both>> =
                from_str_with(format, &written, &Options::new()).expect("it is read");
            assert_eq!(again.at, at);
            assert_eq!(again.at.to_string(), text);
        }
    }
    for (text, seconds) in [
        ("Tue, 30 Sep 2008 15:56:42 +0000", Some(1_222_790_202)),
        ("Tue, 30 Sep 2008 17:56:42 +0200", Some(1_222_790_202)),
        ("Tue, 30 Sep 2008 12:26:42 -0330", Some(1_222_790_202)),
        ("1222790202", Some(1_222_790_202)),
        ("09302008", None),
    ] {
        let at = read::<Many>(text).expect(text);
        assert_eq!(at.to_string(), text);
        assert_eq!(at.timestamp().map(Timestamp::as_second), seconds, "{text}");
    }
    // The first one from botocore's protocol tests, `output/rest-xml.json`.
    for (text, seconds) in [
        ("Tue, 29 Apr 2014 18:30:38 GMT", Some(1_398_796_238)),
        ("29.04.2014 18:30:38UTC", Some(1_398_796_238)),
        ("2014-04-29 18:30:38 ZGMT", None),
        ("2014-04-29 18:30:38 %UTC", Some(1_398_796_238)),
        ("2014-04-29 18:30:38 GMT?", None),
    ] {
        let at = read::<Http>(text).expect(text);
        assert_eq!((at.to_string().as_str(), at.timestamp().map(Timestamp::as_second)), (text, seconds));
    }
    assert_eq!(
        read::<Both>("  2008-09-30 15:56:42 ").expect("white space does no harm").civil().minute(),
        56
    );
}

#[test]
fn equality_and_order() {
    let at = |text| read::<Both>(text).expect(text);
    let (open, utc) = (at("2008-09-30 15:56:42"), at("2008-09-30 15:56:42Z"));
    assert_ne!(open, utc);
    assert_eq!(open.partial_cmp(&utc), None);
    assert!(at("2008-09-30 15:56:43Z") > utc && open < at("2008-10-01 00:00:00"));
    assert_eq!(HashSet::from([open.civil(), utc.civil()]).len(), 1);
    let different: HashSet<DateTime<Both>> = HashSet::from([open, utc, at("2008-09-30 15:56:42")]);
    assert_eq!(different.len(), 2);

    let many = |text| read::<Many>(text).expect(text);
    let (zero, two) = (many("Tue, 30 Sep 2008 15:56:42 +0000"), many("Tue, 30 Sep 2008 17:56:42 +0200"));
    assert_ne!(zero, two, "one moment, said in two ways");
    assert!(zero < two && many("Tue, 30 Sep 2008 17:56:41 +0200") < zero);
    assert_eq!(zero, many("1222790202"));
}

/// What a format cannot write is an error in every format, in lists and attributes as well; nothing else is written in its place.
#[test]
fn what_cannot_be_written_is_an_error() {
    /// Two digits of the year.
    enum Short {}

    impl DateTimeFormats for Short {
        const FORMATS: &'static [&'static str] = &["%d.%m.%y"];
        const SAMPLES: &'static [&'static str] = &["30.09.08"];
    }

    #[derive(Debug, Wire)]
    struct Dates {
        #[wire(attribute)]
        attribute: Option<CivilDate<Short>>,
        element: Option<DateTime<Short>>,
        #[wire(list(joined = ","))]
        joined: Vec<CivilDate<Short>>,
        repeated: Vec<DateTime<Short>>,
    }

    let none = || Dates { attribute: None, element: None, joined: Vec::new(), repeated: Vec::new() };
    for (year, fits) in [(1968, false), (1969, true), (2008, true), (2068, true), (2069, false), (-1, false)]
    {
        let date = civil::date(year, 9, 30);
        let (day, moment) = (CivilDate::new(date), DateTime::new(date.at(0, 0, 0, 0)));
        for (path, dates) in [
            ("attribute", Dates { attribute: Some(day), ..none() }),
            ("element", Dates { element: Some(moment), ..none() }),
            ("joined", Dates { joined: vec![day], ..none() }),
            ("repeated", Dates { repeated: vec![moment], ..none() }),
        ] {
            for format in [Format::Xml, Format::Json, Format::Query] {
                match to_string_with(format, &dates, &Options::new()) {
                    Ok(text) => assert!(fits && text.contains("30.09."), "{year} {path}: {text}"),
                    Err(error) => {
                        assert!(!fits && error.path().contains(path), "{year} {path}: {error}");
                        assert_eq!(error.kind(), EncodeErrorKind::Unwritable, "{error}");
                    }
                }
            }
        }
        assert!(day.to_string().contains("-09-30") != fits, "people read it all the same");
    }
}

#[test]
fn values_that_were_not_read() {
    let civil = civil::date(2008, 9, 30).at(15, 56, 42, 999);
    let moment = Timestamp::from_second(1_222_790_202).expect("a moment");
    assert_eq!(DateTime::<Both>::new(civil).to_string(), "2008-09-30 15:56:42");
    assert_eq!(
        DateTime::<Both>::from_timestamp(moment).expect("a format in UTC").to_string(),
        "2008-09-30 15:56:42Z"
    );
    assert_eq!(DateTime::<Many>::new(civil).to_string(), "Tue, 30 Sep 2008 15:56:42 +0000");
    let many = DateTime::<Many>::from_timestamp(moment).expect("a format with an offset");
    assert_eq!(many.to_string(), "Tue, 30 Sep 2008 15:56:42 +0000");
    assert_eq!(many.timestamp(), Some(moment));
    assert!(DateTime::<Local>::from_timestamp(moment).is_none(), "%Z is no literal Z");
    assert!(!DateTime::<Local>::new(civil).is_utc());
    assert!(
        DateTime::<Local>::new(civil).to_string().contains("15:56"),
        "the plain form is better than none"
    );
}

#[test]
fn nonsense_is_refused_with_samples() {
    for text in [
        "",
        "now",
        "2008-13-30 15:56:42",
        "2008-02-30 15:56:42",
        "2008-09-30",
        "2008-09-30 15:56:42z",
        "2008-09-30 25:00:00Z",
    ] {
        let error = read::<Both>(text).expect_err(text);
        assert_eq!(error.path(), "at");
        let DecodeErrorKind::Expected { what, .. } = error.kind() else { panic!("{text}: {error}") };
        assert_eq!(what, "a date or time such as 2008-09-30 15:56:42 or 2008-09-30 15:56:42Z");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*", digits in "[0-9:TZ +-]{0,30}") {
        for text in [text, digits] {
            if let Ok(at) = read::<Both>(&text) {
                prop_assert_eq!(read::<Both>(&at.to_string()).expect("what is written is read"), at);
            }
            let _ = read::<Many>(&text).map(|at| (at.to_string(), at.timestamp()));
            let _ = read::<Local>(&text).map(|at| at.to_string());
        }
    }

    #[test]
    fn moments_survive(seconds in -377_000_000_000_i64..250_000_000_000) {
        let moment = Timestamp::from_second(seconds).expect("a moment");
        // Years before 0 and after 9999 have no four digits.
        prop_assume!((0..=9999).contains(&wirewright::jiff::tz::TimeZone::UTC.to_datetime(moment).year()));
        let at = DateTime::<Both>::from_timestamp(moment).expect("a format in UTC");
        prop_assert_eq!(at.timestamp(), Some(moment));
        prop_assert_eq!(read::<Both>(&at.to_string()).expect("it is read"), at);
    }
}

/// A moment whose formats are known at run time only is on the wire what the types are.
#[test]
fn formats_may_be_data() {
    use wirewright::{
        CivilDate, CivilTime,
        described::DynamicMoment,
        wire::{FromText, ToText},
    };
    enum Parts {}
    impl DateTimeFormats for Parts {
        const FORMATS: &'static [&'static str] = &["%H:%M", "%m%d%Y", "%I:%M %p", "%d.%m.%Y"];
        const SAMPLES: &'static [&'static str] = &["15:56", "09302008"];
    }
    fn outcome(place: &mut (impl FromText + ToText), text: &str) -> Result<String, String> {
        let read = place.set(text);
        read.map(|()| place.text().into_owned()).map_err(|expected| expected.0.into_owned())
    }
    let (formats, samples) = (Parts::FORMATS, Parts::SAMPLES);
    for text in ["15:56", "03:56 PM", "09302008", " 30.09.2008 ", "2008-09-30", "", "24:61"] {
        let day = outcome(&mut CivilDate::<Parts>::new(civil::Date::default()), text);
        assert_eq!(outcome(&mut DynamicMoment::date(formats, samples), text), day, "{text}");
        let time = outcome(&mut CivilTime::<Parts>::new(civil::Time::default()), text);
        assert_eq!(outcome(&mut DynamicMoment::time(formats, samples), text), time, "{text}");
    }
    let (formats, samples) = (Many::FORMATS, Many::SAMPLES);
    for text in ["Tue, 30 Sep 2008 15:56:42 +0200", "09302008", "1222790202", "soon"] {
        let moment = outcome(&mut DateTime::<Many>::new(civil::DateTime::default()), text);
        assert_eq!(outcome(&mut DynamicMoment::date_time(formats, samples), text), moment, "{text}");
        assert_eq!(moment.is_ok(), text != "soon");
    }
}
