//! Query strings and forms.

mod plain;
mod read;
mod write;

pub(crate) use self::{read::read, write::write};
