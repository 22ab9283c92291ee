//! Query strings and forms.

mod read;
mod write;

pub(crate) use self::{
    read::{decode, hexadecimal, name_end, read, value_end},
    write::{encode, write},
};
