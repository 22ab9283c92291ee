//! What is not described is kept: `rest` on a structure, and a member of any form.

use wirewright::{
    EncodeErrorKind, Format, Options, Wire,
    alone::{decode_compact, encode_compact},
    from_str_with, to_string_with,
    wire::Document,
};

/// A reply of which a page shows a part.
#[derive(Clone, Debug, Default, PartialEq, Wire)]
#[wire(root = "out")]
struct Reply {
    rc: Option<i64>,
    row: Option<Row>,
    #[wire(rest)]
    more: Document,
}

#[derive(Clone, Debug, Default, PartialEq, Wire)]
struct Row {
    #[wire(attribute)]
    id: Option<String>,
    name: Option<String>,
    #[wire(rest)]
    more: Document,
}

fn options() -> Options {
    Options::new()
}

/// Each text is written back as it came, the rest behind what is known.
#[test]
fn what_is_unknown_is_written_back() {
    for (format, text) in [
        (Format::Xml, "<out><rc>0</rc></out>"),
        (Format::Xml, "<out><rc>0</rc><memory unit=\"kB\">12</memory><user>a</user><user>b</user></out>"),
        (
            Format::Xml,
            "<out version=\"2\"><row id=\"1\" owner=\"me\"><name>x</name><y><z></z></y></row></out>",
        ),
        (Format::Xml, "<out><row>loose text</row></out>"),
        (Format::Json, r#"{"rc":0,"memory":12.50,"users":["a",null,{"b":true}],"z":null}"#),
        (Format::Json, r#"{"row":{"name":"x","a":1,"a":2}}"#),
        (Format::Query, "rc=0&memory=12&user=a&user=b&deep.a=1&deep.b=2"),
        (Format::Query, "row.name=x&row.y=1"),
    ] {
        let reply: Reply =
            from_str_with(format, text, &options()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(to_string_with(format, &reply, &options()).as_deref(), Ok(text), "{reply:?}");
    }
}

/// A reply is read by the compact readers, with unknown members too, but not with text among them; one without any is written by the
/// compact writers.
#[test]
fn what_is_known_stays_on_the_fast_path() {
    for (format, known, kept, left) in [
        (
            Format::Xml,
            "<out><rc>0</rc><row id=\"1\"><name>x</name></row></out>",
            [
                "<out><rc>0</rc><z></z></out>",
                "<out z=\"1\"><rc>0</rc></out>",
                "<out><z>1</z><rc>0</rc></out>",
                "<out><z/></out>",
            ],
            Some(["<out>z</out>", "<out><!-- -->z</out>"]),
        ),
        (
            Format::Json,
            r#"{"rc":0,"row":{"name":"x"}}"#,
            [r#"{"z":1}"#, r#"{"rc":0,"more":1}"#, r#"{"row":{"z":{}}}"#, r#"{"":1}"#],
            None,
        ),
    ] {
        let reply: Reply = decode_compact(format, known, &options()).expect("it is read");
        assert_eq!(encode_compact(format, &reply, &options()).as_deref(), Some(known));
        for (text, taken) in kept
            .map(|text| (text, true))
            .into_iter()
            .chain(left.into_iter().flatten().map(|text| (text, false)))
        {
            assert_eq!(decode_compact::<Reply>(format, text, &options()).is_some(), taken, "{text}");
            let reply: Reply = from_str_with(format, text, &options()).expect("the general reader takes it");
            assert_ne!(reply, Reply { rc: reply.rc, ..Reply::default() }, "{text}");
        }
    }
    let flat: Row = decode_compact(Format::Query, "id=1&name=x", &options()).expect("it is read");
    assert_eq!(encode_compact(Format::Query, &flat, &options()).as_deref(), Some("id=1&name=x"));
    assert_eq!(decode_compact::<Row>(Format::Query, "id=1&z=x", &options()), None);
}

/// A name that has parts of which members are some leaves the others to the rest, and takes none of them twice.
#[test]
fn a_name_in_parts_is_taken_once() {
    #[derive(Debug, PartialEq, Wire)]
    struct Parts {
        #[wire(name = "a.b", xml = "ab")]
        ab: String,
        #[wire(rest)]
        more: Document,
    }
    for text in ["a.b=1", "a.b=1&a.c=2"] {
        let parts: Parts = from_str_with(Format::Query, text, &options()).expect("it is read");
        assert_eq!(to_string_with(Format::Query, &parts, &options()).as_deref(), Ok(text));
    }
}

/// A structure whose member may have any form.
#[derive(Debug, PartialEq, Wire)]
#[wire(root = "in")]
struct Any {
    #[wire(required)]
    ops: Document,
    note: Option<Document>,
}

/// Order, attributes, repeated elements and text between elements survive; an empty required member is still there.
#[test]
fn a_member_of_any_form_is_written_back() {
    for (format, text) in [
        (Format::Xml, "<in><ops></ops></in>"),
        (Format::Xml, "<in><ops>text &amp; more</ops></in>"),
        (
            Format::Xml,
            "<in><ops><sel value=\"a &lt; b\"></sel><colord cols=\"a,b\"></colord><sel></sel></ops></in>",
        ),
        (Format::Xml, "<in><ops a=\"1\">one<b>two</b>three<c></c> <d></d>four</ops><note>n</note></in>"),
        (Format::Xml, "<in><ops>1</ops><ops><x></x></ops></in>"),
        (Format::Json, r#"{"ops":null}"#),
        (Format::Json, r#"{"ops":""}"#),
        (Format::Json, r#"{"ops":[1,2.50,"x",null,{"a":[]}],"note":{}}"#),
        (Format::Query, "ops="),
        (Format::Query, "ops=1&ops=2"),
        (Format::Query, "ops.a=1&ops.b.c=2&note=x"),
    ] {
        let any: Any =
            from_str_with(format, text, &options()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(to_string_with(format, &any, &options()).as_deref(), Ok(text), "{any:?}");
    }
    for (format, text) in [(Format::Xml, "<in></in>"), (Format::Json, "{}"), (Format::Query, "note=1")] {
        let error = from_str_with::<Any>(format, text, &options()).expect_err("`ops` is required");
        assert!(error.path().ends_with("ops"), "{error}");
    }
    let none = Any { ops: Document::from(Vec::new()), note: Some(Document::Null) };
    assert_eq!(to_string_with(Format::Xml, &none, &options()).as_deref(), Ok("<in><ops></ops></in>"));
}

/// A list without items leaves no trace in a query string nor in XML, and a name with the separator would be read as two.
#[test]
fn what_a_format_cannot_carry_is_an_error() {
    let nothing = || Document::from(Vec::new());
    for (node, path, kind) in [
        (nothing(), "ops", EncodeErrorKind::Empty),
        (Document::new().with("a", nothing()), "ops.a", EncodeErrorKind::Empty),
        (Document::from(vec![Document::from("x"), nothing()]), "ops", EncodeErrorKind::Empty),
        (Document::new().with("a.b", "x"), "ops.a.b", EncodeErrorKind::Name),
        (Document::new().with("a", Document::new().with("b.", "x")), "ops.a.b.", EncodeErrorKind::Name),
    ] {
        let any = Any { ops: node, note: None };
        let error = to_string_with(Format::Query, &any, &options()).expect_err(path);
        assert_eq!((error.path(), error.kind()), (path, kind));
        // JSON carries all of it, and a query string whose names are not nested any name.
        let text = to_string_with(Format::Json, &any, &options()).expect("it is written");
        let again: Any = from_str_with(Format::Json, &text, &options()).expect("it is read");
        assert_eq!(again, any);
    }
    for (ops, note, path) in [
        (Document::new().with("a", nothing()), None, "in.ops.a"),
        (Document::from(vec![Document::from("x"), nothing()]), None, "in.ops"),
        (Document::new().with(Document::TEXT, nothing()), None, "in.ops"),
        (Document::from("x"), Some(nothing()), "in.note"),
    ] {
        let error = to_string_with(Format::Xml, &Any { ops, note }, &options()).expect_err(path);
        assert_eq!((error.path(), error.kind()), (path, EncodeErrorKind::Empty));
    }
    let reply = Reply { more: Document::new().with("a.b", "x"), ..Reply::default() };
    let error = to_string_with(Format::Query, &reply, &options()).expect_err("it would be nested");
    assert_eq!((error.path(), error.kind()), ("a.b", EncodeErrorKind::Name));
    assert_eq!(to_string_with(Format::Query, &reply, &options().with_nested("/")).as_deref(), Ok("a.b=x"));
}

/// What [`Document::with`] makes of each form.
#[test]
fn nodes_grow() {
    let text = Document::from("a").with_attribute("id", 7);
    assert_eq!(text.get("@id").and_then(Document::as_str), Some("7"));
    assert_eq!(text.get(Document::TEXT).and_then(Document::as_str), Some("a"));
    let list: Document = [Document::from("a"), Document::from("b")].into_iter().collect();
    assert_eq!(list.items().len(), 2);
    let grown = list.with("c", true).with("item", Document::new());
    let names: Vec<&str> = grown.members().map(|(name, _)| name).collect();
    assert_eq!(names, ["item", "item", "c", "item"]);
    assert_eq!(grown.all("item").count(), 3);
    assert!(grown.get("item").is_some_and(Document::is_null));
    assert_eq!(Document::from("x").items(), [Document::from("x")]);
    assert_eq!(
        [("a", 1), ("b", 2)].into_iter().collect::<Document>(),
        Document::new().with("a", 1).with("b", 2)
    );
}
