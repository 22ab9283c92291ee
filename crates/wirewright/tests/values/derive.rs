//! What `#[derive(Wire)]` writes, seen as a codec sees it: the description, the values handed out, the places to fill.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

use wirewright::{
    Wire,
    wire::{
        Aborted, Booleans, Decoder, Document, Encoder, Expected, Fill, FromText, FromWire, ListForm, MapForm,
        Member, MemberLocation, Message, Names, Numbered, Shape, Slot, ToText, ToWire, UnionSlot, UnionValue,
        Value,
    },
};

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "response", json_root = "reply", namespace = "https://example.org", rename_all = "camelCase")]
struct Envelope<T> {
    status_code: u16,
    r#type: Option<String>,
    #[wire(flatten)]
    data: T,
    #[wire(attribute, name = "id", json = "identifier", query = "id[]", empty_is_absent)]
    id: String,
    #[wire(boolean = "yes/no", default)]
    kept: bool,
    #[wire(boolean = "presence", name = "kill")]
    ended: bool,
}

#[derive(Debug, PartialEq, Wire)]
struct Forms<'a> {
    #[wire(text)]
    content: Cow<'a, str>,
    #[wire(boolean = "1/")]
    flag: bool,
    #[wire(list(item = "user", numbered = "member", first = 0))]
    users: Vec<Name>,
    #[wire(list(joined = ","))]
    tags: Vec<Cow<'a, str>>,
    #[wire(list(numbered))]
    plain: Vec<u8>,
    #[wire(map(key = "name"))]
    wrapped: BTreeMap<String, String>,
    #[wire(map(keyed))]
    keyed: BTreeMap<String, String>,
    #[wire(map(flat, value = "text"))]
    flat: BTreeMap<String, String>,
    #[wire(flatten)]
    rest: BTreeMap<String, Document>,
}

#[derive(Clone, Debug, PartialEq, Wire)]
struct Name(String);

#[derive(Debug, PartialEq, Wire)]
struct Page<T>(Vec<T>)
where
    T: Clone;

#[derive(Debug, PartialEq, Wire)]
struct Nothing;

#[derive(Debug, PartialEq, Wire)]
struct Reply {}

#[derive(Debug, PartialEq, Wire)]
struct Tree {
    name: String,
    parent: Option<Box<Tree>>,
    children: Vec<Tree>,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    #[wire(also = ["SUCCESSFUL", "OK"])]
    Success,
    LoggedIn,
    #[wire(other)]
    Other(String),
}

#[derive(Debug, PartialEq, Wire)]
enum Kill {
    #[wire(name = "0")]
    No,
    #[wire(name = "")]
    Unsaid,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(number)]
enum Code {
    #[wire(name = "0")]
    Fine,
    #[wire(name = "-3")]
    Rejection,
    #[wire(other)]
    Other(Box<str>),
}

#[derive(Debug, PartialEq, Wire)]
#[wire(tag = "type", content = "eventData", rename_all = "camelCase")]
enum Event<T> {
    SentIm(Reply),
    #[wire(also = ["gone"])]
    Offline,
    Pair(Box<Event<T>>),
    Any(T),
    #[wire(other)]
    Other(String, Document),
}

#[derive(Debug, PartialEq, Wire)]
enum Expression {
    Not(Box<Self>),
    Word(String),
}

#[derive(Debug, PartialEq, Wire)]
#[wire(union, tag = "kind")]
enum Bare {
    One,
    Two,
}

/// Writes values as one line of text.
#[derive(Default)]
struct Outline(String);

impl Encoder for Outline {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        assert_eq!(shape.members.len(), values.len());
        self.0.push('{');
        for (member, value) in shape.members().zip(values) {
            write!(self.0, "{}=", member.xml()).unwrap_or_default();
            self.value(*value);
            self.0.push(';');
        }
        self.0.push('}');
    }
}

impl Outline {
    fn of(value: &impl ToWire) -> String {
        let mut outline = Self::default();
        outline.value(value.value());
        outline.0
    }

    fn number(&mut self, number: &dyn std::fmt::Display, kind: char) {
        write!(self.0, "{number}{kind}").unwrap_or_default();
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Absent => self.0.push('-'),
            Value::Str(text) => self.0.push_str(text),
            Value::U64(number) => self.number(&number, 'u'),
            Value::I64(number) => self.number(&number, 'i'),
            Value::F64(number) => self.number(&number, 'f'),
            Value::Bool(yes) => self.0.push_str(if yes { "true" } else { "false" }),
            Value::Text(text) => self.0.push_str(&text.text()),
            Value::File(file) => self.0.push_str(file.name()),
            Value::Record(record) => record.encode_fields(self),
            Value::List(items) => (0..items.len()).for_each(|index| {
                self.value(items.item(index));
                self.0.push(',');
            }),
            Value::Map(entries) => entries.each(&mut |key, value| {
                self.0.push_str(key);
                self.0.push(':');
                self.value(value);
            }),
            Value::Union(choice) => {
                self.0.push_str(choice.tag());
                self.0.push('(');
                self.value(choice.payload());
                self.0.push(')');
            }
            Value::Document(node) => self.0.push_str(node.as_str().unwrap_or("?")),
        }
    }
}

/// Fills each member with the text of its name, and remembers what was required and not given.
struct Given<'de> {
    texts: BTreeMap<&'static str, &'de str>,
    missing: Vec<&'static str>,
}

impl<'de> Decoder<'de> for Given<'de> {
    fn record(&mut self, shape: &'static Shape, slots: &mut [Slot<'_, 'de>]) -> Result<(), Aborted> {
        assert_eq!(shape.members.len(), slots.len());
        for (member, slot) in shape.members().zip(slots) {
            let slot = std::mem::replace(slot, Slot::Ignore);
            match (self.texts.get(member.xml()).copied(), slot) {
                (_, Slot::Record(record)) => record.decode_fields(self)?,
                (Some(text), slot) => set(slot, text),
                (None, _) if member.required() => self.missing.push(member.xml()),
                (None, _) => {}
            }
        }
        Ok(())
    }
}

fn set<'de>(slot: Slot<'_, 'de>, text: &'de str) {
    match slot {
        Slot::Str(place) => text.clone_into(place),
        Slot::Cow(place) => *place = Cow::Borrowed(text),
        Slot::U16(place) => *place = text.parse().unwrap_or_default(),
        Slot::Bool(place) => *place = text == "yes",
        Slot::Text(place) => assert_eq!(place.set(text), Ok(())),
        Slot::List(list) => text.split(',').for_each(|item| set(list.push(), item)),
        Slot::Map(map) => set(map.entry("key").unwrap_or(Slot::Ignore), text),
        Slot::Option(lazy) => set(lazy.some(), text),
        Slot::Document(node) => *node = Document::from(text),
        _ => {}
    }
}

fn read<'de, T: FromWire<'de> + Fill<'de>>(texts: &[(&'static str, &'de str)]) -> (T, Vec<&'static str>) {
    let mut value = T::empty();
    let mut given = Given { texts: texts.iter().copied().collect(), missing: Vec::new() };
    assert!(value.decode_fields(&mut given).is_ok());
    (value, given.missing)
}

fn member<T: Message>(name: &str) -> Member {
    T::SHAPE.members().find(|member| member.xml() == name).expect("a member of this name")
}

#[test]
fn a_shape_says_what_the_attributes_say() {
    let shape = <Envelope<Nothing> as Message>::SHAPE;
    assert_eq!(
        (shape.root, shape.json_root, shape.namespace),
        ("response", Some("reply"), Some("https://example.org"))
    );
    let members: Vec<_> = shape
        .members()
        .map(|member| (member.xml(), member.place(), member.required(), member.absent()))
        .collect();
    assert_eq!(
        members,
        [
            ("statusCode", MemberLocation::Element, true, &[][..]),
            ("type", MemberLocation::Element, false, &[]),
            ("data", MemberLocation::Flatten, false, &[]),
            ("id", MemberLocation::Attribute, true, &[""]),
            ("kept", MemberLocation::Element, false, &[]),
            ("kill", MemberLocation::Element, false, &[]),
        ]
    );
    let id = member::<Envelope<Nothing>>("id");
    assert_eq!((id.xml(), id.json(), id.query()), ("id", "identifier", "id[]"));
    assert_eq!(member::<Envelope<Nothing>>("kept").boolean(), Some(&Booleans { yes: "yes", no: Some("no") }));
    assert_eq!(member::<Envelope<Nothing>>("kill").boolean(), Some(&Booleans { yes: "", no: None }));
    assert_eq!(member::<Envelope<Nothing>>("type").boolean(), None);

    let bare = Reply::SHAPE;
    assert_eq!((bare.root, bare.json_root, bare.namespace, bare.members.len()), ("Reply", None, None, 0));
    assert!(Nothing::SHAPE.all_optional());
}

#[test]
fn a_shape_says_how_lists_and_maps_are_laid_out() {
    assert_eq!(member::<Forms<'_>>("content").place(), MemberLocation::Text);
    assert_eq!(member::<Forms<'_>>("flag").boolean(), Some(&Booleans { yes: "1", no: None }));
    let lists = ["users", "tags", "plain", "wrapped"].map(|name| member::<Forms<'_>>(name).list());
    assert_eq!(
        lists,
        [
            ListForm {
                item: Some("user"),
                numbered: Some(Numbered { infix: Some("member"), first: 0, columns: false }),
                ..ListForm::REPEATED
            },
            ListForm { joined: Some(","), ..ListForm::REPEATED },
            ListForm {
                numbered: Some(Numbered { infix: None, first: 1, columns: false }),
                ..ListForm::REPEATED
            },
            ListForm::REPEATED,
        ]
    );
    let maps = ["wrapped", "keyed", "flat", "rest", "users"].map(|name| member::<Forms<'_>>(name).map());
    assert_eq!(
        maps,
        [
            MapForm { key: "name", ..MapForm::WRAPPED },
            MapForm::KEYED,
            MapForm { entry: None, value: "text", ..MapForm::WRAPPED },
            MapForm::KEYED,
            MapForm::WRAPPED,
        ]
    );
}

#[test]
fn members_are_filled_and_handed_out_in_their_order() {
    let (value, missing) =
        read::<Envelope<Tree>>(&[("statusCode", "200"), ("kept", "yes"), ("name", "root"), ("id", "7")]);
    assert_eq!(missing, [""; 0]);
    assert_eq!(
        Outline::of(&value),
        "{statusCode=200u;type=-;data={name=root;parent=-;children=;};id=7;kept=true;kill=false;}"
    );

    let (mut value, missing) = read::<Envelope<Tree>>(&[("type", "x")]);
    assert_eq!(missing, ["statusCode", "name", "id"]);
    wirewright::wire::clear(&mut value);
    assert_eq!(value, Envelope::empty());
}

#[test]
fn a_borrowing_type_borrows_from_what_it_reads() {
    let text = String::from("a,b");
    let (value, missing) =
        read::<Forms<'_>>(&[("content", &text), ("tags", &text), ("users", "u"), ("rest", "r")]);
    assert_eq!(missing, [""; 0]);
    assert!(matches!(value.content, Cow::Borrowed("a,b")));
    assert!(matches!(value.tags.as_slice(), [Cow::Borrowed("a"), Cow::Borrowed("b")]));
    assert_eq!(
        Outline::of(&value),
        "{content=a,b;flag=false;users=u,;tags=a,b,;plain=;wrapped=;keyed=;flat=;rest=key:r;}"
    );
}

#[test]
fn a_newtype_is_what_it_holds() {
    const { assert!(<Page<u8> as ToWire>::OPTIONAL && !<Name as ToWire>::OPTIONAL) };
    let mut page = Page::<Name>::empty();
    set(page.slot(), "a,b");
    assert_eq!(page, Page(vec![Name("a".to_owned()), Name("b".to_owned())]));
    assert_eq!(Outline::of(&page), "a,b,");
}

#[test]
fn texts_are_read_in_each_spelling_and_written_in_one() {
    let table = [
        ("SUCCESS", Status::Success, "SUCCESS"),
        ("OK", Status::Success, "SUCCESS"),
        ("\n LOGGED_IN ", Status::LoggedIn, "LOGGED_IN"),
        (" ok ", Status::Other(" ok ".to_owned()), " ok "),
        ("", Status::Other(String::new()), ""),
    ];
    for (text, expected, written) in table {
        let mut status = Status::empty();
        assert_eq!(status.set(text), Ok(()));
        assert_eq!(status, expected);
        assert_eq!((&*status.text(), &*Outline::of(&status)), (written, written));
        assert_eq!(status.samples(), ["SUCCESS", "LOGGED_IN"]);
    }
}

#[test]
fn a_closed_enum_says_what_it_expects() {
    let mut kill = Kill::empty();
    assert_eq!(kill, Kill::No);
    assert_eq!(kill.set(" "), Ok(()));
    assert_eq!(kill, Kill::Unsaid);
    assert_eq!(kill.set("1"), Err(Expected::new("one of \"0\" or \"\"")));
    assert_eq!(kill, Kill::Unsaid);
}

#[test]
fn numbers_are_written_as_numbers_when_that_loses_nothing() {
    for (text, outline) in [
        ("0", "0i"),
        ("-3", "-3i"),
        ("12", "12i"),
        ("-7", "-7i"),
        ("007", "007"),
        ("-0", "-0"),
        ("+1", "+1"),
        ("x", "x"),
    ] {
        let mut code = Code::empty();
        assert_eq!(code.set(text), Ok(()));
        assert_eq!(Outline::of(&code), outline);
        assert_eq!(code.text(), text);
    }
}

#[test]
fn a_union_becomes_the_variant_of_its_tag() {
    let mut event = Event::<Name>::empty();
    assert_eq!(event, Event::Other(String::new(), Document::Null));
    let shape = UnionSlot::shape(&event);
    let names = |name| Some(Names { xml: name, json: name, query: name });
    assert_eq!((shape.tag, shape.content), (names("type"), names("eventData")));
    assert_eq!(shape.variants, ["sentIm", "offline", "gone", "pair", "any"]);

    for (tag, text, outline) in [
        ("sentIm", "", "sentIm({})"),
        ("gone", "", "offline(-)"),
        ("any", "x", "any(x)"),
        ("pair", "", "pair((?))"),
        ("SentIM", "kept", "SentIM(kept)"),
    ] {
        set(event.pick(tag).expect("any tag"), text);
        assert_eq!(Outline::of(&event), outline);
    }
}

#[test]
fn a_closed_union_starts_with_a_variant_that_has_an_end() {
    let mut expression = Expression::empty();
    assert_eq!(expression, Expression::Word(String::new()));
    assert!(UnionSlot::shape(&expression).tag.is_none());
    let Ok(Slot::Union(inner)) = expression.pick("Not") else { panic!("a union holds a union") };
    set(inner.pick("Word").expect("a known tag"), "w");
    assert_eq!(Outline::of(&expression), "Not(Word(w))");
    assert_eq!(expression.pick("And").err(), Some(Expected::new("one of \"Not\" or \"Word\"")));

    let mut bare = Bare::empty();
    assert!(matches!(bare.pick("Two"), Ok(Slot::Ignore)));
    assert_eq!((bare.tag(), UnionValue::shape(&bare).variants), ("Two", ["One", "Two"].as_slice()));
}

/// Nothing that is in scope where the derive is has a part in what it writes.
#[allow(dead_code)]
mod hygiene {
    pub(crate) mod runtime {
        pub(crate) use wirewright::wire;
    }

    pub(crate) struct Option;
    pub(crate) struct Result;
    #[allow(non_snake_case)]
    pub(crate) fn Some() {}
    #[allow(non_snake_case)]
    pub(crate) fn Ok() {}
    pub(crate) trait ToWire {
        fn value(&self);
        fn slot(&self);
    }
    impl<T> ToWire for T {
        fn value(&self) {}
        fn slot(&self) {}
    }

    macro_rules! derived {
        ($name:ident, $member:ident: $ty:ty) => {
            #[derive(wirewright::Wire)]
            #[wire(crate = "self::runtime", json_root = "x")]
            pub(crate) struct $name {
                #[wire(boolean = "1/0")]
                $member: $ty,
                fixed: std::option::Option<$ty>,
            }
        };
    }
    derived!(Flags, flag: bool);

    #[derive(wirewright::Wire)]
    #[wire(crate = "runtime")]
    pub(crate) enum Text {
        A,
        #[wire(other)]
        Other(std::string::String),
    }

    #[derive(wirewright::Wire)]
    #[wire(crate = "crate::derive::hygiene::runtime")]
    pub(crate) enum Union {
        A(Text),
        B,
    }
}

#[test]
fn the_runtime_may_stand_elsewhere() {
    #[derive(Wire)]
    #[wire(crate = "hygiene::runtime")]
    struct Local {
        #[wire(flatten)]
        flags: hygiene::Flags,
        text: hygiene::Text,
    }
    assert_eq!(Outline::of(&Local::empty()), "{flags={flag=false;fixed=-;};text=;}");
    assert_eq!(Outline::of(&hygiene::Union::empty()), "B(-)");
}
