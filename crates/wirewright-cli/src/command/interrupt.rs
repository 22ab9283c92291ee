//! Work that a person may interrupt with Ctrl-C.

use std::{
    process,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

/// The exit code of a program that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

enum Event<T> {
    Done(T),
    Interrupted,
}

/// Does `work`. On the first Ctrl-C `clean_up` is done and the program ends, whatever the work does; on the second one it ends at once,
/// with no more done than `last`.
pub(super) fn interruptible<T: Send + 'static>(
    work: impl FnOnce() -> T + Send,
    clean_up: impl FnOnce(),
    last: impl Fn() + Send + 'static,
) -> T {
    let (sender, events) = mpsc::channel();
    let (interrupts, again) = (sender.clone(), AtomicBool::new(false));
    // Where there can be no handler the system ends the program, as it does with others.
    let _ = ctrlc::set_handler(move || {
        if again.swap(true, Ordering::Relaxed) || interrupts.send(Event::Interrupted).is_err() {
            last();
            process::exit(INTERRUPTED);
        }
    });
    thread::scope(|scope| {
        scope.spawn(move || sender.send(Event::Done(work())));
        match events.recv() {
            Ok(Event::Done(done)) => done,
            Ok(Event::Interrupted) => {
                clean_up();
                process::exit(INTERRUPTED);
            }
            // The work ended without a result: it has said why.
            Err(_) => process::exit(1),
        }
    })
}
