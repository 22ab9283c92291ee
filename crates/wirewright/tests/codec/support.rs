//! Types that use every form of the description.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::wildcard_imports)]

use std::{borrow::Cow, collections::BTreeMap};

use wirewright::{Wire, wire::*};

macro_rules! union {
    ($name:ident, $tagging:expr) => {
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            Circle(Circle),
            Label(Label),
            Nothing,
            Other(String, Document),
        }

        impl $name {
            const TAGGING: &'static UnionShape = &$tagging;
        }

        impl ToWire for $name {
            fn value(&self) -> Value<'_> {
                Value::Union(self)
            }
        }

        impl<'de> FromWire<'de> for $name {
            const SLOT_KIND: SlotKind = SlotKind::Union(Self::TAGGING);

            fn empty() -> Self {
                Self::Nothing
            }

            fn slot(&mut self) -> Slot<'_, 'de> {
                Slot::Union(self)
            }
        }

        impl UnionValue for $name {
            fn shape(&self) -> &'static UnionShape {
                Self::TAGGING
            }

            fn tag(&self) -> &str {
                match self {
                    Self::Circle(_) => "circle",
                    Self::Label(_) => "label",
                    Self::Nothing => "nothing",
                    Self::Other(tag, _) => tag,
                }
            }

            fn payload(&self) -> Value<'_> {
                match self {
                    Self::Circle(payload) => payload.value(),
                    Self::Label(payload) => payload.value(),
                    Self::Nothing => Value::Absent,
                    Self::Other(_, node) => node.value(),
                }
            }
        }

        impl<'de> UnionSlot<'de> for $name {
            fn shape(&self) -> &'static UnionShape {
                Self::TAGGING
            }

            fn pick(&mut self, tag: &str) -> Result<Slot<'_, 'de>, Expected> {
                *self = match tag {
                    "circle" => Self::Circle(Circle::empty()),
                    "label" => Self::Label(Label::empty()),
                    "nothing" => Self::Nothing,
                    other => Self::Other(other.to_owned(), Document::Null),
                };
                Ok(match self {
                    Self::Circle(payload) => payload.slot(),
                    Self::Label(payload) => payload.slot(),
                    Self::Nothing => Slot::Ignore,
                    Self::Other(_, node) => Slot::Document(node),
                })
            }

            fn clear(&mut self) {
                *self = Self::empty();
            }
        }
    };
}

const VARIANTS: &[&str] = &["circle", "label", "nothing"];
const TYPE: Names = Names { xml: "type", json: "kind", query: "type" };
const BODY: Names = Names { xml: "body", json: "body", query: "body" };

union!(External, UnionShape { tag: None, content: None, variants: VARIANTS, keeps_unknown: true });
union!(Internal, UnionShape { tag: Some(TYPE), content: None, variants: VARIANTS, keeps_unknown: true });
union!(
    Adjacent,
    UnionShape { tag: Some(TYPE), content: Some(BODY), variants: VARIANTS, keeps_unknown: true }
);

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "circle")]
pub struct Circle {
    pub radius: f64,
    #[wire(attribute)]
    pub unit: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "label")]
pub struct Label {
    #[wire(attribute)]
    pub language: Option<String>,
    #[wire(text)]
    pub text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "response", json_root = "response")]
pub struct Scalars {
    #[wire(name = "statusCode")]
    pub code: u32,
    #[wire(name = "statusText")]
    pub text: String,
    pub big: u64,
    pub small: u8,
    pub signed: i64,
    pub float: f64,
    pub flag: bool,
    #[wire(boolean = "1/0")]
    pub numeric: Option<bool>,
    #[wire(boolean = "yes/")]
    pub presence: bool,
    pub note: Option<String>,
    #[wire(empty_is_absent)]
    pub blank: Option<String>,
    #[wire(name = "openid.mode")]
    pub dotted: Option<String>,
    pub node: Document,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "lists")]
pub struct Lists {
    pub repeated: Vec<String>,
    #[wire(list(item = "item"))]
    pub wrapped: Vec<i32>,
    #[wire(list(joined = ","))]
    pub joined: Vec<String>,
    #[wire(list(numbered))]
    pub numbered: Vec<u16>,
    #[wire(list(item = "item", numbered = "member"))]
    pub members: Vec<Circle>,
    pub circles: Vec<Circle>,
    pub maybe: Option<Vec<Circle>>,
    pub nested: Vec<Vec<String>>,
    #[wire(list(item = "item"))]
    pub unions: Vec<External>,
    pub internal: Vec<Internal>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "maps")]
pub struct Maps {
    #[wire(map(entry = "entry"))]
    pub entries: BTreeMap<String, String>,
    #[wire(map(keyed))]
    pub keyed: BTreeMap<String, String>,
    #[wire(map(flat, key = "name", value = "count"))]
    pub bare: BTreeMap<String, u32>,
    #[wire(map(keyed))]
    pub circles: BTreeMap<String, Circle>,
    #[wire(map(keyed))]
    pub lists: BTreeMap<String, Vec<String>>,
    #[wire(map(entry = "entry"))]
    pub missing: BTreeMap<String, Option<String>>,
}

/// Maps that keep the order of their entries, and keys that come more than once.
#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "pairs")]
pub struct Pairs {
    #[wire(map(entry = "entry"))]
    pub entries: Vec<(String, String)>,
    #[wire(map(keyed))]
    pub keyed: Vec<(String, u32)>,
    #[wire(map(flat, key = "name", value = "circle"))]
    pub bare: Vec<(String, Circle)>,
    #[wire(map(keyed))]
    pub missing: Option<Vec<(String, Vec<String>)>>,
    #[wire(flatten)]
    pub rest: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "unions")]
pub struct Unions {
    pub external: External,
    pub internal: Internal,
    pub adjacent: Option<Adjacent>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "part")]
pub struct Part {
    #[wire(attribute)]
    pub id: Option<String>,
    pub size: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "inner")]
pub struct Inner {
    pub depth: u32,
    #[wire(flatten)]
    pub part: Option<Part>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "flat")]
pub struct Flat {
    pub name: String,
    #[wire(flatten)]
    pub inner: Option<Inner>,
    #[wire(flatten)]
    pub choice: External,
    #[wire(flatten)]
    pub rest: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "flatList")]
pub struct FlatList {
    pub before: Option<String>,
    #[wire(flatten)]
    pub shapes: Vec<External>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "open")]
pub struct Open {
    pub name: String,
    #[wire(flatten)]
    pub internal: Internal,
    #[wire(flatten)]
    pub rest: Document,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "tree")]
pub struct Tree {
    #[wire(attribute)]
    pub name: String,
    pub first: Option<Box<Tree>>,
    #[wire(list(item = "item"))]
    pub others: Vec<Tree>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "borrowed")]
pub struct Borrowed<'a> {
    pub text: Cow<'a, str>,
}

/// `response.data.token.a`, as a login answers.
pub mod login {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Wire)]
    #[wire(root = "token")]
    pub struct Token {
        pub a: String,
        #[wire(name = "expiresIn")]
        pub expires: u32,
    }

    #[derive(Clone, Debug, PartialEq, Wire)]
    #[wire(root = "data")]
    pub struct Data {
        pub token: Option<Token>,
    }

    #[derive(Clone, Debug, PartialEq, Wire)]
    #[wire(root = "response", json_root = "response")]
    pub struct Reply {
        #[wire(name = "statusCode")]
        pub code: u32,
        #[wire(name = "statusText")]
        pub text: Option<String>,
        pub data: Option<Data>,
    }
}
