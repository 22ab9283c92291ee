//! JSON, written: what machines read of this crate. Nothing here reads it, and members stay in their order.

use std::fmt::Write as _;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(usize),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `null` for what is not there.
    pub(crate) fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// An object with these members, in this order.
    pub(crate) fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    pub(crate) fn array(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Array(items.into_iter().collect())
    }

    /// In one line.
    pub(crate) fn line(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, None);
        text
    }

    /// For people: each member and each item in a line of its own, and a line's end behind it all.
    pub(crate) fn pretty(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, Some(0));
        text.push('\n');
        text
    }

    /// `depth` is how far it is indented; `None`: it is all in one line.
    fn write(&self, text: &mut String, depth: Option<usize>) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            // Writing to a string cannot fail.
            Self::Number(number) => drop(write!(text, "{number}")),
            Self::Text(value) => quoted(text, value),
            Self::Array(items) => {
                let writers = items.iter().map(|item| |text: &mut String, depth| item.write(text, depth));
                within(text, ['[', ']'], depth, writers);
            }
            Self::Object(members) => {
                let writers = members.iter().map(|(name, value)| {
                    |text: &mut String, depth: Option<usize>| {
                        quoted(text, name);
                        text.push_str(if depth.is_some() { ": " } else { ":" });
                        value.write(text, depth);
                    }
                });
                within(text, ['{', '}'], depth, writers);
            }
        }
    }
}

/// What is between brackets, each part by its writer.
fn within<W: Fn(&mut String, Option<usize>)>(
    text: &mut String,
    [opening, closing]: [char; 2],
    depth: Option<usize>,
    parts: impl ExactSizeIterator<Item = W>,
) {
    text.push(opening);
    let is_empty = parts.len() == 0;
    let inner = depth.map(|depth| depth + 1);
    for (index, part) in parts.enumerate() {
        if index > 0 {
            text.push(',');
        }
        line_end(text, inner);
        part(text, inner);
    }
    if !is_empty {
        line_end(text, depth);
    }
    text.push(closing);
}

fn line_end(text: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        text.push('\n');
        text.extend(std::iter::repeat_n("  ", depth));
    }
}

fn quoted(text: &mut String, value: &str) {
    text.push('"');
    for sign in value.chars() {
        match sign {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // Line ends of Unicode would end the line for some readers.
            sign if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') => {
                let _ = write!(text, "\\u{:04x}", u32::from(sign));
            }
            sign => text.push(sign),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::Json;

    /// What is written is read again by a parser that was not written here.
    #[test]
    fn what_is_written_is_json() {
        let hard = "\"\\\n\r\t\u{0}\u{1f}\u{7f}\u{85}\u{2028}größe 🦀";
        let value = Json::object([
            (hard, Json::text(hard)),
            ("none", Json::optional(None::<String>)),
            ("some", Json::array([Json::Bool(true), Json::Number(usize::MAX), Json::Null])),
            ("empty", Json::array([Json::array([]), Json::object::<String>([])])),
        ]);
        let expected = serde_json::json!({
            hard: hard, "none": null, "some": [true, usize::MAX, null], "empty": [[], {}]
        });
        for text in [value.line(), value.pretty()] {
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&text).ok(),
                Some(expected.clone()),
                "{text}"
            );
        }
        assert!(!value.line().contains('\n'));
        assert_eq!(
            Json::object([("a", Json::array([Json::Null]))]).pretty(),
            "{\n  \"a\": [\n    null\n  ]\n}\n"
        );
    }
}
