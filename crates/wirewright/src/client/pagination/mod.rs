//! Calls whose replies are pages of a whole: a state machine without I/O, and an iterator and a stream over it.

pub(crate) mod blocking;
pub(crate) mod machine;
pub(crate) mod paginator;
pub(crate) mod reading;
pub(crate) mod request;
pub(crate) mod typed;
