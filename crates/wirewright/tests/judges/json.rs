//! `serde_json` on JSON.

use std::collections::BTreeMap;

use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wirewright::{Format, Options, Wire, wire::Document};

use crate::{
    Judge, config, equal,
    model::{Scalars, edges, finite, scalars, texts},
};

fn reads<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn writes<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

/// What most replies are made of. serde writes `null` for what is absent, which is the same here; an empty list is not written here,
/// and for serde it is the default.
#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
#[wire(root = "response", json_root = "response")]
struct Response {
    scalars: Scalars,
    more: Option<Scalars>,
    #[wire(json = "a \"name\"\\ of its own\n")]
    #[serde(rename = "a \"name\"\\ of its own\n")]
    awkward: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    parts: Vec<Part>,
    next: Option<Box<Response>>,
}

#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
struct Part {
    text: String,
    number: u64,
}

/// What only the general codec takes.
#[derive(Clone, Debug, PartialEq, Wire, Serialize, Deserialize)]
#[wire(root = "general")]
struct General {
    scalars: Option<Scalars>,
    #[serde(default)]
    rows: Vec<Vec<i64>>,
    #[wire(map(keyed))]
    #[serde(default)]
    entries: BTreeMap<String, f64>,
    #[wire(map(keyed))]
    #[serde(default)]
    parts: BTreeMap<String, Part>,
}

#[derive(Serialize, Deserialize)]
struct Rooted<T> {
    response: T,
}

/// Anything at all, in the one member.
#[derive(Clone, Debug, PartialEq, Wire)]
struct Open {
    anything: Document,
}

fn any_text() -> impl Strategy<Value = String> + Clone {
    texts(|_| true)
}

fn parts() -> impl Strategy<Value = Part> + Clone {
    (any_text(), edges(&[0, u64::MAX])).prop_map(|(text, number)| Part { text, number })
}

/// `serde_json` has no word for NaN and the infinities, and writes `null`.
fn all_scalars() -> impl Strategy<Value = Scalars> + Clone {
    scalars(any_text(), finite())
}

fn responses() -> impl Strategy<Value = Response> {
    let response = |next: BoxedStrategy<Option<Box<Response>>>| {
        let scalars = (all_scalars(), option::of(all_scalars()));
        (scalars, option::of(any_text()), vec(any_text(), 0..4), vec(parts(), 0..3), next).prop_map(
            |((scalars, more), awkward, tags, parts, next)| Response {
                scalars,
                more,
                awkward,
                tags,
                parts,
                next,
            },
        )
    };
    let last = response(Just(None).boxed());
    response(option::of(last.prop_map(Box::new)).boxed())
}

fn generals() -> impl Strategy<Value = General> {
    let rows = vec(vec(edges(&[0, i64::MIN, i64::MAX]), 0..3), 0..3);
    let maps = (btree_map(any_text(), finite(), 0..4), btree_map(any_text(), parts(), 0..3));
    (option::of(all_scalars()), rows, maps).prop_map(|(scalars, rows, (entries, parts))| General {
        scalars,
        rows,
        entries,
        parts,
    })
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        edges(&[0, i64::MIN, i64::MAX]).prop_map(Value::from),
        edges(&[u64::MAX]).prop_map(Value::from),
        finite().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(any_text(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn replies(value in responses()) {
        fn judge(value: &Response, writes: fn(&Response) -> Result<String, String>) -> Result<(), TestCaseError> {
            let reads = |text: &str| reads(text).map(|rooted: Rooted<Response>| rooted.response);
            Judge { format: Format::Json, options: Options::new(), writes, reads }.judge(value)
        }
        judge(&value, |response| writes(&Rooted { response }))?;
        judge(&value, |response| {
            serde_json::to_string_pretty(&Rooted { response }).map_err(|error| error.to_string())
        })?;
    }

    #[test]
    fn what_only_the_general_codec_takes(value in generals()) {
        Judge::<General> { format: Format::Json, options: Options::new(), writes, reads }.judge(&value)?;
    }

    /// What nobody has described comes through as it was.
    #[test]
    fn anything_at_all(value in anything()) {
        let theirs = writes(&BTreeMap::from([("anything", &value)])).map_err(TestCaseError::fail)?;
        let found: Open = wirewright::json::from_str(&theirs).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let ours = wirewright::json::to_string(&found).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read: BTreeMap<String, Value> = reads(&ours).map_err(TestCaseError::fail)?;
        // `null` is treated as absent, and nothing is written of it.
        let read = read.get("anything").cloned().unwrap_or_default();
        equal("our text", &read, &value, &ours)?;
    }
}
