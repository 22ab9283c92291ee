//! Chains of errors: whoever prints an error, and then the sources behind it, reads nothing twice.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::{self, BufReader, Read},
};

use crate::support::{Failure, Show, response};
use wirewright::{
    DecodeError, EncodeError, File, Format, FormedText, Limits, TextForms, Wire,
    client::{TransportError, TransportErrorKind},
    exchange::{self, RequestError, read_reply},
    json,
    multipart::{self, Form},
    rows::{
        CellType, ColumnKind, Headings, Layout, ReadError, Reader, RowsError, SeparatedError, SeparatedRows,
    },
    server::{Rejection, receive},
    session::SessionCloseError,
    xml,
};

#[derive(Debug, Wire)]
struct Message {
    text: String,
}

fn decode_error() -> DecodeError {
    json::from_str::<Message>("{}").unwrap_err()
}

fn encode_error() -> EncodeError {
    xml::to_string(&Message { text: "\0".to_owned() }).unwrap_err()
}

/// An error of another library, with a source that it does not show.
#[derive(Debug)]
struct Below;

impl std::fmt::Display for Below {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the library has no connection")
    }
}

impl Error for Below {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&Deeper)
    }
}

#[derive(Debug)]
struct Deeper;

impl std::fmt::Display for Deeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the cable is not plugged in")
    }
}

impl Error for Deeper {}

/// A source that fails at once.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other(Below))
    }
}

const ROWS: Layout = Layout::records(&["out", "row"]);

fn read_errors() -> [ReadError<io::Error>; 2] {
    let source = Reader::new(BufReader::new(Broken), ROWS).next_row().unwrap_err();
    let rows = Reader::new(&b"<out><row><a>1</b></row></out>"[..], ROWS).next_row().unwrap_err();
    [source, rows]
}

/// A row that lacks a cell, and one whose cell is not what its type promises.
fn separated_errors() -> [SeparatedError; 2] {
    let short = SeparatedRows::new("a|b^1", "|", "^").next_row().unwrap_err();
    let text = format!("\"{STRANGE}\"^x");
    let wrong = SeparatedRows::new(&text, "|", "^").next_as::<Headed>().unwrap_err();
    [short, wrong]
}

/// A row below a strange heading.
#[derive(Debug, Wire)]
struct Headed {
    #[wire(json = "a\u{202e}b\u{2028}c\u{2029}d\u{7}e\u{feff}f\u{1b}[31mg\r\nh\u{200b}i")]
    cell: u32,
}

fn rows_error() -> RowsError {
    let [_, ReadError::Rows(error)] = read_errors() else { panic!("not of the rows") };
    error
}

fn transport_error() -> TransportError {
    TransportError::new(TransportErrorKind::Connect, Below)
}

fn multipart_error() -> multipart::FormError {
    Form::new().file("a", File::new("a\0b", "")).finish("---").unwrap_err()
}

fn request_errors() -> Vec<RequestError> {
    vec![
        RequestError::TooLong,
        RequestError::Encode(encode_error()),
        RequestError::Form(multipart_error()),
        RequestError::Rows(decode_error()),
    ]
}

fn reply_error(status: u16, body: &str) -> exchange::Error<Failure> {
    let response = response(status, "application/json", body.as_bytes());
    read_reply::<Show>(response, Format::Json, &Limits::new()).unwrap_err()
}

fn call_errors() -> Vec<exchange::Error<Failure>> {
    let mut errors = vec![
        reply_error(200, r#"{"reply":{"code":6,"text":"no"}}"#),
        reply_error(200, r#"{"reply":{"code":0,"data":{"lamp":"x"}}}"#),
        reply_error(503, ""),
        exchange::Error::Rows(rows_error()),
        exchange::Error::Transport(transport_error()),
        exchange::Error::Unopened,
    ];
    errors.extend(request_errors().into_iter().map(exchange::Error::Request));
    errors
}

fn rejection() -> Rejection {
    let request = http::Request::get("https://api.lantern.example/nothing").body(Vec::new()).unwrap();
    let (refused, _) =
        receive(&crate::support::OPERATIONS, crate::support::ENDPOINT, &request, &Limits::new())
            .err()
            .unwrap();
    refused
}

/// A text with a form that no text has.
#[derive(Debug)]
struct Never;

impl TextForms for Never {
    const FORMS: &'static [&'static str] = &[];
    const SAMPLES: &'static [&'static str] = &[];
}

/// Every public error of the runtime, by the name of its type.
fn errors() -> Vec<(&'static str, Box<dyn Error>)> {
    fn of<E: Error + 'static>(error: E) -> (&'static str, Box<dyn Error>) {
        let name = std::any::type_name::<E>();
        let path = name.split_once('<').map_or(name, |(path, _)| path);
        (path.rsplit_once("::").map_or(path, |(_, name)| name), Box::new(error))
    }
    let unclosed = |error| of(SessionCloseError { session: (), error });
    let mut errors = vec![
        of(decode_error()),
        of(encode_error()),
        of(FormedText::<Never>::new("x").unwrap_err()),
        of(json::to_jsonp("a b", "{}").unwrap_err()),
        of(multipart::parts("text/plain", b"", &Limits::new()).unwrap_err()),
        of(multipart_error()),
        of(rejection()),
        of(rows_error()),
        of(transport_error()),
        of(TransportError::new(TransportErrorKind::Other, transport_error())),
    ];
    errors.extend(read_errors().map(of));
    errors.extend(separated_errors().map(of));
    errors.extend(request_errors().into_iter().map(of));
    errors.extend(call_errors().into_iter().map(of));
    errors.extend(call_errors().into_iter().map(unclosed));
    errors
}

#[test]
fn no_text_is_shown_twice() {
    for (name, error) in errors() {
        let mut above = error.as_ref();
        while let Some(source) = above.source() {
            let (text, inner) = (above.to_string(), source.to_string());
            assert!(!text.contains(&inner), "{name}: `{text}` has the text of its source, `{inner}`");
            above = source;
        }
    }
}

/// A text of a stranger's: it would turn what follows it around, end the line, ring and be seen by nobody.
const STRANGE: &str = "a\u{202e}b\u{2028}c\u{2029}d\u{7}e\u{feff}f\u{1b}[31mg\r\nh\u{200b}i";

#[derive(Debug, Wire)]
#[wire(root = "r")]
struct Labels {
    #[wire(map(keyed))]
    labels: BTreeMap<String, u32>,
}

/// What strangers say is shown on one line, and what would not be seen is not there: every place where such a text can come to.
#[test]
fn what_nobody_would_see_is_not_shown() {
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let vendor = |body: String| reply_error(200, &body).to_string();
    let escaped: String = form_urlencoded::byte_serialize(STRANGE.as_bytes()).collect();
    let mut mismatched = response(200, "application/json", br#"{"reply":{"code":0,"rid":"x"}}"#);
    mismatched.extensions_mut().insert(exchange::RequestId::from(STRANGE));
    let other = format!(r#"{{"reply":{{"code":0,"rid":{}}}}}"#, json(STRANGE));
    let mut echoed = response(200, "application/json", other.as_bytes());
    echoed.extensions_mut().insert(exchange::RequestId::from("r-1"));
    let read = |response| read_reply::<Show>(response, Format::Json, &Limits::new()).unwrap_err().to_string();
    let below = TransportError::new(TransportErrorKind::Other, io::Error::other(STRANGE));
    let of_another = TransportError::new(TransportErrorKind::Other, below);
    let mut rejection = Rejection::new(wirewright::describe::ServerCondition::ParameterInvalid);
    (rejection.parameter, rejection.detail) = (Some(STRANGE.to_owned()), Some(STRANGE.to_owned()));
    let media = http::Request::post("/rpc")
        .header("content-type", "text/\tplain")
        .header("content-encoding", "g\tzip")
        .body(b"x".to_vec())
        .unwrap();
    let media = receive(&crate::support::OPERATIONS, crate::support::ENDPOINT, &media, &Limits::new());
    let places = [
        ("a vendor's message", vendor(format!(r#"{{"reply":{{"code":6,"text":{}}}}}"#, json(STRANGE)))),
        ("a reply's other ID", read(echoed)),
        ("an ID that was sent", read(mismatched)),
        ("a name in JSON", {
            let text = format!(r#"{{"labels":{{{}:"x"}}}}"#, json(STRANGE));
            json::from_str::<Labels>(&text).unwrap_err().to_string()
        }),
        ("a name in JSON that is no JSON", {
            let text = format!(r#"{{"labels":{{{STRANGE}"#);
            json::from_str::<Labels>(&text).unwrap_err().to_string()
        }),
        ("a name in a query string", {
            let text = format!("labels.{escaped}=x");
            wirewright::query::from_str::<Labels>(&text).unwrap_err().to_string()
        }),
        ("a name that is not escaped", {
            let text = format!("labels.{STRANGE}=x");
            wirewright::query::from_str::<Labels>(&text).unwrap_err().to_string()
        }),
        ("an element", xml::from_str::<Labels>(&format!("<r><{STRANGE}/></r>")).unwrap_err().to_string()),
        ("an attribute", {
            let text = format!("<r {STRANGE}='x'><labels><a>x</a></labels></r>");
            xml::from_str::<Labels>(&text).unwrap_err().to_string()
        }),
        ("another root", {
            let text = format!("<\u{e9}\u{200c}{0}><labels><a>x</a></labels></\u{e9}\u{200c}{0}>", "y");
            xml::from_str::<Labels>(&text).unwrap_err().to_string()
        }),
        ("a key that cannot be written", {
            let labels = Labels { labels: [(STRANGE.to_owned(), 1)].into() };
            xml::to_string(&labels).unwrap_err().to_string()
        }),
        ("a column of rows", {
            let text = format!("<out><row><{STRANGE}>1</row></out>");
            Reader::new(text.as_bytes(), ROWS).next_row().unwrap_err().to_string()
        }),
        ("a heading of separated text", separated_errors()[1].to_string()),
        ("a heading of a table", {
            let text = "<out><h n='a\u{202e}b'/><row><c>x</c></row></out>";
            let headings = Headings {
                path: &["h"],
                name: "n",
                kind: "k",
                format: "f",
                kinds: &[ColumnKind { kind: "", format: None, cells: CellType::Integer }],
            };
            let mut reader =
                Reader::new(text.as_bytes(), Layout::table(&["row"], "c").with_headings(headings));
            reader.next_row().unwrap().unwrap().cell(0).unwrap_err().to_string()
        }),
        ("a charset", {
            let mut response = response(200, "text/xml; charset=\"kl\tingon\"", b"<reply>\xe9</reply>");
            response.extensions_mut().insert(http::Method::GET);
            read(response)
        }),
        ("a library below", TransportError::new(TransportErrorKind::Other, of_another).to_string()),
        ("its sources", {
            let error = TransportError::new(TransportErrorKind::Other, io::Error::other(STRANGE));
            error.source().unwrap().to_string()
        }),
        ("a rejection", rejection.to_string()),
        ("what a server says of it", rejection.what()),
        ("a media type and a coding", media.unwrap_err().0.to_string()),
    ];
    for (place, shown) in places {
        assert!(!shown.is_empty(), "{place}: nothing is told");
        let unseen = shown.chars().find(|char| {
            char.is_control()
                || matches!(char, '\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200b}' | '\u{200c}')
        });
        assert_eq!(unseen, None, "{place}: {shown:?}");
    }
}

/// The interface of this crate tells which errors there are.
#[test]
fn every_error_is_in_the_table() {
    let implemented = include_str!("../../api.snap").lines().filter_map(|line| {
        let name = line.split_once("error::Error for ")?.1;
        Some(&name[..name.find(|char: char| !char.is_alphanumeric())?])
    });
    let all: BTreeSet<&str> = errors().into_iter().map(|(name, _)| name).collect();
    assert_eq!(implemented.collect::<BTreeSet<_>>(), all);
}

/// One line says what happened: of this crate all, of a library below what kind of failure it was.
#[test]
fn one_line_says_what_happened() {
    let cases = [
        (
            reply_error(200, r#"{"reply":{"code":6,"text":"no"}}"#),
            "the vendor refused lamp/show with code 6, \"no\": log in again",
        ),
        (
            reply_error(200, r#"{"reply":{"code":0,"data":{"lamp":"x"}}}"#),
            "the reply cannot be read: JSON, line 1, column 35, at reply.data.lamp: expected an integer from 0 to 4294967295, near \
             \"\"reply\":{\"code\":…,\"data\":{\"lamp\":\"…\"}}}\"",
        ),
        (
            exchange::Error::Rows(rows_error()),
            "the rows of the reply cannot be read: byte 14: XML, line 1, column 15, at out.row.a: an end tag without its start tag, \
             near \"<out><row><a>…</b>\"",
        ),
        (
            exchange::Error::Request(RequestError::Encode(encode_error())),
            "the request was not sent: a value cannot be written: XML, at Message.text: a character that XML cannot carry",
        ),
        (exchange::Error::Transport(transport_error()), "the connection to the vendor could not be made"),
    ];
    for (error, line) in cases {
        assert_eq!(error.to_string(), line);
    }
    let source = exchange::Error::<Failure>::Transport(transport_error());
    assert_eq!(
        source.source().unwrap().to_string(),
        "the library has no connection: the cable is not plugged in"
    );
}
