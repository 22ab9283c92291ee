//! Where changes are in the files of the new definition.

use super::change::{Change, Changes, Location};
use crate::diagnostic::Report;
use crate::read::documents;
use crate::source::{Sources, Span};
use toml::de::{DeTable, DeValue};

impl Changes {
    /// The same changes with file and line, looked up in the files of the new definition, by name and text. What is gone has no line,
    /// or that of what is around it.
    #[must_use]
    pub fn located(mut self, files: &[(String, String)]) -> Self {
        let mut files = files.to_vec();
        files.sort_by(|left, right| left.0.cmp(&right.0));
        let sources = Sources::new(files);
        let report = Report::default();
        // A file that is no TOML is a fault of the definition, and has been told as one.
        let Some(documents) = documents(&sources, &report) else { return self };
        for change in self.all_mut() {
            change.location = place(change, &sources, &documents);
        }
        self
    }
}

fn place(change: &Change, sources: &Sources, documents: &[DeTable<'_>]) -> Option<Location> {
    let files = sources.iter().zip(documents).enumerate();
    let own =
        files.filter(|(_, ((name, _), _))| change.place.file.as_deref().is_none_or(|file| file == *name));
    // Types can be in any file; the one that has most of the way is theirs.
    let (_, span) = own
        .map(|(file, (_, table))| reached(file, table, &change.place.keys))
        .max_by_key(|(depth, _)| *depth)?;
    let span = span?;
    Some(Location { file: sources.name(span.file()).to_owned(), line: sources.position(span).0 })
}

/// How far the keys lead, and where the last one is that is there.
fn reached(file: usize, table: &DeTable<'_>, keys: &[String]) -> (usize, Option<Span>) {
    let mut found = (0, None);
    let mut table = Some(table);
    for key in keys {
        let Some((written, value)) = table
            .and_then(|table| table.iter().find(|(written, _)| written.get_ref().as_ref() == key.as_str()))
        else {
            break;
        };
        let range = written.span();
        found = (found.0 + 1, Some(Span::new(file, range)));
        table = match value.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => None,
        };
    }
    found
}
