//! What the shop does with its ledger.

use acme_ledger::{Client, Error};
use wirewright::client::blocking::Transport;

/// The sum of all entries of a month.
pub fn sum(
    transport: impl Transport + Clone + 'static,
    user: &str,
    password: &str,
    month: &str,
) -> Result<f64, Error> {
    let session = Client::new(transport).login(user, password).send_blocking()?;
    let entries = session.list().month(month).send_blocking()?.data.entries;
    session.logout().send_blocking().map_err(|failed| failed.error)?;
    Ok(entries.iter().map(|entry| entry.amount).sum())
}

#[cfg(test)]
mod tests {
    use acme_ledger::{
        entries::{List, ListReply},
        server::{Received, Server, Service},
        session::{Close, Open, OpenReply},
        types::Entry,
        Answer, ErrorCode, Failure, SessionParameters, SessionState,
    };
    use wirewright::exchange::Nothing;

    struct Ledger;

    impl Service for Ledger {
        async fn session(&self, session: &SessionParameters) -> Result<SessionState, Failure> {
            Ok(SessionState::new(session.token.clone()))
        }

        async fn open(&self, received: Received<Open>) -> Result<Answer<OpenReply>, Failure> {
            if received.request.user == "eve" {
                return Err(Failure::new(ErrorCode::WrongPassword));
            }
            Ok(Answer::new(OpenReply::new("t")))
        }

        async fn list(&self, _: SessionState, _: Received<List>) -> Result<Answer<ListReply>, Failure> {
            let mut reply = ListReply::default();
            reply.entries = vec![Entry::new(1, 9.5), Entry::new(2, 0.5)];
            Ok(Answer::new(reply))
        }

        async fn close(&self, _: SessionState, _: Received<Close>) -> Result<Answer<Nothing>, Failure> {
            Ok(Answer::new(Nothing {}))
        }
    }

    #[test]
    fn sums() {
        let ledger = || Server::new(Ledger, "https://ledger.acme.example");
        assert_eq!(super::sum(ledger(), "bob", "p", "2024-05").unwrap(), 10.0);
        let refused = super::sum(ledger(), "eve", "p", "2024-05").unwrap_err();
        assert_eq!(refused.code(), Some(&ErrorCode::WrongPassword));
    }
}
