//! Sessions that do not outlive who opened them.

pub(crate) mod blocking;
pub(crate) mod session;
