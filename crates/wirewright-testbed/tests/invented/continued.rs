//! Paginated calls, over a line whose other end is written down beforehand: by URL, by parameters, async and blocking.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_core::Stream;
use wirewright::client::CallConfig;
use wirewright::{
    client::{
        self, AttemptTimeout, ClockSkew, Config, Environment, RetryPolicy, TransportError,
        TransportErrorKind, blocking,
    },
    describe::Class,
    exchange::{Error, RequestError},
};
use wirewright_testbed::ready;

/// What the other end answers, and what it got: calls as method and URL, waits as their length.
#[derive(Default)]
struct Script {
    replies: Mutex<VecDeque<(u16, String, Option<Header>)>>,
    log: Mutex<Vec<String>>,
    cannot_wait: bool,
}

impl Script {
    fn new(replies: impl IntoIterator<Item = impl Into<Reply>>) -> Self {
        let replies = replies.into_iter().map(|reply| reply.into().0).collect();
        Self { replies: Mutex::new(replies), ..Self::default() }
    }

    /// What has happened since this was asked the last time.
    fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }
}

type Header = (&'static str, &'static str);

/// A body, with HTTP 200 unless a status is said, and perhaps a header. 0: no response comes back.
struct Reply((u16, String, Option<Header>));

impl From<(Header, String)> for Reply {
    fn from((header, body): (Header, String)) -> Self {
        Self((200, body, Some(header)))
    }
}

impl From<&str> for Reply {
    fn from(body: &str) -> Self {
        Self((200, body.into(), None))
    }
}

impl From<String> for Reply {
    fn from(body: String) -> Self {
        Self((200, body, None))
    }
}

impl From<(u16, &str)> for Reply {
    fn from((status, body): (u16, &str)) -> Self {
        Self((status, body.into(), None))
    }
}

impl blocking::Transport for Script {
    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let space = if body.is_empty() { "" } else { " " };
        let timeout = AttemptTimeout::of(&request).map_or(String::new(), |time| format!(" within {time:?}"));
        self.log.lock().unwrap().push(format!(
            "{} {}{space}{body}{timeout}",
            request.method(),
            request.uri()
        ));
        match self.replies.lock().unwrap().pop_front().expect("a call too many") {
            (0, ..) => Err(TransportError::new(TransportErrorKind::Timeout, "nobody answered")),
            (status, body, header) => {
                let response = http::Response::builder().status(status);
                let response =
                    header.iter().fold(response, |response, (name, value)| response.header(*name, *value));
                Ok(response.body(body.into_bytes()).unwrap())
            }
        }
    }

    fn environment(&self) -> &dyn Environment {
        self
    }

    fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        if self.cannot_wait {
            return blocking::Transport::wait(&Bare, duration);
        }
        self.log.lock().unwrap().push(format!("wait {duration:?}"));
        Ok(())
    }
}

impl client::Transport for Script {
    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        blocking::Transport::send(self, request)
    }

    fn environment(&self) -> &dyn Environment {
        self
    }

    async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
        blocking::Transport::wait(self, duration)
    }
}

/// Half of what is random is left out.
impl Environment for Script {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_secs(1_000_000))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some([0x80; 16])
    }
}

/// A transport that leaves everything as it is.
struct Bare;

impl blocking::Transport for Bare {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        Err(TransportError::new(TransportErrorKind::Connect, "there is nobody"))
    }
}

mod nina_events {
    //! The events of a NINA session: a URL in each reply, times to wait, and a last event.

    use nina::{Client, aim::FetchEvents, types::EventContent};

    use super::*;

    /// What the line has for randomness makes this of every request.
    const ID: &str = "80808080808080808080808080808080";
    const STARTED: &str = r#"{"response":{"statusCode":200,"statusText":"Ok","data":{"aimsid":"made up","timeToNextFetch":500,"fetchBaseURL":"https://api.oscar.nina.bz/aim/fetchEvents?aimsid=made+up&seqNum=1"}}}"#;

    /// A reply with events that has a URL of the next number.
    fn fetched(events: &str, number: u32, wait: u32) -> String {
        format!(
            r#"{{"response":{{"statusCode":200,"statusText":"Ok","data":{{"events":[{events}],"timeToNextFetch":{wait},"fetchBaseURL":"http://api.oscar.nina.bz/aim/fetchEvents?aimsid=made+up&seqNum={number}"}}}}}}"#
        )
    }

    const TYPING: &str =
        r#"{"type":"typing","eventData":{"aimId":"chuck","typingStatus":"typing"},"seqNum":2}"#;
    const UNKNOWN: &str = r#"{"type":"weather","eventData":{"sky":"blue"},"seqNum":3}"#;
    const ENDED: &str = r#"{"type":"sessionEnded","eventData":{},"seqNum":4}"#;

    #[test]
    fn events_are_fetched_until_the_session_ends() {
        let line = Arc::new(Script::new([
            STARTED.to_owned(),
            fetched(TYPING, 2, 250),
            fetched("", 2, 0),
            fetched(&format!("{UNKNOWN},{ENDED}"), 4, 250),
        ]));
        let session = Client::new(Arc::clone(&line), "dev").start_session().send_blocking().unwrap();
        line.log();

        let events: Vec<_> = session
            .fetch_events()
            .timeout(60_000)
            .sequence_number(99)
            .paginate_blocking()
            .map(Result::unwrap)
            .collect();
        assert!(matches!(&events[0].content, EventContent::Typing(typing) if typing.aim_id == "chuck"));
        assert!(matches!(&events[1].content, EventContent::Other(kind, data)
            if kind == "weather" && data.get("sky").and_then(|sky| sky.as_str()) == Some("blue")));
        assert_eq!(events[2].content, EventContent::SessionEnded);
        assert_eq!(events.len(), 3);

        // What the URL says takes precedence over what the request says, `http` becomes `https`, and nothing comes behind the last event.
        let call = |number| {
            format!(
                "GET https://api.oscar.nina.bz/aim/fetchEvents?aimsid=made+up&seqNum={number}&k=dev&f=json&timeout=60000&r={ID} within 90s"
            )
        };
        assert_eq!(line.log(), ["wait 500ms".to_owned(), call(1), "wait 250ms".to_owned(), call(2), call(2)]);
        // The session is still there.
        assert_eq!(session.state().aimsid.expose(), "made up");
    }

    fn movable<T: Send>(value: T) -> T {
        value
    }

    #[test]
    fn a_stream_gives_what_an_iterator_gives() {
        let line = Script::new([STARTED.to_owned(), fetched(TYPING, 2, 250), fetched(ENDED, 4, 250)]);
        let session = ready(nina::Client::new(&line, "dev").start_session().send()).unwrap();
        let mut events = session.fetch_events().paginate();
        // A task may take it from thread to thread.
        assert!(matches!(ready(movable(events.next())).unwrap().unwrap().content, EventContent::Typing(_)));
        let polled = ready(std::future::poll_fn(|context| {
            Stream::poll_next(std::pin::Pin::new(&mut events), context)
        }));
        assert_eq!(polled.unwrap().unwrap().content, EventContent::SessionEnded);
        assert!(ready(events.next()).is_none());
        assert_eq!(line.log().len(), 5);
    }

    #[test]
    fn what_is_under_way_is_not_lost_with_a_future() {
        let line = Script::new([STARTED.to_owned(), fetched(TYPING, 2, 0)]);
        let slow = Slow { line: &line, polls: Mutex::new(0) };
        let session = ready(nina::Client::new(&slow, "dev").start_session().send()).unwrap();
        line.log();
        let mut events = session.fetch_events().paginate();
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        // Each of these futures is polled once and dropped.
        let mut polls = 0;
        let event = loop {
            polls += 1;
            if let std::task::Poll::Ready(event) = std::pin::pin!(events.next()).poll(&mut context) {
                break event;
            }
        };
        assert!(matches!(event.unwrap().unwrap().content, EventContent::Typing(_)));
        assert!(polls > 2, "{polls}");
        assert_eq!(line.log().len(), 2, "one wait, one call");
    }

    /// A line on which everything is ready at the third look.
    struct Slow<'a> {
        line: &'a Script,
        polls: Mutex<u32>,
    }

    impl Slow<'_> {
        async fn linger(&self) {
            std::future::poll_fn(|_| {
                let mut polls = self.polls.lock().unwrap();
                *polls += 1;
                if polls.is_multiple_of(3) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
        }
    }

    impl client::Transport for Slow<'_> {
        async fn send(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<http::Response<Vec<u8>>, TransportError> {
            self.linger().await;
            client::Transport::send(self.line, request).await
        }

        fn environment(&self) -> &dyn Environment {
            self.line
        }

        async fn wait(&self, duration: Duration) -> Result<(), TransportError> {
            self.linger().await;
            client::Transport::wait(self.line, duration).await
        }
    }

    #[test]
    fn an_expired_session_ends_it() {
        let refused = r#"{"response":{"statusCode":401,"statusText":"invalid or expired session"}}"#;
        let line = Script::new([
            Reply::from(STARTED),
            Reply::from(fetched(TYPING, 2, 0)),
            Reply::from((401, refused)),
        ]);
        let session = Client::new(&line, "dev").start_session().send_blocking().unwrap();
        let mut events = session.fetch_events().paginate_blocking();
        assert!(events.next().unwrap().is_ok());
        let error = events.next().unwrap().unwrap_err();
        assert_eq!(error.class(), Class::LogInAgain);
        assert_eq!(error.code(), Some(&nina::ErrorCode::Unauthorized));
        assert!(events.next().is_none());
        assert!(events.next().is_none());
    }

    #[test]
    fn errors_that_may_pass_are_waited_out() {
        let line = Script::new([
            Reply::from(STARTED),
            Reply::from((0, "")),
            Reply::from((503, "<html>gateway</html>")),
            Reply::from(r#"{"response":{"statusCode":430,"statusText":"slow down"}}"#),
            Reply::from(fetched(TYPING, 2, 0)),
        ]);
        let session = Client::new(&line, "dev").start_session().send_blocking().unwrap();
        line.log();
        assert!(session.fetch_events().paginate_blocking().next().unwrap().is_ok());
        let log = line.log();
        let waits: Vec<&str> = log.iter().filter_map(|line| line.strip_prefix("wait ")).collect();
        // Half of it is left out.
        let seconds = |text: &&str| text.trim_end_matches("ms").trim_end_matches('s').parse::<f64>().unwrap();
        assert_eq!(waits.len(), 4, "{log:?}");
        assert_eq!(waits[0], "500ms");
        for (wait, expected) in waits[1..].iter().zip([0.5, 1.0, 2.0]) {
            let found = if wait.ends_with("ms") { seconds(wait) / 1000.0 } else { seconds(wait) };
            assert!((found - expected).abs() < 0.01, "{wait} is not {expected}");
        }
        let calls: Vec<&String> = log.iter().filter(|line| line.starts_with("GET")).collect();
        assert_eq!(calls.len(), 4);
        assert!(calls.iter().all(|call| *call == calls[0]), "{log:?}");
    }

    #[test]
    fn whoever_goes_on_behind_an_exhausted_error_comes_back_to_the_same_place() {
        let line = Script::new([
            Reply::from(STARTED),
            Reply::from((0, "")),
            Reply::from((0, "")),
            Reply::from((0, "")),
            Reply::from(fetched(ENDED, 2, 0)),
        ]);
        let session = Client::new(&line, "dev").start_session().send_blocking().unwrap();
        line.log();
        let mut events = session
            .fetch_events()
            .paginate_blocking()
            .with_retries(RetryPolicy::patient().with_max_attempts(2).with_max_delay(Duration::from_secs(1)));
        assert!(matches!(events.next(), Some(Err(Error::Transport(_)))));
        assert!(format!("{events:?}").contains("failed: 2"));
        assert!(!format!("{events:?}").contains("made"));
        assert!(matches!(events.next(), Some(Err(Error::Transport(_)))));
        assert!(events.next().unwrap().is_ok());
        assert!(events.next().is_none());
        let log = line.log();
        assert_eq!(log.iter().filter(|line| line.starts_with("wait")).count(), 4, "{log:?}");
        assert_eq!(log.iter().filter(|line| line.contains("seqNum=1")).count(), 4, "{log:?}");
    }

    /// What NINA holds on purpose is none of the time that an answer may take.
    #[test]
    fn a_long_poll_is_not_cut_off() {
        for (settings, expected) in [(Config::new(), " within 90s"), (within_five(), " within 65s")] {
            let line = Script::new([STARTED.to_owned(), fetched(ENDED, 2, 0)]);
            let session =
                Client::new(&line, "dev").with_config(settings).start_session().send_blocking().unwrap();
            line.log();
            assert!(session.fetch_events().timeout(60_000).paginate_blocking().next().unwrap().is_ok());
            let log = line.log();
            assert!(log[1].contains("timeout=60000") && log[1].ends_with(expected), "{log:?}");
        }
        // Without the parameter the vendor holds it as long as it does by itself.
        let line = Script::new([STARTED.to_owned(), fetched(TYPING, 2, 0), fetched(ENDED, 3, 0)]);
        let session =
            Client::new(&line, "dev").with_config(within_five()).start_session().send_blocking().unwrap();
        line.log();
        assert!(session.fetch_events().paginate_blocking().next().unwrap().is_ok());
        assert!(line.log()[1].ends_with(" within 65s"));
        let mut patient = session.fetch_events().paginate_blocking().with_timeout(Duration::from_secs(120));
        assert!(patient.next().unwrap().is_ok());
        assert!(line.log()[1].ends_with(" within 120s"));
    }

    /// The reply that opens the session says how long polls are held that do not say it themselves.
    #[test]
    fn the_opening_says_how_long_a_poll_is_held() {
        let started = |told: &str| {
            STARTED.replace("\"timeToNextFetch\"", &format!("\"fetchTimeout\":{told},\"timeToNextFetch\""))
        };
        for (told, asked, expected) in [
            ("25000", None, " within 30s"),
            ("600000", None, " within 605s"),
            ("25000", Some(40_000), " within 45s"),
            ("null", None, " within 65s"),
            ("0", None, " within 5s"),
        ] {
            let started = started(told);
            assert!(started.contains("fetchTimeout"), "{started}");
            let line = Script::new([started, fetched(TYPING, 2, 0), fetched(ENDED, 3, 0)]);
            let session =
                Client::new(&line, "dev").with_config(within_five()).start_session().send_blocking().unwrap();
            line.log();
            let call = session.fetch_events();
            let call = if let Some(asked) = asked { call.timeout(asked) } else { call };
            let mut events = call.paginate_blocking();
            for _ in 0..2 {
                assert!(events.next().unwrap().is_ok());
                let log = line.log();
                let sent = log.iter().find(|line| line.contains("within")).unwrap();
                assert!(sent.ends_with(expected), "{told} {asked:?}: {log:?}");
            }
        }
    }

    fn within_five() -> Config {
        Config::new().with_timeout(Duration::from_secs(5))
    }

    #[test]
    fn a_transport_that_cannot_wait_hands_the_error_out() {
        let replies = [
            Reply::from(STARTED.replace("500", "0").as_str()),
            Reply::from((0, "")),
            Reply::from(fetched(TYPING, 2, 900)),
        ];
        let line = Script { cannot_wait: true, ..Script::new(replies) };
        let session = Client::new(&line, "dev").start_session().send_blocking().unwrap();
        let mut events = session.fetch_events().paginate_blocking();
        let error = events.next().unwrap().unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Timeout));
        assert!(events.next().unwrap().is_ok());
        let error = events.next().unwrap().unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::CannotWait));
        assert!(events.next().is_none());
    }

    #[test]
    fn the_session_does_not_go_to_another_host() {
        for url in [
            "https://evil.example/aim/fetchEvents?aimsid=made+up",
            "https://api.oscar.nina.bz.evil.example/aim/fetchEvents",
            "https://api.oscar.nina.bz:8443/aim/fetchEvents",
            "https://api.oscar.nina.bz@evil.example/aim/fetchEvents",
            "//evil.example/aim/fetchEvents",
            "ftp://api.oscar.nina.bz/aim/fetchEvents",
            "no URL at all",
        ] {
            let line = Script::new([
                STARTED.replace("https://api.oscar.nina.bz/aim/fetchEvents?aimsid=made+up&seqNum=1", url)
            ]);
            let session = Client::new(&line, "dev").start_session().send_blocking().unwrap();
            let mut events = session.fetch_events().paginate_blocking();
            let error = events.next().unwrap().unwrap_err();
            assert!(matches!(&error, Error::Request(RequestError::Elsewhere { .. })), "{url}: {error}");
            assert_eq!(error.class(), Class::GiveUp);
            assert!(!format!("{error:?} {error}").contains("made"), "{error:?}");
            assert!(events.next().is_none());
            assert_eq!(line.log().len(), 2, "nothing was sent to {url}");
        }
    }

    #[test]
    fn another_endpoint_takes_the_place_of_the_vendors() {
        for url in [
            "https://api.oscar.nina.bz/aim/fetchEvents?seqNum=7",
            "http://127.0.0.1:8080/aim/fetchEvents?seqNum=7",
            "?seqNum=7",
        ] {
            let line = Script::new([
                STARTED.replace("https://api.oscar.nina.bz/aim/fetchEvents?aimsid=made+up&seqNum=1", url),
                fetched(ENDED, 8, 0),
            ]);
            let settings = Config::new().with_endpoint("http://127.0.0.1:8080");
            let session =
                Client::new(&line, "dev").with_config(settings).start_session().send_blocking().unwrap();
            line.log();
            assert!(session.fetch_events().paginate_blocking().next().unwrap().is_ok());
            assert_eq!(
                line.log()[1],
                format!(
                    "GET http://127.0.0.1:8080/aim/fetchEvents?seqNum=7&k=dev&f=json&r={ID}&aimsid=made+up within 90s"
                )
            );
        }
    }

    /// Where the events were is saved beside the session, and taken up in another program.
    #[test]
    fn events_go_on_where_they_were() {
        let line = Script::new([STARTED.to_owned(), fetched(TYPING, 2, 0), fetched(ENDED, 3, 0)]);
        let client = Client::new(&line, "dev");
        let session = client.start_session().send_blocking().unwrap();
        let mut events = session.fetch_events().paginate_blocking();
        events.next().unwrap().unwrap();
        let (state, url) = (session.state().clone(), events.pagination().url().cloned());
        line.log();

        let resumed = client.resume(state);
        let continuation = client::Pagination::new(FetchEvents::default()).at(url, None);
        let mut events = blocking::Paginator::new(&resumed, CallConfig::default(), continuation);
        assert_eq!(events.next().unwrap().unwrap().content, EventContent::SessionEnded);
        assert!(line.log()[0].contains("seqNum=2"));
    }

    /// `ts` is the server's clock at the login, and what has passed since.
    #[test]
    fn a_client_session_follows_the_clock_of_the_server() {
        let login = r#"{"response":{"statusCode":200,"statusText":"OK","data":{"token":{"a":"made up"},"sessionSecret":"grain","hostTime":1000090}}}"#;
        let line = Script::new([
            login.to_owned(),
            STARTED.to_owned(),
            login.replace(",\"hostTime\":1000090", ""),
            STARTED.to_owned(),
        ]);
        let client = Client::new(&line, "dev");
        let session = client.client_login("chuck", "password").send_blocking().unwrap();
        assert_eq!(session.state().clock_skew, Some(ClockSkew::from_millis(90_000)));
        session.start_session().send_blocking().unwrap();
        assert!(line.log()[1].contains("&ts=1000090&"));
        // Without a hint it is the clock here.
        client
            .client_login("chuck", "password")
            .send_blocking()
            .unwrap()
            .start_session()
            .send_blocking()
            .unwrap();
        assert!(line.log()[1].contains("&ts=1000000&"));
    }
}

mod cursors {
    //! Ropes and knots: what a reply says goes into the next request.

    use quay::Client;

    use super::*;

    fn ropes(names: &[&str], token: Option<&str>) -> String {
        let ropes: Vec<_> = names.iter().map(|name| format!(r#"{{"Name":"{name}"}}"#)).collect();
        let token = token.map_or(String::new(), |token| format!(r#","NextToken":"{token}""#));
        format!(
            r#"{{"Response":{{"Result":{{"Ropes":[{}]{token}}},"ResponseMetadata":{{"RequestId":"r"}}}}}}"#,
            ropes.join(",")
        )
    }

    #[test]
    fn a_token_goes_into_the_next_request() {
        for last in [None, Some("")] {
            let line = Script::new([
                ropes(&["red", "blue"], Some("t 2")),
                ropes(&[], Some("t 3")),
                ropes(&["green"], last),
            ]);
            let client = Client::new(&line);
            let names: Vec<_> =
                client.list("north").paginate_blocking().map(|rope| rope.unwrap().name).collect();
            assert_eq!(names, ["red", "blue", "green"]);
            let call = "POST https://quay.example/ Action=List&Format=json&Dock=north";
            assert_eq!(
                line.log(),
                [call.to_owned(), format!("{call}&NextToken=t+2"), format!("{call}&NextToken=t+3")]
            );
        }
    }

    #[test]
    fn what_came_before_an_error_is_handed_out_before_it() {
        let throttled = r#"{"Response":{"Error":{"Code":"ThrottlingError"}}}"#;
        let gone = r#"{"Response":{"Error":{"Code":"NoSuchRope"}}}"#;
        let line = Script::new([
            Reply::from(ropes(&["red", "blue"], Some("2"))),
            Reply::from((503, throttled)),
            Reply::from((404, gone)),
        ]);
        let client = quay::Client::new(&line);
        let mut ropes = client.list("north").paginate();
        assert_eq!(ready(ropes.next()).unwrap().unwrap().name, "red");
        assert_eq!(ready(ropes.next()).unwrap().unwrap().name, "blue");
        assert_eq!(ready(ropes.next()).unwrap().unwrap_err().code(), Some(&quay::ErrorCode::NoSuchRope));
        assert!(ready(ropes.next()).is_none());
        assert_eq!(line.log().len(), 4, "three calls and a wait");
    }

    #[test]
    fn pages_are_read_until_one_is_empty() {
        let knots = |names: &str, page: u32| {
            format!(
                r#"{{"Response":{{"Result":{{"Names":[{names}],"NextPage":{page},"Lesson":"{page}"}},"ResponseMetadata":{{"RequestId":"r"}}}}}}"#
            )
        };
        let line = Script::new([knots(r#""bowline""#, 2), knots(r#""sheet bend""#, 3), knots("", 4)]);
        let client = Client::new(&line);
        let names: Vec<_> = client.knots(1).paginate_blocking().map(Result::unwrap).collect();
        assert_eq!(names, ["bowline", "sheet bend"]);
        let call = "POST https://quay.example/ Action=Knots&Format=json";
        assert_eq!(
            line.log(),
            [format!("{call}&Page=1"), format!("{call}&Page=2&Lesson=2"), format!("{call}&Page=3&Lesson=3")]
        );
    }

    fn result(result: &str) -> String {
        format!(r#"{{"Response":{{"Result":{result},"ResponseMetadata":{{"RequestId":"r"}}}}}}"#)
    }

    /// The last of so many pages is the last, and so is one without items, or without what they are in.
    #[test]
    fn pages_are_counted() {
        let call = "POST https://quay.example/ Action=Splices&Format=json";
        let book = |names: &str, count: &str| {
            result(&format!(r#"{{"Book":{{{count}"Pages":{{"Splices":[{names}],"Total":9}}}}}}"#))
        };
        let counted = [book(r#""eye","long""#, r#""Count":2,"#), book(r#""short""#, r#""Count":2,"#)];
        let uncounted = [book(r#""eye","long""#, ""), book(r#""short""#, ""), result("{}")];
        for (replies, calls) in [(&counted[..], 2), (&uncounted, 3)] {
            let line = Script::new(replies.iter().cloned());
            let client = Client::new(&line);
            let names: Vec<_> = client.splices().paginate_blocking().map(Result::unwrap).collect();
            assert_eq!(names, ["eye", "long", "short"]);
            // What the vendor counts from is not said.
            let expected = [call.to_owned(), format!("{call}&Page=2"), format!("{call}&Page=3")];
            assert_eq!(line.log(), expected[..calls]);
        }
        // Whoever begins in the middle goes on from there.
        let line = Script::new([book(r#""eye""#, r#""Count":7,"#), book(r#""short""#, r#""Count":7,"#)]);
        let client = Client::new(&line);
        assert_eq!(client.splices().page(6).paginate_blocking().count(), 2);
        assert_eq!(line.log(), [format!("{call}&Page=6"), format!("{call}&Page=7")]);
    }

    /// A reply says how many items there are, and not how many pages: those that came are counted, however many are on a page.
    #[test]
    fn items_of_pages_are_counted() {
        let cleats = |names: &str, total: &str| result(&format!(r#"{{"Cleats":[{names}]{total}}}"#));
        let five = |names: &str| cleats(names, r#","Total":5"#);
        let call = "POST https://quay.example/ Action=Cleats&Format=json";
        let all = [five(r#""a","b""#), five(r#""c""#), five(r#""d","e""#)];
        let line = Script::new(all.iter().cloned());
        let client = Client::new(&line);
        let mut items = client.cleats().paginate_blocking();
        let mut left = Vec::new();
        while let Some(name) = items.next() {
            name.unwrap();
            left.push(items.remaining());
        }
        assert_eq!(left, [Some(4), Some(3), Some(2), Some(1), Some(0)]);
        assert_eq!(line.log(), [call.to_owned(), format!("{call}&Page=2"), format!("{call}&Page=3")]);
        // Who begins in the middle knows nothing of those before, and asks until nothing comes; so does who is told no total.
        for (page, replies) in [
            (2, [five(r#""c""#), five(r#""d","e""#), five("")]),
            (1, [cleats(r#""a""#, ""), cleats(r#""b""#, ""), cleats("", "")]),
        ] {
            let line = Script::new(replies);
            let client = Client::new(&line);
            let mut items = client.cleats().page(page).paginate_blocking();
            items.next().unwrap().unwrap();
            assert_eq!(items.remaining(), None);
            items.for_each(|item| drop(item.unwrap()));
            assert_eq!(line.log().len(), 3, "{page}");
        }
    }

    #[test]
    fn items_are_counted() {
        let found = |names: &str, total: u32| {
            result(&format!(r#"{{"Found":{{"Splices":[{names}],"Total":{total}}}}}"#))
        };
        let line = Script::new([found(r#""a","b""#, 3), found(r#""c""#, 3)]);
        let client = Client::new(&line);
        let names: Vec<_> =
            client.catalogue(0).kind("rope").paginate_blocking().map(Result::unwrap).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let call = "POST https://quay.example/ Action=Catalogue&Format=json";
        assert_eq!(line.log(), [format!("{call}&Start=0&Kind=rope"), format!("{call}&Start=2&Kind=rope")]);
    }

    /// The vendor says how many there are in all: those before the first page are none of those that are left.
    #[test]
    fn how_many_are_left_is_known() {
        let found = |names: &str| result(&format!(r#"{{"Found":{{"Splices":[{names}],"Total":9}}}}"#));
        let line = Script::new([found(r#""e","f""#), found(r#""g""#), found("")]);
        let client = Client::new(&line);
        let mut items = client.catalogue(4).paginate_blocking();
        let mut seen = vec![(None, items.remaining())];
        while let Some(name) = items.next() {
            seen.push((Some(name.unwrap()), items.remaining()));
        }
        seen.push((None, items.remaining()));
        let left = [("e", 4), ("f", 3), ("g", 2)].map(|(name, left)| (Some(name.to_owned()), Some(left)));
        assert_eq!(seen[0], (None, None));
        assert_eq!(seen[1..4], left);
        // It said that there are more, and had none.
        assert_eq!(seen[4], (None, Some(2)));
        // An operation whose reply does not say it.
        let line = Script::new([result(r#"{"Shelves":["a","b"]}"#)]);
        let client = Client::new(&line);
        let mut items = client.shelves().paginate_blocking();
        items.next().unwrap().unwrap();
        assert_eq!(items.remaining(), None);
    }

    /// What tells the next page is inside of what may be absent.
    #[test]
    fn a_token_is_found_inside_of_structures() {
        let book = |names: &str, next: &str| {
            result(&format!(r#"{{"Book":{{"Next":"{next}","Pages":{{"Splices":[{names}],"Total":3}}}}}}"#))
        };
        let line = Script::new([book(r#""a","b""#, "ii"), book(r#""c""#, "")]);
        let client = Client::new(&line);
        let names: Vec<_> = client.chapters().paginate_blocking().map(Result::unwrap).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let call = "POST https://quay.example/ Action=Chapters&Format=json";
        assert_eq!(line.log(), [call.to_owned(), format!("{call}&Chapter=ii")]);
    }

    /// What the next call says has names that only the reply knows: all of it goes along, and nothing of an earlier reply, and what it
    /// excludes does not.
    #[test]
    fn what_a_reply_says_goes_on() {
        let shelves = |names: &str, more: &str| result(&format!(r#"{{"Shelves":[{names}]{more}}}"#));
        let line = Script::new([
            shelves(r#""a","b""#, r#","More":{"apfrom":"b & c","batch":7}"#),
            shelves("", r#","More":{"batch":"8||"}"#),
            shelves(r#""c""#, r#","More":{}"#),
        ]);
        let client = Client::new(&line);
        let call = client.shelves().from("a").rooms(vec!["x".to_owned()]);
        let names: Vec<_> = call.paginate_blocking().map(Result::unwrap).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let call = "POST https://quay.example/ Action=Shelves&Format=json";
        assert_eq!(
            line.log(),
            [
                format!("{call}&From=a&Rooms.1=x"),
                format!("{call}&apfrom=b+%26+c&batch=7"),
                format!("{call}&batch=8%7C%7C"),
            ]
        );
    }

    #[test]
    fn a_token_is_found_in_a_header() {
        let hooks = |names: &str| result(&format!(r#"{{"Hooks":[{names}]}}"#));
        let line = Script::new([
            Reply::from((("x-next", "h 2"), hooks(r#""a""#))),
            Reply::from((("X-Next", ""), hooks(r#""b""#))),
        ]);
        let client = Client::new(&line);
        assert_eq!(client.hooks().paginate_blocking().map(Result::unwrap).collect::<Vec<_>>(), ["a", "b"]);
        let call = "POST https://quay.example/ Action=Hooks&Format=json";
        assert_eq!(line.log(), [call.to_owned(), format!("{call}&After=h+2")]);
    }

    /// A vendor that has nothing, nothing new to ask for, and no time to come back at, is not asked without a pause.
    #[test]
    fn a_vendor_without_news_is_not_asked_at_once() {
        let line = Script::new([ropes(&[], Some("1")), ropes(&[], Some("1")), ropes(&["red"], None)]);
        let client = Client::new(&line);
        assert_eq!(
            client.list("north").next_token("1").paginate_blocking().next().unwrap().unwrap().name,
            "red"
        );
        let log = line.log();
        assert_eq!(
            log.iter().map(|line| &line[..4]).collect::<Vec<_>>(),
            ["POST", "wait", "POST", "wait", "POST"]
        );
        // But not for ever: six times, which is the patience of paginated calls.
        let line = Script::new((0..6).map(|_| ropes(&[], Some("1"))));
        let client = Client::new(&line);
        let mut ropes = client.list("north").next_token("1").paginate_blocking();
        let ended = ropes.next().unwrap();
        assert!(matches!(ended, Err(Error::Request(RequestError::PageRepeated { .. }))), "{ended:?}");
        assert!(ropes.next().is_none());
        assert_eq!(line.log().len(), 6 + 5);
    }
}

mod signed {
    //! The lookout of the harbour: signed calls to a host with a parameter in it.

    use harbour::{
        Client,
        types::MovementKind::{Closes, Comes, Goes},
    };

    use super::*;

    fn enter(next: &str) -> Reply {
        let body = format!(
            r#"{{"harbour-response":{{"status":"ok","ticket":"made up","key":"made up too","next":"{next}","meta":{{"operation":"/"}}}}}}"#
        );
        Reply::from((("set-cookie", "mark=m-1; HttpOnly"), body))
    }

    fn seen(kind: &str, next: &str) -> Reply {
        let body = format!(
            r#"{{"harbour-response":{{"status":"ok","movement":[{{"ship":"Ada","kind":"{kind}"}}],"next":"{next}","pause":2,"meta":{{"operation":"/"}}}}}}"#
        );
        body.into()
    }

    #[test]
    fn calls_go_to_the_hosts_that_are_named() {
        let line = Script::new([
            enter("/lookout/watch.do?since=3"),
            seen("comes", "https://radio.harbour.example/watch?since=4&amp=1"),
            seen("goes", "https://north.harbour.example/lookout/watch.do"),
            seen("closes", "https://north.harbour.example/lookout/watch.do"),
        ]);
        let session = Client::new(&line, "north", "made up").login().send_blocking().unwrap();
        line.log();
        let kinds: Vec<_> =
            session.watch().paginate_blocking().map(|movement| movement.unwrap().kind).collect();
        assert_eq!(kinds, [Comes, Goes, Closes]);
        assert_eq!(
            line.log(),
            [
                "GET https://north.harbour.example/lookout/watch.do?since=3&f=json within 50s",
                "wait 2s",
                "GET https://radio.harbour.example/watch?since=4&amp=1&f=json within 50s",
                "wait 2s",
                "GET https://north.harbour.example/lookout/watch.do?f=json within 50s",
            ]
        );
    }

    /// What is in the host is a parameter's value, and no observer is shown one.
    #[test]
    fn a_host_is_not_shown_where_parameters_stand_in_it() {
        let hosts = |settings: Config| {
            let log = Arc::new(Mutex::new(Vec::new()));
            let settings = settings.with_observer({
                let log = Arc::clone(&log);
                move |exchange| log.lock().unwrap().push(exchange.to_string())
            });
            let line = Script::new([
                enter("/lookout/watch.do?since=3"),
                seen("comes", "https://radio.harbour.example/watch?since=4"),
                seen("closes", "https://north.harbour.example/lookout/watch.do"),
            ]);
            let session =
                Client::new(&line, "north", "made up").with_config(settings).login().send_blocking().unwrap();
            assert_eq!(session.watch().paginate_blocking().map(Result::unwrap).count(), 2);
            let log = log.lock().unwrap();
            assert!(log.iter().all(|text| !text.contains("north") && !text.contains("made up")), "{log:?}");
            let requests = log.iter().filter_map(|text| text.strip_prefix("> "));
            requests.map(|text| text.split(['?', '\n']).next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let [login, first, second] = &hosts(Config::new())[..] else { panic!("three calls") };
        assert!(login.contains("://….harbour.example/"), "{login}");
        assert_eq!(first, "GET https://….harbour.example/lookout/watch.do");
        assert_eq!(second, "GET https://….harbour.example/…");
        let elsewhere = Config::new().with_endpoint("http://127.0.0.1:8080");
        let [login, ..] = &hosts(elsewhere)[..] else { panic!("three calls") };
        assert!(login.contains("://127.0.0.1:8080/"), "{login}");
    }

    #[test]
    fn no_other_quay_gets_the_session() {
        let line = Script::new([enter("https://south.harbour.example/lookout/watch.do")]);
        let session = Client::new(&line, "north", "made up").login().send_blocking().unwrap();
        let error = session.watch().paginate_blocking().next().unwrap().unwrap_err();
        assert!(matches!(error, Error::Request(RequestError::Elsewhere { .. })), "{error}");
    }
}
