//! What fuzzing has found: each input once made a message that was not read back as it was written, or an error that showed a value, or was read by one reader and not by the other.

use std::collections::BTreeMap;

use wirewright::{
    DecodeErrorKind, EncodeErrorKind, Format, Options, Wire, from_str_with, to_string_with,
    wire::{Document, OwnedMessage},
};

/// Reads a text, writes it and reads it again: the same, twice.
fn stable<T: OwnedMessage + PartialEq + std::fmt::Debug>(format: Format, text: &str) -> T {
    let options = Options::new();
    let message: T = from_str_with(format, text, &options).unwrap_or_else(|error| panic!("{error}"));
    let written = to_string_with(format, &message, &options).unwrap_or_else(|error| panic!("{error}"));
    let again: T = from_str_with(format, &written, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again, message, "{written}");
    message
}

#[derive(Debug, PartialEq, Wire)]
struct Envelope {
    status: i64,
    data: Option<Document>,
}

#[test]
fn an_empty_element_that_is_kept_as_it_came_is_none() {
    for (format, text) in [
        (Format::Xml, "<Envelope><status>1</status><data/></Envelope>"),
        (Format::Json, r#"{"status":1,"data":null}"#),
        (Format::Query, "status=1&data="),
    ] {
        assert_eq!(stable::<Envelope>(format, text).data, None, "{format}");
    }
}

#[derive(Debug, PartialEq, Wire)]
struct Spliced {
    status: Option<i64>,
    #[wire(flatten)]
    data: Option<Inside>,
}

#[derive(Debug, PartialEq, Wire)]
struct Inside {
    version: Option<String>,
    parts: Vec<String>,
    count: Option<u8>,
}

#[test]
fn pairs_that_no_member_can_take_make_no_structure() {
    for text in ["version.0=1", "status=1&version.0==lind&error.message=x", "count.a.b=1&version.=2"] {
        assert_eq!(stable::<Spliced>(Format::Query, text).data, None, "{text}");
    }
    for text in ["version=", "version.0=1&version=1", "count=1", "parts=1"] {
        assert!(stable::<Spliced>(Format::Query, text).data.is_some(), "{text}");
    }
}

#[derive(Debug, PartialEq, Wire)]
#[wire(union, tag = "type", rename_all = "camelCase")]
enum Beside {
    Nothing,
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
struct TwoRests {
    #[wire(flatten)]
    first: Beside,
    #[wire(flatten)]
    rest: Document,
}

#[derive(Debug, PartialEq, Wire)]
struct TwoMaps {
    #[wire(flatten)]
    first: BTreeMap<String, String>,
    #[wire(flatten)]
    rest: BTreeMap<String, String>,
}

#[test]
fn what_is_left_over_is_taken_once() {
    for (format, text) in [
        (Format::Xml, "<r><type>new</type><a>1</a></r>"),
        (Format::Json, r#"{"type":"new","a":"1"}"#),
        (Format::Query, "type=new&a=1"),
    ] {
        assert_eq!(stable::<TwoRests>(format, text).rest, Document::Null, "{format}");
        let maps: TwoMaps = stable(format, text);
        assert_eq!((maps.first.len(), maps.rest.len()), (2, 0), "{format}");
    }
}

#[derive(Debug, PartialEq, Wire)]
#[wire(union, tag = "type", content = "body")]
enum Content {
    Nothing,
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
struct Holder {
    content: Content,
}

#[test]
fn an_unknown_variant_without_payload_stays_without() {
    let holder: Holder = stable(Format::Query, "content.type=new");
    assert_eq!(holder.content, Content::Other("new".to_owned(), Document::Null));
}

#[derive(Debug, PartialEq, Wire)]
#[wire(union)]
enum Named {
    Nothing,
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
struct NamedHolder {
    named: Named,
}

#[test]
fn an_unknown_variant_that_is_no_name_is_not_written_as_one() {
    let holder: NamedHolder =
        from_str_with(Format::Query, "named=a.b", &Options::new()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(holder.named, Named::Other("a.b".to_owned(), Document::Null));
    let error =
        to_string_with(Format::Query, &holder, &Options::new()).expect_err("`a.b` would be taken apart");
    assert_eq!(error.kind(), EncodeErrorKind::Name);
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Rest {
    #[wire(flatten)]
    rest: Document,
}

#[test]
fn an_attribute_that_would_be_a_declaration_is_not_kept() {
    assert_eq!(stable::<Rest>(Format::Xml, "<r x:xmlns=\"a\"/>").rest, Document::Null);
}

#[test]
fn a_text_in_another_format_shows_no_value() {
    for text in
        [r#"{"a":"hunter2","b":"c=d"}"#, "<a>hunter2</a><b c=\"d\"/>", "your password is hunter2 = wrong"]
    {
        let Err(error) = from_str_with::<Envelope>(Format::Query, text, &Options::new()) else {
            panic!("{text}")
        };
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
    let Err(error) = from_str_with::<Envelope>(Format::Query, "data%5B0%5D.x=1", &Options::new()) else {
        panic!()
    };
    assert_eq!(error.excerpt(), "data%5B0%5D.x=…");
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Lists {
    #[wire(map(keyed))]
    lists: std::collections::BTreeMap<String, Vec<String>>,
}

#[test]
fn a_member_that_no_list_has_makes_no_list_of_a_map() {
    let read =
        stable::<Lists>(Format::Query, "lists.a.name=x&lists.b=1&lists.b=2&lists.c.1=3&lists.c.name=x");
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        read.lists.into_iter().collect::<Vec<_>>(),
        [("b".to_owned(), texts(&["1", "2"])), ("c".to_owned(), texts(&["3"])),]
    );
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Absent {
    #[wire(empty_is_absent)]
    key: Option<String>,
    #[wire(empty_is_absent)]
    number: Option<u32>,
}

#[test]
fn what_is_absent_where_it_comes_first_is_given_twice() {
    for (format, text) in [
        (Format::Query, "key=&key=x"),
        (Format::Query, "number=&key=x&number=1"),
        (Format::Xml, "<r><key/><key>x</key></r>"),
        (Format::Xml, "<r><number></number><key>x</key><number>1</number></r>"),
        (Format::Json, r#"{"key":"","key":"x"}"#),
        (Format::Json, r#"{"number":"","key":"x","number":1}"#),
    ] {
        let strict = from_str_with::<Absent>(format, text, &Options::new().with_strict(true));
        let error = strict.expect_err(text);
        assert_eq!(error.kind(), &DecodeErrorKind::Duplicate, "{text}: {error}");
        let read = from_str_with::<Absent>(format, text, &Options::new()).unwrap();
        assert_eq!(read.key.as_deref(), Some("x"), "{text}");
    }
}
