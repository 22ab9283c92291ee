//! The reference of the definition language, written from the words that the readers know.
//!
//! Each kind of table has a file in `examples` that shows its words. The tests read every block of TOML in them with the real
//! reader, and miss every word that no block uses.

use std::fmt::Write as _;
use std::path::Path;

use crate::diagnostic::CODES;
use crate::load::load_sources;
use crate::words::{self, Alternative, ValueKind, Vocabulary, Word};

/// The words of one kind of table, with what shows them.
#[derive(Debug)]
pub struct Table {
    /// What the words are under.
    pub heading: &'static str,
    /// The words.
    pub vocabulary: &'static Vocabulary,
    /// The file in `src/reference/examples` that shows the words. Tables that are behind one another may share it.
    pub file: &'static str,
    examples: &'static str,
}

macro_rules! tables {
    ($($heading:literal $vocabulary:ident $file:literal)*) => {
        &[$(Table {
            heading: $heading,
            vocabulary: &words::$vocabulary,
            file: $file,
            examples: include_str!(concat!("examples/", $file)),
        },)*]
    };
}

/// Every kind of table, in the order of the reference.
pub const TABLES: &[Table] = tables! {
    "`protocol.toml`" PROTOCOL "protocol.md"
    "`[formats]`: an entry" FORMAT "format.md"
    "`[body]`" BODY "body.md"
    "`[parameters]`: an entry" PARAMETER "parameter.md"
    "`[envelope]`: an entry" ENVELOPE "envelope.md"
    "`tells` of a member of the envelope" TELLS "envelope.md"
    "`[errors]`: an entry" ERROR "error.md"
    "`[session]`, or an entry of `[sessions]`" SESSION "session.md"
    "`fields` of a session: an entry" SESSION_FIELD "session.md"
    "`[computed]`: an entry" COMPUTED "computed.md"
    "`[types]`: an entry" TYPE "type.md"
    "`values` of a type: an entry" VALUE "value.md"
    "`variants` of a type: an entry" VARIANT "variant.md"
    "A member of a structure, a request or a reply" MEMBER "member.md"
    "`[operation.request]`: an entry" REQUEST "request.md"
    "`[operation.reply]`: an entry" REPLY "reply.md"
    "`list` of a member" LIST "list.md"
    "`map` of a member" MAP "map.md"
    "`rows` of a member" ROWS "rows.md"
    "`kinds` of rows: an entry" CELLS "rows.md"
    "A group's file" GROUP "group.md"
    "An operation: every other table of a group's file" OPERATION "operation.md"
    "`raw` of an operation" RAW "raw.md"
    "`outcome` of an operation" OUTCOME "outcome.md"
    "`pagination` of an operation" PAGINATION "pagination.md"
    "`[[operation.example]]`" EXAMPLE "example.md"
    "`request` of an example" EXAMPLE_REQUEST "example.md"
    "`reply` of an example" EXAMPLE_REPLY "example.md"
    "`fails` of an example" EXAMPLE_FAILS "example.md"
    "A position" POSITION "example.md"
};

/// What shows [`words::FACTS`], beside the tables' files.
pub const FACTS_FILE: &str = "facts.md";

/// The whole reference, in Markdown.
pub fn reference() -> String {
    let mut text = introduction();
    for (index, table) in TABLES.iter().enumerate() {
        let _ = write!(text, "\n## {}\n\n{HEAD}", table.heading);
        for word in table.vocabulary.own() {
            row(&mut text, word);
        }
        text.push_str(match (table.vocabulary.extends_member(), table.vocabulary.facts) {
            (true, _) => "\nAnd the words of [a member](#a-member-of-a-structure-a-request-or-a-reply), and the [facts](#facts).\n",
            (false, true) => "\nAnd the [facts](#facts).\n",
            (false, false) => "",
        });
        if TABLES.get(index + 1).is_none_or(|next| next.file != table.file) {
            let _ = write!(text, "\n{}", shown(table.examples));
        }
    }
    let _ = write!(text, "\n## Facts\n\nWhat every thing of a definition can say about itself.\n\n{HEAD}");
    for word in words::FACTS {
        row(&mut text, word);
    }
    let _ = write!(text, "\n{}", shown(include_str!("examples/facts.md")));
    project(&mut text);
    text.push_str(
        "\n# The codes\n\nWhat kinds of fault the generator tells.\n\n| code | what it is |\n|---|---|\n",
    );
    for (_, code, title) in CODES {
        let _ = writeln!(text, "| {code} | {title} |");
    }
    text
}

/// The words of a project's file, which are no definition's.
fn project(text: &mut String) {
    text.push_str(
        "\n# The project\n\nA repository has a file `wirewright.toml` at its root, if something in it is not as usual. The generator \
         looks for it from the current folder upwards, or from that of the definitions where it is named.\n",
    );
    for (heading, vocabulary) in [
        ("`wirewright.toml`", &words::PROJECT),
        ("`[package]`, or an entry of `[vendors]`", &words::PACKAGE),
        ("`wirewright` of a package", &words::DEPENDENCY),
    ] {
        let _ = write!(text, "\n## {heading}\n\n{HEAD}");
        vocabulary.words.iter().for_each(|word| row(text, word));
    }
    let _ = write!(text, "\n{}", shown(include_str!("examples/project.md")));
}

/// The introduction, with what the generator says to the mistakes in it.
fn introduction() -> String {
    let page = include_str!("introduction.md");
    let mut files = Vec::new();
    for kind in ["whole", "wrong"] {
        let block =
            page.split_once(&format!("```toml,{kind}\n")).and_then(|(_, rest)| rest.split_once("```"));
        files.extend(block.into_iter().flat_map(|(block, _)| split(block)));
    }
    let faults = load_sources("parcels", files).err().map(|faults| faults.render(false));
    page.replace("{faults}", &faults.unwrap_or_default())
}

/// The files of a block: each begins with a line that names it, `# parcels.toml`.
fn split(block: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let is_file = |name: &&str| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    for line in block.split_inclusive('\n') {
        if let Some(name) = line.trim_end().strip_prefix("# ").filter(is_file) {
            files.push((name.to_owned(), String::new()));
        }
        if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
        }
    }
    files
}

const HEAD: &str = "| word | value | what it says |\n|---|---|---|\n";

/// A text without the lines of its examples that only the tests need: those that start with `#-`.
fn shown(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("#-")).collect()
}

fn row(text: &mut String, word: &Word) {
    let name = if word.required { format!("**`{}`**", word.word) } else { format!("`{}`", word.word) };
    let mut doc = word.doc.to_owned();
    if let ValueKind::Choice(choices) | ValueKind::ChoiceOrChoices(choices) | ValueKind::FlagOrWord(choices) =
        word.kind
    {
        alternatives(&mut doc, choices);
    }
    let _ = writeln!(text, "| {name} | {} | {} |", kind(word.kind), doc.replace('|', "\\|"));
}

fn alternatives(doc: &mut String, choices: &[Alternative]) {
    for (choice, meaning) in choices {
        let _ = write!(doc, "<br>`{choice}`: {meaning}");
    }
}

fn kind(kind: ValueKind) -> String {
    match kind {
        ValueKind::Text => "text".to_owned(),
        ValueKind::Flag => "true or false".to_owned(),
        ValueKind::Integer => "whole number".to_owned(),
        ValueKind::Scalar => "text, whole number, true or false".to_owned(),
        ValueKind::Scalars => "list of texts, whole numbers, true or false".to_owned(),
        ValueKind::TextOrInteger => "text or whole number".to_owned(),
        ValueKind::TextsOrIntegers => "list of texts or whole numbers".to_owned(),
        ValueKind::Texts => "list of texts".to_owned(),
        ValueKind::TextOrTexts => "text, or a list of them".to_owned(),
        ValueKind::FlagOrText => "true, or a text".to_owned(),
        ValueKind::FlagOrWord(_) => "true, false, or one of these words".to_owned(),
        ValueKind::Choice(_) => "one of these words".to_owned(),
        ValueKind::ChoiceOrChoices(_) => "one of these words, or a list of them".to_owned(),
        ValueKind::Table(table) => table.place.to_owned(),
        ValueKind::Tables(table) => format!("a list: {}", table.place),
        ValueKind::FlagOrTable(table) => format!("true, or {}", table.place),
        ValueKind::FlagTextOrTable(_, table) => format!("true, a text, or {}", table.place),
        ValueKind::TextOrTable(_, table) => format!("text, or {}", table.place),
        ValueKind::Entries(entries) => format!("a table; each entry is {}", entries.what),
    }
}
