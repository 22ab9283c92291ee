//! Replies whose roots have the operation's name in them, and refusals under a root of their own.

use harbour::berth::Take;
use quay::{ErrorCode, rope::Loosen};
use wirewright::{
    Format, Limits,
    exchange::{Error, Failure as _, Request, read_reply},
};

/// What becomes of a body.
fn outcome<R: Request>(body: &str) -> String {
    let response = http::Response::new(body.as_bytes().to_vec());
    match read_reply::<R>(response, Format::Xml, &Limits::new()) {
        Ok(_) => "answered".to_owned(),
        Err(Error::Vendor(error)) => format!("refused, {:?}", error.failure.code()),
        Err(Error::Http(error)) => format!("no reply: {}", error.reason),
        Err(error) => error.to_string(),
    }
}

/// Nothing in an answer to `Loosen` but the number of the call is promised, and there is no status: the root tells.
#[test]
fn without_a_status_the_root_tells_a_reply() {
    let refused = format!("refused, {:?}", ErrorCode::Frayed);
    let foreign = "no reply: the body has another root than a reply, and no status";
    let unspecified = "refused, Unspecified";
    let answered = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>";
    let cases = [
        (format!("<LoosenResponse xmlns='urn:any'>{answered}</LoosenResponse>"), "answered"),
        (
            format!("<?xml version='1.0'?><!-- x --><q:LoosenResponse>{answered}</q:LoosenResponse>"),
            "answered",
        ),
        (format!("<Gateway>{answered}</Gateway>"), foreign),
        ("<ErrorResponse><Error><Code>Frayed</Code></Error></ErrorResponse>".to_owned(), &refused),
        ("<LoosenResponse><Error><Code>Frayed</Code></Error></LoosenResponse>".to_owned(), &refused),
        (r#"{"Response":{"ResponseMetadata":{"RequestId":"r-1"}}}"#.to_owned(), "answered"),
        (r#"{"Gateway":{"ResponseMetadata":{"RequestId":"r-1"}}}"#.to_owned(), foreign),
        (r#"{"ResponseMetadata":{"RequestId":"r-1"}}"#.to_owned(), foreign),
        (r#"{"Response":{"Error":{"Code":"Frayed"}}}"#.to_owned(), &refused),
        (r#"{"Fault":{"Error":{"Code":"Frayed"}}}"#.to_owned(), &refused),
        // What happened in words, and no code.
        ("<ErrorResponse><Error><Message>x</Message></Error></ErrorResponse>".to_owned(), unspecified),
        (
            format!("<LoosenResponse><Error><Message>x</Message></Error>{answered}</LoosenResponse>"),
            unspecified,
        ),
        (r#"{"Response":{"Error":{"Message":"x"}}}"#.to_owned(), unspecified),
    ];
    for (body, expected) in cases {
        assert_eq!(outcome::<Loosen>(&body), expected, "{body}");
    }
}

/// With a status, no root is required.
#[test]
fn a_refusal_is_one_under_any_root() {
    let reply = |root: &str, inside: &str| format!(r#"{{"{root}":{{{inside}}}}}"#);
    let good = r#""status":"ok","berth":{"id":"b-7"},"meta":{"operation":"/berth/take.do"}"#;
    let bad = r#""status":"failed","error":{"code":40}"#;
    let refused = format!("refused, {:?}", harbour::ErrorCode::Unknown);
    for (inside, expected) in [(good, "answered"), (bad, refused.as_str())] {
        for root in ["harbour-take", "harbour-fault", "harbour"] {
            let body = reply(root, inside);
            assert_eq!(outcome::<Take>(&body), expected, "{body}");
        }
    }
}
