//! What a typed request is on the wire, and what is refused before anything is sent.

use crate::support::{Caller, DOUSE, Douse, ENDPOINT, LIGHT, Light, PROTOCOL, SHOW, Show, Site};
use http::{HeaderValue, Method, header};
use wirewright::{
    Format, Secret, Wire,
    client::Config,
    describe::{Content, Operation, Protocol},
    exchange::{Additions, CallContext, RequestError, SessionContext, write_request},
    sign::{HMAC_SHA256, TextEncoding},
    wire::{Document, Record},
};

fn light() -> Light {
    Light { user: "ch&k".into(), password: "hunter 2".into(), site: Some(Site { name: "x".into() }) }
}

/// Method, URL, Content-Type and Content-Length, and body.
fn written(operation: &'static Operation, own: &dyn Record, context: &CallContext<'_>) -> String {
    match write_request(operation, own, context) {
        Ok(request) => {
            let header = |name| {
                request.headers().get(name).map_or("-", |value| value.to_str().expect("the header is a text"))
            };
            let (kind, length) = (header("Content-Type"), header("Content-Length"));
            let body = String::from_utf8_lossy(request.body());
            format!("{} {} {kind} {length} {body}", request.method(), request.uri())
        }
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn requests_are_written_in_the_order_of_the_wire() {
    let caller = Caller::new();
    let form = "application/x-www-form-urlencoded";
    let plain = Config::new();
    assert_eq!(
        written(&LIGHT, &light(), &caller.context(&plain)),
        // Nested names have the separator of the vendor's query strings.
        format!(
            "POST {ENDPOINT}/rpc {form} 82 \
             v=2&cmd=light&user=ch%26k&password=hunter+2&site_name=x&app=app+1&fmt=json&rid=r-1"
        )
    );
    assert_eq!(
        written(&SHOW, &Show { lamp: 7 }, &caller.context(&plain)),
        format!("GET {ENDPOINT}/rpc?v=2&cmd=show&lamp=7&app=app+1&fmt=json&rid=r-1 - - ")
    );

    // The signature covers the parameters in descending order and is in its own place.
    let base = "/rpc\nGET\nv=2&token=to%2Bk%2Fen%3D&rid=r-1&fmt=xml&cmd=douse&app=app%201";
    let signature = TextEncoding::Hex.encode(&HMAC_SHA256.of(Some(b"key-hunter2"), base.as_bytes()));
    let get = Config::new().with_method(Method::GET).with_format(Format::Xml);
    assert_eq!(
        written(&DOUSE, &Douse::default(), &caller.context(&get)),
        format!(
            "GET {ENDPOINT}/rpc?v=2&cmd=douse&app=app+1&fmt=xml&token=to%2Bk%2Fen%3D&sig={signature}&rid=r-1 - - "
        )
    );
    let callback = Config::new().with_callback("app.$show");
    let jsonp = written(&DOUSE, &Douse { why: Some(String::new()) }, &caller.context(&callback));
    assert!(jsonp.starts_with("POST "), "POST keeps secrets out of URLs: {jsonp}");
    assert!(jsonp.contains("&why=&app=app+1&fmt=json&cb=app.%24show&token="), "{jsonp}");
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let caller = Caller::new();
    let usual = Config::new();
    let context = || caller.context(&usual);
    let empty = [Secret::from("")];
    let keyed = |fields| {
        let session = context().session.map(|session| SessionContext { fields, ..session });
        CallContext { session, ..context() }
    };
    let offered = |settings: &Config| written(&SHOW, &Show { lamp: 1 }, &caller.context(settings));
    let long = Douse { why: Some("x".repeat(70_000)) };
    let get = Config::new().with_method(Method::GET);
    for (written, error) in [
        (offered(&Config::new().with_format(Format::Query)), "FormatNotOffered"),
        (offered(&Config::new().with_method(Method::POST)), "MethodNotOffered"),
        (offered(&Config::new().with_callback("alert(1)//")), "InvalidCallback"),
        (offered(&Config::new().with_callback("")), "InvalidCallback"),
        (offered(&Config::new().with_callback("a..b")), "InvalidCallback"),
        (offered(&Config::new().with_callback(&"a".repeat(101))), "InvalidCallback"),
        (written(&DOUSE, &Douse::default(), &keyed(&[])), "NoKey"),
        (written(&DOUSE, &Douse::default(), &keyed(&empty)), "NoKey"),
        (written(&DOUSE, &Douse::default(), &CallContext { session: None, ..context() }), "NoSession"),
        (written(&DOUSE, &long, &caller.context(&get)), "TooLong"),
    ] {
        assert!(written.starts_with(error), "{error}: {written}");
    }
    assert!(written(&DOUSE, &long, &context()).starts_with("POST "), "a form has no such limit");
}

/// What a page that was not seen whole may take as well.
#[derive(Clone, Debug, Default, PartialEq, Wire)]
struct Partly {
    why: Option<String>,
    tags: Vec<String>,
    #[wire(rest)]
    more: Document,
}

/// A parameter that is given by name is sent as it is, and never beside one of the same name.
#[test]
fn further_parameters_are_not_sent_twice() {
    let (caller, settings) = (Caller::new(), Config::new().with_method(Method::GET));
    let further = |name: &str| Partly { more: Document::new().with(name, "x"), ..Partly::default() };
    let sent = |own: &Partly| written(&DOUSE, own, &caller.context(&settings));
    for name in ["v", "cmd", "app", "fmt", "token", "sig", "rid"] {
        assert_eq!(sent(&further(name)), format!("AlreadyThere {{ parameter: {name:?} }}"));
    }
    let own = Partly { why: Some("w".into()), tags: vec!["t".into()], ..further("why") };
    assert_eq!(sent(&own), r#"AlreadyThere { parameter: "why" }"#);
    let own = Partly { tags: vec!["t".into()], ..further("tags") };
    assert_eq!(sent(&own), r#"AlreadyThere { parameter: "tags" }"#);
    let error = write_request(&DOUSE, &own, &caller.context(&settings)).expect_err("it would be there twice");
    assert_eq!(
        error.to_string(),
        "the request was not sent: `tags` is given by name, and the request carries a parameter of that name"
    );

    // What is not there otherwise is sent, by any name, and as often as it is given.
    for name in ["why", "cb", "z", "a_b", "a.b"] {
        assert!(sent(&further(name)).contains(&format!("&{name}=x&")), "{name}");
    }
    let twice = Partly { more: Document::new().with("z", "1").with("z", "2"), ..Partly::default() };
    assert!(sent(&twice).contains("&z=1&z=2&"));
}

/// The headers of a request by name, and its target.
fn with_headers(settings: &Config, further: &Additions) -> Result<(String, Vec<String>), RequestError> {
    let caller = Caller::new();
    let context = caller.context(settings);
    let context = CallContext { additions: [context.additions[0], further], ..context };
    let request = write_request(&SHOW, &Show { lamp: 7 }, &context)?;
    let headers = request.headers().iter();
    let mut headers: Vec<String> =
        headers.map(|(name, value)| format!("{name}: {}", value.to_str().expect("a text"))).collect();
    headers.sort();
    Ok((request.uri().query().expect("there is one").to_owned(), headers))
}

/// What a caller adds for the client is on every call, and what is added for a call takes the place of what has its name.
#[test]
fn headers_and_parameters_of_the_caller() {
    let text = HeaderValue::from_static;
    let settings = Config::new()
        .with_header(header::USER_AGENT, text("lanterns/1"))
        .with_header(header::USER_AGENT, text("lanterns/2"))
        .with_header(header::ACCEPT_LANGUAGE, text("no"))
        .with_parameter("maxlag", "5")
        .with_parameter("a&b", "1")
        .with_parameter("a&b", "2");
    let (target, headers) = with_headers(&settings, &Additions::new()).expect("it is written");
    assert_eq!(target, "v=2&cmd=show&lamp=7&maxlag=5&a%26b=1&a%26b=2&app=app+1&fmt=json&rid=r-1");
    assert_eq!(headers, ["accept-language: no", "user-agent: lanterns/2"]);

    let mut further = Additions::new();
    further.set_header(header::USER_AGENT, text("one call"));
    further.add_parameter("a&b", "3");
    let (target, headers) = with_headers(&settings, &further).expect("it is written");
    assert_eq!(target, "v=2&cmd=show&lamp=7&maxlag=5&a%26b=3&app=app+1&fmt=json&rid=r-1");
    assert_eq!(headers, ["accept-language: no", "user-agent: one call"]);

    // Nothing shows what they are.
    let shown = format!("{settings:?} {further:?}");
    assert!(!shown.contains("lanterns") && !shown.contains("one call"), "{shown}");
    assert!(shown.contains("user-agent") && shown.contains("maxlag"), "{shown}");
}

/// Nothing is sent twice, and nothing that says otherwise than the message is.
#[test]
fn additions_that_are_there_already() {
    let error =
        |settings: Config| with_headers(&settings, &Additions::new()).expect_err("it is refused").to_string();
    for name in ["v", "cmd", "app", "fmt", "rid", "lamp"] {
        assert_eq!(
            error(Config::new().with_parameter(name, "x")),
            format!(
                "the request was not sent: `{name}` is given by name, and the request carries a parameter of that name"
            )
        );
    }
    for name in [header::HOST, header::CONTENT_LENGTH, header::CONTENT_TYPE, header::TRANSFER_ENCODING] {
        assert_eq!(
            error(Config::new().with_header(name.clone(), HeaderValue::from_static("1"))),
            format!(
                "the request was not sent: the header `{name}` belongs to the message itself, and cannot be added"
            )
        );
    }
}

/// The signature covers what was added to the parameters.
#[test]
fn what_is_added_is_signed() {
    let caller = Caller::new();
    let settings =
        Config::new().with_method(Method::GET).with_format(Format::Xml).with_parameter("zoom", "4 x");
    let base = "/rpc\nGET\nzoom=4%20x&v=2&token=to%2Bk%2Fen%3D&rid=r-1&fmt=xml&cmd=douse&app=app%201";
    let signature = TextEncoding::Hex.encode(&HMAC_SHA256.of(Some(b"key-hunter2"), base.as_bytes()));
    let written = written(&DOUSE, &Douse::default(), &caller.context(&settings));
    assert!(written.contains(&format!("&sig={signature}&")), "{written}");
}

#[test]
fn a_signed_operation_without_a_recipe_is_not_sent() {
    static UNSIGNED: Protocol = Protocol {
        charset: None,
        title: "",
        endpoint: ENDPOINT,
        formats: PROTOCOL_FORMATS,
        parameters: crate::support::PARAMETERS,
        code_header: None,
        computation: None,
    };
    const PROTOCOL_FORMATS: &[wirewright::describe::FormatDescription] = crate::support::FORMATS;
    static OPERATION: Operation = Operation {
        name: "lamp/douse",
        wire_name: "douse",
        endpoint: None,
        path: "/rpc",
        protocol: &UNSIGNED,
        methods: &[wirewright::describe::MethodDescription {
            method: Method::GET,
            placement: wirewright::describe::Placement::Query,
        }],
        formats: &[Format::Json],
        sessions: &[&crate::support::SESSION],
        sessionless: false,
        signed: true,
        signature_optional: false,
        prefers_get: false,
        secure: false,
        repeatable: false,
        content: Content::Parameters,
        filled: &[],
        placed: &[],
        ..Operation::new(&UNSIGNED)
    };
    let (caller, settings) = (Caller::new(), Config::new());
    let refused = write_request(&OPERATION, &Douse::default(), &caller.context(&settings));
    assert!(matches!(refused, Err(RequestError::NoKey { operation: "lamp/douse", .. })), "{refused:?}");
    // The server side does not let it pass either, whatever the key and the signature are.
    let request = http::Request::get("/rpc?v=2&cmd=douse&app=a&fmt=json&token=t&sig=").body(Vec::new());
    let request = request.expect("the parts make a request");
    let incoming = wirewright::server::receive(&[&OPERATION], ENDPOINT, &request, &wirewright::Limits::new());
    let incoming = incoming.expect("the request is understood");
    assert!(
        incoming.verify(&crate::support::under(&["key"])).is_err()
            && incoming.verify(&crate::support::under(&[""])).is_err()
    );
}

#[test]
fn endpoints() {
    let caller = Caller::new();
    // Where a call over TLS only goes, and where any call goes; `None` is refused.
    for (endpoint, secure, any) in [
        ("https://api.example", Some("https://api.example/rpc"), Some("https://api.example/rpc")),
        ("https://api.example/", Some("https://api.example/rpc"), Some("https://api.example/rpc")),
        (
            "HTTPS://Api.Example:8443",
            Some("https://Api.Example:8443/rpc"),
            Some("https://Api.Example:8443/rpc"),
        ),
        ("http://api.example", None, Some("http://api.example/rpc")),
        ("http://127.0.0.1:8080/", Some("http://127.0.0.1:8080/rpc"), Some("http://127.0.0.1:8080/rpc")),
        ("http://[::1]:8080", Some("http://[::1]:8080/rpc"), Some("http://[::1]:8080/rpc")),
        ("http://[2001:db8::1]", None, Some("http://[2001:db8::1]/rpc")),
        ("http://localhost:1", Some("http://localhost:1/rpc"), Some("http://localhost:1/rpc")),
        ("http://localhost.example", None, Some("http://localhost.example/rpc")),
        ("http://127.0.0.1.example", None, Some("http://127.0.0.1.example/rpc")),
        ("https://user:hunter2@api.example", None, None),
        // A path is in front of the operation's, as for a server behind a proxy.
        (
            "https://api.example/path",
            Some("https://api.example/path/rpc"),
            Some("https://api.example/path/rpc"),
        ),
        ("http://127.0.0.1:1/w/x/", Some("http://127.0.0.1:1/w/x/rpc"), Some("http://127.0.0.1:1/w/x/rpc")),
        ("https://api.example/path?x=1", None, None),
        ("https://api.example/path/../up", None, None),
        // RFC 3986, section 3.3: what is not ASCII is escaped, and a brace is no sign of a path.
        ("https://api.example/\u{e9}", None, None),
        ("https://api.example/{x}", None, None),
        ("https://api.example/%zz", None, None),
        ("https://api.\u{e9}xample", None, None),
        ("https://{x}.example", None, None),
        ("https://api.example/./path", None, None),
        ("https://api.example//path", None, None),
        ("https://user:hunter2@api.example/path", None, None),
        ("https://api.example?x=1", None, None),
        ("https://api.example#here", None, None),
        ("https://api.example:99999", None, None),
        ("https://api.example:port", None, None),
        ("https://:443", None, None),
        ("ftp://api.example", None, None),
        ("api.example", None, None),
        ("//api.example", None, None),
        ("https://api.example\r\nX: y", None, None),
        ("", None, None),
    ] {
        let settings = Config::new().with_endpoint(endpoint);
        let url = |operation, own: &dyn Record| {
            let request = write_request(operation, own, &caller.context(&settings)).ok()?;
            request.uri().to_string().split('?').next().map(str::to_owned)
        };
        assert_eq!(url(&LIGHT, &light()).as_deref(), secure, "{endpoint}, TLS only");
        assert_eq!(url(&SHOW, &Show { lamp: 1 }).as_deref(), any, "{endpoint}");
    }
    assert_eq!(PROTOCOL.endpoint, ENDPOINT);
    let shown = format!("{:?}", Config::new().with_endpoint("https://api.example/hunter2"));
    assert!(shown.contains("https://api.example/…") && !shown.contains("hunter2"), "{shown}");
}
