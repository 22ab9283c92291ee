//! Every fault of a mock against every client: a typed error within the timeout, nothing hung, nothing lost, the right number of tries;
//! and a reply that is cut off is never taken for a whole one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clients;
mod support;

use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

use clients::{Client, clients};
use nina::{CLIENT_SESSION, CallOptions, ClientParameters, ClientSessionState};
use support::mock;
use wirewright::{
    Format,
    client::{Config, RetryPolicy, TransportErrorKind},
    describe::Class,
    exchange::{CallContext, Error, ErrorCode as _, Request, SessionContext},
};
use wirewright_cli::mock::{Rule, Server};

/// How long a try may take. A fault that delays takes longer.
const TIMEOUT: Duration = Duration::from_millis(300);
/// No call may take longer, however often it is tried: the tries, the waits between them, and a machine that is busy.
const BOUND: Duration = Duration::from_secs(5);
const TRIES: u64 = 3;

/// What kind of error a call fails with, in a word and its particulars.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    Transport(TransportErrorKind),
    Http(u16),
    Vendor(String),
    Mismatched,
}

/// A fault, what a client sees of it, and whether a call that may be repeated is tried again.
struct Case {
    fault: &'static str,
    seen: Seen,
    again: bool,
}

fn cases() -> Vec<Case> {
    let case = |fault, seen, again| Case { fault, seen, again };
    vec![
        case("delay=3s", Seen::Transport(TransportErrorKind::Timeout), true),
        case("drop", Seen::Transport(TransportErrorKind::Other), true),
        case("truncate", Seen::Transport(TransportErrorKind::Other), true),
        case("format", Seen::Http(200), false),
        case("html", Seen::Http(200), false),
        case("error=430", Seen::Vendor("430".to_owned()), true),
        case("error=460", Seen::Vendor("460".to_owned()), false),
        case("http=500", Seen::Http(500), false),
        case("http=503", Seen::Http(503), true),
        case("redirect", Seen::Http(302), false),
        case("other-id", Seen::Mismatched, true),
    ]
}

fn seen<F: wirewright::exchange::Failure>(error: &Error<F>) -> Seen {
    match error {
        Error::Transport(error) => Seen::Transport(error.kind()),
        Error::Http(error) => Seen::Http(error.status.as_u16()),
        Error::Vendor(error) => Seen::Vendor(error.failure.code().as_wire().unwrap_or_default().into_owned()),
        Error::Mismatched(_) => Seen::Mismatched,
        other => panic!("no fault is {other:?}"),
    }
}

/// A mock with a session.
struct World {
    server: Server,
    state: ClientSessionState,
}

impl World {
    fn new() -> Self {
        let server = Server::start(mock("nina"), 0).unwrap();
        let settings = Config::new().with_endpoint(server.origin());
        let client = nina::Client::new(wirewright_ureq::Transport::new(), "developer");
        let session = client.with_config(settings).client_login("chuck", "password").send_blocking().unwrap();
        let state = session.state().clone();
        Self { server, state }
    }

    fn settings(&self, format: Format) -> Config {
        let retries = RetryPolicy::new().with_base_delay(Duration::from_millis(1));
        Config::new()
            .with_endpoint(self.server.origin())
            .with_format(format)
            .with_retry_policy(retries)
            .with_timeout(TIMEOUT)
    }

    /// Calls in the session, within the bound.
    fn call<R: Request>(
        &self,
        client: &Client,
        format: Format,
        request: &R,
    ) -> Result<R::Answer, Error<R::Failure>> {
        let (settings, parameters) = (self.settings(format), self.state.parameters());
        // One ID for all: answers are compared.
        let (developer, options) =
            (ClientParameters::new("developer"), CallOptions::default().with_request_id("r-1"));
        let fields = [self.state.key.clone()];
        let session = SessionContext { kind: &CLIENT_SESSION, parameters: &parameters, fields: &fields };
        let context = CallContext {
            client: &developer,
            options: &options,
            session: Some(session),
            ..settings.context()
        };
        let started = Instant::now();
        let result = client.call(request, &context);
        assert!(
            started.elapsed() < BOUND,
            "{}: {} took {:?}",
            client.name(),
            R::OPERATION.name,
            started.elapsed()
        );
        result
    }

    fn set(&self, fault: &str) {
        self.server.mock().faults().set([fault.parse::<Rule>().unwrap()]).unwrap();
    }

    fn calls(&self) -> u64 {
        self.server.mock().faults().calls()
    }
}

/// One operation under every fault: as it fails each time, and as it fails once.
fn under_every_fault<R: Request>(client: &Client, world: &World, format: Format, request: &R)
where
    R::Answer: Debug + PartialEq,
{
    let whole = world.call(client, format, request).unwrap();
    for Case { fault, seen: expected, again } in cases() {
        let what = format!("{} {} in {format} under {fault}", client.name(), R::OPERATION.name);
        let tries = if again && R::OPERATION.repeatable { TRIES } else { 1 };
        world.set(fault);
        let error = world.call(client, format, request).unwrap_err();
        assert_eq!(seen(&error), expected, "{what}: {error}");
        assert_eq!(world.calls(), tries, "{what}");
        // One line, and the body is there for whoever wants to look at it.
        assert!(!error.to_string().contains('\n'), "{what}: {error}");
        let has_body = !matches!(expected, Seen::Transport(_));
        assert_eq!(error.body().is_some_and(|body| !body.expose().is_empty()), has_body, "{what}");
        let passes = matches!(error.class(), Class::Retry);
        assert!(passes || !again, "{what}: {}", error.class());

        world.set(&format!("{fault}@1"));
        let outcome = world.call(client, format, request);
        if tries > 1 {
            assert_eq!(outcome.unwrap(), whole, "{what}, once");
            assert_eq!(world.calls(), 2, "{what}, once");
        } else {
            assert_eq!(seen(&outcome.unwrap_err()), expected, "{what}, once");
            assert_eq!(world.calls(), 1, "{what}, once");
        }
        // The session and the client are as good as before.
        world.server.mock().faults().clear();
        assert_eq!(world.call(client, format, request).unwrap(), whole, "{what}, and then none");
    }
}

/// One test a client and kind of operation, so that they wait side by side.
fn every_fault<R: Request>(client: usize, request: &R)
where
    R::Answer: Debug + PartialEq,
{
    let world = World::new();
    let client = &clients()[client];
    for format in R::OPERATION.formats {
        under_every_fault(client, &world, *format, request);
    }
}

#[test]
fn every_fault_blocking_repeatable() {
    every_fault(0, &nina::auth::GetInfo::default());
}

#[test]
fn every_fault_blocking_once() {
    every_fault(0, &nina::im::SendIm::new("friend", "Hello."));
}

#[test]
fn every_fault_async_repeatable() {
    every_fault(1, &nina::auth::GetInfo::default());
}

#[test]
fn every_fault_async_once() {
    every_fault(1, &nina::im::SendIm::new("friend", "Hello."));
}

/// A session is never lost by a logout that failed: the caller has it back, and closes it.
#[test]
fn a_logout_that_fails_gives_the_session_back() {
    let world = World::new();
    for Case { fault, seen: expected, .. } in cases() {
        let settings = world.settings(Format::Json);
        let client = nina::Client::new(wirewright_ureq::Transport::new(), "developer");
        let client = client.with_config(settings);
        world.server.mock().faults().clear();
        let session = client.client_login("chuck", "password").send_blocking().unwrap();
        let open = world.server.mock().sessions();
        world.set(fault);
        let unclosed = session.logout().send_blocking().unwrap_err();
        assert_eq!(seen(&unclosed.error), expected, "{fault}");
        assert_eq!(world.calls(), 1, "{fault}: a logout is not repeated");
        world.server.mock().faults().clear();
        let again = unclosed.session.logout().send_blocking();
        // What was handled before the reply was lost has closed the session; else it is closed now.
        let handled = matches!(fault, "truncate" | "delay=3s" | "other-id");
        assert_eq!(again.is_ok(), !handled, "{fault}");
        assert_eq!(world.server.mock().sessions(), open - 1, "{fault}");
    }
}

/// 64 calls at a time, each of which fails in its own way or not at all: every one gets an answer or an error of its own.
#[test]
fn many_at_a_time_lose_nothing() {
    let world = World::new();
    let faults = ["drop@3+", "truncate@2", "http=503@5", "delay=3s@7", "html@11"];
    world
        .server
        .mock()
        .faults()
        .set(faults.map(|fault| fault.replace('+', "").parse::<Rule>().unwrap()))
        .unwrap();
    let client = &clients()[0];
    let request = nina::auth::GetInfo::default();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let call = || world.call(client, Format::Json, &request).map(|_| ()).map_err(|error| seen(&error));
        let calls: Vec<_> = (0..64).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    // Of the five faults, four pass and are tried again; the web page is somebody's answer.
    let failed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert_eq!(failed, [&Seen::Http(200)]);
    assert_eq!(world.calls(), 64 + 4);
}
