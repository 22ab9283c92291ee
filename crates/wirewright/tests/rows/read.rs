//! Replies as a stream of rows: what a row is read into, what is around the rows, and what is refused.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fmt::Write as _,
    io::{self, BufReader, Read},
};

use wirewright::{
    DecodeErrorKind, Epoch, EpochUnit, Limits, Wire,
    jiff::civil::{date, datetime},
    rows::{Cell, CellType, ColumnKind, Headings, Layout, Parser, Polled, ReadError, Reader, RowsError},
};

const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
    path: &["table", "cols", "th"],
    name: "name",
    kind: "type",
    format: "format",
    kinds: &[
        ColumnKind { kind: "i", format: Some("type:date"), cells: CellType::Date(&["%Y%m%d", "%Y-%m-%d"]) },
        ColumnKind {
            kind: "f",
            format: Some("type:datetime"),
            cells: CellType::DateTime(&["%Y-%m-%d %H:%M:%S"]),
        },
        // As 1010data counts: a day is one, since 2035.
        ColumnKind {
            kind: "f",
            format: Some("type:moment"),
            cells: CellType::Epoch(Epoch::new(2_051_222_400, EpochUnit::Days)),
        },
        ColumnKind { kind: "i", format: None, cells: CellType::Integer },
        ColumnKind { kind: "f", format: None, cells: CellType::Float },
    ],
});

const HEADINGS: &str = "<cols><th name='store' type='i'>Store&#10;number</th>\
    <th name='day' type='i' format='type:date;width:10'>Day</th><th name='amount' type='f' format='type:currency'>Sum</th>\
    <th name='at' type='f' format='width:9; type:datetime'>At</th><th name='note' type='a'>Note</th>\
    <th name='odd' type='z'>Odd</th></cols>";

fn reply(rows: &str) -> String {
    format!("<out><rc>0</rc><msg>fine</msg><table name='t'>{HEADINGS}<data>{rows}</data></table></out>")
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "out")]
struct Envelope {
    rc: i64,
    msg: Option<String>,
}

#[derive(Debug, PartialEq, Wire)]
struct Sale {
    note: Option<String>,
    store: u32,
    amount: f64,
}

fn all<T: wirewright::wire::OwnedMessage>(text: &str) -> Result<Vec<T>, RowsError> {
    let mut reader = Reader::new(text.as_bytes(), TABLE);
    reader.rows().collect::<Result<_, _>>().map_err(rows_error)
}

fn rows_error(error: ReadError<io::Error>) -> RowsError {
    match error {
        ReadError::Rows(error) => error,
        ReadError::Source(error) => panic!("{error}"),
    }
}

#[test]
fn a_cell_may_count() {
    let text = "<out><table><cols><th name='at' type='f' format='type:moment;width:19'/></cols><data>\
                <tr><td>-9588.335625</td></tr><tr><td/></tr><tr><td>soon</td></tr></data></table></out>";
    let mut reader = Reader::new(text.as_bytes(), TABLE);
    let at = reader.next_row().unwrap().unwrap().cell(0).unwrap();
    assert_eq!(at, Cell::DateTime(datetime(2008, 9, 30, 15, 56, 42, 0)));
    assert_eq!(reader.next_row().unwrap().unwrap().cell(0).unwrap(), Cell::NotAvailable);
    let error = reader.next_row().unwrap().unwrap().cell(0).unwrap_err();
    assert!(error.to_string().contains("expected a moment as a number"), "{error}");
}

#[test]
fn cells_are_what_their_headings_say() {
    let rows = "<tr><td>7</td><td>20080930</td><td>-1.5</td><td>2008-09-30 15:56:42</td><td>a &amp; b</td><td>?</td></tr>
        <tr><td/><td></td><td/><td/><td/><td/></tr>
        <tr><td> 8 </td><td>2008-10-01</td><td>1e3</td><td/><td> </td><td><![CDATA[<b>]]></td></tr>";
    let text = reply(rows);
    let mut reader = Reader::new(text.as_bytes(), TABLE);
    let row = reader.next_row().unwrap().unwrap();
    let cells: Vec<_> = row.cells().collect::<Result<_, _>>().unwrap();
    let expected = [
        Cell::Integer(7),
        Cell::Date(date(2008, 9, 30)),
        Cell::Float(-1.5),
        Cell::DateTime(datetime(2008, 9, 30, 15, 56, 42, 0)),
        Cell::Text("a & b"),
        Cell::Text("?"),
    ];
    assert_eq!(cells, expected);
    assert_eq!(row.get("amount").unwrap(), Cell::Float(-1.5));
    assert_eq!(row.get("no such column").unwrap(), Cell::NotAvailable);
    assert_eq!(row.columns()[0].heading(), "Store\nnumber");

    let row = reader.next_row().unwrap().unwrap();
    assert!(
        row.cells().all(|cell| cell.unwrap() == Cell::NotAvailable),
        "empty cells are N/A, not empty texts"
    );

    let row = reader.next_row().unwrap().unwrap();
    let cells: Vec<_> = row.cells().collect::<Result<_, _>>().unwrap();
    let expected = [
        Cell::Integer(8),
        Cell::Date(date(2008, 10, 1)),
        Cell::Float(1000.0),
        Cell::NotAvailable,
        Cell::Text(" "),
        Cell::Text("<b>"),
    ];
    assert_eq!(cells, expected);
    assert!(reader.next_row().unwrap().is_none());
    assert_eq!(reader.parser().envelope::<Envelope>().unwrap(), Envelope { rc: 0, msg: Some("fine".into()) });
}

/// What is unescaped is held in one text, and a number is read with what is behind it in its text.
#[test]
fn numbers_end_where_their_cells_do() {
    let rows = "<tr><td>&#49;2</td><td/><td>&#51;4</td><td/><td/><td/></tr>\
        <tr><td>&#49;</td><td/><td>2&#46;5</td><td/><td>&#101;3</td><td/></tr>\
        <tr><td>1&#50;</td><td/><td>7&#46;</td><td/><td>&#53;</td><td/></tr>\
        <tr><td>-12345678</td><td/><td>0.25</td><td/><td>9</td><td/></tr>";
    let text = reply(rows);
    let mut reader = Reader::new(text.as_bytes(), TABLE);
    for (store, amount, note) in
        [(12, 34.0, None), (1, 2.5, Some("e3")), (12, 7.0, Some("5")), (-12_345_678, 0.25, Some("9"))]
    {
        let row = reader.next_row().unwrap().unwrap();
        assert_eq!(row.get("store").unwrap(), Cell::Integer(store));
        assert_eq!(row.get("amount").unwrap(), Cell::Float(amount));
        assert_eq!(row.get("note").unwrap(), note.map_or(Cell::NotAvailable, Cell::Text));
    }
    assert!(reader.next_row().unwrap().is_none());
}

#[test]
fn a_row_struct_takes_cells_by_the_names_of_columns_in_any_order() {
    let rows = "<tr><td>7</td><td/><td>1.5</td><td/><td>x</td><td/></tr><tr><td>8</td><td>?</td><td>2</td><td/><td/><td/></tr>";
    let expected =
        [Sale { note: Some("x".into()), store: 7, amount: 1.5 }, Sale { note: None, store: 8, amount: 2.0 }];
    assert_eq!(all::<Sale>(&reply(rows)).unwrap(), expected);
}

#[test]
fn rows_that_are_structures_are_read_by_the_ordinary_codec() {
    #[derive(Debug, PartialEq, Wire)]
    struct User {
        #[wire(attribute)]
        id: u32,
        name: String,
        tag: Vec<String>,
    }
    let text = "<reply><users><user id='1'><name>a</name></user>\n<user id='2'><tag>t</tag><name>b&amp;</name><tag>u</tag></user></users></reply>";
    let mut reader = Reader::new(text.as_bytes(), Layout::records(&["users", "user"]));
    let users: Vec<User> = reader.rows().collect::<Result<_, _>>().unwrap();
    let expected = [
        User { id: 1, name: "a".into(), tag: vec![] },
        User { id: 2, name: "b&".into(), tag: vec!["t".into(), "u".into()] },
    ];
    assert_eq!(users, expected);
}

/// What is wrong, in which row and column, at which byte and line.
#[test]
fn errors_tell_the_row_the_column_and_the_place() {
    let good = "<tr><td>7</td><td/><td>1.5</td><td/><td>x</td><td/></tr>\n";
    let cases = [
        (
            "<tr><td>7</td><td/><td>secret</td><td/><td/><td/></tr>",
            "row 3, column `amount`, byte 491: XML, line 3, column 20, at cell[2]: expected a number, near \"<tr><td>…</td><td/><td>…</td><td/><td/><td/></tr></data>\"",
        ),
        (
            "<tr><td/><td/><td>1</td><td/><td/><td/></tr>",
            "row 3, column `store`, byte 476: XML, line 3, column 5, at cell[0]: a required member is missing, near \"<tr><td/><td/><td>…</td><td/><td/><td\"",
        ),
        (
            "<tr><td>7</td></tr>",
            "row 3, byte 472: XML, line 3, column 1: expected 6 cells, one for each column, and not 1, near \"<tr><td>…</td></tr></data></table>\"",
        ),
        (
            "<tr><td>7</td><td><b/></td><td>1</td><td/><td/><td/></tr>",
            "row 3, column `day`, byte 486: XML, line 3, column 15, at cell[1]: expected text, near \"<tr><td>…</td><td><b/></td><td>…</td><td/><td/>\"",
        ),
        (
            "<tr><td>7</td><td>&x;</td><td>1</td><td/><td/><td/></tr>",
            "row 3, byte 490: XML, line 3, column 19, at tr.td: an entity that is not one of XML's own five, near \"<tr><td>…</td><td>…</td><td>…</td><td/><td/><td/></tr>\"",
        ),
        (
            "<tr><td>7</tr>",
            "row 3, byte 481: XML, line 3, column 10, at tr.td: an end tag without its start tag, near \"<tr><td>…</tr></data></table></out>\"",
        ),
    ];
    let mut seen = Vec::new();
    for (row, _) in cases {
        let error = all::<Sale>(&reply(&format!("{good}{good}{row}"))).unwrap_err();
        assert_eq!(error.row(), Some(3));
        assert_eq!(error.line(), 3);
        seen.push((row, error.to_string()));
    }
    assert_eq!(seen, cases.map(|(row, error)| (row, error.to_owned())));
}

#[test]
fn a_cell_that_is_not_what_its_heading_says_tells_its_place_too() {
    let text = reply("\n<tr><td>1</td><td>tomorrow</td><td/><td/><td/><td/></tr>");
    let mut reader = Reader::new(text.as_bytes(), TABLE);
    let error = reader.next_row().unwrap().unwrap().cell(1).unwrap_err();
    assert_eq!((error.row(), error.column(), error.line()), (Some(1), Some("day"), 2));
    assert_eq!(&text[usize::try_from(error.offset()).unwrap()..][..8], "tomorrow");
    assert!(matches!(error.error().kind(), DecodeErrorKind::Expected { .. }));
    assert!(!format!("{error} {error:?}").contains("tomorrow"), "{error}");
}

#[test]
fn a_promised_column_that_is_not_there_is_an_error() {
    let text = "<out><table><cols><th name='store'/></cols><data><tr><td>1</td></tr></data></table></out>";
    let error = all::<Sale>(text).unwrap_err();
    assert!(
        error.to_string().contains("expected a column named `amount`, as the row's type requires"),
        "{error}"
    );
}

/// A refusal has no table; it is found in the envelope, as always.
#[test]
fn a_reply_without_rows_has_its_envelope() {
    let mut reader = Reader::new("<out><rc>12</rc><msg>Invalid session</msg></out>".as_bytes(), TABLE);
    assert!(reader.next_row().unwrap().is_none());
    assert_eq!(reader.parser().envelope::<Envelope>().unwrap().rc, 12);
    assert_eq!(reader.parser().outline(), "<out><rc>12</rc><msg>Invalid session</msg></out>");
}

#[test]
fn the_envelope_is_read_before_the_rows_end_as_far_as_it_has_come() {
    let mut parser = Parser::new(TABLE);
    parser.feed(reply("<tr><td>7</td><td/><td>1</td><td/><td/><td/></tr>").as_bytes());
    assert_eq!(parser.poll().unwrap(), Polled::Row(()));
    assert_eq!(parser.envelope::<Envelope>().unwrap().msg.as_deref(), Some("fine"));
    assert_eq!(parser.columns().len(), 6);
}

/// An error in what follows the rows has its place in the whole, although the rows are gone by then.
#[test]
fn an_error_behind_the_rows_has_its_place() {
    let row = "<tr><td>7</td><td/><td>1</td><td/><td/><td/></tr>\n";
    let text = reply(&row.repeat(1000)).replace("</out>", "<b>&x;</b></out>");
    let error = all::<Sale>(&text).unwrap_err();
    assert_eq!((error.row(), error.line()), (None, 1001));
    assert_eq!(usize::try_from(error.offset()).unwrap(), text.find("&x;").unwrap());
    assert_eq!(error.error().column(), "</data></table><b>".len() + 1);

    let text = reply(&row.repeat(10)).replace("<rc>0</rc>", "").replace("</out>", "<rc>x</rc></out>");
    let mut reader = Reader::new(text.as_bytes(), TABLE);
    while reader.next_row().unwrap().is_some() {}
    let error = reader.parser().envelope::<Envelope>().unwrap_err();
    assert_eq!(usize::try_from(error.offset()).unwrap(), text.find("<rc>").unwrap());
}

/// What comes twice on the way to the rows would have its last one count, whose rows cannot be told from the first one's.
#[test]
fn two_tables_are_refused() {
    let table = "<table><data><tr/></data></table>";
    let error = all::<Sale>(&format!("<out>{table}{table}</out>").replace("<tr/>", "")).unwrap_err();
    assert!(matches!(error.error().kind(), DecodeErrorKind::Duplicate), "{error}");
}

#[test]
fn one_value_is_bounded_and_so_is_what_stands_outside_the_rows() {
    let limits = |row: usize, outside: usize| {
        Parser::new(TABLE).with_max_row(row).with_limits(Limits::new().with_max_bytes(outside))
    };
    let endless =
        |start: &str| BufReader::new(io::Cursor::new(start.as_bytes().to_vec()).chain(io::repeat(b'a')));
    let rows = endless(&format!("<out><table>{HEADINGS}<data><tr><td>"));
    let error = rows_error(Reader::with_parser(rows, limits(1 << 16, 1 << 16)).next_row().unwrap_err());
    assert!(matches!(error.error().kind(), DecodeErrorKind::Limit { limit: 65536, .. }), "{error}");
    assert_eq!(error.row(), Some(1));
    for outside in ["<out><rc>", "<out a='", "<out><!--", "<out><table><data><u>", "a"] {
        let error = rows_error(
            Reader::with_parser(endless(outside), limits(1 << 16, 1 << 16)).next_row().unwrap_err(),
        );
        assert!(
            matches!(error.error().kind(), DecodeErrorKind::Limit { limit: 65536, .. }),
            "{outside}: {error}"
        );
    }
    // A row of just as many bytes is read.
    let row = "<tr><td>7</td><td/><td>1</td><td/><td/><td/></tr>";
    let text = reply(row);
    assert!(Reader::with_parser(text.as_bytes(), limits(row.len(), 4096)).next_row().is_ok());
    let error =
        rows_error(Reader::with_parser(text.as_bytes(), limits(row.len() - 1, 4096)).next_row().unwrap_err());
    assert!(error.to_string().contains("more than 48 bytes in a row"), "{error}");
}

/// A source that fails in the middle is no end of the table.
#[test]
fn a_source_that_fails() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("connection reset"))
        }
    }
    let text = reply("<tr><td>7</td><td/><td>1</td><td/><td/><td/></tr>");
    let start = io::Cursor::new(text.as_bytes()[..text.len() - 20].to_vec());
    let mut reader = Reader::new(BufReader::new(start.chain(Broken)), TABLE);
    assert!(reader.next_row().unwrap().is_some());
    let error = reader.next_row().unwrap_err();
    assert_eq!(error.to_string(), "the reply could not be read on");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "connection reset");
}

/// More columns than the readers of structures count in one word.
#[test]
fn wide_tables() {
    #[derive(Debug, PartialEq, Wire)]
    struct Two {
        c0: u32,
        c99: u32,
    }
    let (mut columns, mut cells) = (String::new(), String::new());
    for index in 0..100 {
        write!(columns, "<th name='c{index}'/>").unwrap();
        write!(cells, "<td>{index}</td>").unwrap();
    }
    let text = format!("<out><table><cols>{columns}</cols><data><tr>{cells}</tr></data></table></out>");
    assert_eq!(all::<Two>(&text).unwrap(), [Two { c0: 0, c99: 99 }]);
}
