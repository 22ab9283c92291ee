//! Types that use every form of the description, for the codecs to read.

mod twins;

use std::{borrow::Cow, collections::BTreeMap};

use wirewright::{Blob, DateTime, DateTimeFormats, Secret, Wire, wire::Document};

pub(crate) use self::twins::{borrowed, owned};

/// The date formats of the vendors that are known, and more.
#[derive(Debug)]
pub(crate) enum Stamps {}

impl DateTimeFormats for Stamps {
    const FORMATS: &'static [&'static str] =
        &["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%SZ", "%Y-%m-%dT%H:%M:%S%.fZ", "%d/%m/%Y", "%s"];
    const SAMPLES: &'static [&'static str] = &[
        "2008-09-30 15:56:42",
        "2008-09-30 15:56:42Z",
        "2008-09-30T15:56:42.5Z",
        "30/09/2008",
        "1222790202",
    ];
}

/// A scalar of every kind.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(
    root = "response",
    json_root = "response",
    namespace = "https://api.example",
    rename_all = "camelCase"
)]
pub(crate) struct Scalars {
    status_code: i64,
    #[wire(attribute, xml = "id", json = "identifier", query = "id[]")]
    id: Option<String>,
    text: String,
    secret: Option<Secret<String>>,
    small: Option<u8>,
    big: Option<u64>,
    signed: Option<i32>,
    float: Option<f64>,
    flag: Option<bool>,
    #[wire(boolean = "1/0")]
    numeric: Option<bool>,
    #[wire(boolean = "yes/no", default)]
    kept: bool,
    #[wire(boolean = "presence")]
    present: bool,
    #[wire(empty_is_absent)]
    blank: Option<String>,
    #[wire(name = "openid.mode")]
    dotted: Option<String>,
    bytes: Option<Blob>,
    stamp: Option<DateTime<Stamps>>,
    word: Option<Word>,
    code: Option<Code>,
    node: Document,
}

/// Texts.
#[derive(Clone, Debug, PartialEq, Wire)]
pub(crate) enum Word {
    /// One with another spelling.
    #[wire(name = "SUCCESS", also = ["OK"])]
    Success,
    /// The empty one.
    #[wire(name = "")]
    Unsaid,
    /// Any other.
    #[wire(other)]
    Other(String),
}

/// Texts that are numbers.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(number)]
pub(crate) enum Code {
    /// Zero.
    #[wire(name = "0")]
    Fine,
    /// Any other.
    #[wire(other)]
    Other(String),
}

/// A text of its own type.
#[derive(Clone, Debug, PartialEq, Wire)]
pub(crate) struct Name(String);

/// A structure of an attribute and an element.
#[derive(Clone, Debug, PartialEq, Wire)]
pub(crate) struct Part {
    #[wire(attribute)]
    unit: Option<String>,
    size: u32,
}

/// A structure of an attribute and a text.
#[derive(Clone, Debug, PartialEq, Wire)]
pub(crate) struct Label {
    #[wire(attribute)]
    language: Option<String>,
    #[wire(text)]
    text: Option<String>,
}

/// A list of every form.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "lists")]
pub(crate) struct Lists {
    repeated: Vec<String>,
    #[wire(list(item = "item"))]
    wrapped: Vec<i32>,
    #[wire(list(joined = ","))]
    joined: Vec<Name>,
    #[wire(list(numbered))]
    numbered: Vec<u16>,
    #[wire(list(item = "part", numbered = "member", first = 0))]
    members: Vec<Part>,
    parts: Vec<Part>,
    maybe: Option<Vec<Part>>,
    nested: Vec<Vec<String>>,
    #[wire(list(item = "union"))]
    unions: Vec<External>,
    internal: Vec<Internal>,
}

/// What means that something is absent, and what namespaces keep apart.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "meanings")]
pub(crate) struct Meanings {
    #[wire(attribute, name = "lang", namespace = "http://www.w3.org/XML/1998/namespace")]
    language: Option<String>,
    #[wire(attribute, name = "by", namespace = "x")]
    by: Option<String>,
    item: Option<String>,
    #[wire(xml = "item", json = "other", query = "other", namespace = "x")]
    other: Option<String>,
    #[wire(absent = ["-1", "true"])]
    number: Option<i64>,
    #[wire(absent = ["N/A"])]
    float: Option<f64>,
    #[wire(absent = ["null", ""])]
    text: Option<String>,
    #[wire(empty_is_absent)]
    part: Option<Part>,
    #[wire(map(keyed))]
    several: Vec<(String, String)>,
    #[wire(map(keyed, empty_is_absent))]
    values: BTreeMap<String, Option<i64>>,
    #[wire(list(empty_is_absent))]
    gaps: Vec<Option<Part>>,
    #[wire(list(numbered, always))]
    given: Option<Vec<String>>,
    #[wire(whole)]
    whole: Vec<Part>,
}

/// A map of every form.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "maps")]
pub(crate) struct Maps {
    entries: BTreeMap<String, String>,
    #[wire(map(keyed))]
    keyed: BTreeMap<String, String>,
    #[wire(map(flat, key = "name", value = "count"))]
    bare: BTreeMap<String, u32>,
    #[wire(map(keyed))]
    parts: BTreeMap<String, Part>,
    #[wire(map(keyed))]
    lists: BTreeMap<String, Vec<String>>,
    missing: BTreeMap<String, Option<String>>,
}

/// A union whose tag is the name of its payload.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(rename_all = "camelCase")]
pub(crate) enum External {
    /// With a structure.
    Part(Part),
    /// With a text and an attribute.
    Label(Label),
    /// With nothing.
    Nothing,
    /// Any other.
    #[wire(other)]
    Other(String, Document),
}

/// A union whose tag is among its payload's members.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(tag = "type", rename_all = "camelCase")]
pub(crate) enum Internal {
    /// With a structure.
    Part(Part),
    /// With nothing.
    Nothing,
    /// Any other.
    #[wire(other)]
    Other(String, Document),
}

/// A union whose payload is a member of its own.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(tag = "type", content = "body", rename_all = "camelCase")]
pub(crate) enum Adjacent {
    /// With a structure.
    Part(Part),
    /// With a text.
    Word(String),
    /// With nothing.
    Nothing,
    /// Any other.
    #[wire(other)]
    Other(String, Document),
}

/// Unions as members.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "unions")]
pub(crate) struct Unions {
    external: External,
    internal: Option<Internal>,
    adjacent: Option<Adjacent>,
}

/// A structure that is among the members of another one.
#[derive(Clone, Debug, PartialEq, Wire)]
pub(crate) struct Inner {
    depth: u32,
    #[wire(flatten)]
    part: Option<Shared>,
}

/// A structure that is among the members of that one.
#[derive(Clone, Debug, PartialEq, Wire)]
pub(crate) struct Shared {
    #[wire(attribute)]
    id: Option<String>,
    size: Option<u32>,
}

/// Members of several structures, and what is left in a map.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "flat")]
pub(crate) struct Flat {
    name: String,
    #[wire(flatten)]
    inner: Option<Inner>,
    #[wire(flatten)]
    rest: BTreeMap<String, String>,
}

/// A union among other members, and what is left as it came.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "open")]
pub(crate) struct Open {
    name: String,
    #[wire(flatten)]
    internal: Internal,
    #[wire(flatten)]
    rest: Document,
}

/// A list of unions among other members.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "shapes")]
pub(crate) struct Shapes {
    before: Option<String>,
    #[wire(flatten)]
    shapes: Vec<External>,
}

/// A structure that holds itself.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "tree")]
pub(crate) struct Tree {
    #[wire(attribute)]
    name: String,
    first: Option<Box<Tree>>,
    #[wire(list(item = "tree"))]
    others: Vec<Tree>,
}

/// A structure that borrows from its input.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "borrowed")]
pub(crate) struct Borrowed<'a> {
    #[wire(attribute)]
    id: Option<Cow<'a, str>>,
    texts: Vec<Cow<'a, str>>,
}
