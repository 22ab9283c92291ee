//! XML.

mod markup;
mod read;
mod write;

pub(crate) use self::{
    read::{read, read_element},
    write::write,
};
