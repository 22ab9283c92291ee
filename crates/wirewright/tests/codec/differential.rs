//! The compact and the general codecs agree on every input: what the compact one takes, the general one takes with the same
//! value, and what the compact one writes, the general one writes as well.
#![allow(clippy::unwrap_used, clippy::too_many_lines)]
#![allow(clippy::disallowed_methods, reason = "more cases where the environment asks for them")]

use std::{collections::BTreeMap, fmt::Debug};

use crate::support::{
    Circle, Flat, Label, Lists, Maps, Open, Pairs, Scalars, Tree, Unions,
    login::{Data, Reply},
};
use proptest::prelude::*;
use wirewright::{
    Format, Limits, Options, Secret, Wire,
    alone::{decode_compact, decode_general, encode_compact, encode_general},
    testing::{Sample, arbitrary, sample},
    wire::{Document, OwnedMessage},
};

const FORMATS: [Format; 3] = [Format::Xml, Format::Json, Format::Query];

/// What the compact readers take, in all of its forms.
#[derive(Debug, PartialEq, Wire)]
#[wire(root = "out", json_root = "out")]
struct Plain {
    #[wire(attribute, name = "api_method")]
    method: String,
    #[wire(attribute)]
    version: Option<u16>,
    rc: i32,
    nrows: u64,
    #[wire(name = "a-b.c")]
    dotted: Option<String>,
    #[wire(name = "größe")]
    size: Option<f64>,
    msg: Option<String>,
    active: bool,
    #[wire(boolean = "1/0")]
    numeric: Option<bool>,
    #[wire(boolean = "presence")]
    kept: bool,
    #[wire(empty_is_absent)]
    blank: Option<i64>,
    #[wire(default)]
    weight: f64,
    day: Option<Day>,
    small: Option<i8>,
    #[wire(list(item = "tr"))]
    table: Vec<Row>,
    row: Vec<Row>,
    tag: Vec<String>,
    maybe: Vec<Option<u32>>,
    #[wire(list(joined = ","))]
    joined: Vec<u8>,
    optional: Option<Vec<bool>>,
    #[wire(list(item = "td", empty_is_absent, required))]
    cells: Vec<Option<String>>,
    #[wire(list(empty_is_absent))]
    td: Vec<Option<f64>>,
    #[wire(list(item = "i", empty_is_absent))]
    ticks: Vec<Option<bool>>,
    #[wire(list(item = "i", always, required), also = ["THERE"])]
    there: Vec<i32>,
    #[wire(list(joined = ";", always))]
    marks: Vec<String>,
    label: Option<Label>,
    inner: Option<Box<Plain>>,
    secret: Secret<String>,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "tr")]
struct Row {
    id: u64,
    store: String,
    qty: i32,
    price: f64,
    note: Option<String>,
}

#[derive(Debug, PartialEq, Wire)]
enum Day {
    Monday,
    #[wire(other)]
    Other(String),
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r", rename_all = "camelCase")]
struct Query {
    status_code: u16,
    status_text: String,
    #[wire(name = "openid.mode")]
    mode: Option<String>,
    request_id: Option<u64>,
    tags: Vec<String>,
    numbers: Vec<i64>,
    #[wire(json = "a\"", query = "a[]")]
    bracketed: Option<String>,
    flag: Option<bool>,
}

#[derive(Debug, PartialEq, Wire)]
struct Form {
    code: Option<u16>,
    #[wire(flatten)]
    fields: BTreeMap<String, String>,
}

/// The same, in the order of the wire.
#[derive(Debug, PartialEq, Wire)]
struct Fields {
    code: Option<u16>,
    #[wire(flatten)]
    fields: Vec<(String, String)>,
}

/// What an input is damaged with.
const DAMAGE: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "<",
    ">",
    "/",
    "</",
    "/>",
    "<a>",
    "<x/>",
    "<x y='1'/>",
    "<x y='1' y='2'/>",
    "</x>",
    "<!--",
    "-->",
    "<!-- c -->",
    "<!---->",
    "<!-->",
    "<![CDATA[",
    "]]>",
    "<![CDATA[<&]]>",
    "<?x?>",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE out>",
    " a=\"1\"",
    " a='&lt;'",
    " xmlns=\"u\"",
    " xmlns:p='u'",
    " xsi:nil='1'",
    " p:a='1'",
    "p:",
    "&",
    "&amp;",
    "&#65;",
    "&#x41;",
    "&#0;",
    "&nbsp;",
    "\u{1}",
    "\u{ffff}",
    "\u{feff}",
    "é",
    "\u{ef53}",
    "\"",
    "'",
    "=",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u0041",
    "\\ud83c",
    "\\ud83c\\udf89",
    "\\udf89",
    "\\n",
    "null",
    "true",
    "false",
    "\"x\":1,",
    ",\"x\":[{}]",
    "[1]",
    "0",
    "00",
    "-",
    "-0",
    "1.50",
    "1e5",
    "1.",
    ".5",
    "+1",
    "99999999999999999999",
    "123456789012345678",
    "%",
    "%41",
    "%C3%A9",
    "%ff",
    "+",
    "&x=1",
    "&x.y=1",
    "&&",
    ".",
    "&a%5B%5D=1",
    "rc",
    "<rc>1</rc>",
    "<row/>",
    "<tag>t</tag>",
    ",\"rc\":2",
    "&statusCode=2",
    "&tags=x",
    "&flag",
];

fn damage(text: &mut String, changes: &[(u16, u8, u8, u16)]) {
    for (place, length, insert, source) in changes {
        let boundary = |text: &str, place: usize| {
            let mut place = place % (text.len() + 1);
            while !text.is_char_boundary(place) {
                place -= 1;
            }
            place
        };
        let from = boundary(text, (*place).into());
        let to = (from + usize::from(length % 32).saturating_sub(20)).min(text.len());
        let to = (to..=text.len()).find(|to| text.is_char_boundary(*to)).unwrap_or(text.len());
        if *insert == u8::MAX {
            // A piece of the text itself, so that things come twice or elsewhere.
            let start = boundary(text, (*source).into());
            let end = boundary(text, usize::from(*source) + usize::from(*length));
            let piece = text.get(start.min(end)..start.max(end)).unwrap_or_default().to_owned();
            text.replace_range(from..to, &piece);
        } else {
            text.replace_range(from..to, DAMAGE[usize::from(*insert) % DAMAGE.len()]);
        }
    }
}

/// Whether the compact reader took it.
fn agree<T: OwnedMessage + PartialEq + Debug>(format: Format, text: &str, options: &Options) -> bool {
    let compact = decode_compact::<T>(format, text, options);
    let Some(compact) = compact else { return false };
    match decode_general::<T>(format, text, options) {
        Ok(general) => {
            assert_eq!(format!("{compact:?}"), format!("{general:?}"), "{format}: {text}");
            // Secrets are not shown, and a NaN is not equal to itself.
            #[allow(clippy::eq_op, reason = "a NaN is not equal to itself")]
            let nan = general != general;
            assert!(nan || compact == general, "{format}: {text}");
        }
        Err(error) => panic!("{format}: {error}: {text}: {compact:?}"),
    }
    true
}

fn options() -> [Options; 4] {
    [
        Options::new(),
        Options::new().with_strict(true),
        Options::new().with_limits(Limits::new().with_max_depth(3)).with_nested("_"),
        Options::new().with_limits(Limits::new().with_max_bytes(100)).with_nested("["),
    ]
}

fn mutate<T: OwnedMessage + PartialEq + Debug>(bytes: &[u8], changes: &[(u16, u8, u8, u16)]) {
    let message = arbitrary::<T>(bytes);
    for format in FORMATS {
        for options in options() {
            let general = encode_general(format, &message, &options);
            if let Some(compact) = encode_compact(format, &message, &options) {
                assert_eq!(Some(compact), general.ok(), "{message:?}");
            }
        }
        let text = encode_general(format, &message, &Options::new()).unwrap();
        for count in 0..=changes.len() {
            let mut text = text.clone();
            damage(&mut text, &changes[..count]);
            for options in options() {
                agree::<T>(format, &text, &options);
            }
        }
    }
}

fn cases() -> u32 {
    std::env::var("DIFFERENTIAL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(800)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn damaged_messages(
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
        changes in proptest::collection::vec(any::<(u16, u8, u8, u16)>(), 0..5),
    ) {
        mutate::<Plain>(&bytes, &changes);
        mutate::<Query>(&bytes, &changes);
        mutate::<Scalars>(&bytes, &changes);
        mutate::<Lists>(&bytes, &changes);
        mutate::<Tree>(&bytes, &changes);
        mutate::<Reply>(&bytes, &changes);
        mutate::<Row>(&bytes, &changes);
        mutate::<Kept>(&bytes, &changes);
    }

    #[test]
    fn other_forms(
        bytes in proptest::collection::vec(any::<u8>(), 0..80),
        changes in proptest::collection::vec(any::<(u16, u8, u8, u16)>(), 0..3),
    ) {
        mutate::<Maps>(&bytes, &changes);
        mutate::<Pairs>(&bytes, &changes);
        mutate::<Fields>(&bytes, &changes);
        mutate::<Unions>(&bytes, &changes);
        mutate::<Flat>(&bytes, &changes);
        mutate::<Open>(&bytes, &changes);
        mutate::<Circle>(&bytes, &changes);
        mutate::<Label>(&bytes, &changes);
        mutate::<Data>(&bytes, &changes);
        mutate::<Form>(&bytes, &changes);
    }

    #[test]
    fn items_that_say_little(items in proptest::collection::vec(proptest::sample::select(LITTLE), 0..4)) {
        let list = |before: &str, behind: &str| -> String {
            items.iter().flat_map(|item| [before, *item, behind]).collect()
        };
        let array = format!("[{}]", list("\"", "\",").trim_end_matches(','));
        let texts = [
            (Format::Xml, format!("<r>{}<i>{}</i></r>", list("<n>", "</n>"), list("<b>", "</b>"))),
            (Format::Xml, format!("<r>{}<i>{}</i></r>", list("<s>", "</s>"), list("<c/><b>", "</b >"))),
            (Format::Json, format!("{{\"n\":{array},\"i\":{array}}}")),
            (Format::Json, format!("{{\"s\":{array},\"m\":{array}}}")),
            (Format::Query, format!("{}{}", list("n=", "&"), list("s=", "&")).replace(' ', "+")),
        ];
        for (format, text) in texts {
            agree::<Little>(format, &text, &Options::new());
        }
    }

    #[test]
    fn one_change_of_a_short_text(change in any::<(u16, u8, u8, u16)>()) {
        for (format, text) in SHORT {
            let mut text = (*text).to_owned();
            damage(&mut text, &[change]);
            for options in options() {
                agree::<Row>(*format, &text, &options);
                agree::<Query>(*format, &text, &options);
                agree::<Form>(*format, &text, &options);
                agree::<Fields>(*format, &text, &options);
            }
        }
    }
}

/// Lists whose items may be nothing.
#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Little {
    #[wire(list(empty_is_absent))]
    n: Vec<Option<i64>>,
    #[wire(list(item = "b", empty_is_absent))]
    i: Vec<Option<bool>>,
    #[wire(list(empty_is_absent))]
    s: Vec<Option<String>>,
    m: Vec<Option<f64>>,
}

const LITTLE: &[&str] = &["", " ", "  ", "1", " 0 ", "true"];

const SHORT: &[(Format, &str)] = &[
    (Format::Xml, "<tr><id>1</id><store>a</store><qty>-1</qty><price>1.5</price></tr>"),
    (Format::Json, "{\"id\":1,\"store\":\"a\",\"qty\":-1,\"price\":1.5}"),
    (Format::Query, "id=1&store=a&qty=-1&price=1.5"),
    (Format::Query, "statusCode=1&statusText=a+b&tags=1&tags=2&requestId=7"),
];

/// What is kept as it comes.
#[derive(Debug, PartialEq, Wire)]
#[wire(root = "r")]
struct Kept {
    #[wire(attribute)]
    id: Option<u8>,
    a: Option<String>,
    any: Option<Document>,
    all: Vec<Document>,
    #[wire(rest)]
    rest: Document,
}

/// Values of any form, and what no member is, are read without a tree.
#[test]
fn what_is_kept_is_taken() {
    for (format, text) in [
        (Format::Xml, "<r><q/><a>1</a><q>2</q></r>"),
        (Format::Xml, "<r id='1' x=\"&lt;\" z='2'> <a>1</a> <q y='1'/> <q y='1'> </q> <q> </q></r>"),
        (Format::Xml, "<r><any k='v' l=''>t<b/> <c> x </c><!-- c -->u<![CDATA[ v]]></any></r>"),
        (Format::Xml, "<r>\r\n<any>\r\n<b>1</b>\r\n<b>\r</b></any><any2>&#65;&amp;b</any2></r>"),
        (Format::Xml, "<r><all>1</all><all><x/></all><all> </all></r>"),
        (Format::Xml, "<r xmlns='u'><any xmlns='u'><b xmlns='u'>1</b></any><q><w/><w/></q></r>"),
        (Format::Json, r#"{"q":1.50e0,"a":"1","q":[{},[],null,true],"é\u0041\"":{"q":0,"q":-0}}"#),
        (
            Format::Json,
            r#" { "any" : { "b" : [ 1 , "\ud83c\udf89" ] } , "all" : [ 1 , null , [ ] , false ] } "#,
        ),
        (Format::Json, r#"{"any":"","rest":{"a":1},"r":null}"#),
    ] {
        assert!(agree::<Kept>(format, text, &Options::new()), "{text}");
    }
}

/// The compact readers do take what they are for; otherwise agreeing is easy.
#[test]
fn usual_variations_are_taken() {
    let taken: &[(Format, &str)] = &[
        (Format::Xml, "<tr><id>1</id><store>a</store><qty>-1</qty><price>1.5</price></tr>"),
        (
            Format::Xml,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- c -->\r\n<any>\r\n<id> 1 </id>\r\n<store>a\r\nb</store><qty>+1</qty><price>1e5</price></any >\r\n",
        ),
        (
            Format::Xml,
            "<tr xmlns='u' a='&lt;'><price>1</price><x><y z='1'/>t&amp;<!-- c --></x><store><![CDATA[<&]]>&lt;&#65;<!-- c -->z</store><qty>1</qty>text<id>1</id></tr>",
        ),
        (Format::Xml, "<tr><id a='1'>1</id><store/><qty>1</qty><price>.5</price><note></note></tr>"),
        (
            Format::Json,
            " { \"price\" : 1e5 , \"x\" : [ { \"y\" : null } , 1.5 ] , \"id\" : \"1\" , \"store\" : \"\\u00e9\\ud83c\\udf89\\n\" , \"qty\" : 1 , \"note\" : null } ",
        ),
        (Format::Query, "x=1&price=1.5&&id=%31&store=a+%C3%A9%ff%zz&qty=1"),
    ];
    for (format, text) in taken {
        assert!(agree::<Row>(*format, text, &Options::new()), "{text}");
    }
    for format in [Format::Xml, Format::Json] {
        for kind in [Sample::Full, Sample::Minimal] {
            let text = encode_compact(format, &sample::<Plain>(kind), &Options::new()).unwrap();
            assert!(agree::<Plain>(format, &text, &Options::new()), "{text}");
        }
    }
    let form = "b=2&code=7&a=1&b=%33+&a=";
    // A map has each key once, a list of pairs as often as it comes.
    assert!(agree::<Form>(Format::Query, "b=%33+&code=7&a=1", &Options::new()));
    assert!(!agree::<Form>(Format::Query, form, &Options::new()));
    assert!(agree::<Fields>(Format::Query, form, &Options::new()));
    assert!(decode_compact::<Flat>(Format::Xml, "<a/>", &Options::new()).is_none());
}

macro_rules! wide {
    ($name:ident: $($member:ident)*) => {
        #[derive(Debug, PartialEq, Wire)]
        struct $name {
            $($member: u8,)*
        }
    };
}

wide! { Widest:
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 m10 m11 m12 m13 m14 m15 m16 m17 m18 m19 m20 m21 m22 m23 m24 m25
    m26 m27 m28 m29 m30 m31 m32 m33 m34 m35 m36 m37 m38 m39 m40 m41 m42 m43 m44 m45 m46 m47 m48 m49
    m50 m51 m52 m53 m54 m55 m56 m57 m58 m59 m60 m61 m62 m63
}

wide! { TooWide:
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 m10 m11 m12 m13 m14 m15 m16 m17 m18 m19 m20 m21 m22 m23 m24 m25
    m26 m27 m28 m29 m30 m31 m32 m33 m34 m35 m36 m37 m38 m39 m40 m41 m42 m43 m44 m45 m46 m47 m48 m49
    m50 m51 m52 m53 m54 m55 m56 m57 m58 m59 m60 m61 m62 m63
    m64
}

/// As many members as the compact readers keep count of, and one more, which is for the general ones.
#[test]
fn many_members() {
    let options = Options::new();
    for format in FORMATS {
        let widest = encode_compact(format, &sample::<Widest>(Sample::Full), &options).unwrap();
        assert!(agree::<Widest>(format, &widest, &options), "{widest}");
        assert!(decode_compact::<TooWide>(format, &widest, &options).is_none());
        let text = encode_compact(format, &sample::<TooWide>(Sample::Full), &options).unwrap();
        assert!(decode_compact::<TooWide>(format, &text, &options).is_none());
        assert_eq!(decode_general::<TooWide>(format, &text, &options).unwrap(), sample(Sample::Full));
        assert!(decode_compact::<Widest>(format, &widest.replace("m63", "m00"), &options).is_none());
    }
}
