//! A validator of JSON Schema for the keywords that this project's schemas have. Any other keyword stops the test: it would check
//! nothing here, and something in an editor.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

/// The keywords that only tell something, and those that are about values of other types.
const KNOWN: &[&str] = &[
    "$schema",
    "title",
    "description",
    "definitions",
    "x-taplo",
    "minimum",
    "pattern",
    "items",
    "required",
    "properties",
    "additionalProperties",
];

/// A file of TOML as the values that a schema is about.
pub(crate) fn values(text: &str) -> Value {
    table(DeTable::parse(text).unwrap().get_ref())
}

fn table(table: &DeTable<'_>) -> Value {
    let member = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let key: &toml::de::DeString<'_> = key.get_ref();
        (key.to_string(), self::value(value.get_ref()))
    };
    Value::Object(table.iter().map(member).collect::<Map<_, _>>())
}

fn value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.to_string()),
        DeValue::Integer(number) => {
            Value::from(i64::from_str_radix(number.as_str(), number.radix()).unwrap())
        }
        DeValue::Float(number) => Value::from(number.as_str().parse::<f64>().unwrap()),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(items) => items.iter().map(|item| self::value(item.get_ref())).collect(),
        DeValue::Table(inner) => table(inner),
    }
}

/// What is wrong with `value`, each with the path to it.
pub(crate) fn validate(root: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(root, root, value, "", &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
    let fault = |what: String| format!("{path}: {what}");
    let keywords = match schema {
        Value::Object(keywords) => keywords,
        Value::Bool(true) => return,
        _ => return faults.push(fault("nothing may be here".to_owned())),
    };
    for (keyword, operand) in keywords {
        match (keyword.as_str(), value) {
            ("$ref", _) => {
                assert_eq!(keywords.len(), 1, "what is beside a `$ref` is ignored: {schema}");
                let target = operand.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(target).unwrap(), value, path, faults);
            }
            ("type", _) => {
                let types: Vec<&str> = match operand {
                    Value::String(one) => vec![one],
                    several => several.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect(),
                };
                if !types.iter().any(|kind| is(kind, value)) {
                    faults.push(fault(format!("is none of {types:?}")));
                }
            }
            ("enum", _) => {
                if !operand.as_array().unwrap().contains(value) {
                    faults.push(fault(format!("is none of {operand}")));
                }
            }
            ("anyOf", _) => {
                let branches = operand.as_array().unwrap();
                let fits = |branch: &&Value| {
                    let mut own = Vec::new();
                    check(root, branch, value, path, &mut own);
                    own.is_empty()
                };
                if branches.iter().find(fits).is_none() {
                    faults.push(fault("fits nothing".to_owned()));
                }
            }
            ("minimum", Value::Number(number)) => {
                if number.as_f64() < operand.as_f64() {
                    faults.push(fault(format!("is less than {operand}")));
                }
            }
            ("pattern", Value::String(text)) => {
                let words = operand.as_str().unwrap().strip_prefix("^(").unwrap().strip_suffix(")$").unwrap();
                assert!(
                    words.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'|' | b'-')),
                    "{words}"
                );
                if !words.split('|').any(|word| word == text) {
                    faults.push(fault(format!("is none of {words}")));
                }
            }
            ("items", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    check(root, operand, item, &format!("{path}/{index}"), faults);
                }
            }
            ("required", Value::Object(members)) => {
                for name in operand.as_array().unwrap() {
                    if !members.contains_key(name.as_str().unwrap()) {
                        faults.push(fault(format!("{name} is missing")));
                    }
                }
            }
            ("properties", Value::Object(members)) => {
                for (name, member) in members {
                    if let Some(property) = operand.get(name) {
                        check(root, property, member, &format!("{path}/{name}"), faults);
                    }
                }
            }
            ("additionalProperties", Value::Object(members)) => {
                let known =
                    |name: &str| keywords.get("properties").is_some_and(|known| known.get(name).is_some());
                for (name, member) in members.iter().filter(|(name, _)| !known(name)) {
                    check(root, operand, member, &format!("{path}/{name}"), faults);
                }
            }
            (known, _) if KNOWN.contains(&known) => {}
            (unknown, _) => panic!("a keyword that no test would check: {unknown}"),
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type that the language has: {other}"),
    }
}
