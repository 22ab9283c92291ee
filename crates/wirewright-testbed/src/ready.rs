//! The value of a future that never waits.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Polls `future` until it is ready. One that waits for something outside keeps the thread busy: this is for services that
/// answer at once.
pub fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::hint::spin_loop();
    }
}
