//! Requests whose documents are rows that are written while they are sent.

pub(crate) mod blocking;
pub(crate) mod write;
