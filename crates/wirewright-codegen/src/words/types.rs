//! Types with a name.

use super::{
    member::MEMBER,
    vocabulary::{Entries, alternatives, vocabulary},
};
use crate::model::EpochUnit;

alternatives! {
    /// What moments are counted in.
    EpochUnits: EpochUnit;
    "microseconds" => EpochUnit::Microseconds, "Millionths of a second.";
    "milliseconds" => EpochUnit::Milliseconds, "Thousandths of a second.";
    "seconds" => EpochUnit::Seconds, "Seconds.";
    "minutes" => EpochUnit::Minutes, "Minutes.";
    "hours" => EpochUnit::Hours, "Hours.";
    "days" => EpochUnit::Days, "Days of 24 hours.";
}

vocabulary! {
    /// A type with a name: exactly one of `values`, `members`, `variants`, `datetime`, `date`, `time`, `epoch`, `separated` and `text`.
    TYPE, named_type: "a type" + facts;
    may VALUES = "values", Entries(Entries::texts_or_tables("a value: a table, or its doc", &VALUE)), "An enumeration: texts with a meaning.";
    may MEMBERS = "members", Entries(Entries::tables("a member", &MEMBER)), "A structure.";
    may VARIANTS = "variants", Entries(Entries::texts_or_tables("a variant: a table, or the name of its type", &VARIANT)),
        "A union: one of several types.";
    may DATETIME = "datetime", TextOrTexts, "A moment, in these strftime formats; the first one writes.";
    may DATE = "date", TextOrTexts, "A date without a time, in these strftime formats; the first one writes.";
    may TIME = "time", TextOrTexts,
        "A time of day without a date, in these strftime formats; the first one writes.";
    may EPOCH = "epoch", Text,
        "A moment that is counted since this day, or moment in UTC: `\"1970-01-01\"`, `\"2001-01-01T12:00:00Z\"`. In JSON it is a number.";
    may UNIT = "unit", Choice(EpochUnits), "What is counted since the `epoch`. The default is seconds.";
    may DECIMALS = "decimals", Integer,
        "With how many decimals a moment since an `epoch` is written at most. The default is 0; whatever is read may have some, and keeps them.";
    may SEPARATED = "separated", Text,
        "A text that is a table, with this between the cells of a line: `\",\"`. Its first line has the headings. It is kept as it comes, and read row by row.";
    may LINES = "lines", Text,
        "What is between the lines of a `separated` text. The default is a line feed, with a carriage return before it or without.";
    may TEXT = "text", Flag, "A text with a name of its own.";
    may FORMS = "forms", TextOrTexts,
        "The forms of a text: `0` is a digit, `a` a letter, `*` either, and the rest stands for itself, as does what is behind \\. Other texts are read and kept, and cannot be made.";
    may NUMBER = "number", Flag,
        "The values of an enumeration are integers, which have no quotes in JSON.";
    may TAG = "tag", Text, "The member that tells a union's variants apart.";
    may CONTENT = "content", Text, "The member that holds a union's content.";
    may PARTIAL = "partial", Text,
        "What was not seen of a structure's page. It keeps members that the definition does not describe.";
}

vocabulary! {
    /// A value of an enumeration.
    VALUE, value: "a value" + facts;
    may ALSO = "also", TextOrTexts, "Other spellings that mean the same.";
    may NAME = "name", Text, "What it is called in Rust.";
}

vocabulary! {
    /// A variant of a union.
    VARIANT, variant: "a variant" + facts;
    may TYPE = "type", Text, "The type of its content; without one the tag says it all.";
    may NAME = "name", Text, "What it is called in Rust.";
}
