//! 1010data's side of the example: one user, at most one session, and the four ways to deal with one that is open.

use std::sync::Arc;

use ::ten_ten_data::{
    Answer, ErrorCode, Failure, UserSessionState,
    server::{self, AnySession, Claims, Received},
    session,
    types::Kill,
};
use wirewright::{Secret, exchange::Nothing};

use crate::{made_up::opaque, sessions::Sessions};

/// The user who exists.
pub const USER: &str = "analyst";
/// The user's password.
pub const PASSWORD: &str = "correct horse&battery";

/// The vendor, in memory.
#[derive(Debug, Default)]
pub struct Service {
    sessions: Sessions<UserSessionState>,
}

impl Service {
    /// The sessions that are open.
    pub const fn sessions(&self) -> &Sessions<UserSessionState> {
        &self.sessions
    }

    /// A session that is not in the table yet.
    fn new_session(&self) -> UserSessionState {
        let number = self.sessions.number();
        let sid = 100_000_000 + opaque("1010data session", number) % 900_000_000;
        let pswd = format!("_______{:012x}", opaque("1010data password", number) >> 16);
        UserSessionState::new(USER, pswd, sid.to_string())
    }
}

/// Answers requests that reach the service at `origin`.
pub fn router(service: Arc<Service>, origin: &str) -> axum::Router {
    wirewright_axum::router(server::Server::shared(service, origin))
}

impl server::Service for Service {
    async fn session(&self, claims: &Claims) -> Result<AnySession, Failure> {
        let claimed = claims.user.as_ref();
        let found = claimed.and_then(|claimed| self.sessions.find(claimed.sid.expose()).ok());
        // The session's ID alone opens nothing: user and encrypted password must be its own.
        found
            .filter(|state| Some(&state.parameters()) == claimed)
            .map(AnySession::User)
            .ok_or_else(|| Failure::new(ErrorCode::NotLoggedIn))
    }

    async fn login(
        &self,
        received: Received<session::Login>,
    ) -> Result<Answer<session::LoginReply>, Failure> {
        let request = received.request;
        if request.uid != USER || request.password != Secret::from(PASSWORD) {
            return Err(Failure::new(ErrorCode::InvalidUser));
        }
        let existing = self.sessions.find_by(|state| state.uid == request.uid);
        let state = match (request.kill.unwrap_or(Kill::Yes), existing) {
            (Kill::No, Some(_)) => return Err(Failure::new(ErrorCode::AlreadyLoggedIn)),
            (Kill::Possess, Some(existing)) => Some(existing),
            // The credentials are right, and nothing is opened.
            (Kill::Auth, _) => None,
            (Kill::Yes | Kill::No | Kill::Possess, existing) => {
                if let Some(existing) = existing {
                    self.sessions.close(existing.sid.expose());
                }
                let state = self.new_session();
                self.sessions.open(state.sid.expose(), state.clone());
                Some(state)
            }
            _ => return Err(Failure::new(ErrorCode::InvalidElementValue)),
        };
        let mut reply = session::LoginReply::default();
        if let Some(state) = state {
            reply.sid = Some(state.sid);
            reply.pswd = Some(state.pswd);
        }
        let mut answer = Answer::new(reply);
        answer.msg = Some("Last login was: 2008-09-30 15:56:42".to_owned());
        Ok(answer)
    }

    async fn logout(
        &self,
        session: UserSessionState,
        _received: Received<session::Logout>,
    ) -> Result<Answer<Nothing>, Failure> {
        if !self.sessions.close(session.sid.expose()) {
            return Err(Failure::new(ErrorCode::NotLoggedIn));
        }
        let mut answer = Answer::new(Nothing {});
        answer.msg = Some("Logged out".to_owned());
        Ok(answer)
    }
}
