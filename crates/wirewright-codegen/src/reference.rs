//! The reference of the definition language, written from the words that the readers know.

use std::fmt::Write as _;

use crate::words::{self, Alternative, Kind, Vocabulary, Word};

/// What a reader of a definition finds, table by table, and the heading that it stands under.
const TABLES: &[(&str, &Vocabulary)] = &[
    ("`protocol.toml`", &words::PROTOCOL),
    ("`[formats]`: an entry", &words::FORMAT),
    ("`[parameters]`: an entry", &words::PARAMETER),
    ("`[envelope]`: an entry", &words::ENVELOPE),
    ("`[errors]`: an entry", &words::ERROR),
    ("`[session]`", &words::SESSION),
    ("`[session.fields]`: an entry", &words::SESSION_FIELD),
    ("`[signature]`", &words::SIGNATURE),
    ("`base` of a signature", &words::BASE),
    ("`parameters` of a base string", &words::BASE_PARAMETERS),
    ("`[types]`: an entry", &words::TYPE),
    ("`values` of a type: an entry", &words::VALUE),
    ("`variants` of a type: an entry", &words::VARIANT),
    ("A member of a structure, a request or a reply", &words::MEMBER),
    ("`list` of a member", &words::LIST),
    ("`map` of a member", &words::MAP),
    ("A group's file", &words::GROUP),
    ("An operation: every other table of a group's file", &words::OPERATION),
    ("`[[operation.example]]`", &words::EXAMPLE),
    ("`request` of an example", &words::EXAMPLE_REQUEST),
    ("`reply` of an example", &words::EXAMPLE_REPLY),
    ("`fails` of an example", &words::EXAMPLE_FAILS),
    ("A position", &words::POSITION),
];

/// The whole reference, in Markdown.
pub fn reference() -> String {
    let mut text = String::from(include_str!("reference.md"));
    for (heading, vocabulary) in TABLES {
        let _ = write!(text, "\n## {heading}\n\n| word | value | what it says |\n|---|---|---|\n");
        for word in vocabulary.words {
            row(&mut text, word);
        }
        if vocabulary.facts {
            text.push_str("\nAnd the [facts](#facts).\n");
        }
    }
    text.push_str("\n## Facts\n\nWhat every thing of a definition can say about itself.\n\n");
    text.push_str("| word | value | what it says |\n|---|---|---|\n");
    for word in words::FACTS {
        row(&mut text, word);
    }
    text
}

fn row(text: &mut String, word: &Word) {
    let name = if word.required { format!("**`{}`**", word.word) } else { format!("`{}`", word.word) };
    let mut doc = word.doc.to_owned();
    if let Kind::Choice(choices) | Kind::ChoiceOrChoices(choices) = word.kind {
        alternatives(&mut doc, choices);
    }
    let _ = writeln!(text, "| {name} | {} | {} |", kind(word.kind), doc.replace('|', "\\|"));
}

fn alternatives(doc: &mut String, choices: &[Alternative]) {
    for (choice, meaning) in choices {
        let _ = write!(doc, "<br>`{choice}`: {meaning}");
    }
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Integer => "whole number".to_owned(),
        Kind::Scalar => "text or whole number".to_owned(),
        Kind::Scalars => "list of texts or whole numbers".to_owned(),
        Kind::Texts => "list of texts".to_owned(),
        Kind::TextOrTexts => "text, or a list of them".to_owned(),
        Kind::FlagOrText => "true, or a text".to_owned(),
        Kind::Choice(_) => "one of these words".to_owned(),
        Kind::ChoiceOrChoices(_) => "one of these words, or a list of them".to_owned(),
        Kind::Table(table) => table.place.to_owned(),
        Kind::Tables(table) => format!("a list: {}", table.place),
        Kind::FlagOrTable(table) => format!("true, or {}", table.place),
        Kind::FlagTextOrTable(table) => format!("true, a text, or {}", table.place),
        Kind::TextOrTable(table) => format!("text, or {}", table.place),
        Kind::Entries(entry) => format!("a table; each entry is {entry}"),
    }
}
