//! Sessions that are opened again when the vendor says that they have expired.

pub(crate) mod blocking;
mod kept;
pub(crate) mod session;
