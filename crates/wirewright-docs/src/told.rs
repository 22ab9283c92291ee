//! What people wrote about a thing, as pages show it.

use wirewright_codegen::model::{Confidence, Facts};

use crate::markup::Markup;

/// What a definition says of a thing in words.
pub(crate) struct Told {
    pub(crate) doc: Option<Markup>,
    pub(crate) assumption: Option<Markup>,
    /// How sure it is: a word, and what it means.
    pub(crate) confidence: Option<(&'static str, &'static str)>,
    pub(crate) source: Option<Markup>,
}

impl Told {
    pub(crate) fn new(facts: &Facts) -> Self {
        let prose = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
            Some(Markup::new().prose(text))
        };
        Self {
            doc: prose(&facts.doc),
            assumption: prose(&facts.assumption),
            confidence: facts.confidence.map(confidence),
            source: prose(&facts.source),
        }
    }

    /// Whether there is more than what the thing is.
    pub(crate) fn has_origin(&self) -> bool {
        self.assumption.is_some() || self.confidence.is_some() || self.source.is_some()
    }
}

/// How sure a fact is: the word of the definition, and what it means.
pub(crate) const fn confidence(confidence: Confidence) -> (&'static str, &'static str) {
    let meaning = match confidence {
        Confidence::High => "the vendor's own page says it, or a running server shows it",
        Confidence::Medium => "a sister or older page of the vendor says it",
        Confidence::Low => "inferred: no page says it",
    };
    (confidence.word(), meaning)
}

/// The first sentence of what a thing is.
pub(crate) fn first_sentence(facts: &Facts) -> &str {
    let text = facts.doc.as_deref().unwrap_or_default().trim();
    let line = text.lines().next().unwrap_or_default();
    line.find(". ").and_then(|end| line.get(..=end)).unwrap_or(line)
}
