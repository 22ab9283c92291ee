//! A vendor whose parameters are in another charset than UTF-8, and rows that are.

use crate::support::{Caller, DOUSE, Douse, ENDPOINT, PROTOCOL, outcome, response};
use http::Method;
use wirewright::{
    EncodeErrorKind, Format, Limits, Wire,
    client::Config,
    describe::{Operation, Protocol, ServerCondition},
    exchange::{RequestError, read_reply, write_request},
    rows::{Layout, Parser, Polled},
    server::receive,
};

static LATIN: Protocol = Protocol {
    charset: Some("windows-1252"),
    title: PROTOCOL.title,
    endpoint: PROTOCOL.endpoint,
    formats: PROTOCOL.formats,
    parameters: PROTOCOL.parameters,
    code_header: None,
    computation: PROTOCOL.computation,
};

static LATIN_DOUSE: Operation = Operation {
    name: DOUSE.name,
    wire_name: DOUSE.wire_name,
    endpoint: DOUSE.endpoint,
    path: DOUSE.path,
    methods: DOUSE.methods,
    formats: DOUSE.formats,
    sessions: DOUSE.sessions,
    sessionless: DOUSE.sessionless,
    signed: DOUSE.signed,
    secure: DOUSE.secure,
    repeatable: DOUSE.repeatable,
    content: DOUSE.content,
    filled: DOUSE.filled,
    placed: DOUSE.placed,
    ..Operation::new(&LATIN)
};

fn written(why: &str, method: Method) -> Result<http::Request<Vec<u8>>, RequestError> {
    let (caller, settings) = (Caller::new(), Config::new().with_method(method));
    write_request(&LATIN_DOUSE, &Douse { why: Some(why.into()) }, &caller.context(&settings))
}

/// `é` is one byte of windows-1252; the signature is of what is said, on both sides.
#[test]
fn parameters_are_in_the_vendors_charset_both_ways() {
    for method in [Method::GET, Method::POST] {
        let request = written("café – 5 €", method.clone()).expect("it can be written");
        let query = request.uri().query().unwrap_or_default().to_owned();
        let sent = query + &String::from_utf8_lossy(request.body());
        assert!(sent.contains("why=caf%E9+%96+5+%80&"), "{method}: {sent}");
        let incoming =
            receive(&[&LATIN_DOUSE], ENDPOINT, &request, &Limits::new()).expect("it is understood");
        assert_eq!(incoming.read_request::<Douse>().expect("it is read").why.as_deref(), Some("café – 5 €"));
        incoming.verify(&crate::support::under(&["key-hunter2"])).expect("the signature fits");
    }
    // Never a question mark in its place.
    for why in ["語", "🎉"] {
        let Err(RequestError::Encode(error)) = written(why, Method::POST) else {
            panic!("{why} was written")
        };
        assert_eq!((error.kind(), error.path()), (EncodeErrorKind::Charset, "why"));
    }
}

/// What a request says of its own charset goes before what the definition says; what is in neither is refused, and never guessed.
#[test]
fn a_server_reads_what_a_form_says_that_it_is() {
    for (content_type, body, expected) in [
        ("application/x-www-form-urlencoded", "why=caf%E9", Ok("café")),
        ("application/x-www-form-urlencoded; charset=utf-8", "why=caf%C3%A9", Ok("café")),
        ("application/x-www-form-urlencoded;charset=windows-1251", "why=%E9", Ok("й")),
        ("application/x-www-form-urlencoded; charset=shift_jis", "why=%83A", Ok("ア")),
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            "why=caf%E9",
            Err(ServerCondition::ParameterInvalid),
        ),
        // A charset that nobody knows, used or not.
        (
            "application/x-www-form-urlencoded; charset=klingon",
            "why=caf%E9",
            Err(ServerCondition::MediaTypeWrong),
        ),
        (
            "application/x-www-form-urlencoded; charset=klingon",
            "why=cafe",
            Err(ServerCondition::MediaTypeWrong),
        ),
        ("application/json", "why=x", Err(ServerCondition::MediaTypeWrong)),
        ("text/plain", "why=x", Err(ServerCondition::MediaTypeWrong)),
        ("multipart/form-data; boundary=b", "why=x", Err(ServerCondition::MediaTypeWrong)),
    ] {
        let body = format!("v=2&cmd=douse&app=a&fmt=json&token=t&{body}");
        let request =
            http::Request::post("/rpc").header("Content-Type", content_type).body(body.into_bytes());
        let request = request.expect("the parts make a request");
        let found = receive(&[&LATIN_DOUSE], ENDPOINT, &request, &Limits::new());
        let found =
            found.and_then(|incoming| incoming.read_request::<Douse>().map_err(|refused| (refused, None)));
        let found = found.map(|douse| douse.why.unwrap_or_default()).map_err(|(refused, incoming)| {
            let status = incoming.map(|incoming| {
                wirewright::generated::write_failure::<crate::support::Envelope<crate::support::Doused>>(
                    &incoming,
                    refused.failure(),
                )
                .status()
                .as_u16()
            });
            let expected = if refused.condition == ServerCondition::MediaTypeWrong { 415 } else { 200 };
            assert!(status.is_none_or(|status| status == expected), "{content_type}: {status:?}");
            refused.condition
        });
        assert_eq!(found.as_deref(), expected.as_ref().copied(), "{content_type}");
    }
}

/// What is not taken is named, and what would have been: in words, and by a header (RFC 9110, section 15.5.16).
#[test]
fn a_server_says_what_it_takes() {
    type Fault = Option<(&'static str, &'static str, &'static str)>;
    const FORM: &str = "application/x-www-form-urlencoded";
    let types = |types: &[&str]| types.iter().map(|value| ("content-type", (*value).to_owned())).collect();
    let coded =
        |coding: &str| vec![("content-type", FORM.to_owned()), ("content-encoding", coding.to_owned())];
    let cases: [(Vec<(&str, String)>, Fault); 9] = [
        (types(&[FORM]), None),
        (types(&[]), None),
        (types(&[FORM, FORM]), None),
        (
            types(&["text/plain; x=1"]),
            Some((
                "it is of the type `text/plain`; `application/x-www-form-urlencoded` is taken",
                "accept",
                FORM,
            )),
        ),
        (
            types(&["text/\u{e9}", "text/plain"]),
            Some((
                "there are several Content-Types; `application/x-www-form-urlencoded` is taken",
                "accept",
                FORM,
            )),
        ),
        // Whichever comes first, nobody knows which one is meant (RFC 9110, section 8.3).
        (
            types(&[FORM, "application/json"]),
            Some((
                "there are several Content-Types; `application/x-www-form-urlencoded` is taken",
                "accept",
                FORM,
            )),
        ),
        (
            types(&["application/json, application/x-www-form-urlencoded"]),
            Some((
                "it is of the type `application/json, application/x-www-form…`; `application/x-www-form-urlencoded` is taken",
                "accept",
                FORM,
            )),
        ),
        (
            types(&["application/x-www-form-urlencoded; charset=nonsense"]),
            Some(("it is in the charset `nonsense`, which is not known; UTF-8 is taken", "accept", FORM)),
        ),
        (
            coded("gzip"),
            Some(("it is in the content coding `gzip`, and none is undone", "accept-encoding", "identity")),
        ),
    ];
    for (headers, expected) in cases {
        let mut request = http::Request::post("/rpc");
        for (name, value) in &headers {
            request = request.header(*name, value.as_bytes());
        }
        let request = request.body(b"v=2&cmd=douse&app=a&fmt=json&token=t".to_vec());
        let request = request.expect("the parts make a request");
        match (receive(&[&DOUSE], ENDPOINT, &request, &Limits::new()), expected) {
            (Ok(_), None) => {}
            (Err((refused, Some(incoming))), Some((detail, name, value))) => {
                assert_eq!(refused.condition, ServerCondition::MediaTypeWrong);
                assert_eq!(refused.detail.as_deref(), Some(detail));
                let told = format!(
                    "the request is refused: the body is not of the media type that the operation takes: {detail}"
                );
                assert_eq!(refused.to_string(), told);
                let response = wirewright::generated::write_failure::<
                    crate::support::Envelope<crate::support::Doused>,
                >(&incoming, refused.failure());
                assert_eq!(response.status().as_u16(), 415, "{headers:?}");
                assert_eq!(
                    response.headers().get(name).map(http::HeaderValue::as_bytes),
                    Some(value.as_bytes())
                );
                let other = if name == "accept" { "accept-encoding" } else { "accept" };
                assert!(!response.headers().contains_key(other), "{headers:?}");
                assert!(refused.what().ends_with(detail), "what a vendor without words of its own says");
            }
            (found, expected) => panic!("{headers:?}: {found:?} instead of {expected:?}"),
        }
    }
}

/// Of several Content-Types of a reply the last one that is one counts, as in browsers (RFC 9110, section 8.3).
#[test]
fn several_content_types_of_a_reply() {
    for (first, second, expected) in [
        ("application/json; charset=utf-8", "application/json; charset=windows-1252", "café"),
        ("text/html", "application/json; charset=windows-1252", "café"),
        ("application/json; charset=windows-1252", "nothing", "café"),
        ("nothing", "application/json; charset=windows-1252", "café"),
        (
            "application/json; charset=windows-1252",
            "application/json; charset=utf-8",
            "decode 1:31 not UTF-8",
        ),
    ] {
        let mut response = response(200, first, b"{\"reply\":{\"code\":7,\"text\":\"caf\xe9\"}}");
        response.headers_mut().append("content-type", second.parse().expect("a header"));
        let read = read_reply::<Douse>(response, Format::Json, &Limits::new());
        let found = match &read {
            Err(wirewright::exchange::Error::Vendor(error)) => error.failure.text.clone().unwrap_or_default(),
            _ => outcome(&read),
        };
        assert_eq!(found, expected, "{first}, {second}");
    }
}

/// The escapes of a reply are bytes in its charset.
#[test]
fn a_reply_in_a_query_string() {
    let text = |content_type: &str, body: &[u8]| {
        let read = read_reply::<Douse>(response(200, content_type, body), Format::Query, &Limits::new());
        match &read {
            Err(wirewright::exchange::Error::Vendor(error)) => error.failure.text.clone().unwrap_or_default(),
            _ => outcome(&read),
        }
    };
    let query = "application/x-www-form-urlencoded";
    for (charset, body, expected) in [
        ("windows-1252", &b"code=7&text=caf%E9"[..], "café"),
        ("windows-1252", b"code=7&text=caf\xe9\n", "café"),
        ("shift_jis", b"code=7&text=%83%65%83X%83g", "テスト"),
        ("utf-8", b"\xef\xbb\xbfcode=7&text=caf%C3%A9", "café"),
        ("utf-16le", b"c\0o\0d\0e\0=\x007\0&\0t\0e\0x\0t\0=\0%\0C\x003\0%\0A\x009\0", "é"),
        ("utf-8", b"code=7&text=caf%E9", "decode 1:13 not UTF-8"),
        ("shift_jis", b"code=7&text=%83", "decode 1:13 not Shift_JIS"),
    ] {
        assert_eq!(text(&format!("{query}; charset={charset}"), body), expected, "{charset}");
    }
}

const TABLE: Layout = Layout::table(&["data", "tr"], "td");

/// Cut anywhere, rows are what they are whole; what cannot be read is told before the first row.
#[test]
fn rows_in_any_charset() {
    #[derive(Debug, PartialEq, Wire)]
    #[wire(root = "out")]
    struct Envelope {
        rc: u32,
        note: Option<String>,
    }
    let table = |declaration: &str, cell: &str| {
        format!("{declaration}<out><data><tr><td>{cell}</td></tr></data><rc>0</rc><note>{cell}</note></out>")
    };
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let latin =
        |text: &str| text.chars().map(|char| u8::try_from(char).expect("Latin-1")).collect::<Vec<u8>>();
    let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?>");
    let japanese = |declaration: &str| {
        [
            declaration.as_bytes(),
            b"<out><data><tr><td>\x83\x65\x83X</td></tr></data><rc>0</rc><note>\x83\x65\x83X</note></out>",
        ]
        .concat()
    };
    for (what, content_type, bytes, expected) in [
        ("UTF-8", "text/xml", table("", "é🎉").into_bytes(), Ok("é🎉")),
        ("UTF-8, declared", "text/xml", table(&declared("UTF-8"), "é🎉").into_bytes(), Ok("é🎉")),
        ("UTF-8 with a mark", "text/xml; charset=latin1", table("\u{feff}", "é🎉").into_bytes(), Ok("é🎉")),
        ("the declaration", "text/xml", latin(&table(&declared("iso-8859-1"), "é")), Ok("é")),
        ("the Content-Type", "text/xml; charset=iso-8859-1", latin(&table("", "é")), Ok("é")),
        ("both", "text/xml; charset=utf-8", table(&declared("iso-8859-1"), "é").into_bytes(), Ok("é")),
        ("two bytes a character", "text/xml", japanese(&declared("Shift_JIS")), Ok("テス")),
        ("UTF-16", "text/xml", utf_16(&table(&format!("\u{feff}{}", declared("UTF-16")), "é🎉")), Ok("é🎉")),
        (
            "an unknown one",
            "text/xml",
            table(&declared("klingon"), "x").into_bytes(),
            Err("in the charset `klingon`"),
        ),
        (
            "one that is never read",
            "text/xml; charset=utf-7",
            table("", "x").into_bytes(),
            Err("in the charset `utf-7`"),
        ),
        (
            "one that is never read, in other letters",
            "text/xml; charset=\"ISO-2022-KR\"",
            table("", "x").into_bytes(),
            Err("in the charset `ISO-2022-KR`"),
        ),
        (
            "an unknown one, and no use of it",
            "text/xml; charset=klingon",
            table("", "x").into_bytes(),
            Err("in the charset `klingon`"),
        ),
        (
            "an unknown one, and bytes of it in the envelope",
            "text/xml; charset=klingon",
            latin(&table("", "x").replace("<note>x", "<note>\u{e9}")),
            Err("in the charset `klingon`"),
        ),
        ("a wrong one", "text/xml", table(&declared("UTF-16"), "x").into_bytes(), Err("not UTF-16")),
        ("none", "text/xml", latin(&table("", "é")), Err("not UTF-8")),
    ] {
        for size in (1..9).chain([bytes.len()]) {
            let mut parser = Parser::new(TABLE).with_content_type(content_type);
            let mut chunks = bytes.chunks(size);
            let mut cells = Vec::new();
            let read = loop {
                match parser.poll() {
                    Ok(Polled::Row(())) => {
                        cells.extend(parser.row().and_then(|row| row.text(0).map(str::to_owned)));
                    }
                    Ok(Polled::Hungry) => match chunks.next() {
                        Some(chunk) => parser.feed(chunk),
                        None => parser.end(),
                    },
                    Ok(Polled::End) => break Ok(()),
                    Err(error) => break Err(error.error().kind().to_string()),
                }
            };
            match (read, expected) {
                (Ok(()), Ok(cell)) => {
                    assert_eq!(cells, [cell], "{what}, {size}");
                    let envelope = parser.envelope::<Envelope>().expect("the envelope is read");
                    assert_eq!(envelope, Envelope { rc: 0, note: Some(cell.into()) }, "{what}, {size}");
                }
                (Err(told), Err(expected)) => {
                    assert!(
                        told.starts_with(expected) && cells.is_empty(),
                        "{what}, {size}: {told} {cells:?}"
                    );
                }
                (found, expected) => panic!("{what}, {size}: {found:?} instead of {expected:?}"),
            }
        }
    }
}
