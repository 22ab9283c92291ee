//! Sessions of a mock, as clients over sockets see them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use nina::{Client, ClientSessionState, Config};
use support::mock;
use wirewright::{describe::Class, exchange::Error};
use wirewright_cli::mock::{Fault, Rule, Server};
use wirewright_ureq::Transport;

fn start(vendor: &str) -> Server {
    Server::start(mock(vendor), 0).unwrap()
}

fn client(server: &Server) -> Client<Transport> {
    let settings = Config::new().with_endpoint(server.origin());
    Client::new(Transport::new(), "developer").with_config(settings)
}

#[test]
fn sessions_are_told_apart_and_closed_one_by_one() {
    let server = start("nina");
    let client = client(&server);
    let first = client.client_login("chuck", "one").send_blocking().unwrap();
    let second = client.client_login("chuck", "two").send_blocking().unwrap();
    assert_eq!(server.mock().sessions(), 2);
    let saved = first.state().clone();
    first.logout().send_blocking().unwrap();
    assert_eq!(server.mock().sessions(), 1);
    let error = client.resume(saved).get_info().send_blocking().unwrap_err();
    assert_eq!(error.class(), Class::LogInAgain, "{error}");
    second.get_info().send_blocking().unwrap();
    second.logout().send_blocking().unwrap();
    assert_eq!((server.mock().sessions(), server.mock().opened()), (0, 2));
}

#[test]
fn a_session_within_a_session_is_opened_by_a_signed_call() {
    let server = start("nina");
    let session = client(&server).client_login("chuck", "password").send_blocking().unwrap();
    let online = session.start_session().send_blocking().unwrap();
    assert_eq!(server.mock().sessions(), 2);
    online.end_session().send_blocking().unwrap();
    session.logout().send_blocking().unwrap();
    assert_eq!(server.mock().sessions(), 0);
}

#[test]
fn a_signature_under_another_key_is_refused() {
    let server = start("nina");
    let client = client(&server);
    let session = client.client_login("chuck", "password").send_blocking().unwrap();
    let forged = ClientSessionState::new(session.state().token.clone(), "another key");
    let error = client.resume(forged).get_info().send_blocking().unwrap_err();
    assert!(matches!(error, Error::Vendor(_)), "{error}");
    session.get_info().send_blocking().unwrap();
}

/// As in a container: what is signed is the URL that the client calls.
#[test]
fn signatures_are_checked_for_the_host_that_was_called() {
    let server = start("nina");
    let endpoint = server.origin().replace("127.0.0.1", "localhost");
    assert_ne!(endpoint, server.origin());
    let settings = Config::new().with_endpoint(endpoint);
    let client = Client::new(Transport::new(), "developer").with_config(settings);
    let session = client.client_login("chuck", "password").send_blocking().unwrap();
    session.get_info().send_blocking().unwrap();
    session.logout().send_blocking().unwrap();
    assert_eq!((server.mock().sessions(), server.mock().opened()), (0, 1));
}

#[test]
fn the_id_of_a_request_comes_back_with_answers_and_with_refusals() {
    let server = start("nina");
    let client = client(&server);
    let options = nina::CallOptions::default().with_request_id("r-7");
    let session = client.client_login("chuck", "password").send_blocking().unwrap();
    let answer = session.get_info().with_options(options.clone()).send_blocking().unwrap();
    assert_eq!(answer.request_id.as_deref(), Some("r-7"));
    // Without one of the caller's, each call has its own.
    let made = [(); 2].map(|()| session.get_info().send_blocking().unwrap().request_id.unwrap());
    assert!(made.iter().all(|id| id.len() == 32) && made[0] != made[1], "{made:?}");
    server.mock().expire_sessions();
    let error = session.get_info().with_options(options.clone()).send_blocking().unwrap_err();
    assert_eq!(error.request_id(), Some("r-7"));
}

#[test]
fn other_vendors_log_in_and_out() {
    let server = start("videntity");
    let settings = Config::new().with_endpoint(server.origin());
    let client = videntity::Client::new(Transport::new()).with_config(settings);
    let session = client.login("user", "password", "482915073361204").send_blocking().unwrap();
    session.ping().send_blocking().unwrap();
    server.mock().expire_sessions();
    let error = session.ping().send_blocking().unwrap_err();
    assert_eq!(error.class(), Class::LogInAgain, "{error}");
    let session = client.login("user", "password", "482915073361204").send_blocking().unwrap();
    session.logout().send_blocking().unwrap();
    assert_eq!(server.mock().sessions(), 0);

    let server = start("ten-ten-data");
    let settings = Config::new().with_endpoint(server.origin());
    let client = ten_ten_data::Client::new(Transport::new()).with_config(settings);
    let opened = client.login("user", "password").send_blocking();
    let session = opened.and_then(ten_ten_data::SessionOpenOutcome::session).unwrap();
    session.getuser().send_blocking().unwrap();
    session.logout().send_blocking().unwrap();
    assert_eq!(server.mock().sessions(), 0);
}

/// Three sessions, each opened in the one before: the cookies go along, and so does the token that one call gives and the next needs.
#[test]
fn tokens_and_cookies_go_along() {
    let server = start("mediawiki");
    let settings = mediawiki::Config::new().with_endpoint(server.origin());
    let client = mediawiki::Client::new(Transport::new()).with_config(settings);
    let entrance = client.login_token().send_blocking().unwrap();
    let account = entrance.login("Ada@tool", "password").send_blocking().unwrap();
    let editor = account.csrf_token().send_blocking().unwrap();
    assert_eq!(editor.state().cookies, account.state().cookies);
    assert_ne!(account.state().cookies, entrance.state().cookies);
    let edited = editor.edit().title("Sandbox").text("Hello").minor(true).send_blocking().unwrap();
    assert_eq!(edited.data.edit.unwrap().result, "Success");
    assert_eq!(account.user_info().send_blocking().unwrap().data.query.userinfo.name, "Admin");

    // A token that was made up, and a session that is gone.
    let mut forged = editor.state().clone();
    forged.token = "forged".into();
    let error = client.resume(forged).edit().send_blocking().unwrap_err();
    assert_eq!(error.class(), Class::LogInAgain, "{error}");
    let saved = mediawiki::EditorSessionState::restore(editor.state().save().unwrap().expose()).unwrap();
    editor.logout().send_blocking().unwrap();
    let error = client.resume(saved).edit().send_blocking().unwrap_err();
    assert_eq!(error.code(), Some(&mediawiki::ErrorCode::BadToken), "{error}");
}

/// A login that fails inside of a success opens nothing, and is an error with its class.
#[test]
fn a_login_that_fails_inside_of_a_success_is_refused() {
    for (code, class) in [("Failed", Class::GiveUp), ("WrongToken", Class::LogInAgain)] {
        let server = start("mediawiki");
        server.mock().faults().set([Rule::new(Fault::Error(code.to_owned())).of("account/login")]).unwrap();
        let settings = mediawiki::Config::new().with_endpoint(server.origin());
        let client = mediawiki::Client::new(Transport::new()).with_config(settings);
        let entrance = client.login_token().send_blocking().unwrap();
        let error = entrance.login("Ada", "wrong").send_blocking().unwrap_err();
        assert_eq!(error.class(), class, "{error}");
        let Error::Vendor(refused) = error else { panic!("{error}") };
        assert_eq!(refused.status.as_u16(), 200);
        assert!(
            String::from_utf8_lossy(refused.body.expose())
                .contains(&format!(r#"{{"login":{{"result":"{code}""#))
        );
    }
}

#[test]
fn pages_come_to_the_end() {
    let server = start("mediawiki");
    let settings = mediawiki::Config::new().with_endpoint(server.origin());
    let client = mediawiki::Client::new(Transport::new()).with_config(settings);
    let titles: Vec<_> =
        client.all_pages().limit(1).paginate_blocking().map(|page| page.unwrap().title).collect();
    assert_eq!(titles, ["CLI", "CLI"]);
}
