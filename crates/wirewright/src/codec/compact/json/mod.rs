//! JSON.

mod document;
mod plain;
mod read;
mod text;
mod write;

pub(crate) use self::{read::read, write::write};
