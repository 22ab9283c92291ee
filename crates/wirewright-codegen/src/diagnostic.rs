//! What is wrong with a definition, and how it is shown.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::nearest::nearest;
use crate::source::{Sources, Span};

macro_rules! codes {
    ($($name:ident $code:literal $title:literal)*) => {
        /// What kind of fault a diagnostic is about. The codes are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        /// Every code with its text and title.
        pub const CODES: &[(Code, &str, &str)] = &[$((Code::$name, $code, $title),)*];

        impl Code {
            /// `WW002`
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What this kind of fault is called.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    Syntax "WW001" "a file that is not TOML"
    UnknownKey "WW002" "a key that has no meaning at its place"
    MissingKey "WW003" "a key that must be there and is not"
    WrongType "WW004" "a value of the wrong type"
    UnknownWord "WW005" "a text that is none of the words known at its place"
    UnknownType "WW006" "a type that is defined nowhere"
    UnknownReference "WW007" "a reference to nothing"
    WireClash "WW008" "two things of one name on the wire"
    RustClash "WW009" "two things of one name in Rust"
    UnreachableType "WW010" "a type that nothing uses"
    UnmarkedSecret "WW011" "something that looks like a secret and is not marked"
    ErrorTwice "WW012" "an error that is given twice"
    DuplicateKey "WW013" "a key or name that is given twice"
    ExampleFormat "WW014" "an example in a form that its operation does not offer"
    SessionUnopened "WW015" "a session that nothing opens"
    Signature "WW016" "a signature that cannot be made"
    Narrowing "WW017" "a narrowing to something that is not offered"
    SessionPath "WW018" "a session's path that leads to no promised text"
    WireName "WW019" "a name that cannot be written in a format"
    EndlessType "WW020" "a type whose values have no end"
    EnvelopeRole "WW021" "an envelope that does not say whether a call succeeded"
    StatusValue "WW022" "a status of the wrong type"
    Empty "WW023" "something that must have content and has none"
    ErrorKeys "WW024" "errors that are known by numbers and by names"
    Endpoint "WW025" "an endpoint that is no address"
    Path "WW026" "a path that cannot be in a URL"
    DateTime "WW027" "an unknown directive in a date's format"
    OccasionTwice "WW028" "two errors for one condition"
    Contradiction "WW029" "words that exclude one another"
    TypeKind "WW030" "a type that is none or several things at once"
    Reserved "WW031" "a name that generated code needs itself"
    Order "WW032" "an order that leaves a member out or names it twice"
    Spelling "WW033" "a text that is not spelled as its place needs it"
    Unreadable "WW034" "a file that cannot be read"
    OperationAddress "WW035" "two operations that a server cannot tell apart"
    Provision "WW036" "a parameter that nothing fills in"
    Unsourced "WW037" "an operation that no page states"
    RequestBody "WW038" "a request whose body cannot be sent"
    Multipart "WW039" "a multipart request that cannot be sent, or a file outside of one"
    Meaningless "WW040" "a word that says nothing where it stands"
    Layout "WW041" "a member that cannot be laid out so"
    NoSecret "WW042" "something that cannot be kept secret"
    Default "WW043" "a default that is never meant"
    Misplaced "WW044" "a parameter that its place cannot hold"
    SessionLife "WW045" "a session that cannot begin, go on or end so"
    Raw "WW046" "an envelope's word where there is no envelope"
    Rows "WW047" "rows that cannot be read or written one by one"
    Pagination "WW048" "a paginated call whose next page cannot be asked for"
    FailureData "WW049" "data of errors that promises or says too much"
}

/// One fault of a definition.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: Code,
    /// The name of the file.
    pub file: String,
    /// Counted from 1; 0 when the fault has no place in the file.
    pub line: usize,
    /// In characters, counted from 1; 0 when the fault has no place in the file.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to say at the underlined place.
    pub label: Option<String>,
    /// What would have been right.
    pub expectation: Option<String>,
    /// What to do about it.
    pub suggestion: Option<String>,
    span: Option<Span>,
    related: Vec<(Span, String)>,
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
        }
    }

    /// A fault of a whole file.
    pub(crate) fn nowhere(code: Code, file: &str, message: impl Into<String>) -> Self {
        let nothing = Span { file: 0, start: 0, end: 0 };
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
    /// A report that keeps the words that are read as well.
    pub(crate) fn with_words() -> Self {
        Self { words: Some(RefCell::default()), ..Self::default() }
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

    pub(crate) fn is_empty(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    pub(crate) fn into_faults(self, sources: Sources) -> Faults {
        let mut faults = self.faults.into_inner();
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
    let (file, (line, column)) = match fault.span {
        Some(span) => (sources.name(span.file).to_owned(), sources.position(span)),
        None => (fault.file, (0, 0)),
    };
    Diagnostic {
        code: fault.code,
        file,
        line,
        column,
        message: shortened(fault.message, TITLE),
        label: fault.label.map(|label| shortened(label, TITLE)),
        expectation: fault.expectation.map(|expected| shortened(expected, TEXT)),
        suggestion: fault.suggestion.map(|suggestion| shortened(suggestion, TEXT)),
        span: fault.span,
        related: fault.related.into_iter().map(|(span, label)| (span, shortened(label, TITLE))).collect(),
    }
}

/// How long a title or a label is at most, in characters, and how long any other text.
const TITLE: usize = 200;
const TEXT: usize = 1000;
/// How much of a quoted text is shown where the whole is too long.
const QUOTED: usize = 40;

/// A text of at most so many characters, in one line: what it quotes may be as long as a file.
fn shortened(text: String, most: usize) -> String {
    let text = if text.contains(|sign: char| sign.is_control()) { escaped(&text) } else { text };
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
        let escaped = sign.is_control().then(|| sign.escape_debug());
        let plain = escaped.is_none().then_some(sign);
        escaped.into_iter().flatten().chain(plain)
    };
    text.chars().flat_map(sign).collect()
}

/// Everything that is wrong with a definition, in the order of files and places.
#[derive(Debug)]
pub struct Faults {
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl Faults {
    /// The faults, at least one.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The same faults with the path of their files instead of the bare names, so that a terminal can open them.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        let folder = format!("{}/", folder.display());
        for diagnostic in &mut self.diagnostics {
            diagnostic.file.insert_str(0, &folder);
        }
        Self { sources: self.sources.in_folder(&folder), ..self }
    }

    /// The faults as text: each with code, place, excerpt, what was expected and what to do. `color` adds terminal escapes.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for diagnostic in &self.diagnostics {
            text.push_str(&renderer.render(&[self.group(diagnostic)]));
            text.push_str("\n\n");
        }
        let count = self.diagnostics.len();
        text + &format!("{count} {}\n", if count == 1 { "fault" } else { "faults" })
    }

    fn group<'a>(&'a self, diagnostic: &'a Diagnostic) -> Group<'a> {
        let mut group =
            Group::with_title(Level::ERROR.primary_title(&*diagnostic.message).id(diagnostic.code.text()));
        match diagnostic.span {
            None => group = group.element(Origin::path(&*diagnostic.file)),
            Some(span) => {
                group = self.shown(group, span, AnnotationKind::Primary, diagnostic.label.as_deref());
                for (span, label) in &diagnostic.related {
                    group = self.shown(group, *span, AnnotationKind::Context, Some(label));
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
        let path = self.sources.name(span.file);
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
