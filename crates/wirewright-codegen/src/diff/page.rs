//! The page about changes, written from the table of kinds.

use std::fmt::Write as _;

use super::effect::{Direction, Effect, Severity};
use super::kinds::KINDS;
use super::words::WORDS;

/// The page that says what a change of a definition is, `CHANGES.md` beside the definitions, in Markdown.
pub fn page() -> String {
    let mut page = include_str!("page.md").to_owned();
    // Writing to a string cannot fail.
    let _ = writeln!(page, "| none: nothing changed | 0 |");
    for severity in Severity::ALL.into_iter().rev() {
        let _ = writeln!(page, "| {} | {} |", severity.words(), severity.exit_code());
    }
    page.push_str(
        "\n## The kinds of change\n\nCodes are stable, and none is ever used again for another kind. Where a kind has two lines, the first is for what is in requests, and \
         the second for what is in replies.\n",
    );
    for part in KINDS {
        let _ = write!(page, "\n### {}\n\n{HEAD}", part.title);
        for row in part.rows {
            let sides = [row.kind.effect(Direction::Request), row.kind.effect(Direction::Reply)];
            let differ = sides[0] != sides[1];
            let of = |shown: fn(Effect) -> &'static str| {
                let [request, reply] = sides.map(shown);
                if differ { format!("{request}<br>{reply}") } else { request.to_owned() }
            };
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | {} |",
                row.code,
                row.title,
                of(|effect| effect.callers.words()),
                of(|effect| effect.servers.words()),
                of(|effect| effect.version().word()),
                row.why
            );
        }
    }
    words(&mut page);
    page
}

const HEAD: &str = "| code | what happened | breaks for callers | breaks for servers | version | why |\n|---|---|---|---|---|---|\n";

/// Which word leads to which kinds.
fn words(page: &mut String) {
    page.push_str(
        "\n## From the words of the language\n\nWhat a change of each word is told as, beside what follows from it: a word without a code is shown in pages and tests, and \
         nothing else has it.\n",
    );
    let mut place = "";
    for one in WORDS {
        if one.place != place {
            place = one.place;
            let _ = write!(page, "\n| {place} | told as |\n|---|---|\n");
        }
        let codes: Vec<&str> = one.kinds.iter().map(|kind| kind.code()).collect();
        let told = if codes.is_empty() { "not at all".to_owned() } else { codes.join(", ") };
        let _ = writeln!(page, "| `{}` | {told} |", one.word);
    }
}
