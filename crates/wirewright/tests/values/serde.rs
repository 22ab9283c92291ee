//! serde's traits on described types: what is serialised, what is left out, and what is read back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wirewright::{Secret, Wire, impl_serde, serde::Exposed, wire::Document};

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(root = "account", json_root = "account", rename_all = "camelCase")]
struct Account {
    #[wire(attribute)]
    user_name: String,
    password: Option<Secret<String>>,
    pins: Vec<Secret<i64>>,
    hints: BTreeMap<String, Secret<String>>,
    hidden: Hidden,
    level: Level,
    #[wire(boolean = "yes/no")]
    active: bool,
    #[wire(list(joined = ","))]
    tags: Vec<String>,
    ratio: f64,
    large: u64,
    note: Option<String>,
    #[wire(flatten)]
    address: Address,
    owner: Option<Box<Account>>,
    events: Vec<Event>,
    #[wire(rest)]
    more: Document,
}

#[derive(Clone, Debug, Default, PartialEq, Wire)]
struct Address {
    city: Option<String>,
}

/// A secret with a type of its own.
#[derive(Clone, Debug, PartialEq, Wire)]
struct Hidden(Option<Secret<String>>);

#[derive(Clone, Debug, PartialEq, Wire)]
enum Level {
    #[wire(name = "l1")]
    Low,
    #[wire(other)]
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Wire)]
#[wire(tag = "type", content = "data")]
enum Event {
    Moved(Address),
    #[wire(other)]
    Other(String, Document),
}

impl_serde!(Account, Level, Event);

fn account() -> Account {
    Account {
        user_name: "ada".to_owned(),
        password: Some("hunter2".into()),
        pins: vec![Secret::new(4711)],
        hints: BTreeMap::from([("dog".to_owned(), "hunter2".into())]),
        hidden: Hidden(Some("hunter2".into())),
        level: Level::Other("l9".to_owned()),
        active: true,
        tags: vec!["a".to_owned(), "b".to_owned()],
        ratio: f64::NEG_INFINITY,
        large: u64::MAX,
        note: None,
        address: Address { city: Some("Oslo".to_owned()) },
        owner: None,
        events: vec![
            Event::Moved(Address { city: None }),
            Event::Other("Left".to_owned(), Document::new().with("key", "hunter2")),
        ],
        more: Document::new().with("unknown", "hunter2"),
    }
}

#[test]
fn all_of_it_is_read_back_when_it_is_asked_for_by_name() {
    let boxed = Account { owner: Some(Box::new(account())), ..account() };
    for value in [account(), boxed] {
        let text = serde_json::to_string(&Exposed(&value)).unwrap();
        assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), value, "{text}");
        // Through another of serde's formats, without positions and with the members sorted.
        let tree = serde_json::to_value(Exposed(&value)).unwrap();
        assert_eq!(serde_json::from_value::<Account>(tree).unwrap(), value, "{text}");
    }
}

#[test]
fn what_must_not_be_seen_is_left_out() {
    let value = Account { owner: Some(Box::new(account())), ..account() };
    let text = serde_json::to_string(&value).unwrap();
    assert!(!text.contains("hunter2") && !text.contains("4711"), "{text}");
    let one = json!({
        "userName": "ada", "level": "l9", "active": "yes", "tags": "a,b", "ratio": "-Infinity",
        "large": u64::MAX, "city": "Oslo",
        "events": [{"type": "Moved", "data": {}}, {"type": "Left", "data": null}],
    });
    let mut whole = one.clone();
    whole["owner"] = one;
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), whole);
    let read: Account = serde_json::from_str(&text).unwrap();
    assert_eq!((read.password, read.level), (None, Level::Other("l9".to_owned())));
}

#[test]
fn described_types_are_parts_of_others() {
    let text = serde_json::to_string(&(1, Some(Level::Low), "x")).unwrap();
    assert_eq!(text, r#"[1,"l1","x"]"#);
    assert_eq!(serde_json::from_str::<Vec<Level>>(r#"["l1","x"]"#).unwrap().len(), 2);
}

#[test]
fn errors_tell_where() {
    let mut tree = serde_json::to_value(Exposed(&account())).unwrap();
    let message = |path: &str, value: Value| {
        let mut wrong = tree.clone();
        *wrong.pointer_mut(path).unwrap() = value;
        serde_json::from_value::<Account>(wrong).unwrap_err().to_string()
    };
    assert_eq!(message("/large", json!(-1)), "large: expected an integer from 0 to 18446744073709551615");
    assert_eq!(message("/userName", Value::Null), "userName: a required member is missing");
    assert!(message("/pins/0", json!("x")).starts_with("pins[0]: expected"));
    tree["events"] = (0..1_000).fold(json!(1), |inner, _| json!([inner]));
    assert!(serde_json::from_value::<Account>(tree).unwrap_err().to_string().contains("levels"));
}
