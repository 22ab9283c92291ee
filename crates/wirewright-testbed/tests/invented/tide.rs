//! A vendor whose clients sign with a secret that is never sent: over the generated client and the generated server side.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop anywhere")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use http::{HeaderValue, Request, Response};
use tide::{
    Answer, CallOptions, Client, ClientParameters, Config, Error, ErrorCode, Failure, SessionParameters,
    SessionState,
    server::{Received, Server, Service},
    watch::{Close, Level, LevelReply, Open, OpenReply},
};
use wirewright::{
    Secret,
    client::{Environment, TransportError, blocking::Transport},
    exchange::Nothing,
    sign,
};

const SECRET: &str = "c2VjcmV0IG9mIGEgc3RhdGlvbg==";

/// Knows one station, and keeps one watch.
#[derive(Default)]
struct Harbour {
    watch: Mutex<Option<SessionState>>,
    asked: Mutex<Vec<(String, String)>>,
}

impl Service for Harbour {
    async fn known_client(&self, claimed: &ClientParameters) -> Option<ClientParameters> {
        let told = (claimed.station.clone(), claimed.secret.expose().clone());
        self.asked.lock().unwrap().push(told);
        (claimed.station == "st-1").then(|| ClientParameters::new("st-1", SECRET))
    }

    async fn session(
        &self,
        parameters: &SessionParameters,
        _: &CallOptions,
    ) -> Result<SessionState, Failure> {
        let watch = self.watch.lock().unwrap().clone();
        watch.filter(|watch| watch.watch == parameters.watch).ok_or_else(|| Failure::new(ErrorCode::NoWatch))
    }

    async fn open(&self, received: Received<Open>) -> Result<Answer<OpenReply>, Failure> {
        let reply = OpenReply::new("w-7", "salt");
        *self.watch.lock().unwrap() = Some(SessionState::open(&received.request, &reply));
        Ok(Answer::new(reply))
    }

    async fn close(&self, _: SessionState, _: Received<Close>) -> Result<Answer<Nothing>, Failure> {
        Ok(Answer::new(Nothing {}))
    }

    async fn level(&self, received: Received<Level>) -> Result<Answer<LevelReply>, Failure> {
        Ok(Answer::new(LevelReply::new(
            received.request.depth.iter().sum::<i64>().to_string().parse::<f64>().unwrap_or_default(),
        )))
    }
}

/// Where the time stands, and bytes are always the same.
struct Still;

impl Environment for Still {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_secs(1_222_790_202))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some([7; 16])
    }
}

fn config() -> Config {
    Config::new().with_environment(Arc::new(Still))
}

fn client<'s>(server: &'s Server<Harbour>, station: &str, secret: &str) -> Client<&'s Server<Harbour>> {
    Client::new(server, station, secret).with_config(config())
}

fn server() -> Server<Harbour> {
    Server::new(Harbour::default(), "https://tide.example")
}

fn refused<T>(result: Result<T, Error>) -> ErrorCode {
    match result {
        Err(error) => error.code().copied().unwrap_or_else(|| panic!("{error}")),
        Ok(_) => panic!("it is taken"),
    }
}

#[test]
fn who_has_the_secret_is_known() {
    let server = server();
    let caller = client(&server, "st-1", SECRET);
    let level = caller.level("g & 1").depth(vec![1, 2]).send_blocking().unwrap();
    assert_eq!(format!("{}", level.data.metres), "3");
    let watch = caller.login("1234").send_blocking().unwrap();
    watch.logout().send_blocking().unwrap();
    // The server's side knows who calls, and not by which secret.
    let asked = server.service().asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|asked| *asked == ("st-1".to_owned(), String::new())), "{asked:?}");
}

#[test]
fn who_has_not_is_refused() {
    let server = server();
    for (station, secret) in [("st-1", "YW5vdGhlcg=="), ("st-2", SECRET), ("st-2", "YW5vdGhlcg==")] {
        let caller = client(&server, station, secret);
        assert_eq!(refused(caller.level("g").send_blocking()), ErrorCode::Forged, "{station}");
    }
    // Without a secret nothing is sent, nor with one that is not written as it should be.
    for (secret, told) in
        [("", "the client's `secret` is not given"), ("no base64!", "not written as the vendor's keys are")]
    {
        let error = client(&server, "st-1", secret).level("g").send_blocking().unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn a_watch_signs_with_its_own_key_as_well() {
    let server = server();
    let caller = client(&server, "st-1", SECRET);
    let mut state = caller.login("1234").send_blocking().unwrap().state().clone();
    assert_eq!(caller.resume(state.clone()).logout().send_blocking().map(|_| ()).map_err(|_| ()), Ok(()));
    state.key = Secret::from("another key");
    assert_eq!(
        refused(caller.resume(state).logout().send_blocking().map_err(|closed| closed.error)),
        ErrorCode::Forged
    );
}

#[test]
fn the_owner_of_a_server_cuts_the_algorithms() {
    let by = |algorithm| config().with_algorithm(algorithm);
    let server = server();
    let strict = server.clone().with_algorithms([&sign::SHA256]);
    for (algorithm, taken) in [(&sign::MD5, false), (&sign::SHA1, false), (&sign::SHA256, true)] {
        let caller = client(&server, "st-1", SECRET).with_config(by(algorithm));
        assert!(caller.level("g").send_blocking().is_ok(), "{}", algorithm.name());
        let caller = client(&strict, "st-1", SECRET).with_config(by(algorithm));
        assert_eq!(caller.level("g").send_blocking().is_ok(), taken, "{}", algorithm.name());
    }
    let error = client(&server, "st-1", SECRET).with_config(by(&sign::SHA512)).level("g").send_blocking();
    assert!(error.unwrap_err().to_string().contains("cannot be signed by sha512"));
}

/// A response that is spoiled on its way.
type Spoil = dyn Fn(&mut Response<Vec<u8>>) + Send + Sync;

/// A line that spoils what comes back.
struct Line<'s>(&'s Server<Harbour>, &'s Spoil);

impl Transport for Line<'_> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let mut response = Transport::send(&self.0, request)?;
        (self.1)(&mut response);
        Ok(response)
    }
}

/// What becomes of a reply that is spoiled so.
fn asked(server: &Server<Harbour>, spoil: &Spoil) -> Result<f64, String> {
    let caller = Client::new(Line(server, spoil), "st-1", SECRET).with_config(config());
    let answer = caller.level("g").depth(vec![7]).send_blocking();
    answer.map(|answer| answer.data.metres).map_err(|error| error.to_string())
}

/// A header signs the bytes of each reply, and another header with them.
#[test]
fn an_answer_is_believed_by_its_header_alone() {
    const HEADER: &str = "x-tide-answer";
    let server = server();
    let shared = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&shared);
    let spoil = move |response: &mut Response<Vec<u8>>| *kept.lock().unwrap() = Some(response.clone());
    assert_eq!(asked(&server, &spoil), Ok(7.0));
    let response: Response<Vec<u8>> = shared.lock().unwrap().clone().unwrap();
    let sent = response.headers()[HEADER].to_str().unwrap().to_owned();
    assert!(sent.starts_with("v1=") && sent.len() == 67, "{sent}");

    let forged = |spoil: &Spoil| {
        let told = asked(&server, spoil).unwrap_err();
        assert!(told.contains("its signature is missing, or is none of the vendor's"), "{told}");
    };
    // Every byte of the body, also those that say nothing.
    for index in 0..response.body().len() {
        assert!(asked(&server, &move |response| response.body_mut()[index] ^= 1).is_err(), "{index}");
    }
    forged(&|response| response.body_mut().push(b' '));
    forged(&|response| {
        let text = String::from_utf8(response.body().clone()).unwrap();
        *response.body_mut() = text.replace('7', "8").into_bytes();
    });
    // Every sign of the signature, and the signature itself.
    for index in 0..sent.len() {
        let mut other = sent.clone().into_bytes();
        other[index] = if other[index] == b'0' { b'1' } else { b'0' };
        let other = HeaderValue::from_bytes(&other).unwrap();
        forged(&move |response| drop(response.headers_mut().insert(HEADER, other.clone())));
    }
    forged(&|response| drop(response.headers_mut().remove(HEADER)));
    forged(&|response| {
        let value = response.headers()[HEADER].clone();
        response.headers_mut().append(HEADER, value);
    });
    forged(&|response| {
        drop(response.headers_mut().insert("content-type", HeaderValue::from_static("text/json")));
    });
    // Who is refused is told so without a signature.
    let spoil = |response: &mut Response<Vec<u8>>| drop(response.headers_mut().remove(HEADER));
    let stranger = Client::new(Line(&server, &spoil), "st-2", SECRET).with_config(config());
    assert_eq!(refused(stranger.level("g").send_blocking()), ErrorCode::Forged);
}
