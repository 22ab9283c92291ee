//! What readers take, and what writers write.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::too_many_lines)]

use std::borrow::Cow;

use crate::support::{login::Reply, *};
use wirewright::{Format, Options, Wire, from_str_with, json, query, testing, wire::Document, xml};

fn read(format: Format, text: &str) -> Reply {
    from_str_with(format, text, &Options::new()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn the_same_reply_in_many_spellings() {
    let expected = read(
        Format::Json,
        "{\"response\":{\"statusCode\":200,\"statusText\":\"O & K\",\"data\":{\"token\":{\"a\":\"x\",\"expiresIn\":5}}}}",
    );
    let inside =
        "<statusText>O &amp; K</statusText><data><token><expiresIn>5</expiresIn><a>x</a></token></data>";
    for (format, text) in [
        (Format::Xml, format!("<response><statusCode>200</statusCode>{inside}</response>")),
        (Format::Xml, format!("\u{feff}<?xml version=\"1.0\" encoding='UTF-8'?>\n<!DOCTYPE x [<!ENTITY a \"]>\">]><!-- c --><anything><statusCode>200</statusCode>{inside}</anything>\n<?pi?> ")),
        (Format::Xml, format!("<r:response xmlns:r='u' xmlns='v' xsi:nil='true'><r:statusCode x='y'> 2<!-- -->0<?pi?><![CDATA[0]]>\n</r:statusCode><unknown><statusCode>1</statusCode></unknown>{inside}</r:response >")),
        (Format::Xml, format!("<response>{inside}<statusCode>1</statusCode><statusCode>&#x32;&#48;0</statusCode></response>")),
        (Format::Json, "{\"statusCode\":\"200\",\"statusText\":\"O \\u0026 K\",\"data\":{\"token\":{\"expiresIn\":\" 5 \",\"a\":\"x\"},\"n\":null},\"more\":[[{}]]}".into()),
        (Format::Json, "\u{feff} {\"x\":1,\"response\":{\"statusCode\":1,\"statusCode\":200,\"statusText\":\"O & K\",\"data\":{\"token\":{\"a\":\"x\",\"expiresIn\":5}}}} ".into()),
        (Format::Query, "statusCode=200&statusText=O+%26+K&data.token.a=x&data.token.expiresIn=5".into()),
        (Format::Query, "&&x&statusCode=1&data.token.expiresIn=5&data.token.a=%78&status%43ode=200&statusText=O %26+K&data=".into()),
    ] {
        assert_eq!(read(format, &text), expected, "{text}");
    }
}

#[test]
fn booleans() {
    for (text, expected) in [
        ("true", true),
        ("TRUE", true),
        ("1", true),
        ("yes", true),
        ("on", true),
        (" true ", true),
        ("false", false),
        ("0", false),
        ("No", false),
        ("off", false),
    ] {
        let scalars = testing::sample::<Scalars>(testing::Sample::Minimal);
        let xml = xml::to_string(&scalars).unwrap().replace("<flag>false", &format!("<flag>{text}"));
        assert_eq!(xml::from_str::<Scalars>(&xml).unwrap().flag, expected, "{xml}");
        let json =
            json::to_string(&scalars).unwrap().replace("\"flag\":false", &format!("\"flag\":\"{text}\""));
        assert_eq!(json::from_str::<Scalars>(&json).unwrap().flag, expected, "{json}");
    }
    let json = json::to_string(&testing::sample::<Scalars>(testing::Sample::Full)).unwrap();
    assert!(json.contains("\"flag\":true,\"numeric\":1,\"presence\":\"yes\""), "{json}");
    let number = json.replace("\"flag\":true", "\"flag\":0");
    assert!(!json::from_str::<Scalars>(&number).unwrap().flag);
}

#[test]
fn empty_is_not_absent() {
    let scalars = testing::sample::<Scalars>(testing::Sample::Minimal);
    for format in [Format::Xml, Format::Json, Format::Query] {
        for note in [None, Some(String::new())] {
            let message = Scalars { note, ..scalars.clone() };
            let text = wirewright::to_string_with(format, &message, &Options::new()).unwrap();
            assert_eq!(from_str_with::<Scalars>(format, &text, &Options::new()).unwrap(), message);
        }
    }
    let blank = xml::to_string(&scalars).unwrap().replace("</response>", "<blank/></response>");
    assert_eq!(xml::from_str::<Scalars>(&blank).unwrap().blank, None);
}

#[test]
fn infinite_numbers() {
    for (number, text) in [(f64::INFINITY, "Infinity"), (f64::NEG_INFINITY, "-Infinity"), (f64::NAN, "NaN")] {
        let circle = Circle { radius: number, unit: None };
        for format in [Format::Xml, Format::Json, Format::Query] {
            let wire = wirewright::to_string_with(format, &circle, &Options::new()).unwrap();
            assert!(wire.contains(text), "{wire}");
            let back = from_str_with::<Circle>(format, &wire, &Options::new()).unwrap().radius;
            assert!(back == number || back.is_nan() && number.is_nan());
        }
    }
}

#[test]
fn a_lone_value_is_a_list_of_one() {
    let lists =
        json::from_str::<Lists>("{\"repeated\":\"a\",\"circles\":{\"radius\":\"2\"},\"joined\":\"a,b\"}")
            .unwrap();
    assert_eq!((lists.repeated, lists.circles.len(), lists.joined.len()), (vec!["a".to_owned()], 1, 2));
    let lists =
        query::from_str::<Lists>("repeated.1=b&repeated.0=a&circles.radius=2&numbered.10=3&numbered.2=2")
            .unwrap();
    assert_eq!((lists.repeated, lists.circles.len()), (vec!["a".to_owned(), "b".to_owned()], 1));
    assert_eq!(lists.numbered, [2, 3]);
    let lists = json::from_str::<Lists>("{\"repeated\":null,\"joined\":\"\"}").unwrap();
    assert!(lists.repeated.is_empty() && lists.joined.is_empty() && lists.maybe.is_none());
}

#[test]
fn unknown_variants_are_kept() {
    let unions = xml::from_str::<Unions>(
        "<u><external><star points='5'>x<y>1</y></star></external><internal><arms>4</arms><type>cross</type></internal></u>",
    )
    .unwrap();
    let External::Other(tag, node) = &unions.external else { panic!("{unions:?}") };
    assert_eq!(tag, "star");
    assert_eq!(node.get("@points").and_then(Document::as_str), Some("5"));
    assert_eq!(node.get("$text").and_then(Document::as_str), Some("x"));
    let Internal::Other(tag, node) = &unions.internal else { panic!("{unions:?}") };
    assert_eq!((tag.as_str(), node.get("arms").and_then(Document::as_str)), ("cross", Some("4")));
    let again = xml::to_string(&unions).unwrap();
    assert_eq!(xml::from_str::<Unions>(&again).unwrap(), unions);

    let unions = json::from_str::<Unions>("{\"external\":\"nothing\",\"internal\":{\"n\":1.50,\"kind\":\"new\"},\"adjacent\":{\"body\":{\"radius\":1},\"kind\":\"circle\"}}").unwrap();
    assert_eq!(unions.external, External::Nothing);
    assert_eq!(
        json::to_string(&unions).unwrap(),
        "{\"external\":\"nothing\",\"internal\":{\"kind\":\"new\",\"n\":1.50},\"adjacent\":{\"kind\":\"circle\",\"body\":{\"radius\":1}}}"
    );
}

#[test]
fn flattened_members_stand_among_their_parents() {
    let flat = xml::from_str::<Flat>(
        "<f id='i'><extra>e</extra><name>n</name><circle><radius>1</radius></circle><depth>3</depth></f>",
    )
    .unwrap();
    let inner = flat.inner.as_ref().unwrap();
    assert_eq!((inner.depth, inner.part.as_ref().unwrap().id.as_deref()), (3, Some("i")));
    assert!(matches!(flat.choice, External::Circle(_)));
    assert_eq!(flat.rest.into_iter().collect::<Vec<_>>(), [("extra".to_owned(), "e".to_owned())]);

    let flat = query::from_str::<Flat>("name=n&a.b=c&label=").unwrap();
    assert_eq!((flat.inner, flat.rest.get("a.b").map(String::as_str)), (None, Some("c")));
    let error = json::from_str::<Flat>("{\"name\":\"n\",\"nothing\":null,\"size\":1}").unwrap_err();
    assert_eq!(error.path(), "depth", "a present flattened structure must be whole: {error}");
}

#[test]
fn texts_are_borrowed_where_they_can_be() {
    for (format, text) in [
        (Format::Xml, "<b><text>plain</text></b>"),
        (Format::Json, "{\"text\":\"plain\"}"),
        (Format::Query, "text=plain"),
    ] {
        let borrowed: Borrowed<'_> = match format {
            Format::Xml => xml::from_str(text),
            Format::Json => json::from_str(text),
            _ => query::from_str(text),
        }
        .unwrap();
        assert!(matches!(borrowed.text, Cow::Borrowed("plain")), "{format}");
    }
    let text = xml::from_str::<Borrowed<'_>>("<b><text> a\r\nb<![CDATA[<c>]]> </text></b>").unwrap().text;
    assert_eq!(text, " a\nb<c> ");
}

#[test]
fn the_wire_is_exact() {
    let label = Label { language: Some("<\"&\t\n\r>".into()), text: Some("<\"&\t\n\r>".into()) };
    assert_eq!(
        xml::to_string(&label).unwrap(),
        "<label language=\"&lt;&quot;&amp;&#9;&#10;&#13;&gt;\">&lt;\"&amp;\t\n&#13;&gt;</label>"
    );
    assert_eq!(
        json::to_string(&label).unwrap(),
        "{\"language\":\"<\\\"&\\t\\n\\r>\",\"text\":\"<\\\"&\\t\\n\\r>\"}"
    );
    let lists = testing::sample::<Lists>(testing::Sample::Full);
    let wire = query::to_string(&lists).unwrap();
    for part in [
        "repeated=repeated&repeated=repeated",
        "joined=joined%2Cjoined",
        "numbered.1=",
        "members.member.2.radius=",
        "circles.0.radius=",
    ] {
        assert!(wire.contains(part), "{part} in {wire}");
    }
}

#[test]
fn jsonp() {
    for (text, expected) in [
        ("cb({\"a\":1})", (Some("cb"), "{\"a\":1}")),
        (" /**/ app.$show_1 ( {} ) ; ", (Some("app.$show_1"), "{}")),
        ("/**/cb([\"(\"]);", (Some("cb"), "[\"(\"]")),
        ("{\"a\":\"b(c)\"}", (None, "{\"a\":\"b(c)\"}")),
        ("alert(1);cb({})", (Some("alert"), "1);cb({}")),
        ("a b({})", (None, "a b({})")),
        ("cb({}", (None, "cb({}")),
    ] {
        assert_eq!(json::strip_callback(text), expected, "{text}");
    }
    for (callback, fits) in [
        ("cb", true),
        ("a.b$.c_9", true),
        ("", false),
        ("1a", false),
        ("a..b", false),
        ("a.", false),
        ("a-b", false),
        ("a(", false),
        ("é", false),
    ] {
        assert_eq!(json::is_callback(callback), fits, "{callback}");
    }
    assert!(json::is_callback(&"a".repeat(100)) && !json::is_callback(&"a".repeat(101)));
    assert_eq!(json::to_jsonp("cb", "{\"a\":\"\u{2028}\"}").unwrap(), "cb({\"a\":\"\\u2028\"});");
    assert!(json::to_jsonp("alert(1)//", "{}").is_err());
}

/// Numbers behind a list's own name: in any order, with gaps, among members of like names, of structures as well. The names are those of
/// `PayPal`'s NVP API.
#[test]
fn numbers_are_a_part_of_the_name() {
    #[derive(Debug, Default, PartialEq, Wire)]
    struct Line {
        amount: u32,
        note: Option<String>,
    }
    #[derive(Debug, PartialEq, Wire)]
    struct Payment {
        #[wire(name = "L_AMT", list(numbered = "", first = 0))]
        amounts: Vec<u32>,
        #[wire(name = "L_AMTX")]
        other: Option<String>,
        #[wire(name = "LINE", list(numbered = ""))]
        lines: Vec<Line>,
        #[wire(rest)]
        more: Document,
    }
    let text = "L_AMT10=3&LINE2.amount=5&L_AMTX=a&L_AMT2=2&L_AMT1x=b&LINE1.note=n&LINE1.amount=4&L_AMT0=1";
    let read: Payment = query::from_str(text).unwrap();
    assert_eq!((read.amounts.as_slice(), read.other.as_deref()), (&[1, 2, 3][..], Some("a")));
    let line = |amount, note: Option<&str>| Line { amount, note: note.map(str::to_owned) };
    assert_eq!(read.lines, [line(4, Some("n")), line(5, None)]);
    assert_eq!(
        query::to_string(&read).unwrap(),
        "L_AMT0=1&L_AMT1=2&L_AMT2=3&L_AMTX=a&LINE1.amount=4&LINE1.note=n&LINE2.amount=5&L_AMT1x=b"
    );
    let alone: Payment = query::from_str("L_AMT=9&L_AMT0=1").unwrap();
    assert_eq!(alone.amounts, [9, 1]);
}
