//! Calls that are tried again: which, how often, and what is waited for in between.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{collections::VecDeque, sync::Mutex, time::Duration};

use crate::at_once::{AtOnce, ready};
use crate::support::{Caller, Douse, Failure, Show, outcome, response};
use wirewright::{
    Limits,
    client::{
        self, AttemptTimeout, ClockSkew, Config, Environment, RetryPolicy, TransportError,
        TransportErrorKind, blocking,
    },
    describe::Class,
    exchange::{CallContext, Error, Request},
};

/// What comes back of one try.
enum Back {
    Reply(u16, &'static str),
    ReplyAfter(u16, &'static str, &'static str),
    Broken(TransportErrorKind),
}

use Back::{Broken, Reply, ReplyAfter};

const ANSWER: &str = r#"{"reply":{"code":0,"data":{"lamp":1,"state":"DARK"}}}"#;
const BUSY: &str = r#"{"reply":{"code":7}}"#;

/// Gives back what it was told to, and notes what happens. Nobody really waits.
struct Scripted {
    back: Mutex<VecDeque<Back>>,
    seen: Mutex<Vec<String>>,
    waits: bool,
    random: Option<[u8; 16]>,
    /// How long each try takes.
    takes: Duration,
    passed: Mutex<Duration>,
    clock: bool,
}

impl Scripted {
    fn new(back: impl IntoIterator<Item = Back>) -> Self {
        Self {
            back: Mutex::new(back.into_iter().collect()),
            seen: Mutex::new(Vec::new()),
            waits: true,
            random: None,
            takes: Duration::ZERO,
            passed: Mutex::default(),
            clock: true,
        }
    }

    fn pass(&self, time: Duration) {
        *self.passed.lock().unwrap() += time;
    }

    fn note(&self, what: String) {
        self.seen.lock().unwrap().push(what);
    }

    fn seen(&self) -> String {
        self.seen.lock().unwrap().join(", ")
    }
}

impl Environment for Scripted {
    fn now(&self) -> Option<Duration> {
        self.clock.then(|| Duration::from_secs(1_222_790_202) + *self.passed.lock().unwrap())
    }

    fn random(&self) -> Option<[u8; 16]> {
        self.random
    }
}

impl blocking::Transport for Scripted {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let timeout = AttemptTimeout::of(&request).map_or(String::new(), |time| format!(" within {time:?}"));
        self.note(format!("{}{timeout}", request.method()));
        self.pass(self.takes);
        let back = self.back.lock().unwrap().pop_front().unwrap_or(Reply(200, ANSWER));
        match back {
            Reply(status, body) => Ok(response(status, "application/json", body)),
            ReplyAfter(status, after, body) => {
                let mut response = response(status, "application/json", body);
                response.headers_mut().insert("Retry-After", after.parse().unwrap());
                Ok(response)
            }
            Broken(kind) => Err(TransportError::new(kind, "it broke")),
        }
    }

    fn environment(&self) -> &dyn Environment {
        self
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        if !self.waits {
            return Err(TransportError::new(TransportErrorKind::CannotWait, "no clock"));
        }
        self.note(format!("{duration:?}"));
        self.pass(duration);
        Ok(())
    }
}

/// What was sent and waited for, and how it ended: alike for both ways to call.
fn told<R: Request<Failure = Failure>>(
    script: impl Fn() -> Scripted,
    request: &R,
    settings: &Config,
) -> String {
    let caller = Caller::new();
    let context: CallContext<'_> = caller.context(settings);
    let (blocked, waited) = (script(), script());
    let result = blocking::call(&blocked, request, &context);
    let told = format!("{} -> {}", blocked.seen(), outcome(&result));
    let result = ready(client::call(&AtOnce(&waited), request, &context));
    assert_eq!(told, format!("{} -> {}", waited.seen(), outcome(&result)));
    told
}

const SHOW: Show = Show { lamp: 1 };

/// What happens, what comes back, and how a call ends that may be repeated, and one that may not.
type Case = (&'static str, fn() -> Vec<Back>, &'static str, &'static str);

#[test]
fn what_is_tried_again() {
    let connect = || Broken(TransportErrorKind::Connect);
    let table: &[Case] = &[
        ("an answer", || vec![], "GET -> answer", "POST -> answer"),
        (
            "the vendor's class is retry",
            || vec![Reply(200, BUSY)],
            "GET, 200ms, GET -> answer",
            "POST -> vendor 7",
        ),
        (
            "HTTP tells of that error",
            || vec![Reply(429, "")],
            "GET, 200ms, GET -> answer",
            "POST -> vendor 7",
        ),
        (
            "the vendor's class is another one",
            || vec![Reply(200, r#"{"reply":{"code":6}}"#)],
            "GET -> vendor 6",
            "POST -> vendor 6",
        ),
        (
            "a gateway's error",
            || vec![Reply(503, ""), Reply(504, "busy"), Reply(502, "<html></html>")],
            "GET, 200ms, GET, 400ms, GET -> http 502 the body is a web page",
            "POST -> http 503 the body is empty",
        ),
        (
            "an error of the server's",
            || vec![Reply(500, "")],
            "GET -> http 500 the body is empty",
            "POST -> http 500 the body is empty",
        ),
        (
            "no vendor's page",
            || vec![Reply(200, "<html></html>")],
            "GET -> http 200 the body is a web page",
            "POST -> http 200 the body is a web page",
        ),
        (
            "nothing was sent",
            || vec![Broken(TransportErrorKind::Connect)],
            "GET, 200ms, GET -> answer",
            "POST, 200ms, POST -> answer",
        ),
        (
            "no response came",
            || vec![Broken(TransportErrorKind::Timeout), Broken(TransportErrorKind::Other)],
            "GET, 200ms, GET, 400ms, GET -> answer",
            "POST -> the vendor did not answer in time",
        ),
        (
            "the response is too large",
            || vec![Broken(TransportErrorKind::TooLarge)],
            "GET -> the response is larger than the limit",
            "POST -> the response is larger than the limit",
        ),
        (
            "another error the second time",
            || vec![Reply(503, ""), Reply(200, r#"{"reply":{"code":2}}"#)],
            "GET, 200ms, GET -> vendor 2",
            "POST -> http 503 the body is empty",
        ),
    ];
    for (what, back, repeatable, other) in table {
        let script = || Scripted::new(back());
        assert_eq!(told(script, &SHOW, &Config::new()), *repeatable, "{what}");
        // The answer to the one fits the other: the members that it does not know are skipped.
        assert_eq!(told(script, &Douse { why: None }, &Config::new()), *other, "{what}");
    }
    let once = Config::new().with_retry_policy(RetryPolicy::none());
    let refused = "the connection to the vendor could not be made";
    assert_eq!(told(|| Scripted::new([connect()]), &SHOW, &once), format!("GET -> {refused}"));
    let cannot_wait = || Scripted { waits: false, ..Scripted::new([connect()]) };
    assert_eq!(told(cannot_wait, &SHOW, &Config::new()), format!("GET -> {refused}"));
}

#[test]
fn the_wait_is_random_up_to_a_longest_that_doubles() {
    let busy = || Scripted::new([const { Reply(503, "") }; 5]);
    let settings = |retries: RetryPolicy| Config::new().with_retry_policy(retries);
    let patient = RetryPolicy::new()
        .with_max_attempts(5)
        .with_base_delay(Duration::from_secs(1))
        .with_max_delay(Duration::from_secs(5));
    let end = "GET -> http 503 the body is empty";
    assert_eq!(told(busy, &SHOW, &settings(patient)), format!("GET, 1s, GET, 2s, GET, 4s, GET, 5s, {end}"));
    // The first four bytes decide on a part of it.
    let half = || Scripted { random: Some([0, 0, 0, 0x80, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]), ..busy() };
    assert_eq!(
        told(half, &SHOW, &settings(patient)),
        format!("GET, 500ms, GET, 1s, GET, 2s, GET, 2.5s, {end}")
    );
    let none = || Scripted { random: Some([0; 16]), ..busy() };
    assert_eq!(
        told(none, &SHOW, &settings(patient)),
        format!("GET, 0ns, GET, 0ns, GET, 0ns, GET, 0ns, {end}")
    );
    // Nothing overflows.
    let endless = RetryPolicy::new()
        .with_max_attempts(u32::MAX)
        .with_base_delay(Duration::MAX)
        .with_max_delay(Duration::MAX);
    let all = || Scripted { random: Some([0xff; 16]), ..Scripted::new([Reply(503, "")]) };
    assert!(told(all, &SHOW, &settings(endless)).ends_with("GET -> answer"));
    let zero = RetryPolicy::new().with_max_attempts(0);
    assert_eq!(told(busy, &SHOW, &settings(zero)), end);
}

#[test]
fn retry_after_is_waited_for_if_it_is_not_too_long() {
    let table = [
        ("3", "GET, 3.2s, GET -> answer"),
        (" 20 ", "GET, 20s, GET -> answer"),
        ("21", "GET -> vendor 7"),
        ("99999999999999999999999999", "GET -> vendor 7"),
        // The clock says 15:56:42.
        ("Tue, 30 Sep 2008 15:56:52 GMT", "GET, 10.2s, GET -> answer"),
        ("Tue, 30 Sep 2008 15:56:32 GMT", "GET, 200ms, GET -> answer"),
        ("Tue, 30 Sep 2008 16:56:32 GMT", "GET -> vendor 7"),
        ("-3", "GET, 200ms, GET -> answer"),
        ("", "GET, 200ms, GET -> answer"),
        ("soon", "GET, 200ms, GET -> answer"),
    ];
    for (after, expected) in table {
        let told = told(|| Scripted::new([ReplyAfter(429, after, BUSY)]), &SHOW, &Config::new());
        assert_eq!(told, expected, "{after}");
    }
    // The server's clock is ten seconds ahead: the wait is shorter.
    let script = Scripted::new([ReplyAfter(429, "Tue, 30 Sep 2008 15:57:02 GMT", BUSY)]);
    let (caller, settings) = (Caller::new(), Config::new());
    let context = CallContext { clock_skew: ClockSkew::from_millis(10_000), ..caller.context(&settings) };
    assert_eq!(outcome(&blocking::call(&script, &SHOW, &context)), "answer");
    assert_eq!(script.seen(), "GET, 10.2s, GET");
    // What the last response says counts, and not what an earlier one said.
    let script = || Scripted::new([ReplyAfter(429, "3", BUSY), Reply(503, "")]);
    assert_eq!(told(script, &SHOW, &Config::new()), "GET, 3.2s, GET, 400ms, GET -> answer");
}

#[test]
fn each_try_has_its_time() {
    let settings = Config::new().with_timeout(Duration::from_secs(5)).with_limits(Limits::new());
    let script = || Scripted::new([Broken(TransportErrorKind::Timeout)]);
    assert_eq!(told(script, &SHOW, &settings), "GET within 5s, 200ms, GET within 5s -> answer");
}

/// The tries and the waits between them share the time for the whole; a limit of a try's own is made shorter by it, and never longer.
#[test]
fn a_call_as_a_whole_has_its_time() {
    let seconds = Duration::from_secs;
    let retries = RetryPolicy::new().with_max_attempts(9).with_base_delay(seconds(2));
    let whole = |time| Config::new().with_retry_policy(retries).with_total_timeout(seconds(time));
    let script = |takes, clock| {
        move || Scripted { takes: seconds(takes), clock, ..Scripted::new((0..9).map(|_| Reply(200, BUSY))) }
    };
    for (what, takes, settings, expected) in [
        ("one try", 0, whole(2), "GET within 2s -> vendor 7"),
        ("nothing is left", 20, whole(20), "GET within 20s -> vendor 7"),
        ("two tries", 4, whole(9), "GET within 9s, 2s, GET within 3s -> vendor 7"),
        ("a wait that would not end in time", 1, whole(8), "GET within 8s, 2s, GET within 5s -> vendor 7"),
        (
            "a try has its own",
            4,
            whole(9).with_timeout(seconds(5)),
            "GET within 5s, 2s, GET within 3s -> vendor 7",
        ),
    ] {
        let get = settings.with_method(http::Method::GET);
        assert_eq!(told(script(takes, true), &SHOW, &get), expected, "{what}");
    }
    assert_eq!(
        told(script(0, false), &SHOW, &whole(9)),
        " -> the request was not sent: lamp/show needs the time, and the transport has no clock: set `Config::with_environment`",
    );
    // What a transport allows by itself is the most as well.
    let mut request = http::Request::new(());
    request.extensions_mut().insert(AttemptTimeout(seconds(90)));
    assert_eq!(AttemptTimeout::or(&request, Some(seconds(30))), Some(seconds(90)));
}

#[test]
fn the_last_error_is_handed_out() {
    let (caller, settings) = (Caller::new(), Config::new());
    let script = Scripted::new([const { Reply(200, BUSY) }; 3]);
    let error = blocking::call(&script, &SHOW, &caller.context(&settings)).unwrap_err();
    assert_eq!(error.class(), Class::Retry);
    assert!(matches!(error, Error::Vendor(_)));
}
