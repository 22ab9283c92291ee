//! Tables of 1010data, read row by row while they come over a socket.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use ten_ten_data::{
    Client, Config, Error, ErrorCode, UserSession, UserSessionState,
    types::{DataFormat, DataFormatType, Day},
};
use wirewright::{
    Wire,
    client::TransportErrorKind,
    describe::Class,
    jiff::civil::date,
    rows::{Cell, CellType},
};
use wirewright_example::tour;
use wirewright_ureq::Transport;

/// What is before the rows.
const HEAD: &str = r#"<out>
  <rc>0</rc>
  <msg></msg>
  <table>
    <title>Sales</title>
    <cols>
      <th name="store" type="i" format="type:num;width:4;dec:0">Store</th>
      <th name="day" type="i" format="type:date;width:10">Day&#10;of sale</th>
      <th name="amount" type="f" format="type:currency">Amount</th>
      <th name="note" type="a">Note</th>
    </cols>
    <data>"#;

/// What is behind them.
const TAIL: &str = "</data>\n  </table>\n</out>\n";

/// A table whose rows know what they are of: every fifth has no amount, every third no note.
fn row(number: u32) -> String {
    let (store, day) = (number % 97, 20_080_901 + number % 30);
    let amount = if number.is_multiple_of(5) { String::new() } else { format!("{}.25", number % 1_000) };
    let note = if number.is_multiple_of(3) { "" } else { "paid &amp; packed" };
    format!("<tr><td>{store}</td><td>{day}</td><td>{amount}</td><td>{note}</td></tr>")
}

/// The same row as whoever reads it writes it down.
#[derive(Debug, PartialEq, Wire)]
struct Sale {
    store: u32,
    day: Day,
    amount: Option<f64>,
    note: Option<String>,
}

fn sale(number: u32) -> Sale {
    let day = date(2008, 9, i8::try_from(1 + number % 30).unwrap());
    Sale {
        store: number % 97,
        day: day.into(),
        amount: (!number.is_multiple_of(5)).then(|| f64::from(number % 1_000) + 0.25),
        note: (!number.is_multiple_of(3)).then(|| "paid & packed".to_owned()),
    }
}

/// A server that answers one request with what `body` writes, and then ends the connection: a reply without a length, as of a
/// vendor that makes the rows while it sends them.
fn answers(body: impl FnOnce(&mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut BufReader::new(stream.try_clone().unwrap()));
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\n\r\n").unwrap();
        body(&mut stream);
    });
    origin
}

/// Reads one request to its end: a connection that is closed with something unread is broken off.
fn read_request(request: &mut impl BufRead) {
    let (mut line, mut length) = (String::new(), 0);
    while request.read_line(&mut line).unwrap() > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    request.read_exact(&mut vec![0; length]).unwrap();
}

/// A server that answers with so many rows, and `tail` behind them.
fn table(rows: u32, tail: &'static str) -> String {
    answers(move |stream| {
        // Whoever has enough hangs up.
        let mut text = HEAD.to_owned();
        for number in 0..rows {
            text.push_str(&row(number));
            if text.len() > 1 << 14 {
                if stream.write_all(text.as_bytes()).is_err() {
                    return;
                }
                text.clear();
            }
        }
        let _ = stream.write_all((text + tail).as_bytes());
    })
}

fn session(transport: Transport, origin: &str) -> UserSession<Transport> {
    let client = Client::new(transport).with_config(Config::new().with_endpoint(origin));
    client.resume(UserSessionState::new("analyst", "_______0a1b2c", "101339911"))
}

/// The reply is many times what the transport takes of a reply that it holds whole.
#[test]
fn a_table_of_any_size_is_read_row_by_row() {
    const ROWS: u32 = 100_000;
    const LIMIT: u64 = 1 << 20;
    let small = || tour::transport().with_max_bytes(LIMIT);

    let whole = session(small(), &table(ROWS, TAIL)).getdata().send_blocking().unwrap_err();
    let Error::Transport(error) = whole else { panic!("{whole}") };
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);

    let mut reply = session(small(), &table(ROWS, TAIL)).getdata().send_for_rows_blocking().unwrap();
    for number in 0..ROWS {
        assert_eq!(reply.next_as().unwrap(), Some(sale(number)));
    }
    assert_eq!(reply.next_as::<Sale>().unwrap(), None);
    assert_eq!(reply.count(), u64::from(ROWS));
    let answer = reply.finish().unwrap();
    assert_eq!(answer.rc, 0);
    let table = answer.data.table.unwrap();
    assert_eq!((table.title.as_deref(), table.columns.len()), (Some("Sales"), 4));
    assert_eq!(table.rows, []);
}

/// The same as separated text, as a public C# client asks for it: the separators are those of the request.
#[test]
fn separated_text_of_any_size_is_read_row_by_row() {
    const ROWS: u32 = 100_000;
    let mut format = DataFormat::default();
    format.r#type = Some(DataFormatType::Csv);
    format.separator = Some("|".to_owned());
    format.line_separator = Some("^".to_owned());
    let text = || {
        answers(|stream| {
            let mut text = "<out><rc>0</rc><msg></msg><csv><![CDATA[store|day|amount|note".to_owned();
            for number in 0..ROWS {
                let Sale { store, amount, note, .. } = sale(number);
                let (amount, note) = (amount.map(|amount| amount.to_string()), note.unwrap_or_default());
                let day = 20_080_901 + number % 30;
                let amount = amount.unwrap_or_default();
                text.extend(["^", &store.to_string(), "|", &day.to_string(), "|", &amount, "|", &note]);
            }
            let _ = stream.write_all((text + "]]></csv></out>").as_bytes());
        })
    };
    let small = tour::transport().with_max_bytes(1 << 20);
    let session = session(small, &text());
    let mut reply = session.getdata().format(format).send_for_rows_blocking().unwrap();
    for number in 0..ROWS {
        assert_eq!(reply.next_as().unwrap(), Some(sale(number)));
    }
    assert_eq!(reply.next_as::<Sale>().unwrap(), None);
    assert_eq!(reply.finish().unwrap().data.csv.unwrap().as_str(), "");
}

#[test]
fn cells_are_what_the_headings_say() {
    let mut reply = session(tour::transport(), &table(2, TAIL)).getdata().send_for_rows_blocking().unwrap();
    let columns: Vec<_> = reply.columns().iter().map(|column| (column.name(), column.cells())).collect();
    let day = CellType::Date(&["%Y%m%d"]);
    let expected =
        [("store", CellType::Integer), ("day", day), ("amount", CellType::Float), ("note", CellType::Text)];
    assert_eq!(columns, expected);
    assert_eq!(reply.columns()[1].heading(), "Day\nof sale");

    let mut cells = || -> Vec<Cell<'static>> {
        let row = reply.next_row().unwrap().unwrap();
        // The texts of a row are gone with the next one.
        let owned = |cell| match cell {
            Cell::Text(text) => {
                assert_eq!(text, "paid & packed");
                Cell::Text("paid & packed")
            }
            Cell::Integer(number) => Cell::Integer(number),
            Cell::Float(number) => Cell::Float(number),
            Cell::Date(day) => Cell::Date(day),
            Cell::NotAvailable => Cell::NotAvailable,
            other => panic!("{other:?}"),
        };
        row.cells().map(|cell| owned(cell.unwrap())).collect()
    };
    let first = Cell::Date(date(2008, 9, 1));
    assert_eq!(cells(), [Cell::Integer(0), first, Cell::NotAvailable, Cell::NotAvailable]);
    let second = Cell::Date(date(2008, 9, 2));
    assert_eq!(cells(), [Cell::Integer(1), second, Cell::Float(1.25), Cell::Text("paid & packed")]);
    assert!(reply.next_row().unwrap().is_none());
}

/// Rows are kept by whoever wants them, and none of those that are not read costs anything.
#[test]
fn the_amounts_can_be_added_up() -> Result<(), Error> {
    let session = session(tour::transport(), &table(1_000, TAIL));

    let mut reply = session.getdata().send_for_rows_blocking()?;
    let mut total = 0.0;
    for sale in reply.rows::<Sale>() {
        total += sale?.amount.unwrap_or_default(); // an empty cell is `None`
    }

    let expected: f64 = (0..1_000).filter_map(|number| sale(number).amount).sum();
    assert!((total - expected).abs() < 1e-6, "{total} {expected}");
    Ok(())
}

#[test]
fn a_refusal_stands_in_place_of_rows() {
    let refusal = "<out><rc>38</rc><msg>System is busy.</msg></out>";
    let origin = answers(|stream| stream.write_all(refusal.as_bytes()).unwrap());
    let error = session(tour::transport(), &origin).getdata().send_for_rows_blocking().unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::SystemBusy));
    assert_eq!((error.class(), error.message()), (Class::Retry, Some("System is busy.")));
}

/// A reply that is cut off is never a shorter table, wherever it is.
#[test]
fn a_reply_that_is_cut_off_is_an_error() {
    for tail in ["", "<tr><td>1</td>", "</data>", "</data></table></ou"] {
        let mut reply =
            session(tour::transport(), &table(500, tail)).getdata().send_for_rows_blocking().unwrap();
        assert_eq!(reply.rows::<Sale>().flatten().count(), 500, "{tail}");
        let error = reply.next_row().unwrap_err();
        assert!(matches!(error, Error::Rows(_)), "{tail}: {error}");
        assert!(reply.finish().is_err(), "{tail}");
    }
    // Before the first row there is nothing to hand out.
    let origin = answers(|stream| stream.write_all(HEAD.as_bytes()).unwrap());
    let error = session(tour::transport(), &origin).getdata().send_for_rows_blocking().unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

/// A cell that is not what its heading says is named: row, column and place, and never its text.
#[test]
fn a_cell_of_another_type_is_named() {
    let bad = "<tr><td>1</td><td>20081399</td><td></td><td></td></tr></data></table></out>";
    let mut reply = session(tour::transport(), &table(2, bad)).getdata().send_for_rows_blocking().unwrap();
    let error = reply.rows::<Sale>().last().unwrap().unwrap_err();
    let text = error.to_string();
    assert!(text.contains("row 3, column `day`") && !text.contains("20081399"), "{text}");
}
