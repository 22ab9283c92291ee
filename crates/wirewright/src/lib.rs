//! What a generated web-RPC crate stands on.
//!
//! One description per type ([`wire`]), one codec per format ([`xml`], [`json`], [`query`]).
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod call;
pub mod sign;
pub mod wire;

mod bytes;
mod codec;
mod compact;
mod error;
mod format;
pub mod json;
mod mask;
pub mod query;
mod scalar;
mod secret;
mod time;
mod tree;
pub mod xml;

#[cfg(feature = "testing")]
pub mod testing;

#[cfg(feature = "testing")]
#[doc(hidden)]
pub use self::codec::alone;

pub use jiff;
#[doc = include_str!("derive.md")]
pub use wirewright_derive::Wire;

pub use self::{
    bytes::Bytes,
    error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind},
    format::{Format, Limits, Options, decode, encode},
    secret::Secret,
    time::{DateTime, DateTimeFormats},
};
