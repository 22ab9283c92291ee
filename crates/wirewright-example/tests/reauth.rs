//! Expired sessions over real sockets: however many calls find out at once, there is one new login.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod edge_support;

use std::{
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread,
};

use edge_support::{Edge, Wanted};
use videntity::Config;
use wirewright::session::{ReauthSession, blocking};
use wirewright_example::{
    loopback::Loopback,
    videntity::{ACCOUNT, PASSWORD, USER},
};

const CALLS: usize = 64;

#[test]
fn sixty_four_calls_of_an_expired_session_log_in_once() {
    for edge in Edge::both(&Wanted::default()) {
        let loopback = Loopback::new().unwrap();
        let server = loopback.videntity().unwrap();
        let settings = Config::new().with_endpoint(&server.origin);
        let (name, logins) = (edge.name(), AtomicUsize::new(0));
        // Each has the vendor's refusal before any of them does something about it.
        let answered = match edge {
            Edge::Ureq(transport) => {
                let client = videntity::Client::new(transport).with_config(settings);
                let log_in = || {
                    logins.fetch_add(1, SeqCst);
                    client.login(USER, PASSWORD, ACCOUNT).send_blocking()
                };
                let kept = blocking::ReauthSession::new(log_in().unwrap(), log_in);
                server.service.sessions().expire_all();
                let all = Barrier::new(CALLS);
                let call = || {
                    let first = AtomicBool::new(true);
                    kept.call(|session| {
                        let answer = session.ping().send_blocking();
                        if first.swap(false, SeqCst) {
                            assert!(answer.is_err(), "the session has expired");
                            all.wait();
                        }
                        answer
                    })
                };
                thread::scope(|scope| {
                    let calls: Vec<_> = (0..CALLS).map(|_| scope.spawn(call)).collect();
                    calls.into_iter().flat_map(|call| call.join().unwrap()).count()
                })
            }
            Edge::Reqwest(transport, runtime) => {
                let client = videntity::Client::new(transport).with_config(settings);
                let log_in = || {
                    logins.fetch_add(1, SeqCst);
                    client.login(USER, PASSWORD, ACCOUNT).send()
                };
                runtime.block_on(async {
                    let kept = ReauthSession::new(log_in().await.unwrap(), log_in);
                    server.service.sessions().expire_all();
                    let all = Arc::new(tokio::sync::Barrier::new(CALLS));
                    let call = || async {
                        let first = Arc::new(AtomicBool::new(true));
                        kept.call(|session| {
                            let (first, all) = (Arc::clone(&first), Arc::clone(&all));
                            async move {
                                let answer = session.ping().send().await;
                                if first.swap(false, SeqCst) {
                                    assert!(answer.is_err(), "the session has expired");
                                    all.wait().await;
                                }
                                answer
                            }
                        })
                        .await
                    };
                    let calls: Vec<_> = (0..CALLS).map(|_| Box::pin(call())).collect();
                    joined(calls).await.into_iter().flatten().count()
                })
            }
        };
        assert_eq!(answered, CALLS, "{name}");
        assert_eq!(logins.load(SeqCst), 2, "{name}");
        assert_eq!(server.service.sessions().count(), 1, "{name}");
    }
}

/// All of them at the same time, in one task: they borrow.
async fn joined<F: Future + Unpin>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(Some).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        for slot in &mut futures {
            if let Some(future) = slot
                && let std::task::Poll::Ready(output) = std::pin::Pin::new(future).poll(context)
            {
                done.push(output);
                *slot = None;
            }
        }
        if futures.iter().all(Option::is_none) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done
}
