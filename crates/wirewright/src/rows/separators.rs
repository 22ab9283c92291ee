//! Where the cells of a text are that is a table.

use std::borrow::Cow;

/// What is between the cells of a line, and between the lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Separators<'s> {
    pub(super) cells: &'s str,
    pub(super) lines: &'s str,
}

/// A cell of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// Where its text is, without quotes around it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether two quotes in it are one.
    pub(super) doubled: bool,
    /// Where the next cell starts, behind the separator.
    pub(super) next: usize,
    /// Whether that is one of the next line.
    pub(super) ends_line: bool,
}

impl Cut {
    pub(super) fn text(self, text: &str) -> Cow<'_, str> {
        let cell = text.get(self.start..self.end).unwrap_or_default();
        if self.doubled { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) }
    }
}

impl Separators<'_> {
    /// The cell that starts at byte `at`. `None`: what follows a text that is not yet `whole` may change where it ends.
    pub(super) fn cut(self, text: &str, at: usize, whole: bool) -> Option<Cut> {
        let rest = text.get(at..).unwrap_or_default();
        let is_known = |end: usize| whole || rest.len() - end >= self.reach();
        if rest.starts_with('"') {
            let closing = closing_quote(rest);
            if !is_known(closing.map_or(rest.len(), |(end, _)| end + 1)) {
                return None;
            }
            if let Some((end, doubled)) = closing
                && let Some((length, ends_line)) = self.separator(rest.get(end + 1..).unwrap_or_default())
            {
                let next = at + end + 1 + length;
                return Some(Cut { start: at + 1, end: at + end, doubled, next, ends_line });
            }
        }
        let length = self.plain(rest);
        if !is_known(length) {
            return None;
        }
        let (separator, ends_line) =
            self.separator(rest.get(length..).unwrap_or_default()).unwrap_or((0, true));
        let returned =
            ends_line && self.lines == "\n" && rest.get(..length).is_some_and(|cell| cell.ends_with('\r'));
        let end = at + length - usize::from(returned);
        Some(Cut { start: at, end, doubled: false, next: at + length + separator, ends_line })
    }

    /// How long a cell is that is not in quotes: up to whichever separator is first, which is looked for in one pass.
    fn plain(self, rest: &str) -> usize {
        let firsts = [self.cells, self.lines].map(|separator| separator.as_bytes().first().copied());
        let starts = |byte: &u8| firsts.contains(&Some(*byte));
        let is_separator = |at: usize| {
            let found = rest.get(at..).unwrap_or_default();
            [self.cells, self.lines]
                .iter()
                .any(|separator| !separator.is_empty() && found.starts_with(separator))
        };
        let mut at = 0;
        while let Some(next) = rest.as_bytes().get(at..).and_then(|bytes| bytes.iter().position(starts)) {
            at += next;
            if is_separator(at) {
                return at;
            }
            at += 1;
        }
        rest.len()
    }

    /// How long the separator is that a text starts with, and whether it ends a line; the text's end does. `None`: there is none.
    fn separator(self, text: &str) -> Option<(usize, bool)> {
        if text.is_empty() {
            return Some((0, true));
        }
        if !self.cells.is_empty() && text.starts_with(self.cells) {
            return Some((self.cells.len(), false));
        }
        if self.lines.is_empty() {
            return None;
        }
        let returned = usize::from(self.lines == "\n" && text.starts_with('\r'));
        text.get(returned..)?.starts_with(self.lines).then_some((returned + self.lines.len(), true))
    }

    /// How many bytes behind a cell tell whether and how it ends there.
    fn reach(self) -> usize {
        // And one byte at least, which may be another quote.
        self.cells.len().max(self.lines.len() + usize::from(self.lines == "\n")).max(1)
    }
}

/// Where the double quotes end with which a text starts, and whether two are one in them.
fn closing_quote(text: &str) -> Option<(usize, bool)> {
    let (mut from, mut doubled) = (1, false);
    loop {
        let quote = from + text.get(from..)?.find('"')?;
        if !text.get(quote + 1..)?.starts_with('"') {
            return Some((quote, doubled));
        }
        (from, doubled) = (quote + 2, true);
    }
}
