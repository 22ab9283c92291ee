//! The service: one keeper, one watch.

use std::sync::Mutex;

use lighthouse::{
    Answer, ErrorCode, Failure, SessionParameters, SessionState,
    server::{Received, Service},
    types::Watch,
    watch::{close, open},
};
use wirewright::Secret;

/// What the keeper says to be let in.
pub const PHRASE: &str = "a light & a bell";
/// The number of the watch.
pub const NUMBER: &str = "w-7";

const SALT: &str = "grain of salt";

/// Keeps the watch that is open.
#[derive(Default)]
pub struct Keeper {
    open: Mutex<Option<SessionState>>,
}

impl Keeper {
    /// Whether a watch is open.
    pub fn is_open(&self) -> bool {
        self.open.lock().is_ok_and(|open| open.is_some())
    }
}

impl Service for Keeper {
    async fn session(&self, parameters: &SessionParameters) -> Result<SessionState, Failure> {
        let open = self.open.lock().ok().and_then(|open| open.clone());
        open.filter(|open| open.watch == parameters.watch).ok_or_else(|| Failure::new(ErrorCode::NoWatch))
    }

    async fn open(&self, received: Received<open::Request>) -> Result<Answer<open::Reply>, Failure> {
        if received.request.phrase != Secret::from(PHRASE) {
            return Err(Failure::new(ErrorCode::Stranger));
        }
        let reply = open::Reply::new(Watch::new(NUMBER).with_lamp(1200.5), SALT);
        if let Ok(mut open) = self.open.lock() {
            *open = Some(SessionState::open(&received.request, &reply));
        }
        Ok(Answer::new(reply))
    }

    async fn close(
        &self,
        session: SessionState,
        received: Received<close::Request>,
    ) -> Result<Answer<close::Reply>, Failure> {
        if let Ok(mut open) = self.open.lock() {
            *open = None;
        }
        let words = received.request.note.map(|note| format!("{}: {note}", session.keeper));
        let mut answer = Answer::new(close::Reply::new().with_lines(3));
        answer.words = words;
        Ok(answer)
    }
}
