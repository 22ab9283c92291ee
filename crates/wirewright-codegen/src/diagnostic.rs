//! What is wrong with a definition, and how it is shown.

mod code;
mod machine;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

pub use self::code::{CODES, Code, Severity};
pub use self::machine::MessageFormat;
use crate::nearest::nearest;
use crate::source::{Sources, Span};
use crate::unseen::is_unseen;

/// One fault of a definition, or something about it that somebody should look at.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The name of the file.
    pub file: String,
    /// Where in the file it is; `None`: it is about the file as a whole.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What to say at the underlined place.
    pub label: Option<String>,
    /// What would have been right.
    pub expectation: Option<String>,
    /// What to do about it.
    pub suggestion: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    span: Option<Span>,
    /// Whether the text at its place is not shown.
    is_hidden: bool,
}

/// A stretch of a file. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line that it begins on.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// The line that it ends on.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
}

/// Another place that has to do with a fault.
#[derive(Debug, Clone)]
pub struct Related {
    /// The name of the file.
    pub file: String,
    /// Where in the file it is.
    pub place: Place,
    /// What to say there.
    pub label: String,
    span: Span,
}

/// A fault before its place is turned into line and column.
#[derive(Debug)]
pub(crate) struct Fault {
    code: Code,
    span: Option<Span>,
    file: String,
    message: String,
    label: Option<String>,
    expectation: Option<String>,
    suggestion: Option<String>,
    related: Vec<(Span, String)>,
    is_hidden: bool,
}

impl Fault {
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            span: Some(span),
            file: String::new(),
            message: message.into(),
            label: None,
            expectation: None,
            suggestion: None,
            related: Vec::new(),
            is_hidden: false,
        }
    }

    /// A fault of a whole file.
    pub(crate) fn nowhere(code: Code, file: &str, message: impl Into<String>) -> Self {
        let nothing = Span::new(0, 0..0);
        Self { span: None, file: file.to_owned(), ..Self::new(code, nothing, message) }
    }

    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    pub(crate) fn expected(self, expectation: impl Into<String>) -> Self {
        Self { expectation: Some(expectation.into()), ..self }
    }

    pub(crate) fn help(self, suggestion: impl Into<String>) -> Self {
        Self { suggestion: Some(suggestion.into()), ..self }
    }

    /// The nearest of `known` to what was written, as a suggestion; the suggestion that is there already otherwise, or where the
    /// report has been given enough of them.
    pub(crate) fn did_you_mean(
        self,
        report: &Report,
        written: &str,
        known: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        match report.nearest(written, known) {
            Some(near) => self.help(format!("did you mean `{}`?", near.as_ref())),
            None => self,
        }
    }

    /// The text at its place is not to be shown.
    pub(crate) fn hidden(self) -> Self {
        Self { is_hidden: true, ..self }
    }

    /// Another place that has to do with it.
    pub(crate) fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// A word of the language, the kind of table that it is in, and where it was read.
#[derive(Debug)]
pub(crate) struct ReadWord {
    pub(crate) place: &'static str,
    pub(crate) word: &'static str,
    pub(crate) span: Span,
}

/// How many known names are compared with what was written, in all faults together. A definition of ten thousand names can have
/// twenty of them wrong; with thousands of each, nobody reads that many suggestions, and they would take time by the square.
const COMPARISONS: usize = 200_000;

/// Where every stage puts the faults that it finds, and goes on.
#[derive(Debug, Default)]
pub(crate) struct Report {
    faults: RefCell<Vec<Fault>>,
    /// The words that were read, when someone wants to know them.
    words: Option<RefCell<Vec<ReadWord>>>,
    /// How many names have been compared with what was written.
    compared: Cell<usize>,
}

impl Report {
    /// A report that may keep the words that are read as well.
    pub(crate) fn new(keeps_words: bool) -> Self {
        Self { words: keeps_words.then(RefCell::default), ..Self::default() }
    }

    pub(crate) fn keeps_words(&self) -> bool {
        self.words.is_some()
    }

    /// Adds what another report has.
    pub(crate) fn take(&self, other: Self) {
        self.faults.borrow_mut().extend(other.faults.into_inner());
        if let (Some(words), Some(more)) = (&self.words, other.words) {
            words.borrow_mut().extend(more.into_inner());
        }
        self.compared.set(self.compared.get().saturating_add(other.compared.get()));
    }

    pub(crate) fn word(&self, place: &'static str, word: &'static str, span: Span) {
        if let Some(words) = &self.words {
            words.borrow_mut().push(ReadWord { place, word, span });
        }
    }

    pub(crate) fn into_words(self) -> Vec<ReadWord> {
        self.words.map(RefCell::into_inner).unwrap_or_default()
    }

    fn nearest<K: AsRef<str>>(&self, written: &str, known: impl IntoIterator<Item = K>) -> Option<K> {
        if self.compared.get() >= COMPARISONS {
            return None;
        }
        nearest(written, known.into_iter().inspect(|_| self.compared.set(self.compared.get() + 1)))
    }

    pub(crate) fn add(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// Whether nothing can be generated.
    pub(crate) fn has_errors(&self) -> bool {
        self.faults.borrow().iter().any(|fault| fault.code.severity() == Severity::Error)
    }

    pub(crate) fn into_faults(self, sources: Sources) -> Faults {
        let mut faults = self.faults.into_inner();
        if faults.is_empty() {
            // Nobody will ask for a place in them.
            return Faults { diagnostics: Vec::new(), sources: Sources::new(Vec::new()) };
        }
        faults.sort_by_key(|left| (left.span, left.code));
        // What a group says is read with each of its operations.
        faults.dedup_by(|left, right| {
            left.span.is_some()
                && (left.span, left.code, &left.message) == (right.span, right.code, &right.message)
        });
        let diagnostics = faults.into_iter().map(|fault| place(fault, &sources)).collect();
        Faults { diagnostics, sources }
    }
}

fn place(fault: Fault, sources: &Sources) -> Diagnostic {
    let file = match fault.span {
        Some(span) => sources.name(span.file()).to_owned(),
        None => fault.file,
    };
    let related = fault.related.into_iter().map(|(span, label)| Related {
        file: sources.name(span.file()).to_owned(),
        place: Place::of(span, sources),
        label: shortened(label, TITLE),
        span,
    });
    Diagnostic {
        code: fault.code,
        severity: fault.code.severity(),
        file,
        place: fault.span.map(|span| Place::of(span, sources)),
        message: shortened(fault.message, TITLE),
        label: fault.label.map(|label| shortened(label, TITLE)),
        expectation: fault.expectation.map(|expected| shortened(expected, TEXT)),
        suggestion: fault.suggestion.map(|suggestion| shortened(suggestion, TEXT)),
        related: related.collect(),
        span: fault.span,
        is_hidden: fault.is_hidden,
    }
}

impl Place {
    fn of(span: Span, sources: &Sources) -> Self {
        let (line, column) = sources.position(span);
        let (end_line, end_column) =
            sources.position(Span::new(span.file(), span.end().max(span.start())..span.end()));
        Self { line, column, end_line, end_column }
    }
}

/// How long a title or a label is at most, in characters, and how long any other text.
const TITLE: usize = 200;
const TEXT: usize = 1000;
/// How much of a quoted text is shown where the whole is too long.
const QUOTED: usize = 40;

/// A text of at most so many characters, in one line: what it quotes may be as long as a file.
fn shortened(text: String, most: usize) -> String {
    let text = if text.contains(is_unseen) { escaped(&text) } else { text };
    let is_long = |text: &str| text.len() > most && text.chars().count() > most;
    if !is_long(&text) {
        return text;
    }
    let parts = text.split('`').enumerate().map(|(index, part)| match part.char_indices().nth(QUOTED) {
        Some((end, _)) if index % 2 == 1 => format!("{}…", part.get(..end).unwrap_or_default()),
        _ => part.to_owned(),
    });
    let text = parts.collect::<Vec<_>>().join("`");
    if !is_long(&text) {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    let sign = |sign: char| {
        let escaped = is_unseen(sign).then(|| sign.escape_debug());
        let plain = escaped.is_none().then_some(sign);
        escaped.into_iter().flatten().chain(plain)
    };
    text.chars().flat_map(sign).collect()
}

/// Everything that is wrong with a definition, in the order of files and places, and what somebody should look at.
#[derive(Debug)]
pub struct Faults {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl Faults {
    /// Each of them.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many of them are as severe as this.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|one| one.severity == severity).count()
    }

    /// The same faults with the path of their files instead of the bare names, so that a terminal can open them.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        let folder = format!("{}/", folder.display());
        for diagnostic in &mut self.diagnostics {
            diagnostic.file.insert_str(0, &folder);
            for related in &mut diagnostic.related {
                related.file.insert_str(0, &folder);
            }
        }
        Self { sources: self.sources.in_folder(&folder), ..self }
    }

    /// The faults as text: each with code, place, excerpt, what was expected and what to do. `color` adds terminal escapes.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for diagnostic in &self.diagnostics {
            // The renderer knows those of ASCII, and some others.
            let shown = renderer.render(&[self.group(diagnostic)]);
            let is_hidden = |sign: char| is_unseen(sign) && !sign.is_control();
            text.extend(shown.chars().map(|sign| if is_hidden(sign) { '\u{fffd}' } else { sign }));
            text.push_str("\n\n");
        }
        text + &self.counted() + "\n"
    }

    /// `2 faults, 1 warning`
    fn counted(&self) -> String {
        let count = |count: usize, what: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {what}{plural}"))
        };
        let counted =
            [count(self.count(Severity::Error), "fault"), count(self.count(Severity::Warning), "warning")];
        let counted: Vec<String> = counted.into_iter().flatten().collect();
        if counted.is_empty() { "no fault".to_owned() } else { counted.join(", ") }
    }

    fn group<'a>(&'a self, diagnostic: &'a Diagnostic) -> Group<'a> {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group =
            Group::with_title(level.primary_title(&*diagnostic.message).id(diagnostic.code.text()));
        match diagnostic.span {
            None => group = group.element(Origin::path(&*diagnostic.file)),
            Some(span) if diagnostic.is_hidden => {
                let (line, column) = self.sources.position(span);
                group = group.element(Origin::path(&*diagnostic.file).line(line).char_column(column));
            }
            Some(span) => {
                group = self.shown(group, span, AnnotationKind::Primary, diagnostic.label.as_deref());
                for related in &diagnostic.related {
                    group = self.shown(group, related.span, AnnotationKind::Context, Some(&related.label));
                }
            }
        }
        if let Some(expectation) = &diagnostic.expectation {
            group = group.element(Level::NOTE.message(format!("expected {expectation}")));
        }
        if let Some(suggestion) = &diagnostic.suggestion {
            group = group.element(Level::HELP.message(&**suggestion));
        }
        group
    }

    /// The group with a place of a file, and the text around it.
    fn shown<'a>(
        &'a self,
        group: Group<'a>,
        span: Span,
        kind: AnnotationKind,
        label: Option<&'a str>,
    ) -> Group<'a> {
        let (line, column) = self.sources.position(span);
        let excerpt = self.sources.excerpt(span);
        let path = self.sources.name(span.file());
        let snippet =
            Snippet::source(excerpt.text).line_start(line).annotation(kind.span(excerpt.range).label(label));
        if excerpt.from_start {
            group.element(snippet.path(path))
        } else {
            // The column is not that of the excerpt.
            group.element(Origin::path(path).line(line).char_column(column)).element(snippet)
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}
