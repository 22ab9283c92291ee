//! Query strings and forms.

mod read;
mod write;

pub(crate) use self::{read::read, write::write};
