//! What a person reads. Nobody may be reading, which is no reason to stop.

use std::io::{self, Write as _};

pub(super) fn say(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

pub(super) fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
