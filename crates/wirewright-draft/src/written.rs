//! A definition's files as text, and what each line of them is about.

use std::fmt::Write as _;

use toml::Value;

use crate::words::{Entry, File, Said, Table};

/// Where a line came from: the place of a table in its file, and of an entry in the table.
pub(crate) type Origin = (usize, Option<usize>);

/// A file's text, and the origin of each of its lines.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) origins: Vec<Option<Origin>>,
}

/// The text of a file.
pub(crate) fn write(file: &File) -> Written {
    let mut written = Written { text: String::new(), origins: Vec::new() };
    written.line(wirewright_codegen::schema::directive("..", &file.name).trim_end(), None);
    for (index, table) in file.tables.iter().enumerate() {
        written.table(index, table);
    }
    written
}

impl Written {
    fn line(&mut self, text: &str, origin: Option<Origin>) {
        self.text.push_str(text);
        self.text.push('\n');
        self.origins.extend(std::iter::repeat_n(origin, text.matches('\n').count() + 1));
    }

    fn table(&mut self, index: usize, table: &Table) {
        if table.head.is_empty() {
            if table.entries.is_empty() && table.comments.is_empty() {
                return;
            }
        } else {
            self.line("", None);
        }
        for comment in &table.comments {
            for line in comment.lines() {
                self.line(&format!("# {}", plain(line)), None);
            }
        }
        if !table.head.is_empty() {
            let head: Vec<String> = table.head.iter().map(|name| key(name)).collect();
            let head = head.join(".");
            let head = if table.many { format!("[[{head}]]") } else { format!("[{head}]") };
            self.line(&head, Some((index, None)));
        }
        let name = |entry: &Entry| if entry.dotted { entry.key.clone() } else { key(&entry.key) };
        let widest = table.entries.iter().map(|entry| name(entry).chars().count()).max().unwrap_or_default();
        for (at, entry) in table.entries.iter().enumerate() {
            let value = match &entry.said {
                Said::Words(words) => inline(words.sorted().into_iter()),
                Said::Value(value) => whole(value),
            };
            let comment =
                entry.comment.as_ref().map(|text| format!(" # {}", plain(text))).unwrap_or_default();
            self.line(&format!("{:<widest$} = {value}{comment}", name(entry)), Some((index, Some(at))));
        }
    }
}

/// A comment without what would end it.
fn plain(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

/// A key of TOML.
fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.bytes().all(bare) { name.to_owned() } else { quoted(name) }
}

fn inline<'v>(words: impl Iterator<Item = (&'v str, &'v Value)>) -> String {
    let words: Vec<String> = words.map(|(word, value)| format!("{} = {}", key(word), short(value))).collect();
    if words.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", words.join(", ")) }
}

/// A value in one line.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(values) => format!("[{}]", values.iter().map(short).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => inline(table.iter().map(|(word, value)| (word.as_str(), value))),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(moment) => moment.to_string(),
    }
}

/// A value that may have lines: a text as it was printed.
fn whole(value: &Value) -> String {
    let Value::String(text) = value else { return short(value) };
    let odd = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t');
    if text.contains(odd) {
        return quoted(text);
    }
    if text.contains('\n') && !text.contains("'''") {
        return format!("'''\n{text}'''");
    }
    if !text.contains('\n') && !text.contains('\'') && text.contains(['"', '\\']) {
        return format!("'{text}'");
    }
    quoted(text)
}

pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            sign if sign.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(sign));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{quoted, whole};

    proptest! {
        /// What is written is read as what it was.
        #[test]
        fn texts_come_back(text in any::<String>()) {
            // A parser of TOML takes CR LF in a text of several lines as it is.
            for written in [quoted(&text), whole(&toml::Value::String(text.clone()))] {
                let read: toml::Table = toml::from_str(&format!("a = {written}")).expect("it is TOML");
                prop_assert_eq!(read.get("a").and_then(toml::Value::as_str), Some(text.as_str()));
            }
        }
    }
}
