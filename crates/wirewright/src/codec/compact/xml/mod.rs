//! XML.

mod markup;
mod plain;
pub(crate) mod read;
mod write;

pub(crate) use self::{read::read, write::write};
