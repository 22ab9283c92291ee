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

/// Variants of a text in which a member, or a key of a map, is there twice and says the same. Nothing of the text is left out.
pub(crate) fn doubled(format: Format, text: &str) -> Vec<String> {
    let all = match format {
        Format::Query => {
            let pairs: Vec<&str> = text.split('&').collect();
            pairs.iter().map(|pair| format!("{text}&{pair}")).collect()
        }
        Format::Json => {
            serde_json::from_str(text).map_or_else(|_| Vec::new(), |value: Value| with_a_member_twice(&value))
        }
        _ => with_an_element_twice(text),
    };
    let step = all.len().div_ceil(MOST).max(1);
    all.into_iter().step_by(step).collect()
}

fn with_a_member_twice(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let text = |name: &str, value: &str| format!("{}:{value}", Value::from(name));
            let plain: Vec<String> =
                members.iter().map(|(name, value)| text(name, &value.to_string())).collect();
            let mut found = Vec::new();
            for (index, (name, value)) in members.iter().enumerate() {
                found.push(format!("{{{},{}}}", plain.join(","), plain[index]));
                for inner in with_a_member_twice(value) {
                    let mut changed = plain.clone();
                    changed[index] = text(name, &inner);
                    found.push(format!("{{{}}}", changed.join(",")));
                }
            }
            found
        }
        Value::Array(items) => items.first().map_or_else(Vec::new, |first| {
            let rest: Vec<String> = items.iter().skip(1).map(Value::to_string).collect();
            let whole = |first: String| {
                let all: Vec<String> = std::iter::once(first).chain(rest.iter().cloned()).collect();
                format!("[{}]", all.join(","))
            };
            with_a_member_twice(first).into_iter().map(whole).collect()
        }),
        _ => Vec::new(),
    }
}

fn with_an_element_twice(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('<').skip(1) {
        let inside = &text[start + 1..];
        let length = inside.find(['>', ' ', '/', '\n']).unwrap_or(inside.len());
        let (name, close) = (&inside[..length], format!("</{}>", &inside[..length]));
        let Some(end) = inside.find(&close).filter(|_| !name.is_empty()) else { continue };
        let whole = start + 1 + end + close.len();
        found.push([&text[..whole], &text[start..whole], &text[whole..]].concat());
    }
    found
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
