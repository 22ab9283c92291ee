//! What is said of a vendor's errors.

use crate::model::{ErrorCode, ErrorKeys, Vendor};

/// The text that a server sends with a code of which the definition says nothing.
pub const NO_MESSAGE: &str = "unknown error";
/// What a code is that the definition does not know.
pub const UNKNOWN: &str = "the definition does not know this code";
/// What a code is of which the definition says nothing.
pub const SILENT: &str = "the definition does not say what it means";
/// What a failure without a code is.
pub const WITHOUT_CODE: &str = "the vendor gave no code";

/// What stands for the parameter at fault in a text that a server sends.
const PARAMETER: &str = "{parameter}";

/// The text that a server sends with an error.
pub fn message(error: &ErrorCode) -> Option<&str> {
    error.message.as_ref().or(error.facts.doc.as_ref()).map(String::as_str)
}

/// Whether the text of some error has a place for the parameter at fault.
pub fn has_places(errors: &[ErrorCode]) -> bool {
    errors.iter().filter_map(message).any(|message| message.contains(PARAMETER))
}

/// What the definition says of an error: what it is, or at least the words that a server sends with it.
pub fn description(error: &ErrorCode) -> Option<&str> {
    let words = error.message.as_deref().filter(|message| !message.contains(PARAMETER));
    error.facts.doc.as_deref().or(words)
}

/// The code of a sample failure: the first that the definition has; without any, one that no success has as its status.
///
/// Where the status is the code, and 0 means success, a failure of code 0 would be read as an answer.
pub fn sample_code(vendor: &Vendor) -> String {
    if let Some(error) = vendor.errors.first() {
        return error.key.clone();
    }
    let numbers = vendor.error_keys == ErrorKeys::Numbers;
    let candidate = |index: u64| match index {
        index if numbers => index.to_string(),
        0 => "unknown".to_owned(),
        index => format!("unknown-{index}"),
    };
    // One more than all that mean success is enough.
    let free = (0..=vendor.envelope.success.len() as u64)
        .map(candidate)
        .find(|code| !vendor.envelope.success.contains(code));
    free.unwrap_or_default()
}

/// The error that an HTTP status alone tells: the only one that has it.
pub fn told_by(errors: &[ErrorCode], status: u16) -> Option<&ErrorCode> {
    let mut having = errors.iter().filter(|error| error.http == Some(status));
    having.next().filter(|_| having.next().is_none())
}
