//! Where the rows of a reply are is the same for the interpreter and for the generated crates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use support::{folders, load};
use wirewright::{exchange::Request, generated::RowsRequest};

/// The folder, the operation, and where its rows are by the generated crate.
fn of<R: RowsRequest>(vendor: &'static str) -> (&'static str, &'static str, String) {
    (vendor, <R as Request>::OPERATION.name, format!("{:?}", R::ROWS))
}

#[test]
fn rows_are_in_the_same_places() {
    let generated = [
        of::<ten_ten_data::query::Getdata>("ten-ten-data"),
        of::<ten_ten_data::query::Querydata>("ten-ten-data"),
        of::<ten_ten_data::table::Tabinfo>("ten-ten-data"),
        of::<lighthouse::ledger::Ships>("lighthouse"),
        of::<lighthouse::ledger::Spares>("lighthouse"),
        of::<course::rows::Table>("course"),
        of::<course::rows::TableRows>("course"),
        of::<course::rows::Match>("course"),
        of::<course::rows::Lines>("course"),
    ];
    let mut interpreted = Vec::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let definition = load(&folder);
        for operation in definition.operations() {
            if let Some(rows) = definition.rows(operation) {
                interpreted.push((name.clone(), operation.described().name, format!("{:?}", rows.layout)));
            }
        }
    }
    let mut generated = generated.map(|(vendor, operation, rows)| (vendor.to_owned(), operation, rows));
    generated.sort();
    interpreted.sort();
    assert_eq!(interpreted, generated);
}
