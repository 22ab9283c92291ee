//! Derived types through the codecs: what each attribute makes of a value in each format, and back again.

use std::{collections::BTreeMap, fmt::Debug};

use wirewright::{
    Format, Options, Wire, from_str_with, to_string_with,
    wire::{Document, OwnedMessage},
};

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "response", json_root = "response", rename_all = "camelCase")]
struct Envelope<T> {
    status_code: u16,
    status_text: Option<String>,
    data: T,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "out")]
struct Flat<T> {
    rc: Code,
    #[wire(flatten)]
    rest: T,
}

#[derive(Debug, PartialEq, Wire)]
struct Members {
    #[wire(attribute, xml = "id", json = "userId", query = "u")]
    id: String,
    #[wire(boolean = "yes/no")]
    kept: bool,
    #[wire(boolean = "presence")]
    kill: bool,
    #[wire(default)]
    count: u32,
    #[wire(empty_is_absent)]
    note: Option<String>,
}

#[derive(Debug, PartialEq, Wire)]
struct Texted {
    #[wire(attribute)]
    lang: String,
    #[wire(text)]
    content: String,
}

#[derive(Debug, PartialEq, Wire)]
struct Lists {
    plain: Vec<String>,
    #[wire(list(item = "user"))]
    wrapped: Vec<Name>,
    #[wire(list(joined = ","))]
    joined: Vec<u32>,
    #[wire(list(item = "m", numbered = "member"))]
    numbered: Vec<String>,
    /// As an API of name-value pairs numbers what it lists: `L_AMT0`.
    #[wire(name = "L_AMT", list(numbered = "", first = 0))]
    behind: Vec<u32>,
}

#[derive(Debug, PartialEq, Wire)]
struct Maps {
    wrapped: BTreeMap<String, String>,
    #[wire(map(keyed))]
    keyed: BTreeMap<String, u32>,
    #[wire(map(flat, key = "k", value = "v"))]
    flat: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
struct Name(String);

#[derive(Debug, PartialEq, Wire)]
#[wire(number)]
enum Code {
    #[wire(name = "0")]
    Fine,
    #[wire(other)]
    Other(String),
}

#[derive(Debug, PartialEq, Wire)]
struct Unions {
    beside: Beside,
    content: Content,
    named: Named,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(tag = "type", rename_all = "camelCase")]
enum Beside {
    SentIm(Texts),
    Offline,
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
#[wire(tag = "type", content = "data", rename_all = "camelCase")]
enum Content {
    SentIm(Texts),
    Word(String),
    Offline,
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
#[wire(rename_all = "camelCase")]
enum Named {
    SentIm(Texts),
    Word(String),
    Offline,
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
struct Texts {
    text: String,
}

fn holds<T: OwnedMessage + Debug + PartialEq>(value: &T, texts: [&str; 3]) {
    let options = Options::new();
    for (format, expected) in [Format::Xml, Format::Json, Format::Query].into_iter().zip(texts) {
        let text = to_string_with(format, value, &options).expect("a value that the format can carry");
        assert_eq!(text, expected, "{format}");
        let back: T =
            from_str_with(format, &text, &options).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert_eq!(&back, value, "{format}");
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn members() {
    let data = Members { id: text("7"), kept: true, kill: true, count: 3, note: None };
    holds(
        &Envelope { status_code: 200, status_text: None, data },
        [
            r#"<response><statusCode>200</statusCode><data id="7"><kept>yes</kept><kill></kill><count>3</count></data></response>"#,
            r#"{"response":{"statusCode":200,"data":{"userId":"7","kept":"yes","kill":"","count":3}}}"#,
            "statusCode=200&data.u=7&data.kept=yes&data.kill=&data.count=3",
        ],
    );
    let rest = Members { id: text("7"), kept: false, kill: false, count: 0, note: Some(text("n")) };
    holds(
        &Flat { rc: Code::Fine, rest },
        [
            r#"<out id="7"><rc>0</rc><kept>no</kept><count>0</count><note>n</note></out>"#,
            r#"{"rc":0,"userId":"7","kept":"no","count":0,"note":"n"}"#,
            "rc=0&u=7&kept=no&count=0&note=n",
        ],
    );
    holds(
        &Texted { lang: text("en"), content: text("a & b") },
        [
            r#"<Texted lang="en">a &amp; b</Texted>"#,
            r#"{"lang":"en","content":"a & b"}"#,
            "lang=en&content=a+%26+b",
        ],
    );
}

#[test]
fn lists_and_maps() {
    let lists = Lists {
        plain: vec![text("a"), text("b")],
        wrapped: vec![Name(text("c")), Name(text("d"))],
        joined: vec![1, 2],
        numbered: vec![text("e"), text("f")],
        behind: vec![7, 8],
    };
    holds(
        &lists,
        [
            "<Lists><plain>a</plain><plain>b</plain><wrapped><user>c</user><user>d</user></wrapped><joined>1,2</joined><numbered><m>e</m><m>f</m></numbered><L_AMT>7</L_AMT><L_AMT>8</L_AMT></Lists>",
            r#"{"plain":["a","b"],"wrapped":["c","d"],"joined":"1,2","numbered":["e","f"],"L_AMT":[7,8]}"#,
            "plain=a&plain=b&wrapped=c&wrapped=d&joined=1%2C2&numbered.member.1=e&numbered.member.2=f&L_AMT0=7&L_AMT1=8",
        ],
    );
    let maps = Maps {
        wrapped: [(text("a"), text("b"))].into(),
        keyed: [(text("c"), 1)].into(),
        flat: [(text("e"), text("f")), (text("g"), text("h"))].into(),
    };
    holds(
        &maps,
        [
            "<Maps><wrapped><entry><key>a</key><value>b</value></entry></wrapped><keyed><c>1</c></keyed><flat><k>e</k><v>f</v></flat><flat><k>g</k><v>h</v></flat></Maps>",
            r#"{"wrapped":{"a":"b"},"keyed":{"c":1},"flat":{"e":"f","g":"h"}}"#,
            "wrapped.entry.1.key=a&wrapped.entry.1.value=b&keyed.c=1&flat.1.k=e&flat.1.v=f&flat.2.k=g&flat.2.v=h",
        ],
    );
}

#[test]
fn unions() {
    let texts = || Texts { text: text("hi") };
    holds(
        &Unions {
            beside: Beside::SentIm(texts()),
            content: Content::SentIm(texts()),
            named: Named::SentIm(texts()),
        },
        [
            "<Unions><beside><type>sentIm</type><text>hi</text></beside><content><type>sentIm</type><data><text>hi</text></data></content><named><sentIm><text>hi</text></sentIm></named></Unions>",
            r#"{"beside":{"type":"sentIm","text":"hi"},"content":{"type":"sentIm","data":{"text":"hi"}},"named":{"sentIm":{"text":"hi"}}}"#,
            "beside.type=sentIm&beside.text=hi&content.type=sentIm&content.data.text=hi&named.sentIm.text=hi",
        ],
    );
    holds(
        &Unions { beside: Beside::Offline, content: Content::Word(text("w")), named: Named::Word(text("w")) },
        [
            "<Unions><beside><type>offline</type></beside><content><type>word</type><data>w</data></content><named><word>w</word></named></Unions>",
            r#"{"beside":{"type":"offline"},"content":{"type":"word","data":"w"},"named":{"word":"w"}}"#,
            "beside.type=offline&content.type=word&content.data=w&named.word=w",
        ],
    );
    holds(
        &Unions { beside: Beside::Offline, content: Content::Offline, named: Named::Offline },
        [
            "<Unions><beside><type>offline</type></beside><content><type>offline</type></content><named><offline></offline></named></Unions>",
            r#"{"beside":{"type":"offline"},"content":{"type":"offline"},"named":"offline"}"#,
            "beside.type=offline&content.type=offline&named.offline=",
        ],
    );
    let unknown = || Document::new().with("a", "b");
    holds(
        &Unions {
            beside: Beside::Other(text("new"), unknown()),
            content: Content::Other(text("new"), unknown()),
            named: Named::Other(text("new"), unknown()),
        },
        [
            "<Unions><beside><type>new</type><a>b</a></beside><content><type>new</type><data><a>b</a></data></content><named><new><a>b</a></new></named></Unions>",
            r#"{"beside":{"type":"new","a":"b"},"content":{"type":"new","data":{"a":"b"}},"named":{"new":{"a":"b"}}}"#,
            "beside.type=new&beside.a=b&content.type=new&content.data.a=b&named.new.a=b",
        ],
    );
    holds(
        &Flat { rc: Code::Other(text("12")), rest: Beside::SentIm(texts()) },
        [
            "<out><rc>12</rc><type>sentIm</type><text>hi</text></out>",
            r#"{"rc":12,"type":"sentIm","text":"hi"}"#,
            "rc=12&type=sentIm&text=hi",
        ],
    );
    holds(
        &Flat { rc: Code::Other(text("012")), rest: Named::SentIm(texts()) },
        [
            "<out><rc>012</rc><sentIm><text>hi</text></sentIm></out>",
            r#"{"rc":"012","sentIm":{"text":"hi"}}"#,
            "rc=012&sentIm.text=hi",
        ],
    );
}
