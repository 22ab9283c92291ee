//! The words that most tables have.

use super::vocabulary::{Alternative, Alternatives as _, Vocabulary, Word, alternatives, vocabulary};
use crate::model::Confidence;

impl Vocabulary {
    /// Its own words and, where it takes them, the facts.
    pub fn all(&self) -> impl Iterator<Item = &'static Word> + use<> {
        let facts: &'static [Word] = if self.facts { FACTS } else { &[] };
        self.words.iter().chain(facts)
    }
}

vocabulary! {
    /// What every thing of a definition can say about itself.
    words FACTS, facts;
    may DOC = "doc", Text, "What it is, for the people who use it.";
    may SOURCE = "source", Text,
        "The page that states it. Every operation needs one: its own, or that of its group or of the protocol.";
    may ASSUMPTION = "assumption", Text, "What the definition chose where the page leaves a rule open.";
    may CONFIDENCE = "confidence", Choice(Confidences),
        "How sure the facts are. An operation that does not say it has that of its group, or of the protocol.";
}

/// [`Confidences`], for those who write of them.
pub(crate) const CONFIDENCE: &[Alternative] = Confidences::ALL;

alternatives! {
    /// How sure a fact is.
    Confidences: Confidence;
    "high" => Confidence::High, "The vendor's own page says it, or a running server shows it.";
    "medium" => Confidence::Medium, "A sister or older page of the vendor says it.";
    "low" => Confidence::Low, "It is inferred.";
}
