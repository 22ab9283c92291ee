//! Refusals inside of what HTTP and the envelope call a success.

use crate::{Format, describe::protocol::PayloadOutcome, scalar, wire::Record};

/// What is between the names of members: no name has it in it.
#[cfg(feature = "server")]
const NESTED: &str = "\n";

/// The error that the data of a reply tells of, and what it says in words. `None`: it tells of a success, or of nothing.
pub(crate) fn refusal(
    outcome: &'static PayloadOutcome,
    data: &dyn Record,
) -> Option<(String, Option<String>)> {
    let code = scalar::text_at(data, outcome.status, Format::Query)?;
    if outcome.success.contains(&code.as_str()) {
        return None;
    }
    let message =
        if outcome.message.is_empty() { None } else { scalar::text_at(data, outcome.message, Format::Query) };
    Some((code, message))
}

/// A refusal as the pairs of an envelope, and what separates the parts of their names. `None`: the envelope tells of this error.
#[cfg(feature = "server")]
pub(crate) fn pairs(
    outcome: &'static PayloadOutcome,
    code: &str,
    message: Option<&str>,
) -> Option<(String, &'static str)> {
    if !outcome.errors.contains(&code) {
        return None;
    }
    let name = |path: &[&'static str]| {
        let within = Some(outcome.within).filter(|within| !within.is_empty());
        let parts: Vec<&str> = within.into_iter().chain(path.iter().copied()).collect();
        parts.join(NESTED)
    };
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.append_pair(&name(outcome.status), code);
    if let Some(message) = message.filter(|_| !outcome.message.is_empty()) {
        pairs.append_pair(&name(outcome.message), message);
    }
    Some((pairs.finish(), NESTED))
}
