//! Types with a name.

use super::vocabulary::{
    Kind::{Entries, Flag, Text, TextOrTexts},
    Vocabulary, may,
};

/// A type with a name: exactly one of `values`, `members`, `variants`, `datetime`, `date`, `time` and `text`.
pub const TYPE: Vocabulary = Vocabulary {
    place: "a type",
    facts: true,
    words: &[
        may("values", Entries("a value: a table, or its doc"), "An enumeration: texts with a meaning."),
        may("members", Entries("a member"), "A structure."),
        may(
            "variants",
            Entries("a variant: a table, or the name of its type"),
            "A union: one of several types.",
        ),
        may("datetime", TextOrTexts, "A moment, in these strftime formats; the first one writes."),
        may("date", TextOrTexts, "A date without a time, in these strftime formats; the first one writes."),
        may(
            "time",
            TextOrTexts,
            "A time of day without a date, in these strftime formats; the first one writes.",
        ),
        may("text", Flag, "A text with a name of its own."),
        may(
            "forms",
            TextOrTexts,
            "The forms of a text: `0` is a digit, `a` a letter, `*` either, and the rest stands for itself, as does what is behind \\. Other texts are read and kept, and cannot be made.",
        ),
        may("number", Flag, "The values of an enumeration are integers, which stand without quotes in JSON."),
        may("tag", Text, "The member that tells a union's variants apart."),
        may("content", Text, "The member that holds a union's content."),
        may(
            "partial",
            Text,
            "What was not seen of a structure's page. It keeps members that the definition does not tell of.",
        ),
    ],
};

/// A value of an enumeration.
pub const VALUE: Vocabulary = Vocabulary {
    place: "a value",
    facts: true,
    words: &[
        may("also", TextOrTexts, "Other spellings that mean the same."),
        may("name", Text, "What it is called in Rust."),
    ],
};

/// A variant of a union.
pub const VARIANT: Vocabulary = Vocabulary {
    place: "a variant",
    facts: true,
    words: &[
        may("type", Text, "The type of its content; without one the tag says it all."),
        may("name", Text, "What it is called in Rust."),
    ],
};
