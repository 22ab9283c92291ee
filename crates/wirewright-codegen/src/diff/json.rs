//! Changes for programs.

use std::fmt::Write as _;

use super::change::{Change, Changes};

/// The version of the document. A member that comes does not count it up; one that goes or means something else does.
const VERSION: u32 = 1;

impl Changes {
    /// As a JSON document in one line:
    ///
    /// | member | what it is |
    /// |---|---|
    /// | `version` | 1: that of this document |
    /// | `severity` | that of all changes together: `compatible`, `breaking for servers`, `breaking for callers`, `breaking for callers and servers`; `null` without any |
    /// | `asks-for` | `major`, `minor` or `patch` |
    /// | `exit-code` | [`Changes::exit_code`] |
    /// | `changes` | a list, the most severe first |
    ///
    /// Each change has `code`, `severity`, `asks-for`, `title`, `place`, `file` and `line` (`null` where they are not known), `direction`
    /// (`request`, `reply`, `request and reply` or `null`), `callers` and `servers` (each `{"wire": …, "interface": …}`, whether it
    /// breaks), `was`, `now` (`null` where it was not, or is not), `sentence` and `operations`.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write!(text, "{{\"version\":{VERSION},\"severity\":");
        optional(&mut text, self.severity().map(super::effect::Severity::words));
        text.push_str(",\"asks-for\":");
        string(&mut text, self.version().word());
        let _ = write!(text, ",\"exit-code\":{},\"changes\":[", self.exit_code());
        for (index, one) in self.all().iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            change(&mut text, one);
        }
        text.push_str("]}");
        text
    }
}

fn change(text: &mut String, change: &Change) {
    let effect = change.effect();
    let (place, sentence) = (change.place.to_string(), change.sentence());
    text.push('{');
    for (index, (key, value)) in [
        ("code", Some(change.kind.code())),
        ("severity", Some(change.severity().words())),
        ("asks-for", Some(change.version().word())),
        ("title", Some(change.kind.title())),
        ("place", Some(place.as_str())),
        ("file", change.location.as_ref().map(|at| at.file.as_str()).or(change.place.file.as_deref())),
        ("direction", change.direction.map(super::effect::Direction::words)),
        ("was", change.was.as_deref()),
        ("now", change.now.as_deref()),
        ("sentence", Some(sentence.as_str())),
    ]
    .into_iter()
    .enumerate()
    {
        if index > 0 {
            text.push(',');
        }
        string(text, key);
        text.push(':');
        optional(text, value);
    }
    let line = change.location.as_ref().map_or_else(|| "null".to_owned(), |at| at.line.to_string());
    let _ = write!(text, ",\"line\":{line}");
    for (side, harm) in [("callers", effect.callers), ("servers", effect.servers)] {
        let _ = write!(text, ",\"{side}\":{{\"wire\":{},\"interface\":{}}}", harm.wire, harm.interface);
    }
    text.push_str(",\"operations\":[");
    for (index, operation) in change.operations.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        string(text, operation);
    }
    text.push_str("]}");
}

fn optional(text: &mut String, value: Option<&str>) {
    match value {
        Some(value) => string(text, value),
        None => text.push_str("null"),
    }
}

fn string(text: &mut String, value: &str) {
    text.push('"');
    for letter in value.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            control if control < ' ' => {
                let _ = write!(text, "\\u{:04x}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
