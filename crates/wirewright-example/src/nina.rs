//! NINA's side of the example: one user, who can log in and be online; sessions in memory, signatures checked by the generated
//! server. The vendor's other operations are refused as ones that it does not have.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use ::nina::{
    AimSessionState, Answer, CallOptions, ClientSessionState, ErrorCode, Failure, aim, auth,
    server::{self, AnySession, Claims, ClientOrWebSession, Received},
    types::Token,
};
use wirewright::{Secret, describe::ServerCondition, exchange::Nothing, server::Rejection};

use crate::{made_up::opaque, sessions::Sessions};

/// The developer ID of the example's client.
pub const DEVELOPER: &str = "example-developer";
/// The user who exists.
pub const USER: &str = "chattingchuck";
/// The user's password, with characters that are escaped on the wire.
pub const PASSWORD: &str = "Grün & 100% + süß=1";
/// The server's clock: 2008-09-30 15:56:42 UTC.
const HOST_TIME: i64 = 1_222_790_202;

/// The vendor, in memory.
#[derive(Debug, Default)]
pub struct Service {
    sessions: Sessions<AnySession>,
    out_of_order: AtomicBool,
}

impl Service {
    /// The sessions that are open.
    pub const fn sessions(&self) -> &Sessions<AnySession> {
        &self.sessions
    }

    /// Lets the next logout fail with a server error.
    pub fn break_once(&self) {
        self.out_of_order.store(true, Ordering::Relaxed);
    }
}

/// Answers requests that reach the service at `origin`.
pub fn router(service: Arc<Service>, origin: &str) -> axum::Router {
    wirewright_axum::router(server::Server::shared(service, origin))
}

impl server::Service for Service {
    async fn session(&self, claims: &Claims, options: &CallOptions) -> Result<AnySession, Failure> {
        let client = claims.client.as_ref().map(|session| &session.token);
        let web = claims.web.as_ref().map(|session| &session.token);
        let aim = claims.aim.as_ref().map(|session| &session.aimsid);
        let name = client.or(web).or(aim);
        // NINA has one code for a session that is unknown and one that has expired.
        let found = name.and_then(|name| self.sessions.find(name.expose()).ok());
        found.ok_or_else(|| failure(ErrorCode::Unauthorized, Some(options)))
    }

    async fn client_login(
        &self,
        received: Received<auth::ClientLogin>,
    ) -> Result<Answer<auth::ClientLoginReply>, Failure> {
        let Received { request, options, .. } = received;
        if request.screen_name != USER || request.password != Secret::from(PASSWORD) {
            let mut failure = failure(ErrorCode::MoreAuthenticationRequired, Some(&options));
            failure.status_detail_code = Some(3011);
            return Err(failure);
        }
        let number = self.sessions.number();
        // Tokens of this vendor hold characters that URLs escape.
        let token = format!("%2F{:016x}+/=", opaque("nina token", number));
        let secret = format!("{:016x}", opaque("nina secret", number));
        let mut keys = Token::new(token.as_str());
        keys.expires_in = Some(86_400);
        let mut reply = auth::ClientLoginReply::new(keys, secret);
        reply.host_time = Some(HOST_TIME);
        reply.login_id = Some(USER.to_owned());
        self.sessions.open(&token, ClientSessionState::open(&request, &reply).into());
        Ok(answer(reply))
    }

    async fn logout(
        &self,
        session: ClientSessionState,
        received: Received<auth::Logout>,
    ) -> Result<Answer<Nothing>, Failure> {
        if self.out_of_order.swap(false, Ordering::Relaxed) {
            return Err(failure(ErrorCode::ServerError, Some(&received.options)));
        }
        if !self.sessions.close(session.token.expose()) {
            return Err(failure(ErrorCode::Unauthorized, Some(&received.options)));
        }
        Ok(answer(Nothing {}))
    }

    async fn start_session(
        &self,
        session: Option<ClientOrWebSession>,
        received: Received<aim::StartSession>,
    ) -> Result<Answer<aim::StartSessionReply>, Failure> {
        let Received { request, options, .. } = received;
        if session.is_none() && request.anonymous != Some(true) {
            return Err(failure(ErrorCode::Unauthorized, Some(&options)));
        }
        let aimsid = format!("{:016x}", opaque("nina aimsid", self.sessions.number()));
        let mut reply = aim::StartSessionReply::new(aimsid.as_str());
        reply.ts = Some(HOST_TIME);
        self.sessions.open(&aimsid, AimSessionState::open(&request, &reply).into());
        Ok(answer(reply))
    }

    async fn end_session(
        &self,
        session: AimSessionState,
        _received: Received<aim::EndSession>,
    ) -> Result<Answer<Nothing>, Failure> {
        self.sessions.close(session.aimsid.expose());
        Ok(answer(Nothing {}))
    }

    fn complete(&self, refused: &Rejection, failure: &mut Failure) {
        if refused.condition == ServerCondition::SignatureWrong {
            failure.status_text = Some("The signature is wrong".to_owned());
            failure.status_detail_code = Some(1014);
        }
    }
}

fn answer<D>(data: D) -> Answer<D> {
    let mut answer = Answer::new(data);
    answer.status_text = Some("OK".to_owned());
    answer
}

/// A failure in the language that the caller asked for.
fn failure(code: ErrorCode, options: Option<&CallOptions>) -> Failure {
    let language = options.and_then(|options| options.language.as_ref());
    let german = language.is_some_and(|language| language.0.starts_with("de"));
    let text = match (code, german) {
        (ErrorCode::MoreAuthenticationRequired, false) => "Wrong screen name or password",
        (ErrorCode::MoreAuthenticationRequired, true) => "Benutzername oder Passwort ist falsch",
        (ErrorCode::Unauthorized, false) => "Authentication required",
        (ErrorCode::Unauthorized, true) => "Anmeldung erforderlich",
        (_, false) => "Server error",
        (_, true) => "Fehler im Server",
    };
    let mut failure = Failure::new(code);
    failure.status_text = Some(text.to_owned());
    failure
}
