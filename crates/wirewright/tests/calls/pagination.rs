//! The requests of paginated calls at a URL of a reply, and the steps between them.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::time::Duration;

use crate::support::{Answer, Caller, Douse, Show, Shown, response, signature};
use http::Method;
use wirewright::{
    Secret,
    client::{
        AttemptTimeout, Config, NextPage, Page, PaginatedRequest, Pagination, RetryPolicy, Step,
        TransportError, TransportErrorKind,
    },
    describe::Class,
    exchange::{CallContext, RequestError},
};

fn at(url: &str) -> Pagination<Douse> {
    Pagination::new(Douse { why: Some("dawn".into()) }).at(Secret::from(url), None)
}

/// The method, URL and body of the next call.
fn sent(continuation: &mut Pagination<Douse>, settings: &Config) -> Result<String, RequestError> {
    let caller = Caller::new();
    match continuation.step(&caller.context(settings))? {
        Step::Send(request) => {
            let body = String::from_utf8_lossy(request.body()).into_owned();
            Ok(format!("{} {} {body}", request.method(), request.uri()))
        }
        other => panic!("{other:?} instead of a call"),
    }
}

/// What the URL has stays in it and takes precedence over the request's own; everything is signed, and nothing with another signature.
#[test]
fn the_parameters_of_a_url_stay_and_are_signed() {
    let url = "https://api.lantern.example/next?after=a%20b&why=dusk&sig=stale&fmt=qs";
    let get = Config::new().with_method(Method::GET);
    let own = "v=2&cmd=douse&app=app+1&token=to%2Bk%2Fen%3D";
    let told = "after=a%20b&why=dusk&fmt=qs";
    let signature = |method, rest: &str| {
        let signed = format!("{told}&{own}&{rest}");
        signature(method, "https://api.lantern.example/next", &signed)
    };
    assert_eq!(
        sent(&mut at(url), &get).unwrap(),
        format!(
            "GET https://api.lantern.example/next?{told}&{own}&sig={}&rid=r-1 ",
            signature("GET", "rid=r-1")
        )
    );
    assert_eq!(
        sent(&mut at(url), &Config::new()).unwrap(),
        format!(
            "POST https://api.lantern.example/next?{told} {own}&sig={}&rid=r-1",
            signature("POST", "rid=r-1")
        )
    );
}

#[test]
fn where_a_url_may_lead() {
    let here = Config::new();
    let moved = Config::new().with_endpoint("http://127.0.0.1:8080");
    let below = Config::new().with_endpoint("http://127.0.0.1:8080/w");
    let apart = Config::new().with_endpoint_of("https://spare.example:8443", "http://localhost:9");
    for (settings, url, expected) in [
        (&here, "https://api.lantern.example/rpc", Some("https://api.lantern.example/rpc")),
        (&here, " https://API.lantern.example:443/x?y=1 ", Some("https://api.lantern.example/x?y=1")),
        (&here, "http://api.lantern.example/x", Some("https://api.lantern.example/x")),
        (&here, "http://api.lantern.example:443/x", None),
        (&here, "https://api.lantern.example:444/x", None),
        (&here, "https://user:word@api.lantern.example/x", None),
        (&here, "https://lantern.example/x", None),
        (&here, "https://spare.example:8443/x", Some("https://spare.example:8443/x")),
        (&here, "https://spare.example/x", None),
        (&here, "http://127.0.0.1:8080/x", None),
        (&here, "/other?y=1#part", Some("https://api.lantern.example/other?y=1")),
        (&here, "?y=1", Some("https://api.lantern.example/rpc?y=1")),
        (&here, "other", None),
        (&here, "https:///x", None),
        (&here, "https://api.lantern.example/a b", None),
        (&moved, "https://api.lantern.example/x", Some("http://127.0.0.1:8080/x")),
        (&moved, "https://spare.example:8443/x", Some("http://127.0.0.1:8080/x")),
        (&moved, "http://127.0.0.1:8080/x", Some("http://127.0.0.1:8080/x")),
        (&moved, "http://127.0.0.1/x", None),
        (&moved, "/x", Some("http://127.0.0.1:8080/x")),
        // Below a path of its own a server may tell URLs with that path; the vendor's have none.
        (&below, "https://api.lantern.example/x", Some("http://127.0.0.1:8080/w/x")),
        (&below, "http://127.0.0.1:8080/w/x?y=1", Some("http://127.0.0.1:8080/w/x?y=1")),
        (&below, "/w/x", Some("http://127.0.0.1:8080/w/x")),
        (&below, "/wx", Some("http://127.0.0.1:8080/w/wx")),
        (&below, "?y=1", Some("http://127.0.0.1:8080/w/rpc?y=1")),
        (&apart, "https://spare.example:8443/x", Some("http://localhost:9/x")),
        (&apart, "https://api.lantern.example/x", Some("https://api.lantern.example/x")),
    ] {
        match (sent(&mut at(url), settings), expected) {
            (Ok(sent), Some(expected)) => assert_eq!(sent.split(' ').nth(1), Some(expected), "{url}"),
            (Err(RequestError::Elsewhere { operation }), None) => {
                assert_eq!(operation, "lamp/douse", "{url}");
            }
            (found, expected) => panic!("{url}: {found:?} instead of {expected:?}"),
        }
    }
}

#[test]
fn steps_come_in_their_order() {
    let (caller, settings) = (Caller::new(), Config::new());
    let context = caller.context(&settings);
    let retries = RetryPolicy::new()
        .with_max_attempts(2)
        .with_base_delay(Duration::from_secs(8))
        .with_max_delay(Duration::from_secs(10));
    let mut continuation = Pagination::new(Douse { why: Some("/next".into()) })
        .with_retries(retries)
        .with_longest_wait(Duration::from_secs(3600))
        .at(None::<Secret<String>>, Some(Duration::from_secs(u64::MAX)));
    let answered = || Ok(response(200, "", r#"{"reply":{"code":0,"data":{}}}"#));
    let lost = || Err(TransportError::new(TransportErrorKind::Timeout, "nobody answered"));

    let shown: Vec<String> = [continuation.step(&context).unwrap(), {
        let mut sending = at("/next?token=hunter2");
        sending.step(&context).unwrap()
    }]
    .iter()
    .map(|step| format!("{step:?}"))
    .collect();
    assert_eq!(shown, ["Wait(3600s)", "Send(POST, ..)"]);

    // A step stays until something is done about it.
    for _ in 0..2 {
        assert!(matches!(continuation.step(&context), Ok(Step::Wait(time)) if time.as_secs() == 3600));
    }
    continuation.waited();
    assert!(matches!(continuation.step(&context), Ok(Step::Send(_))));
    continuation.take(answered(), &context).unwrap();
    assert!(matches!(continuation.step(&context), Ok(Step::Item("doused"))));
    assert_eq!(continuation.url().map(|url| url.expose().as_str()), Some("/next"));
    assert_eq!(continuation.request(), &Douse::default());

    // Without randomness the waits are whole; they are bounded, and an error that was handed out does not end it.
    for (failed, wait) in [(1, 8), (2, 10), (3, 10)] {
        assert!(matches!(continuation.step(&context), Ok(Step::Send(_))));
        let taken = continuation.take(lost(), &context);
        assert_eq!(taken.is_err(), failed >= 2, "{taken:?}");
        assert!(matches!(continuation.step(&context), Ok(Step::Wait(time)) if time.as_secs() == wait));
        continuation.waited();
    }
    let page = "<html>no gateway</html>";
    let error = continuation.take(Ok(response(404, "text/html", page)), &context).expect_err("no reply");
    assert_eq!(error.class(), Class::GiveUp);
    assert!(matches!(continuation.step(&context), Ok(Step::Done)));

    // A reply that leads nowhere is the last one, but for its items.
    let mut continuation = Pagination::new(Douse::default());
    continuation.take(answered(), &context).unwrap();
    assert!(matches!(continuation.step(&context), Ok(Step::Item("doused"))));
    assert!(matches!(continuation.step(&context), Ok(Step::Done)));
}

/// What comes next, in a word.
fn told(continuation: &mut Pagination<Douse>, context: &CallContext<'_>) -> String {
    match continuation.step(context).unwrap() {
        Step::Send(request) => {
            format!("sent within {:?}", AttemptTimeout::of(&request))
        }
        other => format!("{other:?}"),
    }
}

/// What is asked for, the settings' patience and the calls' own, and what becomes of an error.
type Patience = (&'static str, Option<&'static str>, Option<RetryPolicy>, Option<RetryPolicy>, &'static str);

/// Single calls and those that continue have one kind of patience: full jitter, `Retry-After`, and whose it is.
#[test]
fn an_error_that_may_pass_is_waited_out_as_the_vendor_wants() {
    let caller = Caller::new();
    let short = RetryPolicy::new().with_max_attempts(2).with_max_delay(Duration::from_secs(5));
    let table: &[Patience] = &[
        ("the default", None, None, None, "Ok(()) Wait(1s)"),
        ("it is asked for", Some("7"), None, None, "Ok(()) Wait(8s)"),
        ("it is asked for as long as may be", Some("60"), None, None, "Ok(()) Wait(60s)"),
        ("it is asked for too long", Some("61"), None, None, "Err Wait(61s)"),
        ("it is asked for too long by far", Some("99999999999"), None, None, "Err Wait(86400s)"),
        ("the settings' patience", Some("7"), Some(short), None, "Err Wait(7s)"),
        ("the settings' patience is enough", Some("3"), Some(short), None, "Ok(()) Wait(3.2s)"),
        (
            "the calls' own goes before it",
            Some("7"),
            Some(short),
            Some(RetryPolicy::patient()),
            "Ok(()) Wait(8s)",
        ),
        ("none", None, Some(RetryPolicy::none()), None, "Err Wait(200ms)"),
    ];
    for (what, after, settings, own, expected) in table {
        let settings = settings.map_or_else(Config::new, |retries| Config::new().with_retry_policy(retries));
        let context = caller.context(&settings);
        let mut continuation = Pagination::new(Douse::default());
        if let Some(own) = own {
            continuation = continuation.with_retries(*own);
        }
        let mut busy = response(200, "", r#"{"reply":{"code":7}}"#);
        if let Some(after) = after {
            busy.headers_mut().insert("Retry-After", after.parse().unwrap());
        }
        let taken = continuation.take(Ok(busy), &context);
        let taken = taken.map_or_else(|_| "Err".to_owned(), |taken| format!("Ok({taken:?})"));
        assert_eq!(format!("{taken} {}", told(&mut continuation, &context)), *expected, "{what}");
    }
}

#[test]
fn the_time_that_the_vendor_holds_a_call_comes_on_top() {
    let caller = Caller::new();
    let request = |why: &str| Pagination::new(Douse { why: Some(why.into()) });
    let (usual, short) = (Config::new(), Config::new().with_timeout(Duration::from_secs(5)));
    for (settings, mut continuation, expected) in [
        (&usual, request("now"), "sent within None"),
        (&short, request("now"), "sent within Some(5s)"),
        (&usual, request("held"), "sent within Some(90s)"),
        (&short, request("held"), "sent within Some(65s)"),
        (&short, request("held").with_timeout(Duration::from_secs(2)), "sent within Some(2s)"),
        (
            &usual,
            request("now").with_timeout(Duration::MAX),
            &format!("sent within Some({:?})", Duration::MAX),
        ),
    ] {
        assert_eq!(told(&mut continuation, &caller.context(settings)), expected);
    }
}

/// Goes on at the lamp that the reply has.
impl PaginatedRequest for Show {
    type Item = u32;

    fn part(&mut self, answer: Answer<Shown>) -> Page<u32> {
        self.lamp = answer.data.lamp;
        Page::new(vec![self.lamp], NextPage::parameters(true))
    }
}

/// A vendor that tells the same token again, or leads back to a page further up, would be asked for ever. What came before is
/// handed out.
#[test]
fn pages_that_lead_in_a_circle_end() {
    type Next = fn(u32) -> u32;
    let (caller, settings) = (Caller::new(), Config::new());
    let context = caller.context(&settings);
    let table: [(&str, Next, usize); 5] = [
        ("the token of the call itself", |lamp| lamp, 1),
        ("the same token from the third page on", |lamp| (lamp + 1).min(3), 3),
        ("two pages in turn", |lamp| 3 - lamp, 5),
        ("a circle of five behind three pages", |lamp| if lamp == 8 { 4 } else { lamp + 1 }, 30),
        ("no circle", |lamp| if lamp == 1000 { u32::MAX } else { lamp + 1 }, 1002),
    ];
    for (what, next, most) in table {
        let mut pages = Pagination::new(Show { lamp: 1 });
        let (mut asked, mut items) = (1, 0);
        let ended = loop {
            match pages.step(&context) {
                Ok(Step::Item(lamp)) => {
                    items += 1;
                    asked = lamp;
                }
                Ok(Step::Send(_)) if asked == u32::MAX => break "went on".to_owned(),
                Ok(Step::Send(_)) => {
                    let body = format!(
                        r#"{{"reply":{{"code":0,"data":{{"lamp":{},"state":"DARK"}}}}}}"#,
                        next(asked)
                    );
                    pages.take(Ok(response(200, "application/json", body)), &context).unwrap();
                }
                Ok(other) => panic!("{what}: {other:?}"),
                Err(error) => break error.to_string(),
            }
            assert!(items <= most, "{what}: no end");
        };
        if what == "no circle" {
            assert_eq!(ended, "went on");
            continue;
        }
        assert_eq!(
            ended,
            "the request was not sent: the vendor's reply to lamp/show leads to a page that was read already, \
             so that there would be no end",
            "{what}"
        );
        assert!(items > 0, "{what}");
        assert!(matches!(pages.step(&context), Ok(Step::Done)), "{what}");
    }
}
