//! What a check gives.

use std::error::Error;

/// What it says when it went wrong.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// Fails with `what` unless it holds.
pub(crate) fn hold(holds: bool, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(what().into()) }
}
