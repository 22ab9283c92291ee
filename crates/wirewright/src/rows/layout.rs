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
        Self { rows, cell: None, headings: None }
    }

    /// Rows that are cells, one for each column: elements of one name, which `cell` says.
    ///
    /// # Panics
    ///
    /// When `rows` is empty.
    pub const fn table(rows: &'static [&'static str], cell: &'static str) -> Self {
        Self { cell: Some(cell), ..Self::records(rows) }
    }

    /// Columns that the document describes before its rows.
    #[must_use]
    pub const fn with_headings(mut self, headings: Headings) -> Self {
        self.headings = Some(headings);
        self
    }
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
