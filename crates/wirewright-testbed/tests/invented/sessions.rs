//! Several kinds of session in one protocol: who may call what, who signs, what opens what, and what a server refuses.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use lighthouse::{
    CallOptions, Client, ErrorCode, Failure, GuestSessionState, KeeperSessionState, LampSession,
    LampSessionState, SessionOpenOutcome, lamp,
};
use wirewright::{
    client::{ClockSkew, Config, Environment},
    describe::Class,
    exchange::Error,
};
use wirewright_testbed::{InProcess, Keeper, NOW, OIL, PASS, PHRASE};

fn line() -> InProcess<Keeper> {
    InProcess::new(Keeper::default())
}

fn vendor<T>(outcome: Result<T, Error<Failure>>) -> Failure {
    match outcome {
        Err(Error::Vendor(error)) => error.failure,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("answered"),
    }
}

/// The session that a call opened which may open none.
fn lit<T, A>(opened: Result<SessionOpenOutcome<LampSession<T>, A>, Error<Failure>>) -> LampSession<T> {
    opened.and_then(SessionOpenOutcome::session).unwrap()
}

/// What was sent last, without the signature's own digits.
fn last(line: &InProcess<Keeper>) -> String {
    let last = line.sent().pop().unwrap();
    let (_, target) = last.split_once("lighthouse.example").unwrap();
    match target.split_once("seal=") {
        Some((before, seal)) => format!("{before}seal=({} digits)", seal.len()),
        None => target.to_owned(),
    }
}

/// The same operations in each kind of session, and without one: each call carries what its session has, and is signed where
/// that session has a key.
#[test]
fn each_session_carries_its_own() {
    let line = line();
    let client = Client::new(&line, "north");
    let mut sent = Vec::new();
    let keeper = client.open("ada", PHRASE).send_blocking().unwrap();
    let guest = client.visit().send_blocking().unwrap();

    assert_eq!(keeper.log().send_blocking().unwrap().data.lines, 3);
    sent.push(last(&line));
    assert_eq!(guest.log().send_blocking().unwrap().data.lines, 1);
    sent.push(last(&line));
    assert_eq!(client.bell().send_blocking().unwrap().data.rung, "someone of north");
    sent.push(last(&line));
    assert_eq!(guest.bell().send_blocking().unwrap().data.rung, "a guest of north");
    sent.push(last(&line));

    let lamps = [
        lit(keeper.light().send_blocking()),
        lit(guest.light().send_blocking()),
        lit(client.light().send_blocking()),
    ];
    let numbers = lamps.each_ref().map(|lamp| lamp.state().number.expose().clone());
    assert_eq!(
        numbers,
        ["keeper", "guest", "anyone"].map(|by| format!("lamp of {by}, north to nowhere, candela"))
    );
    sent.extend(
        line.sent().iter().rev().take(3).rev().map(|sent| sent.split("seal=").next().unwrap().to_owned()),
    );
    let [kept, guests, anyones] = lamps;
    assert_eq!(kept.turn(370).send_blocking().unwrap().data.bearing, 10);
    sent.push(last(&line));
    assert_eq!(guests.douse().send_blocking().unwrap().data.doused, 1);
    sent.push(last(&line));
    assert_eq!(keeper.douse().send_blocking().unwrap().data.doused, 2, "an ordinary call of a keeper");
    sent.push(last(&line));
    assert_eq!(vendor(anyones.turn(1).send_blocking()).code, ErrorCode::NoWatch);
    assert_eq!(
        vendor(anyones.douse().send_blocking().map_err(|unclosed| unclosed.error)).code,
        ErrorCode::NoWatch
    );

    assert_eq!(
        sent,
        [
            "/watch/log?station=north&as=json&watch=w-7&seal=(64 digits)",
            "/watch/log?station=north&as=json&watch=g-1",
            "/watch/bell?station=north&as=json",
            "/watch/bell?station=north&as=json&watch=g-1",
            "GET https://lighthouse.example/lamp/light?at=north&v=2&as=json&watch=w-7&",
            "GET https://lighthouse.example/lamp/light?at=north&v=2&as=json&watch=g-1",
            "GET https://lighthouse.example/lamp/light?at=north&v=2&as=json",
            "/lamp/turn?at=north&v=2&as=json&degrees=370&lamp=lamp+of+keeper%2C+north+to+nowhere%2C+candela",
            "/lamp/douse?at=north&v=2&as=json&lamp=lamp+of+guest%2C+north+to+nowhere%2C+candela",
            "/lamp/douse?at=north&v=2&as=json&watch=w-7&seal=(64 digits)",
        ]
    );
}

/// `station` is the client's in the group of watches; in the group of lamps the client's is `at`, and `station` is the
/// operation's own. The options of lamps are not sent elsewhere.
#[test]
fn groups_have_names_of_their_own() {
    let line = line();
    let client = Client::new(&line, "north");
    let options = CallOptions::default().with_units("watts").with_ref("r");
    let lamp = client.light().station("south").with_options(options.clone()).send_blocking().unwrap();
    let SessionOpenOutcome::Session(lamp) = lamp else { panic!("no lamp was lit") };
    assert_eq!(lamp.state().number.expose(), "lamp of anyone, north to south, watts");
    assert_eq!(last(&line), "/lamp/light?at=north&units=watts&v=2&as=json&ref=r&station=south");
    client.bell().with_options(options.clone()).send_blocking().unwrap();
    assert_eq!(last(&line), "/watch/bell?station=north&as=json&ref=r");
}

/// A call that may open a session opens none where the reply has not what a session keeps: what comes is its answer.
#[test]
fn a_call_may_open_no_session() {
    let line = line();
    let client = Client::new(&line, "north");
    let mut trial = lamp::Light::default();
    trial.trial = Some(true);
    let keeper = client.open("ada", PHRASE).send_blocking().unwrap();
    let options = CallOptions::default();
    for opening in [
        client.call(trial.clone()).with_options(options.clone()).send_blocking(),
        keeper.call(trial.clone()).with_options(options.clone()).send_blocking(),
    ] {
        let opening = opening.unwrap();
        let SessionOpenOutcome::Answer(answer) = opening else { panic!("a lamp was lit") };
        assert_eq!(answer.data.oil, Some(OIL));
    }
    let none = client
        .call(trial.clone())
        .with_options(options.clone())
        .send_blocking()
        .and_then(SessionOpenOutcome::session)
        .err()
        .unwrap();
    assert!(matches!(none, Error::Unopened), "{none}");
    assert_eq!((none.class(), none.to_string().as_str()), (Class::GiveUp, UNOPENED));
    let opened = client.light().with_options(options.clone()).send_blocking();
    assert_eq!(lit(opened).douse().send_blocking().unwrap().data.doused, 1);
    assert_eq!(lit(keeper.light().send_blocking()).turn(1).send_blocking().unwrap().data.bearing, 1);
}

const UNOPENED: &str = "the call succeeded, but its reply opens no session";

/// A server refuses what no client of this crate sends.
#[test]
fn what_does_not_fit_is_refused() {
    for (name, path, tamper, code, words) in [
        // The watch is a keeper's: without the signature it is not taken for a guest's.
        (
            "unsigned",
            "keeper",
            (|url| url.split("&seal=").next().unwrap().to_owned()) as fn(&str) -> String,
            ErrorCode::Incomplete,
            Some("seal is missing or wrong"),
        ),
        (
            "signed wrongly",
            "keeper",
            |url| url.replace("/watch/log?", "/watch/log?x=1&"),
            ErrorCode::BrokenSeal,
            None,
        ),
        (
            "a guest's pass where a keeper is needed",
            "guest",
            |url| url.replace("/watch/log?", "/watch/close?"),
            ErrorCode::NoWatch,
            None,
        ),
        (
            "a lamp where a watch is needed",
            "lamp",
            |url| url.replace("/lamp/turn?", "/watch/log?station=north&"),
            ErrorCode::Incomplete,
            Some("watch is missing or wrong"),
        ),
        (
            "nothing where a watch is needed",
            "nothing",
            |url| url.replace("/watch/bell?", "/watch/log?"),
            ErrorCode::Incomplete,
            Some("watch is missing or wrong"),
        ),
        ("a watch that nobody keeps", "guest", |url| url.replace("g-1", "g-2"), ErrorCode::NoWatch, None),
        (
            "a session given twice",
            "guest",
            |url| format!("{url}&watch=g-1"),
            ErrorCode::Incomplete,
            Some("watch is missing or wrong"),
        ),
    ] {
        let keeper = Keeper::default();
        let line = InProcess::new(keeper);
        let client = Client::new(&line, "north");
        let states = (
            client.open("ada", PHRASE).send_blocking().unwrap().state().clone(),
            client.visit().send_blocking().unwrap().state().clone(),
        );
        let lamp = lit(client.light().send_blocking()).state().clone();
        let line = line.tampered(tamper);
        let client = Client::new(&line, "north");
        let failure = match path {
            "keeper" => vendor(client.resume(states.0).log().send_blocking()),
            "guest" => vendor(client.resume(states.1).log().send_blocking()),
            "lamp" => vendor(client.resume(lamp).turn(1).send_blocking()),
            _ => vendor(client.bell().send_blocking()),
        };
        assert_eq!(failure.code, code, "{name}");
        if let Some(words) = words {
            assert_eq!(failure.words.as_deref(), Some(words), "{name}");
        }
    }
}

/// Whoever looks a session up knows what the caller said with the call.
#[test]
fn a_session_is_looked_up_with_the_options_of_the_call() {
    let line = line();
    let client = Client::new(&line, "north");
    let guest = client.resume(GuestSessionState::new("g-9"));
    let failure = vendor(guest.log().with_options(CallOptions::default().with_ref("r-5")).send_blocking());
    assert_eq!(failure.words.as_deref(), Some("no watch for r-5"));
    assert_eq!(failure.r#ref.as_deref(), Some("r-5"));
}

#[test]
fn every_kind_is_saved_and_restored() {
    let line = line();
    let client = Client::new(&line, "north");
    let guest = client.visit().send_blocking().unwrap();
    let saved = guest.state().save().unwrap();
    assert!(!format!("{:?} {saved:?}", guest.state()).contains(PASS));
    let guest = client.resume(GuestSessionState::restore(saved.expose()).unwrap());
    assert!(guest.answer().is_none());
    assert_eq!(guest.log().send_blocking().unwrap().data.lines, 1);

    let lamp = lit(guest.light().send_blocking());
    assert!(lamp.answer().is_some());
    let saved = lamp.state().save().unwrap();
    assert!(!format!("{:?} {saved:?}", lamp.state()).contains("lamp of guest"));
    client.resume(LampSessionState::restore(saved.expose()).unwrap()).douse().send_blocking().unwrap();
}

/// A clock that is moved by hand: milliseconds since 1970-01-01 UTC.
struct Clock(AtomicU64);

impl Environment for Clock {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_millis(self.0.load(Ordering::Relaxed)))
    }
}

/// A parameter from the clock carries the server's time as it was when the session was opened, and what has passed since.
#[test]
fn calls_carry_the_time_of_the_server() {
    let clock = Arc::new(Clock(AtomicU64::new(5_000_250)));
    let line = line();
    let settings = Config::new().with_environment(Arc::clone(&clock) as Arc<_>);
    let client = Client::new(&line, "north").with_config(settings);
    let keeper = client.open("ada", PHRASE).send_blocking().unwrap();
    assert_eq!(keeper.state().clock_skew, Some(ClockSkew::from_millis(NOW * 1000 - 5_000_250)));
    clock.0.fetch_add(90_000, Ordering::Relaxed);
    assert_eq!(keeper.remark("still dark").send_blocking().unwrap().data.when, Some(NOW + 90));

    let saved = keeper.state().save().unwrap();
    let restored = client.resume(KeeperSessionState::restore(saved.expose()).unwrap());
    clock.0.fetch_add(10_000, Ordering::Relaxed);
    assert_eq!(restored.remark("dawn").send_blocking().unwrap().data.when, Some(NOW + 100));
}
