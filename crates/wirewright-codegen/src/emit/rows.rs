//! Replies that are read row by row, and requests that are written so: where the rows are.

use super::moments::epoch;
use super::text::{Item, List, Text, literal};
use crate::model::{CellType, Cells, Headings, RowLines, Rows};
use crate::plan::operations::Named;

/// Where the rows of an operation's reply are, as data.
pub(super) fn of_reply(text: &mut Text, named: &Named<'_>) {
    let (rows, lines) = (named.operation.rows.as_deref(), named.operation.row_lines.as_deref());
    implementation(text, named, ("RowsRequest", "ROWS"), rows, lines);
}

/// Where the rows of the document are that an operation's request carries.
pub(super) fn of_body(text: &mut Text, named: &Named<'_>, rows: &Rows) {
    implementation(text, named, ("RowsUpload", "BODY_ROWS"), Some(rows), None);
}

fn implementation(
    text: &mut Text,
    named: &Named<'_>,
    (of, constant): (&str, &str),
    rows: Option<&Rows>,
    lines: Option<&RowLines>,
) {
    text.line("#[cfg(feature = \"rows\")]");
    text.block(format!("impl generated::{of} for {}", named.request), |text| {
        let mut calls = Vec::new();
        if let Some(rows) = rows {
            let path = Item::List("&".to_owned(), path(&rows.path));
            calls.push(match &rows.cell {
                Some(cell) => ("table", vec![path, literal(cell).into()]),
                None => ("records", vec![path]),
            });
            let headings = rows.headings.as_ref().map(headings);
            calls.extend(
                headings.map(|list| (".with_headings", vec![Item::List("rows::Headings ".to_owned(), list)])),
            );
        }
        if let Some(lines) = lines {
            let method = if rows.is_some() { ".or_lines" } else { "lines" };
            calls.push((method, vec![Item::List("rows::Lines ".to_owned(), self::lines(lines))]));
        }
        let head = format!("const {constant}: rows::Layout = rows::Layout::");
        let mut calls = calls.into_iter();
        let Some((first, arguments)) = calls.next() else { return };
        let Some(last) = calls.next_back() else {
            return text.list(&format!("{head}{first}"), &List::call(arguments), ";");
        };
        text.line(format!("{head}{first}{}", List::call(arguments).flat()));
        text.indented(|text| {
            for (method, arguments) in calls {
                text.list(method, &List::call(arguments), "");
            }
            text.list(last.0, &List::call(last.1), ";");
        });
    });
}

/// A text whose lines are rows.
fn lines(described: &RowLines) -> List {
    let RowLines { path: to, cells, lines, cells_by, lines_by } = described;
    let asked = if cells_by.is_empty() && lines_by.is_empty() {
        "asked: None".into()
    } else {
        let ways = [("cells", cells_by), ("lines", lines_by)];
        let ways = ways.map(|(name, names)| Item::List(format!("{name}: &"), path(names)));
        let separators = Item::List("rows::AskedSeparators ".to_owned(), List::literal(ways));
        Item::List("asked: Some".to_owned(), List::call([separators]))
    };
    List::literal([
        Item::List("path: &".to_owned(), path(to)),
        format!("cells: {}", literal(cells)).into(),
        format!("lines: {}", literal(lines)).into(),
        asked,
    ])
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
