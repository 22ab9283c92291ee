//! Moments that are counted: what a number says, and how it is written.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use wirewright::{
    Epoch, EpochFormat, EpochTime, EpochUnit, Format, Options, Wire,
    alone::{decode_general, encode_compact, encode_general},
    from_str,
    jiff::Timestamp,
    to_string,
    wire::FromText as _,
};

/// Counts days since 2035, as a table of 1010data does, with six decimals.
enum Days2035 {}

impl EpochFormat for Days2035 {
    const EPOCH: Epoch = Epoch::new(2_051_222_400, EpochUnit::Days).with_decimals(6);
    const SAMPLES: &'static [&'static str] = &["-9588.335625"];
}

enum Unix {}

impl EpochFormat for Unix {
    const EPOCH: Epoch = Epoch::new(0, EpochUnit::Seconds);
    const SAMPLES: &'static [&'static str] = &["1222790202"];
}

enum Microseconds1601 {}

impl EpochFormat for Microseconds1601 {
    const EPOCH: Epoch = Epoch::new(-11_644_473_600, EpochUnit::Microseconds);
    const SAMPLES: &'static [&'static str] = &["12867263802000000"];
}

fn read<F: EpochFormat>(text: &str) -> Result<EpochTime<F>, String> {
    let mut moment = EpochTime::<F>::from(Timestamp::UNIX_EPOCH);
    moment.set(text).map_err(|expected| expected.0.into_owned())?;
    Ok(moment)
}

/// What is read is the moment, exactly, and is written back with as many decimals.
#[test]
fn a_counted_moment_is_what_the_number_says() {
    for (text, moment, written) in [
        ("0", "2035-01-01T00:00:00Z", "0"),
        ("1", "2035-01-02T00:00:00Z", "1"),
        ("-9588.335625", "2008-09-30T15:56:42Z", "-9588.335625"),
        (" -1.5 ", "2034-12-30T12:00:00Z", "-1.5"),
        ("0.500000", "2035-01-01T12:00:00Z", "0.500000"),
        ("+.25", "2035-01-01T06:00:00Z", "0.25"),
        ("25E-2", "2035-01-01T06:00:00Z", "0.25"),
        ("-0.0", "2035-01-01T00:00:00Z", "0.0"),
        ("1e2", "2035-04-11T00:00:00Z", "100"),
        ("0.0000000000000115740740740740740740740740", "2035-01-01T00:00:00.000000001Z", "0.0000000000000"),
        ("1e-400", "2035-01-01T00:00:00Z", "0.0000000000000"),
    ] {
        let read = read::<Days2035>(text).unwrap_or_else(|expected| panic!("{text}: {expected}"));
        assert_eq!(read.timestamp(), moment.parse::<Timestamp>().unwrap(), "{text}");
        assert_eq!(read.to_string(), written, "{text}");
    }
    // NINA's clients send seconds with a fraction (a public client of 2024).
    let read = read::<Unix>("1700000000.123").unwrap();
    assert_eq!(read.timestamp().as_nanosecond(), 1_700_000_000_123_000_000);
    assert_eq!(read.to_string(), "1700000000.123");
}

#[test]
fn what_is_no_number_is_no_moment() {
    for text in [
        "",
        " ",
        "-",
        "+",
        ".",
        "e1",
        "1e",
        "1e+",
        "1e99999",
        "1 2",
        "1,5",
        "0x10",
        "NaN",
        "inf",
        "--1",
        "1.2.3",
        "2008-09-30",
        "9999999999999999999999999999999999999999",
        "1e30",
        "-99999999999",
    ] {
        assert_eq!(
            read::<Days2035>(text).unwrap_err(),
            "a moment as a number such as -9588.335625",
            "{text}"
        );
    }
}

/// What was made has the decimals that are allowed, as far as they say something, and tells no moment that has not been yet.
#[test]
fn a_made_moment_is_written_as_its_vendor_counts() {
    let moment = |text: &str| text.parse::<Timestamp>().unwrap();
    for (at, days, seconds, microseconds) in [
        ("2008-09-30T15:56:42Z", "-9588.335625", "1222790202", "12867263802000000"),
        ("2008-09-30T15:56:42.999999999Z", "-9588.335614", "1222790202", "12867263802999999"),
        ("2035-01-01T12:00:00Z", "0.5", "2051265600", "13695739200000000"),
        ("1601-01-01T00:00:00Z", "-158515", "-11644473600", "0"),
        ("1969-12-31T23:59:59.9Z", "-23741.000002", "-1", "11644473599900000"),
    ] {
        assert_eq!(EpochTime::<Days2035>::from(moment(at)).to_string(), days, "{at}");
        assert_eq!(EpochTime::<Unix>::from(moment(at)).to_string(), seconds, "{at}");
        assert_eq!(EpochTime::<Microseconds1601>::from(moment(at)).to_string(), microseconds, "{at}");
    }
    for end in [Timestamp::MIN, Timestamp::MAX] {
        let written = EpochTime::<Microseconds1601>::from(end).to_string();
        assert_eq!(
            read::<Microseconds1601>(&written).unwrap().timestamp().as_microsecond(),
            end.as_microsecond()
        );
    }
    let written = EpochTime::<Days2035>::from(Timestamp::MAX).to_string();
    assert!(read::<Days2035>(&written).is_ok(), "{written}");
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Counted {
    at: EpochTime<Unix>,
    days: Vec<EpochTime<Days2035>>,
}

/// In JSON it is a number, whichever of the writers writes it, and a text is read all the same.
#[test]
fn a_counted_moment_has_no_quotes() {
    let counted =
        Counted { at: read("1222790202.50").unwrap(), days: vec![read("-1").unwrap(), read("0.5").unwrap()] };
    let json = r#"{"at":1222790202.50,"days":[-1,0.5]}"#;
    assert_eq!(encode_compact(Format::Json, &counted, &Options::new()).as_deref(), Some(json));
    assert_eq!(encode_general(Format::Json, &counted, &Options::new()).unwrap(), json);
    for text in [json, r#"{"at":"1222790202.50","days":[-1.0,"0.5"]}"#] {
        assert_eq!(from_str::<Counted>(Format::Json, text).unwrap(), counted, "{text}");
        assert_eq!(
            decode_general::<Counted>(Format::Json, text, &Options::new()).unwrap(),
            counted,
            "{text}"
        );
    }
    let xml = "<r><at>1222790202.50</at><days>-1</days><days>0.5</days></r>";
    assert_eq!(to_string(Format::Xml, &counted).unwrap(), xml);
    assert_eq!(from_str::<Counted>(Format::Xml, xml).unwrap(), counted);
}
