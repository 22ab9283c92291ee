//! Requests that carry a document beside their parameters, and parameters that the call fills in.

use std::{sync::Arc, time::Duration};

use http::Method;
use wirewright::{
    Format, Limits, Wire,
    client::{ClockSkew, Config, Environment},
    describe::{
        AutoFill, AutoFilled, BodyDescription, Content, FormatDescription, MethodDescription, Operation,
        ParameterDescription, ParameterSource, Placement, Protocol, ServerCondition,
    },
    exchange::{CallContext, RequestError, write_request},
    server::{Incoming, Rejection, receive},
    wire::Message,
};

const ORIGIN: &str = "https://api.archive.example";

static PROTOCOL: Protocol = Protocol {
    charset: None,
    title: "Archive",
    endpoint: ORIGIN,
    formats: &[FormatDescription {
        format: Format::Xml,
        value: None,
        also: &[],
        declaration: false,
        media_type: "text/xml",
        nested: ".",
        lines: false,
    }],
    parameters: &[
        ParameterDescription::new("api", ParameterSource::Operation),
        ParameterDescription::new("", ParameterSource::Request),
        ParameterDescription::new(
            "at",
            ParameterSource::AutoFilled { member: 0, required: false, with: AutoFill::Milliseconds },
        ),
    ],
    code_header: None,
    computation: None,
};

static STORE: Operation = Operation {
    name: "shelf/store",
    wire_name: "store",
    endpoint: None,
    path: "/rpc",
    protocol: &PROTOCOL,
    methods: &[MethodDescription { method: Method::POST, placement: Placement::Query }],
    formats: &[Format::Xml],
    sessions: &[],
    sessionless: true,
    signed: false,
    signature_optional: false,
    prefers_get: false,
    secure: false,
    repeatable: false,
    content: Content::Document(&DOCUMENT),
    filled: &[
        AutoFilled { member: 1, name: "ts", required: true, with: AutoFill::Seconds },
        AutoFilled { member: 2, name: "salt", required: false, with: AutoFill::Nonce },
    ],
    placed: &[],
    ..Operation::new(&PROTOCOL)
};

static DOCUMENT: BodyDescription = BodyDescription {
    member: 3,
    shape: <Body as Message>::SHAPE,
    format: Format::Xml,
    declaration: true,
    media_type: "text/xml",
};

#[derive(Debug, PartialEq, Wire)]
struct Store {
    kind: Option<String>,
    ts: Option<i64>,
    salt: Option<String>,
    #[wire(default)]
    body: Body,
}

#[derive(Debug, PartialEq, Wire)]
#[wire(root = "in")]
struct Body {
    #[wire(attribute)]
    id: u32,
    title: String,
    #[wire(list(item = "tag"))]
    tags: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Options {
    at: Option<i64>,
}

struct Still;

impl Environment for Still {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_millis(1_222_790_202_750))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some([0xa5; 16])
    }
}

fn request(kind: Option<&str>) -> Store {
    let body = Body { id: 7, title: "a < b & \"c\"".into(), tags: vec!["x".into(), "y".into()] };
    Store { kind: kind.map(Into::into), ts: None, salt: None, body }
}

fn sent(own: &Store, settings: &Config, options: &Options) -> http::Request<Vec<u8>> {
    write_request(&STORE, own, &CallContext { options, ..settings.context() })
        .expect("the request can be written")
}

fn still() -> Config {
    Config::new().with_environment(Arc::new(Still))
}

const BODY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
    <in id=\"7\"><title>a &lt; b &amp; \"c\"</title><tags><tag>x</tag><tag>y</tag></tags></in>";

#[test]
fn parameters_stand_in_the_url_and_the_document_in_the_body() {
    let request = sent(&request(Some("k&l")), &still(), &Options::default());
    assert_eq!(
        request.uri().to_string(),
        format!("{ORIGIN}/rpc?api=store&kind=k%26l&ts=1222790202&salt={}&at=1222790202750", "a5".repeat(16))
    );
    assert_eq!(request.headers()["Content-Type"], "text/xml");
    assert_eq!(request.headers()["Content-Length"], BODY.len().to_string());
    assert_eq!(String::from_utf8_lossy(request.body()), BODY);
}

#[test]
fn the_caller_goes_before_the_clock_and_the_server_s_clock_before_the_client_s() {
    let mut own = request(None);
    own.ts = Some(5);
    let settings = still();
    let options = Options::default();
    let context =
        CallContext { options: &options, clock_skew: ClockSkew::from_millis(-1_000), ..settings.context() };
    let written = write_request(&STORE, &own, &context).expect("the request can be written");
    let query = written.uri().query().expect("a query");
    assert!(query.contains("&ts=5&") && query.ends_with("&at=1222790201750"), "{query}");
}

#[test]
fn without_a_clock_nothing_is_sent() {
    let (settings, options) = (Config::new(), Options { at: Some(1) });
    let context = CallContext { options: &options, ..settings.context() };
    let outcome = |own: &Store| write_request(&STORE, own, &context).map(|_| ());
    let mut own = request(None);
    assert!(matches!(outcome(&own), Err(RequestError::NoClock { operation: "shelf/store" })));
    own.ts = Some(1);
    assert!(matches!(outcome(&own), Err(RequestError::NoRandomness { operation: "shelf/store" })));
    own.salt = Some("s".into());
    assert!(outcome(&own).is_ok());
}

fn incoming(target: &str, body: &[u8], limits: &Limits) -> Incoming {
    let request = http::Request::post(target).body(body.to_vec()).expect("the parts make a request");
    receive(&[&STORE], ORIGIN, &request, limits).expect("the request is understood")
}

#[test]
fn a_server_reads_what_a_client_sends() {
    let own = request(Some("k"));
    let request = sent(&own, &still(), &Options::default());
    let incoming = receive(&[&STORE], ORIGIN, &request, &Limits::new()).expect("it is understood");
    let read: Store = incoming.read_request().expect("it is read");
    assert_eq!((read.ts, read.salt), (Some(1_222_790_202), Some("a5".repeat(16))));
    assert_eq!((read.kind, read.body), (own.kind, own.body));
    let options: Options = incoming.read().expect("they are read");
    assert_eq!(options.at, Some(1_222_790_202_750));
    // A request holds secrets: its body is not shown either.
    assert!(!format!("{incoming:?}").contains("title"));
}

#[test]
fn a_server_refuses_what_it_cannot_read() {
    let small = Limits::new().with_max_bytes(40);
    let refused = |condition, parameter: Option<&str>| {
        let mut refused = Rejection::new(condition);
        refused.parameter = parameter.map(Into::into);
        Err(refused)
    };
    let (missing, invalid) = (ServerCondition::ParameterMissing, ServerCondition::ParameterInvalid);
    let usual = Limits::new();
    for (query, body, limits, expected) in [
        ("ts=1", "<in id=\"1\"><title/></in>", &usual, Ok(())),
        ("", "<in id=\"1\"><title/></in>", &usual, refused(missing, Some("ts"))),
        ("ts=now", "<in id=\"1\"><title/></in>", &usual, refused(invalid, Some("ts"))),
        ("ts=1", "", &usual, refused(invalid, Some(""))),
        ("ts=1", "title=t&id=1", &usual, refused(invalid, Some(""))),
        ("ts=1", "<in id=\"1\"/>", &usual, refused(missing, Some("in.title"))),
        ("ts=1", "<in id=\"x\"><title/></in>", &usual, refused(invalid, Some("in.id"))),
        (
            "ts=1",
            "<in id=\"1\"><title>a</title><title>b</title></in>",
            &usual,
            refused(invalid, Some("in.title")),
        ),
        ("ts=1", "<in id=\"1\"><title>aaaaaaaaaaaaaaaaaaaa</title></in>", &small, refused(invalid, Some(""))),
        // What a query says of the body is nothing.
        ("ts=1&body.id=1&body.title=t", "<in id=\"1\"/>", &usual, refused(missing, Some("in.title"))),
    ] {
        let incoming = incoming(&format!("/rpc?api=store&{query}"), body.as_bytes(), limits);
        assert_eq!(incoming.read_request::<Store>().map(|_| ()), expected, "{query} {body}");
    }
    let not_text = incoming("/rpc?api=store&ts=1", b"<in id=\"1\"><title>\xff</title></in>", &usual);
    assert!(not_text.read_request::<Store>().is_err());
}

#[test]
fn one_host_of_several_can_be_called_elsewhere() {
    static CHAT: Operation = Operation { endpoint: Some("https://chat.archive.example"), ..PLAIN };
    static SHELF: Operation = PLAIN;
    const PLAIN: Operation = Operation {
        name: "shelf/look",
        wire_name: "look",
        endpoint: None,
        path: "/rpc",
        protocol: &PROTOCOL,
        methods: &[MethodDescription { method: Method::GET, placement: Placement::Query }],
        formats: &[Format::Xml],
        sessions: &[],
        sessionless: true,
        signed: false,
        signature_optional: false,
        prefers_get: false,
        secure: false,
        repeatable: false,
        content: Content::Parameters,
        filled: &[],
        placed: &[],
        ..Operation::new(&PROTOCOL)
    };
    let host = |operation: &'static Operation, settings: Config| {
        let options = Options { at: Some(1) };
        let context = CallContext { options: &options, ..settings.context() };
        let request = write_request(operation, &Options::default(), &context).expect("it is written");
        request.uri().host().unwrap_or_default().to_owned()
    };
    let (all, one) = ("http://127.0.0.1:1", "http://127.0.0.2:1");
    let chat = || Config::new().with_endpoint_of("https://chat.archive.example", one);
    assert_eq!(host(&SHELF, Config::new()), "api.archive.example");
    assert_eq!(host(&CHAT, Config::new()), "chat.archive.example");
    assert_eq!(host(&SHELF, Config::new().with_endpoint(all)), "127.0.0.1");
    assert_eq!(host(&CHAT, Config::new().with_endpoint(all)), "127.0.0.1");
    assert_eq!(host(&SHELF, chat()), "api.archive.example");
    assert_eq!(host(&CHAT, chat().with_endpoint(all)), "127.0.0.2");

    // A server is one of the two hosts, or both.
    let request = http::Request::get("/rpc?api=look").body(Vec::new()).expect("a request");
    for (origin, expected) in
        [(ORIGIN, None), ("https://chat.archive.example/", CHAT.endpoint), ("http://127.0.0.1:8080", None)]
    {
        let incoming = receive(&[&SHELF, &CHAT], origin, &request, &Limits::new()).expect("it is understood");
        assert_eq!(incoming.operation().endpoint, expected, "{origin}");
    }
}
