//! The rows of a text that is a table.

use std::{borrow::Cow, fmt, marker::PhantomData};

use super::{
    separators::Separators,
    sink::{RowFault, TextCells, members, ragged},
};
use crate::{
    DecodeErrorKind, Format,
    error::Fault,
    mask,
    separated::{SeparatedText, TextSeparators},
    wire::{OwnedMessage, Shape},
};

impl<F: TextSeparators> SeparatedText<F> {
    /// Its rows, separated as the vendor does by itself.
    pub fn rows(&self) -> SeparatedRows<'_> {
        SeparatedRows::new(self.as_str(), F::CELLS, F::LINES)
    }
}

/// Reads the rows of a text one after the other. Its first line has the headings.
///
/// ```
/// use wirewright::rows::SeparatedRows;
///
/// // Separated as the caller asked for.
/// let mut rows = SeparatedRows::new("store|note^12|\"a|b\"^13|", "|", "^");
/// assert_eq!(rows.columns(), ["store", "note"]);
/// let row = rows.next_row()?.unwrap();
/// assert_eq!((row.get("store"), row.get("note")), (Some("12"), Some("a|b")));
/// assert_eq!(rows.next_row()?.unwrap().get("note"), None);
/// assert!(rows.next_row()?.is_none());
/// # Ok::<(), wirewright::rows::SeparatedError>(())
/// ```
pub struct SeparatedRows<'t> {
    rest: &'t str,
    separators: Separators<'t>,
    columns: Vec<String>,
    cells: Vec<Cow<'t, str>>,
    number: u64,
    /// Which member of a structure bears each column's name.
    map: Option<(&'static Shape, Vec<usize>)>,
}

impl<'t> SeparatedRows<'t> {
    /// The rows of `text`, whose cells are separated by `cells`, and its lines by `lines`. A text by which nothing could be separated
    /// separates nothing.
    pub fn new(text: &'t str, cells: &'t str, lines: &'t str) -> Self {
        let mut rows = Self {
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            separators: Separators { cells, lines },
            columns: Vec::new(),
            cells: Vec::new(),
            number: 0,
            map: None,
        };
        if rows.line() {
            rows.columns = rows.cells.drain(..).map(Cow::into_owned).collect();
        }
        rows
    }

    /// The headings, in the order of the cells.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next row. `None`: there are no more.
    ///
    /// # Errors
    ///
    /// When it has not one cell for each column.
    pub fn next_row(&mut self) -> Result<Option<SeparatedRow<'_>>, SeparatedError> {
        if !self.advance()? {
            return Ok(None);
        }
        Ok(Some(SeparatedRow { number: self.number, columns: &self.columns, cells: &self.cells }))
    }

    /// The next row as a structure, whose members bear the names of the columns in JSON, where any text can be one. An empty cell means that a member is absent. `None`: there
    /// are no more.
    ///
    /// # Errors
    ///
    /// As [`next_row`](Self::next_row), and when the row is not what `T` promises.
    pub fn next_as<T: OwnedMessage>(&mut self) -> Result<Option<T>, SeparatedError> {
        if !self.advance()? {
            return Ok(None);
        }
        if self.map.as_ref().is_none_or(|(known, _)| !std::ptr::eq(*known, T::SHAPE)) {
            let names: Vec<&str> = self.columns.iter().map(String::as_str).collect();
            let map = members(T::SHAPE, &names, Format::Json).map_err(|fault| self.error(fault))?;
            self.map = Some((T::SHAPE, map));
        }
        let map = self.map.as_ref().map_or(&[][..], |(_, map)| map);
        let mut value = T::empty();
        let mut cells = TextCells { cells: &mut self.cells.iter().cloned(), map, fault: None };
        if value.decode_fields(&mut cells).is_err() {
            let other = || Fault::syntax(0, "a row that its type cannot take").into();
            let fault = cells.fault.unwrap_or_else(other);
            return Err(self.error(fault));
        }
        Ok(Some(value))
    }

    /// The rows that are left, as structures. It ends behind the first error.
    pub fn rows_as<T: OwnedMessage>(self) -> impl Iterator<Item = Result<T, SeparatedError>> + use<'t, T> {
        RowsAs { rows: Some(self), row: PhantomData }
    }

    /// Goes on to the next row, and says whether there is one.
    fn advance(&mut self) -> Result<bool, SeparatedError> {
        // A line with nothing in it is a row of a table of one column only.
        while self.line() {
            let is_blank = matches!(self.cells.as_slice(), [cell] if cell.is_empty());
            if is_blank && self.columns.len() > 1 {
                continue;
            }
            self.number += 1;
            if self.cells.len() != self.columns.len() {
                let fault = ragged(self.cells.len(), self.columns.len());
                return Err(self.error(fault));
            }
            return Ok(true);
        }
        Ok(false)
    }

    fn error(&self, fault: RowFault) -> SeparatedError {
        let column = fault.cell.and_then(|cell| self.columns.get(cell)).cloned();
        SeparatedError(Box::new(Inner { row: self.number, column, kind: fault.fault.kind }))
    }

    /// Takes the cells of the next line. `false`: there is none.
    fn line(&mut self) -> bool {
        self.cells.clear();
        if self.rest.is_empty() {
            return false;
        }
        let text = self.rest;
        let mut at = 0;
        // A text that is whole is cut up to its end.
        while let Some(cut) = self.separators.cut(text, at, true) {
            self.cells.push(cut.text(text));
            at = cut.next;
            if cut.ends_line {
                break;
            }
        }
        self.rest = text.get(at..).unwrap_or_default();
        true
    }
}

/// Shows how many rows have been read, and none of them: a cell may be a secret.
impl fmt::Debug for SeparatedRows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeparatedRows")
            .field("columns", &self.columns.len())
            .field("rows", &self.number)
            .finish_non_exhaustive()
    }
}

struct RowsAs<'t, T> {
    rows: Option<SeparatedRows<'t>>,
    row: PhantomData<fn() -> T>,
}

impl<T: OwnedMessage> Iterator for RowsAs<'_, T> {
    type Item = Result<T, SeparatedError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.rows.as_mut()?.next_as().transpose();
        if !matches!(next, Some(Ok(_))) {
            self.rows = None;
        }
        next
    }
}

/// A row of a text that is a table.
#[derive(Clone, Copy)]
pub struct SeparatedRow<'r> {
    number: u64,
    columns: &'r [String],
    cells: &'r [Cow<'r, str>],
}

impl<'r> SeparatedRow<'r> {
    /// Its number, from 1; the headings are none.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The text of the cell below a heading. `None` where it is empty, or there is no such heading; of several of one name the last counts.
    pub fn get(&self, column: &str) -> Option<&'r str> {
        let index = self.columns.iter().rposition(|known| known == column)?;
        self.cells.get(index).map(|cell| &**cell).filter(|cell| !cell.is_empty())
    }

    /// The texts of the cells in their order; `None` for an empty one.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Option<&'r str>> + use<'r> {
        self.cells.iter().map(|cell| Some(&**cell).filter(|cell| !cell.is_empty()))
    }
}

/// Shows how many cells there are, and none of them: a cell may be a secret.
impl fmt::Debug for SeparatedRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeparatedRow")
            .field("number", &self.number)
            .field("cells", &self.cells.len())
            .finish_non_exhaustive()
    }
}

/// Why a row of a text could not be read. Like every error of reading it shows no value.
#[derive(Clone)]
pub struct SeparatedError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    row: u64,
    column: Option<String>,
    kind: DecodeErrorKind,
}

impl SeparatedError {
    /// The number of the row, from 1.
    pub fn row(&self) -> u64 {
        self.0.row
    }

    /// The heading above the cell, when it is one cell that is wrong.
    pub fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }
}

impl fmt::Display for SeparatedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.0.row)?;
        if let Some(column) = &self.0.column {
            let mut shown = String::new();
            mask::cut(&mut shown, column);
            write!(f, ", column `{shown}`")?;
        }
        write!(f, ": {}", self.0.kind)
    }
}

impl fmt::Debug for SeparatedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeparatedError")
            .field("row", &self.0.row)
            .field("column", &self.0.column)
            .field("kind", &self.0.kind)
            .finish()
    }
}

impl std::error::Error for SeparatedError {}
