//! Which words have a meaning where.

/// The words that one kind of item takes.
pub(crate) struct Vocabulary {
    /// The kind of item, with its article.
    pub(crate) place: &'static str,
    /// Its words.
    pub(crate) words: &'static [(&'static str, WordKind)],
}

/// What a word says.
#[derive(Clone, Copy)]
pub(crate) enum WordKind {
    /// That it is there.
    Flag,
    /// A text.
    Text,
    /// That it is there, or a text.
    FlagOrText,
    /// Some texts.
    Texts,
    /// A number.
    Number,
    /// Words of its own.
    Group(&'static Vocabulary),
}

impl WordKind {
    /// How the word is written.
    pub(crate) fn usage(self, word: &str) -> String {
        match self {
            Self::Flag => format!("`{word}` alone"),
            Self::Text => format!("`{word} = \"...\"`"),
            Self::FlagOrText => format!("`{word}` or `{word} = \"...\"`"),
            Self::Texts => format!("`{word} = [\"...\", ...]`"),
            Self::Number => format!("`{word} = 0`"),
            Self::Group(_) => format!("`{word}(...)`"),
        }
    }
}

use WordKind::{Flag, FlagOrText, Group, Number, Text, Texts};

pub(crate) const STRUCTURE: Vocabulary = Vocabulary {
    place: "a struct",
    words: &[
        ("root", Text),
        ("json_root", Text),
        ("namespace", Text),
        ("rename_all", Text),
        ("new", Flag),
        ("setters", Flag),
        ("call", FlagOrText),
        ("crate", Text),
    ],
};

pub(crate) const NEWTYPE: Vocabulary = Vocabulary { place: "a newtype", words: &[("crate", Text)] };

pub(crate) const TEXTS: Vocabulary = Vocabulary {
    place: "an enum of texts",
    words: &[("rename_all", Text), ("number", Flag), ("crate", Text)],
};

pub(crate) const UNION: Vocabulary = Vocabulary {
    place: "a tagged union",
    words: &[("tag", Text), ("content", Text), ("union", Flag), ("rename_all", Text), ("crate", Text)],
};

pub(crate) const MEMBER: Vocabulary = Vocabulary {
    place: "a member",
    words: &[
        ("name", Text),
        ("xml", Text),
        ("json", Text),
        ("query", Text),
        ("attribute", Flag),
        ("text", Flag),
        ("flatten", Flag),
        ("flatten_in", Texts),
        ("only_in", Texts),
        ("rest", Flag),
        ("beside", Flag),
        ("required", Flag),
        ("required_in_requests", Flag),
        ("default", Flag),
        ("argument", Flag),
        ("also", Texts),
        ("empty_is_absent", Flag),
        ("absent", Texts),
        ("namespace", Text),
        ("whole", Flag),
        ("first", Flag),
        ("lone", Flag),
        ("samples", Texts),
        ("range", Text),
        ("boolean", Text),
        ("list", Group(&LIST)),
        ("map", Group(&MAP)),
    ],
};

pub(crate) const VARIANT: Vocabulary =
    Vocabulary { place: "a variant", words: &[("name", Text), ("also", Texts), ("other", Flag)] };

/// A field without a name: in a newtype, or in a variant.
pub(crate) const UNNAMED: Vocabulary = Vocabulary { place: "an unnamed field", words: &[] };

pub(crate) const LIST: Vocabulary = Vocabulary {
    place: "`list`",
    words: &[
        ("item", Text),
        ("joined", Text),
        ("numbered", FlagOrText),
        ("first", Number),
        ("columns", Flag),
        ("required", Flag),
        ("always", Flag),
        ("empty_is_absent", Flag),
    ],
};

pub(crate) const MAP: Vocabulary = Vocabulary {
    place: "`map`",
    words: &[
        ("entry", Text),
        ("key", Text),
        ("value", Text),
        ("keyed", Flag),
        ("between", Text),
        ("flat", Flag),
        ("empty_is_absent", Flag),
    ],
};

/// Where a word does have a meaning.
pub(crate) fn belongs(word: &str) -> Option<&'static str> {
    [&STRUCTURE, &UNION, &TEXTS, &MEMBER, &VARIANT, &LIST, &MAP]
        .into_iter()
        .find(|vocabulary| vocabulary.words.iter().any(|(known, _)| *known == word))
        .map(|vocabulary| vocabulary.place)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words are the public interface of this crate: what breaks who has written one shows in review.
    #[test]
    fn words() {
        let mut lines = Vec::new();
        for vocabulary in [&STRUCTURE, &NEWTYPE, &TEXTS, &UNION, &MEMBER, &VARIANT, &UNNAMED, &LIST, &MAP] {
            lines.push(vocabulary.place.to_owned());
            lines.extend(vocabulary.words.iter().map(|(word, kind)| format!("    {}", kind.usage(word))));
        }
        insta::with_settings!({
            snapshot_path => env!("CARGO_MANIFEST_DIR"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("words", lines.join("\n"));
        });
    }
}
