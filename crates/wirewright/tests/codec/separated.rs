//! Texts that are tables: what their rows are, typed and as texts, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use proptest::prelude::*;
use wirewright::{
    DecodeErrorKind, SeparatedText, TextSeparators, Wire,
    rows::{SeparatedError, SeparatedRows},
};

enum Comma {}

impl TextSeparators for Comma {
    const CELLS: &'static str = ",";
    const LINES: &'static str = "\n";
    const SAMPLES: &'static [&'static str] = &["a,b\n1,2"];
}

enum Marks {}

impl TextSeparators for Marks {
    const CELLS: &'static str = "<>";
    const LINES: &'static str = "^";
    const SAMPLES: &'static [&'static str] = &["a<>b^1<>2"];
}

/// The headings, and the cells of all rows.
fn all(mut rows: SeparatedRows<'_>) -> Result<(Vec<String>, Vec<Vec<String>>), SeparatedError> {
    let headings = rows.columns().to_vec();
    let mut found = Vec::new();
    while let Some(row) = rows.next_row()? {
        assert_eq!(row.number(), found.len() as u64 + 1);
        found.push(row.cells().map(|cell| cell.unwrap_or("-").to_owned()).collect());
    }
    Ok((headings, found))
}

/// RFC 4180, section 2, and what programs make of it.
#[test]
fn cells_are_between_separators() {
    for (text, headings, rows) in [
        ("a,b\n1,2\n", &["a", "b"][..], &[&["1", "2"][..]][..]),
        ("a,b\r\n1,2\r\n3,\r\n", &["a", "b"], &[&["1", "2"], &["3", "-"]]),
        ("\u{feff}a,b\n1,2", &["a", "b"], &[&["1", "2"]]),
        ("a,b", &["a", "b"], &[]),
        ("a,b\n\n1,2\n\n\n", &["a", "b"], &[&["1", "2"]]),
        ("a\n\n1\n", &["a"], &[&["-"], &["1"]]),
        ("a,b\n\"x,y\",\"1\n2\"\n", &["a", "b"], &[&["x,y", "1\n2"]]),
        ("\"a\",\"b\"\"c\"\n\"\",\"\"\"\"", &["a", "b\"c"], &[&["-", "\""]]),
        // What only begins as if it were in quotes is as it is.
        ("a,b\n\"x\"y,2\n", &["a", "b"], &[&["\"x\"y", "2"]]),
        ("a,b\n\"x,2", &["a", "b"], &[&["\"x", "2"]]),
        ("a,b\n 1 ,\t2", &["a", "b"], &[&[" 1 ", "\t2"]]),
        ("", &[], &[]),
    ] {
        let text = SeparatedText::<Comma>::new(text);
        let (found, cells) = all(text.rows()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(
            (found, cells.len()),
            (headings.iter().map(ToString::to_string).collect(), rows.len()),
            "{text}"
        );
        assert!(cells.iter().zip(rows).all(|(cells, row)| cells == row), "{text}: {cells:?}");
    }
    let text = SeparatedText::<Marks>::new("a<>b^1<2<>3^\"4<>5\"<>6\r");
    assert_eq!(all(text.rows()).unwrap().1, [["1<2", "3"], ["4<>5", "6\r"]]);
    // A caller may have asked for others.
    assert_eq!(all(SeparatedRows::new("a|b^1|2^", "|", "^")).unwrap().1, [["1", "2"]]);
    assert_eq!(all(SeparatedRows::new("a|b^1|2^", "", "")).unwrap(), (vec!["a|b^1|2^".to_owned()], vec![]));
}

#[derive(Debug, PartialEq, Wire)]
struct Sale {
    store: u32,
    #[wire(json = "Sum of amount")]
    amount: Option<f64>,
    #[wire(list(joined = "/"))]
    tags: Vec<String>,
    #[wire(absent = ["N/A"])]
    note: Option<String>,
}

#[test]
fn a_row_may_be_a_structure() {
    let text = "note,Sum of amount,store,more,tags\nN/A,,12,x,a/b\nfine,1.5,13,,\n";
    let sales: Vec<Sale> =
        SeparatedText::<Comma>::new(text).rows().rows_as().collect::<Result<_, _>>().unwrap();
    let expected = [
        Sale { store: 12, amount: None, tags: vec!["a".into(), "b".into()], note: None },
        Sale { store: 13, amount: Some(1.5), tags: vec![], note: Some("fine".into()) },
    ];
    assert_eq!(sales, expected);
}

#[test]
fn what_is_no_row_is_told_with_its_place() {
    let usual = "store,Sum of amount,tags,note\n";
    for (rows, expected, row, column) in [
        ("1,,,\n2,x,,\n", "row 2, column `Sum of amount`: expected a number", 2, Some("Sum of amount")),
        ("1,,,\n,1,,\n", "row 2, column `store`: a required member is missing", 2, Some("store")),
        ("1,,\n", "row 1: expected 4 cells, one for each column, and not 3", 1, None),
        ("1,,,,\n", "row 1: expected 4 cells, one for each column, and not 5", 1, None),
    ] {
        let text = SeparatedText::<Comma>::new(format!("{usual}{rows}"));
        let read: Vec<_> = text.rows().rows_as::<Sale>().collect();
        let error = read.last().unwrap().as_ref().unwrap_err();
        assert_eq!((error.to_string().as_str(), error.row(), error.column()), (expected, row, column));
        assert!(!format!("{error:?}").contains("\"x\""), "{error:?}");
        assert_eq!(read.len() as u64, row, "it ends behind the error");
    }
    let text = SeparatedText::<Comma>::new("note\nx\n");
    let error = text.rows().rows_as::<Sale>().next().unwrap().unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Expected { .. }), "{error}");
    assert!(error.to_string().contains("a column named `store`"), "{error}");
}

proptest! {
    /// Whatever is in the cells, what was written is read back.
    #[test]
    fn a_written_table_is_read_back(
        rows in proptest::collection::vec(proptest::collection::vec("[ -~\r\n^<>\u{e9}]{0,9}", 2), 1..6),
    ) {
        let headings = ["one".to_owned(), "two".to_owned()];
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| if cell.is_empty() { "-".into() } else { cell.clone() }).collect())
            .collect();
        let commas = SeparatedText::<Comma>::of(headings.clone(), rows.clone());
        prop_assert_eq!(all(commas.rows()).unwrap(), (headings.to_vec(), expected.clone()));
        let marks = SeparatedText::<Marks>::of(headings.clone(), rows);
        prop_assert_eq!(all(marks.rows()).unwrap(), (headings.to_vec(), expected));
    }
}
