//! The files of a definition, and places in them.

use std::ops::Range;

/// The file that holds what all operations share.
pub const PROTOCOL: &str = "protocol.toml";

/// A stretch of one file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    // There are some for each word of a definition: small numbers are half of what the words take. No file has 4 GiB.
    file: u32,
    start: u32,
    end: u32,
}

impl Span {
    /// A stretch of the file of this number.
    pub(crate) fn new(file: usize, Range { start, end }: Range<usize>) -> Self {
        let [file, start, end] = [file, start, end].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        Self { file, start, end }
    }

    /// Of what is not said, so that nobody asks where.
    pub(crate) const NOWHERE: Self = Self { file: 0, start: 0, end: 0 };

    pub(crate) const fn file(self) -> usize {
        self.file as usize
    }

    pub(crate) const fn start(self) -> usize {
        self.start as usize
    }

    pub(crate) const fn end(self) -> usize {
        self.end as usize
    }
}

/// A value and where it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> At<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A text where it is in the definition.
pub(crate) type Text<'a> = At<&'a str>;

/// The files by name and text, sorted by name.
#[derive(Debug)]
pub(crate) struct Sources {
    files: Vec<(String, String)>,
    /// Where each line of each file starts.
    lines: Vec<Vec<usize>>,
    /// How many characters of each file are before each of its blocks, so that a place in a long line is found without counting
    /// the line.
    characters: Vec<Vec<usize>>,
}

/// How many bytes of a file are counted together.
const BLOCK: usize = 1024;

/// How many bytes of a line are shown at most before a span that is far behind the line's start, and behind the start of any.
const SHOWN: usize = 1024;

/// How far behind the line's start that is, in bytes.
const FAR: usize = 4096;

/// A part of a line that a span is on.
pub(crate) struct Excerpt<'s> {
    pub(crate) text: &'s str,
    /// The span in `text`.
    pub(crate) range: Range<usize>,
    /// Whether `text` starts where the line does.
    pub(crate) from_start: bool,
}

impl Sources {
    /// Line ends are one character in all of them, whatever the system is that they were checked out on: a text that spans lines is the
    /// same everywhere.
    pub(crate) fn new(mut files: Vec<(String, String)>) -> Self {
        for (_, text) in files.iter_mut().filter(|(_, text)| text.contains("\r\n")) {
            *text = text.replace("\r\n", "\n");
        }
        let starts = |text: &str| {
            let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(behind).collect()
        };
        Self {
            lines: files.iter().map(|(_, text)| starts(text)).collect(),
            characters: files.iter().map(|(_, text)| characters_before(text)).collect(),
            files,
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The same files, named by their path.
    pub(crate) fn in_folder(mut self, folder: &str) -> Self {
        for (name, _) in &mut self.files {
            name.insert_str(0, folder);
        }
        self
    }

    pub(crate) fn name(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |(name, _)| name)
    }

    /// Where in a span a text is as it stands; `None` where it is written in another way.
    pub(crate) fn find(&self, span: Span, text: &str) -> Option<Span> {
        let inside = self.text(span.file()).get(span.start()..span.end())?;
        let start = span.start() + inside.find(text)?;
        Some(Span::new(span.file(), start..start + text.len()))
    }

    /// Where in a span a text is, which is there so many times before.
    pub(crate) fn nth(&self, span: Span, text: &str, repeats: usize) -> Option<Span> {
        let inside = self.text(span.file()).get(span.start()..span.end())?;
        let start = span.start() + inside.match_indices(text).nth(repeats)?.0;
        Some(Span::new(span.file(), start..start + text.len()))
    }

    fn text(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |(_, text)| text)
    }

    /// The line and the column, in characters, of a span's start; both count from 1.
    pub(crate) fn position(&self, span: Span) -> (usize, usize) {
        let at = head(self.text(span.file()), span.start()).len();
        let (line, start) = self.line(span.file(), at);
        (line, self.characters(span.file(), at) - self.characters(span.file(), start) + 1)
    }

    /// How many characters are before a place.
    fn characters(&self, file: usize, at: usize) -> usize {
        let block = at / BLOCK;
        let before = self.characters.get(file).and_then(|blocks| blocks.get(block)).copied();
        let rest = self.text(file).as_bytes().get(block * BLOCK..at).unwrap_or_default();
        before.unwrap_or_default() + count(rest)
    }

    /// The number of the line that `at` is on, counted from 1, and where it starts.
    fn line(&self, file: usize, at: usize) -> (usize, usize) {
        let starts = self.lines.get(file).map(Vec::as_slice).unwrap_or_default();
        let number = starts.partition_point(|start| *start <= at);
        (
            number.max(1),
            number.checked_sub(1).and_then(|index| starts.get(index)).copied().unwrap_or_default(),
        )
    }

    /// The line that a span starts on, as far as it is near the span.
    pub(crate) fn excerpt(&self, span: Span) -> Excerpt<'_> {
        let text = self.text(span.file());
        let start = head(text, span.start()).len();
        let (number, line) = self.line(span.file(), start);
        let next = self.lines.get(span.file()).and_then(|starts| starts.get(number));
        let last = next.map_or(text.len(), |next| next - 1);
        let first = if start - line > FAR { head(text, start - SHOWN).len() } else { line };
        let last = head(text, start + SHOWN).len().min(last);
        // A text of many lines is shown by its first one.
        let end = head(text, span.end()).len().min(last).max(start);
        Excerpt {
            text: text.get(first..last).unwrap_or_default(),
            range: start - first..end - first,
            from_start: first == line,
        }
    }
}

/// How many characters are before each block.
fn characters_before(text: &str) -> Vec<usize> {
    let mut before = 0;
    let mut blocks = vec![before];
    for block in text.as_bytes().chunks(BLOCK) {
        before += count(block);
        blocks.push(before);
    }
    blocks
}

/// How many characters begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// `text` up to `end`, or up to the last character boundary before it.
fn head(text: &str, end: usize) -> &str {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{FAR, SHOWN, Sources, Span};

    /// Every place of texts whose blocks and lines begin anywhere, against counting from the text's start.
    #[test]
    fn positions_are_those_that_counting_gives() {
        let line = "a = \"größe → 尺寸\" # 🦀 ".repeat(150);
        for text in [line.clone(), format!("x\n{line}\n\n{line}\r\ny"), String::new(), "\n".repeat(2000)] {
            let sources = Sources::new(vec![("a.toml".to_owned(), text.clone())]);
            let (mut number, mut column) = (1, 1);
            for (start, character) in text.replace("\r\n", "\n").char_indices() {
                let span = Span::new(0, start..start);
                assert_eq!(sources.position(span), (number, column), "at {start}");
                (number, column) = if character == '\n' { (number + 1, 1) } else { (number, column + 1) };
            }
        }
    }

    /// However long a line is, what is shown of it is not.
    #[test]
    fn excerpts_of_long_lines_are_short() {
        let line = "größe=1,".repeat(10_000);
        let text = format!("first\n{line}\nlast");
        let sources = Sources::new(vec![("a.toml".to_owned(), text.clone())]);
        for start in [6, 7, 500, 4102, 4103, 4104, 45_000, 6 + line.len() - 1, 6 + line.len(), text.len() - 4]
        {
            for length in [0, 3, 90_000] {
                let excerpt = sources.excerpt(Span::new(0, start..start + length));
                assert!(excerpt.text.len() <= FAR + SHOWN, "{}", excerpt.text.len());
                assert!(!excerpt.text.contains('\n'));
                assert!(excerpt.text.get(excerpt.range.clone()).is_some(), "{:?}", excerpt.range);
                let of_line = |start: usize| start == 0 || text.as_bytes()[start - 1] == b'\n';
                let shown = excerpt.text.as_ptr().addr() - sources.text(0).as_ptr().addr();
                assert_eq!(excerpt.from_start, of_line(shown));
            }
        }
    }
}
