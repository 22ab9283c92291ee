//! What a vocabulary is, and the words that every table has.

use Kind::{Choice, Text};

/// The words of one kind of table.
#[derive(Debug)]
pub struct Vocabulary {
    /// What the table describes, with its article.
    pub place: &'static str,
    /// Its own words.
    pub words: &'static [Word],
    /// Whether it takes [`FACTS`] as well.
    pub facts: bool,
}

/// One key of a table.
#[derive(Debug)]
pub struct Word {
    /// As it is written.
    pub word: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it says.
    pub doc: &'static str,
}

/// What a word's value is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A string or a whole number.
    Scalar,
    /// An array of strings or whole numbers.
    Scalars,
    /// An array of strings.
    Texts,
    /// A string or an array of strings.
    TextOrTexts,
    /// `true` or a string.
    FlagOrText,
    /// One of these words.
    Choice(&'static [Alternative]),
    /// One of these words, or an array of them.
    ChoiceOrChoices(&'static [Alternative]),
    /// A table with words of its own.
    Table(&'static Vocabulary),
    /// An array of tables.
    Tables(&'static Vocabulary),
    /// `true` or a table.
    FlagOrTable(&'static Vocabulary),
    /// `true`, a string or a table.
    FlagTextOrTable(&'static Vocabulary),
    /// A string or a table.
    TextOrTable(&'static Vocabulary),
    /// A table whose keys are the definition's own; each entry is this.
    Entries(&'static str),
}

/// A word that may be a value, and what it means.
pub type Alternative = (&'static str, &'static str);

pub(super) const fn must(word: &'static str, kind: Kind, doc: &'static str) -> Word {
    Word { word, kind, required: true, doc }
}

pub(super) const fn may(word: &'static str, kind: Kind, doc: &'static str) -> Word {
    Word { word, kind, required: false, doc }
}

impl Vocabulary {
    /// Its own words and, where it takes them, the facts.
    pub fn all(&self) -> impl Iterator<Item = &'static Word> + use<> {
        let facts: &'static [Word] = if self.facts { FACTS } else { &[] };
        self.words.iter().chain(facts)
    }
}

/// What every thing of a definition can say about itself.
pub const FACTS: &[Word] = &[
    may("doc", Text, "What it is, for the people who use it."),
    may(
        "source",
        Text,
        "The page that states it. Every operation needs one: its own, or that of its group or of the protocol.",
    ),
    may("assumption", Text, "What the definition chose where the page leaves a rule open."),
    may(
        "confidence",
        Choice(CONFIDENCE),
        "How sure the facts are. An operation that does not say it has that of its group, or of the protocol.",
    ),
];

/// How sure a fact is.
pub const CONFIDENCE: &[Alternative] = &[
    ("high", "The vendor's own page says it, or a running server shows it."),
    ("medium", "A sister or older page of the vendor says it."),
    ("low", "It is inferred."),
];
