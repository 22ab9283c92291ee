//! HTML as lines: what is preformatted stays as it is, items of lists get bullets, cells of tables get bars.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::{RawKind, State},
    },
};

/// What has nothing for people in it, or nothing of this page.
const SKIPPED: &[&str] =
    &["head", "title", "script", "style", "noscript", "template", "svg", "nav", "footer"];

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "form",
    "figure",
    "details",
    "summary",
    "aside",
    "hr",
    "ul",
    "ol",
    "br",
    "body",
    "html",
];

#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    /// How many lists are around.
    lists: usize,
    bullet: bool,
    /// How many preformatted elements are around.
    preformatted: usize,
    /// The cells of the row that is open.
    row: Option<Vec<String>>,
    /// The element that is skipped, and how many of its name are open.
    skipped: Option<(String, usize)>,
}

impl Lines {
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        if self.lists > 0 {
            self.text.push_str(&"  ".repeat(self.lists.min(40)));
        }
        if std::mem::take(&mut self.bullet) {
            self.text.push_str("• ");
        }
        self.text.push_str(&words.join(" "));
        self.text.push('\n');
    }

    fn end_row(&mut self) {
        let Some(cells) = self.row.take() else { return };
        let shown = |cell: &String| cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/");
        let cells: Vec<String> = cells.iter().map(shown).collect();
        if !cells.is_empty() {
            self.text.push_str(&cells.join(" | "));
            self.text.push('\n');
        }
    }

    fn characters(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.preformatted > 0 {
            self.text.push_str(text);
        } else if let Some(cell) = self.row.as_mut().and_then(|row| row.last_mut()) {
            cell.push_str(text);
        } else {
            self.line.push_str(text);
        }
    }

    /// An element that begins, or ends.
    fn tag(&mut self, name: &str, begins: bool) {
        if let Some((skipped, open)) = &mut self.skipped {
            // A page's body begins where its head was not closed.
            if *skipped == name {
                *open = if begins { *open + 1 } else { open.saturating_sub(1) };
            }
            if *open == 0 || (name == "body" && skipped == "head") {
                self.skipped = None;
            }
            return;
        }
        if SKIPPED.contains(&name) {
            if begins {
                self.skipped = Some((name.to_owned(), 1));
            }
            return;
        }
        match name {
            "pre" | "textarea" => {
                self.end_row();
                self.end_line();
                self.preformatted =
                    if begins { self.preformatted + 1 } else { self.preformatted.saturating_sub(1) };
                self.text.push('\n');
                return;
            }
            "br" if self.preformatted > 0 => return self.text.push('\n'),
            "tr" | "table" => {
                self.end_row();
                self.end_line();
                self.row = (begins && name == "tr").then(Vec::new);
                return;
            }
            "td" | "th" => {
                if let Some(row) = self.row.as_mut().filter(|_| begins) {
                    row.push(String::new());
                }
                return;
            }
            _ => {}
        }
        if !BLOCKS.contains(&name) {
            return;
        }
        if let Some(cell) = self.row.as_mut().and_then(|row| row.last_mut()) {
            cell.push(' ');
            return;
        }
        self.end_line();
        match name {
            "ul" | "ol" => self.lists = if begins { self.lists + 1 } else { self.lists.saturating_sub(1) },
            "li" => self.bullet = begins,
            _ if name.len() == 2 && name.starts_with('h') && begins => self.text.push('\n'),
            _ => {}
        }
    }
}

struct Sink(RefCell<Lines>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut lines = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => lines.characters(&text),
            Token::TagToken(Tag { kind, name, self_closing, .. }) => {
                let begins = kind == TagKind::StartTag;
                lines.tag(&name, begins);
                if begins
                    && self_closing
                    && lines.skipped.as_ref().is_some_and(|(skipped, _)| *skipped == *name)
                {
                    lines.tag(&name, false);
                }
                // What is in these is no markup.
                if begins && matches!(&*name, "script" | "style") {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
                if begins && matches!(&*name, "title" | "textarea") {
                    return TokenSinkResult::RawData(RawKind::Rcdata);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The text of a page.
pub(super) fn text(html: &str) -> String {
    let options = TokenizerOpts { initial_state: Some(State::Data), ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // Nobody waits for a script.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut lines = tokenizer.sink.0.into_inner();
    lines.end_row();
    lines.end_line();
    lines.text
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn markup_becomes_lines() {
        for (html, lines) in [
            ("<title>a<b></title><p>One<br>two &amp; <i>three</i>", "One\ntwo & three\n"),
            ("<ul><li>a<ul><li>b</ul></ul>c", "  • a\n    • b\nc\n"),
            ("<table><tr><th>a<th>b|c</tr><tr><td><p>d</p><td>e</table>", "a | b/c\nd | e\n"),
            ("<pre>x  y\n <b>z</b></pre>", "\nx  y\n z\n"),
            ("<script>if (a < b) '<p>'</script><nav>menu<nav></nav></nav>x", "x\n"),
            ("<head><meta><body>x</ul></pre></li>", "x\n\n"),
        ] {
            assert_eq!(text(html), lines, "{html}");
        }
    }
}
