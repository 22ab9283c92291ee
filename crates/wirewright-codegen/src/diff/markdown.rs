//! Changes for people: as Markdown for a pull request, and as plain text.

use std::fmt::{self, Write as _};

use super::change::{Change, Changes};
use super::effect::{Effect, Severity, Version};

/// How many changes of one severity are shown at most: a comment has an end.
const ROWS: usize = 200;
/// How many operations are named at most.
const OPERATIONS: usize = 8;

/// What is said without any change.
const NOTHING: &str = "Nothing changed on the wire or in the crate's interface.";

impl Changes {
    /// As Markdown, for a comment on a pull request: what it comes to in a sentence, and a table for each severity. Without changes
    /// it is one sentence.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("{}\n", self.summary("**"));
        for severity in Severity::ALL {
            let count = self.count(severity);
            if count == 0 {
                continue;
            }
            let title = capital(severity.words());
            // Writing to a string cannot fail.
            let _ = write!(text, "\n### {title} ({count})\n\n{HEAD}");
            for change in self.of(severity).take(ROWS) {
                row(&mut text, change);
            }
            if count > ROWS {
                let _ = writeln!(text, "\nAnd {} more.", count - ROWS);
            }
        }
        text
    }

    /// What the changes come to, in a sentence or two.
    fn summary(&self, strong: &str) -> String {
        if self.is_empty() {
            return NOTHING.to_owned();
        }
        let counts = Severity::ALL.into_iter().filter_map(|severity| {
            let count = self.count(severity);
            (count > 0).then(|| format!("{count} {}", severity.words()))
        });
        let counts: Vec<String> = counts.collect();
        let all = self.all().len();
        let changes = if all == 1 { "change" } else { "changes" };
        let version = self.version().word();
        let ask = if all == 1 { "It asks" } else { "They ask" };
        format!("{all} {changes}: {}. {ask} for a {strong}{version}{strong} version.", counts.join(", "))
    }
}

/// As plain text: each change in a paragraph of its own, the most severe first, and at the end what they come to.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in self.all() {
            writeln!(f, "{change}\n")?;
        }
        writeln!(f, "{}", self.summary(""))
    }
}

/// Its code, severity and place, what happened, and what it does.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.kind.code(), self.severity(), self.place)?;
        if let Some(direction) = self.direction {
            write!(f, " ({})", direction.words())?;
        }
        if let Some(location) = &self.location {
            write!(f, ", {location}")?;
        }
        write!(f, "\n  {}", capital(&self.sentence()))?;
        if let Some(operations) = operations(self) {
            write!(f, "\n  in {operations}")?;
        }
        write!(f, "\n  {}", consequence(self.effect()))
    }
}

const HEAD: &str =
    "| code | where | what changed | callers | servers | version |\n|---|---|---|---|---|---|\n";

fn row(text: &mut String, change: &Change) {
    let effect = change.effect();
    let mut place = super::quote::code(&change.place.to_string());
    if let Some(direction) = change.direction {
        let _ = write!(place, " ({})", direction.words());
    }
    if let Some(location) = &change.location {
        let _ = write!(place, "<br>{}", super::quote::code(&location.to_string()));
    }
    let mut what = capital(&change.sentence());
    if let Some(operations) = operations(change) {
        let _ = write!(what, "<br>In {operations}.");
    }
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {} |",
        change.kind.code(),
        cell(&place),
        cell(&what),
        effect.callers.words(),
        effect.servers.words(),
        effect.version().word()
    );
}

/// A bar would end the cell, in code as well.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The operations that a change reaches.
fn operations(change: &Change) -> Option<String> {
    let all = &change.operations;
    if all.is_empty() {
        return None;
    }
    if all.iter().any(|one| one == super::reach::EVERY) {
        return Some("every operation".to_owned());
    }
    let shown = super::quote::list(all.iter().take(OPERATIONS));
    let left = all.len().saturating_sub(OPERATIONS);
    Some(if left == 0 { shown } else { format!("{shown} and {left} more") })
}

/// What a change breaks, and what it asks for.
fn consequence(effect: Effect) -> String {
    let harm = [("callers", effect.callers), ("servers", effect.servers)];
    let broken: Vec<String> = harm
        .into_iter()
        .filter(|(_, harm)| harm.is_any())
        .map(|(side, harm)| format!("{side}: {}", harm.words()))
        .collect();
    let version = match effect.version() {
        Version::Major => "a major version",
        Version::Minor => "a minor version",
        Version::Patch => "a patch",
    };
    if broken.is_empty() {
        format!("breaks nothing; {version}")
    } else {
        format!("breaks {}; {version}", broken.join(", "))
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
