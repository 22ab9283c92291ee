//! Words of a member, each in every format and in both codecs: lists that must be there, items that are not, other names,
//! booleans that are numbers. What they mean is in the derive's table of attributes.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::fmt::Debug;

use wirewright::{
    DecodeErrorKind, EncodeErrorKind, Format, Options, Wire,
    alone::{decode_compact, decode_general, encode_compact, encode_general},
    from_str_with, to_string_with,
    wire::OwnedMessage,
};

const FORMATS: [Format; 3] = [Format::Xml, Format::Json, Format::Query];

/// Both codecs read a text as this value.
#[track_caller]
fn reads<T: OwnedMessage + PartialEq + Debug>(format: Format, text: &str, value: &T) {
    let options = Options::new();
    assert_eq!(&decode_general::<T>(format, text, &options).unwrap(), value, "{text}");
    if let Some(read) = decode_compact::<T>(format, text, &options) {
        assert_eq!(&read, value, "{text}");
    }
}

/// Both codecs write a value as this text, which is read as the value.
#[track_caller]
fn is<T: OwnedMessage + PartialEq + Debug>(value: &T, texts: [&str; 3]) {
    let options = Options::new();
    for (format, text) in FORMATS.into_iter().zip(texts) {
        assert_eq!(encode_general(format, value, &options).unwrap(), text);
        if let Some(written) = encode_compact(format, value, &options) {
            assert_eq!(written, text);
        }
        reads(format, text, value);
    }
}

/// No codec reads a text: a member is missing.
#[track_caller]
fn misses<T: OwnedMessage + PartialEq + Debug>(format: Format, text: &str, path: &str) {
    let options = Options::new();
    let error = from_str_with::<T>(format, text, &options).unwrap_err();
    assert_eq!((error.kind(), error.path()), (&DecodeErrorKind::Missing, path), "{text}");
    assert_eq!(decode_compact::<T>(format, text, &options), None, "{text}");
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Lists {
    #[wire(list(item = "i", always))]
    wrapped: Vec<String>,
    #[wire(list(joined = ",", always))]
    joined: Vec<u32>,
    #[wire(attribute, list(joined = " ", always))]
    marked: Vec<String>,
}

#[test]
fn what_is_always_there_is_written_without_items() {
    is(
        &Lists::default(),
        [
            "<Lists marked=\"\"><wrapped></wrapped><joined></joined></Lists>",
            r#"{"wrapped":[],"joined":"","marked":""}"#,
            "joined=&marked=",
        ],
    );
    is(
        &Lists { wrapped: vec![String::new()], joined: vec![1, 2], marked: vec!["a".into()] },
        [
            "<Lists marked=\"a\"><wrapped><i></i></wrapped><joined>1,2</joined></Lists>",
            r#"{"wrapped":[""],"joined":"1,2","marked":"a"}"#,
            "wrapped=&joined=1%2C2&marked=a",
        ],
    );
    reads(Format::Xml, "<Lists/>", &Lists::default());
}

#[derive(Debug, PartialEq, Wire)]
struct Required {
    #[wire(list(item = "i", required, always))]
    there: Vec<String>,
    #[wire(list(item = "i", required))]
    filled: Vec<u32>,
    #[wire(list(required))]
    flat: Vec<Inner>,
    #[wire(list(joined = ",", required))]
    joined: Vec<u32>,
}

#[derive(Debug, PartialEq, Wire)]
struct Inner {
    #[wire(text, list(joined = " ", required))]
    words: Vec<String>,
}

fn required() -> Required {
    let flat = vec![Inner { words: vec!["a".into(), "b".into()] }];
    Required { there: Vec::new(), filled: vec![1], flat, joined: vec![2] }
}

#[test]
fn a_required_list_is_there_and_has_an_item() {
    is(
        &required(),
        [
            "<Required><there></there><filled><i>1</i></filled><flat>a b</flat><joined>2</joined></Required>",
            r#"{"there":[],"filled":[1],"flat":[{"words":"a b"}],"joined":"2"}"#,
            "filled=1&flat.0.words=a+b&joined=2",
        ],
    );
    let whole = "<Required><there/><filled><i>1</i></filled><flat>a b</flat><joined>2</joined></Required>";
    for (part, less, path) in [
        ("<there/>", "", "Required.there"),
        ("<filled><i>1</i></filled>", "", "Required.filled"),
        ("<i>1</i>", "", "Required.filled"),
        ("<flat>a b</flat>", "", "Required.flat"),
        ("a b", "", "Required.flat[0].words"),
        ("<joined>2</joined>", "", "Required.joined"),
        ("<joined>2", "<joined>", "Required.joined"),
    ] {
        misses::<Required>(Format::Xml, &whole.replace(part, less), path);
    }
    let whole = r#"{"there":[],"filled":[1],"flat":[{"words":"a b"}],"joined":"2"}"#;
    for (part, less, path) in [
        (r#""there":[],"#, "", "there"),
        ("[],", "null,", "there"),
        (r#""filled":[1],"#, "", "filled"),
        ("[1]", "[]", "filled"),
        ("[1]", "null", "filled"),
        ("a b", "", "flat[0].words"),
        ("\"2\"", "\"\"", "joined"),
    ] {
        misses::<Required>(Format::Json, &whole.replace(part, less), path);
    }
    let whole = "filled=1&flat.0.words=a+b&joined=2";
    for (part, path) in [("filled=1&", "filled"), ("flat.0.words=a+b&", "flat"), ("&joined=2", "joined")] {
        misses::<Required>(Format::Query, &whole.replace(part, ""), path);
    }
    for format in FORMATS {
        let error = to_string_with(format, &Required { filled: Vec::new(), ..required() }, &Options::new())
            .unwrap_err();
        assert_eq!(error.kind(), EncodeErrorKind::Empty);
        assert!(error.path().ends_with("filled"), "{}", error.path());
        assert_eq!(
            encode_compact(format, &Required { flat: Vec::new(), ..required() }, &Options::new()),
            None
        );
    }
}

#[derive(Debug, PartialEq, Wire)]
struct Row {
    #[wire(list(empty_is_absent))]
    td: Vec<Option<String>>,
    #[wire(list(item = "n", empty_is_absent))]
    numbers: Vec<Option<f64>>,
    #[wire(list(joined = ",", empty_is_absent))]
    joined: Vec<Option<u32>>,
    #[wire(list(numbered, empty_is_absent))]
    counted: Vec<Option<bool>>,
}

#[test]
fn an_empty_item_is_absent() {
    let row = Row {
        td: vec![None, Some("a".into()), None],
        numbers: vec![Some(1.5), None],
        joined: vec![None, Some(2)],
        counted: vec![None, Some(true)],
    };
    is(
        &row,
        [
            "<Row><td></td><td>a</td><td></td><numbers><n>1.5</n><n></n></numbers><joined>,2</joined>\
             <counted></counted><counted>true</counted></Row>",
            r#"{"td":[null,"a",null],"numbers":[1.5,null],"joined":",2","counted":[null,true]}"#,
            "td=&td=a&td=&numbers=1.5&numbers=&joined=%2C2&counted.1=&counted.2=true",
        ],
    );
    reads(
        Format::Xml,
        "<Row><td/><td>a</td><td></td><numbers><n>1.5</n><n/></numbers><joined>,2</joined><counted/><counted>1</counted></Row>",
        &row,
    );
    reads(Format::Json, r#"{"td":["","a",""],"numbers":[1.5,""],"joined":",2","counted":["",true]}"#, &row);
    let alone = Row { td: vec![None], numbers: Vec::new(), joined: Vec::new(), counted: Vec::new() };
    is(&alone, ["<Row><td></td></Row>", r#"{"td":[null],"numbers":[],"counted":[]}"#, "td="]);
}

#[derive(Debug, PartialEq, Wire)]
struct Named {
    #[wire(attribute, also = ["ID"])]
    id: u32,
    #[wire(name = "autoResponse", also = ["autoresponse", "auto.response"])]
    automatic: Option<bool>,
    #[wire(also = ["User"])]
    user: Vec<String>,
}

#[test]
fn other_names_are_read_and_never_written() {
    let named = Named { id: 1, automatic: Some(true), user: vec!["a".into(), "b".into()] };
    is(
        &named,
        [
            "<Named id=\"1\"><autoResponse>true</autoResponse><user>a</user><user>b</user></Named>",
            r#"{"id":1,"autoResponse":true,"user":["a","b"]}"#,
            "id=1&autoResponse=true&user=a&user=b",
        ],
    );
    for (format, text) in [
        (Format::Xml, "<N ID=\"1\"><User>a</User><autoresponse>1</autoresponse><user>b</user></N>"),
        (
            Format::Xml,
            "<N><id>7</id><autoResponse>0</autoResponse><auto.response>1</auto.response><user>a</user><user>b</user></N>",
        ),
        (Format::Json, r#"{"User":["a","b"],"ID":1,"autoresponse":true}"#),
        (Format::Query, "ID=1&autoresponse=true&User=a&user=b"),
        (Format::Query, "ID=1&auto.response=true&user=a&User=b"),
    ] {
        if text.contains("<id>") {
            // An element is not the attribute, whatever it is called.
            misses::<Named>(format, text, "N.id");
        } else {
            reads(format, text, &named);
        }
    }
    let twice =
        from_str_with::<Named>(Format::Query, "id=1&ID=2", &Options::new().with_strict(true)).unwrap_err();
    assert_eq!((twice.kind(), twice.path()), (&DecodeErrorKind::Duplicate, "id"));
}

#[derive(Debug, PartialEq, Wire)]
struct Switches {
    #[wire(boolean = "1/0")]
    one: bool,
    #[wire(boolean = "-1/0")]
    minus: Vec<bool>,
    #[wire(boolean = "01/00")]
    padded: bool,
    #[wire(boolean = "T/F")]
    letter: Option<bool>,
    #[wire(boolean = "1/")]
    only: bool,
}

#[test]
fn booleans_that_are_numbers_stand_bare_in_json() {
    let switches =
        Switches { one: true, minus: vec![true, false], padded: true, letter: Some(false), only: true };
    let xml = "<Switches><one>1</one><minus>-1</minus><minus>0</minus><padded>01</padded><letter>F</letter>\
               <only>1</only></Switches>";
    is(
        &switches,
        [
            xml,
            r#"{"one":1,"minus":[-1,0],"padded":"01","letter":"F","only":1}"#,
            "one=1&minus=-1&minus=0&padded=01&letter=F&only=1",
        ],
    );
    for text in [
        r#"{"one":"1","minus":["-1","0"],"padded":"01","letter":"F","only":"1"}"#,
        r#"{"one":true,"minus":[true,false],"padded":true,"letter":false,"only":true}"#,
    ] {
        reads(Format::Json, text, &switches);
    }
}

#[derive(Debug, PartialEq, Wire)]
struct Nested {
    lists: Vec<Vec<u32>>,
    #[wire(map(keyed))]
    map: std::collections::BTreeMap<String, Vec<u32>>,
}

/// A query string has no way to say that a list inside another one is empty: it would be gone without a word.
#[test]
fn an_empty_list_inside_another_is_no_query_string() {
    let nested = |lists, key: Option<&str>| Nested {
        lists,
        map: key.map(|key| (key.to_owned(), Vec::new())).into_iter().collect(),
    };
    for (value, path) in
        [(nested(vec![vec![1], vec![]], None), "lists.1"), (nested(vec![], Some("key")), "map.key")]
    {
        let error = to_string_with(Format::Query, &value, &Options::new()).unwrap_err();
        assert_eq!((error.kind(), error.path()), (EncodeErrorKind::Empty, path));
        for format in [Format::Xml, Format::Json] {
            let text = to_string_with(format, &value, &Options::new()).unwrap();
            reads(format, &text, &value);
        }
    }
    is(&nested(vec![], None), ["<Nested></Nested>", r#"{"lists":[],"map":{}}"#, ""]);
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(number)]
enum Code {
    #[wire(name = "0")]
    Done,
    #[wire(name = "17", also = ["017"])]
    TooMany,
    #[wire(other)]
    Other(String),
}

#[derive(Debug, PartialEq, Wire)]
struct Codes {
    code: Vec<Code>,
}

#[test]
fn enumerations_of_numbers_keep_what_they_do_not_know() {
    let codes =
        Codes { code: vec![Code::Done, Code::TooMany, Code::Other("26".into()), Code::Other("x".into())] };
    is(
        &codes,
        [
            "<Codes><code>0</code><code>17</code><code>26</code><code>x</code></Codes>",
            r#"{"code":[0,17,26,"x"]}"#,
            "code=0&code=17&code=26&code=x",
        ],
    );
    reads(Format::Json, r#"{"code":["0","017","26","x"]}"#, &codes);
}

#[derive(Debug, Wire)]
struct Floats {
    number: Vec<f64>,
}

/// JSON has no such numbers: they are texts there, as in the other formats.
#[test]
fn floats_without_a_number_are_texts() {
    let floats =
        Floats { number: vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::MIN_POSITIVE, 1e300] };
    for (format, text) in FORMATS.into_iter().zip([
        "<Floats><number>NaN</number><number>Infinity</number><number>-Infinity</number><number>-0</number>\
         <number>2.2250738585072014e-308</number><number>1e300</number></Floats>",
        r#"{"number":["NaN","Infinity","-Infinity",-0,2.2250738585072014e-308,1e300]}"#,
        "number=NaN&number=Infinity&number=-Infinity&number=-0&number=2.2250738585072014e-308&number=1e300",
    ]) {
        assert_eq!(to_string_with(format, &floats, &Options::new()).unwrap(), text);
        let read: Floats = from_str_with(format, text, &Options::new()).unwrap();
        let bits = |floats: &Floats| floats.number.iter().map(|number| number.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read), bits(&floats));
        for spelled in ["nan", "inf", "-inf", "INF", "infinity"] {
            assert!(
                from_str_with::<Floats>(Format::Query, &format!("number={spelled}"), &Options::new()).is_ok()
            );
        }
    }
}

#[derive(Wire, Debug, Clone, PartialEq)]
struct Basket {
    #[wire(list(numbered = "[]", columns, first = 0))]
    lines: Vec<Line>,
    #[wire(list(numbered = "", columns))]
    notes: Vec<Note>,
    #[wire(name = "size", list(numbered = "[]"))]
    sizes: Vec<u8>,
    #[wire(name = "meta", map(keyed, between = "_"))]
    meta: std::collections::BTreeMap<String, String>,
    #[wire(name = "L_NAME9")]
    other: Option<String>,
}

#[derive(Wire, Debug, Clone, PartialEq)]
struct Line {
    article: String,
    #[wire(name = "price.net")]
    price: Option<u8>,
}

#[derive(Wire, Debug, Clone, PartialEq)]
struct Note {
    #[wire(name = "L_NAME")]
    name: String,
    #[wire(name = "L_AMT")]
    amount: Option<u8>,
}

/// Items whose members have their numbers each, numbers in brackets, and a map that is a prefix.
#[test]
fn columns_and_prefixes_of_a_query_string() {
    let line = |article: &str, price| Line { article: article.into(), price };
    let note = |name: &str, amount| Note { name: name.into(), amount };
    let basket = Basket {
        lines: vec![line("a", Some(1)), line("b", None)],
        notes: vec![note("x", None), note("y", Some(3))],
        sizes: vec![7, 8],
        meta: [("k.l", "1"), ("m", "2")].map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        other: None,
    };
    is(
        &basket,
        [
            "<Basket><lines><article>a</article><price.net>1</price.net></lines><lines><article>b</article></lines>\
             <notes><L_NAME>x</L_NAME></notes><notes><L_NAME>y</L_NAME><L_AMT>3</L_AMT></notes><size>7</size><size>8</size>\
             <meta><k.l>1</k.l><m>2</m></meta></Basket>",
            r#"{"lines":[{"article":"a","price.net":1},{"article":"b"}],"notes":[{"L_NAME":"x"},{"L_NAME":"y","L_AMT":3}],"size":[7,8],"meta":{"k.l":"1","m":"2"}}"#,
            "article%5B0%5D=a&price.net%5B0%5D=1&article%5B1%5D=b&L_NAME1=x&L_NAME2=y&L_AMT2=3&size%5B1%5D=7&size%5B2%5D=8&\
             meta_k.l=1&meta_m=2",
        ],
    );

    // Rows are the numbers that any column has, in their order; a member of the same look is no column.
    let read = |text| {
        from_str_with::<Basket>(Format::Query, text, &Options::new()).map_err(|error| error.to_string())
    };
    let gaps = read("L_AMT10=3&L_NAME10=j&L_NAME9=other&L_NAME2=b&L_OTHER5=1&article=none&meta=x");
    let gaps = gaps.unwrap();
    assert_eq!(gaps.notes, [note("b", None), note("other", None), note("j", Some(3))]);
    assert_eq!((gaps.other.as_deref(), gaps.lines, gaps.meta.len()), (Some("other"), vec![], 0));
    // In a separator of nested names the columns are found as well.
    let nested = Options::new().with_nested("_");
    let found = from_str_with::<Basket>(Format::Query, "L_NAME1=x&L_AMT1=2&meta_a=1", &nested).unwrap();
    assert_eq!((found.notes, found.meta.len()), (vec![note("x", Some(2))], 1));
    assert_eq!(
        read("L_AMT1=3").unwrap_err(),
        "query string, line 1, column 1, at notes[0].L_NAME: a required member is missing, near \"L_AMT1=…\""
    );
}

#[derive(Wire, Debug, Clone, PartialEq)]
struct Album {
    #[wire(json = "@attr", flatten_in = ["xml", "query"])]
    page: Option<Page>,
    title: Option<String>,
    #[wire(attribute, only_in = ["xml"])]
    state: Option<String>,
    #[wire(flatten)]
    more: std::collections::BTreeMap<String, String>,
}

#[derive(Wire, Debug, Clone, PartialEq)]
struct Page {
    #[wire(attribute)]
    number: u8,
    #[wire(attribute, json = "of")]
    total: Option<u8>,
}

/// A structure that is flattened in some formats, and a member that some do not have.
#[test]
fn members_that_are_elsewhere_in_some_formats() {
    let album = |page, state: Option<&str>| Album {
        page,
        title: Some("t".into()),
        state: state.map(str::to_owned),
        more: [("k".to_owned(), "v".to_owned())].into(),
    };
    let page = || Some(Page { number: 1, total: Some(9) });
    is(
        &album(page(), None),
        [
            r#"<Album number="1" total="9"><title>t</title><k>v</k></Album>"#,
            r#"{"@attr":{"number":1,"of":9},"title":"t","k":"v"}"#,
            "number=1&total=9&title=t&k=v",
        ],
    );
    is(
        &album(None, None),
        ["<Album><title>t</title><k>v</k></Album>", r#"{"title":"t","k":"v"}"#, "title=t&k=v"],
    );
    // Written where it is, and kept nowhere else: there it is what nobody described.
    let options = Options::new();
    let stated = album(page(), Some("ok"));
    let text = to_string_with(Format::Xml, &stated, &options).unwrap();
    assert_eq!(text, r#"<Album number="1" total="9" state="ok"><title>t</title><k>v</k></Album>"#);
    reads(Format::Xml, &text, &stated);
    assert_eq!(to_string_with(Format::Query, &stated, &options).unwrap(), "number=1&total=9&title=t&k=v");
    let read = from_str_with::<Album>(Format::Json, r#"{"state":"ok","number":1}"#, &options).unwrap();
    assert_eq!((read.page, read.state, read.more.len()), (None, None, 2));
}
