//! Planted secrets show in nothing that is printed.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::Arc;

use crate::at_once::ready;
use crate::support::{
    Answer, CallOptions, Caller, ClientParameters, DOUSE, Douse, ENDPOINT, Failure, Light, OPERATIONS,
    Opening, SessionParameters, Show, response,
};
use http::Method;
use wirewright::{
    Blob, EncodeError, Format, Limits, Options, Secret,
    client::{self, Config, TransportError, TransportErrorKind, blocking},
    exchange::{Error, read_reply, write_request},
    generated::OpenedEnvelope,
    server::{Received, receive},
    session::SessionCloseError,
    wire::Document,
};

const PLANTED: &str = "hunter2";

/// Debug and alternate Debug.
fn debugged(value: &dyn Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Everything that an error says by itself, and its sources.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error}\n{error:#}\n{}", debugged(&error));
    let mut source = error.source();
    while let Some(error) = source {
        text.extend(["\n", &error.to_string(), "\n", &debugged(&error)]);
        source = error.source();
    }
    text
}

#[test]
fn no_error_shows_a_secret() {
    let bodies = [
        r#"{"reply":{"code":0,"data":{"token":"hunter2"}}}"#,
        r#"{"reply":{"code":0,"data":{"token":"hunter2","key":hunter2}}}"#,
        r#"{"reply":{"code":0,"data":{"token":"hunter2"#,
        r#"{"reply":{"code":"hunter2"}}"#,
        r#"{"reply":{"code":7,"data":{"token":"hunter2","list":["hunter2",{"a":"hunter2"}]}}}"#,
        r#"{"token":"hunter2"}"#,
        "<reply><code>0</code><data><token>hunter2</token></data></reply>",
        "<reply><code>0</code><data><token a='hunter2'>hunter2</data></reply>",
        "<reply><code>hunter2</code></reply>",
        "<reply><code>7</code><data><token a='hunter2'>hunter2<b/></token></data></reply>",
        "<!-- hunter2 --><html>hunter2</html>",
        "<reply hunter2",
        "code=0&data_token=hunter2",
        "code=hunter2",
        "code=7&data_token=hunter2",
        "token=hunter2",
        "hunter2",
        "cb({\"reply\":{\"code\":0,\"data\":{\"token\":\"hunter2\"}}})",
        "cb(hunter2)",
    ];
    for body in bodies {
        for status in [200, 500] {
            let result =
                read_reply::<Light>(response(status, "text/plain", body), Format::Json, &Limits::new());
            let error = result.expect_err(body);
            let text = told(&error);
            assert!(!text.contains(PLANTED), "{body}: {text}");
            assert!(!error.to_string().contains('\n'), "one line: {error}");
            let kept = error.body().expect("the body is kept");
            assert_eq!(kept.expose(), body.as_bytes(), "the body is there for who asks by name");
            let text = match &error {
                Error::Vendor(error) => debugged(&error),
                Error::Decode(error) => debugged(&error) + &error.to_string(),
                Error::Http(error) => debugged(&error) + &error.to_string(),
                other => debugged(other),
            };
            assert!(!text.contains(PLANTED), "{body}: {text}");
            let unclosed = SessionCloseError { session: PLANTED, error };
            assert!(!told(&unclosed).contains(PLANTED), "{body}");
        }
    }
    let mut not_utf8 = b"{\"token\":\"hunter2".to_vec();
    not_utf8.push(0xff);
    let result = read_reply::<Light>(response(200, "", not_utf8), Format::Json, &Limits::new());
    assert!(!told(&result.expect_err("it is not UTF-8")).contains(PLANTED));
}

#[test]
fn no_transport_error_shows_a_secret() {
    #[derive(Debug)]
    struct Below(&'static str, Option<Box<Below>>);
    impl std::fmt::Display for Below {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }
    impl std::error::Error for Below {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            self.1.as_deref().map(|error| error as _)
        }
    }
    let refused = Below("connection refused", None);
    let below = Below(
        "GET https://x/rpc?token=hunter2&a=b%20hunter2+hunter2 failed, why?\n",
        Some(Box::new(refused)),
    );
    let error = TransportError::new(TransportErrorKind::Connect, below);
    assert!(!told(&error).contains(PLANTED), "{}", told(&error));
    assert_eq!(
        error.source().expect("what the library says").to_string(),
        "GET https://x/rpc?[redacted] failed, why? : connection refused"
    );
    assert!(error.expose().to_string().contains(PLANTED), "it is there for who asks by name");
    assert!(!told(&Error::<Failure>::from(error)).contains(PLANTED));
}

#[test]
fn nothing_else_shows_a_secret() {
    let caller = Caller {
        session: SessionParameters { token: PLANTED.into() },
        key: [PLANTED.into()],
        ..Caller::new()
    };
    let settings = Config::new().with_endpoint("https://user:hunter2@api.example").with_method(Method::GET);
    let good = Config::new().with_endpoint("http://127.0.0.1:1").with_method(Method::GET);
    assert!(debugged(&good).contains("http://127.0.0.1:1"), "an endpoint shows");
    let refused =
        write_request(&DOUSE, &Douse::default(), &caller.context(&settings)).expect_err("no endpoint");

    let own = Light { user: "u".into(), password: PLANTED.into(), site: None };
    let login =
        write_request(&crate::support::LIGHT, &own, &caller.context(&Config::new())).expect("a login");
    let logout = write_request(&DOUSE, &Douse::default(), &caller.context(&good)).expect("a logout");
    let limits = Limits::new();
    let login = receive(&OPERATIONS, ENDPOINT, &login, &limits).expect("the login is received");
    let logout = receive(&OPERATIONS, ENDPOINT, &logout, &limits).expect("the logout is received");
    let typed = Received::<Light, ClientParameters, CallOptions>::new(&login).expect("the login is read");
    assert_eq!(typed.request.password.expose(), PLANTED);

    let bad = Config::new().with_endpoint("https://api.example?key=hunter2");
    let opening = || Opening { token: PLANTED.into(), key: PLANTED.into() };
    let encode: EncodeError =
        wirewright::xml::to_string(&Light { user: "\u{1}hunter2".into(), ..own.clone() })
            .expect_err("XML has no such character");
    let values: &[(&str, &dyn Debug)] = &[
        ("Config", &settings),
        ("Config, a query", &bad),
        ("CallContext", &caller.context(&settings)),
        ("CallContext, good", &caller.context(&good)),
        ("SessionContext", &caller.context(&good).session),
        ("RequestError", &refused),
        ("EncodeError", &encode),
        ("Incoming, form", &login),
        ("Incoming, query", &logout),
        ("Received", &typed),
        ("Rejection", &logout.verify(&crate::support::under(&["x"])).expect_err("another key")),
        (
            "OpenedEnvelope",
            &OpenedEnvelope::<_, Failure>::Success(Answer { data: opening(), rid: None }.data),
        ),
        ("a reply", &opening()),
        ("a session's parameters", &logout.read::<SessionParameters>().expect("they are read")),
        ("Secret", &Secret::from(PLANTED)),
        ("Secret bytes", &Secret::new(PLANTED.as_bytes().to_vec())),
        ("Blob", &Blob(PLANTED.as_bytes().to_vec())),
        ("Document", &Document::new().with("a", PLANTED)),
        ("Options", &Options::new()),
    ];
    for (what, value) in values {
        let text = debugged(value);
        assert!(!text.contains(PLANTED), "{what}: {text}");
        assert!(!text.contains("104, 117, 110"), "{what}: {text}");
    }
    assert!(!told(&refused).contains(PLANTED) && !told(&encode).contains(PLANTED));
}

/// A transport that answers the same to every request.
struct Canned(u16, &'static str);

impl blocking::Transport for Canned {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        match self.0 {
            0 => {
                Err(TransportError::new(TransportErrorKind::Timeout, format!("{} timed out", request.uri())))
            }
            status => Ok(response(status, "", self.1)),
        }
    }
}

impl client::Transport for Canned {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(self, request)
    }
}

#[test]
fn calls_over_a_transport_blocking_or_not() {
    let (caller, settings) = (Caller::new(), Config::new());
    let context = caller.context(&settings);
    let show = Show { lamp: 1 };
    for (transport, expected) in [
        (Canned(200, r#"{"reply":{"code":0,"data":{"lamp":1,"state":"DARK"}}}"#), "answer"),
        (Canned(200, r#"{"reply":{"code":7}}"#), "vendor 7"),
        (Canned(503, ""), "http 503 the body is empty"),
        (Canned(0, ""), "the vendor did not answer in time"),
    ] {
        let transport = Arc::new(transport);
        let blocking = blocking::call(&transport, &show, &context);
        let waiting = ready(client::call(&&transport, &show, &context));
        assert_eq!(crate::support::outcome(&blocking), expected);
        assert_eq!(crate::support::outcome(&waiting), expected);
    }
    let unsent = Config::new().with_format(Format::Query);
    let error = blocking::call(&Canned(0, ""), &show, &caller.context(&unsent)).expect_err("no such format");
    assert_eq!(error.to_string(), "the request was not sent: lamp/show does not answer in query string");
}
