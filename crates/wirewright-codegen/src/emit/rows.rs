//! Replies that are read row by row: where the rows stand, and the methods of clients that read them.

use super::{
    client::{CallMethods, Kind},
    names::{Context, part},
    operations::Named,
    parameters::Provided,
    prose::code,
    text::{Item, List, Text, literal},
};
use crate::model::{CellType, Cells, Headings, Rows};

/// Where the rows of an operation's reply stand, as data.
pub(super) fn implementation(text: &mut Text, rows: &Rows) {
    text.doc("The elements below the root, down to a row of the reply.");
    text.list("const ROW: &[&str] = &", &path(&rows.path), ";");
    text.blank();
    if let Some(described) = &rows.headings {
        headings(text, described);
        text.blank();
    }
    let mut layout = match &rows.cell {
        Some(cell) => format!("rows::Layout::table(ROW, {})", literal(cell)),
        None => "rows::Layout::records(ROW)".to_owned(),
    };
    if rows.headings.is_some() {
        layout.push_str(".with_headings(HEADINGS)");
    }
    text.block("impl call::RowsRequest for Request", |text| {
        text.assignment("const ROWS: rows::Layout", &layout);
    });
}

fn path(names: &[String]) -> List {
    List::array(names.iter().map(|name| Item::Text(literal(name))))
}

fn headings(text: &mut Text, described: &Headings) {
    text.doc("What the reply says of its columns, and where.");
    let members = [
        Item::List("path: &".to_owned(), path(&described.path)),
        format!("name: {}", literal(&described.name)).into(),
        format!("kind: {}", literal(&described.kind)).into(),
        format!("format: {}", literal(&described.format)).into(),
        Item::List("kinds: &".to_owned(), List::array(described.kinds.iter().map(kind))),
    ];
    text.list("const HEADINGS: rows::Headings = rows::Headings ", &List::literal(members), ";");
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
        },
    ];
    Item::List("rows::Kind ".to_owned(), List::literal(members))
}

/// The methods that read an operation's reply row by row, if it has rows; `call` is what they do with `request` and `options`.
pub(super) fn methods(text: &mut Text, context: &Context<'_>, which: Kind, named: &Named<'_>, call: &str) {
    let (Some(name), Some(rows)) = (&named.rows, &named.operation.rows) else { return };
    let row = match rows.row.and_then(|row| context.vendor.types.get(row)) {
        Some(row) => format!("A row is a [`{0}`](crate::types::{0}), or any structure of yours that fits.", row.name.rust),
        None => "A row has the cells of the reply's columns, or is any structure of yours whose members bear their names.".to_owned(),
    };
    let doc = format!(
        "Calls {} and reads the reply row by row while it comes, however long it is. {row}",
        code(&named.title())
    );
    let methods = CallMethods {
        name,
        doc: Some(doc),
        result: format!("Result<{}<{}::Request, T::Body>, Error>", which.rows_reply(), named.module()),
        bound: Some(which.streaming_transport()),
        errors: "See [`Error`]. The vendor's refusal is found before the first row, unless it stands behind the rows.",
        ..CallMethods::of(named, Provided::new(context))
    };
    text.blank();
    methods.write(text, context, which, |text| text.line(call));
}

/// What the method is called for an operation whose method is `method`, where that is free.
pub(super) fn method_name(method: &str) -> String {
    format!("{}_rows", part(method))
}
