//! Parameters that may be given once.

use crate::{describe::class::ServerCondition, server::rejection::Rejection};

/// The value of a parameter that may be given once.
pub(crate) fn single(parameters: &str, name: &str) -> Result<Option<String>, Rejection> {
    let mut values = form_urlencoded::parse(parameters.as_bytes()).filter(|(key, _)| key == name);
    let value = values.next().map(|(_, value)| value.into_owned());
    if values.next().is_some() {
        Err(Rejection::parameter(ServerCondition::ParameterInvalid, name))
    } else {
        Ok(value)
    }
}
