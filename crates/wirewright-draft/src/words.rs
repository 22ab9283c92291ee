//! A definition as it is being put together: files of tables, whose entries have words.

use toml::Value;

/// The words of an inline table, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Words(Vec<(String, Value)>);

/// In which order words are written.
const ORDER: &[&str] = &[
    "from",
    "field",
    "is",
    "in",
    "value",
    "within",
    "only-in",
    "type",
    "list",
    "map",
    "boolean",
    "tells",
    "flatten-in",
    "success",
    "failure",
    "on",
    "attribute",
    "text",
    "required",
    "secret",
    "default",
    "name",
    "class",
    "wire-name",
    "when",
    "empty-is-absent",
    "doc",
    "source",
    "confidence",
    "assumption",
];

impl Words {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, word: &str, value: impl Into<Value>) -> Self {
        self.set(word, value);
        self
    }

    /// Says a word, in place of what it said before.
    pub(crate) fn set(&mut self, word: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(own, _)| own == word) {
            Some((_, old)) => *old = value,
            None => self.0.push((word.to_owned(), value)),
        }
    }

    /// Says a word that was not said.
    pub(crate) fn set_default(&mut self, word: &str, value: impl Into<Value>) {
        if !self.has(word) {
            self.set(word, value);
        }
    }

    pub(crate) fn remove(&mut self, word: &str) {
        self.0.retain(|(own, _)| own != word);
    }

    pub(crate) fn retain(&mut self, keep: &[&str]) {
        self.0.retain(|(own, _)| keep.contains(&own.as_str()));
    }

    pub(crate) fn get(&self, word: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == word).map(|(_, value)| value)
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    pub(crate) fn text(&self, word: &str) -> Option<&str> {
        self.get(word)?.as_str()
    }

    pub(crate) fn is(&self, word: &str, text: &str) -> bool {
        self.text(word) == Some(text)
    }

    pub(crate) fn flag(&self, word: &str) -> bool {
        self.get(word).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes what another says that this does not.
    pub(crate) fn fill(&mut self, other: Self) {
        for (word, value) in other.0 {
            self.set_default(&word, value);
        }
    }

    /// The words as they are written.
    pub(crate) fn sorted(&self) -> Vec<(&str, &Value)> {
        let mut words: Vec<(&str, &Value)> =
            self.0.iter().map(|(word, value)| (word.as_str(), value)).collect();
        words
            .sort_by_key(|(word, _)| ORDER.iter().position(|known| known == word).unwrap_or(ORDER.len() - 4));
        words
    }
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    Words(Words),
    Value(Value),
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key; one with dots in it, `request.url`, is written as it is where `dotted`.
    pub(crate) key: String,
    pub(crate) dotted: bool,
    pub(crate) said: Said,
    /// What stands behind it.
    pub(crate) comment: Option<String>,
}

/// What a table is of, for whoever repairs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// The head of a file or an operation.
    Head,
    /// Members, each with words of its own.
    Members,
    /// A sample.
    Example,
    /// A type.
    Type,
    Other,
}

/// A table of a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// The keys of its heading; none: the file's own.
    pub(crate) head: Vec<String>,
    /// Whether it is one of a list: `[[login.example]]`.
    pub(crate) many: bool,
    pub(crate) about: About,
    /// Lines in front.
    pub(crate) comments: Vec<String>,
    pub(crate) entries: Vec<Entry>,
}

impl Table {
    pub(crate) fn new(about: About, head: &[&str]) -> Self {
        let head = head.iter().map(|key| (*key).to_owned()).collect();
        Self { head, many: false, about, comments: Vec::new(), entries: Vec::new() }
    }

    /// Adds a value under a key.
    pub(crate) fn value(&mut self, key: &str, value: impl Into<Value>) {
        self.entry(key, false, Said::Value(value.into()), None);
    }

    /// Adds a value under a key with a dot in it.
    pub(crate) fn dotted(&mut self, key: &str, value: impl Into<Value>) {
        self.entry(key, true, Said::Value(value.into()), None);
    }

    /// Adds an entry with words.
    pub(crate) fn words(&mut self, key: &str, words: Words, comment: Option<String>) {
        self.entry(key, false, Said::Words(words), comment);
    }

    fn entry(&mut self, key: &str, dotted: bool, said: Said, comment: Option<String>) {
        self.entries.push(Entry { key: key.to_owned(), dotted, said, comment });
    }
}

/// A file of a definition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) tables: Vec<Table>,
}
