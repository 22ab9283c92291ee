//! The variables that calls have their secrets from.

use crate::markup::Markup;

/// A variable in a line, and what it holds.
pub(crate) struct Legend {
    pub(crate) name: String,
    pub(crate) what: Markup,
}

/// The variable that `wirewright call` looks for a parameter in: `WIREWRIGHT_NINA_PWD`.
pub(crate) fn variable(vendor: &str, parameter: &str) -> String {
    let name = format!("wirewright_{vendor}_{parameter}").to_uppercase();
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}
