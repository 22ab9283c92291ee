//! What values are made of, without a format and without a call.

mod derive;
mod epoch;
mod redact;
mod secret;
mod serde;
mod time;
