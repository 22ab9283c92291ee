//! What is wrong with a definition, for machines: as JSON, and as the annotations of a pull request.

use std::fmt::Write as _;

use super::{Diagnostic, Faults, Place};
use crate::json::Json;

/// Who reads what is told of a definition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageFormat {
    /// People: [`Faults::render`].
    #[default]
    Human,
    /// Programs: [`Faults::to_json_lines`].
    Json,
    /// GitHub's runner, which shows them beside the lines of a pull request: [`Faults::to_github`].
    GitHub,
}

impl MessageFormat {
    /// Every format, with what it is called on a command line.
    pub const ALL: &[(&str, Self)] =
        &[("human", Self::Human), ("json", Self::Json), ("github", Self::GitHub)];
}

impl Faults {
    /// As text in this format; `color` is for people alone.
    pub fn write(&self, format: MessageFormat, color: bool) -> String {
        match format {
            MessageFormat::Human => self.render(color),
            MessageFormat::Json => self.to_json_lines(),
            MessageFormat::GitHub => self.to_github(),
        }
    }

    /// One object of JSON a line, in the order of files and places. Every field is always there, and further ones may come.
    ///
    /// | field | what it is |
    /// |---|---|
    /// | `reason` | `"diagnostic"`: what kind of line it is. Readers skip kinds that they do not know. |
    /// | `code` | `"WW006"`, as the reference of the language lists them |
    /// | `severity` | `"error"`: nothing can be generated; `"warning"`: somebody should look at it |
    /// | `message` | what is wrong, in one line |
    /// | `file` | the file, by its path where the faults are [`in_folder`](Faults::in_folder) |
    /// | `line`, `column` | where it begins, counted from 1, columns in characters; `null` where it is about the whole file |
    /// | `end` | `{"line": …, "column": …}`, where it ends: the column is that behind the last character; or `null` |
    /// | `labels` | the places that have to do with it, each with `file`, `line`, `column`, `end`, `primary` and `text`: what to say there, or `null`. The primary one is the fault's own and the first |
    /// | `expected` | what would have been right, or `null` |
    /// | `help` | what to do about it, or `null` |
    ///
    /// ```
    /// use wirewright_codegen::load_sources;
    ///
    /// let faults = load_sources("parcels", vec![("protocol.toml".to_owned(), "= 1".to_owned())]).unwrap_err();
    /// let line = faults.to_json_lines();
    /// assert!(line.starts_with(r#"{"reason":"diagnostic","code":"WW001","severity":"error","message":""#), "{line}");
    /// assert!(line.contains(r#""file":"protocol.toml","line":1,"column":1,"end":{"line":1,"column":"#), "{line}");
    /// ```
    pub fn to_json_lines(&self) -> String {
        self.diagnostics().iter().map(|one| json(one).line() + "\n").collect()
    }

    /// One command of GitHub's workflows a line, which its runner turns into an annotation: `::error file=…,line=…::…`.
    ///
    /// The columns are left out where a fault ends on another line than it begins on: GitHub takes none there.
    pub fn to_github(&self) -> String {
        self.diagnostics().iter().map(github).collect()
    }
}

fn json(diagnostic: &Diagnostic) -> Json {
    let [line, column, end] = place(diagnostic.place);
    let own = diagnostic.place.map(|place| label(&diagnostic.file, place, diagnostic.label.as_deref(), true));
    let related = diagnostic.related.iter();
    let related = related.map(|related| label(&related.file, related.place, Some(&related.label), false));
    Json::object([
        ("reason", Json::text("diagnostic")),
        ("code", Json::text(diagnostic.code.text())),
        ("severity", Json::text(diagnostic.severity.word())),
        ("message", Json::text(&diagnostic.message)),
        ("file", Json::text(&diagnostic.file)),
        ("line", line),
        ("column", column),
        ("end", end),
        ("labels", Json::array(own.into_iter().chain(related))),
        ("expected", Json::optional(diagnostic.expectation.as_deref())),
        ("help", Json::optional(diagnostic.suggestion.as_deref())),
    ])
}

fn label(file: &str, at: Place, text: Option<&str>, primary: bool) -> Json {
    let [line, column, end] = place(Some(at));
    Json::object([
        ("file", Json::text(file)),
        ("line", line),
        ("column", column),
        ("end", end),
        ("primary", Json::Bool(primary)),
        ("text", Json::optional(text)),
    ])
}

/// Line, column and end.
fn place(place: Option<Place>) -> [Json; 3] {
    place.map_or([Json::Null, Json::Null, Json::Null], |place| {
        let end = [("line", Json::Number(place.end_line)), ("column", Json::Number(place.end_column))];
        [Json::Number(place.line), Json::Number(place.column), Json::object(end)]
    })
}

fn github(diagnostic: &Diagnostic) -> String {
    // The commands are called as the severities are.
    let mut text = format!("::{} file={}", diagnostic.severity.word(), property(&diagnostic.file));
    if let Some(place) = diagnostic.place {
        // Writing to a string cannot fail.
        let _ = write!(text, ",line={},endLine={}", place.line, place.end_line);
        if place.line == place.end_line {
            let _ = write!(text, ",col={},endColumn={}", place.column, place.end_column);
        }
    }
    let title = format!("{}: {}", diagnostic.code.text(), diagnostic.code.title());
    let mut message = diagnostic.message.clone();
    if let Some(label) = &diagnostic.label {
        let _ = write!(message, ": {label}");
    }
    if let Some(expected) = &diagnostic.expectation {
        let _ = write!(message, "\nexpected {expected}");
    }
    for related in &diagnostic.related {
        let _ = write!(message, "\n{}:{}: {}", related.file, related.place.line, related.label);
    }
    if let Some(help) = &diagnostic.suggestion {
        let _ = write!(message, "\n{help}");
    }
    let _ = writeln!(text, ",title={}::{}", property(&title), data(&message));
    text
}

/// The text behind `::`, in which a line's end would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a `,` or `::` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
