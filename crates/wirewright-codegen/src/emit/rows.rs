//! Replies that are read row by row, and requests that are written so: where the rows are.

use super::moments::epoch;
use super::text::{Item, List, Text, literal};
use crate::model::{CellType, Cells, Headings, Rows};
use crate::plan::operations::Named;

/// Which side of an operation has rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Its reply.
    Reply,
    /// The document of its request.
    Body,
}

/// Where the rows of an operation's reply or request are, as data.
pub(super) fn implementation(text: &mut Text, named: &Named<'_>, rows: &Rows, side: Side) {
    let (of, constant) = match side {
        Side::Reply => ("RowsRequest", "ROWS"),
        Side::Body => ("RowsUpload", "BODY_ROWS"),
    };
    text.line("#[cfg(feature = \"rows\")]");
    text.block(format!("impl generated::{of} for {}", named.request), |text| {
        let head = format!("const {constant}: rows::Layout = rows::Layout::");
        let path = Item::List("&".to_owned(), path(&rows.path));
        let (head, arguments) = match &rows.cell {
            Some(cell) => (head + "table", vec![path, literal(cell).into()]),
            None => (head + "records", vec![path]),
        };
        let Some(headings) = &rows.headings else { return text.list(&head, &List::call(arguments), ";") };
        text.line(format!("{head}{}", List::call(arguments).flat()));
        text.indented(|text| {
            let headings = List::call([Item::List("rows::Headings ".to_owned(), self::headings(headings))]);
            text.list(".with_headings", &headings, ";");
        });
    });
}

fn path(names: &[String]) -> List {
    List::array(names.iter().map(|name| Item::Text(literal(name))))
}

/// What a document says of its columns, and where.
fn headings(described: &Headings) -> List {
    List::literal([
        Item::List("path: &".to_owned(), path(&described.path)),
        format!("name: {}", literal(&described.name)).into(),
        format!("kind: {}", literal(&described.kind)).into(),
        format!("format: {}", literal(&described.format)).into(),
        Item::List("kinds: &".to_owned(), List::array(described.kinds.iter().map(kind))),
    ])
}

fn kind(kind: &Cells) -> Item {
    let formats = |name: &str, formats: &[String]| {
        Item::List(
            format!("cells: rows::CellType::{name}"),
            List::call([Item::List("&".to_owned(), path(formats))]),
        )
    };
    let members = [
        format!("kind: {}", literal(&kind.kind)).into(),
        match &kind.format {
            Some(format) => format!("format: Some({})", literal(format)).into(),
            None => "format: None".into(),
        },
        match &kind.is {
            CellType::Integer => "cells: rows::CellType::Integer".into(),
            CellType::Number => "cells: rows::CellType::Float".into(),
            CellType::Text => "cells: rows::CellType::Text".into(),
            CellType::Date(spellings) => formats("Date", spellings),
            CellType::DateTime(spellings) => formats("DateTime", spellings),
            CellType::Epoch(counted) => format!("cells: rows::CellType::Epoch({})", epoch(*counted)).into(),
        },
    ];
    Item::List("rows::ColumnKind ".to_owned(), List::literal(members))
}
