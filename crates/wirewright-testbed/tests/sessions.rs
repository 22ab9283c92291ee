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
    CallOptions, ErrorCode, Failure, GuestSessionState, KeeperSessionState, LampSessionState,
    SessionOpenOutcome, blocking::Client, lamp,
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
    let keeper = client.open("ada", PHRASE).unwrap();
    let guest = client.visit().unwrap();

    assert_eq!(keeper.log().unwrap().data.lines, 3);
    sent.push(last(&line));
    assert_eq!(guest.log().unwrap().data.lines, 1);
    sent.push(last(&line));
    assert_eq!(client.bell().unwrap().data.rung, "someone of north");
    sent.push(last(&line));
    assert_eq!(guest.bell().unwrap().data.rung, "a guest of north");
    sent.push(last(&line));

    let lamps = [keeper.light().unwrap(), guest.light().unwrap(), client.light().unwrap()];
    let numbers = lamps.each_ref().map(|lamp| lamp.state().number.expose().clone());
    assert_eq!(
        numbers,
        ["keeper", "guest", "anyone"].map(|by| format!("lamp of {by}, north to nowhere, candela"))
    );
    sent.extend(
        line.sent().iter().rev().take(3).rev().map(|sent| sent.split("seal=").next().unwrap().to_owned()),
    );
    let [kept, guests, anyones] = lamps;
    assert_eq!(kept.turn(370).unwrap().data.bearing, 10);
    sent.push(last(&line));
    assert_eq!(guests.douse().unwrap().data.doused, 1);
    sent.push(last(&line));
    assert_eq!(keeper.douse().unwrap().data.doused, 2, "an ordinary call of a keeper");
    sent.push(last(&line));
    assert_eq!(vendor(anyones.turn(1)).code, ErrorCode::NoWatch);
    assert_eq!(vendor(anyones.douse().map_err(|unclosed| unclosed.error)).code, ErrorCode::NoWatch);

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
    let options = CallOptions::new().with_units("watts").with_ref("r");
    let lamp = client.light_with(&lamp::light::Request::new().with_station("south"), &options).unwrap();
    let SessionOpenOutcome::Session(lamp) = lamp else { panic!("no lamp was lit") };
    assert_eq!(lamp.state().number.expose(), "lamp of anyone, north to south, watts");
    assert_eq!(last(&line), "/lamp/light?at=north&units=watts&v=2&as=json&ref=r&station=south");
    client.bell_with(&lighthouse::watch::bell::Request::new(), &options).unwrap();
    assert_eq!(last(&line), "/watch/bell?station=north&as=json&ref=r");
}

/// A call that may open a session opens none where the reply has not what a session keeps: what comes is its answer.
#[test]
fn a_call_may_open_no_session() {
    let line = line();
    let client = Client::new(&line, "north");
    let trial = lamp::light::Request::new().with_trial(true);
    let keeper = client.open("ada", PHRASE).unwrap();
    let options = CallOptions::new();
    for opening in [client.light_with(&trial, &options), keeper.light_with(&trial, &options)] {
        let opening = opening.unwrap();
        let SessionOpenOutcome::Answer(answer) = opening else { panic!("a lamp was lit") };
        assert_eq!(answer.data.oil, Some(OIL));
    }
    let none = client.light_with(&trial, &options).and_then(SessionOpenOutcome::session).err().unwrap();
    assert!(matches!(none, Error::Unopened), "{none}");
    assert_eq!((none.class(), none.to_string().as_str()), (Class::GiveUp, UNOPENED));
    let lit = client.light_with(&lamp::light::Request::new(), &options).unwrap();
    assert_eq!(lit.session::<Failure>().unwrap().douse().unwrap().data.doused, 1);
    assert_eq!(keeper.light().unwrap().turn(1).unwrap().data.bearing, 1);
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
        let states =
            (client.open("ada", PHRASE).unwrap().state().clone(), client.visit().unwrap().state().clone());
        let lamp = client.light().unwrap().state().clone();
        let line = line.tampered(tamper);
        let client = Client::new(&line, "north");
        let failure = match path {
            "keeper" => vendor(client.resume_keeper(states.0).log()),
            "guest" => vendor(client.resume_guest(states.1).log()),
            "lamp" => vendor(client.resume_lamp(lamp).turn(1)),
            _ => vendor(client.bell()),
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
    let guest = client.resume_guest(GuestSessionState::new("g-9"));
    let failure =
        vendor(guest.log_with(&lighthouse::watch::log::Request::new(), &CallOptions::new().with_ref("r-5")));
    assert_eq!(failure.words.as_deref(), Some("no watch for r-5"));
    assert_eq!(failure.r#ref.as_deref(), Some("r-5"));
}

#[test]
fn every_kind_is_saved_and_restored() {
    let line = line();
    let client = Client::new(&line, "north");
    let guest = client.visit().unwrap();
    let saved = guest.state().save().unwrap();
    assert!(!format!("{:?} {saved:?}", guest.state()).contains(PASS));
    let guest = client.resume_guest(GuestSessionState::restore(saved.expose()).unwrap());
    assert!(guest.answer().is_none());
    assert_eq!(guest.log().unwrap().data.lines, 1);

    let lamp = guest.light().unwrap();
    assert!(lamp.answer().is_some());
    let saved = lamp.state().save().unwrap();
    assert!(!format!("{:?} {saved:?}", lamp.state()).contains("lamp of guest"));
    client.resume_lamp(LampSessionState::restore(saved.expose()).unwrap()).douse().unwrap();
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
    let keeper = client.open("ada", PHRASE).unwrap();
    assert_eq!(keeper.state().clock_skew, Some(ClockSkew::from_millis(NOW * 1000 - 5_000_250)));
    clock.0.fetch_add(90_000, Ordering::Relaxed);
    assert_eq!(keeper.remark("still dark").unwrap().data.when, Some(NOW + 90));

    let saved = keeper.state().save().unwrap();
    let restored = client.resume_keeper(KeeperSessionState::restore(saved.expose()).unwrap());
    clock.0.fetch_add(10_000, Ordering::Relaxed);
    assert_eq!(restored.remark("dawn").unwrap().data.when, Some(NOW + 100));
}
