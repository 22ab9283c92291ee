//! What a vendor's refusal is found to be, whatever is around its code, and what a caller can do about it.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{borrow::Cow, fmt::Write as _};

use http::{Method, Response};
use wirewright::{
    Format, Limits,
    describe::Class,
    exchange::{Error, ErrorCode, Failure, Refusal, Request, read_reply},
    generated::Envelope as _,
    to_string,
};

fn reply(status: u16, body: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(body.as_bytes().to_vec());
    *response.status_mut() = status.try_into().unwrap();
    response
}

fn read<R: Request>(format: Format, status: u16, body: &str) -> Result<R::Answer, Error<R::Failure>> {
    read_reply::<R>(reply(status, body), format, &Limits::new())
}

/// The code and the message of a refusal, or what else it is.
fn told<R: Request>(format: Format, body: &str) -> String {
    match read::<R>(format, 200, body) {
        Ok(_) => "answer".to_owned(),
        Err(Error::Vendor(error)) => {
            let failure = &error.failure;
            let code = failure.code().as_wire().map_or_else(|| "none".to_owned(), Cow::into_owned);
            format!("{code} {}", Failure::message(failure).unwrap_or("-"))
        }
        Err(error) => error.to_string(),
    }
}

fn check<R: Request>(cases: &[(Format, &str, &str)]) {
    let mut wrong = String::new();
    for (format, body, expected) in cases {
        let got = told::<R>(*format, body);
        if got != *expected {
            let _ = writeln!(wrong, "{body}\n    {got}\n    {expected}");
        }
    }
    assert!(wrong.is_empty(), "body, what it is, what was expected:\n{wrong}");
}

use Format::{Json, Query, Xml};

/// The code is inside an element of its own, beside the status.
#[test]
fn nothing_around_a_code_loses_it() {
    let xml = |inside: &str| format!(r#"<harbour-response status="failed">{inside}</harbour-response>"#);
    let json = |inside: &str| format!(r#"{{"harbour-fault":{{"status":"failed",{inside}}}}}"#);
    let query = |inside: &str| format!("status=failed&{inside}");
    let cases = [
        // Of two errors the first, completed by what is of the same error.
        (Xml, xml(r#"<error code="40" message="a"/><error code="50" message="b"/>"#), "40 a"),
        (Xml, xml(r#"<error code="40"/><error message="b"/>"#), "40 b"),
        (Xml, xml(r#"<error message="b"/><error code="40"/>"#), "40 b"),
        (Xml, xml(r#"<error code="40"/><error code="50" message="b"/>"#), "40 -"),
        (Xml, xml(r#"<error/><error code="40"/>"#), "40 -"),
        (Xml, xml(r#"<error code="40"/><error/>"#), "40 -"),
        (Json, json(r#""error":{"code":40},"error":{"message":"b"}"#), "40 b"),
        (Json, json(r#""error":{"code":40,"message":"a"},"error":{"code":50,"message":"b"}"#), "40 a"),
        (Json, json(r#""error":[{"code":40,"message":"a"},{"code":50}]"#), "40 a"),
        (Json, json(r#""error":[{"message":"a"},{"code":40}]"#), "40 a"),
        (Json, json(r#""error":null,"error":{"code":40}"#), "40 -"),
        (Query, query("error.code=40&error.message=a&error.code=50"), "40 a"),
        (Query, query("error=oops&error.code=40"), "40 -"),
        // Something beside the code in another shape than was promised.
        (Xml, xml(r#"<error code="40"><helpUrl><a href="x"/></helpUrl></error>"#), "40 -"),
        (Xml, xml(r#"<error code="40" message="a"/><meta><seconds>soon</seconds></meta>"#), "40 a"),
        (Json, json(r#""error":{"code":40,"message":{"en":"a"}}"#), "40 -"),
        (Json, json(r#""error":{"code":40,"message":"a","helpUrl":["x"]}"#), "40 a"),
        (Json, json(r#""version":{"major":1},"error":{"code":40,"message":"a"}"#), "40 a"),
        (Json, json(r#""meta":"none","error":{"code":40,"message":"a"}"#), "40 a"),
        (Json, json(r#""meta":{"seconds":"soon"},"error":{"code":40,"message":"a"}"#), "40 a"),
        (Query, query("meta.seconds=soon&error.code=40&error.message=a"), "40 a"),
        (Query, query("version.major=1&error.code=40"), "40 -"),
        // The code itself.
        (Xml, xml(r#"<error code="forty" message="a"/>"#), "none a"),
        (Json, json(r#""error":{"code":"forty","message":"a"}"#), "none a"),
        (Json, json(r#""error":{"code":[40],"message":"a"}"#), "none a"),
        // In words, where an error with its members was promised.
        (Json, json(r#""error":"no such berth""#), "none no such berth"),
        (Json, json(r#""error":"""#), "none -"),
        (Json, json(r#""error":[{"code":"forty"},"no such berth"]"#), "none -"),
        (Json, json(r#""error":40"#), "none -"),
        (Xml, xml("<error>no such berth</error>"), "none no such berth"),
        (Query, query("error=no+such+berth"), "none no such berth"),
        (Query, query("error.code=forty&error.message=a"), "none a"),
        (Xml, xml(r#"<error code="forty"/><error code="40"/>"#), "40 -"),
        // All of it at once.
        (Json, json(r#""version":[],"meta":7,"error":[{"code":40,"message":{}}]"#), "40 -"),
    ];
    let cases: Vec<_> = cases.iter().map(|(format, body, told)| (*format, body.as_str(), *told)).collect();
    check::<harbour::berth::Take>(&cases);
}

/// In JSON an error may be beside the root that a reply would have.
#[test]
fn an_error_beside_the_root_is_one() {
    let ok = r#"{"status":"ok","berth":{"id":"b-7"},"meta":{"operation":"/berth/take.do"}}"#;
    check::<harbour::berth::Take>(&[
        (Json, r#"{"harbour-take":null,"status":"failed","error":{"code":40,"message":"a"}}"#, "40 a"),
        (Json, r#"{"status":"failed","error":{"code":40},"harbour-take":{}}"#, "40 -"),
        (Json, r#"{"harbour-take":{"status":"failed"},"error":{"code":40,"message":"a"}}"#, "40 a"),
        (Json, r#"{"harbour-fault":{"status":"failed"},"error":{"code":40,"message":"a"}}"#, "40 a"),
        (Json, r#"{"harbour-fault":{"status":"failed","error":{"code":40}},"x":1}"#, "40 -"),
        // What the root has counts more.
        (Json, r#"{"harbour-take":{"status":"failed","error":{"code":40}},"error":{"code":50}}"#, "40 -"),
        (Json, &format!(r#"{{"harbour-take":{ok},"status":"failed"}}"#), "answer"),
        (Json, &format!(r#"{{"harbour-take":{ok},"error":null}}"#), "answer"),
        (Json, &format!(r#"{{"id":1,"harbour-take":{ok}}}"#), "answer"),
    ]);
    let found = r#"{"ResponseMetadata":{"RequestId":"r-1"}}"#;
    check::<quay::rope::Loosen>(&[
        (Json, r#"{"Response":null,"Error":{"Code":"Frayed","Message":"a"}}"#, "Frayed a"),
        (Json, r#"{"Error":{"Code":"Frayed"},"Response":{}}"#, "Frayed -"),
        (Json, r#"{"Response":[],"Error":{"Code":"Frayed"}}"#, "Frayed -"),
        (Json, &format!(r#"{{"Response":{found},"Error":{{"Code":"Frayed"}}}}"#), "Frayed -"),
        (Json, r#"{"Response":null,"Error":"Service down"}"#, "none Service down"),
        (Json, &format!(r#"{{"Response":{found},"Error":null}}"#), "answer"),
        // Without a status, words are an error as well.
        (Json, r#"{"Response":{"Error":"Service down"}}"#, "none Service down"),
        (Json, r#"{"Error":"Service down"}"#, "none Service down"),
        (Xml, "<ErrorResponse><Error>Service down</Error></ErrorResponse>", "none Service down"),
        (
            Xml,
            "<LoosenResponse><Error><![CDATA[Service down]]></Error></LoosenResponse>",
            "none Service down",
        ),
    ]);
}

/// The status is the code, or there is no status at all.
#[test]
fn nothing_around_other_codes_loses_them() {
    check::<lighthouse::watch::Visit>(&[
        (Json, r#"{"state":"dark","fault":20,"words":{"a":1}}"#, "20 -"),
        (Json, r#"{"state":"dark","fault":20,"words":"a","ref":{}}"#, "20 a"),
        (Json, r#"{"state":"dark","fault":{"number":20},"words":"a"}"#, "none a"),
        (Json, r#"{"state":"dark","fault":20,"fault":30}"#, "20 -"),
        (Xml, "<lighthouse><state>dark</state><fault>20</fault><words><b>a</b></words></lighthouse>", "20 -"),
        (Xml, "<lighthouse><state>dark</state><fault>x</fault><fault>20</fault></lighthouse>", "20 -"),
        // What cannot be told is no success, and no refusal.
        (
            Json,
            r#"{"state":{"is":"dark"},"fault":20}"#,
            r#"the reply cannot be read: JSON, line 1, column 10, at state: expected text, near "{"state":{"is":"…"},"fault":…}""#,
        ),
    ]);
    check::<quay::rope::Fasten>(&[
        (Xml, "<ErrorResponse><Error><Code>Frayed</Code></Error><Error/></ErrorResponse>", "Frayed -"),
        (Xml, "<ErrorResponse><Error><Code> Frayed\n</Code></Error></ErrorResponse>", "Frayed -"),
        (Xml, "<ErrorResponse><Error/><Error><Code>Frayed</Code></Error></ErrorResponse>", "Frayed -"),
        (
            Xml,
            "<ErrorResponse><Error><Code>Frayed</Code></Error><Error><Code>Missing</Code></Error></ErrorResponse>",
            "Frayed -",
        ),
        (
            Xml,
            "<ErrorResponse><Error><Code>Frayed</Code><Message><p>a</p></Message></Error></ErrorResponse>",
            "Frayed -",
        ),
        (
            Json,
            r#"{"Response":{"Error":[{"Code":"Frayed","Message":{}}],"ResponseMetadata":[]}}"#,
            "Frayed -",
        ),
    ]);
}

fn class<R: Request>(status: u16, body: &str) -> Class {
    match read::<R>(Json, status, body) {
        Err(error) => error.class(),
        Ok(_) => panic!("a refusal"),
    }
}

/// A failure is never sent as what its vendor takes for a success: where the code alone tells, another one goes in its place.
#[test]
fn no_failure_is_sent_as_a_success() {
    fn sent<R: Request>(code: &str, format: Format) -> String {
        let failure = R::Failure::refused(<R::Failure as Failure>::Code::from_wire(code), None);
        let envelope = R::FailedEnvelope::refuse(failure, "/x");
        told::<R>(format, &to_string(format, &envelope).unwrap())
    }
    for (code, expected) in [
        ("460", "460"),
        ("4711", "4711"),
        // The status of a success, and what is no number: an error of the server's.
        ("200", "500"),
        ("none-such", "500"),
        ("", "500"),
    ] {
        let told = sent::<nina::aim::EndSession>(code, Json);
        assert!(told.starts_with(&format!("{expected} ")), "{code}: {told}");
        let told = sent::<nina::aim::EndSession>(code, Xml);
        assert!(told.starts_with(&format!("{expected} ")), "{code}: {told}");
    }
    // Where a status tells, no code is needed.
    for (code, expected) in [("0", "0"), ("none-such", "none")] {
        let told = sent::<harbour::berth::Take>(code, Json);
        assert!(told.starts_with(&format!("{expected} ")), "{code}: {told}");
    }
    assert_eq!(nina::ErrorCode::from_wire("forty"), nina::ErrorCode::Unspecified);
    assert_eq!(nina::ErrorCode::Unspecified.number(), None);
}

/// Where the vendor's code is not known HTTP is heard: its status, or the code where that is one.
#[test]
fn http_is_heard_where_a_code_is_unknown() {
    let unknown = r#"{"harbour-fault":{"status":"failed","error":{"code":77}}}"#;
    let known = r#"{"harbour-fault":{"status":"failed","error":{"code":40}}}"#;
    let without = r#"{"harbour-fault":{"status":"failed"}}"#;
    for (status, expected) in [
        (200, Class::GiveUp),
        (302, Class::GiveUp),
        (400, Class::InvalidRequest),
        // A call without a session has none that could have expired.
        (401, Class::InvalidRequest),
        (403, Class::InvalidRequest),
        (404, Class::InvalidRequest),
        (408, Class::Retry),
        (429, Class::Retry),
        (500, Class::Retry),
        (503, Class::Retry),
    ] {
        assert_eq!(class::<harbour::berth::Take>(status, unknown), expected, "HTTP {status}");
        assert_eq!(class::<harbour::berth::Take>(status, without), expected, "HTTP {status}");
        assert_eq!(class::<harbour::berth::Take>(status, known), Class::GiveUp, "HTTP {status}");
    }
    assert_eq!(class::<harbour::berth::Free>(401, unknown), Class::LogInAgain);
    for (code, expected) in [
        (429, Class::Retry),
        (503, Class::Retry),
        (403, Class::InvalidRequest),
        (404, Class::InvalidRequest),
        (401, Class::LogInAgain),
        (7, Class::GiveUp),
        (-1, Class::GiveUp),
        (70_000, Class::GiveUp),
        (20, Class::GiveUp),
    ] {
        let body = format!(r#"{{"state":"dark","fault":{code}}}"#);
        assert_eq!(class::<lighthouse::watch::Close>(200, &body), expected, "{code}");
    }
}

/// A login that is refused is no session that has expired.
#[test]
fn a_refused_login_is_no_expired_session() {
    let expired = r#"{"state":"dark","fault":30}"#;
    assert_eq!(class::<lighthouse::watch::Close>(200, expired), Class::LogInAgain);
    assert_eq!(class::<lighthouse::watch::Open>(200, expired), Class::InvalidRequest);
    assert_eq!(class::<lighthouse::watch::Visit>(200, expired), Class::InvalidRequest);
    // It opens one in another, which may well have expired.
    assert_eq!(class::<lighthouse::lamp::Light>(200, expired), Class::LogInAgain);
    assert_eq!(
        class::<nina::auth::ClientLogin>(200, r#"{"response":{"statusCode":401}}"#),
        Class::InvalidRequest
    );
    assert_eq!(class::<nina::aim::EndSession>(200, r#"{"response":{"statusCode":401}}"#), Class::LogInAgain);
}

/// An error says which call it is of, and what is known of it, and nothing that is not so.
#[test]
fn an_error_tells_the_truth() {
    let line = |format, body: &str, method: Option<Method>| {
        let mut response = reply(200, body);
        if let Some(method) = method {
            response.extensions_mut().insert(method);
        }
        let read = read_reply::<harbour::berth::Take>(response, format, &Limits::new());
        read.map(|_| ()).unwrap_err().to_string()
    };
    let failed = |inside: &str| format!(r#"{{"harbour-fault":{{"status":"failed"{inside}}}}}"#);
    for (inside, method, expected) in [
        (
            r#","error":{"code":40,"message":"no such berth"}"#,
            Some(Method::POST),
            r#"the vendor refused berth/take (POST) with code 40, "no such berth": give up"#,
        ),
        (
            r#","error":{"code":40}"#,
            None,
            "the vendor refused berth/take with code 40, There is no such berth.: give up",
        ),
        (
            r#","error":{"code":78}"#,
            None,
            "the vendor refused berth/take with code 78, the definition does not know this code: give up",
        ),
        (
            r#","error":{"message":"fog"}"#,
            None,
            r#"the vendor refused berth/take without a code, "fog": give up"#,
        ),
        ("", Some(Method::GET), "the vendor refused berth/take (GET) without a code: give up"),
    ] {
        assert_eq!(line(Json, &failed(inside), method), expected);
    }
    // An empty code is none.
    let empty = reply(200, "<ErrorResponse><Error><Code/></Error></ErrorResponse>");
    let empty = read_reply::<quay::rope::Fasten>(empty, Xml, &Limits::new()).map(|_| ()).unwrap_err();
    assert_eq!(empty.to_string(), "the vendor refused rope/Fasten without a code: give up");
    // Known by its name only: neither a doc nor a message that would do.
    let invalid = quay::ErrorCode::from_wire("Invalid");
    assert_eq!(invalid.description(), "the definition does not say what it means");
    assert!(invalid.is_known());
    let throttled = lighthouse::ErrorCode::Other(429);
    assert_eq!((throttled.description(), throttled.is_known()), ("Too Many Requests", false));
    assert_eq!(harbour::Failure::new(harbour::ErrorCode::Unspecified).code_text(), None);
}

/// A promised member of a reply that is among the envelope's is named by itself, and by a name of the document's.
#[test]
fn a_missing_member_is_named_by_its_own_path() {
    for (format, body, expected) in [
        (Json, r#"{"harbour-take":{"status":"ok","meta":{"operation":"x"}}}"#, "harbour-take.berth"),
        (
            Xml,
            r#"<harbour-response status="ok"><meta><operation>x</operation></meta></harbour-response>"#,
            "harbour-take.berth",
        ),
        (Query, "status=ok&meta.operation=x", "berth"),
        (Query, "status=ok&berth.id=7", "meta.operation"),
        (Json, r#"{"harbour-take":{"status":"ok","berth":{"id":"7"}}}"#, "harbour-take.meta.operation"),
    ] {
        match read::<harbour::berth::Take>(format, 200, body).map(|_| ()) {
            Err(Error::Decode(error)) => {
                let path = error.error.path().replace("harbour-response", "harbour-take");
                assert_eq!(path, expected, "{body}");
            }
            other => panic!("{body}: {other:?}"),
        }
    }
    match read::<lighthouse::watch::Visit>(Json, 200, r#"{"state":"lit"}"#).map(|_| ()) {
        Err(Error::Decode(error)) => assert_eq!(error.error.path(), "log"),
        other => panic!("{other:?}"),
    }
}

/// No body is a success where nothing is promised.
#[test]
fn no_body_may_be_a_success() {
    for status in [200, 204] {
        for body in ["", "\r\n"] {
            assert!(read::<lighthouse::lamp::Trim>(Json, status, body).is_ok(), "no reply");
            let oil = read::<lighthouse::lamp::Oil>(Json, status, body);
            assert_eq!(oil.unwrap().data.ship, None, "nothing of the reply is there");
            for refused in [
                read::<lighthouse::watch::Remark>(Json, status, body).map(|_| ()),
                read::<lighthouse::watch::Visit>(Json, status, body).map(|_| ()),
            ] {
                let error = refused.unwrap_err().to_string();
                assert!(error.contains("the body is empty"), "{error}");
            }
            // The envelope promises something.
            assert!(read::<quay::rope::Loosen>(Json, status, body).is_err());
        }
    }
    assert!(read::<lighthouse::lamp::Trim>(Json, 404, "").is_err());
    assert!(read::<lighthouse::lamp::Trim>(Json, 500, "").is_err());
}
