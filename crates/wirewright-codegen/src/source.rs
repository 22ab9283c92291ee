//! The files of a definition, and places in them.

/// A stretch of one file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) file: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A value and where it stands.
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

/// A text where it stands in the definition.
pub(crate) type Text<'a> = At<&'a str>;

/// The files by name and text, sorted by name.
#[derive(Debug)]
pub(crate) struct Sources {
    files: Vec<(String, String)>,
    /// Where each line of each file starts.
    lines: Vec<Vec<usize>>,
}

impl Sources {
    pub(crate) fn new(files: Vec<(String, String)>) -> Self {
        let starts = |text: &str| {
            let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(behind).collect()
        };
        Self { lines: files.iter().map(|(_, text)| starts(text)).collect(), files }
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

    fn text(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |(_, text)| text)
    }

    /// The line and the column, in characters, of a span's start; both count from 1.
    pub(crate) fn position(&self, span: Span) -> (usize, usize) {
        let before = head(self.text(span.file), span.start);
        let (line, start) = self.line(span.file, before.len());
        (line, before.get(start..).unwrap_or_default().chars().count() + 1)
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

    /// The line that a span starts on, and the span within it.
    pub(crate) fn excerpt(&self, span: Span) -> (&str, std::ops::Range<usize>) {
        let text = self.text(span.file);
        let before = head(text, span.start);
        let start = before.len();
        let end = head(text, span.end.max(start)).len();
        let (_, first) = self.line(span.file, start);
        let line_end = |from: usize| {
            text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| from + at)
        };
        // A text of many lines is shown by its first one.
        let last = line_end(start);
        let end = end.min(last).max(start);
        (text.get(first..last).unwrap_or_default(), start - first..end - first)
    }
}

/// `text` up to `end`, or up to the last character boundary before it.
fn head(text: &str, end: usize) -> &str {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
