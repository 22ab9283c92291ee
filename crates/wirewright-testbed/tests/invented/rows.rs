//! Replies that are read row by row: over the generated client and server side, and from a vendor that misbehaves.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use jiff::civil::date;
use lighthouse::{Client, Config, ErrorCode, Failure, ledger::Spares, types::Part};
use wirewright::{
    Format, Wire,
    client::{TransportErrorKind, blocking::RowsReply},
    describe::Class,
    exchange::Error,
    rows::{Cell, CellType},
};
use wirewright_testbed::{Chunked, InProcess, Keeper, PHRASE, Reply, SHIPS, ready};

/// A ship, as someone who wants to know two things of it writes it down.
#[derive(Debug, PartialEq, Wire)]
struct Ship {
    name: String,
    tons: Option<f64>,
}

#[test]
fn rows_are_those_of_the_whole_reply() {
    let line = InProcess::new(Keeper::default());
    let session = Client::new(&line, "north").open("ada", PHRASE).send_blocking().unwrap();
    let whole = session.ships().send_blocking().unwrap().data;

    let mut reply = session.ships().send_for_rows_blocking().unwrap();
    let columns: Vec<_> =
        reply.columns().iter().map(|column| (column.name().to_owned(), column.cells())).collect();
    let names: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["name", "tons", "crew", "day"]);
    assert_eq!(columns[2].1, CellType::Integer);
    assert_eq!(columns[3].1, CellType::Date(&["%Y%m%d"]));

    let mut rows = Vec::new();
    while let Some(row) = reply.next_row().unwrap() {
        rows.push((0..row.len()).map(|index| row.text(index).map(str::to_owned)).collect::<Vec<_>>());
    }
    assert_eq!(rows, whole.table.data.iter().map(|row| row.td.clone()).collect::<Vec<_>>());
    assert_eq!(reply.count(), u64::try_from(SHIPS).unwrap());

    let around = reply.finish().unwrap().data;
    assert_eq!(around.count, Some(SHIPS));
    assert_eq!(around.table.title.as_deref(), Some("Ships & boats"));
    assert_eq!(around.table.cols, whole.table.cols);
    assert_eq!(around.table.data, []);
}

#[test]
fn cells_are_what_the_headings_say() {
    let line = InProcess::new(Keeper::default());
    let session = Client::new(&line, "north").open("ada", PHRASE).send_blocking().unwrap();
    let mut reply = session.ships().send_for_rows_blocking().unwrap();
    let row = reply.next_row().unwrap().unwrap();
    let cells = row.cells().collect::<Result<Vec<_>, _>>().unwrap();
    let day = Cell::Date(date(2009, 1, 1));
    assert_eq!(cells, [Cell::Text("<Ship 0>"), Cell::NotAvailable, Cell::Integer(0), day]);
}

#[test]
fn rows_are_structures_of_the_caller() {
    let line = InProcess::new(Keeper::default());
    let session = Client::new(&line, "north").open("ada", PHRASE).send_blocking().unwrap();
    let mut reply = session.ships().send_for_rows_blocking().unwrap();
    let ships = reply.rows().take(2).collect::<Result<Vec<Ship>, _>>().unwrap();
    let ship = |name: &str, tons| Ship { name: name.to_owned(), tons };
    assert_eq!(ships, [ship("<Ship 0>", None), ship("<Ship 1>", Some(1.5))]);
    // What is left is read and dropped.
    assert_eq!(reply.finish().unwrap().data.count, Some(SHIPS));
}

#[test]
fn records_have_members_of_their_own() {
    let line = InProcess::new(Keeper::default());
    let client = Client::new(&line, "north");
    ready(async {
        let whole = client.spares().send().await.unwrap().data.part;
        let mut reply = client.spares().send_for_rows().await.unwrap();
        let mut parts = Vec::new();
        while let Some(part) = reply.next_as::<Part>().await.unwrap() {
            parts.push(part);
        }
        assert_eq!(parts, whole);
        assert_eq!(reply.answer().unwrap().data.part, []);
    });
}

/// Rows are in XML, whatever the caller prefers for other calls.
#[test]
fn rows_are_asked_for_in_xml() {
    let line = InProcess::new(Keeper::default());
    for settings in [Config::new().with_format(Format::Json), Config::new().with_callback("app.onReply")] {
        let client = Client::new(&line, "north").with_config(settings);
        assert_eq!(client.spares().send_for_rows_blocking().unwrap().rows::<Part>().count(), 3);
        assert!(line.sent().last().unwrap().contains("as=xml"));
    }
}

#[test]
fn a_table_may_have_no_rows() {
    let line = InProcess::new(Keeper::default());
    let session = Client::new(&line, "north").visit().send_blocking().unwrap();
    let mut reply = session.ships().send_for_rows_blocking().unwrap();
    assert_eq!(reply.columns().len(), 4);
    assert_eq!(reply.next_row().unwrap().map(|row| row.len()), None);
    assert_eq!(reply.answer().unwrap().data.count, Some(0));
}

#[test]
fn the_refusal_comes_before_the_first_row() {
    let line = InProcess::new(Keeper::default());
    let session = Client::new(&line, "north").open("ada", PHRASE).send_blocking().unwrap();
    let state = session.state().clone();
    session.close().send_blocking().unwrap();
    let refused = Client::new(&line, "north").resume(state).ships().send_for_rows_blocking().unwrap_err();
    assert_eq!(refused.code(), Some(&ErrorCode::NoWatch));
    assert_eq!(refused.class(), Class::LogInAgain);
}

type Opened = Result<RowsReply<Spares, Chunked>, Error<Failure>>;

/// What comes of `body`.
fn opened(status: u16, body: &str) -> Opened {
    Client::new(Reply::new(status, body), "north").spares().send_for_rows_blocking()
}

/// A reply with two rows, and what follows them.
fn two_rows(behind: &str) -> String {
    format!(
        "<lighthouse><state>lit</state><log><part number='1'><name>a</name></part>\
         <part number='2'><name>b</name></part>{behind}"
    )
}

#[test]
fn what_is_no_reply_is_said_at_once() {
    let dark = "<lighthouse><state>dark</state><fault>40</fault><log><part number='1'/></log></lighthouse>";
    for (status, body, expected) in [
        (200, "<!DOCTYPE html><html><body>Back soon</body></html>", "Http"),
        (200, "", "Http"),
        (200, "<lighthouse><log/></lighthouse>", "Http"),
        (200, "<lighthouse><state>lit</st", "Decode"),
        (503, &two_rows("</log></lighthouse>"), "Http"),
        (200, r#"{"state":"dark","fault":40}"#, "Vendor"),
        // The rows are there, in a format that cannot be read as a stream.
        (200, r#"{"state":"lit","log":{"part":[{"number":1,"name":"a"}]}}"#, "Rows"),
        (400, "<lighthouse><state>dark</state><fault>40</fault></lighthouse>", "Vendor"),
        (200, dark, "Vendor"),
    ] {
        let error = opened(status, body).unwrap_err();
        let kind = match &error {
            Error::Http(_) => "Http",
            Error::Decode(_) => "Decode",
            Error::Vendor(vendor) => {
                assert_eq!(vendor.failure.code, ErrorCode::BrokenSeal);
                "Vendor"
            }
            Error::Rows(_) => "Rows",
            _ => "another",
        };
        assert_eq!(kind, expected, "{body}: {error}");
    }
}

#[test]
fn a_reply_that_is_cut_off_is_no_shorter_one() {
    for behind in ["", "<part number='3'>", "</log>", "</log></lighthouse"] {
        let mut reply = opened(200, &two_rows(behind)).unwrap();
        assert_eq!(reply.rows::<Part>().flatten().count(), 2, "{behind}");
        // The error stays.
        for _ in 0..2 {
            let error = reply.next_row().unwrap_err();
            assert!(matches!(error, Error::Rows(_)), "{behind}: {error}");
            assert_eq!(error.class(), Class::GiveUp);
        }
        assert!(reply.answer().is_none());
    }
}

#[test]
fn a_line_that_breaks_is_a_transport_error() {
    let line = Reply::new(200, two_rows("")).broken();
    let mut reply = Client::new(line, "north").spares().send_for_rows_blocking().unwrap();
    let last = reply.rows::<Part>().last().unwrap();
    let Err(Error::Transport(error)) = last else { panic!("{last:?}") };
    assert_eq!(error.kind(), TransportErrorKind::Other);
}

/// The vendor's status may be behind the rows.
#[test]
fn a_late_refusal_is_the_end_of_the_rows() {
    let body = two_rows("</log><state>dark</state><fault>40</fault></lighthouse>").replacen(
        "<state>lit</state>",
        "",
        1,
    );
    let mut reply = opened(200, &body).unwrap();
    let mut rows = reply.rows::<Part>();
    assert!(rows.next().unwrap().is_ok() && rows.next().unwrap().is_ok());
    let refused = rows.next().unwrap().unwrap_err();
    assert_eq!(refused.code(), Some(&ErrorCode::BrokenSeal));
    assert!(rows.next().is_none());
}

#[test]
fn a_row_that_does_not_fit_is_named() {
    let body = two_rows("<part number='three'><name>secret</name></part></log></lighthouse>");
    let mut reply = opened(200, &body).unwrap();
    let error = reply.rows::<Part>().last().unwrap().unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("the rows of the reply cannot be read: row 3, byte "), "{text}");
    assert!(!text.contains("secret"), "{text}");
    let Error::Rows(error) = error else { panic!("{error}") };
    assert_eq!((error.row(), error.line()), (Some(3), 1));
}

/// Neither the rows nor what is around them is shown.
#[test]
fn debug_shows_no_value() {
    let reply = opened(200, &two_rows("</log></lighthouse>")).unwrap();
    let shown = format!("{reply:?}");
    assert!(shown.contains("ledger/spares") && !shown.contains("name>"), "{shown}");
}

/// Streams can be handed from thread to thread.
#[test]
fn replies_can_be_sent() {
    fn sent<T: Send>(_: &T) {}
    sent(&opened(200, &two_rows("</log></lighthouse>")).unwrap());
    sent(&ready(Client::new(&InProcess::new(Keeper::default()), "north").spares().send_for_rows()).unwrap());
}
