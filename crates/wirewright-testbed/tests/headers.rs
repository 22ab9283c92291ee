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
