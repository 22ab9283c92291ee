//! What is refused: where, with which words, and without showing a value.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::too_many_lines)]

use crate::support::{Circle, Scalars, Tree, login::Reply};
use wirewright::{
    DecodeError, DecodeErrorKind, EncodeErrorKind, Format, Limits, Options, from_str_with, json, query, xml,
};

fn refused(format: Format, text: &str) -> DecodeError {
    match from_str_with::<Reply>(format, text, &Options::new()) {
        Ok(reply) => panic!("{text} was read as {reply:?}"),
        Err(error) => error,
    }
}

#[test]
fn one_line_says_where_and_what() {
    for (format, text, expected) in [
        (
            Format::Xml,
            "<response>\n  <statusCode>200</statusCode>\n  <statusText>OK</statusText\n     </response>",
            "XML, line 3, column 17, at response.statusText: an end tag is not closed, near \"<statusCode>…</statusCode> <statusText>…</statusText…\"",
        ),
        (
            Format::Xml,
            "<response><statusCode>hunter2</statusCode></response>",
            "XML, line 1, column 11, at response.statusCode: expected an integer from 0 to 4294967295, near \"<response><statusCode>…</statusCode></response>\"",
        ),
        (
            Format::Xml,
            "<r><statusCode>1</statusCode><data><token><a>x</a></token></data></r>",
            "XML, line 1, column 36, at r.data.token.expiresIn: a required member is missing, near \"<statusCode>…</statusCode><data><token><a>…</a></token></data></r>\"",
        ),
        (
            Format::Xml,
            "<r><statusCode>1<b/></statusCode></r>",
            "XML, line 1, column 4, at r.statusCode: expected text, near \"<r><statusCode>…<b/></statusCode></r>\"",
        ),
        (Format::Xml, "", "XML, line 1, column 1: no root element"),
        (
            Format::Json,
            "{\"response\":{\"statusCode\":1,\n \"data\":{\"token\":{\"a\":\"x\",\"expiresIn\":\"hunter2\"}}}}",
            "JSON, line 2, column 39, at response.data.token.expiresIn: expected an integer from 0 to 4294967295, near \"\"data\":{\"token\":{\"a\":\"…\",\"expiresIn\":\"…\"}}}}\"",
        ),
        (
            Format::Json,
            "{\"response\":{\"statusText\":\"OK\"}}",
            "JSON, line 1, column 13, at response.statusCode: a required member is missing, near \"{\"response\":{\"statusText\":\"…\"}}\"",
        ),
        (
            Format::Json,
            "{\"statusCode\":hunter2}",
            "JSON, line 1, column 15: expected a value, near \"{\"statusCode\":…}\"",
        ),
        (Format::Json, "[1]", "JSON, line 1, column 1: expected an object, near \"[…]\""),
        (
            Format::Query,
            "statusText=OK&statusCode=x&data.token.a=secret",
            "query string, line 1, column 15, at statusCode: expected an integer from 0 to 4294967295, near \"statusText=…&statusCode=…&data.token.a=…\"",
        ),
        (
            Format::Query,
            "statusCode=1&data.token.a=secret",
            "query string, line 1, column 14, at data.token.expiresIn: a required member is missing, near \"statusCode=…&data.token.a=…\"",
        ),
        (
            Format::Query,
            "hunter2",
            "query string, line 1, column 1, at statusCode: a required member is missing, near \"…\"",
        ),
    ] {
        assert_eq!(refused(format, text).to_string(), expected, "{text}");
    }
}

#[test]
fn malformed_xml() {
    for (text, message) in [
        ("<a/><b/>", "a second root element"),
        ("<a/>x", "text outside the root element"),
        ("&amp;<a/>", "text outside the root element"),
        ("<a>", "the text ends before its elements do"),
        ("<a></b>", "an end tag without its start tag"),
        ("</a>", "an end tag without its start tag"),
        ("<a x='1' x='2'/>", "an attribute is given twice"),
        ("<a x=1/>", "an attribute without a quoted value"),
        ("<a x/>", "an attribute without a quoted value"),
        ("<a x='1'y='2'/>", "no space before an attribute"),
        ("<a x='<'/>", "`<` in an attribute's value"),
        ("<a x='1", "an attribute's value is not closed"),
        ("<a>\u{1}</a>", "a character that XML does not allow"),
        ("<a>\u{ffff}</a>", "a character that XML does not allow"),
        ("<a>&#1;</a>", "a reference to a character that XML does not allow"),
        ("<a>&#xD800;</a>", "a reference to a character that XML does not allow"),
        ("<a>&#;</a>", "a character reference without a number"),
        ("<a>&lol;</a>", "an entity that is not one of XML's own five"),
        ("<a>a & b</a>", "`&` does not start an entity"),
        ("<a b='a & b'/>", "`&` does not start an entity"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "an entity that is not one of XML's own five"),
        ("<!DOCTYPE a><!DOCTYPE a><a/>", "a DOCTYPE that is not before the root element"),
        ("<a><!DOCTYPE a></a>", "a DOCTYPE that is not before the root element"),
        (" <?xml version='1.0'?><a/>", "an XML declaration that is not at the start"),
        ("<?xml version='1.0' encoding='latin1'?><a/>", "an encoding other than UTF-8"),
        ("<a><!-- </a>", "a comment is not closed"),
        ("<a><![CDATA[ </a>", "a CDATA section is not closed"),
        ("<1/>", "a tag without a name"),
        ("< a/>", "a tag without a name"),
        ("hello", "text outside the root element"),
        ("\u{feff}\u{feff}<a/>", "text outside the root element"),
        ("<a:b:c/>", "a tag without a name"),
    ] {
        let error = refused(Format::Xml, text);
        assert_eq!(error.kind().to_string(), message, "{text}");
    }
}

#[test]
fn malformed_json() {
    for (text, message) in [
        ("", "the text ends too early"),
        ("{", "the text ends too early"),
        ("{\"a\":1}x", "text after the end of the value"),
        ("{\"a\":1,}", "expected a name in quotes"),
        ("{\"a\":[1,]}", "expected a value"),
        ("{a:1}", "expected a name in quotes"),
        ("{\"a\" 1}", "expected `:`"),
        ("{\"a\":1 2}", "expected `,` or `}`"),
        ("{\"a\":[1 2]}", "expected `,` or `]`"),
        ("{\"a\":01}", "a malformed number"),
        ("{\"a\":\"\\x\"}", "a malformed escape"),
        ("{\"a\":\"\\ud800\"}", "half a surrogate pair"),
        ("{\"a\":\"\u{1}\"}", "a control character in a string"),
        ("{\"a\":tru}", "expected true, false or null"),
    ] {
        let error = refused(Format::Json, text);
        assert_eq!(error.kind().to_string(), message, "{text}");
    }
}

#[test]
fn no_value_shows() {
    let secret = "hunter2";
    for (format, text) in [
        (Format::Xml, "<r><pw>hunter2</r>"),
        (Format::Xml, "<r><pw>hunter2"),
        (Format::Xml, "<r><pw a='hunter2></r>"),
        (Format::Xml, "<r><pw a=hunter2></pw></r>"),
        (Format::Xml, "<r><pw a=\"x><c d=\"hunter2=\" e=\"y\"></r>"),
        (Format::Xml, "<r><pw hunter2></pw></r>"),
        (Format::Xml, "<r><pw>a<hunter2</pw></r>"),
        (Format::Xml, "<r><pw>a</hunter2</pw></r>"),
        (Format::Xml, "<r><pw>&hunter2;</pw></r>"),
        (Format::Xml, "<r><pw>a & hunter2</pw></r>"),
        (Format::Xml, "<r><![CDATA[hunter2"),
        (Format::Xml, "<r><!-- hunter2"),
        (Format::Xml, "<r><?pi hunter2"),
        (Format::Xml, "<!DOCTYPE hunter2 [<!ENTITY x 'hunter2'>]><r>&x;</r>"),
        (Format::Xml, "hunter2<r/>"),
        (Format::Xml, "<r/>hunter2"),
        (Format::Json, "{\"pw\":hunter2}"),
        (Format::Json, "{\"pw\":\"hunter2"),
        (Format::Json, "{\"pw\":\"a\"hunter2\"}"),
        (Format::Json, "{\"pw\":\"a\" \"hunter2\":1}"),
        (Format::Json, "{\"pw\" \"hunter2\"}"),
        (Format::Json, "{hunter2"),
        (Format::Json, "{\"hunter2"),
        (Format::Json, "{\"pw\":[\"hunter2\",\"hunter2\"]}"),
        (Format::Json, "hunter2"),
        (Format::Json, "\"hunter2\""),
        (Format::Json, "{}hunter2"),
        (Format::Json, "{\"pw\":\"\\hunter2\"}"),
        (Format::Query, "hunter2"),
        (Format::Query, "pw=hunter2"),
        (Format::Query, "pw=hunter2&hunter2&a=hunter2=hunter2"),
        (Format::Query, "statusCode=hunter2"),
    ] {
        let error = refused(format, text);
        assert!(!format!("{error} {error:?}").contains(secret), "{text}: {error}");
    }
}

#[test]
fn excerpts_are_short() {
    let long = "n".repeat(500);
    for (format, text) in [
        (Format::Xml, format!("<{long}><{long}>x</{long}></{long}>")),
        (Format::Json, format!("{{\"{long}\":{{\"{long}\":1}}}}")),
        (Format::Query, format!("{long}=1&{long}.{long}=2")),
        (Format::Xml, format!("<{}/>", "a/><b".repeat(500))),
    ] {
        let error = refused(format, &text);
        let length = error.excerpt().chars().count();
        assert!(length < 180, "{length}: {error}");
        assert_eq!(error.to_string().lines().count(), 1);
    }
}

#[test]
fn limits_hold() {
    let deep = 1_000_000;
    for (format, text) in [
        (Format::Xml, "<a>".repeat(deep)),
        (Format::Xml, format!("{}{}", "<a>".repeat(deep), "</a>".repeat(deep))),
        (Format::Json, "[".repeat(deep)),
        (Format::Json, format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        (Format::Json, "{\"a\":".repeat(deep)),
        (Format::Json, format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep))),
        (Format::Query, format!("{}=1", "a.".repeat(deep))),
    ] {
        let error = refused(format, &text);
        assert!(
            matches!(error.kind(), DecodeErrorKind::Limit { .. } | DecodeErrorKind::Syntax { .. }),
            "{error}"
        );
    }

    let small = Options::new().with_limits(Limits::new().with_max_bytes(1000).with_max_depth(3));
    let attribute = format!("<a b='{}'/>", "x".repeat(1000));
    let error = xml::from_str_with::<Reply>(&attribute, &small).unwrap_err();
    assert_eq!(error.kind().to_string(), "more than 1000 bytes");
    let error = xml::from_str_with::<Reply>("<a><b><c><d/></c></b></a>", &small).unwrap_err();
    assert_eq!(
        error.to_string(),
        "XML, line 1, column 10, at a.b.c: more than 3 levels, near \"<a><b><c><d/></c></b></a>\""
    );
    let error = json::from_str_with::<Reply>("{\"a\":{\"a\":{\"a\":{}}}}", &small).unwrap_err();
    assert_eq!(error.kind().to_string(), "more than 3 levels");
    let error = query::from_str_with::<Reply>("a.b.c=1&a.b.c.d=1", &small).unwrap_err();
    assert_eq!(error.kind().to_string(), "more than 3 levels");

    // Ten levels of ten references each never grow.
    let bomb =
        "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><a>&b;</a>";
    assert_eq!(refused(Format::Xml, bomb).kind().to_string(), "an entity that is not one of XML's own five");
}

#[test]
fn deepest_value_fits_a_small_stack() {
    let mut tree = Tree { name: String::new(), first: None, others: Vec::new() };
    // The innermost list is one level more.
    for _ in 2..Limits::MAX_DEPTH {
        tree = Tree { name: String::new(), first: Some(Box::new(tree)), others: Vec::new() };
    }
    let deepest = Options::new().with_limits(Limits::new().with_max_depth(usize::MAX));
    for format in [Format::Xml, Format::Json, Format::Query] {
        let text = wirewright::to_string_with(format, &tree, &deepest).unwrap();
        assert_eq!(from_str_with::<Tree>(format, &text, &deepest).unwrap(), tree);
        let error = wirewright::to_string_with(format, &tree, &Options::new()).unwrap_err();
        assert_eq!(error.kind(), EncodeErrorKind::Depth);
        assert!(from_str_with::<Tree>(format, &text, &Options::new()).is_err());
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    let error = xml::from_slice_with::<Reply>(b"<a>\n<b>\xff</b></a>", &Options::new()).unwrap_err();
    assert_eq!((error.line(), error.column(), error.kind()), (2, 4, &DecodeErrorKind::Utf8));
    assert!(json::from_slice_with::<Reply>(b"\xff", &Options::new()).is_err());
    assert!(query::from_slice_with::<Reply>(b"\xff", &Options::new()).is_err());
}

/// Structures by keys that come more than once.
#[derive(Debug, PartialEq, wirewright::Wire)]
struct Sets {
    #[wire(map(keyed))]
    sets: Vec<(String, Circle)>,
}

/// In a query string an entry is its key and no place of its own: two of one key would be read as one.
#[test]
fn keys_that_come_twice() {
    let circle = |radius: f64| Circle { radius, unit: None };
    let mut sets = Sets { sets: vec![("a".to_owned(), circle(1.0)), ("b".to_owned(), circle(2.0))] };
    let text = query::to_string(&sets).unwrap();
    assert_eq!(text, "sets.a.radius=1&sets.b.radius=2");
    assert_eq!(query::from_str::<Sets>(&text).unwrap(), sets);
    sets.sets.push(("a".to_owned(), circle(3.0)));
    let error = query::to_string(&sets).unwrap_err();
    assert_eq!((error.kind(), error.path()), (EncodeErrorKind::Name, "sets.a"));
    assert_eq!(json::from_str::<Sets>(&json::to_string(&sets).unwrap()).unwrap(), sets);
}

#[test]
fn values_that_cannot_be_written() {
    let circle = Circle { radius: 1.0, unit: Some("\u{1}".into()) };
    let error = xml::to_string(&circle).unwrap_err();
    assert_eq!(error.to_string(), "XML, at circle.unit: a character that XML cannot carry");
    assert_eq!(json::to_string(&circle).unwrap(), "{\"radius\":1,\"unit\":\"\\u0001\"}");

    let mut maps = wirewright::testing::sample::<crate::support::Maps>(wirewright::testing::Sample::Minimal);
    maps.keyed.insert("not a name".into(), String::new());
    assert_eq!(xml::to_string(&maps).unwrap_err().kind(), EncodeErrorKind::Name);
    assert!(query::to_string(&maps).is_ok());

    let mut lists =
        wirewright::testing::sample::<crate::support::Lists>(wirewright::testing::Sample::Minimal);
    for items in [vec!["a,b".to_owned()], vec![String::new()]] {
        lists.joined = items;
        for format in [Format::Xml, Format::Json, Format::Query] {
            let error = wirewright::to_string_with(format, &lists, &Options::new()).unwrap_err();
            assert_eq!(error.kind(), EncodeErrorKind::Separator);
        }
    }
}

#[test]
fn a_strict_reader_refuses_what_is_given_twice() {
    let strict = Options::new().with_strict(true);
    for (format, text) in [
        (Format::Xml, "<r><statusCode>1</statusCode><statusCode>2</statusCode></r>"),
        (Format::Json, "{\"statusCode\":1,\"statusCode\":2}"),
        (Format::Query, "statusCode=1&statusCode=2"),
    ] {
        let error = from_str_with::<Reply>(format, text, &strict).unwrap_err();
        assert_eq!(error.kind(), &DecodeErrorKind::Duplicate);
        assert_eq!(from_str_with::<Reply>(format, text, &Options::new()).unwrap().code, 2);
    }
}

#[test]
fn errors_are_small_and_can_be_sent() {
    fn sendable<T: Send + Sync + std::error::Error + 'static>() {}
    sendable::<DecodeError>();
    sendable::<wirewright::EncodeError>();
    assert_eq!(size_of::<DecodeError>(), size_of::<usize>());
    assert!(xml::from_str::<Scalars>("<a/>").is_err());
}
