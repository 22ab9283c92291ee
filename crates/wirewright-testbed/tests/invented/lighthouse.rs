//! A watch is opened and closed, and what is wrong is refused: over the generated client and the generated server side.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use lighthouse::{CallOptions, Client, Config, ErrorCode, Format};
use wirewright::{Secret, exchange::Error, sign};
use wirewright_testbed::{InProcess, Keeper, NUMBER, PHRASE};

fn settings(format: Format) -> Config {
    Config::new().with_format(format)
}

#[test]
fn opens_and_closes_in_every_format() {
    for format in [Format::Json, Format::Xml] {
        let line = InProcess::new(Keeper::default());
        let client = Client::new(&line, "north").with_config(settings(format));
        let session = client.open("ada", PHRASE).send_blocking().unwrap();
        assert_eq!(session.state().keeper, "ada");
        assert_eq!(session.answer().unwrap().data.watch.lamp, Some(1200.5));

        let options = CallOptions::default().with_ref("r-1");
        let answer = session.close().note("calm & clear").with_options(options).send_blocking().unwrap();
        assert_eq!(answer.data.lines, Some(3));
        assert_eq!(answer.words.as_deref(), Some("ada: calm & clear"));
        assert_eq!(answer.r#ref.as_deref(), Some("r-1"));
    }
}

/// The base string, written out by hand: path, method, then the parameters from the last name to the first.
#[test]
fn signs_what_the_definition_says() {
    let line = InProcess::new(Keeper::default());
    let session = Client::new(&line, "north").open("ada", PHRASE).send_blocking().unwrap();
    let key = session.state().key.clone();
    session.close().note("calm & clear").send_blocking().unwrap();

    let base = "/watch/close\nGET\nwatch=w-7\nstation=north\nnote=calm%20%26%20clear\nas=json";
    let seal =
        sign::TextEncoding::Hex.encode(&sign::HMAC_SHA256.of(Some(key.expose().as_bytes()), base.as_bytes()));
    let expected = format!(
        "GET https://lighthouse.example/watch/close?station=north&as=json&note=calm+%26+clear&watch=w-7&seal={seal}"
    );
    assert_eq!(line.sent().last(), Some(&expected));
}

#[test]
fn a_wrong_signature_is_refused() {
    for (name, tamper) in [
        ("changed", (|url| url.replace("north", "south")) as fn(&str) -> String),
        ("forged", |url| {
            url.split("seal=").next().unwrap_or_default().to_owned() + "seal=" + &"0".repeat(64)
        }),
    ] {
        let keeper = Keeper::default();
        let line = InProcess::new(keeper);
        let state = Client::new(&line, "north").open("ada", PHRASE).send_blocking().unwrap().state().clone();
        let line = line.tampered(tamper);
        let refused = Client::new(&line, "north").resume(state.clone()).close().send_blocking().unwrap_err();
        let Error::Vendor(error) = &refused.error else { panic!("{name}: {}", refused.error) };
        assert_eq!(error.failure.code, ErrorCode::BrokenSeal, "{name}");
        // The session comes back, to try again with.
        assert_eq!(refused.session.state(), &state);
    }
}

#[test]
fn what_is_wrong_is_said() {
    let line = InProcess::new(Keeper::default());
    let client = Client::new(&line, "north").with_config(settings(Format::Xml));
    let Err(Error::Vendor(stranger)) = client.open("ada", "guess").send_blocking() else { panic!("let in") };
    assert_eq!(stranger.failure.code, ErrorCode::Stranger);

    let session = client.open("ada", PHRASE).send_blocking().unwrap();
    let state = session.state().clone();
    session.close().send_blocking().unwrap();
    let closed = client.resume(state).close().send_blocking().unwrap_err();
    let Error::Vendor(error) = closed.error else { panic!("{}", closed.error) };
    assert_eq!(error.failure.code, ErrorCode::NoWatch);
}

#[test]
fn a_saved_session_goes_on() {
    let line = InProcess::new(Keeper::default());
    let client = Client::new(&line, "north");
    let saved = client.open("ada", PHRASE).send_blocking().unwrap().state().save().unwrap();
    assert!(!format!("{saved:?}").contains(NUMBER));
    let state = lighthouse::KeeperSessionState::restore(saved.expose()).unwrap();
    assert_eq!(state.watch, Secret::from(NUMBER));
    client.resume(state).close().send_blocking().unwrap();
}
