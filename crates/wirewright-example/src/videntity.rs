//! Videntity's side of the example: one account, sessions in memory, a number and a time on every reply.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use ::videntity::{
    Answer, ErrorCode, Failure, SessionParameters, SessionState,
    server::{self, Received},
    session,
    transaction::{UploadInquiry, UploadInquiryReply},
    types::Timestamp,
};
use wirewright::{
    Secret,
    jiff::{SignedDuration, civil},
    server::Rejection,
};

use crate::{
    made_up::opaque,
    sessions::{Absent, Sessions},
};

/// The user name of the account that exists.
pub const USER: &str = "agent_smith";
/// The account's password.
pub const PASSWORD: &str = "k2Jx9QmW4tZr7Lp";
/// The account's number.
pub const ACCOUNT: &str = "482915073361204";
/// When the first transaction took place; each later one comes a second later.
const START: civil::DateTime = civil::date(2008, 9, 30).at(15, 56, 42, 0);
/// The number of the first transaction.
const FIRST: i64 = 58_768;

/// The vendor, in memory.
#[derive(Debug, Default)]
pub struct Service {
    sessions: Sessions<SessionState>,
    transactions: AtomicI64,
}

impl Service {
    /// The sessions that are open.
    pub const fn sessions(&self) -> &Sessions<SessionState> {
        &self.sessions
    }

    /// The number and the time of the next transaction.
    fn transaction(&self) -> (i64, Timestamp) {
        let count = self.transactions.fetch_add(1, Ordering::Relaxed);
        let time = START.saturating_add(SignedDuration::from_secs(count));
        (FIRST + count, Timestamp::new(time))
    }

    fn answer<D>(&self, data: D, detail: &str) -> Answer<D> {
        let (number, time) = self.transaction();
        Answer::new(data, number, detail, time)
    }

    fn failure(&self, code: ErrorCode) -> Failure {
        let mut failure = Failure::new(code);
        self.sign_off(&mut failure);
        failure
    }

    /// Every reply has a number and a time.
    fn sign_off(&self, failure: &mut Failure) {
        let (number, time) = self.transaction();
        failure.api_tx_number = Some(number);
        failure.timestamp = Some(time);
    }
}

/// Answers requests that reach the service at `origin`.
pub fn router(service: Arc<Service>, origin: &str) -> axum::Router {
    wirewright_axum::router(server::Server::shared(service, origin))
}

impl server::Service for Service {
    async fn session(&self, parameters: &SessionParameters) -> Result<SessionState, Failure> {
        self.sessions.find(parameters.session_key.expose()).map_err(|absent| {
            self.failure(match absent {
                Absent::Unknown => ErrorCode::SessionDoesNotExist,
                Absent::Expired => ErrorCode::SessionExpired,
            })
        })
    }

    async fn login(
        &self,
        received: Received<session::Login>,
    ) -> Result<Answer<session::LoginReply>, Failure> {
        let request = received.request;
        if request.username != USER
            || request.password != Secret::from(PASSWORD)
            || request.account_number != ACCOUNT
        {
            return Err(self.failure(ErrorCode::AuthenticationError));
        }
        let key = format!("{:015x}", opaque("videntity key", self.sessions.number()) >> 4);
        let reply = session::LoginReply::new(key.as_str());
        self.sessions.open(&key, SessionState::open(&request, &reply));
        Ok(self.answer(reply, "you logged in successfully"))
    }

    async fn ping(
        &self,
        session: SessionState,
        _received: Received<session::Ping>,
    ) -> Result<Answer<session::PingReply>, Failure> {
        let reply = session::PingReply::new(session.session_key);
        Ok(self.answer(reply, "your session has been pinged successfully"))
    }

    async fn logout(
        &self,
        session: SessionState,
        _received: Received<session::Logout>,
    ) -> Result<Answer<session::LogoutReply>, Failure> {
        if !self.sessions.close(session.session_key.expose()) {
            return Err(self.failure(ErrorCode::SessionDoesNotExist));
        }
        let reply = session::LogoutReply::new(session.session_key);
        Ok(self.answer(reply, "you logged out successfully"))
    }

    async fn upload_inquiry(
        &self,
        _session: SessionState,
        received: Received<UploadInquiry>,
    ) -> Result<Answer<UploadInquiryReply>, Failure> {
        let UploadInquiry { phone_text, phone_audio, .. } = received.request;
        let said = match (&phone_audio, &phone_text) {
            (Some(file), _) => {
                let length = file.bytes().map_or(0, <[u8]>::len);
                format!("{} of {length} bytes was uploaded", file.name())
            }
            (None, Some(text)) => format!("a text of {} bytes was uploaded", text.len()),
            (None, None) => return Err(self.failure(ErrorCode::MissingMandatoryField)),
        };
        let id = opaque("videntity message", self.sessions.number());
        Ok(self.answer(UploadInquiryReply::new(format!("{id:016x}")), &said))
    }

    fn complete(&self, _refused: &Rejection, failure: &mut Failure) {
        self.sign_off(failure);
    }
}
