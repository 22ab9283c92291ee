//! Texts with something wrong in them.

use serde_json::Value;
use wirewright::Format;

/// At most so many of one text.
const MOST: usize = 30;

/// Variants of a text in which a member is gone, empty, another value or there twice, or which have another root.
pub(crate) fn mutated(format: Format, text: &str) -> Vec<String> {
    let all = match format {
        Format::Query => pairs(text),
        Format::Json => {
            serde_json::from_str(text).map_or_else(|_| Vec::new(), |value: Value| members(&value))
        }
        _ => elements(text),
    };
    let step = all.len().div_ceil(MOST).max(1);
    all.into_iter().step_by(step).collect()
}

fn pairs(text: &str) -> Vec<String> {
    let pairs: Vec<&str> = text.split('&').collect();
    let mut found = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        let name = pair.split('=').next().unwrap_or_default();
        for new in
            [None, Some(format!("{name}=")), Some(format!("{name}=x")), Some(format!("{pair}&{name}=7"))]
        {
            let others = pairs.iter().enumerate().filter_map(|(other, pair)| {
                if other == index { new.clone() } else { Some((*pair).to_owned()) }
            });
            found.push(others.collect::<Vec<_>>().join("&"));
        }
    }
    found
}

/// The value with each part of it once gone, and once another.
fn members(value: &Value) -> Vec<String> {
    fn each(value: &Value, found: &mut Vec<Value>) {
        found.extend([Value::Null, "".into(), "x".into(), 7.into(), Value::Array(Vec::new())]);
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let mut rest = members.clone();
                    rest.remove(name);
                    found.push(Value::Object(rest.clone()));
                    let mut inner = Vec::new();
                    each(member, &mut inner);
                    found.extend(inner.into_iter().map(|new| {
                        let mut changed = rest.clone();
                        changed.insert(name.clone(), new);
                        Value::Object(changed)
                    }));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate().take(1) {
                    let mut inner = Vec::new();
                    each(item, &mut inner);
                    found.extend(inner.into_iter().map(|new| {
                        let mut changed = items.clone();
                        changed[index] = new;
                        Value::Array(changed)
                    }));
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    each(value, &mut found);
    found.iter().map(Value::to_string).collect()
}

/// The text with each element once gone, once empty, once with another text and once twice, and with another root.
fn elements(text: &str) -> Vec<String> {
    let root = text.trim_start_matches('<').split(['>', ' ', '/']).next().unwrap_or_default();
    let mut found = vec![text.replace(&format!("<{root}"), "<x").replace(&format!("</{root}>"), "</x>")];
    for (start, _) in text.match_indices('<') {
        let inside = &text[start + 1..];
        let length = inside.find(['>', ' ', '/', '\n']).unwrap_or(inside.len());
        let (name, close) = (&inside[..length], format!("</{}>", &inside[..length]));
        let (Some(tag), Some(end)) = (inside.find('>'), inside.find(&close)) else { continue };
        if name.is_empty() || tag > end {
            continue;
        }
        let (whole, behind) = (start + 1 + end + close.len(), &inside[end + close.len()..]);
        let (before, head, element) = (&text[..start], &text[start..=start + 1 + tag], &text[start..whole]);
        found.extend([
            [before, behind].concat(),
            [before, head, &close, behind].concat(),
            [before, head, "x", &close, behind].concat(),
            [before, head, "<x/>", &close, behind].concat(),
            [before, element, head, "7", &close, behind].concat(),
        ]);
    }
    found
}
