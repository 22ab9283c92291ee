//! Replies that are read row by row, and requests that are written so: where the rows stand, and the methods of clients for them.

use super::{
    client::{CallMethods, Kind},
    names::{Context, part},
    operations::Named,
    parameters::Provided,
    prose::code,
    text::{Item, List, Text, literal},
};
use crate::model::{CellType, Cells, Headings, Rows};

/// Which side of an operation has rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Its reply.
    Reply,
    /// The document of its request.
    Body,
}

/// Where the rows of an operation's reply or request stand, as data.
pub(super) fn implementation(text: &mut Text, rows: &Rows, side: Side) {
    let (what, prefix, of, constant) = match side {
        Side::Reply => ("reply", "", "RowsRequest", "ROWS"),
        Side::Body => ("request", "BODY_", "RowsUpload", "BODY_ROWS"),
    };
    text.doc(&format!("The elements below the root, down to a row of the {what}."));
    text.list(&format!("const {prefix}ROW: &[&str] = &"), &path(&rows.path), ";");
    text.blank();
    if let Some(described) = &rows.headings {
        headings(text, described, what, prefix);
        text.blank();
    }
    let mut layout = match &rows.cell {
        Some(cell) => format!("rows::Layout::table({prefix}ROW, {})", literal(cell)),
        None => format!("rows::Layout::records({prefix}ROW)"),
    };
    if rows.headings.is_some() {
        layout.extend([".with_headings(", prefix, "HEADINGS)"]);
    }
    text.block(format!("impl generated::{of} for Request"), |text| {
        text.assignment(&format!("const {constant}: rows::Layout"), &layout);
    });
}

fn path(names: &[String]) -> List {
    List::array(names.iter().map(|name| Item::Text(literal(name))))
}

fn headings(text: &mut Text, described: &Headings, what: &str, prefix: &str) {
    text.doc(&format!("What the {what} says of its columns, and where."));
    let members = [
        Item::List("path: &".to_owned(), path(&described.path)),
        format!("name: {}", literal(&described.name)).into(),
        format!("kind: {}", literal(&described.kind)).into(),
        format!("format: {}", literal(&described.format)).into(),
        Item::List("kinds: &".to_owned(), List::array(described.kinds.iter().map(kind))),
    ];
    let head = format!("const {prefix}HEADINGS: rows::Headings = rows::Headings ");
    text.list(&head, &List::literal(members), ";");
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

/// The type of rows that are written while they are sent.
pub(super) const ROWS: &str = "rows: impl IntoIterator<Item: wire::Message, IntoIter: Send + 'static>";

/// The method that writes the rows of an operation's request while it is sent, if it has rows; `call` is what it does with
/// `request`, `rows` and `options`.
pub(super) fn upload(text: &mut Text, context: &Context<'_>, which: Kind, named: &Named<'_>, call: &str) {
    let (Some(name), Some(rows)) = (&named.upload, &named.operation.body_rows) else { return };
    let row = match rows.row.and_then(|row| context.vendor.types.get(row)) {
        Some(row) => {
            format!("A row is a [`{0}`](crate::types::{0}), or any structure that fits.", row.name.rust)
        }
        None => {
            "A row is any structure whose members bear the names of the columns that the request describes."
                .to_owned()
        }
    };
    text.blank();
    text.doc(&format!(
        "Calls {} with these rows behind those that the request has. They are written while they are sent, however many they are, and \
         sent once: the call is not tried again. {row}",
        code(&named.title())
    ));
    text.doc("\n# Errors\n\nSee [`Error`]. A row that cannot be written breaks the request off.");
    let request = format!("request: &{}::Request", named.module());
    let mut parameters = vec!["&self".to_owned(), request, ROWS.to_owned()];
    if Provided::new(context).call {
        parameters.push("options: &CallOptions".to_owned());
    }
    let result = format!("Result<{}, Error>", named.answer());
    text.function(&format!("pub {} {name}", which.function()), &parameters, &result, |text| text.line(call));
}

/// What the method is called that writes rows, for an operation whose method is `method`, where that is free.
pub(super) fn upload_name(method: &str) -> String {
    format!("{}_from", part(method))
}

/// What the method is called for an operation whose method is `method`, where that is free.
pub(super) fn method_name(method: &str) -> String {
    format!("{}_rows", part(method))
}
