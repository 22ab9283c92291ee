//! Whatever samples are like, their draft has no fault, and no reply of theirs makes anything panic.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use proptest::prelude::*;
use wirewright_draft::{Inputs, Options, draft, drift};

/// Names that mean something to a draft, to Rust or to the language, and some that no format likes.
const NAMES: &[&str] = &[
    "status",
    "code",
    "error",
    "message",
    "data",
    "result",
    "id",
    "token",
    "session_key",
    "type",
    "self",
    "Self",
    "*",
    "@attr",
    "#text",
    "0",
    "2fa",
    "größe",
    "a.b",
    "a-b",
    "name",
    "names",
    "Request",
    "Reply",
    "ok",
    "number",
    "item",
    "items",
    "key",
    "value",
    "doc",
    "types",
    "transport",
    "format",
    "callback",
    "version",
    "{operation}",
    "a b",
    "",
    "Error",
    "errors",
    "more",
    "body",
    "x",
    "X",
];

#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    Null,
    List(Vec<Value>),
    Object(Vec<(&'static str, Value)>),
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "",
            "ok",
            "0",
            "1",
            "SUCCESS",
            "error",
            "2008-09-30",
            "true",
            "a,b",
            "<&>",
            "hunter2hunter",
            "17"
        ])
        .prop_map(|text| Value::Text(text.to_owned())),
        (-3i64..3000).prop_map(Value::Number),
        any::<bool>().prop_map(Value::Flag),
        Just(Value::Null),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            prop::collection::vec((prop::sample::select(NAMES), inner), 0..5).prop_map(Value::Object),
        ]
    })
}

fn json(value: &Value) -> String {
    match value {
        Value::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{}:{}", serde_json::Value::from(*name), json(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

fn xml(name: &str, value: &Value) -> String {
    let tag: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let tag =
        if tag.starts_with(|first: char| first.is_ascii_alphabetic()) { tag } else { format!("e{tag}") };
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    match value {
        Value::Text(own) => format!("<{tag}>{}</{tag}>", text(own)),
        Value::Number(number) => format!("<{tag} n=\"{number}\"/>"),
        Value::Flag(flag) => format!("<{tag}>{flag}</{tag}>"),
        Value::Null => format!("<{tag}/>"),
        Value::List(items) => items.iter().map(|item| xml(name, item)).collect(),
        Value::Object(members) => {
            format!(
                "<{tag}>{}</{tag}>",
                members.iter().map(|(name, value)| xml(name, value)).collect::<String>()
            )
        }
    }
}

fn coded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

type Call = (&'static str, Vec<(&'static str, &'static str)>, Value, bool, u16);

fn call() -> impl Strategy<Value = Call> {
    (
        prop::sample::select(vec![
            "/a/find",
            "/a/login",
            "/a/types",
            "/b/self",
            "/b/17",
            "/rest/a.view",
            "/",
            "/a/find/x",
        ]),
        prop::collection::vec(
            (
                prop::sample::select(NAMES),
                prop::sample::select(vec![
                    "1",
                    "x",
                    "json",
                    "xml",
                    "",
                    "a.b",
                    "find",
                    "2008-09-30T15:56:42Z",
                ]),
            ),
            0..4,
        ),
        value(),
        any::<bool>(),
        prop::sample::select(vec![200, 200, 200, 400, 404, 500]),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_has_no_fault(calls in prop::collection::vec(call(), 1..7)) {
        let mut text = String::new();
        for (path, parameters, reply, as_xml, status) in &calls {
            let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
            let body = if *as_xml { format!("<r>{}</r>", xml("inner", reply)) } else { json(reply) };
            writeln!(text, "GET {path}?{} HTTP/1.1\nHost: api.example\n\nHTTP/1.1 {status} X\n\n{body}\n\n###", pairs.join("&")).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.http");
        std::fs::write(&file, &text).unwrap();
        let inputs = Inputs::read(&[file], &[]).unwrap();
        let drafted = draft(&inputs, &Options::new("any")).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let files = drafted.files.into_iter().map(|file| (file.name, file.text)).collect();
        let vendor = wirewright_codegen::load_sources("any", files).map_err(|faults| TestCaseError::fail(faults.to_string()))?;
        drop(drift(vendor, &inputs.exchanges));
    }
}
