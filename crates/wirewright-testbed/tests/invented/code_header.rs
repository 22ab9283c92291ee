//! The code of a refusal in a header of the reply, which tells where the body does not, and the code that is deep inside of an error.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use http::{Request, Response};
use quay::{
    Answer, Client, ErrorCode, Failure,
    rope::Loosen,
    server::{Received, Server, Service},
};
use std::sync::{Arc, Mutex};
use wirewright::{
    Format, Limits,
    client::{TransportError, blocking::Transport},
    exchange::{Error, Failure as _, Nothing, read_reply},
    generated::{self, Envelope as _},
    to_string,
};

/// What becomes of a response with this status, the header with the code, and a body.
fn outcome(status: u16, header: Option<&str>, body: &str) -> String {
    let mut response = http::Response::builder().status(status);
    if let Some(code) = header {
        response = response.header("X-Quay-Error", code);
    }
    let response = response.body(body.as_bytes().to_vec()).unwrap();
    match read_reply::<Loosen>(response, Format::Xml, &Limits::new()) {
        Ok(_) => "answered".to_owned(),
        Err(Error::Vendor(error)) => format!("{:?}", error.failure.code()),
        Err(Error::Http(error)) => format!("no reply: {}", error.reason),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_header_tells_what_no_body_does() {
    let answer =
        "<LoosenResponse><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></LoosenResponse>";
    let fault = "<ErrorResponse><Error><Code>Missing</Code></Error></ErrorResponse>";
    let cases = [
        (400, Some("Frayed"), "", "Frayed"),
        (404, Some("Frayed"), "", "Frayed"),
        (404, Some(" Frayed "), "<html>gone</html>", "Frayed"),
        (200, Some("Frayed"), "", "Frayed"),
        (200, Some("Frayed"), answer, "Frayed"),
        (500, Some("of another version"), "", "Other(\"of another version\")"),
        // What the body tells counts first.
        (400, Some("Frayed"), fault, "Missing"),
        // Without it, and where it says nothing, HTTP tells.
        (404, None, "", "NoSuchRope"),
        (404, Some(" "), "", "NoSuchRope"),
        (500, None, "", "no reply: the body is empty"),
        (200, None, answer, "answered"),
    ];
    for (status, header, body, expected) in cases {
        assert_eq!(outcome(status, header, body), expected, "{status} {header:?} {body}");
    }
}

struct Quay;

impl Service for Quay {
    async fn loosen(&self, _: Received<Loosen>) -> Result<Answer<Nothing>, Failure> {
        Err(Failure::new(ErrorCode::Frayed))
    }
}

/// A transport that keeps the header with the code of each response.
#[derive(Clone)]
struct Line(Arc<Server<Quay>>, Arc<Mutex<Vec<Option<String>>>>);

impl Transport for Line {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let response = Transport::send(&&*self.0, request)?;
        let header = response.headers().get("x-quay-error");
        self.1.lock().unwrap().push(header.map(|code| code.to_str().unwrap().to_owned()));
        Ok(response)
    }
}

/// A server writes the header beside the body, and of a request that it refuses by itself too.
#[test]
fn a_server_writes_the_header() {
    let line = Line(Arc::new(Server::new(Quay, "https://quay.example")), Arc::default());
    let client = Client::new(line.clone());
    assert_eq!(client.loosen().send_blocking().unwrap_err().code(), Some(&ErrorCode::Frayed));
    assert!(client.fasten("x").send_blocking().is_err());
    assert_eq!(*line.1.lock().unwrap(), [Some("Frayed".to_owned()), Some("Invalid".to_owned())]);
}

/// What tells is two levels inside of an error, in the first of a list.
#[test]
fn what_tells_may_be_deep_inside() {
    let json = r#"{"the \"reply\"":{"loop":"Err","err":[{"at":1,"why":{"told":"x","deeper":[{"name":"first"},{"name":"second"}]}},{"at":2}]}}"#;
    let xml = "<réponse loop='Err'><err><e at='1'><why><told>x</told><deeper><the-name>first</the-name></deeper></why></e></err></réponse>";
    for (format, body) in [(Format::Json, json), (Format::Xml, xml)] {
        let read = read_reply::<course::replies::Heads>(Response::new(body.into()), format, &Limits::new());
        let Err(Error::Vendor(error)) = read else { panic!("{read:?}") };
        assert_eq!(error.failure.name.as_deref(), Some("first"), "{format:?}");
        // What was around it stays when the failure is told on, and is made where there was nothing.
        for (failure, inside) in [(error.failure.clone(), true), (bare("first"), false)] {
            let written = written(failure);
            let found = r#""deeper":[{"name":"first"}"#;
            assert!(written.contains(found) && written.contains(r#""told":"x""#) == inside, "{written}");
        }
    }
    assert!(!written(course::Failure::new(course::ErrorCode::Err)).contains("deeper"));
}

fn written(failure: course::Failure) -> String {
    type Refused = <course::replies::Heads as generated::Request>::FailedEnvelope;
    to_string(Format::Json, &Refused::refuse(failure, "/x")).unwrap()
}

fn bare(name: &str) -> course::Failure {
    let mut failure = course::Failure::new(course::ErrorCode::Err);
    failure.name = Some(name.to_owned());
    failure
}
