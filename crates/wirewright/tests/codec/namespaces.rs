//! XML's own ways to say what something is: its namespaces, what XML Schema says of it, and what declares it. The same in both
//! readers and in streams of rows.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::BTreeMap;

use crate::both::{Book, book, read, reads, refuses, rows, writes};
use wirewright::{DecodeErrorKind, Format, Wire, rows::Layout, wire::Document};

/// Namespaces in XML 1.0: another namespace is another name; a prefix means nothing by itself.
#[test]
fn another_namespace_is_another_name() {
    for (text, expected) in [
        ("<r xmlns:m='urn:m'><title>A</title><m:title>B</m:title></r>", book(None, Some("A"), &[])),
        ("<r xmlns:m='urn:m'><m:title>B</m:title><title>A</title></r>", book(None, Some("A"), &[])),
        ("<r><title>A</title><title xmlns='urn:m'>B</title></r>", book(None, Some("A"), &[])),
        ("<r><title xmlns='urn:m'>B</title><title>A</title></r>", book(None, Some("A"), &[])),
        (
            "<r xmlns='urn:a' xmlns:m='urn:m'><m:title>B</m:title><title>A</title></r>",
            book(None, Some("A"), &[]),
        ),
        (
            "<a:r xmlns:a='urn:a' xmlns:m='urn:m'><m:title>B</m:title><a:title>A</a:title></a:r>",
            book(None, Some("A"), &[]),
        ),
        // Unqualified elements in a qualified one (XML Schema's `elementFormDefault`).
        (
            "<a:r xmlns:a='urn:a' xmlns:m='urn:m'><m:title>B</m:title><title>A</title></a:r>",
            book(None, Some("A"), &[]),
        ),
        ("<a:r xmlns:a='urn:a'><title>B</title><a:title>A</a:title></a:r>", book(None, Some("A"), &[])),
        // Two prefixes of one namespace are one name: the last of a repeated one counts.
        (
            "<r xmlns='urn:m' xmlns:m='urn:m'><title>A</title><m:title>B</m:title></r>",
            book(None, Some("B"), &[]),
        ),
        // What nothing names may be taken where no other candidate is there.
        ("<r xmlns:m='urn:m'><m:title>B</m:title></r>", book(None, Some("B"), &[])),
        ("<m:r xmlns:m='urn:m'><m:title>B</m:title></m:r>", book(None, Some("B"), &[])),
        ("<m:r xmlns:m='urn:m'><title>B</title></m:r>", book(None, Some("B"), &[])),
        // A prefix that nothing binds is a namespace of its own.
        ("<r><m:title>B</m:title><title>A</title></r>", book(None, Some("A"), &[])),
        ("<r><m:title>B</m:title></r>", book(None, Some("B"), &[])),
        (
            "<r xmlns:m='urn:m'><m:item>x</m:item><item>1</item><m:item>y</m:item><item>2</item></r>",
            book(None, None, &["1", "2"]),
        ),
        ("<r xmlns:m='urn:m'><m:item>x</m:item><m:item>y</m:item></r>", book(None, None, &["x", "y"])),
        // An attribute without a prefix is in no namespace.
        ("<r xmlns:m='urn:m' id='1' m:id='2'/>", book(Some("1"), None, &[])),
        ("<r xmlns:m='urn:m' m:id='2' id='1'/>", book(Some("1"), None, &[])),
        ("<r xmlns='urn:m' xmlns:m='urn:m' m:id='2' id='1'/>", book(Some("1"), None, &[])),
        ("<r xmlns:m='urn:m' m:id='2'/>", book(Some("2"), None, &[])),
        ("<r xmlns:id='urn:m' xmlns='urn:id'/>", book(None, None, &[])),
    ] {
        reads(Format::Xml, text, &expected);
    }
    let kind = refuses::<Book>(Format::Xml, "<r xmlns:a='urn:m' xmlns:b='urn:m' a:id='1' b:id='2'/>", "");
    assert!(matches!(kind, DecodeErrorKind::Syntax { .. }), "{kind:?}");
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "rss")]
struct Feed {
    #[wire(
        attribute,
        xml = "lang",
        json = "language",
        query = "language",
        namespace = "http://www.w3.org/XML/1998/namespace"
    )]
    language: Option<String>,
    #[wire(attribute, name = "by", namespace = "urn:m")]
    by: Option<String>,
    title: Option<String>,
    #[wire(xml = "title", namespace = "urn:m")]
    media_title: Option<String>,
    #[wire(xml = "item", namespace = "urn:m")]
    items: Vec<Book>,
    link: Option<String>,
}

#[test]
fn a_member_may_want_another_namespace() {
    let feed = |title: Option<&str>, media: Option<&str>, link: Option<&str>| Feed {
        title: title.map(Into::into),
        media_title: media.map(Into::into),
        link: link.map(Into::into),
        ..Feed::default()
    };
    for (text, expected) in [
        ("<rss xmlns:m='urn:m'><title>A</title><m:title>B</m:title></rss>", feed(Some("A"), Some("B"), None)),
        ("<rss xmlns:x='urn:m'><x:title>B</x:title><title>A</title></rss>", feed(Some("A"), Some("B"), None)),
        ("<rss><title xmlns='urn:m'>B</title><title>A</title></rss>", feed(Some("A"), Some("B"), None)),
        // A namespace that a member names is nobody else's, and no other is its.
        ("<rss xmlns:m='urn:m'><m:title>B</m:title><m:link>l</m:link></rss>", feed(None, Some("B"), None)),
        (
            "<rss xmlns:m='urn:other'><m:title>B</m:title><m:link>l</m:link></rss>",
            feed(Some("B"), None, Some("l")),
        ),
        ("<rss><title>A</title></rss>", feed(Some("A"), None, None)),
        // In its own namespace all are at home, and the one that says so comes first.
        ("<rss xmlns='urn:m'><title>B</title><link>l</link></rss>", feed(None, Some("B"), Some("l"))),
        (
            "<m:rss xmlns:m='urn:m'><title>A</title><m:title>B</m:title></m:rss>",
            feed(Some("A"), Some("B"), None),
        ),
        (
            "<m:rss xmlns:m='urn:m'><m:title>B</m:title><title>A</title></m:rss>",
            feed(Some("A"), Some("B"), None),
        ),
    ] {
        reads(Format::Xml, text, &expected);
    }
    let all = Feed {
        language: Some("en".into()),
        by: Some("me".into()),
        title: Some("A".into()),
        media_title: Some("B".into()),
        items: vec![book(Some("1"), Some("t"), &["i"]), Book::default()],
        link: None,
    };
    writes(
        Format::Xml,
        &all,
        "<rss xml:lang=\"en\" xmlns:n1=\"urn:m\" n1:by=\"me\"><title>A</title><title xmlns=\"urn:m\">B</title>\
         <item xmlns=\"urn:m\" id=\"1\"><title>t</title><item>i</item></item><item xmlns=\"urn:m\"></item></rss>",
    );
    writes(Format::Json, &feed(Some("A"), Some("B"), None), r#"{"title":"A","media_title":"B","items":[]}"#);
    writes(Format::Query, &feed(Some("A"), Some("B"), None), "title=A&media_title=B");
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Beside {
    #[wire(attribute)]
    by: Option<String>,
    title: Option<String>,
    link: Option<String>,
    inner: Option<Book>,
    #[wire(flatten)]
    media: Media,
    #[wire(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Media {
    #[wire(attribute, xml = "by", query = "b", json = "b", namespace = "urn:m")]
    b: Option<String>,
    #[wire(xml = "title", namespace = "urn:m")]
    t: Option<String>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Around {
    #[wire(xml = "title", namespace = "urn:m")]
    t: Option<String>,
    #[wire(flatten)]
    plain: Option<Plain>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Plain {
    title: Option<String>,
}

/// A namespace that a member names is nobody else's, whichever of the structures on one level the member is of.
#[test]
fn flattened_members_want_their_namespaces_too() {
    let some = |text: &str| Some(text.to_owned());
    let media = |b: Option<&str>, t: Option<&str>| Media { b: b.map(Into::into), t: t.map(Into::into) };
    let link = || [("link".to_owned(), "l".to_owned())];
    for (text, expected) in [
        (
            "<r xmlns:m='urn:m'><m:title>B</m:title></r>",
            Beside { media: media(None, Some("B")), ..Beside::default() },
        ),
        (
            "<r xmlns:m='urn:m'><m:title>B</m:title><title>A</title></r>",
            Beside { title: some("A"), media: media(None, Some("B")), ..Beside::default() },
        ),
        (
            "<r xmlns='urn:m'><title>B</title></r>",
            Beside { media: media(None, Some("B")), ..Beside::default() },
        ),
        ("<r xmlns:m='urn:m' m:by='x'/>", Beside { media: media(Some("x"), None), ..Beside::default() }),
        (
            "<r xmlns:m='urn:m' by='y' m:by='x'/>",
            Beside { by: some("y"), media: media(Some("x"), None), ..Beside::default() },
        ),
        ("<r xmlns:m='urn:other' m:by='x'/>", Beside { by: some("x"), ..Beside::default() }),
        ("<r xmlns:m='urn:m'><m:link>l</m:link></r>", Beside { rest: link().into(), ..Beside::default() }),
        ("<r xmlns:m='urn:other'><m:link>l</m:link></r>", Beside { link: some("l"), ..Beside::default() }),
        (
            "<r xmlns:m='urn:m'><inner><m:title>C</m:title></inner></r>",
            Beside { inner: Some(book(None, Some("C"), &[])), ..Beside::default() },
        ),
    ] {
        reads(Format::Xml, text, &expected);
    }
    let text = "<r xmlns:m='urn:m'><m:title>B</m:title></r>";
    reads(Format::Xml, text, &Around { t: some("B"), plain: None });
    let text = "<r xmlns:m='urn:m'><m:title>B</m:title><title>A</title></r>";
    reads(Format::Xml, text, &Around { t: some("B"), plain: Some(Plain { title: some("A") }) });
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Drawn {
    shape: Form,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct DrawnFlat {
    #[wire(flatten)]
    shape: Form,
}

#[derive(Debug, PartialEq, Wire)]
enum Form {
    #[wire(name = "Circle")]
    Circle(Media),
    #[wire(name = "Square")]
    Square(Media),
}

/// What is in a namespace that nothing names is a variant only where no other is there.
#[test]
fn variants_are_likelier_in_their_own_namespace() {
    for (inside, square) in [
        ("<Square/><m:Circle/>", true),
        ("<m:Circle/><Square/>", true),
        ("<m:Circle m:by='x'/><Square/>", true),
        ("<m:Circle/>", false),
        ("<m:Square/><m:Circle/>", false),
        ("<Square/><Circle/>", false),
    ] {
        let shape = || if square { Form::Square(Media::default()) } else { Form::Circle(Media::default()) };
        let text = format!("<r xmlns:m='urn:m'><shape>{inside}</shape></r>");
        reads(Format::Xml, &text, &Drawn { shape: shape() });
        let text = format!("<r xmlns:m='urn:m'>{inside}</r>");
        reads(Format::Xml, &text, &DrawnFlat { shape: shape() });
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct DrawnList {
    #[wire(xml = "title", namespace = "urn:m")]
    title: Option<String>,
    #[wire(flatten)]
    shapes: Vec<Part>,
    #[wire(flatten)]
    kept: Option<Kinds>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct DrawnOne {
    #[wire(xml = "title", namespace = "urn:m")]
    title: Option<String>,
    #[wire(flatten)]
    shape: Option<Part>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct DrawnWithin {
    #[wire(xml = "title", namespace = "urn:m")]
    title: Option<String>,
    #[wire(list(item = "shape"))]
    shapes: Vec<Part>,
}

#[derive(Debug, PartialEq, Wire)]
enum Part {
    #[wire(name = "Circle")]
    Circle(String),
    #[wire(name = "Square")]
    Square(String),
}

#[derive(Debug, PartialEq, Wire)]
struct Kinds {
    #[wire(flatten)]
    any: Vec<Any>,
}

#[derive(Debug, PartialEq, Wire)]
enum Any {
    #[wire(name = "Line")]
    Line(String),
    #[wire(other)]
    Other(String, Document),
}

/// A variant is an element like another: what is in a namespace that some member of its level names is none.
#[test]
fn variants_in_lists_want_their_namespaces_too() {
    let title = || Some("T".to_owned());
    let circle = || Part::Circle("c".into());
    for (inside, titled, shapes) in [
        ("<Circle>c</Circle><m:Square>s</m:Square>", false, vec![circle()]),
        ("<m:Square>s</m:Square><Circle>c</Circle>", false, vec![circle()]),
        ("<m:Square>s</m:Square><m:title>T</m:title>", true, vec![]),
        ("<m:Line>s</m:Line><m:title>T</m:title>", true, vec![]),
        ("<m:Circle>s</m:Circle><Circle>c</Circle><m:title>T</m:title>", true, vec![circle()]),
        // Nobody names this namespace.
        ("<o:Circle>c</o:Circle><m:title>T</m:title>", true, vec![circle()]),
        ("<o:Circle>x</o:Circle><Circle>c</Circle>", false, vec![circle()]),
    ] {
        let text = format!("<r xmlns:m='urn:m' xmlns:o='urn:o'>{inside}</r>");
        let title = titled.then(title).flatten();
        let one = shapes.first().map(|_| circle());
        reads(Format::Xml, &text, &DrawnOne { title: title.clone(), shape: one });
        let found = read::<DrawnList>(Format::Xml, &text).unwrap();
        assert_eq!((found.title, found.shapes), (title, shapes), "{text}");
        assert_eq!(found.kept.map_or(0, |kinds| kinds.any.len()), 0, "{text}");
    }
    // Inside the element of the list is another level, on which nobody names a namespace.
    let text = "<r xmlns:m='urn:m'><shapes><Circle>c</Circle><m:Square>s</m:Square></shapes></r>";
    let both = vec![circle(), Part::Square("s".into())];
    reads(Format::Xml, text, &DrawnWithin { title: None, shapes: both });
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Kept {
    title: Option<String>,
    #[wire(rest)]
    rest: Document,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Labels {
    #[wire(map(keyed))]
    m: BTreeMap<String, String>,
}

/// What keeps everything keeps names apart, and writes them apart.
#[test]
fn names_of_other_namespaces_are_kept_apart() {
    let text = "<r xmlns:m='urn:m'><m:title>B</m:title><title>A</title><m:more>C</m:more></r>";
    let kept = read::<Kept>(Format::Xml, text).unwrap();
    assert_eq!(kept.title.as_deref(), Some("A"));
    assert_eq!(kept.rest.get("{urn:m}title").and_then(Document::as_str), Some("B"));
    assert_eq!(kept.rest.get("more").and_then(Document::as_str), Some("C"));
    writes(Format::Xml, &kept, "<r><title>A</title><title xmlns=\"urn:m\">B</title><more>C</more></r>");

    let text = "<r xmlns:m='urn:m'><m><a>1</a><m:a>2</m:a></m></r>";
    let labels = read::<Labels>(Format::Xml, text).unwrap();
    let expected = [("a", "1"), ("{urn:m}a", "2")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(labels.m, expected.into());
    writes(Format::Xml, &labels, "<r><m><a>1</a><a xmlns=\"urn:m\">2</a></m></r>");
}

#[test]
fn rows_are_told_apart_by_namespace() {
    const STRUCTURES: Layout = Layout::records(&["data", "row"]);
    for (text, expected) in [
        ("<r xmlns:m='urn:m'><data><row><title>A</title><m:title>B</m:title></row></data></r>", vec!["A"]),
        ("<r xmlns:m='urn:m'><data><row><m:title>B</m:title><title>A</title></row></data></r>", vec!["A"]),
        (
            "<r xmlns:m='urn:m'><data xmlns='urn:m'><row><title>A</title><m:title>B</m:title></row></data></r>",
            vec!["B"],
        ),
        (
            "<r xmlns:m='urn:m'><data><row><title>A</title></row><m:row><title>C</title></m:row></data></r>",
            vec!["A"],
        ),
        (
            "<r><data><row><title>A</title></row><row xmlns='urn:m'><title>C</title></row></data></r>",
            vec!["A"],
        ),
        ("<r xmlns:m='urn:m'><m:data><m:row><m:title>A</m:title></m:row></m:data></r>", vec!["A"]),
        (
            "<r xmlns:m='urn:m'><data><row><title>A</title></row></data><m:data><row><title>C</title></row></m:data></r>",
            vec!["A"],
        ),
    ] {
        for size in [1, 7, text.len()] {
            let read = rows::<Book>(STRUCTURES, text, size).unwrap();
            let titles: Vec<_> = read.iter().map(|row| row.title.as_deref().unwrap_or("-")).collect();
            assert_eq!(titles, expected, "{text}");
        }
    }
    // What came before may have been taken for rows: a stream says so, and drops nothing.
    for text in [
        "<r xmlns:m='urn:m'><data><m:row><title>C</title></m:row><row><title>A</title></row></data></r>",
        "<r xmlns:m='urn:m'><m:data><m:row><title>C</title></m:row></m:data><data><row><title>A</title></row></data></r>",
    ] {
        assert!(rows::<Book>(STRUCTURES, text, text.len()).is_err(), "{text}");
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Nils {
    v: Option<String>,
    n: Option<i64>,
    s: Option<Book>,
    l: Vec<Option<String>>,
}

#[derive(Debug, PartialEq, Wire)]
struct Row {
    a: Option<i64>,
    b: Option<String>,
}

/// XML Schema 1.0, part 1, 2.6.2.
#[test]
fn a_nil_element_is_absent_whatever_the_prefix() {
    const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
    for prefix in ["xsi", "i", "p2"] {
        for value in ["true", "1", " true "] {
            let nil = format!("{prefix}:nil='{value}'");
            let text = format!("<r xmlns:{prefix}='{XSI}'><v {nil}/><n {nil}></n><s {nil} id='1'>\n</s></r>");
            reads(Format::Xml, &text, &Nils::default());
            let text = format!("<r><v xmlns:{prefix}='{XSI}' {nil}/></r>");
            reads(Format::Xml, &text, &Nils::default());
        }
    }
    reads(Format::Xml, "<r><v xsi:nil='true'/></r>", &Nils::default());
    let empty = Nils { v: Some(String::new()), ..Nils::default() };
    for text in [
        format!("<r xmlns:xsi='{XSI}'><v xsi:nil='false'/></r>"),
        format!("<r xmlns:xsi='{XSI}'><v xsi:nil='0'></v></r>"),
        "<r xmlns:xsi='urn:other'><v xsi:nil='true'/></r>".to_owned(),
        "<r><v nil='true'/></r>".to_owned(),
    ] {
        reads(Format::Xml, &text, &empty);
    }
    let text = format!("<r xmlns:i='{XSI}'><l>a</l><l i:nil='1'/></r>");
    reads(Format::Xml, &text, &Nils { l: vec![Some("a".into()), None], ..Nils::default() });
    // What has something in it is not nothing.
    let text = format!("<r xmlns:i='{XSI}'><v i:nil='true'>a</v></r>");
    reads(Format::Xml, &text, &Nils { v: Some("a".into()), ..Nils::default() });

    let text = format!("<r xmlns:i='{XSI}'><row><a i:nil='true'/><b>x</b></row></r>");
    assert_eq!(
        rows::<Row>(Layout::records(&["row"]), &text, 5).unwrap(),
        [Row { a: None, b: Some("x".into()) }]
    );
}

/// The W3C's XML suite has the first ones as not well formed (sun, ibm and oasis on productions 16, 17, 23, 24, 26, 28 and 32).
#[test]
fn broken_declarations_are_refused() {
    for start in [
        "<?xml version=\"1.0 \"?>",
        "<?xml version=\" 1.0\"?>",
        "<?xml?>",
        "<?xml ?>",
        "<?xml encoding='utf-8'?>",
        "<?xml encoding='utf-8' version='1.0'?>",
        "<?xml version='1.0\"?>",
        "<?xml version=\"1.0'?>",
        "<?xml version=1.0?>",
        "<?xml version='1.0'encoding='utf-8'?>",
        "<?xml version='1.0' encoding=utf-8?>",
        "<?xml version='1.0' encoding='utf-8\"?>",
        "<?xml version='1.0' standalone='maybe'?>",
        "<?xml version='1.0' standalone='yes' encoding='utf-8'?>",
        "<?xml version='1.0' version='1.0'?>",
        "<?xml version='2.0'?>",
        "<?xml version='1.0' x='y'?>",
        "<?xml version='1.0' ??>",
        "<?Xml version='1.0'?>",
        "<??>",
        "<? x?>",
        "<?1?>",
        "<!DOCtYPE r>",
        "<!doctype r>",
        "<!DOCTYPEr>",
    ] {
        let text = format!("{start}<r/>");
        let (kind, _) = read::<Book>(Format::Xml, &text).unwrap_err();
        assert!(matches!(kind, DecodeErrorKind::Syntax { .. }), "{text}: {kind:?}");
        let text = format!("{start}<r><row/></r>");
        assert!(rows::<Book>(Layout::records(&["row"]), &text, 4).is_err(), "{text}");
    }
    for start in [
        "<?xml version=\"1.0\"?>",
        "<?xml version='1.0' ?>",
        "<?xml version='1.1'?>",
        "<?xml\tversion = '1.0'\nencoding = 'UTF-8' standalone='no'?>",
        "<?xml version='1.0' standalone='yes'?>",
        "<?xml-stylesheet href='a'?>",
        "<?a:b c?>",
        "<?php?>",
        "<!DOCTYPE r [<!ENTITY a 'b'>]>",
    ] {
        reads(Format::Xml, &format!("{start}<r/>"), &Book::default());
        assert!(
            rows::<Book>(Layout::records(&["row"]), &format!("{start}<r><row/></r>"), 4).is_ok(),
            "{start}"
        );
    }
}
