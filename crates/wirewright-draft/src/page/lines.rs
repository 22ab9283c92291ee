//! The lines of a page: bullets, labels, cells of tables.

use crate::names::NAMES;

/// A line without what only shows its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'p> {
    pub(super) text: &'p str,
    pub(super) indent: usize,
    pub(super) is_bullet: bool,
}

/// What the lines below a label are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    None,
    Url,
    Methods,
    Doc,
    Arguments,
    Errors,
    Reply,
    Other,
}

/// Whether a text is a name on the wire.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 60
        && text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_' || first == '$')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-[]".contains(&byte))
}

impl<'p> Line<'p> {
    pub(super) fn of(raw: &'p str) -> Self {
        let trimmed = raw.trim();
        let bullet = ["• ", "* ", "- ", "– ", "· "].iter().find_map(|bullet| trimmed.strip_prefix(bullet));
        let indent = raw.len() - raw.trim_start().len();
        Self { text: bullet.unwrap_or(trimmed).trim(), indent, is_bullet: bullet.is_some() }
    }

    /// The cells of a row of a table.
    pub(super) fn cells(&self) -> Vec<&'p str> {
        if !self.text.contains('|') {
            return Vec::new();
        }
        self.text.trim_matches('|').split('|').map(str::trim).collect()
    }

    /// The section that the line is the label of, and what stands behind it.
    pub(super) fn label(&self, inside: bool) -> Option<(Section, &'p str)> {
        let text = self.text.trim_start_matches('#').trim();
        let (name, value) = match text.split_once(':') {
            Some((name, value)) if !value.starts_with("//") => (name.trim(), value.trim()),
            _ => (text, ""),
        };
        if name.len() > 60 || self.text.contains('|') {
            return None;
        }
        let name = name.to_lowercase();
        let labels = &NAMES.labels;
        let section = if labels.url.contains(&name) {
            Section::Url
        } else if labels.methods.contains(&name) {
            Section::Methods
        } else if labels.doc.contains(&name) {
            Section::Doc
        } else if labels.arguments.contains(&name) {
            Section::Arguments
        } else if labels.errors.contains(&name) {
            Section::Errors
        } else if labels.reply.contains(&name) {
            Section::Reply
        } else if labels.other.contains(&name)
            || labels.media_type.contains(&name)
            || name.ends_with(" example")
        {
            Section::Other
        } else {
            return None;
        };
        // What is deeper than an argument is said of it, and `method (required)` is one.
        let deeper = inside && self.is_bullet && self.indent > 4;
        (!deeper).then_some((section, value))
    }
}
