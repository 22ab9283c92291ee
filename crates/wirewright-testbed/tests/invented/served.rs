//! What a generated server takes of a request and says in a reply, where a definition has a word for it.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use http::{Request, Response, StatusCode, header};
use lighthouse::lamp::{Oil, OilReply, Trim};
use wirewright::{
    Format, Limits, Secret,
    client::Config,
    describe::ServerCondition,
    exchange::{
        CallContext, ErrorCode as _, Failure as _, Request as _, SessionContext, read_reply, write_request,
    },
    generated::{write_answer, write_failure},
    server::{Incoming, Rejection, Secrets, receive},
};

/// The envelope of a refused call.
type Refusal = <harbour::berth::Take as wirewright::exchange::Request>::FailedEnvelope;

fn get(url: &str) -> Request<Vec<u8>> {
    Request::builder().uri(url).body(Vec::new()).unwrap()
}

fn text(response: &Response<Vec<u8>>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

fn lighthouse(url: &str) -> Result<Incoming, (Rejection, Option<Box<Incoming>>)> {
    receive(&lighthouse::server::OPERATIONS, "https://lighthouse.example", &get(url), &Limits::new())
}

/// The status of a success is the operation's, and with 204 there is no body: the client reads both.
#[test]
fn a_success_has_the_operation_s_status() {
    for (format, name) in [(Format::Json, "json"), (Format::Xml, "xml")] {
        let trimmed = lighthouse(&format!("/lamp/trim?at=n&v=2&as={name}&watch=w&seal=s")).unwrap();
        let response = write_answer::<<Trim as wirewright::exchange::Request>::Envelope>(
            &trimmed,
            lighthouse::Answer::new(wirewright::exchange::Nothing::default()),
        );
        assert_eq!((response.status(), text(&response)), (StatusCode::NO_CONTENT, ""));
        assert!(!response.headers().contains_key(header::CONTENT_TYPE));
        read_reply::<Trim>(response, format, &Limits::new()).unwrap();

        let ordered = lighthouse(&format!("/lamp/oil?at=n&v=2&as={name}&gallons=40")).unwrap();
        let mut reply = OilReply::default();
        reply.ship = Some("Sunbeam".to_owned());
        let response = write_answer::<<Oil as wirewright::exchange::Request>::Envelope>(
            &ordered,
            lighthouse::Answer::new(reply),
        );
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        let answer = read_reply::<Oil>(response, format, &Limits::new()).unwrap();
        assert_eq!(answer.data.ship.as_deref(), Some("Sunbeam"));

        // A refusal has nothing of it.
        let failure = lighthouse::Failure::new(lighthouse::ErrorCode::Stranger);
        let response =
            write_failure::<<Trim as wirewright::exchange::Request>::FailedEnvelope>(&trimmed, failure);
        assert_eq!(response.status(), StatusCode::OK);
        assert!(read_reply::<Trim>(response, format, &Limits::new()).is_err());
    }
}

/// A number out of its range is refused on the server, and read by a client.
#[test]
fn a_range_binds_callers() {
    for (gallons, taken) in [("1", true), ("500", true), ("0", false), ("501", false), ("-1", false)] {
        let incoming = lighthouse(&format!("/lamp/oil?at=n&v=2&as=json&gallons={gallons}")).unwrap();
        let read = incoming.read_request::<Oil>();
        assert_eq!(read.is_ok(), taken, "{gallons}: {read:?}");
        if let Err(refused) = read {
            assert_eq!(
                (refused.condition, refused.parameter.as_deref()),
                (ServerCondition::ParameterInvalid, Some("gallons"))
            );
        }
    }
    let client: Oil = wirewright::query::from_str("gallons=501").unwrap();
    assert_eq!(client.gallons, 501);
}

/// What requests always say tells operations at one path apart, and the one that says more is meant where both could be.
#[test]
fn constants_tell_operations_apart() {
    for (parameters, expected) in [
        ("m%26de=1+%3D+one", "replies/mode-one"),
        ("m%26de=1+%3D+one&a=b", "replies/mode-one"),
        ("two=&m%26de=1+%3D+one", "replies/mode-two"),
        ("m%26de=1+%3D+one&two=2", "replies/mode-one"),
        ("m%26de=2&two=", "OperationUnknown m&de"),
        ("", "OperationUnknown m&de"),
    ] {
        let url = format!("/replies/mode?type=mode&dev-id=d&match=m&{parameters}");
        let received =
            receive(&course::server::OPERATIONS, "https://course.example", &get(&url), &Limits::new());
        let found = match received {
            Ok(incoming) => incoming.operation().name.to_owned(),
            Err((refused, _)) => format!("{:?} {}", refused.condition, refused.parameter.unwrap_or_default()),
        };
        assert_eq!(found, expected, "{parameters}");
    }
}

fn course(parameters: &str) -> String {
    let url = format!("/call/is_there?type=is_there&dev-id=d&match=m{parameters}");
    let origin = "https://course.example";
    match receive(&course::server::OPERATIONS, origin, &get(&url), &Limits::new()) {
        Ok(incoming) => incoming.format().to_string(),
        Err((refused, _)) => format!("{:?} {}", refused.condition, refused.parameter.unwrap_or_default()),
    }
}

/// What a page lets a caller leave out may be left out, and a constant of another version is taken where the page says so.
#[test]
fn defaults_and_other_constants_are_taken() {
    for (parameters, expected) in [
        ("&v=1+%26+2&fmt=json", "JSON"),
        ("&v=1&fmt=x%3Cm%3El", "XML"),
        ("&v=2&fmt=q%26s", "query string"),
        ("&fmt=json", "JSON"),
        ("", "query string"),
        ("&v=1", "query string"),
        ("&v=3&fmt=json", "ParameterInvalid v"),
        ("&v=&fmt=json", "ParameterInvalid v"),
        ("&fmt=", "ParameterInvalid fmt"),
        ("&fmt=amf", "ParameterInvalid fmt"),
    ] {
        assert_eq!(course(parameters), expected, "{parameters}");
    }
    // Where it does not say so, neither is.
    let required =
        |url: &str| lighthouse(url).map_err(|(refused, _)| refused.to_string()).map(drop).unwrap_err();
    assert!(required("/lamp/oil?at=n&as=json&gallons=40").contains("missing (v)"));
    assert!(required("/lamp/oil?at=n&v=3&as=json&gallons=40").contains("(v)"));
    assert!(required("/lamp/oil?at=n&v=2&gallons=40").contains("missing (as)"));
}

/// The operation is echoed by its name, also one that nobody knows; or by its path.
#[test]
fn the_operation_is_echoed_as_the_vendor_echoes_it() {
    let refused = |url: &str| {
        let origin = "https://course.example";
        let (rejection, incoming) =
            receive(&course::server::OPERATIONS, origin, &get(url), &Limits::new()).unwrap_err();
        let response = write_failure::<
            <course::call::IsThere as wirewright::exchange::Request>::FailedEnvelope,
        >(&incoming.unwrap(), rejection.failure());
        text(&response).to_owned()
    };
    let known = refused("/call/is_there?type=is_there&dev-id=d&match=m&fmt=json&v=9");
    assert!(known.contains(r#""mod":"is_there""#), "{known}");
    let unknown = refused("/call/is_there?type=was_there&fmt=json");
    assert!(unknown.contains(r#""mod":"was_there""#), "{unknown}");
    // XML has no such characters, and no other format has them in a name.
    for (format, char) in [("xml", "%12"), ("xml", "%EF%BF%BF"), ("xml", "%0A"), ("json", "%0D")] {
        let unwritable = refused(&format!("/call/is_there?type=was{char}there&fmt={format}"));
        assert!(unwritable.contains("was\u{FFFD}there"), "{char}: {unwritable}");
    }
    let nowhere = refused("/nowhere?type=was_there&fmt=json");
    assert!(nowhere.contains(r#""mod":"was_there""#), "{nowhere}");

    let (rejection, incoming) = receive(
        &harbour::server::OPERATIONS,
        "https://north.harbour.example",
        &get("/berth/sink.do?f=json"),
        &Limits::new(),
    )
    .unwrap_err();
    let response = write_failure::<Refusal>(&incoming.unwrap(), rejection.failure());
    let body = text(&response);
    assert!(body.contains(r#""operation":"/berth/sink.do""#), "{body}");
    // What the server says of itself is in a refusal too.
    assert!(body.contains(r#""version":"1.2 beta""#), "{body}");
}

/// What is in a prefix is filled in on the way out, and compared on the way in.
#[test]
fn a_prefix_has_other_parameters_in_it() {
    let client = harbour::ClientParameters::new("north", "key");
    let session: harbour::SessionParameters = wirewright::query::from_str("Authorization=t&mark=m").unwrap();
    let fields = [Secret::from("k")];
    let settings = Config::new();
    let context = CallContext {
        client: &client,
        session: Some(SessionContext { kind: &harbour::SESSION, parameters: &session, fields: &fields }),
        ..settings.context()
    };
    let free = harbour::berth::Free::new("b-7");
    let sent = write_request(harbour::berth::Free::OPERATION, &free, &context).unwrap();
    let seal = sent.headers()["X-Seal"].to_str().unwrap().to_owned();
    assert!(seal.starts_with("Seal north:"), "{seal}");
    let received = |seal: String| {
        let mut request = sent.clone();
        request.headers_mut().insert("X-Seal", seal.parse().unwrap());
        let origin = "https://{quay}.harbour.example";
        let incoming = receive(&harbour::server::OPERATIONS, origin, &request, &Limits::new());
        incoming
            .map_err(|(refused, _)| refused)
            .and_then(|incoming| incoming.verify(&Secrets::none().of_session(&harbour::SESSION, &["k"])))
            .map_err(|refused| refused.condition)
    };
    assert_eq!(received(seal.clone()), Ok(()));
    assert_eq!(received(seal.replace("north", "south")), Err(ServerCondition::ParameterInvalid));
    assert_eq!(received(seal.replace("Seal north:", "")), Err(ServerCondition::ParameterInvalid));
    // Without what is to be filled in nothing is sent.
    let nameless = harbour::ClientParameters::new("", "key");
    let context = CallContext { client: &nameless, ..context };
    assert!(write_request(harbour::berth::Free::OPERATION, &free, &context).is_err());
}

/// A code that stands for something else does not tell that.
#[test]
fn a_stand_in_says_what_happened() {
    let told = |condition, parameter: Option<&str>| {
        let mut rejection = Rejection::new(condition);
        rejection.parameter = parameter.map(str::to_owned);
        let failure: lighthouse::Failure = rejection.failure();
        (failure.code.as_wire().unwrap().into_owned(), failure.message().unwrap_or_default().to_owned())
    };
    assert_eq!(
        told(ServerCondition::ParameterMissing, Some("station")),
        ("10".to_owned(), "station is missing or wrong".to_owned())
    );
    assert_eq!(
        told(ServerCondition::ParameterMissing, None),
        ("10".to_owned(), "is missing or wrong".to_owned())
    );
    assert_eq!(
        told(ServerCondition::OperationUnknown, None),
        ("10".to_owned(), "no operation has this path or name".to_owned())
    );
    assert_eq!(
        told(ServerCondition::MethodNotAllowed, Some("x")),
        ("10".to_owned(), "the operation is not offered by this HTTP method: x".to_owned())
    );
}
