//! The IDs of requests between the generated client and server side: made, signed, echoed and compared.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering::SeqCst},
};

use harbour::{
    berth::{Enter, Take, TakeReply},
    types::Berth,
};
use lighthouse::{Client, Config, types::Part};
use nina::auth::GetCaptcha;
use wirewright::{
    Format, Limits,
    client::Environment,
    exchange::{self, CallContext, Error, Request, RequestId, read_reply},
    server::Respond as _,
};
use wirewright_testbed::{InProcess, Keeper, PHRASE, Reply, ready};

/// Throws another number each time.
struct Dice(AtomicU8);

impl Environment for Dice {
    fn random(&self) -> Option<[u8; 16]> {
        Some([self.0.fetch_add(1, SeqCst); 16])
    }
}

fn settings() -> Config {
    Config::new().with_environment(Arc::new(Dice(AtomicU8::new(1))))
}

/// The ID in a URL that was sent.
fn id_in(sent: &str) -> Option<&str> {
    let (_, id) = sent.split_once("ref=")?;
    id.split('&').next()
}

#[test]
fn each_call_has_an_id_and_its_reply_the_same() {
    for format in [Format::Json, Format::Xml] {
        let line = InProcess::new(Keeper::default());
        let client = Client::new(&line, "north").with_config(settings().with_format(format));
        let session = client.open("ada", PHRASE).send_blocking().unwrap();
        // This one is signed.
        let whole = session.ships().send_blocking().unwrap();
        let rows = session.ships().send_for_rows_blocking().unwrap().finish().unwrap();
        assert_eq!(
            (rows.r#ref.as_deref(), whole.r#ref.as_deref()),
            (Some("03".repeat(16).as_str()), Some("02".repeat(16).as_str()))
        );
        session.close().send_blocking().unwrap();
        let sent = line.sent();
        let ids: Vec<_> = sent.iter().map(|sent| id_in(sent).unwrap().to_owned()).collect();
        assert_eq!(ids, ["01", "02", "03", "04"].map(|digits| digits.repeat(16)));
    }
    // The same without blocking; and without IDs of the client's own.
    let line = InProcess::new(Keeper::default());
    let made = Client::new(&line, "north").with_config(settings());
    let plain = Client::new(&line, "north").with_config(settings().with_request_ids(false));
    ready(async {
        assert_eq!(made.spares().send().await.unwrap().r#ref, Some("01".repeat(16)));
        assert_eq!(plain.spares().send().await.unwrap().r#ref, None);
    });
}

/// Someone on the line changes the ID: what comes back answers no request that was sent.
#[test]
fn a_reply_to_another_request_is_no_answer() {
    let line = InProcess::new(Keeper::default());
    let client = Client::new(&line, "north").with_config(settings());
    let state = client.open("ada", PHRASE).send_blocking().unwrap().state().clone();
    let line = line.tampered(|url| url.replace("ref=", "ref=x"));
    let client = Client::new(&line, "north").with_config(settings());
    let mismatched = |error: Error<_>| match error {
        Error::Mismatched(reply) => (reply.sent.to_string(), reply.echoed),
        error => panic!("{error}"),
    };
    let id = |digits: &str| (digits.repeat(16), format!("x{}", digits.repeat(16)));
    // A success, read whole and row by row, and a refusal: the signature is that of the ID as it was. After each, a wait that
    // there is not takes a number too.
    assert_eq!(mismatched(client.spares().send_blocking().unwrap_err()), id("01"));
    assert_eq!(mismatched(client.spares().send_for_rows_blocking().unwrap_err()), id("03"));
    assert_eq!(mismatched(client.resume(state).ships().send_blocking().unwrap_err()), id("05"));
}

/// Of a stream of rows the ID may be before the rows, or behind them: then they have been handed out, and the call fails.
#[test]
fn rows_of_another_request_are_no_answer() {
    let rows = "<log><part number='1'><name>a</name></part></log>";
    for (body, before) in [
        (format!("<lighthouse><state>lit</state><ref>other</ref>{rows}</lighthouse>"), Some(0)),
        (format!("<lighthouse><state>lit</state>{rows}<ref>other</ref></lighthouse>"), Some(1)),
        (format!("<lighthouse><state>lit</state><ref>{}</ref>{rows}</lighthouse>", "01".repeat(16)), None),
        (format!("<lighthouse><state>lit</state>{rows}</lighthouse>"), None),
    ] {
        let client = Client::new(Reply::new(200, body.as_str()), "north").with_config(settings());
        let mut count = 0;
        let outcome = client.spares().send_for_rows_blocking().and_then(|mut reply| {
            while reply.next_as::<Part>()?.is_some() {
                count += 1;
            }
            Ok(())
        });
        match before {
            Some(before) => {
                let Err(Error::Mismatched(reply)) = outcome else { panic!("{body}: {outcome:?}") };
                assert_eq!((count, reply.echoed.as_str()), (before, "other"), "{body}");
            }
            None => assert!(outcome.is_ok() && count == 1, "{body}: {outcome:?}"),
        }
    }
}

/// Serves one berth, and nothing else.
struct Master;

impl harbour::server::Service for Master {
    async fn session(
        &self,
        _: &harbour::SessionParameters,
        _: &harbour::CallOptions,
    ) -> Result<harbour::SessionState, harbour::Failure> {
        Err(harbour::Failure::new(harbour::ErrorCode::NoVisit))
    }

    async fn take(
        &self,
        _: harbour::server::Received<Take>,
    ) -> Result<harbour::Answer<TakeReply>, harbour::Failure> {
        Ok(harbour::Answer::new(TakeReply::new(Berth::new("b-7")), "/berth/take.do"))
    }
}

/// Writes a request, lets the generated server answer it, and reads the reply as that to each of two requests: this one, and another.
fn both<R: Request>(format: Format, request: &R) -> [Result<R::Answer, exchange::Error<R::Failure>>; 2] {
    let settings = settings().with_format(format);
    let client = harbour::ClientParameters::new("north", "key");
    let context = CallContext { client: &client, ..settings.context() };
    let sent = exchange::write_request(R::OPERATION, request, &context).unwrap();
    assert_eq!(sent.headers()["X-Request-Id"], "01".repeat(16).as_str());
    assert_eq!(RequestId::of(&sent).map(RequestId::as_str), Some("01".repeat(16).as_str()));
    let server = harbour::server::Server::new(Master, "https://{quay}.harbour.example");
    let response = ready(server.respond(sent.clone()));
    [RequestId::of(&sent).unwrap().clone(), RequestId::from("another")].map(|id| {
        let mut response = response.clone();
        response.extensions_mut().insert(id);
        read_reply::<R>(response, format, &Limits::new())
    })
}

/// The ID in a header, and within other members: of answers in one place, of refusals in another.
#[test]
fn an_id_in_a_header_comes_back_within_other_members() {
    let echoed = |error| match error {
        Error::Mismatched(reply) => (reply.sent.to_string(), reply.echoed),
        error => panic!("{error}"),
    };
    let id = "01".repeat(16);
    let mut take = Take::new("Ada");
    take.x_arrival = Some(12);
    for format in [Format::Xml, Format::Json, Format::Query] {
        let [own, another] = both(format, &take);
        assert_eq!(own.unwrap().request.as_ref(), Some(&id), "{format}");
        assert_eq!(echoed(another.unwrap_err()), ("another".to_owned(), id.clone()), "{format}");

        // Nobody serves this one.
        let [own, another] = both(format, &Enter::default());
        assert_eq!(own.unwrap_err().request_id(), Some(id.as_str()), "{format}");
        assert_eq!(echoed(another.unwrap_err()), ("another".to_owned(), id.clone()), "{format}");
    }
}

/// A reply without an envelope is compared where it is the vendor's error, and never taken for one that it is not.
#[test]
fn a_raw_reply_is_compared_if_it_is_a_refusal() {
    let outcome = |media_type: &str, body: &str| {
        let mut response = http::Response::new(body.as_bytes().to_vec());
        response.headers_mut().insert("Content-Type", media_type.parse().unwrap());
        response.extensions_mut().insert(RequestId::from("r-1"));
        match read_reply::<GetCaptcha>(response, Format::Json, &Limits::new()) {
            Ok(_) => "answered".to_owned(),
            Err(Error::Vendor(error)) => format!("refused, {:?}", error.failure.request_id),
            Err(Error::Mismatched(reply)) => format!("another's, {}", reply.echoed),
            Err(error) => error.to_string(),
        }
    };
    let refused = |id: &str| format!(r#"{{"response":{{"statusCode":430,"requestId":"{id}"}}}}"#);
    assert_eq!(outcome("application/json", &refused("r-1")), "refused, Some(\"r-1\")");
    assert_eq!(outcome("application/json", &refused("r-0")), "another's, r-0");
    assert_eq!(outcome("image/jpeg", r#"{"response":{"statusCode":200,"requestId":"r-0"}}"#), "answered");
}
