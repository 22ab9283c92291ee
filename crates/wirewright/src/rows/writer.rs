//! Rows into a document, in chunks that are pulled.

use jiff::{civil, tz::Offset};

use super::{
    cell::Cell,
    column::{Column, columns},
    frame::Frame,
    layout::{CellType, Layout},
    sink::UNUSED,
};
use crate::{
    DecodeError, EncodeError, EncodeErrorKind, Format, Options,
    codec::{self, compact, general::xml::read::parse},
    epoch::{Counted, Epoch},
    scalar,
    text::escape::{self, XmlPlace},
    time::written,
    wire::{Encoder, Message, Record, Shape, Value},
};

/// Writes rows into a document. It does no I/O: [`take`](Self::take) hands out what has been written.
///
/// The document without its rows is written by the ordinary codec, from a message whose list of rows is empty. The rows go into the
/// element that the layout names, which is made if it is not there.
///
/// ```
/// use wirewright::{Wire, rows::{Cell, Headings, Layout, Writer}, xml};
///
/// const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
///     path: &["table", "cols", "th"],
///     name: "name",
///     kind: "type",
///     format: "format",
///     kinds: &[],
/// });
///
/// #[derive(Wire)]
/// struct City {
///     inhabitants: Option<u64>,
///     name: String,
/// }
///
/// let request = "<in><table><cols><th name='name'>Name</th><th name='inhabitants'/></cols></table><name>a.b</name></in>";
/// let mut writer = Writer::new(request, TABLE)?;
/// writer.push(&[Cell::Text("Berlin & Potsdam"), Cell::NotAvailable])?;
/// writer.push_as(&City { inhabitants: Some(3_900_000), name: "Berlin".into() })?;
/// writer.finish();
/// assert_eq!(
///     String::from_utf8(writer.take())?,
///     "<in><table><cols><th name='name'>Name</th><th name='inhabitants'/></cols><data>\
///      <tr><td>Berlin &amp; Potsdam</td><td></td></tr><tr><td>Berlin</td><td>3900000</td></tr>\
///      </data></table><name>a.b</name></in>",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Writer {
    layout: Layout,
    columns: Vec<Column>,
    map: Option<(&'static Shape, Vec<usize>)>,
    out: Vec<u8>,
    /// What is behind the rows, until they end.
    end: Option<String>,
    number: u64,
}

impl Writer {
    /// Writes rows into `document`, where `layout` says. Rows that are there stay, before the new ones.
    ///
    /// # Errors
    ///
    /// When `document` is not well-formed XML.
    pub fn new(document: &str, layout: Layout) -> Result<Self, DecodeError> {
        let text = document.strip_prefix('\u{feff}').unwrap_or(document);
        let tree =
            parse(text, Options::new().limits()).map_err(|fault| fault.into_error(Format::Xml, text))?;
        let found = layout.headings.as_ref().map(|headings| columns(&tree, headings));
        let above = layout.rows.split_last().map_or(&[][..], |(_, above)| above);
        let frame = Frame::around(text, above);
        Ok(Self {
            layout,
            columns: found.unwrap_or_default(),
            map: None,
            out: frame.before.into_bytes(),
            end: Some(frame.behind),
            number: 0,
        })
    }

    /// The columns, as the document describes them.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Writes a row of cells, one for each column. What is not available is an empty cell; an empty text is one too, since XML cannot
    /// tell them apart.
    ///
    /// # Errors
    ///
    /// When there are not as many cells as columns, a cell is not what its column's heading says, or XML cannot carry a text.
    /// Nothing of the row is written then.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), EncodeError> {
        let Some(name) =
            self.layout.cell.filter(|_| self.columns.is_empty() || cells.len() == self.columns.len())
        else {
            return Err(self.error(None, EncodeErrorKind::Columns));
        };
        self.row(|this| {
            for (index, cell) in cells.iter().enumerate() {
                this.open(name);
                this.cell(index, *cell).map_err(|kind| this.error(Some(index), kind))?;
                this.close(name);
            }
            Ok(())
        })
    }

    /// Writes a structure as a row: in a [table](Layout::table) each member into the column that bears its name, other columns
    /// empty; otherwise as any structure is written.
    ///
    /// # Errors
    ///
    /// When a member has no column, or XML cannot carry a value. Nothing of the row is written then.
    pub fn push_as<T: Message>(&mut self, row: &T) -> Result<(), EncodeError> {
        match self.layout.cell {
            Some(cell) => self.push_members(row, T::SHAPE, cell),
            None => self.push_record(row, T::SHAPE),
        }
    }

    fn push_record(&mut self, row: &dyn Record, shape: &'static Shape) -> Result<(), EncodeError> {
        let written = codec::encode_record_bytes(Format::Xml, row, shape, &Options::new())?;
        let name = self.layout.rows.last().copied().unwrap_or_default();
        // The row's own element is named by the layout.
        let inside = written.get(1 + shape.root.len()..written.len().saturating_sub(shape.root.len() + 1));
        self.out.push(b'<');
        self.put(name);
        self.out.extend_from_slice(inside.unwrap_or_default());
        self.put(name);
        self.put(">");
        self.number += 1;
        Ok(())
    }

    fn push_members(
        &mut self,
        row: &dyn Record,
        shape: &'static Shape,
        cell: &'static str,
    ) -> Result<(), EncodeError> {
        if !self.map.as_ref().is_some_and(|(known, _)| std::ptr::eq(*known, shape)) {
            let column = |index: usize| {
                let name = self.columns[index].name();
                shape.members().position(|member| member.xml() == name).unwrap_or(UNUSED)
            };
            let map: Vec<usize> = (0..self.columns.len()).map(column).collect();
            if let Some(index) = (0..shape.members.len()).find(|index| !map.contains(index)) {
                let path = format!("row {}, {}", self.number + 1, shape.member(index).xml());
                return Err(EncodeError::new(Format::Xml, &path, EncodeErrorKind::Columns));
            }
            self.map = Some((shape, map));
        }
        self.row(|this| {
            let map = this.map.take();
            let mut members =
                Members { writer: this, map: map.as_ref().map_or(&[], |(_, map)| map), cell, failed: None };
            row.encode_fields(&mut members);
            let failed = members.failed;
            this.map = map;
            match failed {
                None => Ok(()),
                Some((index, kind)) => Err(this.error(Some(index), kind)),
            }
        })
    }

    /// No more rows follow. What is behind them is written, once.
    pub fn finish(&mut self) {
        if let Some(end) = self.end.take() {
            self.put(&end);
        }
    }

    /// Whether the document is whole.
    pub fn is_finished(&self) -> bool {
        self.end.is_none()
    }

    /// How many bytes wait to be [taken](Self::take).
    pub fn pending(&self) -> usize {
        self.out.len()
    }

    /// Takes what has been written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// The document as chunks: an iterator that takes rows from `rows` when a chunk is asked for. A chunk has about `size` bytes.
    pub fn chunks<I>(self, size: usize, rows: I) -> Chunks<I::IntoIter>
    where
        I: IntoIterator,
        I::Item: Message,
    {
        Chunks { writer: self, rows: rows.into_iter(), size: size.max(1), failed: false }
    }

    /// Writes a row with the tags around it, or nothing.
    fn row(&mut self, write: impl FnOnce(&mut Self) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let (start, name) = (self.out.len(), self.layout.rows.last().copied().unwrap_or_default());
        self.open(name);
        let written = write(self);
        if written.is_ok() {
            self.close(name);
            self.number += 1;
        } else {
            self.out.truncate(start);
        }
        written
    }

    #[inline]
    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    #[inline]
    fn open(&mut self, name: &str) {
        self.out.push(b'<');
        self.put(name);
        self.out.push(b'>');
    }

    #[inline]
    fn close(&mut self, name: &str) {
        self.put("</");
        self.put(name);
        self.out.push(b'>');
    }

    fn cell(&mut self, index: usize, cell: Cell<'_>) -> Result<(), EncodeErrorKind> {
        let cells = self.columns.get(index).map(Column::cells);
        match (cell, cells) {
            (Cell::NotAvailable, _) => Ok(()),
            (Cell::Integer(number), None | Some(CellType::Integer | CellType::Float | CellType::Text)) => {
                compact::number::write_signed(&mut self.out, number);
                Ok(())
            }
            (Cell::Float(number), None | Some(CellType::Float | CellType::Text)) => {
                compact::number::write_float(&mut self.out, number);
                Ok(())
            }
            (Cell::Text(text), None | Some(CellType::Text)) => content(&mut self.out, text),
            (Cell::Date(date), None | Some(CellType::Text)) => content(&mut self.out, &format!("{date}")),
            (Cell::Date(date), Some(CellType::Date(formats))) => self.time(formats, &date.into()),
            (Cell::DateTime(time), None | Some(CellType::Text)) => content(&mut self.out, &format!("{time}")),
            (Cell::DateTime(time), Some(CellType::DateTime(formats))) => self.time(formats, &time.into()),
            (Cell::DateTime(time), Some(CellType::Epoch(epoch))) => self.counted(epoch, time),
            _ => Err(EncodeErrorKind::Misplaced),
        }
    }

    fn time(
        &mut self,
        formats: &[&str],
        time: &jiff::fmt::strtime::BrokenDownTime,
    ) -> Result<(), EncodeErrorKind> {
        let format = formats.first().ok_or(EncodeErrorKind::Misplaced)?;
        let text = written(time, format).ok_or(EncodeErrorKind::Unwritable)?;
        content(&mut self.out, &text)
    }

    fn counted(&mut self, epoch: Epoch, time: civil::DateTime) -> Result<(), EncodeErrorKind> {
        let moment = Offset::UTC.to_timestamp(time).map_err(|_| EncodeErrorKind::Unwritable)?;
        content(&mut self.out, &epoch.written(Counted::new(moment)))
    }

    #[cold]
    fn error(&self, column: Option<usize>, kind: EncodeErrorKind) -> EncodeError {
        let row = self.number + 1;
        let column = column.and_then(|index| self.columns.get(index)).map_or("", Column::name);
        let path =
            if column.is_empty() { format!("row {row}") } else { format!("row {row}, column `{column}`") };
        EncodeError::new(Format::Xml, &path, kind)
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("layout", &self.layout)
            .field("rows", &self.number)
            .field("pending", &self.out.len())
            .finish_non_exhaustive()
    }
}

/// Writes members as cells.
struct Members<'w> {
    writer: &'w mut Writer,
    map: &'w [usize],
    cell: &'static str,
    failed: Option<(usize, EncodeErrorKind)>,
}

impl Encoder for Members<'_> {
    fn record(&mut self, shape: &'static Shape, values: &[Value<'_>]) {
        for (index, member) in self.map.iter().enumerate() {
            self.writer.open(self.cell);
            if let Some(value) = values.get(*member)
                && let Err(kind) = self.member(shape, *member, *value)
            {
                self.failed = Some((index, kind));
                return;
            }
            self.writer.close(self.cell);
        }
    }
}

impl Members<'_> {
    #[inline]
    fn member(
        &mut self,
        shape: &'static Shape,
        index: usize,
        value: Value<'_>,
    ) -> Result<(), EncodeErrorKind> {
        let out = &mut self.writer.out;
        match value {
            Value::Absent => Ok(()),
            Value::Str(text) => content(out, text),
            Value::U64(number) => {
                compact::number::write_unsigned(out, number);
                Ok(())
            }
            Value::I64(number) => {
                compact::number::write_signed(out, number);
                Ok(())
            }
            Value::F64(number) => {
                compact::number::write_float(out, number);
                Ok(())
            }
            Value::List(items) => {
                let member = shape.member(index);
                let separator = member.list().joined.ok_or(EncodeErrorKind::Misplaced)?;
                if items.is_empty() { Ok(()) } else { content(out, &scalar::join(member, items, separator)?) }
            }
            value => {
                let text =
                    scalar::text(value, shape.member(index).boolean()).ok_or(EncodeErrorKind::Misplaced)?;
                content(out, &text)
            }
        }
    }
}

/// Writes the content of a cell.
fn content(out: &mut Vec<u8>, text: &str) -> Result<(), EncodeErrorKind> {
    escape::xml(out, text, 0, XmlPlace::Content)
}

/// A document in chunks, made as they are asked for: see [`Writer::chunks`].
///
/// It ends behind the first error: what has been handed out by then is no whole document.
#[derive(Debug)]
pub struct Chunks<I> {
    writer: Writer,
    rows: I,
    size: usize,
    failed: bool,
}

impl<I> Iterator for Chunks<I>
where
    I: Iterator,
    I::Item: Message,
{
    type Item = Result<Vec<u8>, EncodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        while !self.writer.is_finished() && self.writer.pending() < self.size {
            let Some(row) = self.rows.next() else {
                self.writer.finish();
                break;
            };
            if let Err(error) = self.writer.push_as(&row) {
                self.failed = true;
                return Some(Err(error));
            }
        }
        let chunk = self.writer.take();
        if chunk.is_empty() { None } else { Some(Ok(chunk)) }
    }
}
