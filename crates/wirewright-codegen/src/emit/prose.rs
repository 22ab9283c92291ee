//! Texts of a definition as rustdoc shows them.

use std::fmt::Write as _;

use crate::model::{Confidence, Facts};
use crate::plan::told::address;
pub(super) use crate::plan::told::code;
use crate::unseen::is_unseen;

/// Text of a definition as rustdoc shows it: what looks like markup is escaped, and addresses become links. Code between
/// backticks stays code.
pub(super) fn prose(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (index, line) in text.trim().lines().enumerate() {
        if index > 0 {
            shown.push('\n');
        }
        escape(&mut shown, line, false);
    }
    shown
}

/// The same for a cell of a table, in one line.
pub(super) fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    escape(&mut shown, &text.replace('\n', " "), true);
    end(shown)
}

/// A text with a full stop at its end.
pub(super) fn sentence(text: &str) -> String {
    end(prose(text))
}

/// The first sentence of a text, for tables.
pub(super) fn first_sentence(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    cell(line.find(". ").and_then(|end| line.get(..=end)).unwrap_or(line))
}

/// What a definition says of a thing, as a doc comment: the text, the assumption, the source.
pub(super) fn facts(facts: &Facts, otherwise: &str) -> String {
    let mut doc = said(facts).map_or_else(|| otherwise.to_owned(), sentence);
    // Writing to a string cannot fail.
    if let Some(assumption) = &facts.assumption {
        let _ = write!(doc, "\n\nAssumed, as the vendor does not say: {}", sentence(assumption));
    }
    match facts.confidence {
        Some(Confidence::Low) => doc.push_str("\n\nThis is inferred; no page says it."),
        Some(Confidence::Medium) => doc.push_str("\n\nA sister or older page of the vendor says this."),
        Some(Confidence::High) | None => {}
    }
    if let Some(source) = &facts.source {
        let _ = write!(doc, "\n\nSource: {}", sentence(source));
    }
    doc
}

/// What a definition says of a thing, if it says something.
fn said(facts: &Facts) -> Option<&str> {
    facts.doc.as_deref().filter(|doc| !doc.trim().is_empty())
}

fn end(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with(['.', '!', '?', ':', '`']) {
        text.push('.');
    }
    text
}

/// Adds one line, word by word: where its lines are broken later on, any word may come first.
fn escape(shown: &mut String, line: &str, table: bool) {
    // A backtick without its partner is no markup, and neither is a fence.
    let plain = line.matches('`').count() % 2 == 1 || line.contains("``");
    let mut code = false;
    for (index, word) in line.split_whitespace().enumerate() {
        if index > 0 {
            shown.push(' ');
        }
        match address(word) {
            Some((address, rest)) if !code => {
                shown.extend(["<", address, ">"]);
                escape_word(shown, rest, &mut false, true, table);
            }
            _ => escape_word(shown, word, &mut code, plain, table),
        }
    }
}

fn escape_word(text: &mut String, word: &str, code: &mut bool, plain: bool, table: bool) {
    // Most words are of signs that mean nothing to anybody.
    let is_mark = |sign: u8| b"`<>[]*|\\~&_".contains(&sign) || !sign.is_ascii_graphic();
    if !word.bytes().any(is_mark) && (*code || !starts_block(word)) {
        return text.push_str(word);
    }
    let mut letters = word.chars().peekable();
    if !*code && !word.is_empty() && starts_block(word) {
        // `1.` and `1)` begin a list by their last sign, everything else by its first.
        let digits = word.trim_end_matches(['.', ')']);
        if digits.len() < word.len() && !digits.is_empty() {
            return text.extend([digits, "\\", &word[digits.len()..]]);
        }
        text.push('\\');
    }
    let mut before = None;
    while let Some(letter) = letters.next() {
        let edge = before.is_none_or(|before: char| !before.is_alphanumeric())
            || letters.peek().is_none_or(|after| !after.is_alphanumeric());
        match letter {
            '`' if !plain => *code = !*code,
            // The code of a cell is split at a bar nevertheless.
            '|' if *code && table => text.push('\\'),
            _ if *code => {}
            '`' | '<' | '>' | '[' | ']' | '*' | '|' | '\\' | '~' | '&' => text.push('\\'),
            '_' if edge => text.push('\\'),
            _ => {}
        }
        if !is_unseen(letter) {
            text.push(letter);
        }
        before = Some(letter);
    }
}

/// Whether a word at the start of a line would make it a heading, a rule or an item of a list.
fn starts_block(word: &str) -> bool {
    let all = |sign: char| word.chars().all(|letter| letter == sign);
    let number = word.strip_suffix(['.', ')']);
    all('-')
        || all('+')
        || all('#')
        || all('=')
        || number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{cell, prose};

    #[test]
    fn markup_is_shown_as_it_is() {
        for (text, shown) in [
            ("a <b> [c] *d* `e <f>` |", "a \\<b\\> \\[c\\] \\*d\\* `e <f>` \\|"),
            ("one ` backtick, \\ and </b>", "one \\` backtick, \\\\ and \\</b\\>"),
            ("```rust", "\\`\\`\\`rust"),
            ("- 1. 2) # = + 3.5 -x", "\\- 1\\. 2\\) \\# \\= \\+ 3.5 -x"),
            ("see https://a.example/x_y, or (http://b)", "see <https://a.example/x_y>, or (http://b)"),
            ("http://b", "<http://b>"),
            ("_a_ b_c &amp; ~~~", "\\_a\\_ b_c \\&amp; \\~\\~\\~"),
            ("turned \u{202e}around\r\nand on", "turned around\nand on"),
        ] {
            assert_eq!(prose(text), shown);
        }
        assert_eq!(cell("`a|b` | c\nd"), "`a\\|b` \\| c d.");
    }
}
