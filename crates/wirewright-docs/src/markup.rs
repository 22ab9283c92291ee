//! HTML that is put together here: whatever a definition says goes in as text.

use std::fmt::{self, Write as _};

use askama::filters::{Escaper as _, Html, HtmlSafe};
use wirewright_codegen::plan::told::address;

/// A piece of HTML within a line. The template engine takes it as it is; everything that was put in was escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup(String);

impl Markup {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds text as it is.
    pub(crate) fn text(mut self, text: &str) -> Self {
        // Writing to a string cannot fail.
        let _ = Html.write_escaped_str(&mut self.0, text);
        self
    }

    /// Adds a name or a value as it is on the wire.
    pub(crate) fn code(mut self, text: &str) -> Self {
        self.0.push_str("<code>");
        self = self.text(text);
        self.0.push_str("</code>");
        self
    }

    /// Adds a link within the site.
    pub(crate) fn link(mut self, href: &str, text: &str) -> Self {
        self.0.push_str("<a href=\"");
        self = self.text(href);
        self.0.push_str("\">");
        self = self.text(text);
        self.0.push_str("</a>");
        self
    }

    /// Adds a link out of the site, which the page that it leads to is not told about.
    fn address(mut self, address: &str) -> Self {
        self.0.push_str("<a rel=\"noreferrer\" href=\"");
        self = self.text(address);
        self.0.push_str("\">");
        self = self.text(address);
        self.0.push_str("</a>");
        self
    }

    pub(crate) fn add(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// Adds what people wrote: code between backticks, addresses as links, paragraphs apart, and the rest as text.
    pub(crate) fn prose(mut self, text: &str) -> Self {
        for (index, paragraph) in text.trim().split("\n\n").enumerate() {
            if index > 0 {
                self.0.push_str("<br><br>");
            }
            self = self.paragraph(paragraph.trim());
        }
        self
    }

    fn paragraph(mut self, text: &str) -> Self {
        let mut rest = text;
        while let Some(start) = rest.find('`') {
            let (before, ticks) = rest.split_at(start);
            let length = ticks.len() - ticks.trim_start_matches('`').len();
            let (fence, inside) = ticks.split_at(length);
            self = self.words(before);
            if let Some(end) = closing(inside, length) {
                let code = &inside[..end];
                // A fence that is longer than one has a space within, so that a backtick can be at either end.
                let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
                self = self.code(inner.filter(|_| length > 1).unwrap_or(code));
                rest = &inside[end + length..];
            } else {
                self = self.text(fence);
                rest = inside;
            }
        }
        self.words(rest)
    }

    fn words(mut self, text: &str) -> Self {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_start_matches('(');
            let (opening, _) = piece.split_at(piece.len() - word.len());
            self = self.text(opening);
            self = match address(word) {
                Some((address, rest)) => self.address(address).text(rest),
                None => self.text(word),
            };
        }
        self
    }
}

/// Where the first run of exactly so many backticks is.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('`') {
        let start = from + found;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == length {
            return Some(start);
        }
        from = start + run;
    }
    None
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// These with `between` them.
pub(crate) fn joined(pieces: &[Markup], between: &str) -> Markup {
    let mut all = Markup::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            all = all.text(between);
        }
        all = all.add(piece);
    }
    all
}

/// A number and what is counted.
pub(crate) fn count(number: usize, thing: &str) -> String {
    let mut text = format!("{number} {thing}");
    if number != 1 {
        // Writing to a string cannot fail.
        let _ = text.write_char('s');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn what_people_wrote_is_text() {
        for (text, shown) in [
            ("a <b> & \"c\"", "a &#60;b&#62; &#38; &#34;c&#34;"),
            ("a `<b>` c", "a <code>&#60;b&#62;</code> c"),
            ("`` a`b `` ``` c", "<code>a`b</code> ``` c"),
            ("one ` tick", "one ` tick"),
            (
                "see (https://a.example/x?y=1&z), or",
                "see (<a rel=\"noreferrer\" href=\"https://a.example/x?y=1&#38;z\">https://a.example/x?y=1&#38;z</a>), or",
            ),
            ("javascript:alert(1) https://\"onload=x", "javascript:alert(1) https://&#34;onload=x"),
            ("one\n\n<i>two", "one<br><br>&#60;i&#62;two"),
        ] {
            assert_eq!(Markup::new().prose(text).to_string(), shown);
        }
    }
}
