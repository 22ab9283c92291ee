//! Types that use every form of the description, written by hand.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::wildcard_imports)]

use std::{borrow::Cow, collections::BTreeMap};

use wirewright::{DecodeError, wire::*};

macro_rules! message {
    ($name:ident, $root:literal, $json_root:expr; $($field:ident: $type:ty = $member:expr;)*) => {
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(pub $field: $type,)*
        }

        impl ToWire for $name {
            fn value(&self) -> Value<'_> {
                Value::Record(self)
            }
        }

        impl<'de> FromWire<'de> for $name {
            fn empty() -> Self {
                Self { $($field: <$type as FromWire<'de>>::empty(),)* }
            }

            fn slot(&mut self) -> Slot<'_, 'de> {
                Slot::Record(self)
            }
        }

        impl Record for $name {
            fn put(&self, encoder: &mut dyn Encoder) {
                encoder.record(Self::SHAPE, &[$(self.$field.value(),)*]);
            }
        }

        impl<'de> Fill<'de> for $name {
            fn fill(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), DecodeError> {
                decoder.record(Self::SHAPE, &mut [$(self.$field.slot(),)*])
            }

            fn clear(&mut self) {
                *self = <Self as FromWire<'de>>::empty();
            }
        }

        impl Message for $name {
            const SHAPE: &'static Shape = &Shape {
                root: $root,
                json_root: $json_root,
                namespace: None,
                members: &[$(Member { required: !<$type as ToWire>::OPTIONAL, ..$member },)*],
            };
        }
    };
}

macro_rules! union {
    ($name:ident, $tagging:expr) => {
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            Circle(Circle),
            Label(Label),
            Nothing,
            Other(String, Node),
        }

        impl $name {
            const TAGGING: &'static Tagging = &$tagging;
        }

        impl ToWire for $name {
            fn value(&self) -> Value<'_> {
                Value::Choice(self)
            }
        }

        impl<'de> FromWire<'de> for $name {
            fn empty() -> Self {
                Self::Nothing
            }

            fn slot(&mut self) -> Slot<'_, 'de> {
                Slot::Choice(self)
            }
        }

        impl Variant for $name {
            fn tagging(&self) -> &'static Tagging {
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

        impl<'de> Choice<'de> for $name {
            fn tagging(&self) -> &'static Tagging {
                Self::TAGGING
            }

            fn pick(&mut self, tag: &str) -> Result<Slot<'_, 'de>, Expected> {
                *self = match tag {
                    "circle" => Self::Circle(Circle::empty()),
                    "label" => Self::Label(Label::empty()),
                    "nothing" => Self::Nothing,
                    other => Self::Other(other.to_owned(), Node::Null),
                };
                Ok(match self {
                    Self::Circle(payload) => payload.slot(),
                    Self::Label(payload) => payload.slot(),
                    Self::Nothing => Slot::Ignore,
                    Self::Other(_, node) => Slot::Node(node),
                })
            }
        }
    };
}

const VARIANTS: &[&str] = &["circle", "label", "nothing"];
const TYPE: Names = Names { xml: "type", json: "kind", query: "type" };
const BODY: Names = Names { xml: "body", json: "body", query: "body" };

union!(External, Tagging { tag: None, content: None, variants: VARIANTS });
union!(Internal, Tagging { tag: Some(TYPE), content: None, variants: VARIANTS });
union!(Adjacent, Tagging { tag: Some(TYPE), content: Some(BODY), variants: VARIANTS });

const fn flat(name: &'static str) -> Member {
    Member { place: Place::Flatten, ..Member::named(name) }
}

const fn attribute(name: &'static str) -> Member {
    Member { place: Place::Attribute, ..Member::named(name) }
}

const fn list(name: &'static str, list: ListForm) -> Member {
    Member { list, ..Member::named(name) }
}

const fn map(name: &'static str, map: MapForm) -> Member {
    Member { map, ..Member::named(name) }
}

const WRAPPED: ListForm = ListForm { item: Some("item"), ..ListForm::REPEATED };
const ONE_ZERO: &Booleans = &Booleans { yes: "1", no: Some("0") };
const PRESENCE: &Booleans = &Booleans { yes: "yes", no: None };

message! { Circle, "circle", None;
    radius: f64 = Member::named("radius");
    unit: Option<String> = attribute("unit");
}

message! { Label, "label", None;
    language: Option<String> = attribute("language");
    text: Option<String> = Member { place: Place::Text, ..Member::named("text") };
}

message! { Scalars, "response", Some("response");
    code: u32 = Member::named("statusCode");
    text: String = Member::named("statusText");
    big: u64 = Member::named("big");
    small: u8 = Member::named("small");
    signed: i64 = Member::named("signed");
    float: f64 = Member::named("float");
    flag: bool = Member::named("flag");
    numeric: Option<bool> = Member { boolean: Some(ONE_ZERO), ..Member::named("numeric") };
    presence: bool = Member { boolean: Some(PRESENCE), ..Member::named("presence") };
    note: Option<String> = Member::named("note");
    blank: Option<String> = Member { empty_is_absent: true, ..Member::named("blank") };
    dotted: Option<String> = Member::named("openid.mode");
    node: Node = Member::named("node");
}

message! { Lists, "lists", None;
    repeated: Vec<String> = Member::named("repeated");
    wrapped: Vec<i32> = list("wrapped", WRAPPED);
    joined: Vec<String> = list("joined", ListForm { joined: Some(","), ..ListForm::REPEATED });
    numbered: Vec<u16> = list("numbered", ListForm { numbered: Some(Numbered { infix: "", first: 1 }), ..ListForm::REPEATED });
    members: Vec<Circle> = list("members", ListForm { numbered: Some(Numbered { infix: "member", first: 1 }), ..WRAPPED });
    circles: Vec<Circle> = Member::named("circles");
    maybe: Option<Vec<Circle>> = Member::named("maybe");
    nested: Vec<Vec<String>> = Member::named("nested");
    unions: Vec<External> = list("unions", WRAPPED);
    internal: Vec<Internal> = Member::named("internal");
}

message! { Maps, "maps", None;
    entries: BTreeMap<String, String> = map("entries", MapForm::WRAPPED);
    keyed: BTreeMap<String, String> = map("keyed", MapForm::KEYED);
    bare: BTreeMap<String, u32> = map("bare", MapForm { entry: None, key: "name", value: "count" });
    circles: BTreeMap<String, Circle> = map("circles", MapForm::KEYED);
    lists: BTreeMap<String, Vec<String>> = map("lists", MapForm::KEYED);
    missing: BTreeMap<String, Option<String>> = map("missing", MapForm::WRAPPED);
}

message! { Unions, "unions", None;
    external: External = Member::named("external");
    internal: Internal = Member::named("internal");
    adjacent: Option<Adjacent> = Member::named("adjacent");
}

message! { Part, "part", None;
    id: Option<String> = attribute("id");
    size: Option<u32> = Member::named("size");
}

message! { Inner, "inner", None;
    depth: u32 = Member::named("depth");
    part: Option<Part> = flat("part");
}

message! { Flat, "flat", None;
    name: String = Member::named("name");
    inner: Option<Inner> = flat("inner");
    choice: External = flat("choice");
    rest: BTreeMap<String, String> = Member { map: MapForm::KEYED, ..flat("rest") };
}

message! { FlatList, "flatList", None;
    before: Option<String> = Member::named("before");
    shapes: Vec<External> = flat("shapes");
}

message! { Open, "open", None;
    name: String = Member::named("name");
    internal: Internal = flat("internal");
    rest: Node = flat("rest");
}

message! { Tree, "tree", None;
    name: String = attribute("name");
    first: Option<Box<Tree>> = Member::named("first");
    others: Vec<Tree> = list("others", WRAPPED);
}

#[derive(Clone, Debug, PartialEq)]
pub struct Borrowed<'a> {
    pub text: Cow<'a, str>,
}

impl ToWire for Borrowed<'_> {
    fn value(&self) -> Value<'_> {
        Value::Record(self)
    }
}

impl<'de> FromWire<'de> for Borrowed<'de> {
    fn empty() -> Self {
        Self { text: Cow::Borrowed("") }
    }

    fn slot(&mut self) -> Slot<'_, 'de> {
        Slot::Record(self)
    }
}

impl Record for Borrowed<'_> {
    fn put(&self, encoder: &mut dyn Encoder) {
        encoder.record(Self::SHAPE, &[self.text.value()]);
    }
}

impl<'de> Fill<'de> for Borrowed<'de> {
    fn fill(&mut self, decoder: &mut dyn Decoder<'de>) -> Result<(), DecodeError> {
        decoder.record(Self::SHAPE, &mut [self.text.slot()])
    }

    fn clear(&mut self) {
        *self = Self::empty();
    }
}

impl Message for Borrowed<'_> {
    const SHAPE: &'static Shape =
        &Shape { root: "borrowed", json_root: None, namespace: None, members: &[Member::named("text")] };
}

/// `response.data.token.a`, as a login answers.
pub mod login {
    use super::*;

    message! { Token, "token", None;
        a: String = Member::named("a");
        expires: u32 = Member::named("expiresIn");
    }

    message! { Data, "data", None;
        token: Option<Token> = Member::named("token");
    }

    message! { Reply, "response", Some("response");
        code: u32 = Member::named("statusCode");
        text: Option<String> = Member::named("statusText");
        data: Option<Data> = Member::named("data");
    }
}
