//! Sessions that are opened again: by one caller, however many need it.

#![allow(clippy::unwrap_used, reason = "a test may stop anywhere")]
#![allow(clippy::disallowed_methods, reason = "the threads are the test's")]

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

use crate::support::{Douse, Failure, outcome, response};
use wirewright::{
    Format, Limits,
    client::{TransportError, TransportErrorKind},
    exchange::{self, Error},
    session::{ReauthSession, blocking},
};

/// A vendor whose sessions are numbers. Only the newest is open, unless all have expired.
#[derive(Default)]
struct Vendor {
    newest: AtomicUsize,
    expired: AtomicBool,
    refuses: AtomicBool,
    logins: AtomicUsize,
    calls: AtomicUsize,
}

impl Vendor {
    fn error(code: u32) -> Error<Failure> {
        let body = format!(r#"{{"reply":{{"code":{code}}}}}"#);
        exchange::read_reply::<Douse>(response(200, "application/json", body), Format::Json, &Limits::new())
            .expect_err("a refusal")
    }

    fn log_in(&self) -> Result<usize, Error<Failure>> {
        self.logins.fetch_add(1, SeqCst);
        if self.refuses.load(SeqCst) {
            let reason = TransportError::new(TransportErrorKind::Connect, "no network");
            return Err(reason.into());
        }
        self.expired.store(false, SeqCst);
        Ok(self.newest.fetch_add(1, SeqCst) + 1)
    }

    fn answer(&self, session: usize) -> Result<usize, Error<Failure>> {
        self.calls.fetch_add(1, SeqCst);
        if session == self.newest.load(SeqCst) && !self.expired.load(SeqCst) {
            Ok(session)
        } else {
            Err(Self::error(6))
        }
    }

    fn counts(&self) -> (usize, usize) {
        (self.logins.load(SeqCst), self.calls.load(SeqCst))
    }
}

#[test]
fn an_expired_session_is_opened_again_once() {
    let vendor = Vendor::default();
    let kept = blocking::ReauthSession::new(vendor.log_in().unwrap(), || vendor.log_in());
    let call = || kept.call(|session| vendor.answer(*session));
    assert_eq!(call().unwrap(), 1);
    vendor.expired.store(true, SeqCst);
    assert_eq!(call().unwrap(), 2);
    assert_eq!(vendor.counts(), (2, 3));
    assert_eq!(*kept.session(), 2);

    // What has another class is not for a new session to mend.
    let error = kept.call(|_| Err::<(), _>(Vendor::error(7))).unwrap_err();
    assert_eq!(outcome(&Err::<(), _>(error)), "vendor 7");
    // One that is refused again with the new session is refused.
    let error = kept.call(|_| Err::<(), _>(Vendor::error(6))).unwrap_err();
    assert_eq!(outcome(&Err::<(), _>(error)), "vendor 6");
    assert_eq!(vendor.counts(), (3, 3));

    // A failed login is the reason; the next call tries again.
    vendor.expired.store(true, SeqCst);
    vendor.refuses.store(true, SeqCst);
    let error = call().unwrap_err();
    assert_eq!(error.to_string(), "the connection to the vendor could not be made");
    vendor.refuses.store(false, SeqCst);
    assert_eq!(call().unwrap(), 4);
    assert_eq!(format!("{kept:?}"), "ReauthSession { .. }");
    assert_eq!(kept.into_session().unwrap(), 4);
}

#[test]
fn sixty_four_threads_log_in_once() {
    for refuses in [false, true] {
        let vendor = Vendor::default();
        let kept = blocking::ReauthSession::new(vendor.log_in().unwrap(), || {
            thread::sleep(Duration::from_millis(20));
            vendor.log_in()
        });
        vendor.expired.store(true, SeqCst);
        vendor.refuses.store(refuses, SeqCst);
        // Each has seen the expired session before any of them does something about it.
        let all = Barrier::new(64);
        let results: Vec<_> = thread::scope(|scope| {
            let call = || {
                let first = AtomicBool::new(true);
                kept.call(|session| {
                    let result = vendor.answer(*session);
                    if first.swap(false, SeqCst) {
                        all.wait();
                    }
                    result
                })
            };
            let threads: Vec<_> = (0..64).map(|_| scope.spawn(call)).collect();
            threads.into_iter().map(|thread| outcome(&thread.join().unwrap())).collect()
        });
        let logins = vendor.counts().0;
        assert_eq!(logins, 2);
        let count = |what: &str| results.iter().filter(|result| *result == what).count();
        if refuses {
            assert_eq!(count("the connection to the vendor could not be made"), 1);
            assert_eq!(count("vendor 6"), 63);
        } else {
            assert_eq!(count("answer"), 64);
            assert_eq!(vendor.counts().1, 128);
        }
    }
}

#[test]
fn a_login_that_panics_is_left_to_the_next() {
    let vendor = Vendor::default();
    let kept = blocking::ReauthSession::new(0, || {
        assert!(!vendor.refuses.load(SeqCst), "the login breaks off");
        vendor.log_in()
    });
    vendor.expired.store(true, SeqCst);
    vendor.refuses.store(true, SeqCst);
    thread::scope(|scope| {
        scope.spawn(|| kept.call(|session| vendor.answer(*session))).join().unwrap_err();
    });
    vendor.refuses.store(false, SeqCst);
    assert_eq!(kept.call(|session| vendor.answer(*session)).unwrap(), 1);
}

/// Runs futures in turns until none of those that were woken goes on.
struct Turns<'a, T> {
    futures: Vec<Option<Pin<Box<dyn Future<Output = T> + 'a>>>>,
    flags: Vec<Arc<Flag>>,
}

#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, SeqCst);
    }
}

impl<'a, T> Turns<'a, T> {
    fn new(futures: impl IntoIterator<Item = Pin<Box<dyn Future<Output = T> + 'a>>>) -> Self {
        let futures: Vec<_> = futures.into_iter().map(Some).collect();
        let woken = || Arc::new(Flag(AtomicBool::new(true)));
        Self { flags: futures.iter().map(|_| woken()).collect(), futures }
    }

    fn run(&mut self) -> Vec<T> {
        let mut results = Vec::new();
        loop {
            let mut idle = true;
            for (future, flag) in self.futures.iter_mut().zip(&self.flags) {
                let Some(running) = future else { continue };
                if !flag.0.swap(false, SeqCst) {
                    continue;
                }
                idle = false;
                let waker = Waker::from(Arc::clone(flag));
                if let Poll::Ready(result) = running.as_mut().poll(&mut Context::from_waker(&waker)) {
                    results.push(result);
                    *future = None;
                }
            }
            if idle {
                return results;
            }
        }
    }
}

/// Pending once, woken at once.
async fn yielded() {
    let mut first = true;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

#[test]
fn sixty_four_futures_log_in_once() {
    let vendor = Vendor::default();
    let log_in = || async {
        yielded().await;
        vendor.log_in()
    };
    let kept = ReauthSession::new(vendor.log_in().unwrap(), log_in);
    vendor.expired.store(true, SeqCst);
    let call = || -> Pin<Box<dyn Future<Output = _>>> {
        Box::pin(kept.call(|session: Arc<usize>| async {
            let result = vendor.answer(*session);
            yielded().await;
            drop(session);
            result
        }))
    };
    let results = Turns::new((0..64).map(|_| call())).run();
    assert_eq!(results.len(), 64);
    assert!(results.iter().all(|result| matches!(result, Ok(2))));
    assert_eq!(vendor.counts(), (2, 128));
}

#[test]
fn a_login_that_is_cancelled_is_left_to_another() {
    let vendor = Vendor::default();
    let stuck = AtomicBool::new(true);
    let log_in = || async {
        if stuck.swap(false, SeqCst) {
            std::future::pending::<()>().await;
        }
        vendor.log_in()
    };
    let kept = ReauthSession::new(vendor.log_in().unwrap(), log_in);
    vendor.expired.store(true, SeqCst);
    let call = || -> Pin<Box<dyn Future<Output = _>>> {
        Box::pin(kept.call(|session: Arc<usize>| std::future::ready(vendor.answer(*session))))
    };
    let mut turns = Turns::new((0..3).map(|_| call()));
    assert!(turns.run().is_empty());
    // The first one is in the middle of logging in.
    turns.futures[0] = None;
    let results = turns.run();
    assert_eq!(results.len(), 2);
    assert!(results.iter().all(|result| matches!(result, Ok(2))));
    assert_eq!(vendor.counts().0, 2);
}

#[test]
fn calls_can_be_sent_to_other_threads() {
    fn sent<T: Send>(value: T) -> T {
        value
    }
    let vendor = Arc::new(Vendor::default());
    vendor.expired.store(true, SeqCst);
    let log_in = {
        let vendor = Arc::clone(&vendor);
        move || {
            let vendor = Arc::clone(&vendor);
            async move { vendor.log_in() }
        }
    };
    let kept = Arc::new(ReauthSession::new(0, log_in));
    let call = sent(async move {
        kept.call(|session: Arc<usize>| {
            let vendor = Arc::clone(&vendor);
            async move { vendor.answer(*session) }
        })
        .await
    });
    let call: Pin<Box<dyn Future<Output = Result<usize, Error<Failure>>>>> = Box::pin(call);
    assert!(matches!(Turns::new([call]).run()[..], [Ok(1)]));
}
