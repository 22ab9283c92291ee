//! Replies of vendors that are alive which no example of a definition can be: they are a refusal for which the vendor says no code, have
//! something wrong, or are known by what is in them only, and not word for word.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::path::Path;

use http::Response;
use support::load;
use wirewright::{
    Format, Limits,
    describe::Class,
    exchange::{Error, Refusal as _},
};
use wirewright_interpret::{Answer, Visibility};

/// The vendor, the operation, the format that is asked for, the body, and what is said of it.
const REFUSALS: &[(&str, &str, Format, &str, &str)] = &[
    // thephpleague/omnipay-paypal, tests/Mock/ExpressVoidFailure.txt, as of 67c96fa: a recorded failure without a code.
    (
        "paypal",
        "payments/DoVoid",
        Format::Query,
        "AUTHORIZATIONID=ASDFASDFASDF&TIMESTAMP=2013%2d02%2d15T19%3a19%3a21Z&CORRELATIONID=37b8b9915987c&ACK=Failure&VERSION=85%2e0&BUILD=5060305",
        "the vendor refused payments/DoVoid without a code: give up",
    ),
    // The same file as its guide has warnings: what is unknown is a refusal all the same.
    (
        "paypal",
        "payments/DoVoid",
        Format::Query,
        "ACK=FailureWithWarning&L_LONGMESSAGE0=Too+late&L_ERRORCODE1=10600",
        "the vendor refused payments/DoVoid without a code, \"Too late\": give up",
    ),
    // Where XML has a status, that alone is a refusal.
    (
        "lastfm",
        "track/love",
        Format::Xml,
        "<lfm status=\"failed\"></lfm>",
        "the vendor refused track/love without a code: give up",
    ),
];

#[test]
fn refusals_without_a_code_are_refusals() {
    for (vendor, operation, format, body, said) in REFUSALS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs").join(vendor);
        let definition = load(&folder);
        let operation = definition.operation(operation).unwrap();
        let response = Response::new(body.as_bytes().to_vec());
        let read = definition.read_reply(operation, response, *format, &Limits::new());
        let Err(Error::Vendor(error)) = read else { panic!("{body} is {read:?}") };
        assert_eq!(error.to_string(), *said);
        assert_eq!((error.failure.code_text(), error.failure.class()), (None, Class::GiveUp));
    }
}

/// The vendor, the operation, the format that is asked for, the HTTP status, the body, and the code of the refusal that it is.
const BY_STATUS: &[(&str, &str, Format, u16, &str, &str)] = &[
    // flickr.com/services/api/auth.oauth.html, and the crate flickr-api 0.2.2: a page without an envelope.
    (
        "flickr",
        "oauth/request_token",
        Format::Query,
        401,
        "oauth_problem=signature_invalid&debug_sbs=GET%26https%253A%252F%252Fwww.flickr.com",
        "96",
    ),
    // A gateway's page.
    ("lastfm", "user/getInfo", Format::Xml, 503, "<html><body>Service Unavailable</body></html>", "11"),
];

#[test]
fn the_status_of_http_tells_where_nothing_else_does() {
    for (vendor, operation, format, status, body, code) in BY_STATUS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs").join(vendor);
        let definition = load(&folder);
        let operation = definition.operation(operation).unwrap();
        let response = Response::builder().status(*status).body(body.as_bytes().to_vec()).unwrap();
        let read = definition.read_reply(operation, response, *format, &Limits::new());
        let Err(Error::Vendor(error)) = read else { panic!("{body} is {read:?}") };
        assert_eq!(error.failure.code_text().as_deref(), Some(*code));
    }
}

/// The operation of NINA, what a running open-oscar-server (commit 29530dc) has in its reply, and what is read of it.
const OF_A_RUNNING_NINA: &[(&str, Format, &str, &str)] = &[
    // What an account may do; the names are the server's own.
    (
        "aim/startSession",
        Format::Json,
        r#"{"aimsid":"1","fetchTimeout":60000,"myInfo":{"aimId":"chuck","self":{"rightsInfo":{"maxBuddies":1000}}}}"#,
        r#"{"aimsid":"[redacted]","fetchTimeout":60000,"myInfo":{"aimId":"chuck","self":{"rightsInfo":{"maxBuddies":1000}}}}"#,
    ),
    // Nobody has set the mode.
    (
        "preference/getPermitDeny",
        Format::Json,
        r#"{"pdMode":"","allows":["ann"],"blocks":[]}"#,
        r#"{"allows":["ann"]}"#,
    ),
    // No aimId.
    ("presence/setState", Format::Xml, "<state>away</state>", r#"{"state":"away"}"#),
];

#[test]
fn what_a_running_server_sends_is_read() {
    let definition = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocol-defs/nina"));
    for (name, format, data, expected) in OF_A_RUNNING_NINA {
        let operation = definition.operation(name).unwrap();
        let body = match format {
            Format::Xml => format!("<response><statusCode>200</statusCode><data>{data}</data></response>"),
            _ => format!(r#"{{"response":{{"statusCode":200,"data":{data}}}}}"#),
        };
        let read =
            definition.read_reply(operation, Response::new(body.into_bytes()), *format, &Limits::new());
        let Ok(Answer::Enveloped(answer)) = read else { panic!("{name}: {read:?}") };
        let visibility = Visibility { secrets: definition.catalog().secrets, exposed: &[] };
        let shown = definition.show_answer(operation, &answer, visibility).member("data").unwrap();
        assert_eq!(serde_json::to_string(&shown).unwrap(), *expected, "{name}");
    }
}
