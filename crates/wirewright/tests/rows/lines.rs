//! Rows that are the lines of a text, read as a stream: they are those of the text read whole, wherever the stream is cut and
//! however XML spells it.
#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use proptest::prelude::*;
use wirewright::{
    DecodeErrorKind, SeparatedText, TextSeparators, Wire,
    rows::{AskedSeparators, Headings, Layout, Lines, Parser, Polled, RowsError, SeparatedRows},
    xml,
};

enum Comma {}

impl TextSeparators for Comma {
    const CELLS: &'static str = ",";
    const LINES: &'static str = "\n";
    const SAMPLES: &'static [&'static str] = &["a,b\n1,2"];
}

const TEXT: Lines = Lines { path: &["csv"], cells: ",", lines: "\n", asked: None };

/// The shape of 1010data's replies: a table, or a text.
const EITHER: Layout = Layout::table(&["table", "data", "tr"], "td")
    .with_headings(Headings {
        path: &["table", "cols", "th"],
        name: "name",
        kind: "",
        format: "",
        kinds: &[],
    })
    .or_lines(TEXT);

#[derive(Wire)]
#[wire(root = "out")]
struct Reply {
    rc: Option<i64>,
    csv: Option<SeparatedText<Comma>>,
    note: Option<String>,
}

#[derive(Debug, PartialEq, Wire)]
struct Sale {
    store: u32,
    #[wire(json = "sum of amount")]
    amount: Option<f64>,
    note: Option<String>,
}

type Table = (Vec<String>, Vec<Vec<Option<String>>>);

fn of_parser(parser: &mut Parser, text: &str, chunk: usize) -> Result<Table, RowsError> {
    let mut chunks = text.as_bytes().chunks(chunk.max(1));
    let mut rows = Vec::new();
    loop {
        match parser.poll()? {
            Polled::Row(()) => {
                let row = parser.row().unwrap();
                assert_eq!(row.number(), rows.len() as u64 + 1);
                rows.push((0..row.len()).map(|cell| row.text(cell).map(str::to_owned)).collect());
            }
            Polled::Hungry => match chunks.next() {
                Some(chunk) => parser.feed(chunk),
                None => parser.end(),
            },
            Polled::End => break,
        }
    }
    Ok((parser.columns().iter().map(|column| column.name().to_owned()).collect(), rows))
}

fn read(text: &str, chunk: usize) -> Result<Table, RowsError> {
    of_parser(&mut Parser::new(EITHER), text, chunk)
}

fn whole(mut rows: SeparatedRows<'_>) -> Option<Table> {
    let mut found = Vec::new();
    let columns = rows.columns().to_vec();
    while let Some(row) = rows.next_row().ok()? {
        found.push(row.cells().map(|cell| cell.map(str::to_owned)).collect());
    }
    Some((columns, found))
}

/// Spells a text in XML: what has to be escaped is, and other parts may be, or are in CDATA.
fn spelled(parts: &[(String, u8)]) -> String {
    let mut text = String::new();
    for (part, how) in parts {
        match how % 4 {
            0 => text.push_str(&part.replace('&', "&amp;").replace('<', "&lt;").replace(']', "&#93;")),
            1 => text.extend(part.chars().map(|char| format!("&#{};", u32::from(char)))),
            2 => text.extend(["<![CDATA[", &part.replace("]]>", "]]]]><![CDATA[>"), "]]>"]),
            _ => {
                text.push_str("<!-- a,b\n -->");
                text.push_str(&part.replace('&', "&amp;").replace('<', "&lt;").replace(']', "&#x5D;"));
            }
        }
    }
    text
}

proptest! {
    #[test]
    fn a_stream_has_the_rows_of_the_whole(
        parts in proptest::collection::vec(("[a-c\",^\\]\\r\\n&<é]{0,7}", any::<u8>()), 0..8),
        chunk in 1_usize..40,
        separators in proptest::sample::select(&[(",", "\n"), (",", "^"), ("b,", "\n"), ("^", "^,"), ("", "\n"), (",", ""), ("", "")][..]),
    ) {
        let document = format!("<out><rc>0</rc><csv>{}</csv><note>n</note></out>", spelled(&parts));
        let reply: Reply = xml::from_str(&document).unwrap();
        let text = reply.csv.unwrap();
        let (cells, lines) = separators;
        let mut parser = Parser::new(EITHER).with_separators(Some(cells), Some(lines));
        let found = of_parser(&mut parser, &document, chunk);
        let wanted = whole(SeparatedRows::new(text.as_str(), cells, lines));
        prop_assert_eq!(found.as_ref().ok(), wanted.as_ref());
        if found.is_ok() {
            let around: Reply = parser.envelope().unwrap();
            prop_assert_eq!((around.rc, around.note.as_deref()), (Some(0), Some("n")));
            prop_assert_eq!(around.csv, Some(SeparatedText::default()));
        }
    }

    /// Whatever is fed: no panic, and what is an error whole is one as a stream.
    #[test]
    fn damage_is_an_error_in_both(text in "(<out>|</out>|<csv>|</csv>|<csv/>|<a/>|<!\\[CDATA\\[|\\]\\]>|&amp;|&|;|a,b|\n|\"|<tr>|<!--|-->){0,14}", chunk in 1_usize..9) {
        let document = format!("<out><csv>a,b\n1,2{text}</csv></out>");
        let (streamed, read) = (read(&document, chunk), xml::from_str::<Reply>(&document));
        match read {
            Ok(reply) => {
                let rows = reply.csv.as_ref().and_then(|text| whole(text.rows()));
                if let Ok(streamed) = streamed {
                    prop_assert_eq!(Some(streamed), rows);
                }
            }
            Err(_) => prop_assert!(streamed.is_err()),
        }
    }
}

/// The shape of 1010data's reply in csv, as a public C# client reads it, in chunks of every size.
#[test]
fn rows_are_read_in_any_chunks() {
    let document = "<out><rc>0</rc><csv><![CDATA[store,sum of amount,note\r\n12,19.5,\"paid, \"\"packed\"\"\"\r\n\n13,,\n]]></csv><note>n</note></out>";
    let wanted = [
        Sale { store: 12, amount: Some(19.5), note: Some("paid, \"packed\"".to_owned()) },
        Sale { store: 13, amount: None, note: None },
    ];
    for chunk in 1..document.len() {
        let mut parser = Parser::new(Layout::lines(TEXT));
        let mut chunks = document.as_bytes().chunks(chunk);
        let mut rows = Vec::new();
        loop {
            match parser.poll_as::<Sale>().unwrap() {
                Polled::Row(row) => rows.push(row),
                Polled::Hungry => match chunks.next() {
                    Some(chunk) => parser.feed(chunk),
                    None => parser.end(),
                },
                Polled::End => break,
            }
        }
        assert_eq!(rows, wanted, "{chunk}");
        assert_eq!(parser.envelope::<Reply>().unwrap().note.as_deref(), Some("n"));
    }
}

#[test]
fn a_document_has_its_rows_in_one_place() {
    for (rows, count) in [
        ("<table><cols><th name='a'/></cols><data><tr><td>1</td></tr></data></table>", 1),
        ("<table><cols><th name='a'/></cols><data/></table><csv>b\n1\n2</csv>", 2),
        ("<csv/><table><cols><th name='a'/></cols><data><tr><td>1</td></tr></data></table>", 1),
        (
            "<csv></csv><table><cols><th name='a'/></cols><data><tr><td>1</td></tr></data></table><csv></csv>",
            1,
        ),
        ("<csv>b</csv>", 0),
        // Another namespace is another name.
        ("<csv>b\n1</csv><m:csv xmlns:m='urn:m'>b\n2</m:csv>", 1),
        // Only the element on the way.
        ("<table><csv>b\n1</csv></table>", 0),
    ] {
        let (_, found) =
            read(&format!("<out>{rows}</out>"), 7).unwrap_or_else(|error| panic!("{rows}: {error}"));
        assert_eq!(found.len(), count, "{rows}");
    }
    for rows in [
        "<table><data><tr><td>1</td></tr></data></table><csv>b\n1</csv>",
        "<csv>b\n1</csv><table><data><tr><td>1</td></tr></data></table>",
        "<csv>b\n1</csv><csv>b\n2</csv>",
    ] {
        let error = read(&format!("<out>{rows}</out>"), 7).unwrap_err();
        assert!(matches!(error.error().kind(), DecodeErrorKind::Duplicate), "{rows}: {error}");
    }
}

/// Errors tell the row, the column and the place, as the document has it, whatever is escaped before.
#[test]
fn errors_tell_the_place() {
    for (text, message) in [
        (
            "a,b\n1\n",
            "row 1, byte 14: XML, line 2, column 1: expected 2 cells, one for each column, and not 1",
        ),
        (
            "a&#44;b\r\n1,2\n3\n",
            "row 2, byte 23: XML, line 3, column 1: expected 2 cells, one for each column, and not 1",
        ),
        (
            "<![CDATA[a,b\n1,2\n]]>3",
            "row 2, byte 30: XML, line 3, column 4: expected 2 cells, one for each column, and not 1",
        ),
        ("a,b<x/>", "byte 13: XML, line 1, column 14, at csv: expected text, whose lines are rows"),
        ("a,b\n&x;", "byte 14: XML, line 2, column 1: an entity that is not one of XML's own five"),
    ] {
        let document = format!("<out><csv>{text}</csv></out>");
        for chunk in [1, 5, 1000] {
            let error = read(&document, chunk).unwrap_err();
            let told = error.to_string();
            assert!(told.starts_with(message), "{text}: {told}");
        }
    }
    for cut in [
        "<out><csv>a,b\n1,2",
        "<out><csv><![CDATA[a,b\n1,2\n3,4",
        "<out><csv>a,b\n1,2\n</cs",
        "<out><csv>a\n&am",
    ] {
        assert!(read(cut, 3).is_err(), "{cut}");
    }
}

#[test]
fn a_row_is_bounded() {
    let long = "x".repeat(300);
    for text in [format!("a\n{long}\n"), format!("a\n\"{long}\n"), format!("a\n{long}")] {
        let document = format!("<out><csv>{text}</csv></out>");
        let mut parser = Parser::new(EITHER).with_max_row(200);
        let error = of_parser(&mut parser, &document, 50).unwrap_err();
        assert!(error.to_string().contains("200 bytes in a row"), "{error}");
    }
}

/// A text of one column, whose other separator is nowhere, takes time that grows with it and not with its square.
#[test]
fn a_separator_that_is_nowhere_costs_nothing() {
    let text = "a\n".repeat(1 << 20);
    let rows = SeparatedRows::new(&text, ",", "\n").rows_as::<Nothing>();
    assert_eq!(rows.map(Result::unwrap).count(), (1 << 20) - 1);
}

#[derive(Wire)]
struct Nothing {
    none: Option<String>,
}

/// A line that comes in many small pieces is not looked through for each of them, whether XML or the stream is what cuts it.
#[test]
fn a_line_in_small_pieces_costs_nothing() {
    const CELLS: usize = 1 << 18;
    let document = format!("<out><csv>a\n{}</csv></out>", "<![CDATA[b]]>".repeat(CELLS));
    let (_, rows) = read(&document, document.len()).unwrap();
    assert_eq!(rows, [[Some("b".repeat(CELLS))]]);
    let document = format!("<out><csv>a\n{}</csv></out>", "b".repeat(CELLS));
    let (_, rows) = read(&document, 1).unwrap();
    assert_eq!(rows, [[Some("b".repeat(CELLS))]]);
}

/// Where a request says what separates its reply.
#[test]
fn separators_are_those_that_were_asked_for() {
    #[derive(Wire)]
    struct Request {
        format: Option<Form>,
    }
    #[derive(Wire)]
    struct Form {
        sep: Option<String>,
        linesep: Option<String>,
    }
    let layout = Layout::lines(Lines {
        asked: Some(AskedSeparators { cells: &["format", "sep"], lines: &["format", "linesep"] }),
        ..TEXT
    });
    let form = |sep: Option<&str>, linesep: Option<&str>| {
        Some(Form { sep: sep.map(str::to_owned), linesep: linesep.map(str::to_owned) })
    };
    for (format, text) in [
        (None, "a,b\n1,2"),
        (form(Some("|"), Some("^")), "a|b^1|2"),
        (form(Some("|"), None), "a|b\n1|2"),
        (form(None, None), "a,b\n1,2"),
    ] {
        let request = Request { format };
        let mut parser = Parser::new(layout).asked_by(&request);
        let document = format!("<out><csv>{text}</csv></out>");
        let (columns, rows) = of_parser(&mut parser, &document, 4).unwrap();
        assert_eq!(columns, ["a", "b"]);
        assert_eq!(rows, [[Some("1".to_owned()), Some("2".to_owned())]]);
    }
}
