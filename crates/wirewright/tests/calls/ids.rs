//! The IDs of requests: which one is sent, what the reply may echo, and what becomes of a reply to another request.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering::SeqCst},
    },
    time::Duration,
};

use crate::at_once::{AtOnce, ready};
use crate::support::{Answer, Caller, Douse, Failure, Show, Shown, outcome, response};
use wirewright::{
    Format, Limits, Secret,
    client::{self, Config, Environment, Pagination, RetryPolicy, Step, TransportError, blocking},
    describe::Class,
    exchange::{self, CallContext, Error, Request, RequestId, read_reply, write_request},
    observe::Exchange,
};

/// What a reply echoes; `$` is the ID that was sent.
type Echo = Option<&'static str>;

/// A vendor that echoes what it is told to, in replies of a form that it is told as well; the last one again and again.
struct Vendor {
    /// With `RID` in it, where the member is that has the ID.
    replies: Vec<(u16, &'static str, Echo)>,
    /// The IDs that came.
    seen: Mutex<Vec<Option<String>>>,
    random: AtomicU8,
    has_random: bool,
}

impl Vendor {
    fn new(replies: &[(u16, &'static str, Echo)]) -> Self {
        Self {
            replies: replies.to_vec(),
            seen: Mutex::new(Vec::new()),
            random: AtomicU8::new(0),
            has_random: true,
        }
    }

    fn seen(&self) -> Vec<Option<String>> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

/// The ID among the parameters of a request.
fn id_of(request: &http::Request<Vec<u8>>) -> Option<String> {
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let mut pairs = form_urlencoded::parse(query).chain(form_urlencoded::parse(request.body()));
    pairs.find(|(name, _)| name == "rid").map(|(_, id)| id.into_owned())
}

impl Environment for Vendor {
    /// One that is like no other.
    fn random(&self) -> Option<[u8; 16]> {
        let number = self.random.fetch_add(1, SeqCst);
        self.has_random.then_some([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, number])
    }
}

impl blocking::Transport for Vendor {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let sent = id_of(&request);
        assert_eq!(
            RequestId::of(&request).map(|id| id.as_str().to_owned()),
            sent,
            "the request tells its ID"
        );
        let mut seen = self.seen.lock().unwrap();
        let (status, body, echo) = self.replies[seen.len().min(self.replies.len() - 1)];
        let id = echo.map(|echo| echo.replace('$', sent.as_deref().unwrap_or_default()));
        seen.push(sent);
        let member = id.map_or_else(String::new, |id| format!(",\"rid\":\"{id}\""));
        Ok(response(status, "application/json", body.replace(",RID", &member)))
    }

    fn environment(&self) -> &dyn Environment {
        self
    }

    fn wait(&self, _: Duration) -> Result<(), TransportError> {
        Ok(())
    }
}

const SHOW: Show = Show { lamp: 1 };
const SHOWN: &str = r#"{"reply":{"code":0,RID,"data":{"lamp":1,"state":"DARK"}}}"#;
const DOUSED: &str = r#"{"reply":{"code":0,RID}}"#;
const REFUSED: &str = r#"{"reply":{"code":6,RID}}"#;
/// The data are not what was promised.
const BROKEN: &str = r#"{"reply":{"code":0,RID,"data":{"lamp":"none"}}}"#;

fn caller(given: Option<&str>) -> Caller {
    let mut caller = Caller::new();
    caller.options.rid = given.map(str::to_owned);
    caller
}

/// How a call ends, and the IDs that were sent: alike for both ways to call.
fn told<R: Request<Failure = Failure>>(
    vendor: impl Fn() -> Vendor,
    request: &R,
    given: Option<&str>,
    settings: &Config,
) -> (String, Vec<Option<String>>) {
    let caller = caller(given);
    let context: CallContext<'_> = caller.context(settings);
    let (blocked, waited) = (vendor(), vendor());
    let told = (outcome(&blocking::call(&blocked, request, &context)), blocked.seen());
    let result = ready(client::call(&AtOnce(&waited), request, &context));
    assert_eq!(told, (outcome(&result), waited.seen()));
    told
}

#[test]
fn an_id_is_made_unless_the_caller_gives_one_or_wants_none() {
    let made = "0000000000000000000000000000ab00";
    let (on, off) = (Config::new(), Config::new().with_request_ids(false));
    for (what, given, settings, has_random, expected) in [
        ("made", None, &on, true, Some(made)),
        ("given", Some("r-1"), &on, true, Some("r-1")),
        ("given and empty", Some(""), &on, true, Some("")),
        ("not wanted", None, &off, true, None),
        ("given, and none is made", Some("r-1"), &off, true, Some("r-1")),
        ("there is no randomness", None, &on, false, None),
        ("given without randomness", Some("r-1"), &on, false, Some("r-1")),
    ] {
        let vendor = || Vendor { has_random, ..Vendor::new(&[(200, SHOWN, None)]) };
        // An empty one is sent and told as none.
        if expected == Some("") {
            let (caller, vendor) = (caller(given), vendor());
            let context = CallContext { environment: Some(&vendor), ..caller.context(settings) };
            let request = write_request(&crate::support::SHOW, &SHOW, &context).unwrap();
            assert_eq!((id_of(&request).as_deref(), RequestId::of(&request)), (Some(""), None), "{what}");
            continue;
        }
        let (outcome, seen) = told(vendor, &SHOW, given, settings);
        assert_eq!((outcome.as_str(), seen), ("answer", vec![expected.map(str::to_owned)]), "{what}");
    }
    // Without an environment there is nothing to make one of.
    let settings = Config::new();
    let request = write_request(&crate::support::SHOW, &SHOW, &caller(None).context(&settings)).unwrap();
    assert_eq!((id_of(&request), RequestId::of(&request)), (None, None));
}

/// A reply of each kind that echoes the ID, another one, none, or an empty one: how the call ends.
#[test]
fn a_reply_is_taken_if_it_echoes_the_id_or_none() {
    let another = "the reply answers another request: the ID \"r-1\" was sent, and \"r-0\" came back";
    for (what, status, body, otherwise) in [
        ("a success", 200, SHOWN, "answer"),
        ("a refusal", 200, REFUSED, "vendor 6"),
        ("a refusal under a status of HTTP", 400, REFUSED, "vendor 6"),
        ("data that cannot be read", 200, BROKEN, "decode"),
        (
            "a success under a status of HTTP",
            500,
            SHOWN,
            "http 500 the envelope says success and HTTP does not",
        ),
    ] {
        for (echo, is_another) in [(Some("$"), false), (None, false), (Some(""), false), (Some("r-0"), true)]
        {
            let settings = Config::new().with_retry_policy(RetryPolicy::none());
            let vendor = || Vendor::new(&[(status, body, echo)]);
            let (outcome, seen) = told(vendor, &SHOW, Some("r-1"), &settings);
            let expected = if is_another { another } else { otherwise };
            assert!(outcome.starts_with(expected), "{what}, {echo:?}: {outcome}");
            assert_eq!(seen, [Some("r-1".to_owned())], "{what}, {echo:?}");
        }
    }
    // What has no status is no reply, whatever it echoes; and nothing is compared where nothing was sent.
    let (outcome, _) = told(
        || Vendor::new(&[(200, r#"{"reply":{"a":1,RID}}"#, Some("r-0"))]),
        &SHOW,
        Some("r-1"),
        &Config::new(),
    );
    assert_eq!(outcome, "http 200 the body has no status");
    let off = Config::new().with_request_ids(false);
    let (outcome, _) = told(|| Vendor::new(&[(200, SHOWN, Some("r-0"))]), &SHOW, None, &off);
    assert_eq!(outcome, "answer");
}

/// Each try has an ID of its own, unless the caller gave one; what may not be sent twice is not.
#[test]
fn a_reply_to_another_request_is_asked_for_again_where_that_does_no_harm() {
    let made = |number: u8| Some(format!("0000000000000000000000000000ab{number:02x}"));
    let mixed_up = [(200, SHOWN, Some("r-0")), (200, REFUSED, Some("r-0")), (200, SHOWN, Some("$"))];
    let (outcome, seen) = told(|| Vendor::new(&mixed_up), &SHOW, None, &Config::new());
    // The wait before each try takes some of the randomness.
    assert_eq!((outcome.as_str(), seen), ("answer", vec![made(0), made(2), made(4)]));

    let given = || Some("r-1".to_owned());
    let (outcome, seen) = told(|| Vendor::new(&mixed_up), &SHOW, Some("r-1"), &Config::new());
    assert_eq!((outcome.as_str(), seen), ("answer", vec![given(), given(), given()]));

    let once = [(200, DOUSED, Some("r-0"))];
    let (outcome, seen) = told(|| Vendor::new(&once), &Douse::default(), None, &Config::new());
    assert!(outcome.starts_with("the reply answers another request"), "{outcome}");
    assert_eq!(seen, [made(0)]);
}

fn mismatch(sent: &str, body: &str) -> Error<Failure> {
    let mut response = response(200, "application/json", body);
    response.extensions_mut().insert(RequestId::from(sent));
    read_reply::<Show>(response, Format::Json, &Limits::new()).expect_err("it is another request's")
}

#[test]
fn the_error_shows_both_ids_and_nothing_of_the_body() {
    let body = r#"{"reply":{"code":6,"rid":"r-0\nforged line","text":"hunter2"}}"#;
    let error = mismatch("r-1", body);
    assert_eq!(
        error.to_string(),
        "the reply answers another request: the ID \"r-1\" was sent, and \"r-0 forged line\" came back (HTTP 200, 62 bytes); \
         a cache or a proxy on the way may mix replies up"
    );
    assert_eq!((error.class(), error.request_id(), error.code()), (Class::Retry, Some("r-1"), None));
    assert_eq!(error.body().map(exchange::Body::expose), Some(body.as_bytes()));
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    let Error::Mismatched(reply) = error else { panic!("{error}") };
    assert_eq!((reply.sent.as_str(), reply.echoed.as_str()), ("r-1", "r-0\nforged line"));

    // However long it is, a line stays one.
    let long = mismatch("r-1", &format!(r#"{{"reply":{{"code":0,"rid":"{}"}}}}"#, "é".repeat(10_000)));
    assert!(long.to_string().contains(&format!("\"{}…\" came back", "é".repeat(64))), "{long}");
}

/// The ID of a signed request is signed as any other parameter.
#[test]
fn a_made_id_is_signed() {
    let (caller, vendor) = (caller(None), Vendor::new(&[(200, DOUSED, Some("$"))]));
    let settings = Config::new();
    let context = CallContext { environment: Some(&vendor), ..caller.context(&settings) };
    let request = write_request(&crate::support::DOUSE, &Douse::default(), &context).unwrap();
    let form = String::from_utf8(request.body().clone()).unwrap();
    let signed: Vec<&str> = form.split('&').filter(|pair| !pair.starts_with("sig=")).collect();
    assert!(signed.contains(&"rid=0000000000000000000000000000ab00"), "{form}");
    let url = "https://api.lantern.example/rpc";
    let signature = crate::support::signature("POST", url, &signed.join("&"));
    assert!(form.contains(&format!("sig={signature}")), "{form}");
}

/// Both halves of an exchange tell the ID of its try.
#[test]
fn an_observer_sees_the_id() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let settings = Config::new().with_observer({
        let log = Arc::clone(&log);
        move |exchange: &Exchange<'_>| {
            let id = exchange.request_id().map(ToString::to_string);
            log.lock().unwrap().push((exchange.attempt(), id));
        }
    });
    let caller = caller(None);
    let vendor = Vendor::new(&[(200, SHOWN, Some("r-0")), (200, SHOWN, Some("$"))]);
    blocking::call(&vendor, &SHOW, &caller.context(&settings)).unwrap();
    let id = |number: u8| Some(format!("0000000000000000000000000000ab{number:02x}"));
    assert_eq!(*log.lock().unwrap(), [(1, id(0)), (1, id(0)), (2, id(2)), (2, id(2))]);
}

/// Paginated calls are compared like others: with the ID of the URL, where the vendor's URL has one.
#[test]
fn calls_that_continue_are_compared_too() {
    let (settings, caller) = (Config::new(), caller(None));
    let vendor = Vendor::new(&[(200, DOUSED, Some("$"))]);
    let context = CallContext { environment: Some(&vendor), ..caller.context(&settings) };
    for (why, echo, expected) in [
        ("/next", "$", "Item"),
        ("/next", "r-0", "Wait"),
        ("/next?rid=told", "told", "Item"),
        ("/next?rid=told", "r-0", "Wait"),
    ] {
        let mut continuation = Pagination::new(Douse::default()).at(Secret::from(why), None);
        let Step::Send(request) = continuation.step(&context).unwrap() else { panic!("it is sent") };
        let sent = RequestId::of(&request).unwrap().as_str();
        assert_eq!(sent == "told", why.ends_with("told"), "{why}");
        let body = format!(r#"{{"reply":{{"code":0,"rid":"{}"}}}}"#, echo.replace('$', sent));
        continuation.take(Ok(response(200, "application/json", body)), &context).unwrap();
        let next = format!("{:?}", continuation.step(&context).unwrap());
        assert!(next.starts_with(expected), "{why}, {echo}: {next}");
    }
}

/// What an answer shows of its ID is what came.
#[test]
fn the_answer_has_the_id_that_came_back() {
    let caller = caller(None);
    let (settings, vendor) = (Config::new(), Vendor::new(&[(200, SHOWN, Some("$"))]));
    let answer: Answer<Shown> = blocking::call(&vendor, &SHOW, &caller.context(&settings)).unwrap();
    assert_eq!(Some(answer.rid), vendor.seen().pop());
}
