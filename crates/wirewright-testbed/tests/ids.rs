//! The IDs of requests between the generated client and server side: made, signed, echoed and compared.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering::SeqCst},
};

use lighthouse::{Client, Settings, blocking, types::Part};
use wirewright::{
    Format,
    call::{Ambient, Error},
};
use wirewright_testbed::{InProcess, Keeper, PHRASE, Reply, ready};

/// Throws another number each time.
struct Dice(AtomicU8);

impl Ambient for Dice {
    fn random(&self) -> Option<[u8; 16]> {
        Some([self.0.fetch_add(1, SeqCst); 16])
    }
}

fn settings() -> Settings {
    Settings::new().ambient(Arc::new(Dice(AtomicU8::new(1))))
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
        let client = blocking::Client::new(&line, "north").with_settings(settings().format(format));
        let session = client.open("ada", PHRASE).unwrap();
        // This one is signed.
        let whole = session.ships().unwrap();
        let rows = session.ships_rows().unwrap().finish().unwrap();
        assert_eq!(
            (rows.r#ref.as_deref(), whole.r#ref.as_deref()),
            (Some("03".repeat(16).as_str()), Some("02".repeat(16).as_str()))
        );
        session.close().unwrap();
        let sent = line.sent();
        let ids: Vec<_> = sent.iter().map(|sent| id_in(sent).unwrap().to_owned()).collect();
        assert_eq!(ids, ["01", "02", "03", "04"].map(|digits| digits.repeat(16)));
    }
    // The same without blocking; and without IDs of the client's own.
    let line = InProcess::new(Keeper::default());
    let made = Client::new(&line, "north").with_settings(settings());
    let plain = Client::new(&line, "north").with_settings(settings().request_ids(false));
    ready(async {
        assert_eq!(made.spares().await.unwrap().r#ref, Some("01".repeat(16)));
        assert_eq!(plain.spares().await.unwrap().r#ref, None);
    });
}

/// Someone on the line changes the ID: what comes back answers no request that was sent.
#[test]
fn a_reply_to_another_request_is_no_answer() {
    let line = InProcess::new(Keeper::default());
    let client = blocking::Client::new(&line, "north").with_settings(settings());
    let state = client.open("ada", PHRASE).unwrap().state().clone();
    let line = line.tampered(|url| url.replace("ref=", "ref=x"));
    let client = blocking::Client::new(&line, "north").with_settings(settings());
    let mismatched = |error: Error<_>| match error {
        Error::Mismatched(reply) => (reply.sent.to_string(), reply.echoed),
        error => panic!("{error}"),
    };
    let id = |digits: &str| (digits.repeat(16), format!("x{}", digits.repeat(16)));
    // A success, read whole and row by row, and a refusal: the signature is that of the ID as it was. After each, a wait that
    // there is not takes a number too.
    assert_eq!(mismatched(client.spares().unwrap_err()), id("01"));
    assert_eq!(mismatched(client.spares_rows().unwrap_err()), id("03"));
    assert_eq!(mismatched(client.resume_keeper(state).ships().unwrap_err()), id("05"));
}

/// Of a stream of rows the ID may stand before the rows, or behind them: then they have been handed out, and the call fails.
#[test]
fn rows_of_another_request_are_no_answer() {
    let rows = "<log><part number='1'><name>a</name></part></log>";
    for (body, before) in [
        (format!("<lighthouse><state>lit</state><ref>other</ref>{rows}</lighthouse>"), Some(0)),
        (format!("<lighthouse><state>lit</state>{rows}<ref>other</ref></lighthouse>"), Some(1)),
        (format!("<lighthouse><state>lit</state><ref>{}</ref>{rows}</lighthouse>", "01".repeat(16)), None),
        (format!("<lighthouse><state>lit</state>{rows}</lighthouse>"), None),
    ] {
        let client = blocking::Client::new(Reply::new(200, body.as_str()), "north").with_settings(settings());
        let mut count = 0;
        let outcome = client.spares_rows().and_then(|mut reply| {
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
