//! Tables of any size, written row by row while they are sent to 1010data over a socket.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{self, BufRead, BufReader, Write as _},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
};

use ten_ten_data::{
    Client, Config, Error, UserSession, UserSessionState,
    table::{Upload, UploadBody},
    types::{Column, ColumnType, Destination, SaveMode, Table},
};
use wirewright::{Wire, client::TransportErrorKind};
use wirewright_example::tour;
use wirewright_ureq::Transport;

/// How many bytes may be on the way between the rows and the server: buffers of the transport, the system's sockets and the server.
const ON_THE_WAY: u64 = 16 << 20;

#[derive(Wire)]
struct Sale {
    store: i64,
    note: Option<String>,
}

/// What a server got of a request: how many bytes of its body, the ends of it, and whether it was whole.
struct Got {
    bytes: u64,
    start: String,
    end: String,
    whole: bool,
}

/// A server that takes one request in chunks, counts what arrives, and answers if all of it came.
fn server(arrived: Arc<AtomicU64>) -> (String, JoinHandle<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut head = String::new();
        while reader.read_line(&mut head).unwrap() > 2 {}
        assert!(head.to_ascii_lowercase().contains("transfer-encoding: chunked"), "{head}");
        let mut got = Got { bytes: 0, start: String::new(), end: String::new(), whole: false };
        got.whole = chunks(&mut reader, &mut got, &arrived).is_ok();
        if got.whole {
            let body = "<out><rc>0</rc><msg>Uploaded</msg></out>";
            let length = body.len();
            write!(
                &stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .unwrap();
        }
        got
    });
    (origin, server)
}

/// Reads the chunks of a body to their end.
fn chunks(reader: &mut impl BufRead, got: &mut Got, arrived: &AtomicU64) -> io::Result<()> {
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; length];
        reader.read_exact(&mut chunk)?;
        reader.read_line(&mut line)?;
        if length == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&chunk);
        if got.start.is_empty() {
            text.chars().take(200).for_each(|letter| got.start.push(letter));
        }
        got.end.push_str(&text);
        let keep = got.end.len().saturating_sub(200);
        got.end.drain(..keep);
        got.bytes += u64::try_from(length).unwrap();
        arrived.store(got.bytes, Ordering::SeqCst);
    }
}

fn session(origin: &str) -> UserSession<Transport> {
    let client = Client::new(tour::transport()).with_config(Config::new().with_endpoint(origin));
    client.resume(UserSessionState::new("analyst", "_______0a1b2c", "101339911"))
}

/// A table without its rows, and where it goes.
fn request() -> Upload {
    let column = |name: &str, kind| {
        let mut column = Column::default();
        column.name = Some(name.to_owned());
        column.r#type = Some(kind);
        column
    };
    let mut table = Table::default();
    table.title = Some("Sales & more".to_owned());
    table.columns = vec![column("note", ColumnType::Text), column("store", ColumnType::Integer)];
    let mut destination = Destination::new("pub.sales");
    destination.mode = Some(SaveMode::Replace);
    Upload::new(UploadBody::new(table, destination))
}

/// Rows that count how far they are ahead of what the server has.
fn sales(rows: i64, arrived: Arc<AtomicU64>, furthest: Arc<AtomicU64>) -> impl Iterator<Item = Sale> + Send {
    let mut made = 0;
    (0..rows).map(move |store| {
        // At least so many bytes are written for each.
        made += "<tr><td>a note</td><td></td></tr>".len() as u64;
        furthest.fetch_max(made.saturating_sub(arrived.load(Ordering::SeqCst)), Ordering::SeqCst);
        Sale { store, note: Some("a note".to_owned()) }
    })
}

#[test]
fn a_table_of_any_size_is_sent_row_by_row() {
    const ROWS: i64 = 2_000_000;
    let (arrived, furthest) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (origin, server) = server(Arc::clone(&arrived));
    let answer = session(&origin)
        .call(request())
        .send_rows_blocking(sales(ROWS, arrived, Arc::clone(&furthest)))
        .unwrap();
    assert_eq!(answer.msg.as_deref(), Some("Uploaded"));
    let got = server.join().unwrap();
    assert!(got.whole && got.bytes > 60 << 20, "{} bytes", got.bytes);
    let furthest = furthest.load(Ordering::SeqCst);
    assert!(furthest < ON_THE_WAY, "{furthest} bytes were made before they could be sent");
    let head = "<in><table><title>Sales &amp; more</title><cols><th name=\"note\" type=\"a\"></th>\
                <th name=\"store\" type=\"i\"></th></cols><data><tr><td>a note</td><td>0</td></tr>";
    assert!(got.start.starts_with(head), "{}", got.start);
    let tail = "<tr><td>a note</td><td>1999999</td></tr></data></table>\
                <name mode=\"replace\">pub.sales</name></in>";
    assert!(got.end.ends_with(tail), "{}", got.end);
}

/// Why an upload failed, with what is behind it.
fn told(error: &Error) -> String {
    let Error::Transport(error) = error else { panic!("{error}") };
    assert_eq!(error.kind(), TransportErrorKind::Upload);
    let mut told = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        told = format!("{told}: {inner}");
        source = inner.source();
    }
    told
}

/// A row that cannot be written ends the request: what was sent by then is no whole table.
#[test]
fn a_row_that_cannot_be_written_breaks_the_request_off() {
    let (origin, server) = server(Arc::default());
    let rows = (0..100_000)
        .map(|store| Sale { store, note: Some(if store == 70_000 { "a\u{0}b" } else { "fine" }.to_owned()) });
    let told = told(&session(&origin).call(request()).send_rows_blocking(rows).unwrap_err());
    assert!(told.contains("row 70001, column `note`"), "{told}");
    assert!(!server.join().unwrap().whole);
}

/// A member without a column is an error with the first row.
#[test]
fn rows_must_have_columns() {
    #[derive(Wire)]
    struct Other {
        elsewhere: i64,
    }

    let (origin, server) = server(Arc::default());
    let told =
        told(&session(&origin).call(request()).send_rows_blocking([Other { elsewhere: 1 }]).unwrap_err());
    assert!(told.contains("row 1, elsewhere"), "{told}");
    assert!(!server.join().unwrap().whole);
}
