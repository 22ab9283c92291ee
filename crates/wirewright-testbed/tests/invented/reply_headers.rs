//! Members of replies in headers and cookies, and a session that lives in a cookie: from a server to a client, and back.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]

use course::replies::Heads;
use harbour::{
    Answer, Client, Failure, SessionParameters, SessionState,
    berth::{Enter, EnterReply, Free, Take, TakeReply},
    server::{Received, Server, Service},
    types::Berth,
};
use http::{Request, Response, header};
use std::sync::{Arc, Mutex};
use wirewright::{
    Format, Limits, Secret,
    client::blocking::Transport,
    exchange::{Nothing, read_reply},
};

/// Opens visits whose marks count up, and knows whose calls are whose.
#[derive(Default)]
struct Master {
    opened: Mutex<u32>,
    freed: Mutex<Vec<String>>,
}

impl Service for Master {
    async fn session(
        &self,
        parameters: &SessionParameters,
        _: &harbour::CallOptions,
    ) -> Result<SessionState, Failure> {
        Ok(SessionState::new(parameters.ticket.clone(), "key", parameters.mark.clone()))
    }

    async fn enter(&self, _: Received<Enter>) -> Result<Answer<EnterReply>, Failure> {
        let number = {
            let mut opened = self.opened.lock().unwrap();
            *opened += 1;
            *opened
        };
        Ok(Answer::new(EnterReply::new(format!("t-{number}"), "key", format!("m-{number}")), "enter"))
    }

    async fn take(&self, _: Received<Take>) -> Result<Answer<TakeReply>, Failure> {
        let mut reply = TakeReply::new(Berth::new("b-7"));
        reply.tide = Some(-12);
        reply.notes.insert("crew".into(), "seven, one is ill".into());
        Ok(Answer::new(reply, "take"))
    }

    async fn free(&self, state: SessionState, _: Received<Free>) -> Result<Answer<Nothing>, Failure> {
        self.freed.lock().unwrap().push(state.mark.expose().clone());
        Ok(Answer::new(Nothing::default(), "free"))
    }
}

/// A transport that keeps what went over it, and no cookies.
#[derive(Clone)]
struct Line {
    server: Arc<Server<Master>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Line {
    fn new() -> Self {
        let server = Server::new(Master::default(), "https://north.harbour.example");
        Self { server: Arc::new(server), seen: Arc::default() }
    }
}

impl Transport for Line {
    fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, wirewright::client::TransportError> {
        let cookie = request.headers().get(header::COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
        self.seen.lock().unwrap().extend(cookie);
        let response = Transport::send(&&*self.server, request)?;
        let set = response.headers().get(header::SET_COOKIE);
        assert!(set.is_none_or(http::HeaderValue::is_sensitive), "a cookie may be a secret");
        Ok(response)
    }
}

/// Two sessions over one transport, each with the cookie that opened it; one is saved and taken up again.
#[test]
fn a_session_lives_in_a_cookie() {
    let line = Line::new();
    let client = Client::new(line.clone(), "north", "key");
    let first = client.login().send_blocking().unwrap();
    let second = client.login().send_blocking().unwrap();
    assert!(!format!("{first:?}").contains("m-1"));

    let saved = first.state().save().unwrap();
    assert!(saved.expose().contains("m-1"));
    let again = client.resume(SessionState::restore(saved.expose()).unwrap());
    second.logout("b-1").send_blocking().unwrap();
    again.logout("b-2").send_blocking().unwrap();

    assert_eq!(*line.seen.lock().unwrap(), ["mark=m-2", "mark=m-1"]);
    assert_eq!(*line.server.service().freed.lock().unwrap(), ["m-2", "m-1"]);
}

#[test]
fn members_in_headers_arrive() {
    let reply = Client::new(Line::new(), "north", "key").take("Ada").x_arrival(12).send_blocking().unwrap();
    assert_eq!(reply.data.tide, Some(-12));
    assert_eq!(reply.data.notes["crew"], "seven, one is ill");
}

/// Headers as they are sent.
type Sent = &'static [(&'static str, &'static str)];
type Envelope = <Enter as wirewright::exchange::Request>::Envelope;
type Taken = <Take as wirewright::exchange::Request>::Envelope;

/// What a client makes of headers, as they may come.
#[test]
fn headers_are_read() {
    const BODY: &str = r#"{"the \"reply\"":{"loop":"ok","when":"2008-09-30T15:56:42Z","super":1}}"#;
    let cases: &[(Sent, Result<&str, &str>)] = &[
        // A cookie counts as it is set last, and not when it is taken back.
        (
            &[("type", "it's 1"), ("set-cookie", "async=no"), ("set-cookie", "async = yes ; Path=/")],
            Ok("1 {} Some(true) None"),
        ),
        (
            &[("type", "it's 1"), ("set-cookie", "async=yes"), ("set-cookie", "async=x; Max-Age=0")],
            Ok("1 {} None None"),
        ),
        (
            &[("type", "it's 1"), ("set-cookie", "a=1; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/")],
            Ok("1 {} None None"),
        ),
        (
            &[
                ("type", "it's 1"),
                ("set-cookie", "a=1"),
                ("set-cookie", "b=2; HttpOnly"),
                ("set-cookie", "a=3"),
            ],
            Ok("1 {} None Some(\"b=2; a=3\")"),
        ),
        // A value may have a `=` in it, and be nothing.
        (
            &[("type", "it's 1"), ("set-cookie", "a=x=y"), ("set-cookie", "b=")],
            Ok("1 {} None Some(\"a=x=y; b=\")"),
        ),
        // Names of headers are the same in any case; what is behind the beginning is the key.
        (&[("Type", "it's 7"), ("Self-Blue.Sky", "3"), ("self", "4")], Ok("7 {\"blue.sky\": 3} None None")),
        (&[("type", "1")], Err("headers.type")),
        (&[], Err("headers.type")),
        (&[("type", "it's one")], Err("headers.type")),
        (&[("type", "it's 1"), ("self-a", "b")], Err("headers.self-*")),
        (&[("type", "it's 1"), ("set-cookie", "async=perhaps")], Err("headers.async")),
    ];
    for (headers, expected) in cases {
        let response = headers
            .iter()
            .fold(Response::builder(), |response, (name, value)| response.header(*name, *value));
        let response = response.body(BODY.as_bytes().to_vec()).unwrap();
        let read = read_reply::<Heads>(response, Format::Json, &Limits::new());
        match (read, expected) {
            (Ok(answer), Ok(expected)) => {
                let data = answer.data;
                let crumbs = data.crumbs.as_ref().map(Secret::expose);
                assert_eq!(
                    format!("{} {:?} {:?} {crumbs:?}", data.r#type, data.self_, data.r#async),
                    *expected
                );
            }
            (Err(error), Err(path)) => {
                let error = error.to_string();
                assert!(error.contains(path), "{path}: {error}");
            }
            (read, expected) => panic!("{headers:?}: {read:?}, expected {expected:?}"),
        }
    }
}

/// A header carries no line break, and a cookie nothing that ends it: such an answer is not sent.
#[test]
fn nothing_is_injected_into_replies() {
    for (mark, note, fits) in [
        ("m-1", "plain", true),
        ("m; Path=/evil", "plain", false),
        ("m\r\nX-Evil: 1", "plain", false),
        ("m-1", "a\r\nX-Evil: 1", false),
        ("m-1", " a", false),
    ] {
        let request = |path: &str| {
            let request = Request::get(format!("https://north.harbour.example/berth/{path}"));
            request.header("X-Harbour-Key", "key").header("X-Version", "1.2 beta").body(Vec::new()).unwrap()
        };
        let received = |request: &Request<Vec<u8>>| {
            let origin = "https://{quay}.harbour.example";
            wirewright::server::receive(&harbour::server::OPERATIONS, origin, request, &Limits::new())
                .unwrap()
        };
        let enter = request("enter.do?f=xml");
        let enter = Request::from_parts(
            {
                let (mut parts, _) = enter.into_parts();
                parts.headers.insert("X-Action", header::HeaderValue::from_static("harbour#enter"));
                parts
            },
            Vec::new(),
        );
        let answer = Answer::new(EnterReply::new("t", "k", mark), "enter");
        let entered = wirewright::generated::write_answer::<Envelope>(&received(&enter), answer);

        let take = request("take.do?f=xml&ship=Ada");
        let (mut parts, body) = take.into_parts();
        parts.headers.insert("X-Action", header::HeaderValue::from_static("harbour#take"));
        parts.headers.insert("X-Arrival", header::HeaderValue::from_static("at 12"));
        let mut reply = TakeReply::new(Berth::new("b-7"));
        reply.notes.insert("crew".into(), note.into());
        let taken = wirewright::generated::write_answer::<Taken>(
            &received(&Request::from_parts(parts, body)),
            Answer::new(reply, "take"),
        );
        let sent = entered.status() == 200 && taken.status() == 200;
        assert_eq!(sent, fits, "{mark:?} {note:?}: {entered:?} {taken:?}");
    }
}
