//! Calls that fail, over real sockets: what the vendor refuses, what is no reply, what is never sent.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Mutex, time::Duration};

use http::{Method, StatusCode};
use nina::{CallOptions, Client, ClientSessionState, Config, Error, ErrorCode, Format, auth};
use wirewright::exchange;
use wirewright::{
    DecodeErrorKind, Limits,
    client::{Environment, TransportError, TransportErrorKind, blocking},
    describe::Class,
    exchange::{CallContext, Failure, Request as _, RequestError, SessionContext},
    session::SessionCloseError,
};
use wirewright_example::{
    loopback::{Loopback, Server},
    nina::{DEVELOPER, PASSWORD, Service, USER},
    raw, ten_ten_data, tour, videntity,
};
use wirewright_ureq::Transport;

fn client(settings: Config) -> Client<Transport> {
    Client::new(tour::transport(), DEVELOPER).with_config(settings)
}

fn start() -> (Loopback, Server<Service>, Client<Transport>) {
    let loopback = Loopback::new().unwrap();
    let server = loopback.nina().unwrap();
    let client = client(Config::new().with_endpoint(&server.origin));
    (loopback, server, client)
}

#[test]
fn a_refusal_says_all_that_the_vendor_said() {
    let (_loopback, server, _) = start();
    let table =
        [(None, "Wrong screen name or password"), (Some("de-de"), "Benutzername oder Passwort ist falsch")];
    for format in [Format::Xml, Format::Json, Format::Query] {
        for (language, message) in table {
            let mut options = CallOptions::default().with_request_id("r 1");
            options.language = language.map(Into::into);
            let request = auth::ClientLogin::new(USER, "not the password");
            let client = client(Config::new().with_endpoint(&server.origin).with_format(format));
            let error =
                client.call(request.clone()).with_options(options.clone()).send_blocking().unwrap_err();
            assert_eq!(error.code(), Some(&ErrorCode::MoreAuthenticationRequired));
            assert_eq!(error.class(), Class::GiveUp);
            assert_eq!(error.message(), Some(message));
            assert_eq!(error.request_id(), Some("r 1"));
            let Error::Vendor(vendor) = error else { panic!("{error}") };
            assert_eq!((vendor.failure.status_detail_code, vendor.status), (Some(3011), StatusCode::OK));
            assert!(!format!("{vendor:?}").contains("not the password"));
        }
    }
}

#[test]
fn sessions_that_are_unknown_or_expired_ask_for_a_new_login() {
    let (loopback, server, client) = start();
    let error = client
        .resume(ClientSessionState::new("no-such-token", "key"))
        .logout()
        .send_blocking()
        .unwrap_err()
        .error;
    assert_eq!((error.code(), error.class()), (Some(&ErrorCode::Unauthorized), Class::LogInAgain));
    let session = client.client_login(USER, PASSWORD).send_blocking().unwrap();
    server.service.sessions().expire_all();
    let error = session.logout().send_blocking().unwrap_err().error;
    assert_eq!((error.code(), error.class()), (Some(&ErrorCode::Unauthorized), Class::LogInAgain));

    let server = loopback.videntity().unwrap();
    let client =
        ::videntity::Client::new(tour::transport()).with_config(Config::new().with_endpoint(&server.origin));
    let error =
        client.resume(::videntity::SessionState::new("no-such-key")).ping().send_blocking().unwrap_err();
    assert_eq!(error.code(), Some(&::videntity::ErrorCode::SessionDoesNotExist));
    let session =
        client.login(videntity::USER, videntity::PASSWORD, videntity::ACCOUNT).send_blocking().unwrap();
    server.service.sessions().expire_all();
    let error = session.ping().send_blocking().unwrap_err();
    assert_eq!(error.code(), Some(&::videntity::ErrorCode::SessionExpired));
    assert_eq!(error.class(), Class::LogInAgain);
    let exchange::Error::Vendor(vendor) = error_of(session.logout().send_blocking()) else {
        panic!("not the vendor's")
    };
    assert!(vendor.failure.api_tx_number.is_some() && vendor.failure.timestamp.is_some());
    assert_eq!(vendor.failure.error_name.as_deref(), Some("SESSION_EXPIRED"));
}

fn error_of<A, S, F: Failure>(outcome: Result<A, SessionCloseError<S, F>>) -> exchange::Error<F> {
    outcome.err().unwrap().error
}

#[test]
fn wrong_signatures_are_refused() {
    let (_loopback, server, client) = start();
    let session = client.client_login(USER, PASSWORD).send_blocking().unwrap();
    // Another key than the session's own.
    let forged = ClientSessionState::new(session.state().token.clone(), "another key");
    let Error::Vendor(vendor) = error_of(client.resume(forged).logout().send_blocking()) else {
        panic!("not the vendor's")
    };
    assert_eq!(vendor.failure.code, ErrorCode::Unauthorized);
    assert_eq!(vendor.failure.status_detail_code, Some(1014));

    // A request that was signed, and changed on the way; a signature that is missing; one that is given twice.
    let signed = signed_logout(&server.origin, session.state());
    let changed = signed.replace("r=1", "r=2");
    let signature = signed.split('&').find(|pair| pair.starts_with("sig_sha256=")).unwrap();
    let unsigned = signed.replace(&format!("&{signature}"), "");
    let twice = format!("{signed}&{signature}");
    for (form, code) in [
        (changed, ErrorCode::Unauthorized),
        (unsigned, ErrorCode::MissingParameter),
        (twice, ErrorCode::ParameterError),
    ] {
        let request = raw::form(&server.origin, "/auth/logout", &form);
        let outcome = raw::call::<auth::Logout>(&tour::transport(), request, Format::Json);
        assert_eq!(outcome.unwrap_err().code(), Some(&code), "{form}");
    }
    // The request as it was signed is good, even when its parameters come in another order.
    let mut pairs: Vec<&str> = signed.split('&').collect();
    pairs.reverse();
    let request = raw::form(&server.origin, "/auth/logout", &pairs.join("&"));
    raw::call::<auth::Logout>(&tour::transport(), request, Format::Json).unwrap();
}

/// The form of a signed logout, as the client writes it.
fn signed_logout(origin: &str, state: &ClientSessionState) -> String {
    let parameters = state.parameters();
    let client = nina::ClientParameters::new(DEVELOPER);
    let options = CallOptions::default().with_request_id("1");
    let settings = Config::new().with_endpoint(origin).with_method(http::Method::POST);
    let fields = [state.key.clone()];
    let context = CallContext {
        client: &client,
        options: &options,
        session: Some(SessionContext {
            kind: &nina::CLIENT_SESSION,
            parameters: &parameters,
            fields: &fields,
        }),
        ..settings.context()
    };
    let request =
        exchange::write_request(auth::Logout::OPERATION, &auth::Logout::default(), &context).unwrap();
    String::from_utf8(request.into_body()).unwrap()
}

#[test]
fn what_the_types_do_not_allow_is_refused_by_the_server() {
    let (loopback, server, _) = start();
    let login = format!("devId={DEVELOPER}&f=json&s={USER}&pwd=p");
    let nina = [
        ("/auth/clientLogin", login.replace("&pwd=p", ""), ErrorCode::MissingParameter),
        ("/auth/clientLogin", login.replace("f=json", "f=yaml"), ErrorCode::ParameterError),
        ("/auth/clientLogin", login.replace("&f=json", ""), ErrorCode::MissingParameter),
        ("/auth/clientLogin", format!("{login}&pwd=q"), ErrorCode::ParameterError),
        ("/auth/clientLogin", format!("{login}&c=alert(1)"), ErrorCode::ParameterError),
        ("/auth/logout", format!("devId={DEVELOPER}&f=json"), ErrorCode::MissingParameter),
    ];
    for (path, form, code) in nina {
        let request = raw::form(&server.origin, path, &form);
        let outcome = raw::call::<auth::ClientLogin>(&tour::transport(), request, Format::Json);
        let error = outcome.unwrap_err();
        assert_eq!((error.code(), error.class()), (Some(&code), Class::InvalidRequest), "{form}");
        assert!(!error.body().unwrap().expose().windows(5).any(|window| window == b"alert"));
    }
    // Login is offered by POST only.
    let request = raw::query(Method::GET, &server.origin, &format!("/auth/clientLogin?{login}"));
    let outcome = raw::call::<auth::ClientLogin>(&tour::transport(), request, Format::Json);
    assert_eq!(outcome.unwrap_err().code(), Some(&ErrorCode::MethodNotAllowed));

    let server = loopback.videntity().unwrap();
    let request = raw::form(&server.origin, "/session/logout", "session_kye=1");
    let outcome = raw::call::<::videntity::session::Logout>(&tour::transport(), request, Format::Xml);
    let error = outcome.unwrap_err();
    assert_eq!(error.code(), Some(&::videntity::ErrorCode::MissingMandatoryField));
    assert_eq!(error.message(), Some("Mandatory field session_key is missing"));

    let server = loopback.ten_ten_data().unwrap();
    let user = ten_ten_data::USER;
    for (query, code) in [
        (format!("api=login&apiversion=3&uid={user}"), ::ten_ten_data::ErrorCode::MissingUser),
        (format!("api=nothing&apiversion=3&uid={user}"), ::ten_ten_data::ErrorCode::InvalidTransaction),
        ("apiversion=3".to_owned(), ::ten_ten_data::ErrorCode::InvalidTransaction),
    ] {
        let request = raw::query(Method::POST, &server.origin, &format!("/gw.k?{query}"));
        let outcome = raw::call::<::ten_ten_data::session::Login>(&tour::transport(), request, Format::Xml);
        assert_eq!(outcome.unwrap_err().code(), Some(&code), "{query}");
    }
}

#[test]
fn what_cannot_be_sent_is_not() {
    let (_loopback, server, _) = start();
    let settings = Config::new().with_endpoint(&server.origin);
    for callback in ["alert(1)", "", "a..b", "1a", "a b", "\u{fc}"] {
        let error = client(settings.clone().with_callback(callback))
            .client_login(USER, PASSWORD)
            .send_blocking()
            .unwrap_err();
        assert!(matches!(error, Error::Request(RequestError::InvalidCallback)), "{callback:?}: {error}");
    }
    // Passwords are sent in the clear to nobody but this machine.
    let error = client(Config::new().with_endpoint("http://api.example.com"))
        .client_login(USER, PASSWORD)
        .send_blocking()
        .unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::InsecureEndpoint { .. })), "{error}");
    for endpoint in ["", "127.0.0.1", "ftp://127.0.0.1", "http://127.0.0.1/api?x=1", "http://me:pw@127.0.0.1"]
    {
        let error = client(Config::new().with_endpoint(endpoint))
            .client_login(USER, PASSWORD)
            .send_blocking()
            .unwrap_err();
        assert!(matches!(error, Error::Request(RequestError::InvalidEndpoint)), "{endpoint:?}: {error}");
    }
    for endpoint in ["http://127.0.0.1/api/../v2", "http://127.0.0.1//api", "http://127.0.0.1/./api/"] {
        let error = client(Config::new().with_endpoint(endpoint))
            .client_login(USER, PASSWORD)
            .send_blocking()
            .unwrap_err();
        let told = error.to_string();
        assert!(told.contains("a segment that is `.`, `..` or empty"), "{endpoint:?}: {told}");
    }
    assert_eq!(server.service.sessions().number(), 1, "no session was opened");
}

#[test]
fn what_is_no_reply_is_an_http_error() {
    let loopback = Loopback::new().unwrap();
    let table = [
        (StatusCode::OK, "text/html", "<!doctype html><p>Welcome", Class::GiveUp),
        (StatusCode::BAD_GATEWAY, "text/html", "<html><body>Bad gateway</body></html>", Class::Retry),
        (StatusCode::OK, "text/xml", "", Class::GiveUp),
        (StatusCode::NO_CONTENT, "text/xml", "", Class::GiveUp),
        (StatusCode::INTERNAL_SERVER_ERROR, "text/plain", "out of memory", Class::Retry),
        (StatusCode::OK, "text/xml", "<status>up</status>", Class::GiveUp),
        (StatusCode::FOUND, "text/plain", "moved", Class::GiveUp),
    ];
    for (status, content_type, body, class) in table {
        let origin = loopback.canned(status, content_type, body).unwrap();
        let error = client(Config::new().with_endpoint(&origin))
            .client_login(USER, PASSWORD)
            .send_blocking()
            .unwrap_err();
        assert_eq!(error.class(), class, "{body}");
        let Error::Http(http) = error else { panic!("{body}: {error}") };
        assert_eq!((http.status, http.body.expose()), (status, body.as_bytes()));
    }
}

#[test]
fn what_breaks_the_promise_is_a_decode_error() {
    let loopback = Loopback::new().unwrap();
    let table = [
        ("{\"response\":{\"statusCode\":200,\n \"data\":{\"token\":{\"a\":\"hidden", true, 2),
        ("{\"response\":{\"statusCode\":200}}", false, 1),
        ("<response>\n<statusCode>200</statusCode>\n<data><token>hidden", true, 3),
    ];
    for (body, malformed, line) in table {
        let origin = loopback.canned(StatusCode::OK, "text/plain", body).unwrap();
        let error = client(Config::new().with_endpoint(&origin))
            .client_login(USER, PASSWORD)
            .send_blocking()
            .unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("hidden"), "{shown}");
        let Error::Decode(undecoded) = error else { panic!("{body}: {error}") };
        assert_eq!(matches!(undecoded.error.kind(), DecodeErrorKind::Syntax { .. }), malformed, "{body}");
        assert_eq!(undecoded.error.line(), line, "{body}");
    }
    // A reply that is larger than the client's limits.
    let (_loopback, server, _) = start();
    let limits = Limits::new().with_max_bytes(20);
    let error = client(Config::new().with_endpoint(&server.origin).with_limits(limits))
        .client_login(USER, PASSWORD)
        .send_blocking();
    let error = error.unwrap_err();
    assert!(
        matches!(&error, Error::Decode(e) if matches!(e.error.kind(), DecodeErrorKind::Limit { .. })),
        "{error}"
    );
}

#[test]
fn a_server_that_is_gone_is_a_transport_error() {
    let (loopback, server, client) = start();
    let session = client.client_login(USER, PASSWORD).send_blocking().unwrap();
    drop(loopback);
    let SessionCloseError { session, error, .. } = session.logout().send_blocking().unwrap_err();
    assert_eq!(error.class(), Class::Retry);
    let Error::Transport(error) = error else { panic!("{error}") };
    assert!(matches!(error.kind(), TransportErrorKind::Connect | TransportErrorKind::Other), "{error}");
    // The session is still there, on both sides.
    let kept = server.service.sessions().find(session.state().token.expose());
    // Only the client has to know by how much the server's clock is ahead of its own.
    let mut state = session.state().clone();
    state.clock_skew = None;
    assert_eq!(kept, Ok(state.into()));
}

/// A server that is busy, as open-oscar-server tells it: the status is in the envelope, in HTTP 200.
#[derive(Default)]
struct Busy {
    times: Mutex<Vec<&'static str>>,
    seen: Mutex<Vec<String>>,
}

impl Environment for Busy {
    fn now(&self) -> Option<Duration> {
        Some(Duration::from_secs(1_700_000_000))
    }

    fn random(&self) -> Option<[u8; 16]> {
        Some([0xff; 16])
    }
}

impl blocking::Transport for &Busy {
    fn send(&self, _: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, TransportError> {
        let code = self.times.lock().unwrap().pop().unwrap_or("200");
        self.seen.lock().unwrap().push(code.to_owned());
        let body = format!("{{\"response\":{{\"statusCode\":{code},\"statusText\":\"\",\"data\":{{}}}}}}");
        let response = http::Response::builder().header("Content-Type", "application/json");
        Ok(response.header("Retry-After", "7").body(body.into_bytes()).unwrap())
    }

    fn environment(&self) -> &dyn Environment {
        *self
    }

    fn wait(&self, time: Duration) -> Result<(), TransportError> {
        self.seen.lock().unwrap().push(format!("{time:?}"));
        Ok(())
    }
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    for (code, expected) in [
        ("429", "429 7.2s 200"),
        ("503", "503 7.2s 200"),
        // These tell the caller to correct the call.
        ("403", "403"),
        ("404", "404"),
    ] {
        let busy = Busy { times: Mutex::new(vec![code]), ..Busy::default() };
        let client = Client::new(&busy, DEVELOPER).with_config(Config::new().with_format(Format::Json));
        let outcome = client.resume(ClientSessionState::new("token", "key")).get_info().send_blocking();
        assert_eq!(busy.seen.lock().unwrap().join(" "), expected);
        let class = outcome.err().map(|error| error.class());
        assert_eq!(class, (expected == code).then_some(Class::InvalidRequest), "{code}");
    }
}
