//! XML.

mod attributes;
mod document;
mod documented;
mod markup;
mod plain;
pub(crate) mod read;
mod start_tag;
mod write;

pub(crate) use self::{read::read, write::write};
