//! What is in `#[wire(...)]`, word by word.

use proc_macro2::{Ident, Span};
use syn::{
    Attribute, LitInt, LitStr, Result, Token, bracketed, ext::IdentExt, parenthesized, parse::Parse,
    parse::ParseStream, punctuated::Punctuated, token,
};

use crate::{
    report::Report,
    text::nearest,
    vocabulary::{self, Vocabulary, WordKind},
};

/// One word of an attribute, with what it says.
pub(crate) struct Word {
    pub(crate) name: String,
    pub(crate) span: Span,
    argument: Argument,
}

enum Argument {
    Flag,
    Text(LitStr),
    Texts(Vec<LitStr>),
    Number(LitInt),
    Group(Words),
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let ident = input.call(Ident::parse_any)?;
        let argument = if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            Argument::Group(content.call(Words::parse)?)
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let look = input.lookahead1();
            if look.peek(LitStr) {
                Argument::Text(input.parse()?)
            } else if look.peek(LitInt) {
                Argument::Number(input.parse()?)
            } else if look.peek(token::Bracket) {
                let content;
                bracketed!(content in input);
                let texts = Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?;
                Argument::Texts(texts.into_iter().collect())
            } else {
                return Err(look.error());
            }
        } else {
            Argument::Flag
        };
        Ok(Self { name: ident.unraw().to_string(), span: ident.span(), argument })
    }
}

/// The words of one item, from all of its `#[wire(...)]` together.
#[derive(Default)]
pub(crate) struct Words(Vec<Word>);

impl Words {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        Ok(Self(Punctuated::<Word, Token![,]>::parse_terminated(input)?.into_iter().collect()))
    }

    /// Reads the words of `attributes`, not yet knowing what they mean there.
    pub(crate) fn read(attributes: &[Attribute], report: &mut Report) -> Self {
        let mut all = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("wire")) {
            match attribute.parse_args_with(Self::parse) {
                Ok(words) => all.0.extend(words.0),
                Err(fault) => report.add(fault),
            }
        }
        all
    }

    /// Keeps the words that `vocabulary` has, once each and each with an argument of its kind; reports the others.
    pub(crate) fn check(self, vocabulary: &'static Vocabulary, report: &mut Report) -> Self {
        let mut known = Self::default();
        for mut word in self.0 {
            let Some((_, kind)) = vocabulary.words.iter().find(|(name, _)| *name == word.name) else {
                report.fault(word.span, unknown(&word.name, vocabulary));
                continue;
            };
            if known.has(&word.name) {
                report.fault(word.span, format_args!("`{}` is given twice", word.name));
                continue;
            }
            word.argument = match (kind, word.argument) {
                (WordKind::Group(inner), Argument::Group(words)) => {
                    Argument::Group(words.check(inner, report))
                }
                (WordKind::Flag | WordKind::FlagOrText, Argument::Flag) => Argument::Flag,
                (WordKind::Text | WordKind::FlagOrText, Argument::Text(text)) => Argument::Text(text),
                (WordKind::Texts, Argument::Texts(texts)) => Argument::Texts(texts),
                (WordKind::Number, Argument::Number(number)) => Argument::Number(number),
                _ => {
                    report.fault(word.span, format_args!("expected {}", kind.usage(&word.name)));
                    continue;
                }
            };
            known.0.push(word);
        }
        known
    }

    /// The word of this name.
    pub(crate) fn word(&self, name: &str) -> Option<&Word> {
        self.0.iter().find(|word| word.name == name)
    }

    /// Whether the word of this name is given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.word(name).is_some()
    }

    /// Where the word of this name is.
    pub(crate) fn span(&self, name: &str) -> Span {
        self.word(name).map_or_else(Span::call_site, |word| word.span)
    }

    /// The text that the word of this name says.
    pub(crate) fn text(&self, name: &str) -> Option<&LitStr> {
        match &self.word(name)?.argument {
            Argument::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts that the word of this name says.
    pub(crate) fn texts(&self, name: &str) -> &[LitStr] {
        match self.word(name).map(|word| &word.argument) {
            Some(Argument::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The number that the word of this name says.
    pub(crate) fn number(&self, name: &str) -> Option<&LitInt> {
        match &self.word(name)?.argument {
            Argument::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The words inside the word of this name.
    pub(crate) fn group(&self, name: &str) -> Option<&Words> {
        match &self.word(name)?.argument {
            Argument::Group(words) => Some(words),
            _ => None,
        }
    }
}

/// What to say of a word that has no meaning here.
fn unknown(word: &str, here: &Vocabulary) -> String {
    if let Some(place) = vocabulary::belongs(word) {
        let remedy = if (place, here.place) == (vocabulary::UNION.place, vocabulary::TEXTS.place) {
            ": add `union` if it is one"
        } else {
            ""
        };
        return format!("`{word}` belongs on {place}, not on {}{remedy}", here.place);
    }
    if let Some(near) = nearest(word, here.words.iter().map(|(name, _)| *name)) {
        return format!("unknown attribute `{word}`: did you mean `{near}`?");
    }
    if here.words.is_empty() {
        return format!("unknown attribute `{word}`: {} takes none", here.place);
    }
    let known: Vec<_> = here.words.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("unknown attribute `{word}`: {} takes {}", here.place, known.join(", "))
}
