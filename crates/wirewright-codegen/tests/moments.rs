//! Dates and times: which directives of strftime can be said, and that what can be said is read.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use jiff::{
    civil,
    fmt::strtime::{self, BrokenDownTime},
    tz::{Offset, TimeZone},
};
use wirewright_codegen::{emit, load_sources, model::Vendor, packaging::Packaging};

const PROTOCOL: &str = r#"
title    = "Base"
endpoint = "https://api.example.com"
methods  = { GET = "query" }
source   = "a page"
formats  = { json = {} }

[envelope]
ok   = { is = "status", success = ["yes"] }
data = { is = "data" }
"#;

/// A definition with a type, or the fault.
fn vendor(kind: &str, format: &str) -> Result<Vendor, String> {
    let group = format!("[show.reply]\nat = {{ type = \"At\" }}\n\n[types.At]\n{kind} = {format:?}\n");
    let files = [("protocol.toml", PROTOCOL.to_owned()), ("group.toml", group)];
    let files = files.map(|(name, text)| (name.to_owned(), text)).to_vec();
    load_sources("base", files).map_err(|faults| {
        let fault = &faults.diagnostics()[0];
        assert_eq!(fault.code.text(), "WW027", "{faults}");
        assert!(fault.expectation.is_some(), "{faults}");
        fault.message.clone()
    })
}

/// The made-up sample of a type, or the fault.
fn sample(kind: &str, format: &str) -> Result<String, String> {
    let vendor = vendor(kind, format)?;
    let files = emit::files(&vendor, &Packaging::new(&vendor.package));
    let types = &files.iter().find(|file| file.path == "src/types.rs").unwrap().text;
    let samples = types.split("const SAMPLES: &'static [&'static str] = &[\"").nth(1).unwrap();
    Ok(samples.split("\"]").next().unwrap().to_owned())
}

const UNREAD: &str = "can be written, and not read back";
const UNKNOWN: &str = "is no directive of strftime";
const TOO_LITTLE: &str = "what is written in this format cannot be read, or is read as something else";

/// Every directive of jiff's `strtime`, by its documentation, in a format that tells the rest.
#[test]
fn every_directive_is_read_or_refused() {
    let day = |directive: &str| format!("{directive} %Y-%m-%d %H:%M:%S");
    for (format, expected) in [
        (day("%%"), Ok("% 2008-09-30 15:56:42")),
        (day("%A"), Ok("Tuesday 2008-09-30 15:56:42")),
        (day("%a"), Ok("Tue 2008-09-30 15:56:42")),
        ("%d %B %Y".to_owned(), Ok("30 September 2008")),
        ("%d %b %Y".to_owned(), Ok("30 Sep 2008")),
        ("%d %h %Y".to_owned(), Ok("30 Sep 2008")),
        ("%C%y-%m-%d".to_owned(), Ok("2008-09-30")),
        (day("%c"), Err(UNREAD)),
        ("%D %T".to_owned(), Ok("09/30/08 15:56:42")),
        ("%e.%m.%Y".to_owned(), Ok("30.09.2008")),
        ("%F %T".to_owned(), Ok("2008-09-30 15:56:42")),
        ("%F %T.%f".to_owned(), Ok("2008-09-30 15:56:42.0")),
        ("%F %T%.f".to_owned(), Ok("2008-09-30 15:56:42")),
        ("%F %T%.3f".to_owned(), Ok("2008-09-30 15:56:42.000")),
        ("%F %T.%N".to_owned(), Ok("2008-09-30 15:56:42.000000000")),
        ("%F %T%.N".to_owned(), Err(TOO_LITTLE)),
        ("%G-W%V-%u %T".to_owned(), Ok("2008-W40-2 15:56:42")),
        (day("%g"), Ok("08 2008-09-30 15:56:42")),
        ("%F %I:%M:%S %p".to_owned(), Ok("2008-09-30 03:56:42 PM")),
        ("%F %I:%M:%S %P".to_owned(), Ok("2008-09-30 03:56:42 pm")),
        ("%F %l:%M:%S %P".to_owned(), Ok("2008-09-30  3:56:42 pm")),
        ("%F %I:%M:%S".to_owned(), Err(TOO_LITTLE)),
        ("%Y-%j".to_owned(), Ok("2008-274")),
        ("%F %k:%M".to_owned(), Ok("2008-09-30 15:56")),
        ("%F %R".to_owned(), Ok("2008-09-30 15:56")),
        ("%F%n%T".to_owned(), Ok("2008-09-30\\n15:56:42")),
        ("%F%t%T".to_owned(), Ok("2008-09-30\\t15:56:42")),
        ("%F %T %Q".to_owned(), Err(UNREAD)),
        ("%F %T %:Q".to_owned(), Err(UNREAD)),
        (day("%q"), Err(UNREAD)),
        (day("%r"), Err(UNREAD)),
        ("%s".to_owned(), Ok("1222790202")),
        ("%Y %U %w".to_owned(), Ok("2008 39 2")),
        ("%Y %W %u".to_owned(), Ok("2008 39 2")),
        (day("%v"), Err(UNREAD)),
        (day("%X"), Err(UNREAD)),
        (day("%x"), Err(UNREAD)),
        ("%y%m%d".to_owned(), Ok("080930")),
        ("%F %T %Z".to_owned(), Err(UNREAD)),
        ("%F %T%z".to_owned(), Ok("2008-09-30 15:56:42+0000")),
        ("%F %T%:z".to_owned(), Ok("2008-09-30 15:56:42+00:00")),
        ("%F %T%::z".to_owned(), Ok("2008-09-30 15:56:42+00:00:00")),
        ("%F %T%:::z".to_owned(), Ok("2008-09-30 15:56:42+00")),
        ("%a, %d %b %Y %T GMT".to_owned(), Ok("Tue, 30 Sep 2008 15:56:42 GMT")),
        ("%-d.%-m.%Y %_H:%M".to_owned(), Ok("30.9.2008 15:56")),
        (day("%E"), Err(UNKNOWN)),
        (day("%i"), Err(UNKNOWN)),
        ("%H:%M".to_owned(), Err(TOO_LITTLE)),
        ("%Y-%m".to_owned(), Err(TOO_LITTLE)),
    ] {
        match (sample("datetime", &format), expected) {
            (Ok(sample), Ok(expected)) => assert_eq!(sample, expected, "{format}"),
            (Err(fault), Err(expected)) => assert!(fault.ends_with(expected), "{format}: {fault}"),
            (found, expected) => panic!("{format}: {found:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn dates_and_times_of_day_are_read_or_refused() {
    for (kind, format, expected) in [
        ("date", "%D", Some("09/30/08")),
        ("date", "%G-%V-%u", Some("2008-40-2")),
        ("date", "%Y %U %w", Some("2008 39 2")),
        ("date", "%x", None),
        ("date", "%y", None),
        ("time", "%I:%M %P", Some("03:56 pm")),
        ("time", "%I:%M", None),
        ("time", "%r", None),
        ("time", "%R", Some("15:56")),
        ("time", "%H", Some("15")),
        ("date", "%C%y-%m-%d", Some("2008-09-30")),
        ("date", "%F %z", None),
        ("date", "%F%:z", None),
        ("time", "%T %z", None),
        ("time", "%T %C", None),
        ("time", "%T %w", None),
        ("time", "%T %s", None),
    ] {
        assert_eq!(sample(kind, format).ok().as_deref(), expected, "{kind} {format}");
    }
}

/// The text of a value as the runtime writes it.
fn written(kind: &str, value: civil::DateTime, format: &str) -> Option<String> {
    let mut parts = match kind {
        "datetime" => BrokenDownTime::from(value),
        "date" => BrokenDownTime::from(value.date()),
        _ => BrokenDownTime::from(value.time()),
    };
    if kind == "datetime" {
        parts.set_offset(Some(Offset::UTC));
        parts.set_timestamp(Offset::UTC.to_timestamp(value).ok());
    }
    parts.to_string(format).ok()
}

/// What the runtime reads of a text, and writes again.
fn again(kind: &str, text: &str, format: &str) -> Option<String> {
    let parts = strtime::parse(format, text.trim()).ok()?;
    let value = match kind {
        "datetime" if parts.timestamp().is_some() => TimeZone::UTC.to_datetime(parts.timestamp()?),
        "datetime" => {
            let date = parts.to_date().ok()?;
            parts.to_datetime().unwrap_or_else(|_| date.to_datetime(civil::Time::midnight()))
        }
        "date" => parts.to_date().ok()?.to_datetime(civil::Time::midnight()),
        _ => civil::date(2001, 2, 3).to_datetime(parts.to_time().ok()?),
    };
    written(kind, value, format)
}

/// Each directive, alone and beside what tells the rest: what can be said is written and read, whatever the value.
#[test]
fn what_can_be_said_is_read_back() {
    let values = [
        civil::date(2008, 9, 30).at(15, 56, 42, 0),
        civil::date(2023, 1, 1).at(0, 5, 9, 0),
        civil::date(2020, 12, 31).at(12, 0, 0, 120_000_000),
        civil::date(1996, 2, 29).at(23, 59, 59, 999_999_999),
    ];
    let mut wrong = Vec::new();
    let mut said = 0;
    for sign in (b'A'..=b'z').map(char::from).filter(char::is_ascii_alphabetic) {
        for directive in [
            format!("%{sign}"),
            format!("%:{sign}"),
            format!("%.3{sign}"),
            format!("%-{sign}"),
            format!("%3{sign}"),
            format!("%^{sign}"),
        ] {
            for (kind, rests) in [
                ("datetime", ["", "%F %T ", "%Y-%m-%d ", "%Y-", "%s "].as_slice()),
                ("date", &["", "%F ", "%Y-%m-", "%Y-", "%Y %U ", "%G %V ", "%y-%m-%d "]),
                ("time", &["", "%T ", "%H:%M:", "%I:%M:%S "]),
            ] {
                for rest in rests {
                    for format in [format!("{rest}{directive}"), format!("{directive} {rest}")] {
                        let format = format.trim();
                        if vendor(kind, format).is_err() {
                            continue;
                        }
                        said += 1;
                        for value in values {
                            let text = written(kind, value, format);
                            let read = text.as_deref().and_then(|text| again(kind, text, format));
                            if text.is_none() || read != text {
                                wrong.push(format!("{kind} {format}: {value}, {text:?}, {read:?}"));
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(said > 100, "{said}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
