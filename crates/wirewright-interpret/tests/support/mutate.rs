//! Texts with something wrong in them.

use serde_json::Value;
use wirewright::Format;

/// At most so many of one text.
const MOST: usize = 12;

/// Variants of a text in which a member is gone, empty, another value or there twice, or which have another root.
pub(crate) fn mutated(format: Format, text: &str) -> Vec<String> {
    match format {
        Format::Query => few(&pairs(text)).cloned().collect(),
        Format::Json => {
            serde_json::from_str(text).map_or_else(|_| Vec::new(), |value: Value| members(&value))
        }
        _ => few(&elements(text)).cloned().collect(),
    }
}

/// Variants of a text in which a member, or a key of a map, is there twice and says the same. Nothing of the text is left out.
pub(crate) fn doubled(format: Format, text: &str) -> Vec<String> {
    match format {
        Format::Query => {
            let pairs: Vec<&str> = text.split('&').collect();
            few(&pairs).map(|pair| format!("{text}&{pair}")).collect()
        }
        Format::Json => serde_json::from_str(text).map_or_else(
            |_| Vec::new(),
            |value: Value| {
                let mut found = places(&value);
                // The whole is no member.
                found.retain(|place| !place.is_empty());
                few(&found).map(|place| with_a_member_twice(&value, place)).collect()
            },
        ),
        _ => few(&with_an_element_twice(text)).cloned().collect(),
    }
}

/// Some of many, from the first one on.
fn few<T>(all: &[T]) -> impl Iterator<Item = &T> {
    all.iter().step_by(all.len().div_ceil(MOST).max(1))
}

/// Where a value is: the names of members to it. Of a list that is on the way it is in the first item.
type Place = Vec<String>;

/// The places of a value and of all members in it, the outer ones first.
fn places(value: &Value) -> Vec<Place> {
    let mut found = vec![Vec::new()];
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                found.extend(places(member).into_iter().map(|place| [vec![name.clone()], place].concat()));
            }
        }
        Value::Array(items) => {
            let inner = items.first().map(places).into_iter().flatten();
            found.extend(inner.filter(|place| !place.is_empty()));
        }
        _ => {}
    }
    found
}

/// The value as text, with the member at a place twice.
fn with_a_member_twice(value: &Value, place: &[String]) -> String {
    let Some((first, rest)) = place.split_first() else { return value.to_string() };
    match value {
        Value::Object(members) => {
            let text = |name: &str, value: &str| format!("{}:{value}", Value::from(name));
            let mut texts: Vec<String> = Vec::new();
            for (name, member) in members {
                let inner =
                    if name == first { with_a_member_twice(member, rest) } else { member.to_string() };
                texts.push(text(name, &inner));
            }
            texts.extend(
                members.get(first).filter(|_| rest.is_empty()).map(|member| text(first, &member.to_string())),
            );
            format!("{{{}}}", texts.join(","))
        }
        Value::Array(items) => {
            let texts = items.iter().enumerate().map(|(index, item)| {
                if index == 0 { with_a_member_twice(item, place) } else { item.to_string() }
            });
            format!("[{}]", texts.collect::<Vec<_>>().join(","))
        }
        value => value.to_string(),
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

/// The value with parts of it once gone, and once another.
fn members(value: &Value) -> Vec<String> {
    let others = || {
        [
            None,
            Some(Value::Null),
            Some("".into()),
            Some("x".into()),
            Some(7.into()),
            Some(Value::Array(Vec::new())),
        ]
    };
    let changes: Vec<(Place, Option<Value>)> =
        places(value).iter().flat_map(|place| others().map(|new| (place.clone(), new))).collect();
    few(&changes).map(|(place, new)| with(value.clone(), place, new.clone()).to_string()).collect()
}

/// The value with another one at a place, or with none there.
fn with(mut value: Value, place: &[String], new: Option<Value>) -> Value {
    let mut at = &mut value;
    for (index, name) in place.iter().enumerate() {
        while at.is_array() {
            let Some(first) = at.get_mut(0) else { return value };
            at = first;
        }
        let Value::Object(members) = at else { return value };
        if index + 1 == place.len() {
            match new {
                Some(new) => members.insert(name.clone(), new),
                None => members.remove(name),
            };
            return value;
        }
        let Some(member) = members.get_mut(name) else { return value };
        at = member;
    }
    new.unwrap_or(value)
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
