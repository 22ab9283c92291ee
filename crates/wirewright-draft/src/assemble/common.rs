//! What the tables of a definition have in common.

use indexmap::IndexMap;
use wirewright_codegen::model::FormatKind;

use crate::{
    infer::{
        operations::Operation,
        sample::{FORMATS, format_name},
    },
    members::Drafted,
    words::{About, Table, Words},
};

/// What stands for an address that no sample shows.
pub(crate) const NO_ENDPOINT: &str = "https://api.vendor.example";

/// How the methods of an operation carry parameters.
pub(crate) type Methods = IndexMap<String, &'static str>;

/// What the whole draft needs beside what was inferred.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    pub(crate) title: String,
    /// Where the facts come from.
    pub(crate) source: String,
}

/// The document that requests of an operation carry.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) format: FormatKind,
    pub(crate) root: Option<String>,
    pub(crate) members: Vec<(String, Drafted)>,
}

/// The name of an operation as sessions have it.
pub(crate) fn title(operation: &Operation) -> String {
    format!("{}/{}", operation.group, operation.name)
}

/// A table of members.
pub(crate) fn members(head: &[&str], members: Vec<(String, Drafted)>) -> Table {
    let mut table = Table::new(About::Members, head);
    for (key, drafted) in members {
        let mut words = drafted.words;
        let key = text_key(&key, &mut words);
        table.words(&key, words, drafted.comment);
    }
    table
}

/// The key of an element's own text: no name on the wire.
fn text_key(key: &str, words: &mut Words) -> String {
    if key == crate::tree::TEXT {
        words.set_default("text", true);
        return "text".to_owned();
    }
    key.to_owned()
}

/// The formats of a definition, by their names.
pub(crate) fn names(formats: &indexmap::IndexSet<FormatKind>) -> Vec<toml::Value> {
    FORMATS
        .into_iter()
        .filter(|format| formats.contains(format))
        .map(|format| format_name(format).into())
        .collect()
}
