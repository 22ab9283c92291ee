//! The reader that is fed: what is around the rows, and where they begin.

mod likely;
mod lines;
mod outside;
mod row;

use super::{
    cell::{Row, Span},
    column::Column,
    error::RowsError,
    input::{Input, wanted},
    layout::{AskedSeparators, Layout},
    lex::{self, Markup},
    line_reader::LineReader,
    marks::Marks,
    outline::Outline,
    sink::{Described, Sink},
};
use crate::{
    DecodeError, Format, Limits, Options, codec,
    error::Fault,
    scalar::text_at,
    text::{charset::DeclaredCharset, xml::local},
    wire::{Fill, OwnedMessage, Record, Shape},
};

/// What a [`Parser`] has after it has been asked for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polled<T> {
    /// A row.
    Row(T),
    /// No row yet: more bytes have to be [fed](Parser::feed), or the [end](Parser::end) has to be told.
    Hungry,
    /// There are no more rows, and the document is whole.
    End,
}

/// Reads rows from bytes that are fed to it in chunks of any size. It does no I/O.
///
/// It holds what has been fed and not yet been read, and the text outside the rows; never more than one row that is not yet
/// whole, of at most [`max_row`](Self::with_max_row) bytes.
///
/// ```
/// use wirewright::rows::{Cell, Layout, Parser, Polled};
///
/// const TABLE: Layout = Layout::table(&["data", "tr"], "td");
///
/// let mut parser = Parser::new(TABLE);
/// let mut chunks = ["<out><data><tr><td>A</td><t", "d></td></tr></data>", "<rc>0</rc></out>"].into_iter();
/// loop {
///     match parser.poll()? {
///         Polled::Row(()) => {
///             let row = parser.row().unwrap();
///             assert_eq!(row.cell(0)?, Cell::Text("A"));
///             assert_eq!(row.cell(1)?, Cell::NotAvailable);
///         }
///         Polled::Hungry => match chunks.next() {
///             Some(chunk) => parser.feed(chunk.as_bytes()),
///             None => parser.end(),
///         },
///         Polled::End => break,
///     }
/// }
/// # Ok::<(), wirewright::rows::RowsError>(())
/// ```
pub struct Parser {
    layout: Layout,
    options: Options,
    max_row: usize,
    marks: Marks,
    input: Input,
    outline: Outline,
    /// The names of the elements that are open outside the rows.
    open: Vec<String>,
    /// The prefixes that they bind, with their namespaces, and how many were bound before each of them.
    bindings: Vec<(String, String)>,
    bound_before: Vec<usize>,
    /// How many of them are on the way to the rows; the root is one.
    on_path: usize,
    /// How likely each element that has been on the way was by its namespace: see `Tree::rank`.
    ranks: Vec<u8>,
    /// How likely the rows are that have been met, and how likely those are whose names have no prefix.
    row_rank: Option<u8>,
    plain_rank: u8,
    /// How far on the way to the rows any element has been.
    reached: usize,
    /// Whether text is between the rows, of which white space is a part then.
    in_text: bool,
    /// How much there must be before it is worth while to look again for the end of what has begun.
    wanted: usize,
    columns: Option<Vec<Column>>,
    /// The text whose lines are rows, where there may be one.
    lines: Option<LineReader>,
    map: Option<(&'static Shape, Vec<usize>)>,
    number: u64,
    /// Where the row at hand is in the input.
    row: Option<(usize, usize)>,
    spans: Vec<Span>,
    unescaped: String,
    ended: bool,
    failed: Option<RowsError>,
}

impl Parser {
    /// The most bytes that a row has, unless another bound is chosen: 1 MiB.
    pub const MAX_ROW: usize = 1 << 20;

    /// A reader of rows that are where `layout` says.
    pub fn new(layout: Layout) -> Self {
        let row = layout.rows.last().copied().unwrap_or_default();
        Self {
            layout,
            options: Options::new(),
            max_row: Self::MAX_ROW,
            marks: Marks::new(row, layout.cell.unwrap_or_default()),
            input: Input::new(DeclaredCharset::default()),
            outline: Outline::default(),
            open: Vec::new(),
            bindings: Vec::new(),
            bound_before: Vec::new(),
            on_path: 0,
            ranks: Vec::new(),
            row_rank: None,
            plain_rank: 0,
            reached: 0,
            in_text: false,
            wanted: 0,
            columns: None,
            lines: layout.lines.map(LineReader::new),
            map: None,
            number: 0,
            row: None,
            spans: Vec::new(),
            unescaped: String::new(),
            ended: false,
            failed: None,
        }
    }

    /// Reads within these limits. The bytes are those outside the rows; all rows together may be of any size.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.options = self.options.with_limits(limits);
        self
    }

    /// What the Content-Type says of the bytes, before any has been fed: the charset that it names is theirs, unless they begin with a
    /// byte order mark. Without it an XML declaration tells, and they are UTF-8 where that does not. UTF-8 and UTF-16 are always
    /// read, and the other charsets of the WHATWG's Encoding Standard with the feature `charsets`.
    ///
    /// ```
    /// use wirewright::rows::{Layout, Parser, Polled};
    ///
    /// let mut parser = Parser::new(Layout::table(&["data", "tr"], "td")).with_content_type("text/xml; charset=utf-16le");
    /// for char in "<out><data><tr><td>é</td></tr></data></out>".encode_utf16() {
    ///     parser.feed(&char.to_le_bytes());
    /// }
    /// assert_eq!(parser.poll()?, Polled::Row(()));
    /// assert_eq!(parser.row().and_then(|row| row.text(0)), Some("é"));
    /// # Ok::<(), wirewright::rows::RowsError>(())
    /// ```
    #[must_use]
    pub fn with_content_type(self, content_type: &str) -> Self {
        self.with_charset(DeclaredCharset::new(Some(content_type), None))
    }

    pub(crate) fn with_charset(mut self, declared: DeclaredCharset) -> Self {
        self.input = Input::new(declared);
        self
    }

    /// What separates the cells and the lines of a text whose lines are rows, where the request asked for something else than the
    /// vendor uses by itself.
    #[must_use]
    pub fn with_separators(mut self, cells: Option<&str>, lines: Option<&str>) -> Self {
        if let Some(found) = &mut self.lines {
            found.separate(cells, lines);
        }
        self
    }

    /// As [`with_separators`](Self::with_separators), with what this request asks for where the [layout](super::Lines::asked) says that
    /// requests do.
    #[must_use]
    pub fn asked_by(self, request: &dyn Record) -> Self {
        let asked = self.layout.lines.and_then(|lines| lines.asked);
        let Some(AskedSeparators { cells, lines }) = asked else { return self };
        let (cells, lines) = (text_at(request, cells, Format::Xml), text_at(request, lines, Format::Xml));
        self.with_separators(cells.as_deref(), lines.as_deref())
    }

    /// A row has at most `bytes` bytes, and so has any value in it; at most [`Limits::MAX_BYTES`].
    #[must_use]
    pub fn with_max_row(mut self, bytes: usize) -> Self {
        self.max_row = bytes.min(Limits::MAX_BYTES);
        self
    }

    /// Takes more bytes: any number of them, cut anywhere. They are copied and held until they have been read.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.drop_row();
        self.input.feed(bytes);
    }

    /// No more bytes follow. Without this a document never ends.
    pub fn end(&mut self) {
        self.input.end();
    }

    /// Goes on to the next row, whose cells [`row`](Self::row) has then.
    ///
    /// # Errors
    ///
    /// When the document is malformed or cut off, or beyond the limits. The error comes again whenever another row is asked for.
    pub fn poll(&mut self) -> Result<Polled<()>, RowsError> {
        self.run(&mut Sink::Cells)
    }

    /// Goes on to the place before the next row, where the [columns](Self::columns) are known. The row is read by the next
    /// [`poll`](Self::poll).
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll).
    pub fn poll_ahead(&mut self) -> Result<Polled<()>, RowsError> {
        self.run(&mut Sink::Ahead)
    }

    /// As [`poll_as`](Self::poll_as), into a value of this shape, which is empty.
    ///
    /// # Errors
    ///
    /// As [`poll_as`](Self::poll_as).
    pub fn poll_into(
        &mut self,
        shape: &'static Shape,
        row: &mut dyn for<'de> Fill<'de>,
    ) -> Result<Polled<()>, RowsError> {
        self.run(&mut Sink::Record(shape, &mut Described(row)))
    }

    /// Goes on to the next row, as a structure of type `T`. In a [table](Layout::table) its members bear the names of the columns,
    /// and an empty cell means that a member is absent; otherwise the row is read as any structure is.
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll), and when the row is not what `T` promises.
    pub fn poll_as<T: OwnedMessage>(&mut self) -> Result<Polled<T>, RowsError> {
        let mut value = T::empty();
        Ok(match self.run(&mut Sink::Record(T::SHAPE, &mut value))? {
            Polled::Row(()) => Polled::Row(value),
            Polled::Hungry => Polled::Hungry,
            Polled::End => Polled::End,
        })
    }

    /// The row to which [`poll`](Self::poll) has gone on, until more is fed or another row is asked for.
    pub fn row(&self) -> Option<Row<'_>> {
        let Some((start, end)) = self.row else { return self.line_row() };
        Some(Row {
            number: self.number,
            columns: self.columns(),
            spans: &self.spans,
            input: self.input.text(),
            unescaped: &self.unescaped,
            start,
            end,
            base: 0,
            position: self.input.base(),
        })
    }

    /// The columns, as the document describes them before its rows. There are none before the first row has been asked for.
    pub fn columns(&self) -> &[Column] {
        self.columns.as_deref().unwrap_or_default()
    }

    /// How many rows have been read.
    pub fn count(&self) -> u64 {
        self.number
    }

    /// The document without its rows. Before its end: as far as it has been read.
    pub fn outline(&self) -> &str {
        self.outline.text()
    }

    /// As [`envelope`](Self::envelope), into a value of this shape, which is empty.
    ///
    /// # Errors
    ///
    /// As [`envelope`](Self::envelope).
    pub fn envelope_into(
        &self,
        shape: &'static Shape,
        envelope: &mut dyn for<'de> Fill<'de>,
    ) -> Result<(), RowsError> {
        let text = self.closed_outline();
        codec::read(Format::Xml, &text, &self.options, shape, envelope)
            .map_err(|error| self.placed(error, &text))
    }

    /// An error of the document without its rows, at its place in the whole.
    fn placed(&self, error: DecodeError, text: &str) -> RowsError {
        let position = self.outline.position(error.offset_in(text).min(self.outline.text().len()));
        RowsError::at(error.placed(position.line, position.column), position.offset)
    }

    /// Reads the document without its rows: the envelope, with the vendor's status. Before the document's end it is read as
    /// far as it has come, as if every element that is open ended there.
    ///
    /// # Errors
    ///
    /// When it is not what `E` promises.
    pub fn envelope<E: OwnedMessage>(&self) -> Result<E, RowsError> {
        let text = self.closed_outline();
        codec::decode_borrowed(Format::Xml, &text, &self.options).map_err(|error| self.placed(error, &text))
    }

    fn closed_outline(&self) -> String {
        let mut text = self.outline.text().to_owned();
        for name in self.open.iter().rev() {
            text.push_str("</");
            text.push_str(name);
            text.push('>');
        }
        text
    }

    fn run(&mut self, sink: &mut Sink<'_>) -> Result<Polled<()>, RowsError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.drop_row();
        let polled = self.advance(sink);
        if let Err(error) = &polled {
            self.failed = Some(error.clone());
        }
        polled
    }

    fn drop_row(&mut self) {
        self.row = None;
        if let Some(lines) = &mut self.lines {
            lines.drop_row();
        }
    }

    fn advance(&mut self, sink: &mut Sink<'_>) -> Result<Polled<()>, RowsError> {
        loop {
            if self.ended {
                return Ok(Polled::End);
            }
            if self.in_lines() {
                match self.advance_lines(sink)? {
                    Some(polled) => return Ok(polled),
                    None => continue,
                }
            }
            let complete = self.input.is_complete();
            let among_rows = self.among_rows();
            if among_rows && !self.in_text {
                self.input.skip_white_space();
            }
            if self.wanted > 0 && !complete && self.input.rest().len() < self.wanted {
                return Ok(Polled::Hungry);
            }
            if among_rows && self.marks.is_row_at(self.input.text().as_bytes(), self.input.at()) {
                match self.is_next_row()? {
                    Some(true) => return self.read_row(sink),
                    Some(false) if self.skip_row()? => continue,
                    _ => return Ok(Polled::Hungry),
                }
            }
            let rest = self.input.rest();
            if rest.is_empty() {
                if !complete {
                    return Ok(Polled::Hungry);
                }
                self.finish()?;
                continue;
            }
            if !rest.starts_with('<') {
                let length = rest.find('<').unwrap_or(rest.len());
                self.in_text = true;
                self.keep(length)?;
                continue;
            }
            match lex::markup(rest) {
                Ok(Some((markup, length))) => {
                    if matches!(markup, Markup::Start | Markup::Empty) && among_rows && self.is_row(length) {
                        match self.is_next_row()? {
                            Some(true) => return self.read_row(sink),
                            Some(false) if self.skip_row()? => continue,
                            _ => return Ok(Polled::Hungry),
                        }
                    }
                    self.take(markup, length)?;
                }
                Ok(None) if !complete => {
                    self.wait(rest.len(), self.options.limits().max_bytes())?;
                    return Ok(Polled::Hungry);
                }
                // What is wrong, or missing, is found by the reader of the whole outline.
                Ok(None) | Err(_) => {
                    self.keep(self.input.rest().len())?;
                    return Err(self.broken());
                }
            }
        }
    }

    /// Whether the place is where rows are.
    fn among_rows(&self) -> bool {
        let length = self.layout.rows.len();
        length > 0 && self.on_path == length && self.open.len() == length
    }

    /// The name in the tag of `length` bytes at hand, with its prefix.
    fn tag_name(&self, length: usize) -> &str {
        let tag = self.input.rest().get(..length).unwrap_or_default();
        let inside = tag.trim_start_matches(['<', '/']);
        let end = inside.find([' ', '\t', '\n', '\r', '/', '>']).unwrap_or(inside.len());
        inside.get(..end).unwrap_or_default()
    }

    fn is_row(&self, length: usize) -> bool {
        self.layout.rows.last().is_some_and(|row| local(self.tag_name(length)) == *row)
    }

    /// Waits for more, which a row or a tag cannot do for ever.
    fn wait(&mut self, length: usize, limit: usize) -> Result<(), RowsError> {
        if length > limit {
            return Err(self.fault(Fault::limit(0, "bytes", limit)));
        }
        self.wanted = wanted(length);
        Ok(())
    }
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser")
            .field("layout", &self.layout)
            .field("rows", &self.number)
            .finish_non_exhaustive()
    }
}
