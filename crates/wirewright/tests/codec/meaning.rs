//! What values mean, as servers and other people's documents have shown it: the same in both readers, in every format that has
//! such a value, and in streams of rows. Each kind is a table; a row names its source where that is not the issue's own.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::collections::BTreeMap;

use crate::both::{Book, book, read, reads, refuses, rows, writes};
use wirewright::{
    DecodeErrorKind, Format, Limits, Options, Wire,
    alone::{encode_compact, encode_general},
    from_str_with, json,
    rows::Layout,
    xml,
};

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "response", json_root = "response")]
struct Wrapped {
    v: Option<String>,
    s: Option<Inner>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Inner {
    a: Option<String>,
}

/// Another shape than promised is no success with nothing in it.
#[test]
fn another_shape_is_not_skipped() {
    for text in [
        r#"{"response":[{"v":"x"}]}"#,
        r#"{"response":"Service down"}"#,
        r#"{"response":7}"#,
        r#"{"response":true}"#,
        r#"{"response":null}"#,
        r#"{"other":1,"response":["x"]}"#,
    ] {
        let kind = refuses::<Wrapped>(Format::Json, text, "response");
        assert_eq!(kind.to_string(), "expected an object", "{text}");
    }
    for text in [r#"[{"v":"x"}]"#, "\"Service down\"", "7", "null"] {
        refuses::<Wrapped>(Format::Json, text, "");
    }
    for text in [
        "<response>Service down</response>",
        "<response><![CDATA[Service down]]></response>",
        // Behind a comment, which a fuzzer has found.
        "<response><!-- c -->Service down</response>",
        "<response>\n<?p?><![CDATA[Service down]]></response>",
    ] {
        refuses::<Wrapped>(Format::Xml, text, "response");
    }
    for text in
        ["<response><!-- c --></response>", "<response></response>", "<response>\n</response>", "<response/>"]
            .into_iter()
            // What nobody asked for is no text.
            .chain(["<response><w/>text</response>", "<response>a<w><x/></w>b<w c=\"1\"/>d</response>"])
    {
        reads(Format::Xml, text, &Wrapped { v: None, s: None });
    }
    refuses::<Wrapped>(Format::Xml, "<response><s>Service down</s></response>", "response.s");
    refuses::<Wrapped>(Format::Json, r#"{"response":{"s":"Service down"}}"#, "response.s");
    refuses::<Wrapped>(Format::Query, "s=Service+down", "s");
    // Text between members is layout, or of no interest.
    let known = Wrapped { v: Some("x".into()), s: None };
    reads(Format::Xml, "<response>text<v>x</v>more</response>", &known);
    reads(Format::Json, r#"{"response":{"v":"x"}}"#, &known);
    reads(Format::Json, r#"{"v":"x"}"#, &known);
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "response")]
struct Marked {
    #[wire(attribute)]
    status: Option<String>,
    v: Option<String>,
}

/// Another attribute is nothing that was promised, where text is in place of the members: a fuzzer has found it.
#[test]
fn a_text_behind_another_attribute_is_another_shape() {
    for text in ["<response code=\"ok\">Service down</response>", "<response>Service down</response>"] {
        refuses::<Marked>(Format::Xml, text, "response");
    }
    let known = Marked { status: Some("ok".into()), v: None };
    reads(Format::Xml, "<response status=\"ok\">Service down</response>", &known);
    reads(Format::Xml, "<response status=\"ok\"> </response>", &known);
    reads(Format::Xml, "<response status=\"ok\"><w/>more</response>", &known);
}

/// What is skipped is not kept, but counted.
#[test]
fn what_is_skipped_counts() {
    let four = [
        (Format::Xml, "<response><w><x/></w><w/></response>"),
        (Format::Xml, "<response><w a=\"1\"/><v></v></response>"),
        (Format::Json, r#"{"w":[1],"x":2}"#),
        (Format::Json, r#"{"w":{"x":{}},"v":null}"#),
    ];
    for (format, text) in four {
        let read = |most| {
            let options = Options::new().with_limits(Limits::new().with_max_elements(most));
            from_str_with::<Marked>(format, text, &options).map_err(|error| error.kind().to_string())
        };
        assert_eq!(read(3), Err("more than 3 elements".to_owned()), "{text}");
        assert!(read(4).is_ok(), "{text}");
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Several {
    #[wire(map(keyed))]
    m: Vec<(String, i64)>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Once {
    #[wire(map(keyed))]
    m: BTreeMap<String, i64>,
    #[wire(map(entry = "e", key = "k", value = "v"))]
    e: BTreeMap<String, i64>,
    #[wire(map(flat, key = "k", value = "v"))]
    f: BTreeMap<String, i64>,
    #[wire(map(flat, key = "k", value = "v"))]
    i: BTreeMap<String, Inner>,
    #[wire(map(flat, key = "k", value = "v"))]
    l: BTreeMap<String, Vec<i64>>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Rest {
    #[wire(flatten)]
    rest: BTreeMap<String, String>,
}

#[test]
fn a_key_that_comes_twice_is_kept_or_refused() {
    for (format, text, path) in [
        (Format::Xml, "<r><m><a>1</a><a>2</a></m></r>", "r.m.a"),
        (Format::Xml, "<r><m><a>1</a></m><m><a>2</a></m></r>", "r.m.a"),
        (Format::Xml, "<r><e><e><k>a</k><v>1</v></e><e><k>a</k><v>2</v></e></e></r>", "r.e[1].k"),
        (Format::Json, r#"{"m":{"a":1,"a":2}}"#, "m.a"),
        (Format::Query, "m.a=1&m.a=2", "m"),
        (Format::Query, "e.e.1.k=a&e.e.1.v=1&e.e.2.k=a&e.e.2.v=2", "e[1]"),
        (Format::Xml, "<r><f><k>a</k><v>1</v></f><f><k>a</k><v>2</v></f></r>", "r.f[1].k"),
        (Format::Query, "f.1.k=a&f.1.v=1&f.2.k=a&f.2.v=2", "f[1]"),
        // One entry, with more in it than a key and a value.
        (Format::Xml, "<r><f><k>a</k><v>1</v><k>b</k><v>2</v></f></r>", "r.f[0].k"),
        (Format::Xml, "<r><f><k>a</k><v>1</v><v>2</v></f></r>", "r.f[0].v"),
        (Format::Xml, "<r><e><e><k>a</k><k>b</k><v>1</v></e></e></r>", "r.e[0].k"),
        (Format::Xml, "<r><i><k>a</k><v><a>1</a></v><v><a>2</a></v></i></r>", "r.i[0].v"),
        (Format::Query, "f.1.k=a&f.1.k=b&f.1.v=1", "f[0]"),
        (Format::Query, "f.1.k=a&f.1.v=1&f.1.v=2", "f[0]"),
        (Format::Json, r#"{"m":{"a":1},"m":{"a":2}}"#, "m.a"),
        (Format::Json, r#"{"f":{"a":1,"a":2}}"#, "f.a"),
    ] {
        let (kind, at) = read::<Once>(format, text).unwrap_err();
        assert_eq!(kind, DecodeErrorKind::Duplicate, "{text}");
        assert!(at.starts_with(path.trim_end_matches(".k")), "{text}: {at}");
    }
    // What is in two places is one map, as it is in XML.
    let both = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let both = Once { m: both, ..Once::default() };
    reads(Format::Json, r#"{"m":{"a":1},"m":{"b":2}}"#, &both);
    reads(Format::Xml, "<r><m><a>1</a></m><m><b>2</b></m></r>", &both);
    let lists = Once { l: BTreeMap::from([("a".to_owned(), vec![1, 2])]), ..Once::default() };
    reads(Format::Xml, "<r><l><k>a</k><v><item>1</item></v><v><item>2</item></v></l></r>", &lists);

    let several = Several { m: vec![("a".into(), 1), ("a".into(), 2), ("b".into(), 3)] };
    writes(Format::Xml, &several, "<r><m><a>1</a><a>2</a><b>3</b></m></r>");
    writes(Format::Query, &several, "m.a=1&m.a=2&m.b=3");
    writes(Format::Json, &several, r#"{"m":{"a":[1,2],"b":3}}"#);
    // The order is kept, whatever it is.
    let mixed = Several { m: vec![("a".into(), 1), ("b".into(), 2), ("b".into(), 3), ("a".into(), 4)] };
    writes(Format::Json, &mixed, r#"{"m":{"a":1,"b":[2,3],"a":4}}"#);
    reads(Format::Json, r#"{"m":{"a":[1,2],"b":3}}"#, &several);

    assert_eq!(read::<Rest>(Format::Query, "x=1&x=2").unwrap_err().0, DecodeErrorKind::Duplicate);
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Numbers {
    f: Option<f64>,
    u: Option<u64>,
    i: Option<i64>,
    s: Option<u8>,
    w: Option<u16>,
}

fn in_every_format(name: &str, number: &str) -> [(Format, String); 4] {
    [
        (Format::Xml, format!("<r><{name}>{number}</{name}></r>")),
        (Format::Json, format!("{{\"{name}\":{number}}}")),
        (Format::Json, format!("{{\"{name}\":\"{number}\"}}")),
        (Format::Query, format!("{name}={number}")),
    ]
}

/// JSON has one kind of number (RFC 8259, section 6), and so have all formats here.
#[test]
fn numbers_are_exact_or_refused() {
    for (number, value) in [
        ("3e1", 30),
        ("3E1", 30),
        ("3.0e1", 30),
        ("300e-1", 30),
        ("0.3e2", 30),
        ("30.000", 30),
        ("1.0", 1),
        ("0.0", 0),
        ("0e1000000", 0),
        ("0e-1000000", 0),
        ("10000000000000000000000e-22", 1),
    ] {
        for (format, text) in in_every_format("u", number) {
            reads(format, &text, &Numbers { u: Some(value), ..Numbers::default() });
        }
        for (format, text) in in_every_format("s", number) {
            reads(format, &text, &Numbers { s: Some(u8::try_from(value).unwrap()), ..Numbers::default() });
        }
    }
    for (number, value) in [
        ("-3e1", -30),
        ("-1.0", -1),
        ("-9223372036854775808.0", i64::MIN),
        ("9.223372036854775807e18", i64::MAX),
    ] {
        for (format, text) in in_every_format("i", number) {
            reads(format, &text, &Numbers { i: Some(value), ..Numbers::default() });
        }
    }
    for number in [
        "1.5",
        "3e-1",
        "1e20",
        "18446744073709551616.0",
        "1e1000000",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "-1.0",
    ] {
        for (format, text) in in_every_format("u", number) {
            refuses::<Numbers>(format, &text, if format == Format::Xml { "r.u" } else { "u" });
        }
    }
    for (name, number) in [("s", "256.0"), ("s", "2.56e2"), ("w", "65536e0")] {
        for (format, text) in in_every_format(name, number) {
            assert!(read::<Numbers>(format, &text).is_err(), "{text}");
        }
    }
    for text in ["e1", "1e", "1e+", ".5e1", "1.e1", "1.", "--1", "1e1.0", "0x1e1", "1_0"] {
        assert!(read::<Numbers>(Format::Query, &format!("i={text}")).is_err(), "{text}");
    }
}

#[test]
fn a_float_that_is_out_of_range_is_refused() {
    for number in ["1e400", "-1e400", "1e99999999999", "179769313486231580793e289"] {
        for (format, text) in in_every_format("f", number) {
            let kind = refuses::<Numbers>(format, &text, if format == Format::Xml { "r.f" } else { "f" });
            assert!(kind.to_string().contains("1.7976931348623157e308"), "{kind}");
        }
    }
    for (number, value) in [("1e308", 1e308), ("1e-400", 0.0), ("-1.5e3", -1500.0)] {
        for (format, text) in in_every_format("f", number) {
            reads(format, &text, &Numbers { f: Some(value), ..Numbers::default() });
        }
    }
    for spelled in ["Infinity", "-Infinity", "inf"] {
        assert!(
            json::from_str::<Numbers>(&format!("{{\"f\":\"{spelled}\"}}")).unwrap().f.unwrap().is_infinite()
        );
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Php {
    v: Option<Inner>,
    w: Option<Strict>,
    m: BTreeMap<String, String>,
    #[wire(empty_is_absent)]
    e: Option<Inner>,
    #[wire(map(keyed, empty_is_absent))]
    o: BTreeMap<String, Option<i64>>,
    #[wire(absent = [""])]
    l: Vec<Inner>,
    #[wire(list(empty_is_absent))]
    n: Vec<Option<Inner>>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Strict {
    a: String,
}

#[derive(Debug, PartialEq, Wire)]
struct Needs {
    s: Strict,
}

/// `json_encode` of PHP has one array: an empty one is written as a list.
#[test]
fn an_empty_array_is_an_empty_object() {
    for (text, expected) in [
        (r#"{"v":[]}"#, Php { v: Some(Inner::default()), ..Php::default() }),
        (r#"{"w":[]}"#, Php::default()),
        (r#"{"m":[]}"#, Php::default()),
        (r#"{"e":[]}"#, Php::default()),
        (r#"{"l":""}"#, Php::default()),
        (r#"{"l":[]}"#, Php::default()),
        (r#"{"l":[{"a":"x"}]}"#, Php { l: vec![Inner { a: Some("x".into()) }], ..Php::default() }),
        (
            r#"{"n":[{"a":"x"},null]}"#,
            Php { n: vec![Some(Inner { a: Some("x".into()) }), None], ..Php::default() },
        ),
        (
            r#"{"o":{"a":null,"b":2,"c":""}}"#,
            Php {
                o: [("a".into(), None), ("b".into(), Some(2)), ("c".into(), None)].into(),
                ..Php::default()
            },
        ),
        ("[]", Php::default()),
    ] {
        reads(Format::Json, text, &expected);
    }
    for (text, path) in [
        (r#"{"v":[1]}"#, "v"),
        (r#"{"m":["a"]}"#, "m"),
        (r#"{"v":""}"#, "v"),
        (r#"{"l":"x"}"#, "l[0]"),
        ("[1]", ""),
    ] {
        refuses::<Php>(Format::Json, text, path);
    }
    let php = Php { o: [("a".into(), None), ("b".into(), Some(2))].into(), ..Php::default() };
    assert!(xml::to_string(&php).unwrap().contains("<o><a></a><b>2</b></o>"));
    reads(Format::Query, "o.a=&o.b=2", &php);
    writes(
        Format::Query,
        &Php { n: vec![Some(Inner { a: Some("x".into()) }), None], ..Php::default() },
        "n.0.a=x&n.1=",
    );
    reads(Format::Xml, "<r><o><a/><b>2</b></o></r>", &php);
    assert_eq!(refuses::<Needs>(Format::Json, r#"{"s":[]}"#, "s.a"), DecodeErrorKind::Missing);
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Blanks {
    #[wire(list(empty_is_absent))]
    li: Vec<Option<i64>>,
    #[wire(list(item = "i", empty_is_absent))]
    lw: Vec<Option<bool>>,
    #[wire(list(numbered, empty_is_absent))]
    ln: Vec<Option<f64>>,
    #[wire(list(joined = ",", empty_is_absent))]
    lj: Vec<Option<i64>>,
    #[wire(list(empty_is_absent))]
    lt: Vec<Option<String>>,
    #[wire(list(empty_is_absent))]
    ls: Vec<Option<Inner>>,
    #[wire(map(keyed, empty_is_absent))]
    mi: BTreeMap<String, Option<i64>>,
    #[wire(map(entry = "e", key = "k", value = "v", empty_is_absent))]
    me: BTreeMap<String, Option<bool>>,
    #[wire(map(keyed, empty_is_absent))]
    ms: BTreeMap<String, Option<Inner>>,
}

/// White space alone is as nothing in an item or a value, as in a member, unless that is a text.
#[test]
fn blank_items_are_absent() {
    let key = || "a".to_owned();
    let blanks = |items: usize| Blanks {
        li: vec![None; items],
        lw: vec![None],
        ln: vec![None],
        lj: vec![None, Some(1)],
        lt: vec![Some(" ".into()), None],
        ls: vec![None],
        mi: [(key(), None)].into(),
        me: [(key(), None)].into(),
        ms: [(key(), None)].into(),
    };
    let inside = "<li> </li><li/><lw><i>\n</i></lw><ln>\t</ln><lj> ,1</lj><lt> </lt><lt></lt><ls>\n</ls>\
        <mi><a> </a></mi><me><e><k>a</k><v> </v></e></me><ms><a>\n</a></ms>";
    reads(Format::Xml, &format!("<r>{inside}</r>"), &blanks(2));
    reads(Format::Xml, &format!("<r>{inside}<unknown xmlns:q='u' q:z='1'/></r>"), &blanks(2));
    // Lists that are for the compact reader as well.
    reads(Format::Xml, "<r><li> </li></r>", &Blanks { li: vec![None], ..Blanks::default() });
    reads(Format::Xml, "<r><lw><i> </i></lw></r>", &Blanks { lw: vec![None], ..Blanks::default() });
    reads(Format::Json, r#"{"li":[" ","\n"]}"#, &Blanks { li: vec![None, None], ..Blanks::default() });
    let json = r#"{"li":[" ",""],"lw":[" "],"ln":["\t"],"lj":" ,1","lt":[" ",""],"ls":[" "],
        "mi":{"a":" "},"me":{"a":"\n"},"ms":{"a":" "}}"#;
    reads(Format::Json, json, &blanks(2));
    for blank in ["", "+"] {
        let query = format!(
            "li={blank}&li=&lw.0={blank}&ln.1={blank}&lj={blank},1&lt=+&lt=&ls={blank}&mi.a={blank}&\
             me.e.1.k=a&me.e.1.v={blank}&ms.a={blank}"
        );
        reads(Format::Query, &query, &blanks(2));
    }
    assert!(read::<Blanks>(Format::Xml, "<r><ls>x</ls></r>").is_err());
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Absences {
    #[wire(absent = ["null", "N/A", "0000-00-00"])]
    t: Option<String>,
    #[wire(absent = ["-1", "0"])]
    n: Option<i64>,
    #[wire(absent = ["false"])]
    b: Option<bool>,
    #[wire(attribute, absent = ["?"])]
    a: Option<f64>,
    #[wire(absent = ["none"], list(joined = ","))]
    j: Vec<String>,
    #[wire(empty_is_absent)]
    s: Option<Inner>,
    #[wire(empty_is_absent)]
    e: Option<i64>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Outer {
    #[wire(empty_is_absent)]
    b: Option<Book>,
}

#[derive(Debug, PartialEq, Wire)]
struct Row {
    #[wire(absent = ["N/A"])]
    a: Option<i64>,
    #[wire(text, absent = ["-"])]
    t: Option<String>,
}

#[test]
fn listed_texts_mean_absent() {
    let none = Absences::default();
    for text in [
        "<r><t>null</t></r>",
        "<r><t><![CDATA[N/A]]></t></r>",
        "<r a='?'><t>0000-00-00</t><n>-1</n><b>false</b><j>none</j></r>",
        "<r><n> -1 </n><n>0</n></r>",
        "<r><s/><e/></r>",
        "<r><s>\n</s><e> \n</e></r>",
        "<r><s></s></r>",
    ] {
        reads(Format::Xml, text, &none);
    }
    for text in [
        r#"{"t":"null","n":-1,"b":false,"a":"?","j":"none"}"#,
        r#"{"n":"0","s":"","e":" "}"#,
        r#"{"n":null,"t":null}"#,
    ] {
        reads(Format::Json, text, &none);
    }
    for text in ["t=N%2FA&n=-1&b=false&a=%3F&j=none&e=", "n=+0&s="] {
        reads(Format::Query, text, &none);
    }
    reads(
        Format::Xml,
        "<r><t>N/A?</t><n>1</n></r>",
        &Absences { t: Some("N/A?".into()), n: Some(1), ..Absences::default() },
    );
    reads(Format::Xml, "<r><t> null</t></r>", &Absences { t: Some(" null".into()), ..Absences::default() });
    // An attribute is something.
    reads(Format::Xml, "<r><b id='1'/></r>", &Outer { b: Some(book(Some("1"), None, &[])) });
    reads(Format::Xml, "<r><b>\n</b></r>", &Outer::default());
    let text = "<r><row><a>N/A</a></row><row>-</row><row>x</row></r>";
    let row = |t: Option<&str>| Row { a: None, t: t.map(Into::into) };
    assert_eq!(
        rows::<Row>(Layout::records(&["row"]), text, 3).unwrap(),
        [row(None), row(None), row(Some("x"))]
    );
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Whole {
    error: Option<String>,
    #[wire(whole)]
    list: Vec<Inner>,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r", json_root = "response")]
struct Around {
    error: Option<String>,
    #[wire(flatten)]
    data: Option<Whole2>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Whole2 {
    #[wire(whole)]
    list: Vec<Inner>,
}

#[test]
fn a_member_may_be_the_whole_array() {
    let list = || vec![Inner { a: Some("x".into()) }, Inner::default()];
    writes(Format::Json, &Whole { error: None, list: list() }, r#"[{"a":"x"},{}]"#);
    writes(Format::Json, &Whole::default(), "[]");
    writes(
        Format::Json,
        &Whole { error: Some("no".into()), list: Vec::new() },
        r#"{"error":"no","list":[]}"#,
    );
    reads(Format::Json, r#"{"list":[{"a":"x"},{}]}"#, &Whole { error: None, list: list() });
    writes(Format::Xml, &Whole { error: None, list: list() }, "<r><list><a>x</a></list><list></list></r>");

    let around = Around { error: None, data: Some(Whole2 { list: list() }) };
    writes(Format::Json, &around, r#"{"response":[{"a":"x"},{}]}"#);
    reads(Format::Json, r#"[{"a":"x"},{}]"#, &around);
    reads(Format::Json, r#"{"response":{"error":"no"}}"#, &Around { error: Some("no".into()), data: None });
}

/// The callback that was asked for, as servers call it: Express writes the test before the call.
#[test]
fn callbacks_are_taken_off_however_they_are_called() {
    for (text, callback) in [
        ("/**/ typeof cb === 'function' && cb({\"a\":1});", "cb"),
        ("/**/typeof app.cb==\"function\"&&app.cb({\"a\":1})", "app.cb"),
        ("/* x */cb({\"a\":1})", "cb"),
        ("/* a */ /* b(c) */\n cb({\"a\":1});\n", "cb"),
        ("cbs[1]({\"a\":1})", "cbs[1]"),
        ("app.cbs[1][20].go({\"a\":1});", "app.cbs[1][20].go"),
    ] {
        assert_eq!(json::strip_callback(text), (Some(callback), "{\"a\":1}"), "{text}");
        assert!(json::is_callback(callback));
        assert_eq!(json::to_jsonp(callback, "{}").unwrap(), format!("{callback}({{}});"));
    }
    for text in [
        "typeof a === 'function' && b({})",
        "typeof a && a({})",
        "/* cb({})",
        "cbs[]({})",
        "cbs[a]({})",
        "[1]({})",
        "cbs[1({})",
    ] {
        assert_eq!(json::strip_callback(text), (None, text));
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Given {
    #[wire(list(numbered = "member", always))]
    l: Option<Vec<String>>,
    #[wire(list(joined = ",", always))]
    j: Option<Vec<i64>>,
    #[wire(list(item = "i", numbered, always))]
    w: Option<Vec<Inner>>,
    #[wire(empty_is_absent)]
    s: Option<Inner>,
    t: Option<Inner>,
}

/// AWS's query protocol writes `ListArg=` for an empty list and nothing for an empty structure (botocore's `protocols/input/query.json`).
#[test]
fn an_empty_list_is_told_from_none() {
    writes(Format::Query, &Given::default(), "");
    let empty = Given { l: Some(Vec::new()), j: Some(Vec::new()), w: Some(Vec::new()), ..Given::default() };
    writes(Format::Query, &empty, "l=&j=&w=");
    writes(Format::Json, &empty, r#"{"l":[],"j":"","w":[]}"#);
    let full = Given {
        l: Some(vec![String::new(), "a".into()]),
        j: Some(vec![1]),
        w: Some(vec![Inner::default()]),
        ..Given::default()
    };
    writes(Format::Query, &full, "l.member.1=&l.member.2=a&j=1&w.1=");
    let wrapped = Given { w: Some(Vec::new()), j: Some(Vec::new()), ..Given::default() };
    writes(Format::Xml, &wrapped, "<r><j></j><w></w></r>");

    let structures = Given { s: Some(Inner::default()), t: Some(Inner::default()), ..Given::default() };
    let text = encode_general(Format::Query, &structures, &Options::new()).unwrap();
    assert_eq!(text, "t=");
    assert_eq!(encode_compact(Format::Query, &structures, &Options::new()), None);
    reads(Format::Query, "t=", &Given { t: Some(Inner::default()), ..Given::default() });
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Ranged {
    #[wire(range = "1..=5")]
    f: Option<f64>,
    #[wire(range = "1..=5")]
    l: Vec<i64>,
    #[wire(map(keyed), range = "1..=5")]
    k: BTreeMap<String, i64>,
    #[wire(range = "1..=5", map(entry = "e", key = "k", value = "v"))]
    e: BTreeMap<String, i64>,
}

#[test]
fn a_strict_reader_holds_every_number_to_its_range() {
    let strict = Options::new().with_strict(true);
    for (text, taken) in [
        ("f=1&l=5&k.a=1&e.e.1.k=a&e.e.1.v=5", true),
        ("f=NaN", false),
        ("f=5.5", false),
        ("l=1&l=6", false),
        ("k.a=0", false),
        ("e.e.1.k=a&e.e.1.v=9", false),
    ] {
        assert_eq!(from_str_with::<Ranged>(Format::Query, text, &strict).is_ok(), taken, "{text}");
        assert!(from_str_with::<Ranged>(Format::Query, text, &Options::new()).is_ok(), "{text}");
    }
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r", new)]
struct Sided {
    #[wire(attribute, required_in_requests)]
    id: Option<i64>,
    #[wire(required_in_requests, empty_is_absent)]
    name: Option<String>,
    #[wire(required_in_requests)]
    l: Vec<i64>,
    #[wire(required_in_requests, list(item = "i", always))]
    w: Vec<i64>,
    note: Option<String>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r", new)]
struct SidedText {
    #[wire(attribute)]
    id: Option<i64>,
    #[wire(text, required_in_requests)]
    text: Option<String>,
}

/// What requests always have, a server insists on, whichever of it is absent; whoever reads a reply does without.
#[test]
fn a_strict_reader_insists_on_what_requests_always_have() {
    let strict = Options::new().with_strict(true);
    let whole = Sided { l: vec![2], ..Sided::new(1, "n", vec![2], Vec::new()) };
    assert_eq!((whole.id, whole.name.as_deref()), (Some(1), Some("n")));
    for (format, text, missing) in [
        (Format::Query, "id=1&name=n&l=2&w.i=3", None),
        (Format::Query, "id=1&name=n&l=2", None),
        (Format::Query, "name=n&l=2", Some("id")),
        (Format::Query, "id=1&l=2", Some("name")),
        (Format::Query, "id=1&name=&l=2", Some("name")),
        (Format::Query, "id=1&name=n", Some("l")),
        (Format::Json, r#"{"id":1,"name":"n","l":[2],"w":[]}"#, None),
        (Format::Json, r#"{"id":null,"name":"n","l":[2],"w":[]}"#, Some("id")),
        (Format::Json, r#"{"id":1,"name":"n","l":[],"w":[]}"#, Some("l")),
        (Format::Json, r#"{"id":1,"name":"n","l":[2]}"#, Some("w")),
        (Format::Xml, r#"<r id="1"><name>n</name><l>2</l><w/></r>"#, None),
        (Format::Xml, "<r><name>n</name><l>2</l><w/></r>", Some("r.id")),
        (Format::Xml, r#"<r id="1"><name/><l>2</l><w/></r>"#, Some("r.name")),
        (Format::Xml, r#"<r id="1"><name>n</name><w/></r>"#, Some("r.l")),
        (Format::Xml, r#"<r id="1"><name>n</name><l>2</l></r>"#, Some("r.w")),
    ] {
        assert!(from_str_with::<Sided>(format, text, &Options::new()).is_ok(), "{text}");
        let read = from_str_with::<Sided>(format, text, &strict);
        let found = read.as_ref().err().map(|error| (error.path(), error.kind()));
        assert_eq!(found, missing.map(|path| (path, &DecodeErrorKind::Missing)), "{text}");
    }
    let read = from_str_with::<SidedText>(Format::Xml, r#"<r id="1"></r>"#, &strict);
    assert_eq!(read.unwrap_err().kind(), &DecodeErrorKind::Missing);
    assert_eq!(from_str_with::<SidedText>(Format::Xml, "<r>t</r>", &strict).unwrap(), SidedText::new("t"));
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r")]
struct Pieced {
    #[wire(first)]
    error: Option<PiecedError>,
}

#[derive(Debug, Default, PartialEq, Wire)]
#[wire(root = "r", json_root = "r")]
struct PiecedBeside {
    #[wire(attribute)]
    status: Option<String>,
    #[wire(first)]
    error: Option<PiecedError>,
    #[wire(flatten)]
    data: Option<Inner>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct PiecedError {
    #[wire(first)]
    code: Option<i64>,
    #[wire(first)]
    message: Option<String>,
}

/// What is said in pieces is one error.
#[test]
fn an_error_in_pieces_is_one() {
    let whole = Pieced { error: Some(PiecedError { code: Some(40), message: Some("a".into()) }) };
    reads(Format::Xml, "<r><error><message>a</message></error><error><code>40</code></error></r>", &whole);
    reads(Format::Json, r#"{"error":[{"message":"a"},{"code":40}]}"#, &whole);
    let beside = PiecedBeside { status: Some("failed".into()), error: whole.error, data: None };
    reads(Format::Json, r#"{"r":{"status":"failed","error":[{"message":"a"},{"code":40}]}}"#, &beside);
    // Who looks for the error alone is forgiving, and finds the same.
    let forgiving = Options::new().with_forgiving(true);
    for (format, text) in [
        (Format::Json, r#"{"r":{"status":"failed","error":[{"message":"a"},{"code":40}]}}"#),
        (Format::Json, r#"{"r":{"status":"failed","error":[null,{"message":"a"},7,{"code":40}]}}"#),
        (
            Format::Xml,
            "<r status='failed'><error><message>a</message></error><error><code>40</code></error></r>",
        ),
    ] {
        assert_eq!(from_str_with::<PiecedBeside>(format, text, &forgiving).unwrap(), beside, "{text}");
    }
    let whole = Pieced { error: beside.error };
    reads(Format::Json, r#"{"error":[null,{"message":"a"},{"code":40}]}"#, &whole);
    reads(Format::Json, r#"{"error":[{"code":40,"message":"a"},{"code":41}]}"#, &whole);
}
