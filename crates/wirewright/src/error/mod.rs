//! Why a message could not be read or written.

mod decode;
mod encode;
mod path;
mod position;

pub(crate) use self::{
    decode::Fault,
    path::{Step, render},
};
pub use self::{
    decode::{DecodeError, DecodeErrorKind},
    encode::{EncodeError, EncodeErrorKind},
};
