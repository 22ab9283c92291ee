//! Where the rows of a reply are, as data.

use crate::epoch::Epoch;

/// Where in a document the rows are, and what tells their columns.
///
/// ```
/// use wirewright::rows::{CellType, Headings, ColumnKind, Layout};
///
/// const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
///     path: &["table", "cols", "th"],
///     name: "name",
///     kind: "type",
///     format: "format",
///     kinds: &[
///         ColumnKind { kind: "i", format: Some("type:date"), cells: CellType::Date(&["%Y%m%d"]) },
///         ColumnKind { kind: "i", format: None, cells: CellType::Integer },
///         ColumnKind { kind: "f", format: None, cells: CellType::Float },
///     ],
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub(super) rows: &'static [&'static str],
    pub(super) cell: Option<&'static str>,
    pub(super) headings: Option<Headings>,
    pub(super) lines: Option<Lines>,
}

impl Layout {
    /// Rows that are structures: elements with members of their own. `rows` names the elements from below the root down to a
    /// row; the root's name is not required.
    ///
    /// # Panics
    ///
    /// When `rows` is empty.
    pub const fn records(rows: &'static [&'static str]) -> Self {
        assert!(!rows.is_empty(), "a row is below the root");
        Self { rows, cell: None, headings: None, lines: None }
    }

    /// Rows that are cells, one for each column: elements of one name, which `cell` says.
    ///
    /// # Panics
    ///
    /// When `rows` is empty.
    pub const fn table(rows: &'static [&'static str], cell: &'static str) -> Self {
        Self { cell: Some(cell), ..Self::records(rows) }
    }

    /// Rows that are the lines of a text in the document.
    ///
    /// # Panics
    ///
    /// When the path to the text is empty.
    pub const fn lines(lines: Lines) -> Self {
        assert!(!lines.path.is_empty(), "the text is below the root");
        Self { rows: &[], cell: None, headings: None, lines: Some(lines) }
    }

    /// Rows that may be the lines of a text instead: a document has them in one of both places.
    ///
    /// # Panics
    ///
    /// As [`lines`](Self::lines).
    #[must_use]
    pub const fn or_lines(self, lines: Lines) -> Self {
        Self { lines: Self::lines(lines).lines, ..self }
    }

    /// Columns that the document describes before its rows.
    #[must_use]
    pub const fn with_headings(mut self, headings: Headings) -> Self {
        self.headings = Some(headings);
        self
    }
}

/// Where the text is whose lines are rows, and what separates its cells. Its first line has the headings; all cells are text.
///
/// ```
/// use wirewright::rows::{Layout, Lines, Reader};
///
/// const TEXT: Layout = Layout::lines(Lines { path: &["csv"], cells: ",", lines: "\n", asked: None });
///
/// let reply = "<out><rc>0</rc><csv>store,note\n12,\"paid, packed\"\n13,</csv></out>";
/// let mut reader = Reader::new(reply.as_bytes(), TEXT);
/// let row = reader.next_row()?.unwrap();
/// assert_eq!((row.text(0), row.text(1)), (Some("12"), Some("paid, packed")));
/// assert_eq!(reader.next_row()?.unwrap().text(1), None);
/// assert!(reader.next_row()?.is_none());
/// # Ok::<(), wirewright::rows::ReadError<std::io::Error>>(())
/// ```
///
/// What separates cells and lines, and how cells are quoted, is as [`SeparatedRows`](super::SeparatedRows) has it.
#[derive(Clone, Copy, Debug)]
pub struct Lines {
    /// The elements from below the root down to the one with the text.
    pub path: &'static [&'static str],
    /// What is between the cells of a line.
    pub cells: &'static str,
    /// What is between the lines.
    pub lines: &'static str,
    /// Where a request asks for others.
    pub asked: Option<AskedSeparators>,
}

/// Where a request says what is to separate the cells and the lines of its reply: the names of members in XML, from the top of the
/// request down. Where a member is absent, or a path empty, the vendor's own separator counts.
#[derive(Clone, Copy, Debug)]
pub struct AskedSeparators {
    /// The way to what is between the cells of a line.
    pub cells: &'static [&'static str],
    /// The way to what is between the lines.
    pub lines: &'static [&'static str],
}

/// Where a document describes its columns.
#[derive(Clone, Copy, Debug)]
pub struct Headings {
    /// The elements from below the root down to one heading. The heading's text is what people read.
    pub path: &'static [&'static str],
    /// The attribute with the column's name, which a row struct's members bear.
    pub name: &'static str,
    /// The attribute that tells what the cells are.
    pub kind: &'static str,
    /// The attribute that tells how the cells are shown.
    pub format: &'static str,
    /// What the cells of a column are. The first one that fits counts; cells of any other column are text.
    pub kinds: &'static [ColumnKind],
}

/// What the cells of a column are, by its heading.
#[derive(Clone, Copy, Debug)]
pub struct ColumnKind {
    /// The value of the attribute that tells what the cells are.
    pub kind: &'static str,
    /// One of the parts, between semicolons, of the attribute that tells how the cells are shown. `None`: any will do.
    pub format: Option<&'static str>,
    /// What the cells are.
    pub cells: CellType,
}

impl ColumnKind {
    fn fits(&self, kind: &str, format: &str) -> bool {
        self.kind == kind
            && self.format.is_none_or(|wanted| format.split(';').any(|part| part.trim() == wanted))
    }
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellType {
    /// Whole numbers of 64 bits.
    Integer,
    /// Floating-point numbers of 64 bits.
    Float,
    /// Text.
    Text,
    /// Dates, in one of these formats of [`jiff::fmt::strtime`].
    Date(&'static [&'static str]),
    /// Dates with times and without a zone, in one of these formats of [`jiff::fmt::strtime`].
    DateTime(&'static [&'static str]),
    /// Dates with times that are counted; in UTC, where their vendor does not say otherwise.
    Epoch(Epoch),
}

impl Headings {
    /// What the cells under a heading are.
    pub(super) fn cells(&self, kind: &str, format: &str) -> CellType {
        self.kinds.iter().find(|known| known.fits(kind, format)).map_or(CellType::Text, |known| known.cells)
    }
}
