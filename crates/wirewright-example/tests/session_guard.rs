//! Cancellation over real sockets: which sessions the vendor still has when a future is dropped.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::result_large_err, reason = "the error gives the session back")]

use std::{
    future::{Future, poll_fn},
    sync::Arc,
    task::Poll,
    time::Duration,
};

use tokio::sync::Notify;
use videntity::{Client, Config, Error, Session};
use wirewright::{
    client::TransportErrorKind,
    session::{CleanupTask, SessionGuard},
};
use wirewright_example::{
    loopback::{Loopback, Server},
    videntity::{ACCOUNT, PASSWORD, Service, USER},
};
use wirewright_reqwest::{Transport, reqwest};

type Scoped =
    SessionGuard<Session<Transport>, videntity::Answer<videntity::session::LogoutReply>, videntity::Failure>;

fn client(server: &Server<Service>) -> Client<Transport> {
    let transport = Transport::over(reqwest::Client::builder().no_proxy()).unwrap();
    Client::new(transport).with_config(Config::new().with_endpoint(&server.origin))
}

fn log_in(client: &Client<Transport>) -> impl Future<Output = Result<Session<Transport>, Error>> + use<> {
    let client = client.clone();
    async move { client.login(USER, PASSWORD, ACCOUNT).send().await }
}

fn spawn(keeper: CleanupTask) {
    drop(tokio::spawn(keeper));
}

async fn open(client: &Client<Transport>) -> Scoped {
    SessionGuard::open(spawn, log_in(client), |session: Session<_>| session.logout().send()).await.unwrap()
}

/// Waits until the vendor has so many sessions, for a while.
async fn settled(server: &Server<Service>, sessions: usize) {
    for _ in 0..500 {
        if server.service.sessions().count() == sessions {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.service.sessions().count(), sessions);
}

fn with_server<F: Future<Output = ()>>(test: impl FnOnce(Server<Service>) -> F) {
    let loopback = Loopback::new().unwrap();
    let server = loopback.videntity().unwrap();
    loopback.block_on(test(server));
}

#[test]
fn a_session_is_closed_by_whatever_ends_its_owner() {
    with_server(|server| async move {
        let client = client(&server);
        // By itself.
        let session = open(&client).await;
        session.ping().send().await.unwrap();
        assert_eq!(server.service.sessions().count(), 1);
        session.close().await.unwrap();
        assert_eq!(server.service.sessions().count(), 0);

        // At the end of a block.
        drop(open(&client).await);
        settled(&server, 0).await;

        // By a panic.
        let panics = {
            let client = client.clone();
            async move {
                let _session = open(&client).await;
                panic!("a test of panics");
            }
        };
        tokio::spawn(panics).await.unwrap_err();
        settled(&server, 0).await;

        // By a task that is aborted in the middle of something.
        let opened = Arc::new(Notify::new());
        let task = tokio::spawn({
            let (client, opened) = (client.clone(), Arc::clone(&opened));
            async move {
                let _session = open(&client).await;
                opened.notify_one();
                std::future::pending::<()>().await;
            }
        });
        opened.notified().await;
        assert_eq!(server.service.sessions().count(), 1);
        task.abort();
        settled(&server, 0).await;

        // Unless told so.
        let session = open(&client).await;
        let state = session.state().clone();
        session.leave_open();
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(server.service.sessions().count(), 1);
        client.resume(state).logout().send().await.unwrap();
    });
}

/// The vendor has opened the session, and its answer has not come: a plain login leaves it open, for nobody knows it.
#[test]
fn a_login_that_is_cancelled_leaves_no_session() {
    with_server(|server| async move {
        let client = client(&server);
        let (answered, gate) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let held = || {
            let (log_in, answered, gate) = (log_in(&client), Arc::clone(&answered), Arc::clone(&gate));
            async move {
                let session = log_in.await;
                answered.notify_one();
                gate.notified().await;
                session
            }
        };

        let plain = tokio::spawn(held());
        answered.notified().await;
        plain.abort();
        assert!(plain.await.unwrap_err().is_cancelled());
        assert_eq!(server.service.sessions().count(), 1);
        server.service.sessions().expire_all();

        let scoped = tokio::spawn({
            let held = held();
            async move {
                SessionGuard::open(spawn, held, |session: Session<_>| session.logout().send()).await.map(drop)
            }
        });
        answered.notified().await;
        assert_eq!(server.service.sessions().count(), 1);
        scoped.abort();
        assert!(scoped.await.unwrap_err().is_cancelled());
        gate.notify_one();
        settled(&server, 0).await;
    });
}

/// Wherever a call of a session is cancelled, the session stays open, and so do the calls that are made of it later.
#[test]
fn a_call_that_is_cancelled_leaves_the_session_as_it_is() {
    with_server(|server| async move {
        let session = client(&server).login(USER, PASSWORD, ACCOUNT).send().await.unwrap();
        let mut cancelled = 0;
        // It is dropped when it has been polled so often: before the request is out, behind that, or when it has ended.
        for polls in 1..40 {
            let mut call = Box::pin(session.ping().send());
            let mut ended = false;
            for _ in 0..polls {
                let polled = poll_fn(|context| Poll::Ready(call.as_mut().poll(context))).await;
                if let Poll::Ready(answered) = polled {
                    answered.unwrap();
                    ended = true;
                    break;
                }
                tokio::task::yield_now().await;
            }
            drop(call);
            cancelled += usize::from(!ended);
            session.ping().send().await.unwrap();
        }
        assert!(cancelled > 0, "no call waits for its answer");
        assert_eq!(server.service.sessions().count(), 1);
    });
}

#[test]
fn what_goes_wrong_is_told() {
    with_server(|server| async move {
        let client = client(&server);
        // The login fails.
        let wrong = {
            let client = client.clone();
            async move { client.login(USER, "a wrong password", ACCOUNT).send().await }
        };
        let error = SessionGuard::open(spawn, wrong, |session: Session<_>| session.logout().send())
            .await
            .unwrap_err();
        assert_eq!(error.code(), Some(&videntity::ErrorCode::AuthenticationError));

        // Closing fails: the session comes back.
        let session = open(&client).await;
        assert_eq!(format!("{session:?}"), "SessionGuard { .. }");
        server.service.sessions().expire_all();
        let unclosed = session.close().await.unwrap_err();
        assert_eq!(unclosed.error.code(), Some(&videntity::ErrorCode::SessionExpired));
        assert!(unclosed.session.is_some());

        // The task is never run, or ends by a panic: nobody waits for ever.
        let error = SessionGuard::open(drop, log_in(&client), |session: Session<_>| session.logout().send())
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Other),
            "{error}"
        );
        let panics = async { panic!("a test of panics") };
        let opened: Result<Scoped, Error> =
            SessionGuard::open(spawn, panics, |session: Session<_>| session.logout().send()).await;
        assert!(matches!(opened, Err(Error::Transport(_))));
        let panics = |session: Session<Transport>| async move {
            assert!(session.answer().is_none(), "a test of panics");
            session.logout().send().await
        };
        let session = SessionGuard::open(spawn, log_in(&client), panics).await.unwrap();
        assert!(session.close().await.unwrap_err().session.is_none());
    });
}

/// The one without futures.
mod blocking {
    use std::panic::catch_unwind;

    use videntity::{Client, Session};
    use wirewright::session::blocking::SessionGuard;
    use wirewright_example::{loopback::Loopback, tour::transport};

    use super::*;

    type Transport = wirewright_ureq::Transport;

    fn open(
        client: &Client<Transport>,
    ) -> Result<
        SessionGuard<
            Session<Transport>,
            videntity::Answer<videntity::session::LogoutReply>,
            videntity::Failure,
        >,
        Error,
    > {
        SessionGuard::open(
            || client.login(USER, PASSWORD, ACCOUNT).send_blocking(),
            |session: Session<_>| session.logout().send_blocking(),
        )
    }

    #[test]
    fn a_session_is_closed_by_whatever_ends_its_owner() {
        let loopback = Loopback::new().unwrap();
        let server = loopback.videntity().unwrap();
        let client = Client::new(transport()).with_config(Config::new().with_endpoint(&server.origin));
        let sessions = || server.service.sessions().count();

        // By itself.
        let session = open(&client).unwrap();
        session.ping().send_blocking().unwrap();
        assert_eq!(sessions(), 1);
        session.close().unwrap();
        assert_eq!(sessions(), 0);

        // By `?`.
        let early = || -> Result<(), Error> {
            let session = open(&client)?;
            assert_eq!(sessions(), 1);
            let unknown = client.resume(videntity::SessionState::new("no-such-key"));
            unknown.ping().send_blocking()?;
            drop(session);
            unreachable!("the call before fails");
        };
        early().unwrap_err();
        assert_eq!(sessions(), 0);

        // By a panic.
        let panics = {
            let client = client.clone();
            move || {
                let _session = open(&client).unwrap();
                panic!("a test of panics");
            }
        };
        catch_unwind(std::panic::AssertUnwindSafe(panics)).unwrap_err();
        assert_eq!(sessions(), 0);

        // Unless told so.
        let session = open(&client).unwrap();
        let state = session.state().clone();
        session.leave_open();
        assert_eq!(sessions(), 1);
        client.resume(state).logout().send_blocking().unwrap();
        assert_eq!(sessions(), 0);
    }

    /// A panic while it is closed, in the middle of another one, is no end of the program.
    #[test]
    fn a_session_that_cannot_be_closed_is_given_back_or_left() {
        let loopback = Loopback::new().unwrap();
        let server = loopback.videntity().unwrap();
        let client = Client::new(transport()).with_config(Config::new().with_endpoint(&server.origin));
        let session = open(&client).unwrap();
        server.service.sessions().expire_all();
        let unclosed = session.close().unwrap_err();
        assert!(unclosed.session.is_some() && !format!("{unclosed:?}").contains("key:"), "{unclosed:?}");

        let open = || {
            SessionGuard::<u8, (), videntity::Failure>::open(
                || Ok(7),
                |_| panic!("a test of panics while closing"),
            )
        };
        let outer = || {
            let _session = open().unwrap();
            panic!("a test of panics");
        };
        let payload = catch_unwind(std::panic::AssertUnwindSafe(outer)).unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"a test of panics"));
    }
}
