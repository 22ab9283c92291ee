//! What is said to whoever runs a task.

use std::io::{self, Write as _};

/// Why a task failed, for people. Empty when everything has been said already.
pub(crate) type Failure = String;

/// A line on standard output. Nobody may be reading it any more, which is no reason to stop.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{}", line.trim_end());
}

/// A line on standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", line.trim_end());
}
