//! Tables written as a stream of rows, and read back.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use wirewright::{
    EncodeErrorKind, Epoch, EpochUnit, Wire,
    jiff::civil::{Date, date, datetime},
    rows::{Cell, CellType, ColumnKind, Headings, Layout, Parser, Polled, Reader, Writer},
    xml,
};

/// Seconds since 2035.
const COUNTED: Epoch = Epoch::new(2_051_222_400, EpochUnit::Seconds);

const TABLE: Layout = Layout::table(&["table", "data", "tr"], "td").with_headings(Headings {
    path: &["table", "cols", "th"],
    name: "name",
    kind: "type",
    format: "format",
    kinds: &[
        ColumnKind { kind: "d", format: None, cells: CellType::Date(&["%Y%m%d"]) },
        ColumnKind { kind: "t", format: None, cells: CellType::DateTime(&["%Y-%m-%d %H:%M:%S"]) },
        ColumnKind { kind: "m", format: None, cells: CellType::Epoch(COUNTED) },
        ColumnKind { kind: "i", format: None, cells: CellType::Integer },
        ColumnKind { kind: "f", format: None, cells: CellType::Float },
    ],
});

/// A request as a definition has it: the rows are an ordinary list, and empty.
#[derive(Wire)]
#[wire(root = "in")]
struct Upload {
    table: Table,
    name: String,
}

#[derive(Wire)]
struct Table {
    #[wire(list(item = "th"))]
    cols: Vec<Column>,
    #[wire(list(item = "tr"))]
    data: Vec<Sale>,
}

#[derive(Wire)]
struct Column {
    #[wire(attribute)]
    name: String,
    #[wire(attribute, name = "type")]
    kind: String,
}

#[derive(Clone, Debug, PartialEq, Wire)]
struct Sale {
    note: Option<String>,
    store: i64,
    amount: Option<f64>,
    paid: bool,
    #[wire(list(joined = ","))]
    tags: Vec<u32>,
}

fn request(columns: &[(&str, &str)]) -> String {
    let column = |(name, kind): &(&str, &str)| Column { name: (*name).into(), kind: (*kind).into() };
    let table = Table { cols: columns.iter().map(column).collect(), data: Vec::new() };
    xml::to_string(&Upload { table, name: "a.b".into() }).unwrap()
}

const COLUMNS: &[(&str, &str)] =
    &[("store", "i"), ("amount", "f"), ("note", "a"), ("unused", "a"), ("tags", "a"), ("paid", "a")];

fn sale() -> impl Strategy<Value = Sale> {
    let note = proptest::option::of("[ -~\t\n\r\u{e9}\u{20ac}\u{fffd}]{1,12}");
    let amount = proptest::option::of(proptest::num::f64::NORMAL);
    (note, any::<i64>(), amount, any::<bool>(), proptest::collection::vec(any::<u32>(), 0..4))
        .prop_map(|(note, store, amount, paid, tags)| Sale { note, store, amount, paid, tags })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_in_chunks_is_read_back(sales in proptest::collection::vec(sale(), 0..12), size in 1..300_usize) {
        let writer = Writer::new(&request(COLUMNS), TABLE).unwrap();
        let chunks: Vec<_> = writer.chunks(size, sales.clone()).collect::<Result<_, _>>().unwrap();
        let longest = sales.iter().map(|sale| 400 + sale.note.as_ref().map_or(0, String::len)).max().unwrap_or(0);
        prop_assert!(chunks.iter().all(|chunk| chunk.len() < size + 600 + longest));
        let body = chunks.concat();
        let mut reader = Reader::new(&body[..], TABLE);
        let read: Vec<Sale> = reader.rows().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read, sales);
    }

    #[test]
    fn cells_are_read_back(number in any::<i64>(), float in proptest::num::f64::NORMAL, text in "[ -~\r\n\u{e9}]{1,9}", day in 0..3_000_000_i32) {
        let day = Date::MIN.checked_add(wirewright::jiff::Span::new().days(day)).unwrap().max(date(0, 1, 1));
        let time = day.at(1, 2, 3, 0);
        let cells = [Cell::Integer(number), Cell::Float(float), Cell::Text(&text), Cell::Date(day), Cell::DateTime(time), Cell::NotAvailable, Cell::DateTime(time)];
        let columns = [("a", "i"), ("b", "f"), ("c", "a"), ("d", "d"), ("e", "t"), ("f", "i"), ("g", "m")];
        let mut writer = Writer::new(&request(&columns), TABLE).unwrap();
        writer.push(&cells).unwrap();
        writer.finish();
        let body = writer.take();
        let mut reader = Reader::new(&body[..], TABLE);
        let row = reader.next_row().unwrap().unwrap();
        prop_assert_eq!(row.cells().collect::<Result<Vec<_>, _>>().unwrap(), cells);
    }
}

/// Wherever the element with the rows is, or is not.
#[test]
fn rows_stand_where_the_layout_says() {
    const PLAIN: Layout = Layout::table(&["table", "data", "tr"], "td");
    let cases = [
        ("<in/>", "<in><table><data><tr><td>1</td></tr></data></table></in>"),
        ("<in a='/'/>", "<in a='/'><table><data><tr><td>1</td></tr></data></table></in>"),
        ("<in><table></table><b/></in>", "<in><table><data><tr><td>1</td></tr></data></table><b/></in>"),
        ("<in><table x='1' /></in>", "<in><table x='1' ><data><tr><td>1</td></tr></data></table></in>"),
        (
            "<in><table><data/><c/></table></in>",
            "<in><table><data><tr><td>1</td></tr></data><c/></table></in>",
        ),
        (
            "<in><u><table/></u><table><data><tr/><!-- </data> --></data></table></in>",
            "<in><u><table/></u><table><data><tr/><!-- </data> --><tr><td>1</td></tr></data></table></in>",
        ),
        ("<x:in><x:table/></x:in>", "<x:in><x:table><data><tr><td>1</td></tr></data></x:table></x:in>"),
    ];
    for (document, expected) in cases {
        let mut writer = Writer::new(document, PLAIN).unwrap();
        writer.push(&[Cell::Integer(1)]).unwrap();
        writer.finish();
        assert_eq!(String::from_utf8(writer.take()).unwrap(), expected);
    }
    assert!(Writer::new("<in>", PLAIN).is_err());
}

#[test]
fn rows_that_are_structures() {
    let mut writer = Writer::new("<in/>", Layout::records(&["users", "user"])).unwrap();
    writer.push_as(&Column { name: "a&b".into(), kind: "i".into() }).unwrap();
    writer.finish();
    let text = String::from_utf8(writer.take()).unwrap();
    assert_eq!(text, r#"<in><users><user name="a&amp;b" type="i"></user></users></in>"#);
}

/// A row that cannot be written leaves nothing behind.
#[test]
fn what_cannot_be_written() {
    let mut writer = Writer::new(&request(&[("store", "i"), ("day", "d")]), TABLE).unwrap();
    let before = writer.pending();
    let time = datetime(2008, 9, 30, 1, 2, 3, 0);
    let cases: [(&[Cell<'_>], _, _); 4] = [
        (&[Cell::Integer(1)], EncodeErrorKind::Columns, "XML, at row 1: not one cell for each column"),
        (
            &[Cell::Text("1"), Cell::NotAvailable],
            EncodeErrorKind::Misplaced,
            "XML, at row 1, column `store`: a value that cannot be here",
        ),
        (
            &[Cell::Float(1.5), Cell::NotAvailable],
            EncodeErrorKind::Misplaced,
            "XML, at row 1, column `store`: a value that cannot be here",
        ),
        (
            &[Cell::Integer(1), Cell::DateTime(time)],
            EncodeErrorKind::Misplaced,
            "XML, at row 1, column `day`: a value that cannot be here",
        ),
    ];
    for (cells, kind, text) in cases {
        let error = writer.push(cells).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
        assert_eq!(writer.pending(), before);
    }
    writer.push(&[Cell::Integer(1), Cell::Date(date(2008, 9, 30))]).unwrap();

    let sale = Sale { note: Some("\u{1}".into()), store: 1, amount: None, paid: true, tags: vec![] };
    let error = writer.push_as(&sale).unwrap_err();
    assert_eq!(error.to_string(), "XML, at row 2, note: not one cell for each column");
    let mut writer = Writer::new(&request(COLUMNS), TABLE).unwrap();
    let error = writer.push_as(&sale).unwrap_err();
    assert_eq!(error.to_string(), "XML, at row 1, column `note`: a character that XML cannot carry");
    let mut chunks = Writer::new(&request(COLUMNS), TABLE).unwrap().chunks(10, [sale]);
    assert!(matches!((chunks.next(), chunks.next()), (Some(Ok(_)), Some(Err(_))) | (Some(Err(_)), None)));
}

/// What is written goes back through the reader that is fed.
#[test]
fn chunks_are_made_when_they_are_asked_for() {
    let asked = std::cell::Cell::new(0);
    let rows = std::iter::repeat_with(|| {
        asked.set(asked.get() + 1);
        Sale { note: None, store: 1, amount: Some(2.5), paid: false, tags: vec![7] }
    });
    let mut chunks = Writer::new(&request(COLUMNS), TABLE).unwrap().chunks(4096, rows);
    let first = chunks.next().unwrap().unwrap();
    assert!(first.len() >= 4096 && asked.get() < 100, "{} rows for {} bytes", asked.get(), first.len());
    let mut parser = Parser::new(TABLE);
    parser.feed(&first);
    assert!(matches!(parser.poll_as::<Sale>().unwrap(), Polled::Row(Sale { store: 1, .. })));
}
