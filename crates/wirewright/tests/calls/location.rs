//! Common parameters in headers and cookies: what is sent, what is never sent, and what a server reads.

use std::fmt::Write as _;

use http::Method;
use wirewright::{
    Format, Limits, Secret, Wire,
    client::Config,
    describe::{
        Content, FormatDescription, MethodDescription, Operation, ParameterDescription, ParameterLocation,
        ParameterSource, Placement, Protocol, ServerCondition, SessionKind,
    },
    exchange::{CallContext, RequestError, SessionContext, write_request},
    server::Secrets,
    server::{Incoming, Rejection, receive},
    sign::{
        Computation, ComputedParameter, Demand, EncodeSet, HMAC_SHA256, PairList, PairOrder, PairSource,
        Part, Step, StepContent, TextEncoding,
    },
};

const ORIGIN: &str = "https://{site}.buoy.example";
const HEADER: ParameterLocation = ParameterLocation::Header { prefix: "" };

const fn common(
    name: &'static str,
    source: ParameterSource,
    location: ParameterLocation,
) -> ParameterDescription {
    ParameterDescription { location, ..ParameterDescription::new(name, source) }
}

static SIGNING: Computation = Computation {
    steps: &[
        Step {
            percent_encode: EncodeSet::Rfc3986,
            ..Step::new(
                "parameters",
                StepContent::Pairs(&PairList {
                    order: PairOrder::Wire,
                    ..PairList::new(&[PairSource::Query])
                }),
            )
        },
        Step {
            algorithms: &[&HMAC_SHA256],
            key: &[&[Part::Session { name: "key", optional: false }]],
            encoding: Some(TextEncoding::Hex),
            ..Step::new("signature", StepContent::Template(&[Part::Step(0)]))
        },
    ],
    parameters: &[ComputedParameter { name: "X-Signature", step: 1, demand: Demand::Session }],
    reply: None,
};

static PROTOCOL: Protocol = Protocol {
    charset: None,
    title: "Buoy",
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
        common("SOAPAction", ParameterSource::Operation, HEADER),
        common("site", ParameterSource::Client(1), ParameterLocation::Host),
        common("X-Version", ParameterSource::Constant("2"), HEADER),
        common("X-Key", ParameterSource::Client(0), HEADER),
        common("", ParameterSource::Request, ParameterLocation::Parameters),
        common("Authorization", ParameterSource::Session, ParameterLocation::Header { prefix: "Bearer " }),
        common("theme", ParameterSource::Options(0), ParameterLocation::Cookie),
        common("size", ParameterSource::Options(1), ParameterLocation::Cookie),
        common("X-Signature", ParameterSource::Computed(0), HEADER),
    ],
    code_header: None,
    computation: Some(&SIGNING),
};

static SESSION: SessionKind =
    SessionKind { name: "session", parameters: &["Authorization"], fields: &["key"], keyed: true };

static RING: Operation = Operation { name: "bell/ring", wire_name: "ring", ..COMMAND };
static STOP: Operation = Operation { name: "bell/stop", wire_name: "stop", ..COMMAND };

const COMMAND: Operation = Operation {
    name: "",
    wire_name: "",
    endpoint: None,
    path: "/",
    protocol: &PROTOCOL,
    methods: &[MethodDescription { method: Method::GET, placement: Placement::Query }],
    formats: &[Format::Xml],
    sessions: &[&SESSION],
    sessionless: false,
    signed: true,
    signature_optional: false,
    prefers_get: false,
    secure: false,
    repeatable: false,
    content: Content::Parameters,
    filled: &[],
    placed: &[],
    ..Operation::new(&PROTOCOL)
};

#[derive(Debug, PartialEq, Wire)]
struct Client {
    #[wire(name = "X-Key", xml = "_.key")]
    key: Secret<String>,
    site: String,
}

#[derive(Debug, Default, PartialEq, Wire)]
struct Options {
    theme: Option<String>,
    size: Option<i64>,
}

#[derive(Debug, PartialEq, Wire)]
struct Session {
    #[wire(name = "Authorization")]
    token: Secret<String>,
}

#[derive(Debug, PartialEq, Wire)]
struct Ring {
    times: u32,
}

fn written(key: &str, token: &str, theme: &str) -> Result<http::Request<Vec<u8>>, RequestError> {
    at_site("north-1", None, key, token, theme)
}

fn at_site(
    site: &str,
    endpoint: Option<&str>,
    key: &str,
    token: &str,
    theme: &str,
) -> Result<http::Request<Vec<u8>>, RequestError> {
    let client = Client { key: key.into(), site: site.into() };
    let session = Session { token: token.into() };
    let options = Options { theme: (!theme.is_empty()).then(|| theme.to_owned()), size: Some(-3) };
    let fields = [Secret::from("signing key")];
    let session = SessionContext { kind: &SESSION, parameters: &session, fields: &fields };
    let settings = Config::new();
    let context = CallContext {
        endpoint,
        client: &client,
        options: &options,
        session: Some(session),
        ..settings.context()
    };
    write_request(&RING, &Ring { times: 3 }, &context)
}

fn received(request: &http::Request<Vec<u8>>) -> Result<Incoming, Rejection> {
    receive(&[&STOP, &RING], ORIGIN, request, &Limits::new()).map_err(|(refused, _)| refused)
}

#[test]
fn headers_and_cookies_are_written_and_read() {
    let request = written("key/hunter2+=", "to ken", "dark").expect("all of it can be sent");
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        let _ = writeln!(text, "{name}: {}", value.to_str().expect("ASCII"));
    }
    // The base string is `times=3`: what is in headers is not signed.
    let signature = TextEncoding::Hex.encode(&HMAC_SHA256.of(Some(b"signing key"), b"times=3"));
    let expected = format!(
        "GET https://north-1.buoy.example/?times=3\nsoapaction: ring\nx-version: 2\nx-key: key/hunter2+=\n\
         authorization: Bearer to ken\nx-signature: {signature}\ncookie: theme=dark; size=-3\n"
    );
    assert_eq!(text, expected);
    let shown = format!("{request:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("to ken") && !shown.contains("dark"), "{shown}");

    let incoming = received(&request).expect("it is received");
    assert_eq!(incoming.operation().name, "bell/ring");
    assert_eq!(
        incoming.read_client::<Client>(),
        Ok(Client { key: "key/hunter2+=".into(), site: "north-1".into() })
    );
    let options = Options { theme: Some("dark".into()), size: Some(-3) };
    assert_eq!(incoming.read_options::<Options>(), Ok(options));
    assert_eq!(incoming.claim::<Session>(&SESSION), Ok(Some(Session { token: "to ken".into() })));
    assert_eq!(incoming.read_request::<Ring>(), Ok(Ring { times: 3 }));
    assert_eq!(incoming.verify(&Secrets::none().of_session(&SESSION, &["signing key"])), Ok(()));
    assert!(incoming.verify(&Secrets::none().of_session(&SESSION, &["another key"])).is_err());
}

#[test]
fn nothing_is_injected() {
    let refused = |key: &str, token: &str, theme: &str| match written(key, token, theme) {
        Err(RequestError::NotInHeader { parameter }) => parameter,
        other => panic!("{key:?} {token:?} {theme:?}: {other:?}"),
    };
    for text in ["a\r\nX-Admin: 1", "a\nb", "a\rb", "a\0b", "a\tb", "ü", " a", "a ", "a\u{7f}"] {
        assert_eq!(refused(text, "t", ""), "X-Key", "{text:?}");
        // Behind the prefix a space is one like any other.
        if text != " a" {
            assert_eq!(refused("k", text, ""), "Authorization", "{text:?}");
        }
    }
    assert_eq!(refused("k", "", ""), "Authorization");
    for text in ["a; admin=1", "a b", "a,b", "a\"b", "a\\b", "a\r\nb", "ü"] {
        assert_eq!(refused("k", "t", text), "theme", "{text:?}");
    }
}

#[test]
fn a_server_believes_headers_only() {
    let with = |change: fn(&mut http::HeaderMap)| {
        let mut request = written("k", "t", "dark").expect("all of it can be sent");
        change(request.headers_mut());
        request
    };
    let value = http::HeaderValue::from_static;
    let invalid = |parameter: &str| {
        let mut refused = Rejection::new(ServerCondition::ParameterInvalid);
        refused.parameter = Some(parameter.into());
        refused
    };
    // Twice, in another form, not ASCII.
    let twice = with(|headers| {
        let _ = headers.append("x-key", http::HeaderValue::from_static("2"));
    });
    assert_eq!(received(&twice).err(), Some(invalid("X-Key")));
    let basic = with(|headers| {
        let _ = headers.insert("authorization", http::HeaderValue::from_static("Basic abc"));
    });
    assert_eq!(received(&basic).err(), Some(invalid("Authorization")));
    let mut beyond = with(|_| {});
    beyond.headers_mut().insert("x-key", http::HeaderValue::from_bytes(b"\xff").expect("opaque"));
    assert_eq!(received(&beyond).err(), Some(invalid("X-Key")));
    let cookies = with(|headers| {
        let _ = headers.append("cookie", http::HeaderValue::from_static("theme=light"));
    });
    assert_eq!(received(&cookies).err(), Some(invalid("theme")));
    let version = with(|headers| {
        let _ = headers.insert("x-version", http::HeaderValue::from_static("3"));
    });
    assert_eq!(received(&version).err(), Some(invalid("X-Version")));
    // The scheme in another case is the same scheme; strangers' cookies are theirs.
    let mut lower = with(|_| {});
    lower.headers_mut().insert("authorization", value("bearer t"));
    lower.headers_mut().insert("cookie", value("a=b;theme=x ; c"));
    let incoming = received(&lower).expect("it is received");
    assert_eq!(incoming.claim::<Session>(&SESSION), Ok(Some(Session { token: "t".into() })));
    let options = Options { theme: Some("x".into()), size: None };
    assert_eq!(incoming.read_options::<Options>(), Ok(options));
    // In the query string a header's name says nothing.
    let mut moved = with(|headers| {
        let _ = headers.remove("x-key");
    });
    *moved.uri_mut() = http::Uri::from_static("https://north-1.buoy.example/?times=3&X-Key=k");
    let missing = received(&moved).expect("it is received").read_client::<Client>();
    assert_eq!(missing.map_err(|refused| refused.condition), Err(ServerCondition::ParameterMissing));
}

#[test]
fn hosts_are_filled_and_read() {
    for site in
        ["", "a.b", "a/b", "a@b", "a:1", "a#", "a?", "a b", "a\r\n", "-a", "a-", "\u{fc}", &"a".repeat(64)]
    {
        match at_site(site, None, "k", "t", "") {
            Err(RequestError::NotInHost { parameter }) => assert_eq!(parameter, "site", "{site:?}"),
            other => panic!("{site:?}: {other:?}"),
        }
    }
    // To another address the host goes along; with a place in it, it is there.
    let local = at_site("north-1", Some("http://127.0.0.1:80"), "k", "t", "").expect("all of it can be sent");
    assert_eq!(local.uri(), "http://127.0.0.1:80/?times=3");
    assert_eq!(
        local.headers().get("x-forwarded-host").map(http::HeaderValue::as_bytes),
        Some(&b"north-1.buoy.example"[..])
    );
    let other = at_site("north-1", Some("http://{site}.localhost:80"), "k", "t", "").expect("it can be sent");
    assert_eq!(other.uri(), "http://north-1.localhost:80/?times=3");
    assert_eq!(other.headers().get("x-forwarded-host"), None);

    let site = |request: &http::Request<Vec<u8>>| {
        received(request).and_then(|incoming| incoming.read_client::<Client>()).map(|client| client.site)
    };
    assert_eq!(site(&local), Ok("north-1".to_owned()));
    let mut origin_form = written("k", "t", "").expect("all of it can be sent");
    *origin_form.uri_mut() = http::Uri::from_static("/?times=3");
    origin_form.headers_mut().insert("host", http::HeaderValue::from_static("South.BUOY.example:443"));
    assert_eq!(site(&origin_form), Ok("South".to_owned()));
    for stranger in
        ["buoy.example", "a.b.buoy.example", "north-1.buoy.example.com", ".buoy.example", "*.buoy.example"]
    {
        let host = http::HeaderValue::from_str(stranger).expect("ASCII");
        origin_form.headers_mut().insert("host", host);
        let missing = site(&origin_form).map_err(|refused| refused.condition);
        assert_eq!(missing, Err(ServerCondition::ParameterMissing), "{stranger}");
    }
}
