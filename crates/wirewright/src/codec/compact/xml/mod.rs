//! XML.

mod markup;
pub(crate) mod read;
mod write;

pub(crate) use self::{read::read, write::write};
