//! Replies that are read as a stream of rows: one reader without I/O, an async and a blocking way to feed it.

pub(crate) mod blocking;
mod macros;
mod pending;
pub(crate) mod reading;
pub(crate) mod reply;
