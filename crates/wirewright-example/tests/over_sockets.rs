//! Sessions of all three vendors over real sockets: opened, used, saved, closed.

use std::{io::Cursor, thread};

use http::Method;
use http::StatusCode;
use nina::{CallOptions, Config, Format};
use ten_ten_data::{SessionOpenOutcome, types::Kill};
use videntity::types::InquiryResponseType;
use wirewright::{File, describe::Class, exchange::Error, session::SessionCloseError};
use wirewright_example::{
    loopback::Loopback, nina as nina_side, spawned::Spawned, ten_ten_data as ten, tour,
};
use wirewright_example::{sessions::Absent, videntity as videntity_side};
use wirewright_ureq::Transport;

fn nina_client(settings: Config) -> nina::Client<Transport> {
    nina::Client::new(tour::transport(), nina_side::DEVELOPER).with_config(settings)
}

fn videntity_client(origin: &str) -> videntity::Client<Transport> {
    videntity::Client::new(tour::transport()).with_config(Config::new().with_endpoint(origin))
}

fn ten_ten_client(origin: &str) -> ten_ten_data::Client<Transport> {
    ten_ten_data::Client::new(tour::transport()).with_config(Config::new().with_endpoint(origin))
}

#[test]
fn nina_answers_in_every_format_by_every_method() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.nina().unwrap();
    let settings = Config::new().with_endpoint(&server.origin);
    let formats = [
        settings.clone().with_format(Format::Xml),
        settings.clone().with_format(Format::Json),
        settings.clone().with_callback("app.onReply"),
        settings.clone().with_format(Format::Query),
    ];
    for settings in formats {
        for method in [Method::GET, Method::POST] {
            let client = nina_client(settings.clone().with_method(method));
            let session = client.client_login(nina_side::USER, nina_side::PASSWORD).send_blocking().unwrap();
            let answer = session.answer().unwrap();
            assert_eq!(answer.status_code, 200);
            assert_eq!(answer.status_text.as_deref(), Some("OK"));
            assert_eq!(answer.data.login_id.as_deref(), Some(nina_side::USER));
            assert_eq!(answer.data.token.expires_in, Some(86_400));
            assert_eq!(answer.data.token.value, session.state().token);
            assert_eq!(server.service.sessions().count(), 1);

            // Characters that the signature escapes twice.
            let options = CallOptions::default().with_request_id("a b+c&d=ü%20~");
            let answer = session.logout().with_options(options.clone()).send_blocking().unwrap();
            assert_eq!(answer.request_id.as_deref(), Some("a b+c&d=ü%20~"));
            assert_eq!(server.service.sessions().count(), 0);
        }
    }
}

#[test]
fn videntity_logs_in_pings_and_logs_out() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.videntity().unwrap();
    let (user, password, account) = (videntity_side::USER, videntity_side::PASSWORD, videntity_side::ACCOUNT);
    let session = videntity_client(&server.origin).login(user, password, account).send_blocking().unwrap();
    let opened = session.answer().unwrap().clone();
    assert_eq!(opened.status, videntity::types::Status::Success);
    assert_eq!(opened.detail, "you logged in successfully");
    assert_eq!(opened.api_method.as_deref(), Some("/session/login"));

    let pinged = session.ping().send_blocking().unwrap();
    assert_eq!(pinged.data.session_key, session.state().session_key);
    assert_eq!(pinged.api_tx_number, opened.api_tx_number + 1);
    assert!(pinged.timestamp > opened.timestamp);

    let key = session.state().session_key.clone();
    let closed = session.logout().send_blocking().unwrap();
    assert_eq!(closed.data.session_key, key);
    assert_eq!(server.service.sessions().find(key.expose()), Err(Absent::Unknown));
}

#[test]
fn files_arrive_whole() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.videntity().unwrap();
    let (user, password, account) = (videntity_side::USER, videntity_side::PASSWORD, videntity_side::ACCOUNT);
    let session = videntity_client(&server.origin).login(user, password, account).send_blocking().unwrap();
    let audio = InquiryResponseType::Audio;
    let content = || Cursor::new(vec![0xff; 300_000]);
    let opened = || File::from_opened("\"a\".wav", Some(300_000), move || Ok(content()));
    for file in [
        File::new("\"a\".wav", content().into_inner()),
        File::from_reader("\"a\".wav", None, content()),
        opened(),
    ] {
        let answer = session.upload_inquiry(audio.clone()).phone_audio(file).send_blocking().unwrap();
        assert_eq!(answer.detail, "\"a\".wav of 300000 bytes was uploaded");
    }
    let answer = session.upload_inquiry(audio.clone()).phone_text("Is it you?").send_blocking().unwrap();
    assert_eq!(answer.detail, "a text of 10 bytes was uploaded");
    let error = session.upload_inquiry(audio.clone()).send_blocking().unwrap_err();
    assert_eq!(error.code(), Some(&videntity::ErrorCode::MissingMandatoryField));
    let short = File::from_opened("a.wav", Some(1), move || Ok(content()));
    let error = session.upload_inquiry(audio.clone()).phone_audio(short).send_blocking().unwrap_err();
    assert_eq!((error.code(), error.class()), (None, Class::InvalidRequest), "{error}");

    let settings = Config::new().with_endpoint(&server.origin);
    let client = videntity::Client::new(Spawned(tour::transport())).with_config(settings);
    let answer = loopback.block_on(async {
        let session = client.login(user, password, account).send().await?;
        session.upload_inquiry(audio).phone_audio(opened()).send().await
    });
    assert_eq!(answer.unwrap().detail, "\"a\".wav of 300000 bytes was uploaded");
}

#[test]
fn ten_ten_data_deals_with_the_open_session_as_asked() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.ten_ten_data().unwrap();
    let client = ten_ten_client(&server.origin);
    let ask = |kill| client.login(ten::USER, ten::PASSWORD).kill(kill).send_blocking();
    let log_in = |kill| ask(kill).and_then(SessionOpenOutcome::session);

    let first = log_in(Kill::No).unwrap();
    let error = log_in(Kill::No).unwrap_err();
    assert_eq!(error.code(), Some(&ten_ten_data::ErrorCode::AlreadyLoggedIn));
    assert_eq!(log_in(Kill::Possess).unwrap().state(), first.state());
    let authenticated = ask(Kill::Auth).unwrap().answer().expect("no session");
    assert_eq!((authenticated.rc, authenticated.data.sid), (0, None));
    assert!(matches!(log_in(Kill::Auth), Err(Error::Unopened)));
    let second = log_in(Kill::Yes).unwrap();
    assert_ne!(second.state(), first.state());
    assert_eq!(
        first.logout().send_blocking().unwrap_err().error.code(),
        Some(&ten_ten_data::ErrorCode::NotLoggedIn)
    );
    let error = log_in(Kill::Other("maybe".into())).unwrap_err();
    assert_eq!(error.code(), Some(&ten_ten_data::ErrorCode::InvalidElementValue));
    assert_eq!(second.logout().send_blocking().unwrap().msg.as_deref(), Some("Logged out"));
}

#[test]
fn a_failed_logout_gives_the_session_back() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.nina().unwrap();
    let client = nina_client(Config::new().with_endpoint(&server.origin));
    let session = client.client_login(nina_side::USER, nina_side::PASSWORD).send_blocking().unwrap();
    server.service.break_once();
    let SessionCloseError { session, error, .. } = session.logout().send_blocking().unwrap_err();
    assert_eq!((error.code(), error.class()), (Some(&nina::ErrorCode::ServerError), Class::Retry));
    assert_eq!(server.service.sessions().count(), 1);
    session.logout().send_blocking().unwrap();
    assert_eq!(server.service.sessions().count(), 0);
}

#[test]
fn a_session_opens_another_one() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.nina().unwrap();
    let client = nina_client(Config::new().with_endpoint(&server.origin));
    let login = client.client_login(nina_side::USER, nina_side::PASSWORD).send_blocking().unwrap();
    // The call is signed, and the time of it is part of what is signed.
    let online = login.start_session().send_blocking().unwrap();
    assert_eq!(server.service.sessions().count(), 2);
    // What the service does not implement is refused, whatever the session.
    let error = online.fetch_events().send_blocking().unwrap_err();
    assert_eq!(error.code(), Some(&nina::ErrorCode::InvalidRequest));
    online.end_session().send_blocking().unwrap();
    login.logout().send_blocking().unwrap();
    assert_eq!(server.service.sessions().count(), 0);

    // Without a token: only anonymously.
    let error = client.start_session().send_blocking().unwrap_err();
    assert_eq!((error.code(), error.class()), (Some(&nina::ErrorCode::Unauthorized), Class::LogInAgain));
    client.start_session().anonymous(true).send_blocking().unwrap().end_session().send_blocking().unwrap();
}

#[test]
fn a_saved_session_is_taken_up_by_another_client() {
    let loopback = Loopback::new().unwrap();
    let nina_server = loopback.nina().unwrap();
    let client = || nina_client(Config::new().with_endpoint(&nina_server.origin));
    let session = client().client_login(nina_side::USER, nina_side::PASSWORD).send_blocking().unwrap();
    let saved = session.state().save().unwrap();
    assert_eq!(format!("{saved:?} {:?}", session.state()).matches("[redacted]").count(), 3);
    let restored = nina::ClientSessionState::restore(saved.expose()).unwrap();
    assert_eq!(&restored, session.state());
    let resumed = client().resume(restored);
    assert!(resumed.answer().is_none());
    resumed.logout().send_blocking().unwrap();

    let ten_server = loopback.ten_ten_data().unwrap();
    let login = ten_ten_client(&ten_server.origin).login(ten::USER, ten::PASSWORD).send_blocking();
    let session = login.and_then(SessionOpenOutcome::session).unwrap();
    let saved = session.state().save().unwrap();
    let restored = ten_ten_data::UserSessionState::restore(saved.expose()).unwrap();
    ten_ten_client(&ten_server.origin).resume(restored).logout().send_blocking().unwrap();

    let server = loopback.videntity().unwrap();
    let (user, password, account) = (videntity_side::USER, videntity_side::PASSWORD, videntity_side::ACCOUNT);
    let session = videntity_client(&server.origin).login(user, password, account).send_blocking().unwrap();
    let saved = session.state().save().unwrap();
    let restored = videntity::SessionState::restore(saved.expose()).unwrap();
    videntity_client(&server.origin).resume(restored).ping().send_blocking().unwrap();
    assert!(videntity::SessionState::restore("{\"session_key\":").is_err());
}

#[test]
fn a_reply_in_another_format_than_asked_for_is_read() {
    let loopback = Loopback::new().unwrap();
    let bodies = [
        "<response><statusCode>200</statusCode><data><token><a>T</a></token><sessionSecret>S</sessionSecret></data></response>",
        r#"{"response":{"statusCode":200,"data":{"token":{"a":"T"},"sessionSecret":"S"}}}"#,
        r#"app.show({"response":{"statusCode":"200","data":{"token":{"a":"T"},"sessionSecret":"S"}}});"#,
        "statusCode=200&data.token.a=T&data.sessionSecret=S",
    ];
    for body in bodies {
        let origin = loopback.canned(StatusCode::OK, "application/octet-stream", body).unwrap();
        for format in [Format::Xml, Format::Json, Format::Query] {
            let settings = Config::new().with_endpoint(&origin).with_format(format);
            let session = nina_client(settings).client_login("user", "password").send_blocking().unwrap();
            assert_eq!(session.state().token.expose(), "T", "{body} where {format} was asked for");
        }
    }
}

#[test]
fn async_clients_make_the_same_calls() {
    let loopback = Loopback::new().unwrap();
    let server = loopback.videntity().unwrap();
    let client = videntity::Client::new(Spawned(tour::transport()))
        .with_config(Config::new().with_endpoint(&server.origin));
    loopback.block_on(async {
        let (user, password, account) =
            (videntity_side::USER, videntity_side::PASSWORD, videntity_side::ACCOUNT);
        let session = client.login(user, password, account).send().await.unwrap();
        session.ping().send().await.unwrap();
        server.service.sessions().expire_all();
        let SessionCloseError { session, error, .. } = session.logout().send().await.unwrap_err();
        assert_eq!(error.code(), Some(&videntity::ErrorCode::SessionExpired));
        let error = session.ping().send().await.unwrap_err();
        assert_eq!(error.message(), Some("The session has expired"));
    });
}

#[test]
fn many_sessions_at_the_same_time() {
    let loopback = Loopback::new().unwrap();
    let nina_server = loopback.nina().unwrap();
    let videntity_server = loopback.videntity().unwrap();
    // Both are shared by all threads: clients are `Sync`.
    let nina = nina_client(Config::new().with_endpoint(&nina_server.origin));
    let videntity = videntity_client(&videntity_server.origin);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for round in 0..50 {
                    let session =
                        nina.client_login(nina_side::USER, nina_side::PASSWORD).send_blocking().unwrap();
                    let id = format!("{round}");
                    let options = CallOptions::default().with_request_id(&id);
                    let answer = session.logout().with_options(options.clone()).send_blocking().unwrap();
                    assert_eq!(answer.request_id, Some(id));

                    let (user, password, account) =
                        (videntity_side::USER, videntity_side::PASSWORD, videntity_side::ACCOUNT);
                    let session = videntity.login(user, password, account).send_blocking().unwrap();
                    let key = session.state().session_key.clone();
                    assert_eq!(session.logout().send_blocking().unwrap().data.session_key, key);
                }
            });
        }
    });
    assert_eq!(nina_server.service.sessions().number(), 401);
    assert_eq!(nina_server.service.sessions().count(), 0);
    assert_eq!(videntity_server.service.sessions().count(), 0);
}
