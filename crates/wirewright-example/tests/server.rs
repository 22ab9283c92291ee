//! The README's server, and a client that asks it.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use videntity::{
    Answer, Client, ErrorCode, Failure, SessionParameters, SessionState,
    server::{Received, Server, Service},
    session::{Login, LoginReply, Logout, LogoutReply},
    types::Timestamp,
};
use wirewright::{client::Config, jiff::civil::date};
use wirewright_example::loopback::Loopback;
use wirewright_ureq::Transport;

/// Whoever knows the password is let in.
#[derive(Default)]
struct Accounts {
    open: Mutex<HashSet<String>>,
}

impl Accounts {
    fn open(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn answer<D>(data: D) -> Answer<D> {
    Answer::new(data, 1, "done", Timestamp::new(date(2008, 9, 30).at(15, 56, 42, 0)))
}

impl Service for Accounts {
    async fn session(&self, parameters: &SessionParameters) -> Result<SessionState, Failure> {
        let key = parameters.session_key.expose().as_str();
        if self.open().contains(key) {
            Ok(SessionState::new(key))
        } else {
            Err(Failure::new(ErrorCode::SessionDoesNotExist))
        }
    }

    async fn login(&self, call: Received<Login>) -> Result<Answer<LoginReply>, Failure> {
        if call.request.password.expose() != "open sesame" {
            return Err(Failure::new(ErrorCode::AuthenticationError));
        }
        let key = format!("key of {}", call.request.username);
        self.open().insert(key.clone());
        Ok(answer(LoginReply::new(key)))
    }

    async fn logout(
        &self,
        session: SessionState,
        _: Received<Logout>,
    ) -> Result<Answer<LogoutReply>, Failure> {
        self.open().remove(session.session_key.expose());
        Ok(answer(LogoutReply::new(session.session_key)))
    }
}

#[test]
fn a_client_logs_in_and_out() -> Result<(), Box<dyn std::error::Error>> {
    let loopback = Loopback::new()?;
    let origin = loopback.serve(|origin| {
        let server = Server::new(Accounts::default(), origin);
        wirewright_axum::router(server)
    })?;

    let client = Client::new(Transport::new()).with_config(Config::new().with_endpoint(&origin));
    let wrong =
        client.login("chuck", "let me in", "482915073361204").send_blocking().expect_err("a wrong password");
    assert_eq!(wrong.code(), Some(&ErrorCode::AuthenticationError));
    let session = client.login("chuck", "open sesame", "482915073361204").send_blocking()?;
    session.logout().send_blocking()?;
    let ended = client.resume(SessionState::new("key of chuck"));
    let gone = ended.logout().send_blocking().expect_err("the session has ended");
    assert_eq!(gone.error.code(), Some(&ErrorCode::SessionDoesNotExist));
    Ok(())
}

/// A server is a transport as well: a mock of the vendor needs no socket, and has the whole codec in between.
#[test]
fn a_mock_needs_no_socket() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Server::new(Accounts::default(), "https://vidapi.com"));
    let wrong = client.login("chuck", "let me in", "482915073361204").send_blocking().err();
    assert_eq!(wrong.and_then(|error| error.code().copied()), Some(ErrorCode::AuthenticationError));
    let session = client.login("chuck", "open sesame", "482915073361204").send_blocking()?;
    assert_eq!(session.state().session_key.expose(), "key of chuck");
    // What the service does not implement is refused, by an operation of another host as well.
    let refused = session.ping().send_blocking().err();
    assert!(refused.is_some_and(|error| error.code().is_some()));

    // Over the same server, and awaited.
    Loopback::new()?.block_on(async {
        let closed = session.logout().send().await;
        assert!(closed.is_ok());
        assert!(client.resume(SessionState::new("key of chuck")).ping().send().await.is_err());
    });
    Ok(())
}
