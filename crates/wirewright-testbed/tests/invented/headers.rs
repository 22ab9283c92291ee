//! An operation's own parameters in headers and cookies, from a client to a server.

use harbour::{ClientParameters, berth::Take, server::OPERATIONS};
use http::{HeaderValue, Request, header};
use wirewright::exchange;
use wirewright::server;
use wirewright::{
    Limits,
    client::Config,
    exchange::{CallContext, Request as _, RequestError},
};

const ORIGIN: &str = "https://{quay}.harbour.example";

fn written(known_as: &str) -> Result<Request<Vec<u8>>, RequestError> {
    let mut request = Take::new("Ada");
    request.known_as = Some(known_as.to_owned());
    request.anchors = vec![3, 4];
    request.x_arrival = Some(12);
    let client = ClientParameters::new("north", "key");
    let settings = Config::new();
    exchange::write_request(Take::OPERATION, &request, &CallContext { client: &client, ..settings.context() })
}

fn read(request: &Request<Vec<u8>>) -> Result<Take, String> {
    let incoming = server::receive(&OPERATIONS, ORIGIN, request, &Limits::new());
    let incoming = incoming.map_err(|(refused, _)| refused.to_string())?;
    incoming.read_request().map_err(|refused| refused.to_string())
}

#[test]
fn own_parameters_go_in_headers_and_come_out() {
    let request = written("Ada II").expect("it can be sent");
    let headers = request.headers();
    assert_eq!(headers["If-Match"], "Ada II");
    assert!(headers["If-Match"].is_sensitive());
    assert_eq!(headers["X-Arrival"], "at 12");
    assert_eq!(headers[header::COOKIE], "anchors=3.4");
    let sent = String::from_utf8_lossy(request.body());
    assert!(!sent.contains("anchors") && !sent.contains("Arrival") && !sent.contains("Match"), "{sent}");
    let read = read(&request).expect("it is read");
    assert_eq!(
        (read.known_as.as_deref(), read.x_arrival, read.anchors),
        (Some("Ada II"), Some(12), vec![3, 4])
    );
}

#[test]
fn nothing_is_injected() {
    for known_as in ["a\r\nX-Evil: 1", "a\nb", " a", "\u{e9}"] {
        let error = written(known_as).expect_err(known_as);
        assert!(matches!(error, RequestError::NotInHeader { parameter: "If-Match" }), "{error}");
    }
}

/// What has a header's name and is no header is left out; a header that is required is missed, and one that comes twice is refused.
#[test]
fn a_server_reads_headers_and_nothing_else() {
    let mut request = written("Ada II").expect("it can be sent");
    request.headers_mut().remove("If-Match");
    request.body_mut().extend_from_slice(b"&If-Match=Eve");
    assert_eq!(read(&request).expect("it is read").known_as, None);

    let mut twice = written("Ada II").expect("it can be sent");
    twice.headers_mut().append("If-Match", HeaderValue::from_static("Eve"));
    assert!(read(&twice).is_err_and(|refused| refused.contains("If-Match")));

    let mut without = written("Ada II").expect("it can be sent");
    without.headers_mut().remove("X-Arrival");
    without.body_mut().extend_from_slice(b"&X-Arrival=at+12");
    assert!(read(&without).is_err_and(|refused| refused.contains("X-Arrival")));
}

type Refused = <harbour::slip::Look as wirewright::exchange::Request>::FailedEnvelope;

/// What is in the path is in nothing else, and cannot become another path.
#[test]
fn parameters_go_in_the_path_and_come_out() {
    use harbour::slip::{Launch, Lay};
    let written = |slip: &str| {
        let mut lay = Lay::new(slip, "Ada");
        lay.notes.insert("crew".into(), "7".into());
        lay.notes.insert("X.y".into(), "a b".into());
        let (client, settings) = (ClientParameters::new("north", "key"), Config::new());
        exchange::write_request(Lay::OPERATION, &lay, &CallContext { client: &client, ..settings.context() })
    };
    for (slip, path) in [
        ("b-7", "/slips/b-7/ship"),
        ("a/b?c#d%2F", "/slips/a%2Fb%3Fc%23d%252F/ship"),
        ("\u{e9} +", "/slips/%C3%A9%20%2B/ship"),
        ("...", "/slips/.../ship"),
    ] {
        let request = written(slip).expect("it can be sent");
        assert_eq!((request.method().as_str(), request.uri().path()), ("PUT", path));
        assert_eq!(request.uri().query(), Some("f=json&ship=Ada"));
        assert_eq!(request.headers()["x-note-crew"], "7");
        let incoming = server::receive(&OPERATIONS, ORIGIN, &request, &Limits::new());
        let incoming = incoming.unwrap_or_else(|(refused, _)| panic!("{refused}"));
        let read: Lay = incoming.read_request().unwrap_or_else(|refused| panic!("{refused}"));
        assert_eq!(read.slip, slip);
        let notes: Vec<_> = read.notes.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(notes, [("crew", "7"), ("x.y", "a b")]);
    }
    for slip in ["", ".", ".."] {
        let error = written(slip).expect_err(slip);
        assert!(matches!(error, RequestError::NotInPath { parameter: "slip" }), "{error}");
    }
    // Which operation a path and a method are of; one that is as it is takes precedence.
    for (method, path, expected) in [
        ("GET", "/slips/b-7/ship", "slip/look"),
        ("GET", "/slips/all/ship", "slip/all"),
        ("DELETE", "/slips/all/ship/7", "slip/launch"),
        ("DELETE", "/slips/a%2Fb/ship/7/", "slip/launch"),
        ("POST", "/slips/b-7/ship", "405"),
        ("GET", "/slips//ship", "404"),
        ("GET", "/slips/../ship", "404"),
        ("GET", "/slips/%FF/ship", "404"),
        ("GET", "/slips/a/b/ship", "404"),
    ] {
        let name = match expected {
            "slip/all" => "all",
            "slip/launch" => "launch",
            _ => "look",
        };
        let request =
            Request::builder().method(method).uri(format!("https://north.harbour.example{path}?f=xml"));
        let request = request.header("X-Action", format!("harbour#{name}")).header("X-Version", "1.2 beta");
        let request = request.body(Vec::new()).expect("it is a request");
        let found = match server::receive(&OPERATIONS, ORIGIN, &request, &Limits::new()) {
            Ok(incoming) => incoming.operation().name.to_owned(),
            Err((_, incoming)) => {
                let incoming = incoming.expect("the vendor has operations");
                let failure = harbour::Failure::new(harbour::ErrorCode::Unknown);
                let response = wirewright::generated::write_failure::<Refused>(&incoming, failure);
                response.status().as_u16().to_string()
            }
        };
        assert_eq!(found, expected, "{method} {path}");
    }
    assert!(Launch::new(7, "b").part == 7);
}
