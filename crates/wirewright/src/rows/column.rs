//! The columns, as a document describes them.

use super::layout::{CellType, Headings};
use crate::tree::{Id, ItemKind, Tree};

/// A column, as the document describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    name: String,
    heading: String,
    kind: String,
    format: String,
    cells: CellType,
}

impl Column {
    /// A column of texts of which nothing is known but its name.
    pub(super) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            heading: name.to_owned(),
            kind: String::new(),
            format: String::new(),
            cells: CellType::Text,
        }
    }

    /// Its name, which the members of a row struct bear; empty where the document gives none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What people read above it; a line feed separates lines.
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// What the document says of its cells' type, as it is there.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// How its cells are shown, as it is there.
    pub fn format(&self) -> &str {
        &self.format
    }

    /// What its cells are.
    pub fn cells(&self) -> CellType {
        self.cells
    }
}

/// The columns that are in a document.
pub(super) fn columns(tree: &Tree<'_>, headings: &Headings) -> Vec<Column> {
    let mut found: Vec<Id> = [Tree::ROOT].into();
    for name in headings.path {
        let named = |id: &Id| tree.item(*id).name == *name;
        found = found.into_iter().flat_map(|id| tree.candidates(id).filter(named)).collect();
    }
    let column = |id: Id| {
        let attribute = |name: &str| {
            let named = |id: &Id| tree.item(*id).kind == ItemKind::Attribute && tree.item(*id).name == name;
            tree.children(id).filter(named).last().map_or("", |id| tree.item(id).text.as_str())
        };
        let (kind, format) = (attribute(headings.kind), attribute(headings.format));
        Column {
            name: attribute(headings.name).to_owned(),
            heading: tree.item(id).text.to_string(),
            kind: kind.to_owned(),
            format: format.to_owned(),
            cells: headings.cells(kind, format),
        }
    };
    found.into_iter().map(column).collect()
}
