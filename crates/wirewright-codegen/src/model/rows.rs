//! Replies that can be read row by row.

/// Where the rows of a reply are in XML.
#[derive(Debug)]
pub struct Rows {
    /// The elements from below the root down to a row.
    pub path: Vec<String>,
    /// The type of a row that is a structure: index into [`Vendor::types`](super::Vendor::types). `None`: it has cells.
    pub row: Option<usize>,
    /// The element of a cell.
    pub cell: Option<String>,
    /// What describes the columns.
    pub headings: Option<Headings>,
}

/// Where the text of a reply is in XML whose lines are rows.
#[derive(Debug)]
pub struct RowLines {
    /// The elements from below the root down to it.
    pub path: Vec<String>,
    /// What is between the cells of a line.
    pub cells: String,
    /// What is between the lines.
    pub lines: String,
    /// The members of the request, by their names in XML, that lead to what it asks for instead. Empty: it does not ask.
    pub cells_by: Vec<String>,
    /// The same for the lines.
    pub lines_by: Vec<String>,
}

/// Where a reply describes its columns.
#[derive(Debug)]
pub struct Headings {
    /// The elements from below the root down to a heading.
    pub path: Vec<String>,
    /// The attribute with the column's name.
    pub name: String,
    /// The attribute that tells what the cells are; empty where there is none.
    pub kind: String,
    /// The attribute that tells how the cells are shown; empty where there is none.
    pub format: String,
    /// What the cells are; the first that fits counts.
    pub kinds: Vec<Cells>,
}

/// What the cells of a column are.
#[derive(Debug)]
pub struct Cells {
    /// What the column's heading says of them.
    pub kind: String,
    /// A part of how the heading says that they are shown, where that counts.
    pub format: Option<String>,
    /// What they are.
    pub is: CellType,
}

/// What a cell is.
#[derive(Debug)]
pub enum CellType {
    /// Signed, 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Number,
    /// A text.
    Text,
    /// In these `strftime` formats.
    Date(Vec<String>),
    /// In these `strftime` formats.
    DateTime(Vec<String>),
    /// A moment that is counted.
    Epoch(super::Epoch),
}
