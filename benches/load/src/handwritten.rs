//! The exchange as somebody writes it who needs these two calls and nothing else: no types, no errors to tell apart.

use wirewright_example::videntity::{ACCOUNT, PASSWORD, USER};

use crate::runner::TOGETHER;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) fn login_form() -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("username", USER)
        .append_pair("password", PASSWORD)
        .append_pair("account_number", ACCOUNT)
        .finish()
}

pub(crate) fn logout_form(key: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("session_key", key).finish()
}

/// A call that is answered together with the others.
pub(crate) fn together(origin: &str) -> Result<http::Request<Vec<u8>>, String> {
    http::Request::get(format!("{origin}{TOGETHER}")).body(Vec::new()).map_err(|error| error.to_string())
}

/// The key of a reply that says that all is well.
pub(crate) fn session_key(reply: &str) -> Option<&str> {
    let (_, rest) = succeeded(reply).then_some(reply)?.split_once("<session_key>")?;
    rest.split_once("</session_key>").map(|(key, _)| key)
}

pub(crate) fn succeeded(reply: &str) -> bool {
    reply.contains("<status>SUCCESS</status>")
}
